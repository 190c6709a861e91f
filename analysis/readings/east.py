"""Numerals with East Asian scale signs, in digits, characters or both: 1.6万, 一万五千亿, 3조 2천459억."""

from __future__ import annotations

import re
from decimal import Decimal

from analysis.readings.numeral import Numeral, last_digit

_SIGN_VALUES = {
    sign: Decimal(10**n) for sign, n in {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "兆": 12}.items()
}
_NUMBERS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
# 千克 is a kilogram, 百分点 a point, 万分之 a share: no scale signs.
_SMALL_SIGN = r"(?:十|百(?!分)|千(?![克米瓦升卡])(?!分之))"
_LARGE_SIGN = r"(?:[万亿](?!分之)|兆)"
DIGITS = (
    r"(?:\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:[ ']\d{3})+(?:[.,]\d{1,2})?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+(?:[.,・·]\d+)?|(?<![\d.])\.\d+)"
)
_CHARACTER = r"[零〇一二两三四五六七八九]"
CHARACTERS = rf"(?:(?:{_CHARACTER}|{_SMALL_SIGN})+(?:点{_CHARACTER}+)?)"
ONE = rf"(?:{DIGITS}|{CHARACTERS})"
# 9600余万, 十几万, 一个亿, 三十万多亿; the same signs may link two numbers: 13亿3千, 5万 1851, 1千零20.
_SIGNS = rf"[余多几]?个?(?:{_SMALL_SIGN}|{_LARGE_SIGN})+(?:[余多几]?{_LARGE_SIGN})*[余多几]?"
# 近万, 上千, 亿余: a bare scale sign is a figure only beside a hedge.
NUMERAL = re.compile(
    r"(?=[\d.零〇一二两三四五六七八九十百千万亿兆])(?:"
    rf"{ONE}(?:{_SIGNS} ?零?{ONE})*(?: ?{_SIGNS}|(?<=[十\d])几(?![十百千万亿]))?"
    rf"|(?<=[近上超逾过约每]){_LARGE_SIGN}+|(?<!上){_LARGE_SIGN}+(?=[余多]))"
)
_TOKEN = re.compile(rf"{DIGITS}|{_CHARACTER}+(?:点{_CHARACTER}+)?|[十百千]|.")
_GROUPED_BY_COMMA = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_GROUPED_BY_DOT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}")
# Where these follow, a lone digit behind a scale sign is no spoken short form (10만 5건 is 100,005).
_NO_SHORT_FORM = re.compile(r" ?[가-힣ぁ-ヿ点]")


def mantissa(raw: str, dots_group: bool = False) -> Decimal:
    """Read digits with separators; `dots_group` says that a dot before three digits groups thousands."""
    raw = raw.replace("・", ".").replace("·", ".").replace("'", " ")
    if _CONTINENTAL.fullmatch(raw):
        raw = raw.replace(".", "")
    elif " " in raw:
        raw = raw.replace(" ", "").replace(",", ".")
    elif raw.count(".") > 1 or (dots_group and _GROUPED_BY_DOT.fullmatch(raw)):
        raw = raw.replace(".", "")
    elif _GROUPED_BY_COMMA.fullmatch(raw):
        raw = raw.replace(",", "")
    return Decimal(raw.replace(",", "."))


def product(signs: str) -> Decimal:
    """Return the factor that scale signs make together: 千万 is 10,000,000."""
    factor = Decimal(1)
    for sign in signs:
        factor *= _SIGN_VALUES.get(sign, Decimal(1))
    return factor


def east(text: str, raw: str, start: int) -> Numeral | None:
    """Return the numeral that stands as `raw` at `start` of a normalised `text`, or None where it is nonsense."""
    clean = re.sub("[余多几个 ]", "", _joined(raw))
    short = _NO_SHORT_FORM.match(text, start + len(raw)) is None and not re.search(r"[万亿] \d$", raw)
    total = number(clean, short)
    if total is None:
        return None
    parts = list(re.finditer(DIGITS, raw)) or list(re.finditer(CHARACTERS, raw))
    last_part = number(parts[-1].group(), short) if parts else Decimal(1)
    scale = product(raw[parts[-1].end() :] if parts else raw)
    plain = scale == 1 and total == total.to_integral_value()
    last = last_digit(total if plain else last_part or Decimal(1)) * scale
    over = re.search("[余多几]", raw) is not None
    return Numeral(start, start + len(raw), total, last, scale, plain, over)


def _joined(raw: str) -> str:
    """Return `raw` without the blanks that group digits."""
    return re.sub(r"(?<=\d) (?=\d{3})", "", raw)


def number(clean: str, short: bool = True) -> Decimal | None:
    """Return the number that signs and digits make, largest sign first: 一万五千亿 is 15,000 times 10^8.

    `short` admits the spoken form that leaves out the last sign: 13万2 is 132,000, 三千五 is 3,500.
    """
    for sign in "兆亿万":
        if sign in clean:
            left, _, right = clean.rpartition(sign)
            head = number(left, short) if left else Decimal(1)
            if short and len(right) == 1 and right in "123456789一二三四五六七八九":
                tail: Decimal | None = (number(right) or Decimal(0)) * _SIGN_VALUES[sign] / 10
            else:
                tail = number(right, short) if right else Decimal(0)
            return None if head is None or tail is None else head * _SIGN_VALUES[sign] + tail
    return _section(clean, short)


def _section(clean: str, short: bool) -> Decimal | None:
    """Return a number below 万: 1.6, 一百三十三, 2千459, 1千零20, 二〇一二; None where the signs do not fall."""
    total, waiting, below, gap = Decimal(0), None, Decimal(10**4), False
    for token in _TOKEN.findall(clean):
        if token in _SIGN_VALUES:
            sign = _SIGN_VALUES[token]
            if sign >= below:
                return None
            total, waiting, below, gap = total + (1 if waiting is None else waiting) * sign, None, sign, False
            continue
        if waiting is not None:
            return None
        bare = token.lstrip("零〇") if below < 10**4 or len(clean) > 1 else token
        gap = gap or bare != token
        waiting = _digit_run(bare, lone=below == 10**4) if bare else None
        if bare and waiting is None:
            return None
    if waiting is None:
        return total if below < 10**4 else None
    if short and not gap and Decimal(100) <= below < 10**4 and 0 < waiting < 10 and waiting % 1 == 0:
        return total + waiting * below / 10
    return total + waiting


def _digit_run(token: str, lone: bool) -> Decimal | None:
    """Read digits, or characters each of which is a digit (二〇一二); two or three of these alone are no number."""
    if (token[0].isdigit() and token[0] not in _NUMBERS) or token[0] == ".":
        return mantissa(token)
    whole, _, decimals = token.partition("点")
    if any(sign not in _NUMBERS for sign in whole + decimals):
        return None
    if len(whole) > 1 and not (lone and (len(whole) > 3 or "零" in whole or "〇" in whole)):
        return None
    digits = "".join(str(_NUMBERS[sign]) for sign in whole)
    return Decimal(digits + ("." + "".join(str(_NUMBERS[sign]) for sign in decimals) if decimals else ""))
