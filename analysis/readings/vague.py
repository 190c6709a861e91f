"""Words that name no one number, as ranges: 数十 and "dozens" are 20 to 90, 一两万 is 10,000 to 20,000."""

from __future__ import annotations

import re
from decimal import Decimal

from analysis.readings.east import product
from analysis.readings.lexicon import branched
from analysis.readings.numeral import Numeral

# "several" and 数 stand for the digits two to nine of the scale that they count.
_FEWEST, _MOST = Decimal(2), Decimal(9)
_SIGNS = r"[十百千](?![克米瓦])[万亿]?|[万亿]"
_SEVERAL_EAST = re.compile(rf"(?<![人件参指函倍系常次户])(?:好几|[数几]|수|몇 ?)((?:{_SIGNS})+)(?!分之)")
_DIGIT = "一二三四五六七八九"
_VALUES = {sign: n for n, sign in enumerate(_DIGIT, start=1)} | {"两": 2}
_NEIGHBOURS = "|".join(
    ["一两", "一二", "两三", "二三", "三五"] + [_DIGIT[n : n + 2] for n in range(2, 8)],
)
# 十五六万, 二三十, 三四百万, 七八成; a measure or a share must follow where no sign does.
_PAIR = re.compile(
    rf"(?<![第十百千万亿一二两三四五六七八九零〇\d])([一二两三四五六七八九]?十)?({_NEIGHBOURS})"
    r"(?:([十百千万亿]+)|(?=[成割]|[余多]?(?:个(?!月)|[起件名人批处条家户次伙倍宗元台只辆瓶箱])))"
)

_WORDS_OF_SCALE = {
    "dozen": Decimal(10), "ten": Decimal(10), "hundred": Decimal(100), "thousand": Decimal(1000),
    "million": Decimal(10**6), "billion": Decimal(10**9), "trillion": Decimal(10**12),
}  # fmt: skip
_SCALE = "|".join(_WORDS_OF_SCALE)
_LARGE = "hundred|thousand|million|billion|trillion"
_SEVERAL = re.compile(
    rf"(?<![a-z])(?<!\d )(?<!\d-)(?:(several|many|a few|some few|multiple|a couple(?: of)?) ({_SCALE})s?"
    rf"|({_SCALE})s(?<!tens)|(tens)(?= of))"
    rf"(?: of ({_LARGE})s?| ({_LARGE})s?)?(?![a-z])"
)
# One of these stands in whatever the pattern finds; most sentences hold none.
_SCALE_WORDS = (*_LARGE.split("|"), "dozen", "tens", " ten")
_COUPLE = re.compile(r"couple")
_SCORES = re.compile(r"(?<![a-z])(?:(?:several )?scores(?= of)|a score or two)(?![a-z])")
# Accents have fallen away.
_ABROAD = {
    **dict.fromkeys(
        ("dutzende", "dutzenden", "dutzend", "dizaines", "decenas", "docenas", "decine"), Decimal(10)
    ),
    **dict.fromkeys(("tientallen", "dziesiatki", "desitky", "dezenas", "dussintals"), Decimal(10)),
    **dict.fromkeys(
        ("hunderte", "hunderten", "centaines", "cientos", "centenares", "centinaia"), Decimal(100)
    ),
    **dict.fromkeys(("honderden", "centenas", "setki", "stovky", "hundratals", "hundreder"), Decimal(100)),
    **dict.fromkeys(("tausende", "tausenden", "milliers", "miles", "migliaia", "duizenden"), Decimal(1000)),
    **dict.fromkeys(("milhares", "tysiace", "tisice", "tusentals"), Decimal(1000)),
    **dict.fromkeys(("zehntausende", "zehntausenden"), Decimal(10**4)),
    **dict.fromkeys(("hunderttausende", "hunderttausenden"), Decimal(10**5)),
}
_ABROAD_WORD = re.compile(
    rf"(?<![a-z])(?:(?:mehrere|einige|plusieurs|varias?|unas|diverse) )?({'|'.join(_ABROAD)})"
    r"(?: (?:de |d'|di )?(milliers|miles|migliaia|millions|millones|milioni|duizenden|miljoenen|millionen))?(?![a-z])"
)
_ABROAD_ANY = re.compile(f"(?<![a-z]){branched('|'.join(_ABROAD))}")
_SECOND = {"milliers": 3, "miles": 3, "migliaia": 3, "duizenden": 3}


def find_vague(text: str) -> list[Numeral]:
    """Return the words of a normalised `text` that name a range of numbers and not one.

    "Several", 数 and 几 before a scale, and a scale's plural ("hundreds", "tens of thousands", Dutzende), stand for
    two to nine of it; so "dozens", the English 数十, are 20 to 90. Two neighbouring digits (三四十, 七八成) are the
    ends of a range. What names no scale either ("many", "a handful", 成千上万) is no figure.
    """
    found: list[Numeral] = []
    if not text.isascii():
        found += [_several_east(match) for match in _SEVERAL_EAST.finditer(text)]
        found += [_pair(match) for match in _PAIR.finditer(text)]
    if any(word in text for word in _SCALE_WORDS):
        found += [_several(match) for match in _SEVERAL.finditer(text)]
    if "score" in text:
        found += [_range(match, Decimal(40), Decimal(90), Decimal(10)) for match in _SCORES.finditer(text)]
    if _ABROAD_ANY.search(text):
        found += [_abroad(match) for match in _ABROAD_WORD.finditer(text)]
    return found


def _range(match: re.Match[str], low: Decimal, high: Decimal, scale: Decimal) -> Numeral:
    """Return the numeral of a range; the scale that it counts in is its printed step."""
    return Numeral(match.start(), match.end(), low, scale, scale, plain=False, high=high)


def _several_east(match: re.Match[str]) -> Numeral:
    """Read 数十, 几百, 好几千, 数十万."""
    scale = product(match.group(1))
    return _range(match, _FEWEST * scale, _MOST * scale, scale)


def _pair(match: re.Match[str]) -> Numeral:
    """Read 一两万, 三四十, 十五六万, 七八(成)."""
    tens, pair, signs = match.groups()
    scale = product(signs or "")
    base = Decimal(0) if tens is None else 10 * Decimal(_VALUES.get(tens[0], 1))
    low, high = (base + _VALUES[sign] for sign in pair)
    return _range(match, low * scale, high * scale, scale)


def _several(match: re.Match[str]) -> Numeral:
    """Read "several hundred", "a few dozen", "dozens", "tens of thousands"."""
    counted, plural = match.group(2), match.group(3) or "ten"
    scale = _WORDS_OF_SCALE[counted or plural] * _WORDS_OF_SCALE.get(
        match.group(5) or match.group(6), Decimal(1)
    )
    if counted and _COUPLE.search(match.group(1)):
        return _range(match, 2 * scale, 3 * scale, scale)
    return _range(match, _FEWEST * scale, _MOST * scale, scale)


def _abroad(match: re.Match[str]) -> Numeral:
    """Read "Dutzende", "des centaines", "decenas de miles"."""
    word, second = match.groups()
    scale = _ABROAD[word] * (Decimal(10 ** _SECOND.get(second, 6)) if second else 1)
    return _range(match, _FEWEST * scale, _MOST * scale, scale)
