"""Every figure in a text: its number, unit, hedge and sign, without the years, dates and labels around it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from analysis.readings.change import fell, find_turns, grows_by_multiple, kind_of_figure, negative
from analysis.readings.digits import find_numerals
from analysis.readings.figure import Figure
from analysis.readings.hedge_words import hedge_of
from analysis.readings.joined import join_ranges, relate
from analysis.readings.labels import without_labels
from analysis.readings.numeral import Numeral
from analysis.readings.spelled import find_spelled
from analysis.readings.unit_words import foreign, foreign_money, unit_of
from analysis.readings.unit_words_east import measure_of
from analysis.readings.vague import find_vague

# "3.5 out of every 10,000", 每1万笔: the second number is what the first is a share of.
_OUT_OF = re.compile(r"(?:(?:out )?of|in|for|per)(?: (?:every|each))+(?: of)?(?: the)? $|(?<![a-z])per $|每$")
_OUT_OF_ENDS = ("every ", "each ", " of ", " the ", "per ", "每")
# Characters that such words take at most, so that a long sentence is not read again for each number.
_OUT_OF_REACH = 64
_LED_TO = re.compile(r"(?:(?<![a-z])(?:to|tot|auf)|[至到]) ?(?:us\$|rmb|[$€£])? ?$")


def find_figures(text: str) -> list[Figure]:
    """Return the figures of a normalised `text` in order; years, dates, durations and labels are left out."""
    numerals = _all_numerals(text)
    kept, bases = [], {}
    for index, numeral in enumerate(numerals):
        start = numeral.start
        near = text[max(0, start - _OUT_OF_REACH) : start]
        out_of = len(numerals) > 1 and near.endswith(_OUT_OF_ENDS) and _OUT_OF.search(near)
        if out_of and numeral.value > 0:
            bases[index] = numeral.value
        else:
            kept.append(numeral)
    kept = without_labels(text, kept)
    base = next(iter(bases.values()), None)
    figures = [_figure(text, kept, index, base) for index in range(len(kept))]
    return relate(text, join_ranges(text, figures))


def _all_numerals(text: str) -> list[Numeral]:
    """Return numerals in digits, Chinese characters and words; a longer one hides those inside it."""
    found = sorted(
        find_numerals(text) + find_spelled(text) + find_vague(text) + find_turns(text),
        key=lambda n: (n.start, -n.end),
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
    elif grows_by_multiple(text, numeral, unit):
        numeral, unit = replace(_scaled(numeral, Decimal(100)), growth=True), "percent"
    kind = kind_of_figure(text, numeral, floor, limit, unit)
    below = negative(text, numeral, floor, limit, unit) or (
        kind == "difference" and fell(text, numeral, floor)
    )
    before = text[floor:start]
    led_to = index > 0 and _LED_TO.search(before) is not None
    aside = text.count("(", 0, start) > text.count(")", 0, start) and start > 1
    value, high = numeral.value, numeral.high
    if high is not None:
        hedge = "range"
    if below and numeral.value > 0:
        value, high = (-value, None) if high is None else (-high, -value)
    return Figure(
        numeral,
        value,
        high,
        unit,
        hedge,
        led_to,
        aside,
        kind,
        measure_of(text, end),
        foreign(text, end) or foreign_money(text, start),
    )


def _scaled(numeral: Numeral, factor: Decimal) -> Numeral:
    """Return the numeral in another unit, no longer a plain count."""
    high = None if numeral.high is None else numeral.high * factor
    return replace(numeral, value=numeral.value * factor, last=numeral.last * factor, plain=False, high=high)
