"""What the chapter rests on: trends per denominator, breaks, forecasts and their record, each made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models import Trend, pooled_record, trend
from analysis.publish.lines import first_year
from analysis.publish.pages.measures.dates import dated
from analysis.scrutiny.forecasts import forecasts_of, past_record, replayed, score_past
from analysis.series import breaks_of, definition, denominator, printed_years

# The Chinese series told per denominator, in the order in which a case travels.
RATED = {
    "mps-cases-solved": "police: cases solved",
    "spp-arrests-approved": "arrests approved",
    "spp-persons-prosecuted": "people prosecuted",
    "spc-criminal-concluded": "criminal trials",
    "spc-civil-trademark-accepted": "trademark suits",
    "spc-all-accepted": "all IP suits",
    "gacc-batches": "customs: batches",
    "gacc-items": "customs: items",
}
ABROAD = {
    "us-seizures": "US: seizures",
    "us-msrp": "US: retail value",
    "jp-cases": "Japan: cases",
    "jp-items": "Japan: items",
    "eu-border-items": "EU: articles",
    "eu-border-value": "EU: value",
}
COUNT = "count"
PER = {
    COUNT: "the count itself",
    "express_parcels": "per million parcels",
    "online_retail_total": "per trillion yuan of online retail",
    "trademarks_valid": "per million trademarks in force",
}
SINCE = 2011  # the first year of any of the denominators
LEAST_YEARS = 5
LEAST_FOR_BREAKS = 8

METHOD_NAMES = {
    "naive": "last value",
    "drift": "drift",
    "ets": "smoothing",
    "local linear trend": "local trend",
}


@dataclass(frozen=True)
class Rate:
    """The trend of a series per something; `changed` names the years from which it counts something else."""

    series_id: str
    per: str
    years: tuple[int, ...]
    trend: Trend
    changed: tuple[int, ...]


@lru_cache(maxsize=2)
def growth(dataset: Dataset) -> tuple[Rate, ...]:
    """Return the trends of RATED since SINCE, per denominator, where both are printed for 5 years or more."""
    found = [_rate(dataset, series_id, per) for series_id in RATED for per in PER]
    return tuple(one for one in found if one is not None)


def _rate(dataset: Dataset, series_id: str, per: str) -> Rate | None:
    """Return the trend of a series per something, None where too few years have both."""
    table = printed_years(dataset, series_id).table.astype({"year": int}).set_index("year")
    table = table[table.index >= SINCE]
    if per != COUNT:
        below = denominator(dataset, per).dropna(subset=["value"]).set_index("year")["value"]
        table = table.join(below.rename("below"), how="inner")
    if len(table) < LEAST_YEARS:
        return None
    years = table.index.to_numpy()
    exposure = None if per == COUNT else table["below"].to_numpy(dtype=float)
    made = trend(table["value"].to_numpy(dtype=float), years, exposure=exposure, breaks=False)
    return Rate(
        series_id, per, tuple(map(int, years)), made, changes(dataset, series_id, years[0], years[-1])
    )


def changes(dataset: Dataset, series_id: str, first: int, last: int) -> tuple[int, ...]:
    """Return the years, after the first, from which a series counts something else."""
    fiscal = definition(dataset, series_id).fiscal
    years = {first_year(pd.Timestamp(day), fiscal=fiscal) for day in breaks_of(dataset, series_id)["date"]}
    return tuple(sorted(year for year in years if first < year <= last))


@lru_cache(maxsize=2)
def broken(dataset: Dataset) -> dict[str, Rate]:
    """Return the trends of all of RATED and ABROAD over their whole span, with a search for breaks, by series."""
    found = {}
    for series_id in (*RATED, *ABROAD):
        table = printed_years(dataset, series_id).table
        if len(table) < LEAST_FOR_BREAKS:
            continue
        years = table["year"].astype(int).to_numpy()
        made = trend(table["value"].to_numpy(dtype=float), years)
        changed = changes(dataset, series_id, years[0], years[-1])
        found[series_id] = Rate(series_id, COUNT, tuple(map(int, years)), made, changed)
    return found


def measures_between(dataset: Dataset, series_id: str, first: float, last: float) -> pd.DataFrame:
    """Return the measures of a series' country that began in the years from `first` to `last`."""
    place = str(dataset.series.set_index("series_id").loc[series_id, "jurisdiction"])[:2]
    frame = dated(dataset)
    return frame[(frame["place"] == place) & frame["year"].between(first, last)]


@lru_cache(maxsize=2)
def on_record(dataset: Dataset) -> pd.DataFrame:
    """Return this version's rows of forecasts.csv; before its release, those that it will write."""
    rows = dataset.forecasts[dataset.forecasts["version"] == dataset.version]
    return rows if len(rows) else forecasts_of(dataset)


@lru_cache(maxsize=2)
def pooled(dataset: Dataset) -> pd.DataFrame:
    """Return the record pooled over all series that can be forecast, one row a method and horizon."""
    return pooled_record(replayed(dataset).values())


def past(dataset: Dataset) -> pd.DataFrame:
    """Return how the forecasts of earlier versions fared by method; empty while none can be scored."""
    return past_record(score_past(dataset, dataset.forecasts))


def title(dataset: Dataset, series_id: str) -> str:
    """Return the title of a series. Raises InputError for an unknown one."""
    titles = dataset.series.set_index("series_id")["title"]
    if series_id not in titles.index:
        raise InputError(f"series.csv has no series {series_id!r}; `python -m analysis series` lists them.")
    return str(titles[series_id])
