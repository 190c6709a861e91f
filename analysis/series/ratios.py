"""Two yearly series against each other: their ratio as both hedges allow, and the years that part them."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.series.definition import breaks_of
from analysis.series.lookup import by_id
from analysis.series.printed_years import printed_years
from analysis.series.runs import runs


def ratio(dataset: Dataset, above: str, below: str, scale: float = 1.0) -> pd.DataFrame:
    """Return the years that both series print, with `above` over `below`, times `scale`.

    Columns: year, value, low, high, and the readings `above_id` and `below_id`. The two hedges are taken as
    independent, so the interval is the widest that both allow.

    Raises
    ------
    InputError
        If a series is unknown, or no year has both.
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

    A year in which the count changed is left out, as no line is drawn to it.

    Raises
    ------
    InputError
        If the series is unknown.
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


def base_before(dataset: Dataset, level: str, growth: str) -> tuple[float, float]:
    """Return the least and most that a printed level and its printed growth (percent) imply a year before."""
    now, rate = by_id(dataset, (level, growth)).values()
    return float(now["low"] / (1 + rate["high"] / 100)), float(now["high"] / (1 + rate["low"] / 100))
