"""Conflicts of all series by size, those known before there were rules, and what a total of five years leaves over."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.series import reconstructed, series_conflicts
from analysis.series.remembered import SERIES_TABLES, remembered

# Conflicts that were known before there were rules: the rules must find them.
KNOWN = {
    "online": ("mps-online-cases", "plat-seed0-01", "plat-seed1-01"),
    "december": ("mps-cases-solved", "police-0019", "police-0023"),
    "value": ("mps-value", "adm-0246", "police-0170"),
}
FIVE_YEARS, FIVE_SERIES = "police-0029", "mps-value"


@remembered(*SERIES_TABLES)
def every_conflict(dataset: Dataset) -> pd.DataFrame:
    """Return `series_conflicts` of all series, the largest size first."""
    found = series_conflicts(dataset, progress=False)
    return found.sort_values(["size", "series_id"], ascending=[False, True], ignore_index=True)


def heaviest(dataset: Dataset) -> pd.DataFrame:
    """Return the heaviest contradiction of each series, largest first, with others: how many more the series has."""
    found = every_conflict(dataset)
    found = found[found["contradicts"]]
    others = found["series_id"].value_counts() - 1
    first = found.drop_duplicates("series_id", ignore_index=True)
    return first.assign(others=first["series_id"].map(others))


def known_conflict(dataset: Dataset, name: str) -> pd.Series[Any]:
    """Return one of the conflicts that were known beforehand, as the rules find it.

    Raises
    ------
    InputError
        If no rule finds it.
    """
    series_id, a, b = KNOWN[name]
    found = series_conflicts(dataset, [series_id], progress=False)
    pair = sorted((dataset.current_id(a), dataset.current_id(b)))
    rows = found[(found["reading_a"] == pair[0]) & (found["reading_b"] == pair[1])]
    if rows.empty:
        raise InputError(
            f"No rule finds the conflict of {a} and {b} in series {series_id!r}; mend rule or list."
        )
    return rows.iloc[0]


def remainder(dataset: Dataset) -> tuple[float, float, list[int]]:
    """Return what the total of five years leaves for the years that nobody prints, lowest and highest, and these.

    In yuan. Raises InputError where the total is not among the series' readings.
    """
    frame = reconstructed(dataset, FIVE_SERIES).observations.frame
    total = frame[frame["reading_id"] == dataset.current_id(FIVE_YEARS)]
    if total.empty:
        raise InputError(f"Series {FIVE_SERIES!r} has no reading {FIVE_YEARS!r}; mend the chapter.")
    first, last = (int(total[name].iloc[0].year) for name in ("window_start", "window_end"))
    low, high = float(total["low"].iloc[0]), float(total["high"].iloc[0])
    missing = []
    for year in range(first, last + 1):
        start, end = pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)
        printed = frame[(frame["window_start"] == start) & (frame["window_end"] == end)]
        if printed.empty:
            missing.append(year)
        else:
            low -= float(printed["high"].max())
            high -= float(printed["low"].min())
    return low, high, missing
