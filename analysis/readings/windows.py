"""Windows: the days that a reading covers, both ends included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.dataset.dates import days
from analysis.errors import InputError, shown
from analysis.results import Result

WindowKind = Literal["year", "fiscal_year", "half", "quarter", "month", "year_to_date", "multi_year", "other"]


@dataclass(frozen=True, order=True, slots=True, repr=False)
class Window(Result):
    """A span of days, both ends included.

    Raises
    ------
    InputError
        `start` is after `end`, or one of them is no date.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse what is no span of days."""
        for name, day in (("start", self.start), ("end", self.end)):
            if not isinstance(day, date) or isinstance(day, datetime):
                raise InputError(
                    f"the {name} of a window must be a date, not {shown(day)}: use datetime.date"
                )
        if self.start > self.end:
            raise InputError(f"the window starts on {self.start}, after its end {self.end}: swap the two")

    @property
    def days(self) -> int:
        """Number of days, both ends counted."""
        return (self.end - self.start).days + 1

    def overlap(self, other: Window) -> int:
        """Return how many days both windows cover; 0 where they are apart."""
        return max(0, (min(self.end, other.end) - max(self.start, other.start)).days + 1)

    def contains(self, other: Window) -> bool:
        """Tell whether `other` lies inside this window; each window contains itself."""
        return self.start <= other.start and other.end <= self.end

    @property
    def kind(self) -> WindowKind:
        """Kind of window, see `kind_of`."""
        return kind_of(self)


@checked
def year(number: int) -> Window:
    """Return the calendar year as a window.

    Raises
    ------
    InputError
        `number` is no year from 1 to 9999.
    """
    _check_year(number)
    return Window(date(number, 1, 1), date(number, 12, 31))


def _check_year(number: int) -> None:
    """Refuse what is no year."""
    if not 1 <= number <= 9999:
        raise InputError(f"number {shown(number)} is not a year: use a whole number such as 2020")


@checked
def kind_of(window: Window) -> WindowKind:
    """Return the kind of a window, by its dates alone.

    year is a calendar year; fiscal_year twelve months that begin on 1 April or 1 October; half, quarter and
    month are those of the calendar; year_to_date begins on 1 January and ends within the year at none of
    these; multi_year covers two or more whole calendar years; all else is other (campaigns, mostly).
    """
    start, end = window.start, window.end
    if start.day != 1 or not _ends_month(end):
        return "year_to_date" if _to_date(window) else "other"
    months = 12 * (end.year - start.year) + end.month - start.month + 1
    calendar: dict[int, tuple[WindowKind, tuple[int, ...]]] = {
        1: ("month", tuple(range(1, 13))),
        3: ("quarter", (1, 4, 7, 10)),
        6: ("half", (1, 7)),
        12: ("year", (1,)),
    }
    if months in calendar and start.month in calendar[months][1]:
        return calendar[months][0]
    if months == 12 and start.month in (4, 10):
        return "fiscal_year"
    if months >= 24 and months % 12 == 0 and start.month == 1:
        return "multi_year"
    return "year_to_date" if _to_date(window) else "other"


def _to_date(window: Window) -> bool:
    """Tell whether a window runs from 1 January into the same year."""
    return (window.start.month, window.start.day) == (1, 1) and window.start.year == window.end.year


def _ends_month(day: date) -> bool:
    """Tell whether `day` is the last of its month."""
    return day == date.max or (day + timedelta(days=1)).day == 1


@checked
def nested_pairs(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of readings of which one window lies inside the other, equal windows once.

    Parameters
    ----------
    frame
        Readings of one key with reading_id, window_start and window_end; blank windows are left out.

    Returns
    -------
    DataFrame
        inner, outer (reading ids), inner_days, outer_days and equal, sorted by inner and outer. Cost grows
        with the square of the rows: pass one series, not the whole table.

    Raises
    ------
    InputError
        A column is missing.
    """
    columns = ["reading_id", "window_start", "window_end"]
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise InputError(
            f"nested_pairs() needs the columns {', '.join(columns)}; missing: {', '.join(missing)}"
        )
    dated = frame.dropna(subset=["window_start", "window_end"])
    ids = dated["reading_id"].to_numpy(dtype=object)
    start, end = _days(dated["window_start"]), _days(dated["window_end"])
    inside = (start[:, None] >= start[None, :]) & (end[:, None] <= end[None, :])
    equal = inside & inside.T
    inside &= ~equal | np.triu(np.ones_like(equal), k=1)  # equal windows: each pair once, none with itself
    inner, outer = np.nonzero(inside)
    length = end - start + 1
    pairs = {
        "inner": ids[inner],
        "outer": ids[outer],
        "inner_days": length[inner].astype(int),
        "outer_days": length[outer].astype(int),
        "equal": equal[inner, outer],
    }
    return pd.DataFrame(pairs).sort_values(["inner", "outer"], ignore_index=True)


def _days(dates: pd.Series) -> np.ndarray:
    """Return dates as days since 1970, NaN where blank."""
    stamps = days(dates, str(dates.name or "window")).to_numpy(dtype="datetime64[D]")
    number: np.ndarray = np.where(np.isnat(stamps), np.nan, stamps.astype("int64").astype(float))
    return number


def decimal_year(day: pd.Timestamp | date) -> float:
    """Return a date as a point on an axis of years, by days of its own year: 2 July 2019 is 2019 + 182/365."""
    start = pd.Timestamp(day.year, 1, 1)
    return float(
        day.year + (pd.Timestamp(day) - start).days / (pd.Timestamp(day.year + 1, 1, 1) - start).days
    )
