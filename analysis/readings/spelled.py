"""Numbers spelled in English words, by rule; shares in words are in shares.py, Chinese characters in east.py."""

from __future__ import annotations

import re
from decimal import Decimal

from analysis.readings.east import number
from analysis.readings.number_words import SCALE, SCALE_WORDS, SMALL, SMALL_WORDS
from analysis.readings.numeral import Numeral, last_digit
from analysis.readings.shares import find_shares

# "a million" and "billion-plus" are one of each; the plural ("millions of") is too vague to be a figure.
_ENGLISH = re.compile(
    rf"(?<![a-z\d])(?:(?:an? )?(?:{SCALE})|(?:{SMALL}))(?:(?: and |[ -])(?:{SMALL}|(?:{SCALE})s?))*(?![a-z])"
)
# "two and a half million", "a million and a half", "half a million", "a quarter of a million", "half million".
_AND_A_HALF = re.compile(
    rf"(?<![a-z])(an?|{SMALL}) and a (half|quarter) ({SCALE})s?(?![a-z])"
    rf"|(?<![a-z])(an?|one) ({SCALE}) and a (half|quarter)(?![a-z])"
    rf"|(?<![a-z\d])(an?|{SMALL}|\d{{1,2}}) and a (half|quarter)(?=[ -](?:times|per ?cent|percentage points?)(?![a-z]))"
)
_HALF_A = re.compile(
    rf"(?<![a-z])(?:(half)(?: (?:of )?an?)?|(?:an? |one )?(half|quarter|third)(?: of)? an?|three[ -](quarters) of an?)"
    rf"[ -]({SCALE})(?![a-z])"
)
_DOZEN = re.compile(rf"(?<![a-z])(?:(half a|an?|{SMALL}|\d+) )?dozen(?![a-z])")
_SCORE = re.compile(rf"(?<![a-z])(an?|{SMALL}) score(?= (?:of|and)(?![a-z]))")
_RATIO = re.compile(
    rf"(?<![a-z])(?:(double|twice)|(triple|treble|thrice)|(quadruple)|({SMALL})-?fold)(?![a-z])"
)
# "A man and four women", 两男三女: the persons are both together.
_WHO = "(?:young |old |local |chinese )?(?:m[ae]n|wom[ae]n|boys?|girls?|males?|females?)"
_TOGETHER = re.compile(rf"(?<![a-z\d])(an?|{SMALL}|\d+) {_WHO},? and (an?|{SMALL}|\d+) {_WHO}(?![a-z])")
_TOGETHER_EAST = re.compile(
    r"(?<![\d十百千万])([一二两三四五六七八九]|\d{1,3})名?男[子性]?[及和、,]?([一二两三四五六七八九]|\d{1,3})名?女"
)
# What a pattern cannot do without: most sentences hold none of these words and are not searched for more.
_FOLD = ("double", "twice", "triple", "treble", "thrice", "quadruple", "fold")
_LETTER = re.compile("[a-z]")
_PARTS_OF = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.75")}


def find_spelled(text: str) -> list[Numeral]:
    """Return shares, ratios and English number words in a normalised `text` (Chinese ones: find_numerals).

    Shares ("more than a quarter", "one in four", 四分之一) have their value in percent. A dozen is 12, and
    one dozen is its printed step. "hundred" is a digit position; thousand and above are scale words.
    """
    found: list[Numeral] = []
    if "half" in text or "quarter" in text or "third" in text:
        found += [_half_a(match) for match in _HALF_A.finditer(text)]
    if " and a " in text:
        found += [_and_a_half(match) for match in _AND_A_HALF.finditer(text)]
    found += [share for share in find_shares(text) if not _inside(share, found)]
    if any(word in text for word in _FOLD):
        found += [_ratio(match) for match in _RATIO.finditer(text)]
    if "dozen" in text:
        found += [_dozen(match) for match in _DOZEN.finditer(text)]
    if " and " in text:
        found += [_together(match) for match in _TOGETHER.finditer(text)]
    if "男" in text:
        found += [_together(match) for match in _TOGETHER_EAST.finditer(text)]
    if " score" in text:
        found += [_score(match) for match in _SCORE.finditer(text)]
    return (
        found
        if not _LETTER.search(text)
        else found
        + [english for english in map(_english, _ENGLISH.finditer(text)) if not _inside(english, found)]
    )


