"""What a model of one series on logs asks of its points: numbers above zero, one for each whole period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import aligned, numbers, varies
from analysis.errors import InputError
from analysis.models.time_axis import PER_YEAR, label_like, ordinals

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
    twice, name = whole[1:][np.diff(whole) == 0], naming(time)
    if len(twice):
        raise InputError(f"Period {name(twice[0])} comes more than once; keep one value for each period.")
    _check_values(values, whole, name)
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
    words = array.ndim == 1 and all(isinstance(one, str) for one in array)
    if words:
        array = np.array([one.removeprefix("FY").strip() for one in array], dtype=object)
    try:
        return numbers(array, "time")
    except InputError:
        pass
    if words and len(array):
        return ordinals(list(array))[0]
    try:
        return ordinals(list(array))[0]
    except (InputError, TypeError):
        raise InputError(
            "Times must be whole numbers or years, such as 2014, '2014' or 'FY 2014', or labels such as '2014/15', "
            "'2014Q2' and '2014-05'."
        ) from None


@dataclass(frozen=True)
class Naming:
    """How the periods of a series are written: as one of its labels, of a frequency; as numbers where there is none."""

    label: str = ""
    frequency: str = ""

    @property
    def per_year(self) -> int:
        """Periods a year: 12 of months, 1 of years, days and bare numbers."""
        return PER_YEAR.get(self.frequency, 1)

    def __call__(self, number: float) -> str | int:
        """Return a period, counted as `years_of` counts, as the series writes it."""
        return label_like(number, self.frequency, self.label) if self.frequency else int(number)


def naming(time: ArrayLike) -> Naming:
    """Return how periods are written; bare numbers and years ("2017", "FY 2017") are numbers."""
    array = np.asarray(time.array if isinstance(time, pd.Series | pd.Index) else time, dtype=object)
    try:
        _, labels, frequency = ordinals(list(array))
    except (InputError, TypeError, AttributeError, IndexError):
        return Naming()
    plain = frequency == "Y" and labels[0].removeprefix("FY").strip().isdigit()
    return Naming() if plain else Naming(labels[0], frequency)


def missing_periods(periods: Years) -> list[int]:
    """Return the periods that are skipped between the first and the last one."""
    if not len(periods):
        return []
    return sorted(set(range(int(periods[0]), int(periods[-1]) + 1)) - {int(p) for p in periods})


def named(periods: Iterable[int], name: Naming, most: int = 4) -> str:
    """Write periods for a sentence: the first few, and how many more."""
    found = [name(period) for period in periods]
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(str(period) for period in found[:most]) + more


def _check_values(values: Array, periods: Years, name: Naming) -> None:
    """Raise InputError at the first value whose logarithm does not exist."""
    wrong = np.flatnonzero(~np.isfinite(values) | (values <= 0))
    if not len(wrong):
        return
    at, value = name(periods[wrong[0]]), float(values[wrong[0]])
    if not np.isfinite(value):
        raise InputError(f"The value of period {at} is {value}; leave the period out, with its time.")
    raise InputError(f"The value of period {at} is {value:g}; logarithms need values above zero.")
