"""How fast series grow, as counted and per something, where their trends break, and which measures began then.

Trends are those of `analysis.models.trend`. Years whose count changed are kept and named: a trend through them mixes
both counts, and a break at one of them may be the change itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset
from analysis.models import Trend, trend
from analysis.scrutiny.multiplicity import benjamini_hochberg
from analysis.series import breaks_of, definition, denominator, printed_years
from analysis.series.runs import first_year

COUNT = "count"  # per nothing
LEAST_YEARS, LEAST_FOR_BREAKS = 5, 8
LEVEL = 0.95  # of the intervals of trends and breaks, as in `models.trend`
BREAK_COLUMNS = ("period", "lower", "upper", "growth_before", "growth_after")


@dataclass(frozen=True)
class Rate:
    """The trend of a series per something; `changed` names the years from which it counts something else."""

    series_id: str
    per: str
    years: tuple[int, ...]
    trend: Trend
    changed: tuple[int, ...]

    @property
    def sure(self) -> int:
        """1 where the trend surely rises, -1 where it surely falls, 0 where its interval holds no growth."""
        return (self.trend.lower > 0) - (self.trend.upper < 0)

    @property
    def breaks(self) -> pd.DataFrame:
        """The breaks of the trend, one row each (see `models.Breaks.table`); none where none was found."""
        found = self.trend.breaks
        return pd.DataFrame(columns=list(BREAK_COLUMNS)) if found is None else found.table

    @property
    def p(self) -> float:
        """The bootstrap p of no break against one, NaN where none was searched for."""
        found = self.trend.breaks
        return float("nan") if found is None or found.tests.empty else float(found.tests["p"].iloc[0])


@lru_cache(maxsize=8)
def growth(dataset: Dataset, series: tuple[str, ...], per: tuple[str, ...], since: int) -> tuple[Rate, ...]:
    """Return the trends of series since a year per denominator (`COUNT` for none), by series, then denominator.

    Those are left out for which fewer than `LEAST_YEARS` years have both figures. Raises InputError for an unknown
    series or denominator.
    """
    found = [_rate(dataset, series_id, one, since) for series_id in series for one in per]
    return tuple(one for one in found if one is not None)


def _rate(dataset: Dataset, series_id: str, per: str, since: int) -> Rate | None:
    """Return the trend of a series per something, None where too few years have both."""
    table = printed_years(dataset, series_id).table.astype({"year": int}).set_index("year")
    table = table[table.index >= since]
    if per != COUNT:
        below = denominator(dataset, per).dropna(subset=["value"]).set_index("year")["value"]
        table = table.join(below.rename("below"), how="inner")
    if len(table) < LEAST_YEARS:
        return None
    exposure = None if per == COUNT else table["below"].to_numpy(dtype=float)
    years = tuple(map(int, table.index))
    made = trend(table["value"].to_numpy(dtype=float), years, exposure=exposure, breaks=False)
    return Rate(series_id, per, years, made, changes(dataset, series_id, years[0], years[-1]))


def changes(dataset: Dataset, series_id: str, first: int, last: int) -> tuple[int, ...]:
    """Return the years, after the first, from which a series counts something else."""
    fiscal = definition(dataset, series_id).fiscal
    years = {first_year(pd.Timestamp(day), fiscal=fiscal) for day in breaks_of(dataset, series_id)["date"]}
    return tuple(sorted(year for year in years if first < year <= last))


@lru_cache(maxsize=8)
def with_breaks(dataset: Dataset, series: tuple[str, ...]) -> tuple[Rate, ...]:
    """Return the trends of series over their whole span, with a search for breaks.

    Series of fewer than `LEAST_FOR_BREAKS` years are left out. Raises InputError for an unknown series.
    """
    found = []
    for series_id in series:
        table = printed_years(dataset, series_id).table
        if len(table) >= LEAST_FOR_BREAKS:
            years = tuple(map(int, table["year"]))
            changed = changes(dataset, series_id, years[0], years[-1])
            made = trend(table["value"].to_numpy(dtype=float), years)
            found.append(Rate(series_id, COUNT, years, made, changed))
    return tuple(found)


def breaks_found(dataset: Dataset, rates: Iterable[Rate], measures: pd.DataFrame) -> pd.DataFrame:
    """Return every break: series_id, p (of no break against one), columns of `Breaks.table`, measures.

    `measures` has the place (two letters) and the year in which each began; the column of that name counts those of
    the series' country within the interval of the break's date.
    """
    rows = [
        {"series_id": one.series_id, "p": one.p}
        | {str(name): row[name] for name in BREAK_COLUMNS}
        | {"measures": len(measures_between(dataset, measures, one.series_id, row["lower"], row["upper"]))}
        for one in rates
        for row in one.breaks.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["series_id", "p", *BREAK_COLUMNS, "measures"])


def measures_between(
    dataset: Dataset, measures: pd.DataFrame, series_id: str, first: float, last: float
) -> pd.DataFrame:
    """Return the measures of a series' country that began in the years from `first` to `last`."""
    place = definition(dataset, series_id).jurisdiction[:2]
    return measures[(measures["place"] == place) & measures["year"].between(first, last)]


def survivors(rates: Iterable[Rate]) -> int:
    """Return how many series have a break after Benjamini and Hochberg's correction for having searched all."""
    p = benjamini_hochberg([one.p for one in rates])
    return int((p <= 1 - LEVEL).sum())