def _inside(numeral: Numeral, found: list[Numeral]) -> bool:
    """Tell whether a numeral overlaps one that was found before."""
    return any(numeral.start < other.end and other.start < numeral.end for other in found)


def _ratio(match: re.Match[str]) -> Numeral:
    """Read "double", "twice", "treble" and "fivefold" as ratios."""
    value = SMALL_WORDS[match.group(4)] if match.group(4) else Decimal(match.lastindex or 0) + 1
    return Numeral(match.start(), match.end(), value, Decimal(1), meaning="ratio")


def _dozen(match: re.Match[str]) -> Numeral:
    """Read dozens: one dozen is the unit that is counted."""
    word = match.group(1) or "a"
    count = Decimal("0.5") if word == "half a" else None
    count = count or (Decimal(word) if word.isdigit() else SMALL_WORDS.get(word, Decimal(1)))
    return Numeral(
        match.start(), match.end(), 12 * count, 12 * min(count, Decimal(1)), Decimal(12), plain=False
    )


def _together(match: re.Match[str]) -> Numeral:
    """Read "a man and four women" as five persons."""
    total = Decimal(0)
    for word in match.groups():
        spelled = SMALL_WORDS.get(word, Decimal(1)) if word.isascii() else number(word)
        total += Decimal(word) if word.isascii() and word.isdigit() else spelled or Decimal(1)
    return Numeral(match.start(), match.end(), total, Decimal(1), meaning="person")


def _score(match: re.Match[str]) -> Numeral:
    """Read "three score": twenty is the unit that is counted."""
    count = SMALL_WORDS.get(match.group(1), Decimal(1))
    return Numeral(match.start(), match.end(), 20 * count, Decimal(20), Decimal(20), plain=False)


def _and_a_half(match: re.Match[str]) -> Numeral:
    """Read "two and a half million": half a million is printed as the last digit of 2.5 million is; and "times"."""
    if match.group(7):
        count, part = match.group(7, 8)
        whole = Decimal(count) if count.isdigit() else SMALL_WORDS.get(count, Decimal(1))
        last = Decimal(1).scaleb(int(_PARTS_OF[part].as_tuple().exponent))
        return Numeral(match.start(), match.end(), whole + _PARTS_OF[part], last, plain=False)
    count, part, name = match.group(1, 2, 3) if match.group(3) else match.group(4, 6, 5)
    scale, share = SCALE_WORDS[name], _PARTS_OF[part]
    value = (SMALL_WORDS.get(count, Decimal(1)) + share) * scale
    last = scale * Decimal(1).scaleb(int(share.as_tuple().exponent))
    return Numeral(match.start(), match.end(), value, last, scale, plain=False)


def _half_a(match: re.Match[str]) -> Numeral:
    """Read "half a million", "a quarter of a million": printed as finely as 0.5 and 0.25 million are."""
    part, scale = match.group(1) or match.group(2) or match.group(3), SCALE_WORDS[match.group(4)]
    share = _PARTS_OF.get(part, Decimal(1) / 3)
    last = scale * (Decimal("0.1") if part == "third" else Decimal(1).scaleb(int(share.as_tuple().exponent)))
    return Numeral(match.start(), match.end(), share * scale, last, scale, plain=False)


def _english(match: re.Match[str]) -> Numeral:
    """Read English number words: "two hundred and six", "six million", "a billion"."""
    total = section = Decimal(0)
    mantissa, scale = Decimal(1), Decimal(1)
    for plural in re.findall(r"[a-z]+", match.group()):
        word = plural if plural in SMALL_WORDS else plural.removesuffix("s")
        if word in SMALL_WORDS:
            section += SMALL_WORDS[word]
            mantissa, scale = section, Decimal(1)
        elif word == "hundred":
            section = (section or Decimal(1)) * 100
            mantissa = section
        elif word in SCALE_WORDS:
            total += (section or Decimal(1)) * SCALE_WORDS[word]
            section, scale = Decimal(0), scale * SCALE_WORDS[word]
    value = total + section
    last = last_digit(mantissa) * scale if scale > 1 else last_digit(value)
    return Numeral(match.start(), match.end(), value, last, scale, plain=scale == 1)
