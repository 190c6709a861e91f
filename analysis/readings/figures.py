"""Every figure in a text: its number, unit, hedge and sign, without the years, dates and labels around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from analysis.readings.digits import find_numerals
from analysis.readings.hedge_words import hedge_of
from analysis.readings.labels import without_labels
from analysis.readings.numeral import Numeral
from analysis.readings.spelled import find_spelled
from analysis.readings.unit_words import PROPORTIONS, unit_of
from analysis.readings.vague import find_vague


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text states about something.

    Attributes:
        numeral: The number as found.
        value: Its value with its sign, in base units of `unit`.
        high: The upper end of a printed range, else None.
        unit: The dataset's unit that the text names, else None.
        hedge: One of the dataset's hedges.
        level: Whether it is what a change led to ("rose 5 percent to 1,950").
        aside: Whether it stands in brackets beside another figure.
    """

    numeral: Numeral
    value: Decimal
    high: Decimal | None
    unit: str | None
    hedge: str
    level: bool = False
    aside: bool = False

    def step(self, hedge: str | None = None, unit: str | None = None) -> Decimal:
        """Return the printed step, in base units, under `hedge` and `unit` (by default the printed ones).

        One unit of the last printed significant digit; but one where an unhedged count is written out in
        full with one or two trailing zeros ("1,400 cases"), and where a percentage or ratio has no decimals.
        """
        number = self.numeral
        if number.plain and (unit or self.unit) in PROPORTIONS:
            return Decimal(1)
        if number.plain and (hedge or self.hedge) == "exact" and number.last < 1000:
            return Decimal(1)
        return number.last


# "3.5 out of every 10,000", 每1万笔: the second number is what the first is a share of.
_OUT_OF = re.compile(r"(?:(?:out )?of|in|for|per)(?: (?:every|each))+(?: of)?(?: the)? $|(?<![a-z])per $|每$")

_DOWN = (
    r"(?<![a-z])(?:down|f[ae]ll(?:s|ing|en)?|dropp?(?:s|ed|ing)?|decreas\w*|declin\w*|reduc\w*|slump\w*|plung\w*"
    r"|shrank|shrunk|baisse|recul|zuruck|spadek|pokles|daling|decremento|diminu\w*|gesunken|ruckgang)(?![a-z])"
    r"|下降|下滑|下跌|降低|减少|回落|降幅|降$|减|감소"
)
_UP = (
    r"(?<![a-z])(?:up|r[io]se[sn]?|rising|increas\w*|gr[eo]w\w*|climb\w*|jump\w*|surg\w*|soar\w*|hausse"
    r"|augment\w*)(?![a-z])|增长|增加|上升|提高|增|증가"
)
_MINUS = re.compile(r"(?:^|[( :])(?:-|minus )$|[▲△] ?$")
_CHANGE = re.compile(rf"(?P<down>{_DOWN})|(?P<up>{_UP})")
_DOWN_BEHIND = re.compile(
    rf"[) ]*(?:的|の|も|(?:[a-z-]+ )?)(?:{_DOWN}|less(?![a-z])|menos|moins|fewer(?![a-z])|lower(?![a-z]))"
)
_LEVEL = re.compile(
    r"(?:(?<![a-z])(?:to|at|tot|auf|below|above|from)|[至到为]) ?(?:[a-z]{2,3}\$|[$€£]|[a-z]+ than )?$"
)
_LED_TO = re.compile(r"(?:(?<![a-z])(?:to|tot|auf)|[至到]) ?(?:us\$|rmb|[$€£])? ?$")
_RANGE = re.compile(
    r" ?(?:%|percent|per cent|million|billion|万|亿)? ?(?:-|~|to|至|到|から|bis|and) ?(?:us\$|[$€£])?"
)
_SAMPLE = re.compile(r" (?:out )?of (?:the |these )?")
_CLAUSE = re.compile(r"[;。；]")


def find_figures(text: str) -> list[Figure]:
    """Return the figures of a normalised `text` in order; years, dates, durations and labels are left out."""
    numerals = _all_numerals(text)
    kept, bases = [], {}
    for index, numeral in enumerate(numerals):
        before = text[: numeral.start]
        if _OUT_OF.search(before) and len(numerals) > 1 and numeral.value > 0:
            bases[index] = numeral.value
        else:
            kept.append(numeral)
    kept = without_labels(text, kept)
    base = next(iter(bases.values()), None)
    figures = [_figure(text, kept, index, base) for index in range(len(kept))]
    return _relate(text, _join_ranges(text, figures))


def _all_numerals(text: str) -> list[Numeral]:
    """Return numerals in digits, Chinese characters and words; a longer one hides those inside it."""
    found = sorted(
        find_numerals(text) + find_spelled(text) + find_vague(text), key=lambda n: (n.start, -n.end)
    )
    kept: list[Numeral] = []
    for numeral in found:
        if not kept or numeral.start >= kept[-1].end:
            kept.append(numeral)
    return kept


