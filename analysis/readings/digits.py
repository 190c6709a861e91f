"""Numerals written with digits or Chinese characters, with Latin or East Asian scale words."""

from __future__ import annotations

import re
from decimal import Decimal

from analysis.readings.numeral import Numeral, last_digit
from analysis.readings.spelled import chinese_number

_THOUSAND, _MILLION, _BILLION, _TRILLION = (Decimal(10**n) for n in (3, 6, 9, 12))
_SCALES = {
    "hundred": Decimal(100),
    **dict.fromkeys(("thousand", "k"), _THOUSAND),
    **dict.fromkeys(("million", "mn", "mln", "m", "mio"), _MILLION),
    **dict.fromkeys(("billion", "bn", "b"), _BILLION),
    **dict.fromkeys(("trillion", "tn"), _TRILLION),
}
_THOUSANDS = "tausend duizend mille mila mil tys ezer ezerre ezerről тысячи тысяч тыс tūkst tūkstančius"
_MILLIONS = """
    millionen millones milioni milione miljoen milhoes milhao miljoner millioner millio milion miliona milionu
    milionů milijonov млн миллион миллиона миллионов مليون
"""
_BILLIONS = "milliarden milliard miliardi miliardo miljard miliardy mrd mld млрд"
# In these languages a dot groups thousands and a comma is the decimal sign ("1.900 millones").
_CONTINENTAL = {
    **dict.fromkeys(_THOUSANDS.split(), _THOUSAND),
    **dict.fromkeys(_MILLIONS.split(), _MILLION),
    **dict.fromkeys(_BILLIONS.split(), _BILLION),
    "mil millones": _BILLION,
}
_EAST_SCALES = {
    sign: Decimal(10**n) for sign, n in {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "兆": 12}.items()
}

_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:[ ']\d{3})+(?:[.,]\d{1,2})?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+(?:[.,・·]\d+)?|(?<![\d.])\.\d+)"
)
_CHINESE = r"(?:[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?)"
# 9600余万, 十几万, 一个亿; the same signs may link two numbers: 13亿3千, 5만 1851.
_SIGNS = r"[余多几]?(?!个?百分点)个?[十百千万亿兆]+[余多几]?[万亿兆]*"
_ONE = rf"(?:{_DIGITS}|{_CHINESE})"
# 近万, 上千: a bare scale sign is a figure only behind a hedge (数千 is too vague to be one).
_NUMERAL = re.compile(rf"{_ONE}(?:{_SIGNS} ?{_ONE})*(?: ?{_SIGNS})?|(?<=[近上超逾过约每])[万亿]+")

_NAMES = "|".join(sorted((name for name in _SCALES | _CONTINENTAL if len(name) > 1), key=len, reverse=True))
_LATIN_SCALE = re.compile(
    rf"(?:[ -]?({_NAMES})s?|(k|m|b)|(?<=\d) (m))\b\.?(?: (million|billion|trillion)s?\b)?"
)
# A scale that stands apart as a label: "$3.1 (in millions)", "4,653 (억원)".
_LABEL = re.compile(r" ?\((?:in |us)?\$? ?(thousand|million|billion)s?\)| ?\(([百千]?[万亿])")
_PROPORTION = re.compile(
    r"[ -]?(?:%|per ?cent|pct|prozent|pour cent|procent|proc\b|倍|times|个百分点|ポイント)"
)
_GROUPED_BY_COMMA = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_GROUPED_BY_DOT = re.compile(r"[1-9]\d{0,2}\.\d{3}")


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
    for match in _NUMERAL.finditer(text):
        raw = match.group()
        if raw.isascii() or not re.search("[一-鿿]", raw):
            found.append(_latin(text, match))
        elif raw[0].isdigit() or _chinese_counts(text, match):
            numeral = _east(raw, match.start())
            found += [numeral] if numeral else []
    return found


