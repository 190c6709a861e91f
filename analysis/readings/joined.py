"""Neighbouring figures: the ends of a range, a sample and its whole, a sum in two currencies, a describing number."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.readings.change import CHANGE, negative
from analysis.readings.figure import Figure

_RANGE = re.compile(
    r" ?(?:%|percent|per cent|million|billion|万|亿)? ?(?:-|~|to|至|到|から|bis|a|and) ?(?:us\$|[$€£])?"
)
_BARE_LINK = re.compile(r"[至到~-]")
_SAMPLE = re.compile(r" (?:out )?of (?:the |these )?")
# 触犯10个罪名的2085人, 11个品牌假烟3150件, 2천827% 증가한 1만9천961개, 1777건에서 2배: the first describes the second.
_DESCRIBES = re.compile(
    r"个?(?:罪名|品牌|系列|类|种类|品种)[^,;。、和及与\d]{0,8}的?"
    r"|[^,;。、\d]{0,3}에서 |% (?:증가|감소|늘어|줄어)[한든난] |%[增减]の"
)


def join_ranges(text: str, figures: list[Figure]) -> list[Figure]:
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
    between = re.search(r"between (?:[a-z]+\$|[$€£]|[a-z]{3})? ?$", before) is not None
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
    falls = low.unit is None and negative(text, low.numeral, 0, low.numeral.end, high.unit)
    if bottom < 0 < top or falls:  # "down 5-10%": both ends fall
        bottom, top = -abs(bottom), -abs(top)
    if abs(bottom) >= abs(top) or not _same_kind(text, low, high, link):
        return None
    bottom, top = sorted((bottom, top))
    return Figure(
        number, bottom, top, high.unit or low.unit, "range", low.level, low.aside, high.kind, high.measure
    )


def _same_kind(text: str, low: Figure, high: Figure, link: str) -> bool:
    """Tell whether two linked figures can be the ends of one range: "rose 5 percent to 1,950" has none.

    A unit may be printed once, behind the upper number or as a currency sign before the lower one.
    """
    if low.unit is not None and low.unit == high.unit and "to" in link:
        return CHANGE.search(text, 0, low.numeral.start) is None
    if high.unit and not low.measure and _BARE_LINK.fullmatch(link) and (low.unit or "").islower():
        return True  # 为企业挽损1.5亿至1.6亿元: the noun before the lower number is none of its own
    return low.unit in (None, high.unit) or (high.unit is None and low.unit.isupper())


def relate(text: str, figures: list[Figure]) -> list[Figure]:
    """Let neighbouring figures lend each other what is printed once.

    In "5 out of 9 handbags" both count handbags and the 9 is the sample; in "over GBP 1 billion (EUR 1.3 bn)"
    the second is the first in another currency, so it is hedged alike.
    """
    for index in range(1, len(figures)):
        first, second = figures[index - 1], figures[index]
        if _SAMPLE.fullmatch(text[first.numeral.end : second.numeral.start]):
            figures[index - 1] = replace(first, unit=first.unit or second.unit)
            figures[index] = replace(second, aside=True)
        elif _describes(text, first, second):
            figures[index - 1] = replace(first, aside=True)
        elif second.aside and not first.aside and second.hedge == "exact" and _currencies(first, second):
            figures[index] = replace(second, hedge=first.hedge)
    return figures


def _currencies(first: Figure, second: Figure) -> bool:
    """Tell whether both figures are sums of money, in different currencies."""
    units = (first.unit or "", second.unit or "")
    return all(unit.isupper() for unit in units) and units[0] != units[1]


def _describes(text: str, first: Figure, second: Figure) -> bool:
    """Tell whether the first figure stands in words that describe what the second counts."""
    return _DESCRIBES.fullmatch(text[first.numeral.end : second.numeral.start]) is not None
