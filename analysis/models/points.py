"""What a model of one series on logs asks of its points: numbers above zero, one for each whole period."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import aligned, numbers, varies
from analysis.errors import InputError
from analysis.models.time_axis import PER_YEAR, ordinals

Array = NDArray[np.float64]
Years = NDArray[np.int64]

FARTHEST = 1e6  # periods are years or counted from a first one; beyond lies what was meant as something else


def logs_by_period(
    y: ArrayLike, time: ArrayLike, least: int, purpose: str, *, constant: bool = False
) -> tuple[Array, Years]:
    """Return log y (n) and its periods (n), sorted by period.

    Periods may be labels of years ("2017", "FY 2017"). `least` is the number of periods that `purpose` (as a
    sentence would name it: "a trend") needs. `constant=True` lets a series pass whose values are all equal.

    Raises
    ------
    InputError
        If lengths differ, a period is not a whole number or comes twice, a value is missing, infinite, zero or
        negative, there are fewer than `least` periods, or all values are equal.
    """
    values, periods = numbers(aligned(y, time, "y"), "y"), years_of(time)
    if len(values) != len(periods):
        raise InputError(
            f"y has {len(values)} values and time {len(periods)}; give one period for each value."
        )
    if (
        not np.all(np.isfinite(periods))
        or np.any(periods != np.round(periods))
        or np.any(np.abs(periods) > FARTHEST)
    ):
        raise InputError("Times must be whole numbers of periods, such as the years 2014, 2015, 2016.")
    whole = periods.astype(np.int64)
    order = np.argsort(whole, kind="stable")
    values, whole = values[order], whole[order]
    twice = whole[1:][np.diff(whole) == 0]
    if len(twice):
        raise InputError(f"Period {twice[0]} comes more than once; keep one value for each period.")
    _check_values(values, whole)
    if len(values) < least:
        raise InputError(f"{len(values)} periods are too few: {purpose} needs at least {least}.")
    if not (constant or varies(values)):
        raise InputError(
            f"y is constant ({values[0]:g} in all {len(values)} periods): {purpose} needs a series that moves."
        )
    return np.log(values), whole


def years_of(time: ArrayLike) -> Array:
    """Return periods as numbers: themselves, years, or half-years, quarters, months or days since year 0.

    Raises
    ------
    InputError
        If they are neither numbers nor labels or dates that `time_axis` reads.
    """
    array = np.asarray(time.array if isinstance(time, pd.Series | pd.Index) else time, dtype=object)
    if array.ndim == 1 and all(isinstance(one, str) for one in array):
        array = np.array([one.removeprefix("FY").strip() for one in array], dtype=object)
    try:
        return numbers(array, "time")
    except InputError:
        pass
    try:
        return ordinals(list(array))[0]
    except (InputError, TypeError):
        raise InputError(
            "Times must be whole numbers or years, such as 2014, '2014' or 'FY 2014', or labels such as '2014/15', "
            "'2014Q2' and '2014-05'."
        ) from None


def labels_of(time: ArrayLike) -> tuple[list[object] | None, int]:
    """Return the labels of periods in order of time and how many make a year; None and 1 of numbers and years."""
    array = np.asarray(time.array if isinstance(time, pd.Series | pd.Index) else time, dtype=object)
    try:
        numbers_of, labels, frequency = ordinals(list(array))
    except (InputError, TypeError, AttributeError):
        return None, 1
    if frequency == "Y":
        return None, 1
    order = np.argsort(numbers_of, kind="stable")
    return [labels[k] for k in order], PER_YEAR.get(frequency, 1)


def missing_periods(periods: Years) -> list[int]:
    """Return the periods that are skipped between the first and the last one."""
    if not len(periods):
        return []
    return sorted(set(range(int(periods[0]), int(periods[-1]) + 1)) - {int(p) for p in periods})


def named(periods: Iterable[int], most: int = 4) -> str:
    """Write periods for a sentence: the first few, and how many more."""
    found = list(periods)
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(str(period) for period in found[:most]) + more


def _check_values(values: Array, periods: Years) -> None:
    """Raise InputError at the first value whose logarithm does not exist."""
    wrong = np.flatnonzero(~np.isfinite(values) | (values <= 0))
    if not len(wrong):
        return
    at, value = int(periods[wrong[0]]), float(values[wrong[0]])
    if not np.isfinite(value):
        raise InputError(f"The value of period {at} is {value}; leave the period out, with its time.")
    raise InputError(f"The value of period {at} is {value:g}; logarithms need values above zero.")
