"""Shares in words: "a quarter", "one in four", 四分之一, 万分之三, "zwei Drittel", "les trois quarts"; in percent."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from analysis.readings.east import CHARACTERS, DIGITS, ONE, mantissa
from analysis.readings.number_words import SMALL, SMALL_WORDS
from analysis.readings.numeral import Numeral, last_digit

_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
_SHARE_WORD = re.compile(
    rf"(?<![a-z])(?:(an?|{SMALL})[ -](half|third|quarter|fourth|fifth|tenth)s?"
    rf"(?! (?:man|woman|person|suspect|one|party|pending|site|shop|case|time|edition|wave|round|phase|was"
    rf"|year|month|week|day|consecutive|straight|successive)(?![a-z]))"
    rf"|({SMALL}) (?:in|out of)(?: every)? ({SMALL})"
    rf"|(?<![\d.,])1 (?:in|out of)(?: every)? (\d{{1,2}})(?! ?(?:\d|million|thousand))"
    rf"|(?<!first )(?<!second )(?<!last )(half))(?![a-z-])"
)
# Words of other languages, accents fallen away: share, and what stands before it is left to the hedges.
_ABROAD: dict[str, int | Decimal] = {
    "viertel": 25, "drittel": Decimal(100) / 3, "halfte": 50, "funftel": 20, "zehntel": 10,
    "quart": 25, "quarts": 25, "tiers": Decimal(100) / 3, "moitie": 50,
    "cuarto": 25, "cuartos": 25, "tercio": Decimal(100) / 3, "tercios": Decimal(100) / 3, "mitad": 50,
    "quarto": 25, "quarti": 25, "terzo": Decimal(100) / 3, "terzi": Decimal(100) / 3, "meta": 50,
    "kwart": 25, "derde": Decimal(100) / 3, "helft": 50,
}  # fmt: skip
_TIMES_ABROAD: dict[str, int | Decimal] = {
    "ein": 1, "eine": 1, "un": 1, "une": 1, "uno": 1, "una": 1, "een": 1, "le": 1, "la": 1, "die": 1, "il": 1, "de": 1,
    "zwei": 2, "deux": 2, "dos": 2, "due": 2, "twee": 2, "drei": 3, "trois": 3, "tres": 3, "tre": 3, "drie": 3,
    "vier": 4,
}  # fmt: skip
_SHARE_ABROAD = re.compile(
    rf"(?<![a-z])({'|'.join(_TIMES_ABROAD)}) ({'|'.join(sorted(_ABROAD, key=len, reverse=True))})(?![a-z])"
)
_SHARE_EAST = re.compile(
    rf"(?<![百千万点])({CHARACTERS}|\d+)分之({CHARACTERS}|\d+)|一半|半数|(?<=[过逾超])半"
)
_PER_THOUSAND = re.compile(rf"([千万])分之({ONE})|({DIGITS}) ?‰")
_TENTHS = re.compile(r"([一二三四五六七八九1-9])[成割]([一二三四五六七八九1-9])分?(?![十百千万\d])")
# What a pattern cannot do without: most sentences hold none of these words and are not searched for more.
_PART_WORDS = ("half", "third", "quarter", "fourth", "fifth", "tenth")
_IN_WORDS = re.compile(rf" (?:in|out of)(?: every)? (?:{SMALL}|\d)")
_NOUN_ABROAD = re.compile(rf" (?:{'|'.join(sorted(_ABROAD, key=len, reverse=True))})(?![a-z])")
# A spelled share is a round one: one unit of its last digit is taken as ten percentage points.
_SHARE_STEP = Decimal(10)


@lru_cache(maxsize=4096)
def chinese_number(characters: str) -> Decimal | None:
    """Return the number that Chinese `characters` below 万 spell, or None where they spell none.

    cn2an reads whole numbers and decimals (二点三六).
    The import waits for the first spelled number, since it takes longer than reading a thousand texts.
    """
    import cn2an

    if characters[0] in "百千":
        characters = "一" + characters
    try:
        return Decimal(str(cn2an.cn2an(characters.replace("〇", "零"), "smart")))
    except (ValueError, LookupError):  # cn2an refuses some nonsense by a KeyError (十十零)
        return None


def find_shares(text: str) -> list[Numeral]:
    """Return the shares in words of a normalised `text`, in percent."""
    found: list[Numeral] = []
    if any(word in text for word in _PART_WORDS) or _IN_WORDS.search(text):
        found += [_share(match) for match in _SHARE_WORD.finditer(text)]
    if _NOUN_ABROAD.search(text):
        found += [_abroad(match) for match in _SHARE_ABROAD.finditer(text)]
    if text.isascii():
        return found
    if "分之" in text or "半" in text:
        found += [share for match in _SHARE_EAST.finditer(text) if (share := _share_east(match))]
    if "分之" in text or "‰" in text:
        found += [share for match in _PER_THOUSAND.finditer(text) if (share := _per_thousand(match))]
    if "成" in text or "割" in text:
        found += [_tenths(match) for match in _TENTHS.finditer(text)]
    return found


def _share(match: re.Match[str]) -> Numeral:
    """Read "two thirds", "one in four" or "half" as a percentage."""
    count, part, favourable, out_of, digits, _half = match.groups()
    if part:
        share = SMALL_WORDS.get(count, Decimal(1)) / _PARTS[part]
    elif favourable:
        share = SMALL_WORDS[favourable] / (SMALL_WORDS[out_of] or 1)
    elif digits:
        share = 1 / (Decimal(digits) or Decimal(1))
    else:
        share = Decimal("0.5")
    return _numeral(match, 100 * share)


def _abroad(match: re.Match[str]) -> Numeral:
    """Read "ein Viertel", "les trois quarts" or "la mitad" as a percentage."""
    return _numeral(match, Decimal(_TIMES_ABROAD[match.group(1)]) * Decimal(_ABROAD[match.group(2)]))


def _share_east(match: re.Match[str]) -> Numeral | None:
    """Read 四分之一 or 一半 as a percentage; None where the parts are no numbers."""
    below, above = match.groups()
    if below is None:
        return _numeral(match, Decimal(50))
    parts = [Decimal(sign) if sign.isascii() else chinese_number(sign) for sign in (above, below)]
    if parts[0] is None or not parts[1]:
        return None
    return _numeral(match, 100 * parts[0] / parts[1])


def _per_thousand(match: re.Match[str]) -> Numeral | None:
    """Read 千分之五, 万分之三 or 5‰ as a percentage."""
    sign, spelled, digits = match.groups()
    raw = spelled or digits
    count = mantissa(raw) if raw[0].isdigit() or raw[0] == "." else chinese_number(raw)
    if count is None:
        return None
    factor = Decimal("0.01") if sign == "万" else Decimal("0.1")
    last = last_digit(count) * factor
    return Numeral(match.start(), match.end(), count * factor, last, factor, plain=False, meaning="percent")


def _tenths(match: re.Match[str]) -> Numeral:
    """Read 三成五 as 35 percent."""
    tens, ones = (int(sign) if sign.isascii() else int(chinese_number(sign) or 0) for sign in match.groups())
    value = Decimal(10 * tens + ones)
    return Numeral(match.start(), match.end(), value, Decimal(1), plain=False, meaning="percent")


def _numeral(match: re.Match[str], value: Decimal) -> Numeral:
    """Return the numeral of a spelled share."""
    return Numeral(match.start(), match.end(), value, _SHARE_STEP, plain=False, meaning="percent")
