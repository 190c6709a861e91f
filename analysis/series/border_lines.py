"""The official US table of seizure lines: totals, and shares by origin, mode or product with the unknown owned up to.

A line is one product of one brand within a seizure. Lines of unknown origin open a share to an interval: from none to
all of them may belong to the origins asked for.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.series.panels import OTHER, UNKNOWN

MEASURES = ("lines", "msrp_usd")


def border_lines(dataset: Dataset) -> pd.DataFrame:
    """Return the official table, a row a fiscal year, product, mode and origin.

    Raises
    ------
    InputError
        If the dataset holds none of its rows.
    """
    if dataset.border_lines.empty:
        raise InputError("border_lines.csv has no rows; build the data with the official US table.")
    return dataset.border_lines


def totals(dataset: Dataset) -> pd.DataFrame:
    """Return lines and msrp_usd (dollars) by fiscal year."""
    return border_lines(dataset).groupby("fiscal_year")[list(MEASURES)].sum()


def unknown_share(dataset: Dataset) -> float:
    """Return the percent of all lines whose origin is unknown."""
    frame = border_lines(dataset)
    return float(frame.loc[frame["origin"] == UNKNOWN, "lines"].sum() / frame["lines"].sum() * 100)


def part(
    dataset: Dataset, year: int, column: str, values: Collection[str], measure: str = "lines"
) -> tuple[float, float, float]:
    """Return the least and the most that a part of a fiscal year can be, and the whole year, in the measure's unit.

    The part are the rows whose `column` holds one of `values`. By origin it reaches to all of unknown origin.
    """
    frame = border_lines(dataset)
    frame = frame[frame["fiscal_year"] == year]
    low = float(frame.loc[frame[column].isin(values), measure].sum())
    unknown = float(frame.loc[frame["origin"] == UNKNOWN, measure].sum())
    return low, low + unknown if column == "origin" else low, float(frame[measure].sum())


def shares_by_origin(dataset: Dataset, origins: Collection[str], measure: str = "msrp_usd") -> pd.DataFrame:
    """Return the share of origins in each fiscal year, percent: year, low, high, known.

    `low` counts nothing of unknown origin, `high` all of it; `known` is the share of what has a known origin.
    """
    rows = []
    for year in totals(dataset).index:
        low, high, whole = part(dataset, year, "origin", origins, measure)
        known = low / (whole - (high - low))
        rows.append(
            {"year": int(year), "low": low / whole * 100, "high": high / whole * 100, "known": known * 100}
        )
    return pd.DataFrame(rows)


def shares_by(dataset: Dataset, column: str, kept: Collection[str]) -> pd.DataFrame:
    """Return percent of each fiscal year's lines and value (columns) by fiscal_year and `column` (index).

    Values of the column beyond `kept` are one row, "other".

    Raises
    ------
    InputError
        If the table has no rows, or no such column.
    """
    frame = border_lines(dataset)
    if column not in frame:
        raise InputError(
            f"The official table is not cut by {column!r}; choose one of {', '.join(frame.columns)}."
        )
    cut = frame[column].astype(str)
    cut = cut.where(cut.isin(kept), OTHER)
    sums = frame.groupby(["fiscal_year", cut])[list(MEASURES)].sum()
    return sums / sums.groupby("fiscal_year").transform("sum") * 100


def most_valued(dataset: Dataset, column: str, count: int) -> list[str]:
    """Return the `count` values of a column with the highest retail value over all years, "other" left out."""
    frame = border_lines(dataset)
    value = frame[frame[column] != OTHER].groupby(column, observed=True)["msrp_usd"].sum()
    return [str(one) for one in value.sort_values(ascending=False).index[:count]]
