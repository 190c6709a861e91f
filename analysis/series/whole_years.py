"""Which windows are whole years, and which years a window touches: calendar years, and US fiscal ones."""

from __future__ import annotations

import numpy as np
import pandas as pd

EPOCH = 1970  # from which NumPy counts years
FISCAL_FROM = 10  # a US fiscal year begins in October and is named after the year in which it ends


def year_of(frame: pd.DataFrame, *, fiscal: bool) -> pd.Series[int]:
    """Return the year that each window is, <NA> where it is none.

    A calendar year runs from 1 January to 31 December. A fiscal year is the US one, from 1 October to
    30 September, and is named after the year in which it ends.
    """
    start, end = (frame[name].to_numpy("datetime64[D]") for name in ("window_start", "window_end"))
    year = end.astype("datetime64[Y]")
    first = year.astype("datetime64[M]") + np.timedelta64(FISCAL_FROM - 13 if fiscal else 0, "M")
    after = (first + np.timedelta64(12, "M")).astype("datetime64[D]")
    whole = (start == first.astype("datetime64[D]")) & (end + np.timedelta64(1, "D") == after)
    numbers = np.where(whole, year.astype(int) + EPOCH, 0)
    return pd.Series(
        pd.arrays.IntegerArray(numbers, ~whole), index=frame.index, name=frame["window_end"].name
    )


def years_touched(frame: pd.DataFrame, *, fiscal: bool) -> pd.DataFrame:
    """Return the first and the last year that each window touches: first, last; <NA> where a day is missing.

    A stock, and whatever else has no start, touches the year of its day.
    """
    start = frame["window_start"].fillna(frame["window_end"])
    return pd.DataFrame(
        {"first": _year(start, fiscal=fiscal), "last": _year(frame["window_end"], fiscal=fiscal)}
    )


def _year(days: pd.Series, *, fiscal: bool) -> pd.Series[int]:
    """Return the calendar or fiscal year of days."""
    later = (days.dt.month >= FISCAL_FROM) if fiscal else False
    years: pd.Series[int] = (days.dt.year + later).astype("Int64")
    return years