def _latin(text: str, match: re.Match[str]) -> Numeral:
    """Read digits with the Latin scale word, or the scale label in brackets, that follows them."""
    end, scale, dots_group = match.end(), Decimal(1), False
    word, label = _LATIN_SCALE.match(text, end), _LABEL.match(text, end)
    if word:
        name = word.group(1) or word.group(2) or word.group(3)
        dots_group = name in _CONTINENTAL
        scale = (_SCALES | _CONTINENTAL)[name] * _SCALES.get(word.group(4), Decimal(1))
        end = word.end()
    elif label:
        scale = _SCALES.get(label.group(1)) or _product(label.group(2))
        end = label.end()
    elif not _PROPORTION.match(text, end):
        dots_group = True
    mantissa = _mantissa(match.group(), dots_group)
    plain = scale == 1 and mantissa.as_tuple().exponent == 0
    return Numeral(match.start(), end, mantissa * scale, last_digit(mantissa) * scale, scale, plain)


def _mantissa(raw: str, dots_group: bool = False) -> Decimal:
    """Read digits with separators; `dots_group` says that a dot before three digits groups thousands."""
    raw = raw.replace("・", ".").replace("·", ".").replace("'", " ")
    if " " in raw:
        raw = raw.replace(" ", "").replace(",", ".")
    elif raw.count(".") > 1 or (dots_group and _GROUPED_BY_DOT.fullmatch(raw)):
        raw = raw.replace(".", "")
    elif _GROUPED_BY_COMMA.fullmatch(raw):
        raw = raw.replace(",", "")
    return Decimal(raw.replace(",", "."))


def _product(signs: str) -> Decimal:
    """Return the factor that scale signs make together: 千万 is 10,000,000."""
    factor = Decimal(1)
    for sign in signs:
        factor *= _EAST_SCALES.get(sign, Decimal(1))
    return factor


def _east(raw: str, start: int) -> Numeral | None:
    """Read a number with East Asian scale signs: 1.6万, 一百三十三亿, 3조 2천459억, 13亿3千余万."""
    total = Decimal(0)
    for part, sign in re.findall(r"([^万亿兆]*)([万亿兆]?)", raw):
        section = _section(part)
        if section is None:
            return None
        if not part and sign:  # 万亿, or a bare 万
            total = (total or 1) * _EAST_SCALES[sign]
        else:
            total += section * _EAST_SCALES.get(sign, Decimal(1))
    digits = list(re.finditer(_DIGITS, raw)) or list(re.finditer(_CHINESE, raw))
    mantissa, tail = (_number(digits[-1].group()), raw[digits[-1].end() :]) if digits else (Decimal(1), raw)
    scale = _product(tail)
    if mantissa is None:
        return None
    plain = scale == 1 and total == total.to_integral_value()
    last = last_digit(total if plain else mantissa) * scale
    over = re.search("[余多几]", raw) is not None
    return Numeral(start, start + len(raw), total, last, scale, plain, over)


def _section(part: str) -> Decimal | None:
    """Return the number below 万 in `part`: 1.6, 一百三十三, 2千459, 3千余; 0 where it is blank."""
    clean = re.sub("[余多几个 ]", "", part)
    if not clean:
        return Decimal(0)
    if re.fullmatch(_ONE, clean):
        return _number(clean)
    total = Decimal(0)
    for number, signs in re.findall(rf"({_DIGITS}|[一二两三四五六七八九]?)([十百千]*)", clean):
        total += ((_number(number) or Decimal(0)) if number else Decimal(bool(signs))) * _product(signs)
    return total


def _number(raw: str) -> Decimal | None:
    """Read one number, in digits or in Chinese characters."""
    return _mantissa(raw) if raw[0].isdigit() or raw[0] == "." else chinese_number(raw)


_COUNTED = re.compile(
    r"[余多几]?个?(?:[起件名人批处条家户次伙成倍例宗万亿元只台割]|个(?!月)|%|[至到-][一二两三四五六七八九十])"
)
_WORD_PART = re.compile(r"一[审審般些系定直旦并切样致是批]|[二三][审審]")


def _chinese_counts(text: str, match: re.Match[str]) -> bool:
    """Tell whether Chinese characters state a count (三百零六起) and are no part of a word (一审, 第一)."""
    raw, start = match.group(), match.start()
    before = text[start - 1] if start else ""
    if before == "每":
        return raw in {"百", "千", "万", "亿"}
    if before in {"第", "统", "唯"} or _WORD_PART.match(text, start):
        return False
    if text.startswith("分之", start + 1) or (raw[0] in "百千" and before not in {*"近上超逾过约达"}):
        return False
    return len(raw) > 1 or before == "之" or raw in "万亿" or bool(_COUNTED.match(text, match.end()))
