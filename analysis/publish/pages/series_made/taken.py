"""The series that the chapter takes apart, and its readings of one year with what the fit makes of each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.words import number, quote
from analysis.series import reconstructed

SERIES, WIDE = "mps-cases-solved", "kunlun-cases"
YEAR = 2020
FIRST, LAST = pd.Timestamp(YEAR, 1, 1), pd.Timestamp(YEAR, 12, 31)
LONG = 500  # days; longer windows are told, not drawn


def readings_taken(dataset: Dataset, series_id: str = SERIES) -> pd.DataFrame:
    """Return the readings of a series that speak of the year, growth rates among them.

    Columns of `Reconstruction.observations.frame` with expected and residual, and: doubted, whether the reading
    got an error of its own; growth; days, the length of its window; rate_low and rate_high, what the interval
    comes to a day (NaN for growth).

    Raises
    ------
    InputError
        If the series is unknown, cannot be reconstructed, or has no reading of the year.
    """
    found = reconstructed(dataset, series_id)
    frame = found.observations.frame.merge(found.residuals, on="reading_id", validate="one_to_one")
    frame["doubted"] = found.core.variance > found.printed.variance
    frame["growth"] = found.observations.growth
    frame["days"] = (frame["window_end"] - frame["window_start"]).dt.days + 1
    for name in ("low", "high"):
        frame[f"rate_{name}"] = (frame[name] / frame["days"]).where(~frame["growth"])
    first = frame["base_start"].fillna(frame["window_start"])
    meets = (first <= LAST) & (frame["window_end"] >= FIRST)
    if not meets.any():
        raise InputError(f"Series {series_id!r} has no reading of {YEAR}; take another series apart.")
    return frame[meets].reset_index(drop=True)


def drawn(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the readings that a calendar of the year can show: levels over at most `LONG` days."""
    return frame[~frame["growth"] & (frame["days"] <= LONG)]


def one(frame: pd.DataFrame, reading_id: str) -> pd.Series[Any]:
    """Return one reading. Raises InputError where the year has no such reading."""
    rows = frame[frame["reading_id"] == reading_id]
    if rows.empty:
        raise InputError(f"Reading {reading_id!r} is not among those of {YEAR}; mend the chapter's list.")
    return rows.iloc[0]


def short_quote(row: pd.Series[Any]) -> str:
    """Write a reading as on a chart: `more than 11,000`, `up 12 percent`."""
    return f"up {number(row['value'])} percent" if row["growth"] else quote(row, unit=False)


def off(row: pd.Series[Any]) -> tuple[float, float]:
    """Return how far the ends of a reading's interval lie from what the fit expects of it, in percent."""
    base = 100.0 if row["growth"] else 0.0
    ends = np.array([row["low"], row["high"]], dtype=float) + base
    low, high = 100 * (ends / (row["expected"] + base) - 1)
    return float(low), float(high)
