"""The readings that the chapter on platforms draws and quotes, by id, with their intervals."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.words import day, quote, window
from analysis.series.lookup import chosen

# The founding articles of 2014, 2016 and 2017: the beginnings of their readings' ids.
FOUNDING = {2014: "plat-seed2-", 2016: "plat-seed3-", 2017: "plat-seed4-"}


def prints(dataset: Dataset, ids: list[str]) -> pd.DataFrame:
    """Return readings in the order of `ids`, with low and high in their unit. Raises InputError for an unknown id."""
    return chosen(dataset, ids)


def one(dataset: Dataset, reading_id: str) -> pd.Series[Any]:
    """Return one reading with its interval. Raises InputError for an unknown id."""
    return prints(dataset, [reading_id]).iloc[0]


def said(dataset: Dataset, reading_id: str, *, unit: bool = True) -> str:
    """Return a reading as prose may quote it, hedge first. Raises InputError for an unknown id."""
    return quote(one(dataset, reading_id), unit=unit)


def when(reading: pd.Series[Any]) -> str:
    """Write a reading's window for a table; what was not printed is said to be so."""
    start, end, note = reading["window_start"], reading["window_end"], str(reading["window_note"])
    if pd.isna(end):
        said_so = "" if note == "not given" else f" ({note})"
        return f"not printed{said_so}" if pd.isna(start) else f"from {day(start)}, no end printed"
    if reading["kind"] == "stock":
        return f"at {day(end)}"
    return day(end) if start == end else window(start, end)
