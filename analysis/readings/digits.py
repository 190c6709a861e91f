"""Numerals written with digits or Chinese characters, with Latin or East Asian scale words."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from analysis.readings.east import NUMERAL, east, mantissa, product
from analysis.readings.numeral import Numeral, last_digit

_THOUSAND, _MILLION, _BILLION, _TRILLION = (Decimal(10**n) for n in (3, 6, 9, 12))
_SCALES = {
    "hundred": Decimal(100),
    **dict.fromkeys(("thousand", "k"), _THOUSAND),
    **dict.fromkeys(("million", "mn", "mln", "m"), _MILLION),
    **dict.fromkeys(("billion", "bln", "bn", "b"), _BILLION),
    **dict.fromkeys(("trillion", "trln", "tn"), _TRILLION),
    **{"lakh": Decimal(10**5), "lac": Decimal(10**5), "crore": Decimal(10**7), "cr": Decimal(10**7)},
}
_THOUSANDS = "tausend duizend mille mila mil tys ezer ezerre ezerről тысячи тысяч тыс tūkst tūkstančius"
_MILLIONS = """
    millionen mio millones milioni milione miljoen milhoes milhao miljoner millioner millio milion miliona milionu
    milionů milijonov млн миллион миллиона миллионов مليون
"""
_BILLIONS = "milliarden milliard miliardi miliardo miljard miliardy mrd mld млрд"
# Nobody writes a thousand milliards: "1.234 Milliarden" has a decimal point.
# In these languages a dot groups thousands and a comma is the decimal sign ("1.900 millones").
_CONTINENTAL = {
    **dict.fromkeys(_THOUSANDS.split(), _THOUSAND),
    **dict.fromkeys(_MILLIONS.split(), _MILLION),
    **dict.fromkeys(_BILLIONS.split(), _BILLION),
    "mil millones": _BILLION,
}
_BY_NAME = _SCALES | _CONTINENTAL
_NAMES = "|".join(sorted((name for name in _BY_NAME if len(name) > 1), key=len, reverse=True))
_LATIN_SCALE = re.compile(
    rf"(?:[ -]?({_NAMES})s?|(k|m|b)|(?<=\d) (m))\b\.?(?: (thousand|million|billion|trillion|crore)s?\b)?"
)
# A scale that stands apart as a label: "$3.1 (in millions)", "4,653 (억원)", 罚没款(万元) 1234.
_LATIN_LABEL = (
    r"\((?:in )?(?:us|hk|rmb|cny|usd|eur|gbp)? ?[$€£¥]? ?(?P<latin>thousand|million|billion|m|bn|'?000)s?"
    r"(?: (?:of )?(?:yuan|dollars?|euros?|rmb|usd|eur|units|items))?\)"
)
_EAST_LABEL = r"\((?:单位[::]? ?)?(?P<east>[百千]?[万亿])"
_LABEL = re.compile(rf" ?(?:{_LATIN_LABEL}|{_EAST_LABEL})")
_LABEL_BEFORE = re.compile(rf"(?:{_LATIN_LABEL}|{_EAST_LABEL}[^\d()]{{0,2}}\))[::]? ?(?:us|hk)?[$€£¥]?$")
_HEAD = re.compile(r"单位[::]? ?(?P<east>[百千]?[万亿])(?P<latin>(?!))?")
_COMMA_DECIMAL = re.compile(r"\d{1,3},\d{3}")
_PROPORTION = re.compile(
    r"[ -]?(?:%|per ?cent|pct|prozent|pour cent|procent|proc\b|倍|times|个百分点|ポイント)"
)
_EAST_ASIAN = re.compile("[぀-ヿ一-鿿가-힣]")


_HALF_MORE = re.compile(r"[倍成]半(?![数年天月个夜])")
# Small numbers in words before a scale or a share: "dos millones", "neun prozent".
_SMALL = {
    **dict.fromkeys(("een", "eine", "um", "un"), 1),
    **{
        "dos": 2,
        "twee": 2,
        "zwei": 2,
        "tres": 3,
        "drei": 3,
        "vier": 4,
        "cinco": 5,
        "seis": 6,
        "kuusi": 6,
        "sette": 7,
    },
    **{"acht": 8, "oito": 8, "neun": 9, "dertig": 30},
}
_WORD = re.compile(rf"(?<![a-z])({'|'.join(_SMALL)}) (?:({'|'.join(_CONTINENTAL)})(?![a-z])|(?=pro[csz]))")


def _in_words(match: re.Match[str]) -> Numeral:
    """Read a small number in a continental language with its scale word."""
    value, scale = Decimal(_SMALL[match.group(1)]), _CONTINENTAL.get(match.group(2), Decimal(1))
    end = match.end() if match.group(2) else match.end(1)
    return Numeral(match.start(), end, value * scale, last_digit(value) * scale, scale, scale == 1)


def find_numerals(text: str) -> list[Numeral]:
    """Return every number in digits or Chinese characters, or small and before a scale word, in a normalised `text`."""
    found = [_in_words(match) for match in _WORD.finditer(text)]
    for match in NUMERAL.finditer(text):
        raw = match.group()
        if raw.isascii() or not re.search("[一-鿿]", raw):
            found.append(_latin(text, match))
        elif raw[0].isdigit() or _chinese_counts(text, match):
            numeral = east(text, raw, match.start())
            found += [numeral] if numeral else []
    return [_and_a_half(text, one) for one in found] if "半" in text else found


def _and_a_half(text: str, numeral: Numeral) -> Numeral:
    """Read 两倍半 as 2.5 times and 四成半 as 4.5 tenths: printed as finely as one decimal is."""
    if not (numeral.plain and _HALF_MORE.match(text, numeral.end)):
        return numeral
    return replace(numeral, value=numeral.value + Decimal("0.5"), last=Decimal("0.1"), plain=False)


def _latin(text: str, match: re.Match[str]) -> Numeral:
    """Read digits with the Latin scale word, or the scale label in brackets, that stands beside them."""
    raw, end, scale, dots_group = match.group(), match.end(), Decimal(1), False
    word, label = _LATIN_SCALE.match(text, end), _LABEL.match(text, end)
    if word:
        name = word.group(1) or word.group(2) or word.group(3)
        scale = _BY_NAME[name] * _SCALES.get(word.group(4), Decimal(1))
        dots_group = name in _CONTINENTAL and _CONTINENTAL[name] < _BILLION
        if name in _CONTINENTAL and name not in _SCALES and _COMMA_DECIMAL.fullmatch(raw):
            raw = raw.replace(",", ".", 1)
            dots_group = False
        end = word.end()
    elif label:
        scale = _label_scale(label)
        end = label.end()
    elif not _PROPORTION.match(text, end):
        scale = _scale_before(text, match.start())
        dots_group = not _EAST_ASIAN.search(text[max(0, match.start() - 1) : end + 1])
    value = mantissa(raw, dots_group)
    plain = scale == 1 and value.as_tuple().exponent == 0
    return Numeral(match.start(), end, value * scale, last_digit(value) * scale, scale, plain)


def _label_scale(label: re.Match[str]) -> Decimal:
    """Return the factor of a label in brackets: (in millions), (万元), ('000)."""
    latin, east_signs = label.group("latin"), label.group("east")
    if latin is None:
        return product(east_signs)
    return Decimal(1000) if "000" in latin else _SCALES[latin]


def _scale_before(text: str, start: int) -> Decimal:
    """Return the factor of a label or a table's head that stands before a figure: 罚没款(万元) 1234, 单位:亿元."""
    before = text[max(0, start - 32) : start]
    label = _LABEL_BEFORE.search(before) if "(" in before else None
    label = label or (_HEAD.search(text, 0, start) if "单位" in text else None)
    return _label_scale(label) if label else Decimal(1)


_COUNTED = re.compile(
    r"[余多几]?个?(?:[起件名人批处条家户次伙成倍例宗万亿元只台割套双瓶箱支枚盒吨册部包桶辆]|个(?!月)|%|[至到-][一二两三四五六七八九十])"
)
_WORD_PART = re.compile(r"一[审審般些系定直旦并切样致是批]|[二三][审審]")


def _chinese_counts(text: str, match: re.Match[str]) -> bool:
    """Tell whether Chinese characters state a count (三百零六起) and are no part of a word (一审, 第一)."""
    raw, start = match.group(), match.start()
    before = text[start - 1] if start else ""
    if before == "每":
        return raw in {"百", "千", "万", "亿"}
    if before == "上" and text[max(0, start - 3) : start - 1] == "成千":  # 成千上万 names no number
        return False
    if before in {"第", "统", "唯"} or _WORD_PART.match(text, start):
        return False
    if text.startswith("分之", start + 1) or (
        raw[0] in "百千"
        and before not in {*"近上超逾过约达"}
        and not re.match("[余多]", text[match.end() :])
        and raw[-1] not in "余多"
    ):
        return False
    return len(raw) > 1 or before == "之" or raw in "万亿" or bool(_COUNTED.match(text, match.end()))
