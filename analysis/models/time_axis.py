"""Periods of a series: whatever names them, as equally spaced numbers, with their labels kept for messages.

Numbers are taken as they are (a trend is a change per unit of time). Labels ("2017", "FY 2017", "2016/17", "2016-17",
"FY2016/17", "2017H1", "2017Q2", "2017-05", "2017-05-20"), dates and pandas periods are counted 1, 2, 3, ... from the
first, in years, half-years, quarters, months or days. Dates are counted in the coarsest of these that tells them apart,
so that the first days of months are months. A fiscal year "2016/17" goes by its first year, "FY 2017" by the year that
names it. "2003-04" is April where the series runs by months, and a fiscal year where each label names two years that
follow each other; "2016/19" names several years, and is no period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InputError, shown

Array = NDArray[np.float64]

_LABELS = {
    "Y": re.compile(r"(?:FY ?)?(\d{4})(?:[/–-](\d{2}|\d{4}))?"),
    "H": re.compile(r"(\d{4})[- ]?H([12])"),
    "Q": re.compile(r"(\d{4})[- ]?Q([1-4])"),
    "M": re.compile(r"(\d{4})-(0[1-9]|1[0-2])"),
    "D": re.compile(r"\d{4}-\d{2}-\d{2}"),
}
PER_YEAR = {"Y": 1, "H": 2, "Q": 4, "M": 12}


@dataclass(frozen=True)
class TimeAxis:
    """The periods of a series: as given in `values` (n), as `numbers` (n), as `labels`, and the length of one, `unit`.

    `frequency` is Y, H, Q, M or D where periods are labels or dates; their numbers then count from `origin`.
    """

    values: tuple[Any, ...]
    numbers: Array
    labels: tuple[str, ...]
    unit: float
    frequency: str | None
    origin: float

    def number_of(self, period: Any) -> float:
        """Return the number of one period, given as the series' periods are.

        Raises
        ------
        InputError
            If it is not written as they are.
        """
        try:
            if self.frequency is None:
                number = float(period)
            else:
                label = _as_label(period, self.frequency, self.labels[0])
                number = _ordinal(label, self.frequency) - self.origin
        except (TypeError, ValueError, OverflowError):
            number = float("nan")
        if not np.isfinite(number):
            raise InputError(
                f"{shown(period)} is no period of this series; write it as the series does, "
                f"for example {self.labels[0]!r}."
            )
        return number

    def label_of(self, number: float) -> str:
        """Return the label of the period with this number, as the series would write it; a bare number is itself."""
        found = np.flatnonzero(np.isclose(self.numbers, number))
        if len(found):
            return self.labels[int(found[0])]
        if self.frequency is None:
            return f"{number:g}"
        return label_like(number + self.origin, self.frequency, self.labels[0])

    @property
    def per_year(self) -> int:
        """Periods a year: 12 of months, 4 of quarters, 2 of half-years, 1 of years, days and bare numbers."""
        return PER_YEAR.get(self.frequency or "", 1)

    @property
    def missing(self) -> tuple[int, ...]:
        """Positions after which at least one period is missing."""
        return tuple(np.flatnonzero(np.diff(self.numbers) > 1.5 * self.unit).tolist())


def time_axis(time: ArrayLike, n: int) -> TimeAxis:
    """Return the periods `time` of a series of `n` values.

    Raises
    ------
    InputError
        If there are not n of them, they cannot be read, they do not increase, or their distances are no whole
        multiples of the smallest.
    """
    if isinstance(time, pd.DataFrame) or getattr(time, "ndim", 1) != 1:
        raise InputError(f"time must be one row of periods, not {shown(time)}.")
    values = list(pd.Series(time).to_numpy(dtype=object)) if not isinstance(time, pd.Index) else list(time)
    if len(values) != n:
        raise InputError(f"{len(values)} periods do not go with {n} values; give one period for each value.")
    if n < 2:
        raise InputError(f"A series of {n} periods is too short; give at least 8.")
    if all(isinstance(v, int | float | np.integer | np.floating) for v in values):
        numbers, frequency, origin = np.array(values, dtype=float), None, 0.0
        labels = tuple(f"{v:g}" if abs(v) < 1e5 else str(v) for v in numbers)
    else:
        numbers, labels, frequency = ordinals(values)
        origin = numbers[0] - 1
        numbers = numbers - origin
    return TimeAxis(tuple(values), numbers, labels, _unit(numbers, labels), frequency, float(origin))


def _unit(numbers: Array, labels: tuple[str, ...]) -> float:
    """Return the length of one period. Raises InputError where the periods are not in order or uneven."""
    if not np.all(np.isfinite(numbers)):
        where = int(np.flatnonzero(~np.isfinite(numbers))[0])
        raise InputError(f"Period {where + 1} of the series has no time; give every value its period.")
    steps = np.diff(numbers)
    if np.any(steps <= 0):
        where = int(np.flatnonzero(steps <= 0)[0])
        raise InputError(
            f"Period {labels[where + 1]} follows {labels[where]}; give each period once, in order of time."
        )
    unit = float(steps.min())
    if not np.allclose(steps / unit, np.round(steps / unit), atol=1e-3):
        raise InputError(
            f"The periods are not equally spaced: distances run from {unit:g} to {steps.max():g}."
        )
    return unit


def ordinals(values: list[Any]) -> tuple[Array, tuple[str, ...], str]:
    """Return the ordinals, labels and frequency of periods that are not numbers, in whatever order.

    Raises
    ------
    InputError
        If they cannot be read.
    """
    if all(isinstance(one, int | float | np.integer | np.floating) for one in values):
        raise InputError("Periods that are numbers have no labels.")
    if isinstance(values[0], str):
        frequency = _written(values)
        if frequency != "D":
            return np.array([_ordinal(v, frequency) for v in values]), tuple(values), frequency
    try:
        stamps = pd.DatetimeIndex(
            [v.start_time if isinstance(v, pd.Period) else pd.Timestamp(v) for v in values]
        )
    except (TypeError, ValueError):
        raise InputError(
            f"{values[0]!r} is no period; give numbers, labels such as 2017-05, or dates."
        ) from None
    if stamps.hasnans:
        raise InputError("A period of the series is missing; give every value its period.")
    for frequency in _LABELS:
        labels = tuple(_as_label(stamp, frequency, "") for stamp in stamps)
        if frequency == "D" or len(set(labels)) == len(labels):
            break
    return np.array([_ordinal(label, frequency) for label in labels]), labels, frequency


def _written(values: list[Any]) -> str:
    """Return the frequency of labels, by how all of them are written; what may be months are so, unless all are pairs.

    Raises
    ------
    InputError
        If they are written in more than one way or none that is known, or one of them names several years.
    """
    fits = [
        frequency
        for frequency, pattern in _LABELS.items()
        if all(isinstance(v, str) and pattern.fullmatch(v) for v in values)
    ]
    if not fits:
        raise InputError(
            f"The periods are written in more than one way or none that is known ({values[0]!r}, ...); "
            "write 2017, 2016/17, 2017H1, 2017Q2, 2017-05 or 2017-05-20."
        )
    if fits[0] == "Y":
        spans = [v for v in values if not _one_year(v)]
        # One label alone that may be a month, 2011-12, is December.
        if "M" in fits and (spans or len(values) == 1):
            return "M"
        if spans:
            raise InputError(
                f"{spans[0]!r} does not name two years that follow each other, as a fiscal year does (2016/17); "
                "a span of several years is no period of a yearly series."
            )
    return fits[0]


def _one_year(label: str) -> bool:
    """Tell whether the label of a year names one: alone, or the two that a fiscal year lies in."""
    found = _LABELS["Y"].fullmatch(label)
    if found is None or found[2] is None:
        return found is not None
    return f"{int(found[1]) + 1:04d}".endswith(found[2])


def label_like(number: float, frequency: str, label: str) -> str:
    """Return the label of a period counted from year 0 (a day: from its ordinal), written as `label` is."""
    if frequency == "D":
        return date.fromordinal(int(number)).isoformat()
    found = _LABELS[frequency].fullmatch(label)
    assert found is not None
    year, part = divmod(int(number), PER_YEAR[frequency])
    told = f"{label[: found.start(1)]}{year:04d}"
    if frequency == "Y":
        rest = label[found.end(1) :]  # a fiscal year's second one, with its stroke
        return told + (f"{rest[0]}{f'{year + 1:04d}'[-len(rest) + 1 :]}" if rest else "")
    return f"{told}{label[found.end(1) : found.start(2)]}{part + 1:0{len(found[2])}d}"


def _as_label(period: Any, frequency: str, like: str) -> str:
    """Return a period, given as a label, number or date, as a label of this frequency.

    What may be a month, 2011-12, is a year only in a series that is written so (`like` is its first label).
    """
    if isinstance(period, pd.Period):
        period = period.start_time
    if isinstance(period, str) and any(pattern.fullmatch(period) for pattern in _LABELS.values()):
        if _LABELS[frequency].fullmatch(period) and (frequency != "Y" or _year_like(period, like)):
            return period
        if not _LABELS["D"].fullmatch(period):
            raise ValueError(period)
    if frequency == "Y" and isinstance(period, int | np.integer):
        return str(period)
    if isinstance(period, int | float):
        raise ValueError(period)
    stamp = pd.Timestamp(period)
    return {
        "Y": f"{stamp.year:04d}",
        "H": f"{stamp.year:04d}H{1 + (stamp.month > 6)}",
        "Q": f"{stamp.year:04d}Q{stamp.quarter}",
        "M": f"{stamp.year:04d}-{stamp.month:02d}",
        "D": f"{stamp:%Y-%m-%d}",
    }[frequency]


def _year_like(label: str, like: str) -> bool:
    """Tell whether a label is one year, and no month unless `like` is a year with a hyphen too."""
    return _one_year(label) and ("-" in like or not _LABELS["M"].fullmatch(label))


def _ordinal(label: str, frequency: str) -> float:
    """Return the number of years, quarters, months or days that a label stands for."""
    found = _LABELS[frequency].fullmatch(label)
    if found is None:
        raise ValueError(label)
    if frequency == "D":
        return float(pd.Timestamp(label).toordinal())
    year = int(found.group(1))
    if frequency == "Y":
        return float(year)
    return float(year * PER_YEAR[frequency] + int(found.group(2)) - 1)
