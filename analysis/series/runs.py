"""Runs of a yearly series: consecutive years that are counted alike."""

from __future__ import annotations

import pandas as pd

from analysis.series.printed_years import PrintedYears


def runs(found: PrintedYears, breaks: pd.DataFrame) -> list[pd.DataFrame]:
    """Split a series' table into runs of consecutive years with no break of counting between them.

    A break falls before the first year that begins on its day or later.
    """
    table = found.table
    cut = table["year"].astype(int).diff() != 1  # Int64 would leave the first year blank, and so undrawn
    for day in breaks["date"]:
        cut |= table["year"] == first_year(day, fiscal=found.definition.fiscal)
    return [run for _, run in table.groupby(cut.cumsum())]


def first_year(day: pd.Timestamp, *, fiscal: bool) -> int:
    """Return the first year that begins on or after a day; a US fiscal year begins on 1 October before it."""
    begins = pd.Timestamp(day.year, 10, 1) if fiscal else pd.Timestamp(day.year, 1, 1)
    return int(day.year + (day > begins) + fiscal)
