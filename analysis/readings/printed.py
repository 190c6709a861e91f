"""From a figure as printed to its value, printed step, hedge and unit."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from analysis.arguments import checked
from analysis.errors import InputError, shown
from analysis.readings.figure import Figure
from analysis.readings.figures import find_figures
from analysis.readings.numeral import Numeral, last_digit
from analysis.readings.text import normalise
from analysis.readings.unit_words import STANDS_FOR, may_count
from analysis.results import Result

LARGEST = 10**18
_ENDLESS = re.compile(r"(?:[0-9][,. ']?){41}")
# A bare dollar sign is that of whoever prints it.
DOLLARS = ("AUD", "CAD", "HKD", "TWD")
OF_JURISDICTION = {"AU": "AUD", "CA": "CAD", "HK": "HKD", "TW": "TWD"}
_YUAN = re.compile(r"(?i)人民币|人民幣|yuan|rmb|cny")
_US_DOLLAR = re.compile(r"(?i)us|american|美")
COUNTS = ("case", "firm", "gang", "item", "lead", "listing", "person", "place", "request", "seizure", "store")


@dataclass(frozen=True, slots=True, repr=False)
class Printed(Result):
    """What a printed figure says.

    Attributes
    ----------
    value
        The number, in base units of `unit` (yuan, percent, persons); a fall in percent is negative.
    high
        The upper end of a printed range, else None.
    printed_step
        One unit of the last printed significant digit, in the units of `value`.
    hedge
        The printed qualifier, one of `HEDGES`.
    unit
        The dataset's unit that the text names, or None where it names none.
    kind
        What it says of its subject: "level", "growth" (percent of an earlier level), "multiple" (of another
        level), "index" (percent, where the other level is 100), "difference" or "mean".
    measure
        The measure word that it counts with (瓶, 件), blank where none is printed.
    """

    value: float
    high: float | None
    printed_step: float
    hedge: str
    unit: str | None
    kind: str = "level"
    measure: str = ""


@checked
def parse_printed(text: str, unit: str | None = None, jurisdiction: str | None = None) -> Printed | None:
    """Read the figure that a printed text states, or None where it states none.

    Years, dates, windows, durations, ages, articles, thresholds and labels are no figures. Of several figures the one
    meant is, in this order: what a change led to ("fell 4% to 260 million"); a figure outside brackets that does not
    describe another; one that names a number, before a vague one ("dozens": 20 to 90); the first one.
    `unit` asks for a unit of the dataset: "17件 37人" holds cases and, asked for "person", 37 persons. A figure in a
    unit of another kind is never given in its stead. A bare dollar sign, or a bare 元, is of the country asked
    for, or of `jurisdiction` (AU, CA, HK, TW, US).

    Raises
    ------
    InputError
        `text` is not text, or states a number of 10^18 or more or a count below zero.

    Examples
    --------
    >>> found = parse_printed("1.1万余起")
    >>> found.value, found.printed_step, found.hedge, found.unit
    (11000.0, 1000.0, 'more_than', 'case')
    >>> parse_printed("17件 37人", unit="person").value
    37.0
    >>> parse_printed("查办案件17件", unit="CNY") is None
    True
    >>> parse_printed("同比增长1.7倍").value, parse_printed("是去年的1.7倍").value
    (170.0, 1.7)
    >>> parse_printed("about $43.7 million", jurisdiction="HK").unit
    'HKD'
    """
    figures = figures_in(text)
    local = unit if unit in DOLLARS else OF_JURISDICTION.get(jurisdiction or "")
    if local is not None:
        figures = tuple(_localised(figure, local, text) for figure in figures)
    figure = _headline(figures, unit)
    if figure is None:
        return None
    _refuse(figure, text)
    return as_printed_values(figure)


def _localised(figure: Figure, local: str, text: str) -> Figure:
    """Give a bare dollar sign, or a bare 元 where that is the name of a dollar, the currency of a country."""
    bare = figure.unit == "USD" and not _US_DOLLAR.search(text)
    bare = bare or (figure.unit == "CNY" and local in ("HKD", "TWD") and not _YUAN.search(text))
    return replace(figure, unit=local) if bare else figure


def _refuse(figure: Figure, text: str) -> None:
    """Raise InputError where a figure cannot be what was printed: too large for any count, or fewer than none."""
    if max(abs(float(figure.value)), abs(float(figure.high or 0))) >= LARGEST:
        raise InputError(
            f"text {shown(text)} holds a number of {LARGEST:.0e} or more: no printed figure is as large"
        )
    if figure.value < 0 and figure.unit in COUNTS and figure.kind != "difference":
        raise InputError(f"text {shown(text)} counts fewer than none: leave out the sign, or say what fell")


@lru_cache(maxsize=16384)
def figures_in(text: str) -> tuple[Figure, ...]:
    """Return every figure that a printed text states, in order."""
    plain = normalise(text)
    if _ENDLESS.search(plain):
        raise InputError(
            f"text {shown(text)} holds a number of more than 40 digits: no printed figure is as large"
        )
    return tuple(find_figures(plain))


def as_printed_values(figure: Figure) -> Printed:
    """Return the public form of a figure."""
    high = None if figure.high is None else float(figure.high)
    return Printed(
        float(figure.value),
        high,
        float(figure.step()),
        figure.hedge,
        figure.unit,
        figure.kind,
        figure.measure,
    )


def step_in(text: str, value: float, hedge: str, unit: str) -> float | None:
    """Return the printed step of the figure in `text` that has this `value`, or None where none has.

    The step is read under the row's `hedge` and `unit`, since the text may be trimmed of both.
    """
    for figure in figures_in(text):
        if math.isclose(float(figure.value), value, rel_tol=1e-9):
            return float(figure.step(hedge, unit))
    return None


def full_step(value: float, hedge: str, unit: str) -> float:
    """Return the printed step that `value` would have if it were written out in full: 1.5 has 0.1.

    Raises
    ------
    InputError
        `value` is not a finite number.
    """
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(f"value {value!r} is not a finite number: a printed figure must be one")
    number = Decimal(repr(abs(float(value))))
    whole = number == number.to_integral_value()
    number = Decimal(int(number)) if whole else number
    numeral = Numeral(0, 0, number, last_digit(number), plain=whole)
    return float(Figure(numeral, number, None, unit, hedge).step())


def _headline(figures: tuple[Figure, ...], unit: str | None) -> Figure | None:
    """Choose the figure that a text is about, by the rule that `parse_printed` states."""
    if not figures:
        return None
    pool = list(figures) if unit is None else _in_unit(figures, unit)
    if not pool:
        return None
    return min(pool, key=lambda figure: (not figure.level, figure.aside, figure.numeral.high is not None))


def _in_unit(figures: tuple[Figure, ...], unit: str) -> list[Figure]:
    """Return the figures in a unit; else those that name none and may be; else those in one that stands for it."""
    asked = [figure for figure in figures if figure.unit == unit]
    unnamed = [f for f in figures if f.unit is None and not f.foreign and may_count(f.measure, unit)]
    return asked or unnamed or [figure for figure in figures if figure.unit in STANDS_FOR.get(unit, ())]
