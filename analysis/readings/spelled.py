"""Numbers spelled in words: Chinese by the library cn2an, English and fractions by rule."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from analysis.readings.numeral import Numeral, last_digit

_UNITS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL_WORDS = {word: Decimal(n) for n, word in enumerate(_UNITS.split())} | {
    word: Decimal(10 * n) for n, word in enumerate(_TENS.split(), start=2)
}
_SCALE_WORDS = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}
_SMALL = "|".join(sorted(SMALL_WORDS, key=len, reverse=True))
_SCALE = "|".join(_SCALE_WORDS)
# "a million" and "billion-plus" are one of each; the plural ("millions of") is too vague to be a figure.
_ENGLISH = re.compile(
    rf"(?<![a-z\d])(?:(?:an? )?(?:{_SCALE})|(?:{_SMALL}))(?:(?: and |[ -])(?:{_SMALL}|{_SCALE}))*(?![a-z])"
)
_AND_A_HALF = re.compile(rf"(?<![a-z])({_SMALL}) and a half (million|billion|trillion)(?![a-z])")
_DOZEN = re.compile(rf"(?<![a-z])(?:(an?|{_SMALL}|\d+) )?dozen(?![a-z])")
_RATIO = re.compile(r"(?<![a-z])(?:(double|twice|twofold)|triple|threefold)d?(?![a-z])")

_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
_SHARE_WORD = re.compile(
    rf"(?<![a-z])(?:(an?|{_SMALL})[ -](half|third|quarter|fourth|fifth|tenth)s?"
    rf"|({_SMALL}) (?:in|out of)(?: every)? ({_SMALL})|(?<!first )(?<!second )(?<!last )(half))(?![a-z-])"
)
_SHARE_EAST = re.compile(
    r"([一二两三四五六七八九]|\d)分之([一二两三四五六七八九]|\d)|一半|半数|(?<=[过逾超])半"
)
# A spelled share is a round one: one unit of its last digit is taken as ten percentage points.
_SHARE_STEP = Decimal(10)


@lru_cache(maxsize=4096)
def chinese_number(characters: str) -> Decimal | None:
    """Return the number that Chinese `characters` below 万 spell, or None where they spell none.

    cn2an reads whole numbers and decimals (二点三六); the scale signs 万 and 亿 are applied by the caller.
    The import waits for the first spelled number, since it takes longer than reading a thousand texts.
    """
    import cn2an

    if characters[0] in "百千":
        characters = "一" + characters
    try:
        return Decimal(str(cn2an.cn2an(characters.replace("〇", "零"), "smart")))
    except (ValueError, LookupError):  # cn2an refuses some nonsense by a KeyError (十十零)
        return None


def find_spelled(text: str) -> list[Numeral]:
    """Return shares, ratios and English number words in a normalised `text` (Chinese ones: find_numerals).

    Shares ("more than a quarter", "one in four", 四分之一) have their value in percent. A dozen is 12, and
    one dozen is its printed step. "hundred" is a digit position; thousand and above are scale words.
    """
    found = [_share(match) for match in _SHARE_WORD.finditer(text)]
    found += [_share_east(match) for match in _SHARE_EAST.finditer(text)]
    found += [_ratio(match) for match in _RATIO.finditer(text)]
    found += [_dozen(match) for match in _DOZEN.finditer(text)]
    found += [_and_a_half(match) for match in _AND_A_HALF.finditer(text)]
    taken = [(numeral.start, numeral.end) for numeral in found]
    for match in _ENGLISH.finditer(text):
        if not any(match.start() < end and start < match.end() for start, end in taken):
            found.append(_english(match))
    return found


def _share(match: re.Match[str]) -> Numeral:
    """Read "two thirds", "one in four" or "half" as a percentage."""
    count, part, favourable, out_of, _half = match.groups()
    if part:
        share = SMALL_WORDS.get(count, Decimal(1)) / _PARTS[part]
    elif favourable:
        share = SMALL_WORDS[favourable] / (SMALL_WORDS[out_of] or 1)
    else:
        share = Decimal("0.5")
    return _share_numeral(match, share)


def _share_east(match: re.Match[str]) -> Numeral:
    """Read 四分之一 or 一半 as a percentage."""
    below, above = match.groups()
    if below is None:
        return _share_numeral(match, Decimal("0.5"))
    parts = [Decimal(sign) if sign.isascii() else chinese_number(sign) for sign in (above, below)]
    return _share_numeral(match, (parts[0] or Decimal(0)) / (parts[1] or Decimal(1)))


def _share_numeral(match: re.Match[str], share: Decimal) -> Numeral:
    """Return the numeral of a spelled share."""
    value = 100 * share
    return Numeral(match.start(), match.end(), value, _SHARE_STEP, plain=False, meaning="percent")


def _ratio(match: re.Match[str]) -> Numeral:
    """Read "double", "twice" and "triple" as ratios."""
    value = Decimal(2 if match.group(1) else 3)
    return Numeral(match.start(), match.end(), value, Decimal(1), meaning="ratio")


def _dozen(match: re.Match[str]) -> Numeral:
    """Read dozens: one dozen is the unit that is counted."""
    word = match.group(1) or "a"
    count = Decimal(word) if word.isdigit() else SMALL_WORDS.get(word, Decimal(1))
    return Numeral(match.start(), match.end(), 12 * count, Decimal(12), Decimal(12), plain=False)


def _and_a_half(match: re.Match[str]) -> Numeral:
    """Read "two and a half million": half a million is printed as the last digit of 2.5 million is."""
    scale = _SCALE_WORDS[match.group(2)]
    value = (SMALL_WORDS[match.group(1)] + Decimal("0.5")) * scale
    return Numeral(match.start(), match.end(), value, scale / 10, scale, plain=False)


def _english(match: re.Match[str]) -> Numeral:
    """Read English number words: "two hundred and six", "six million", "a billion"."""
    total = section = Decimal(0)
    mantissa, scale = Decimal(1), Decimal(1)
    for word in re.findall(r"[a-z]+", match.group()):
        if word in SMALL_WORDS:
            section += SMALL_WORDS[word]
            mantissa, scale = section, Decimal(1)
        elif word == "hundred":
            section = (section or Decimal(1)) * 100
            mantissa = section
        elif word in _SCALE_WORDS:
            total += (section or Decimal(1)) * _SCALE_WORDS[word]
            section, scale = Decimal(0), scale * _SCALE_WORDS[word]
    value = total + section
    last = last_digit(mantissa) * scale if scale > 1 else last_digit(value)
    return Numeral(match.start(), match.end(), value, last, scale, plain=scale == 1)