def _figure(text: str, numerals: list[Numeral], index: int, base: Decimal | None) -> Figure:
    """Give the number at `index` its unit, hedge and sign; a count out of `base` becomes a percentage."""
    numeral = numerals[index]
    start, end = numeral.start, numeral.end
    floor = numerals[index - 1].end if index else 0
    limit = numerals[index + 1].start if index + 1 < len(numerals) else len(text)
    unit = numeral.meaning or unit_of(text, start, end, floor, limit, one=numeral.value == 1)
    hedge = hedge_of(text, start, end, numeral.over)
    if unit == "percent" and re.match(r"[成割]", text[end:]):
        numeral = _scaled(numeral, Decimal(10))
    elif base is not None and unit not in ("percent", "percentage_point"):
        numeral, unit = _scaled(numeral, 100 / base), "percent"
    negative = _negative(text, numeral, floor, limit, unit)
    before = text[floor:start]
    led_to = index > 0 and _LED_TO.search(before) is not None
    aside = text.count("(", 0, start) > text.count(")", 0, start) and start > 1
    value, high = numeral.value, numeral.high
    if high is not None:
        hedge = "range"
    if negative:
        value, high = (-value, None) if high is None else (-high, -value)
    return Figure(numeral, value, high, unit, hedge, led_to, aside)


def _scaled(numeral: Numeral, factor: Decimal) -> Numeral:
    """Return the numeral in another unit, no longer a plain count."""
    high = None if numeral.high is None else numeral.high * factor
    return replace(numeral, value=numeral.value * factor, last=numeral.last * factor, plain=False, high=high)


def _negative(text: str, numeral: Numeral, floor: int, limit: int, unit: str | None) -> bool:
    """Tell whether a figure is below zero: by its sign, or as a percentage by how much something fell."""
    before = _CLAUSE.split(text[floor : numeral.start])[-1]
    if _MINUS.search(text[: numeral.start]):
        return True
    if unit not in ("percent", "percentage_point") or _LEVEL.search(before):
        return False
    changes = list(_CHANGE.finditer(before))
    if changes:
        return changes[-1].lastgroup == "down"
    behind = re.sub(r"^(?:[ -]?(?:%|percent|per cent|percentage points?))", "", text[numeral.end : limit])
    return _DOWN_BEHIND.match(behind) is not None


def _join_ranges(text: str, figures: list[Figure]) -> list[Figure]:
    """Join "3 to 5 million", "30-40%" and "between 4 and 6" into one figure each.

    "from 3 to 5" states a change, not a range. The lower number takes the scale and unit of the upper one
    where it has none of its own.
    """
    joined: list[Figure] = []
    for figure in figures:
        low = joined[-1] if joined else None
        span = _range(text, low, figure) if low else None
        if span:
            joined[-1] = span
        else:
            joined.append(figure)
    return joined


def _range(text: str, low: Figure, high: Figure) -> Figure | None:
    """Return the range from `low` to `high`, or None where the words between them do not make one."""
    link = text[low.numeral.end : high.numeral.start]
    before = text[: low.numeral.start]
    between = re.search(r"between (?:[a-z]+\$|[$€£]|rmb|usd|eur)? ?$", before) is not None
    if low.high is not None or high.high is not None:
        return None
    if not _RANGE.fullmatch(link) or re.search(r"(?:from|van|von) \S{0,4}$", before):
        return None
    if link.strip().endswith("and") and not between:
        return None
    number, bottom, top = low.numeral, low.value, high.value
    scale = high.numeral.scale
    if number.scale == 1 and scale > 1 and abs(bottom * scale) < abs(top):  # "3 to 5 million"
        number = replace(number, value=number.value * scale, last=number.last * scale, plain=False)
        bottom *= scale
    falls = low.unit is None and _negative(text, low.numeral, 0, low.numeral.end, high.unit)
    if bottom < 0 < top or falls:  # "down 5-10%": both ends fall
        bottom, top = -abs(bottom), -abs(top)
    if abs(bottom) >= abs(top) or not _same_kind(text, low, high, link):
        return None
    bottom, top = sorted((bottom, top))
    return Figure(number, bottom, top, high.unit or low.unit, "range", low.level, low.aside)


def _same_kind(text: str, low: Figure, high: Figure, link: str) -> bool:
    """Tell whether two linked figures can be the ends of one range: "rose 5 percent to 1,950" has none.

    A unit may be printed once, behind the upper number or as a currency sign before the lower one.
    """
    if low.unit is not None and low.unit == high.unit and "to" in link:
        return _CHANGE.search(text, 0, low.numeral.start) is None
    return low.unit in (None, high.unit) or (high.unit is None and low.unit.isupper())


def _relate(text: str, figures: list[Figure]) -> list[Figure]:
    """Let neighbouring figures lend each other what is printed once.

    In "5 out of 9 handbags" both count handbags and the 9 is the sample; in "over GBP 1 billion (EUR 1.3 bn)"
    the second is the first in another currency, so it is hedged alike.
    """
    for index in range(1, len(figures)):
        first, second = figures[index - 1], figures[index]
        if _SAMPLE.fullmatch(text[first.numeral.end : second.numeral.start]):
            figures[index - 1] = replace(first, unit=first.unit or second.unit)
            figures[index] = replace(second, aside=True)
        elif second.aside and not first.aside and second.hedge == "exact" and _currencies(first, second):
            figures[index] = replace(second, hedge=first.hedge)
    return figures


def _currencies(first: Figure, second: Figure) -> bool:
    """Tell whether both figures are sums of money, in different currencies."""
    units = (first.unit or "", second.unit or "")
    return all(unit.isupper() for unit in units) and units[0] != units[1]
