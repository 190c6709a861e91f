"""Hedges into intervals: what "more than 11,000" leaves open.

A hedged or rounded figure is a coarsened observation: the true value lies in an interval whose width follows
from the printed step (Heitjan, Rubin 1991, Ignorability and coarse data, doi 10.1214/aos/1176348396).
"""

from __future__ import annotations

import math
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.dataset.vocabularies import MONEY
from analysis.errors import LONGEST, InputError, shown
from analysis.readings.printed import full_step, step_in
from analysis.readings.unit_words import PROPORTIONS

GROWTH = ("change", "growth")  # kinds whose 0 and 100 percent are figures like others
HEDGES = ("exact", "more_than", "at_least", "nearly", "about", "less_than", "up_to", "range")


class HedgeModel(StrEnum):
    """How far a hedge reaches.

    default: one printed step (DESIGN.md's table). tight: half the width. open_ended: the open side goes to
    infinity (more_than, at_least) or to 0 (nearly); the other hedges have no open side and stay as they are.
    """

    DEFAULT = "default"
    TIGHT = "tight"
    OPEN_ENDED = "open_ended"


@checked
def interval(
    value: float,
    hedge: str,
    printed_step: float = 1,
    high: float | None = None,
    model: str = "default",
    rounded: bool | None = None,
) -> tuple[float, float]:
    """Return the interval (low, high) that a printed figure leaves for the true value, in its own units.

    With g the printed step and w = min(g, value / 10): exact is [v, v], or [v - g/2, v + g/2] where rounded;
    more_than and at_least reach from v to v + g; nearly from v - w to v; about from v - w to v + w;
    less_than and up_to from 0 to v (a bound, to be used as an inequality only); a range from v to `high`.
    A hedge speaks of the size of a fall: "down more than 29%" (value -29) is (-30, -29).

    Parameters
    ----------
    value
        The printed number.
    hedge
        One of `HEDGES`.
    printed_step
        One unit of the last printed significant digit, in the units of `value`.
    high
        The upper end of a printed range; for other hedges it is not used.
    model
        A `HedgeModel`; "tight" keeps a bound's half next to the value and the middle half of a range.
    rounded
        Whether an exact figure was rounded; None takes it as rounded where the step is not 1. Say
        True for percentages and ratios ("52 percent" is 51.5 to 52.5 though its step is 1).

    Raises
    ------
    InputError
        A number is not finite, the step not above 0, the hedge or model unknown, or a range
        without an upper end at or above its value.

    Examples
    --------
    >>> interval(11000, "more_than", printed_step=1000)
    (11000.0, 12000.0)
    >>> interval(52, "exact", rounded=True)
    (51.5, 52.5)
    """
    value, step = _checked(value, hedge, printed_step, model)
    if hedge == "range":
        return _range(value, high, model)
    size = abs(value)
    share = 0.5 if model == HedgeModel.TIGHT else 1.0
    below, above = _reach(size, hedge, step, step != 1 if rounded is None else rounded)
    low, top = size - share * below, size + share * above
    if model == HedgeModel.OPEN_ENDED:
        low = 0.0 if hedge == "nearly" else low
        top = math.inf if hedge in ("more_than", "at_least") else top
    return (-top, -low) if value < 0 else (low, top)


def _reach(size: float, hedge: str, step: float, rounded: bool) -> tuple[float, float]:
    """Return how far the interval reaches below and above `size` under the default model."""
    narrow = min(step, size / 10)
    half = step / 2 if rounded else 0.0
    return {
        "exact": (half, half),
        "more_than": (0.0, step),
        "at_least": (0.0, step),
        "nearly": (narrow, 0.0),
        "about": (narrow, narrow),
        "less_than": (size, 0.0),
        "up_to": (size, 0.0),
    }[hedge]


def _range(value: float, high: float | None, model: str) -> tuple[float, float]:
    """Return the interval of a printed range; tight keeps its middle half."""
    if high is None or not math.isfinite(high):
        raise InputError(
            "a figure hedged 'range' needs its upper end: give a finite number as high (value_high)"
        )
    if high < value:
        raise InputError(f"the upper end {high:g} of a range is below its value {value:g}: swap the two")
    margin = (high - value) / 4 if model == HedgeModel.TIGHT else 0.0
    return value + margin, float(high) - margin


def _checked(value: float, hedge: str, step: float, model: str) -> tuple[float, float]:
    """Return value and step as floats, or refuse what makes no interval."""
    if hedge not in HEDGES:
        raise InputError(f"unknown hedge {shown(hedge)}: use one of {', '.join(HEDGES)}")
    if model not in list(HedgeModel):
        raise InputError(f"unknown hedge model {shown(model)}: use one of {', '.join(HedgeModel)}")
    try:
        number, width = float(value), float(step)
    except OverflowError:
        raise InputError(
            f"value {shown(value)} or printed_step {shown(step)} is too large for a figure"
        ) from None
    if not math.isfinite(number):
        raise InputError(f"value {shown(value)} is not a finite number: a printed figure must be one")
    if not (math.isfinite(width) and width > 0):
        raise InputError(f"printed_step {step!r} must be a finite number above 0")
    return number, width


