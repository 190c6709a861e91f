"""The series that the chapter takes apart: its readings of one year, its months and its years, as the fit has them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.bands import band, says_little
from analysis.publish.words import number, quote
from analysis.series import reconstructed

SERIES, WIDE = "mps-cases-solved", "kunlun-cases"
YEAR = 2020
FIRST, LAST = pd.Timestamp(YEAR, 1, 1), pd.Timestamp(YEAR, 12, 31)
SINCE = 2016  # the first year drawn of the years around it
LONG = 500  # days; longer windows are told, not drawn
DAY = pd.Timedelta(days=1)
# Two counts of the year of which the later one leaves a week for what it adds.
EARLIER, LATER = "police-0019", "police-0023"


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
    """Return the readings that a calendar of the year can show: levels over at most `LONG` days.

    Columns start and end are those of the window.
    """
    found = frame[~frame["growth"] & (frame["days"] <= LONG)]
    return found.assign(start=found["window_start"], end=found["window_end"])


def one(frame: pd.DataFrame, reading_id: str) -> pd.Series[Any]:
    """Return one reading. Raises InputError where the year has no such reading."""
    rows = frame[frame["reading_id"] == reading_id]
    if rows.empty:
        raise InputError(f"Reading {reading_id!r} is not among those of {YEAR}; mend the chapter's list.")
    return rows.iloc[0]


def last_days(frame: pd.DataFrame) -> tuple[float, float, pd.Timestamp, pd.Timestamp]:
    """Return the daily rate, lowest and highest, between the ends of two counts, and the days it is of."""
    first, second = one(frame, EARLIER), one(frame, LATER)
    start, end = first["window_end"] + DAY, second["window_end"]
    days = (end - start).days + 1
    return (second["low"] - first["high"]) / days, (second["high"] - first["low"]) / days, start, end


def short_quote(row: pd.Series[Any]) -> str:
    """Write a reading as on a chart: `more than 11,000`, `up 12 percent`."""
    return f"up {number(row['value'])} percent" if row["growth"] else quote(row, unit=False)


def off(row: pd.Series[Any]) -> tuple[float, float]:
    """Return how far the ends of a reading's interval lie from what the fit expects of it, in percent."""
    base = 100.0 if row["growth"] else 0.0
    ends = np.array([row["low"], row["high"]], dtype=float) + base
    low, high = 100 * (ends / (row["expected"] + base) - 1)
    return float(low), float(high)


def months(dataset: Dataset) -> pd.DataFrame:
    """Return the year's months that are estimated, as cases a day.

    Columns: period, start, end (the first of the next month), estimate, lower, upper, informed, thin (whether the
    windows say less of the month than smoothness does, or its band is wider than a factor of two).
    """
    table = reconstructed(dataset, SERIES).monthly
    found = table[table["period"].str.startswith(f"{YEAR}-") & table["estimate"].notna()].copy()
    found["start"] = pd.to_datetime(found["period"] + "-01")
    found["end"] = found["start"] + pd.offsets.MonthBegin(1)
    days = (found["end"] - found["start"]).dt.days
    for name in ("estimate", "lower", "upper"):
        found[name] = found[name] / days
    found["thin"] = says_little(found)
    return found.reset_index(drop=True)


def years(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the drawn years of a series: columns of `bands.band`, from 2016 on."""
    found = band(dataset, series_id)
    return found[found["year"] >= SINCE].reset_index(drop=True)
