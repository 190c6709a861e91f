"""The grid: months (or half months) that windows are laid over, and the periods that are read off it.

A window's weight on a cell is the number of its days inside the cell, so that a flow's expectation is the
weighted sum of the cells' daily rates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InputError

Array = NDArray[np.float64]
FREQUENCIES = {"monthly": "M", "quarterly": "Q", "yearly": "Y", "fiscal": "Y-SEP"}


@dataclass(frozen=True)
class Cells:
    """A grid of consecutive cells.

    `edges` holds the first day of each cell and the day after the last, as days since 1970 (length cells + 1);
    `months` the calendar month of each cell (0 to 11); `size` the length of a cell in months (1 or 0.5).
    """

    edges: NDArray[np.int64]
    months: NDArray[np.int64]
    size: float

    def __len__(self) -> int:
        """Return the number of cells."""
        return len(self.months)

    @property
    def days(self) -> Array:
        """Days in each cell."""
        return np.diff(self.edges).astype(float)

    def overlap(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> Array:
        """Return the days that windows share with the cells, windows by cells; `end` is included."""
        first = np.maximum(start[:, None], self.edges[None, :-1])
        last = np.minimum(end[:, None] + 1, self.edges[None, 1:])
        shared: Array = np.maximum(last - first, 0).astype(float)
        return shared


def cells_between(start: pd.Timestamp, end: pd.Timestamp, *, halves: bool = False) -> Cells:
    """Return whole months from that of `start` to that of `end`; with `halves`, split after the 15th."""
    months = pd.period_range(start, end, freq="M")
    firsts = months.to_timestamp()
    after = (months[-1] + 1).to_timestamp()
    names = months.month.to_numpy() - 1
    if halves:
        middles = firsts + pd.Timedelta(days=15)
        firsts = pd.DatetimeIndex(np.stack([firsts.to_numpy(), middles.to_numpy()], axis=1).ravel())
        names = np.repeat(names, 2)
    edges = day_numbers(pd.Series([*firsts, after]))
    return Cells(edges, names.astype(np.int64), 0.5 if halves else 1.0)


def day_numbers(dates: pd.Series) -> NDArray[np.int64]:
    """Return dates as whole days since 1970."""
    return pd.to_datetime(dates).to_numpy(dtype="datetime64[D]").astype(np.int64)


@dataclass(frozen=True)
class Periods:
    """The periods of one frequency that a grid touches.

    `labels` reads '2020-05', '2020Q2', '2020' or 'FY2020'; `weights` (periods by cells) are the days of the
    period in each cell; `whole` tells which periods lie on the grid from their first day to their last.
    """

    labels: list[str]
    weights: Array
    whole: NDArray[np.bool_]


def periods_of(cells: Cells, frequency: str) -> Periods:
    """Return the periods of a frequency: monthly, quarterly, yearly, or fiscal (October to September).

    Raises
    ------
    InputError
        If the frequency is none of these.
    """
    if frequency not in FREQUENCIES:
        raise InputError(f"unknown frequency {frequency!r}: use one of {', '.join(FREQUENCIES)}")
    labels, start, end = _calendar(int(cells.edges[0]), int(cells.edges[-1]) - 1, frequency)
    whole = (start >= cells.edges[0]) & (end < cells.edges[-1])
    return Periods(list(labels), cells.overlap(start, end), whole)


@lru_cache(maxsize=1024)
def _calendar(
    first: int, last: int, frequency: str
) -> tuple[tuple[str, ...], NDArray[np.int64], NDArray[np.int64]]:
    """Return labels, first and last days of the periods that meet two days and what lies between; days since 1970."""
    begin, until = (pd.Timestamp(day, unit="D") for day in (first, last))
    index = pd.period_range(begin, until, freq=FREQUENCIES[frequency])
    start, end = (day_numbers(pd.Series(one.normalize())) for one in (index.start_time, index.end_time))
    labels = tuple(f"FY{one.year}" if frequency == "fiscal" else str(one) for one in index)
    return labels, start, end