_COLUMNS = ("value", "unit", "hedge")
_OPTIONAL = ("value_high", "as_printed", "printed_step", "kind", "language", "jurisdiction")
TOLD_IN_HUNDREDS = (
    "CN",
    "en",
)  # jurisdiction and language in whose counts two zeros are a rounding: see `roundings`


@checked
def intervals(frame: pd.DataFrame, model: str = "default") -> pd.DataFrame:
    """Return low, high and printed_step of every reading in `frame`, on its index.

    The printed step of a row is, in this order: its `printed_step` where that column holds one; that of the
    figure in `as_printed` whose value is the row's, read under the row's hedge and unit; that of the value as
    if it were written out in full. Exact percentages, ratios and decimals count as rounded; shares of 0 and 100
    percent are themselves. Of an unhedged figure whose step no column tells, two significant digits are believed
    at least ("10,000" is 9,500 to 10,500), and a Chinese count told in English that ends in 00 is rounded to 100.

    Parameters
    ----------
    frame
        Readings with value, unit and hedge; value_high, as_printed, printed_step, kind, language and jurisdiction
        are optional.
    model
        A `HedgeModel`.

    Raises
    ------
    InputError
        A column is missing, or a row makes no interval (the sentence names the reading).
    """
    missing = [column for column in _COLUMNS if column not in frame.columns]
    if missing:
        raise InputError(
            f"intervals() needs the columns {', '.join(_COLUMNS)}; missing: {', '.join(missing)}"
        )
    names = frame["reading_id"] if "reading_id" in frame.columns else frame.index
    rows = []
    for name, row in zip(names, _records(frame), strict=True):
        try:
            rows.append(_known_interval(model, row))
        except InputError as error:
            raise InputError(f"reading {str(name)[:LONGEST]}: {error}") from None
    result = np.array(rows, dtype=float).reshape(-1, 3)
    return pd.DataFrame(result, columns=["low", "high", "printed_step"], index=frame.index)


def _known_interval(model: str, row: dict[str, Any]) -> tuple[float, float, float]:
    """Return the interval of a row, looked up where one alike was read: every page asks for those of its readings."""
    try:
        return _remembered(model, **row)
    except TypeError:  # a list in a cell, say: told in a sentence
        return reading_interval(**row, model=model)


@lru_cache(maxsize=32_768, typed=True)  # a truth value is no number, though True is 1
def _remembered(model: str, **row: Any) -> tuple[float, float, float]:
    """Return the interval of a row."""
    return reading_interval(**row, model=model)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as dictionaries of the columns that make an interval; blanks are None."""
    wanted = [*_COLUMNS, *(c for c in _OPTIONAL if c in frame.columns)]
    columns = [_cells(frame[c]) for c in wanted]
    return [dict(zip(wanted, values, strict=True)) for values in zip(*columns, strict=True)]


def _cells(column: pd.Series[Any]) -> list[Any]:
    """Return the cells of a column; blanks are None."""
    cells: list[Any] = column.tolist()
    blank = column.isna().to_numpy()
    return [None if gone else cell for gone, cell in zip(blank, cells, strict=True)] if blank.any() else cells


@checked
def reading_interval(
    value: float,
    unit: str,
    hedge: str,
    value_high: float | None = None,
    as_printed: str | None = None,
    printed_step: float | None = None,
    model: str = "default",
    kind: str | None = None,
    language: str | None = None,
    jurisdiction: str | None = None,
) -> tuple[float, float, float]:
    """Return low, high and printed step of one reading, in its unit, by the rules that `intervals` states.

    The step is the one that is printed, also where the interval is that of a finer or a coarser one.

    Raises
    ------
    InputError
        As `interval` does.
    """
    step = printed_step
    if step is None and as_printed:
        step = step_in(as_printed, value, hedge, unit)
    if step is None:
        step = full_step(value, hedge, unit)
    believed = step
    if hedge == "exact" and printed_step is None and unit not in PROPORTIONS:
        told_in_hundreds = (jurisdiction, language) == TOLD_IN_HUNDREDS and unit not in MONEY
        believed = _believed(value, step, told_in_hundreds)
    rounded = unit in PROPORTIONS or believed != 1
    if hedge == "exact" and unit in PROPORTIONS and kind not in GROWTH:
        rounded = value not in ((0, 100) if unit == "percent" else (0,))
    return (*interval(value, hedge, believed, value_high, model, rounded), float(step))


def _believed(value: float, step: float, hundreds: bool) -> float:
    """Return the step that an unhedged figure is read by: at most a unit of its second significant digit."""
    if step == 1 and hundreds and value and value % 100 == 0:
        return 100.0
    if step > 1 and value:
        return min(step, max(1.0, 10.0 ** (math.floor(math.log10(abs(value)) + 1e-9) - 1)))
    return step
