"""Printed text brought into one form, so that the rules need to know fewer spellings."""

from __future__ import annotations

import re
import unicodedata

# One character for one: full forms, Japanese forms and Korean scale words meet in the simplified form.
_ONE_FORM = str.maketrans(
    "萬億餘約過達兩將幾數個長減處條點於만억조천백십약여"
    "張雙輛顆噸鏈網團夥窩產貨藥書報單標誌識證額價總獲繳獎繪歲罰偽較佔審監訴糾紛號產種間專項動戶臺嚴無為從裝紙機車圓範増盤頂",
    "万亿余约过达两将几数个长减处条点于万亿兆千百十约余"
    "张双辆颗吨链网团伙窝产货药书报单标志识证额价总获缴奖绘岁罚伪较占审监诉纠纷号产种间专项动户台严无为从装纸机车圆范增盘顶",
)
_FORM = _ONE_FORM | str.maketrans("àâäáãåèéêëìíîïòóôöõùúûüçñ’‘−–—‒‚", "aaaaaaeeeeiiiiooooouuuucn''----,")
# Fraction signs, before the compatibility form makes "11/2" of 1½.
_FRACTIONS = {"½": "5", "¼": "25", "¾": "75"}
_FRACTION = re.compile(r"(\d*) ?([½¼¾])")
# The forms of cheques, only in company of a scale sign: 大陆 and 队伍 are words.
_CHEQUE = "壹贰貳弍叁參肆伍陆陸柒捌玖"
_FORMAL = re.compile(
    rf"[{_CHEQUE}零拾佰仟]*(?:[{_CHEQUE}][拾佰仟]|[拾佰仟][{_CHEQUE}万亿])[{_CHEQUE}零拾佰仟]*"
)
_FORMAL_ONE = re.compile(rf"(?<![大队])[{_CHEQUE}](?=[万亿])|(?<=[万亿])[{_CHEQUE}](?=[元十百千])")
_FORMS = str.maketrans("壹贰貳弍叁參肆伍陆陸柒捌玖拾佰仟", "一二二二三三四五六六七八九十百千")


def normalise(text: str) -> str:
    """Return `text` in lower case, in compatibility form (NFKC), with one form for each character.

    Full-width digits and signs become ASCII, accents fall away, dashes become hyphens, and traditional
    Chinese, Japanese and Korean scale characters become their simplified counterparts, as do the numerals of
    cheques (壹仟) where a scale sign stands in them. A fraction sign becomes a decimal (1½ is 1.5).
    """
    if text.isascii():
        return " ".join(text.lower().split())
    if any(sign in text for sign in _FRACTIONS):
        text = _FRACTION.sub(lambda match: f"{match.group(1) or 0}.{_FRACTIONS[match.group(2)]}", text)
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = plain.translate(_FORM)
    if any(sign in plain for sign in _CHEQUE):
        for pattern in (_FORMAL, _FORMAL_ONE):
            plain = pattern.sub(lambda match: match.group().translate(_FORMS), plain)
    return " ".join(plain.split())
