"""Ratios of two yearly series, with the interval that both hedges allow."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.lines import runs
from analysis.series import breaks_of, printed_years


def ratio(dataset: Dataset, above: str, below: str, scale: float = 1.0) -> pd.DataFrame:
    """Return the years that both series print: year, value, low, high of `above` over `below`, times `scale`.

    Also `above_id` and `below_id`, the readings. The two hedges are taken as independent, so the interval is
    the widest that both allow. Raises InputError for an unknown series or where no year has both.
    """
    both = (
        printed_years(dataset, above)
        .table.merge(printed_years(dataset, below).table, on="year", suffixes=("_above", "_below"))
        .sort_values("year")
    )
    if both.empty:
        raise InputError(f"Series {above!r} and {below!r} have no year in common; choose others.")
    return pd.DataFrame(
        {
            "year": both["year"],
            "value": both["value_above"] / both["value_below"] * scale,
            "low": both["low_above"] / both["high_below"] * scale,
            "high": both["high_above"] / both["low_below"] * scale,
            "above_id": both["reading_id_above"],
            "below_id": both["reading_id_below"],
        }
    )


def moves(dataset: Dataset, series_id: str) -> dict[int, int]:
    """Return for each year with a year before it which way a series went: 1, -1, or 0 where hedges overlap.

    A year in which the count changed is left out, as no line is drawn to it. Raises InputError for an unknown
    series.
    """
    series = printed_years(dataset, series_id)
    table = series.table.set_index("year")
    return {
        int(year): int(now["low"] > before["high"]) - int(now["high"] < before["low"])
        for run in runs(series, breaks_of(dataset, series_id))
        for year in run["year"].iloc[1:]
        for now, before in [(table.loc[year], table.loc[year - 1])]
    }


def opposed(dataset: Dataset, first: str, second: str) -> tuple[int, int]:
    """Return in how many years two series certainly moved in opposite directions, and of how many certain ones.

    A year counts where both series print it and the year before, and neither pair of hedges overlaps.
    """
    one, other = moves(dataset, first), moves(dataset, second)
    certain = [year for year in one if one[year] and other.get(year)]
    return sum(one[year] != other[year] for year in certain), len(certain)
