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
from analysis.results import Result

LARGEST = 10**18
_ENDLESS = re.compile(r"(?:[0-9][,. ']?){41}")
# A bare dollar sign is that of whoever prints it.
DOLLARS = ("AUD", "CAD", "HKD", "TWD")
_US_DOLLAR = re.compile(r"(?i)us|american|美")
COUNTS = ("case", "firm", "gang", "item", "lead", "listing", "person", "place", "request", "seizure", "store")


@dataclass(frozen=True, slots=True, repr=False)
class Printed(Result):
    """What a printed figure says.

    Attributes:
        value: The number, in base units of `unit` (yuan, percent, persons); a fall in percent is negative.
        high: The upper end of a printed range, else None.
        printed_step: One unit of the last printed significant digit, in the units of `value`.
        hedge: The printed qualifier, one of `HEDGES`.
        unit: The dataset's unit that the text names, or None where it names none.
    """

    value: float
    high: float | None
    printed_step: float
    hedge: str
    unit: str | None


@checked
def parse_printed(text: str, unit: str | None = None) -> Printed | None:
    """Read the figure that a printed text states, or None where it states none.

    Years, dates, durations, ordinals and labels are no figures. Of several figures the one meant is, in
    this order: what a change led to ("fell 4% to 260 million"); a figure outside brackets; the first one.
    `unit` asks for a unit of the dataset: "17件 37人" holds cases and, asked for "person", 37 persons; a bare dollar
    sign is then of the country asked for.

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
    """
    figure = _headline(figures_in(text), unit)
    if figure is None:
        return None
    _refuse(figure, text)
    printed = as_printed_values(figure)
    bare = printed.unit == "USD" and not _US_DOLLAR.search(text)
    return replace(printed, unit=unit) if bare and unit in DOLLARS else printed


def _refuse(figure: Figure, text: str) -> None:
    """Raise InputError where a figure cannot be what was printed: too large for any count, or fewer than none."""
    if max(abs(float(figure.value)), abs(float(figure.high or 0))) >= LARGEST:
        raise InputError(
            f"text {shown(text)} holds a number of {LARGEST:.0e} or more: no printed figure is as large"
        )
    if figure.value < 0 and figure.unit in COUNTS:
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
    return Printed(float(figure.value), high, float(figure.step()), figure.hedge, figure.unit)


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
    asked = [figure for figure in figures if unit is not None and figure.unit == unit]
    unnamed = [figure for figure in figures if unit is not None and figure.unit is None]
    pool = asked or unnamed or list(figures)
    return min(pool, key=lambda figure: (not figure.level, figure.aside, figure.numeral.high is not None))
