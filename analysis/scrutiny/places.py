"""Where reported cases are: against people and parcels, and by goods against what a report published.

The population of provinces is that of the census of 2020, at the middle of the years that most cases are of.
Parcels are printed for three regions and for fifteen cities together, and for no province.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.location import (
    SteadiedRates,
    TopShare,
    empirical_bayes_rates,
    location_quotient,
    top_share,
)
from analysis.models.proportions import proportion_interval
from analysis.series.lookup import by_id
from analysis.series.single_cases import case_rows

CENSUS = pd.Timestamp("2020-11-01")
EAST = ("BJ", "TJ", "HE", "LN", "SH", "JS", "ZJ", "FJ", "SD", "GD", "HI")
MIDDLE = ("SX", "JL", "HL", "AH", "JX", "HA", "HB", "HN")
WEST = ("NM", "GX", "CQ", "SC", "GZ", "YN", "XZ", "SN", "GS", "QH", "NX", "XJ")
REGIONS = {"east": EAST, "middle": MIDDLE, "west": WEST}  # as the State Post Bureau draws them
PARCEL_YEAR = 2022
CITY_YEAR = 2020
# The cities of the parcels' first fifteen of 2020: name -> province, words that name a place in it.
CITIES = {
    "Jinhua": ("ZJ", ("Jinhua", "Yiwu", "Dongyang", "Yongkang")),
    "Guangzhou": ("GD", ("Guangzhou",)),
    "Shenzhen": ("GD", ("Shenzhen",)),
    "Shanghai": ("SH", ("",)),
    "Hangzhou": ("ZJ", ("Hangzhou",)),
    "Beijing": ("BJ", ("",)),
    "Jieyang": ("GD", ("Jieyang", "Puning")),
    "Dongguan": ("GD", ("Dongguan",)),
    "Suzhou": ("JS", ("Suzhou", "Kunshan", "Changshu", "Zhangjiagang", "Taicang")),
    "Quanzhou": ("FJ", ("Quanzhou", "Jinjiang", "Shishi", "Nan'an")),
    "Chengdu": ("SC", ("Chengdu",)),
    "Shantou": ("GD", ("Shantou",)),
    "Wenzhou": ("ZJ", ("Wenzhou", "Yueqing", "Rui'an")),
    "Ningbo": ("ZJ", ("Ningbo", "Yuyao", "Cixi")),
    "Shijiazhuang": ("HE", ("Shijiazhuang",)),
}
TOP = 10  # areas, as a report of 2014 had it


@dataclass(frozen=True)
class Regional:
    """A printed share of cases in a region, and the goods and provinces of the case table that come nearest."""

    reading_id: str
    label: str
    goods: tuple[str, ...]
    provinces: tuple[str, ...]


REGIONAL = (
    Regional("plat-seed2-06", "jewellery and watches, South China", ("jewellery", "watches"), ("GD", "GX", "HI")),
    Regional("plat-seed2-07", "sports goods, the southeast", ("footwear",), ("FJ", "ZJ", "GD")),
    Regional(
        "plat-seed2-08", "textiles, East China", ("apparel",), ("SH", "JS", "ZJ", "AH", "FJ", "JX", "SD")
    ),
)  # fmt: skip
GANGS = "plat-seed2-05"  # the share of gangs in ten areas


@checked
@lru_cache(maxsize=4)
def by_area(dataset: Dataset) -> pd.DataFrame:
    """Return by province (code without CN-): cases, those read in English, those not, and people in 2020.

    Hong Kong, Macao and Taiwan have no row: their population is no part of the census. Raises InputError if a
    province has no population.
    """
    frame = case_rows(dataset)
    language = dataset.sources.set_index("source_id")["language"].astype(str)
    english = frame["source_id"].map(language) == "en"
    code = frame["jurisdiction"].astype(str).str.removeprefix("CN-")
    areas = [*EAST, *MIDDLE, *WEST]
    context = dataset.context
    people = context[(context["series"] == "population") & (context["window_end"] == CENSUS)]
    code_of = people["jurisdiction"].astype(str).str.removeprefix("CN-")
    by_code = pd.Series(people["value"].to_numpy(float), index=code_of)
    if missing := sorted(set(areas) - set(by_code.index)):
        raise InputError(f"context.csv has no population of CN-{missing[0]} in the census of {CENSUS.year}.")
    found = pd.DataFrame(
        {
            "cases": code.value_counts().reindex(areas, fill_value=0),
            "english": code[english].value_counts().reindex(areas, fill_value=0),
            "people": by_code.reindex(areas),
        }
    )
    return found.assign(others=found["cases"] - found["english"])


@checked
@lru_cache(maxsize=4)
def quotients(dataset: Dataset) -> pd.DataFrame:
    """Return each province's share of the cases over its share of the people, intervals holding for all together."""
    found = by_area(dataset)
    return location_quotient(found["cases"], found["people"]).set_axis(found.index)


@checked
@lru_cache(maxsize=4)
def first_areas(dataset: Dataset, of: str = "cases") -> TopShare:
    """Return the share of the cases that the `TOP` first provinces have; `of`: cases, english or others.

    Raises InputError for another `of`.
    """
    found = by_area(dataset)
    if of not in ("cases", "english", "others"):
        raise InputError(f"of is {of!r}; choose cases, english or others.")
    return top_share(found[of], TOP)


@checked
@lru_cache(maxsize=8)
def steadied(dataset: Dataset, of: str = "cases") -> SteadiedRates:
    """Return cases for a million people by province, drawn to the mean by empirical Bayes; `of` as `first_areas`."""
    found = by_area(dataset)
    if of not in ("cases", "english", "others"):
        raise InputError(f"of is {of!r}; choose cases, english or others.")
    rates = empirical_bayes_rates(found[of], found["people"] / 1e6)
    rates.table.index = found.index
    return rates


def against_parcels(dataset: Dataset) -> pd.DataFrame:
    """Return three regions' share of the cases over their share of the parcels of 2022.

    Columns: cases, share, base_share (fractions), estimate, lower, upper; by region.
    """
    cases = by_area(dataset)["cases"]
    count = pd.Series({name: int(cases.loc[list(areas)].sum()) for name, areas in REGIONS.items()})
    rows = dataset.context[dataset.context["series"] == "express_parcels_region_share"]
    base = pd.Series({name: _region(rows, name) for name in REGIONS})
    found = location_quotient(count, base).set_axis(list(REGIONS))
    return found.assign(cases=count)


def _region(rows: pd.DataFrame, name: str) -> float:
    """Return a region's share of parcels. Raises InputError if none is printed."""
    found = rows[rows["notes"].astype(str).str.startswith(f"region:{name}")]
    if len(found) != 1:
        raise InputError(
            f"context.csv has {len(found)} shares of parcels for the region {name!r}; one is needed."
        )
    return float(found["value"].iloc[0])


def by_city(dataset: Dataset) -> pd.Series[int]:
    """Return how many cases name each of the fifteen parcel cities as the place of the investigation, most first."""
    frame = case_rows(dataset)
    code = frame["jurisdiction"].astype(str).str.removeprefix("CN-")
    first = frame["place"].fillna("").str.split(";").str[0]
    counts = {
        city: int(((code == area) & first.map(lambda text, of=words: any(one in text for one in of))).sum())
        for city, (area, words) in CITIES.items()
    }
    return pd.Series(counts).sort_values(ascending=False, kind="stable")


def city_shares(dataset: Dataset) -> pd.DataFrame:
    """Return the parcel cities' cases, most first, and their share of all cases in percent with intervals.

    Columns: cases, estimate, lower, upper; exact intervals that hold for all cities together with 95 percent.
    """
    cases = by_city(dataset)
    whole = int(by_area(dataset)["cases"].sum())
    found = proportion_interval(cases, whole, "clopper-pearson", level=1 - 0.05 / len(cases))
    return (100 * found).assign(cases=cases)


def cities_share(dataset: Dataset) -> dict[str, float]:
    """Return the fifteen cities' share of cases (estimate, lower, upper, percent) and of parcels (parcels, percent)."""
    cases = by_area(dataset)["cases"]
    inside, whole = int(by_city(dataset).sum()), int(cases.sum())
    low, high = _exact(inside, whole)
    rows = dataset.context[dataset.context["series"] == "express_parcels_top15_cities_share"]
    return {
        "estimate": 100 * inside / whole,
        "lower": low,
        "upper": high,
        "parcels": float(rows["value"].iloc[0]),
    }


def _exact(inside: int, whole: int) -> tuple[float, float]:
    """Return the exact 95 percent interval of a share, in percent."""
    row = proportion_interval([inside], [whole], "clopper-pearson").iloc[0]
    return 100 * float(row["lower"]), 100 * float(row["upper"])


def regional_shares(dataset: Dataset) -> pd.DataFrame:
    """Return the printed shares of cases in a region beside those of the case table (percent).

    Columns: reading_id, label, printed, printed_low, printed_high, inside, cases, value, low, high (exact 95 percent).
    """
    frame = case_rows(dataset)
    code = frame["jurisdiction"].astype(str).str.removeprefix("CN-")
    kinds = frame["product"].str.split(";")
    printed = by_id(dataset, [one.reading_id for one in REGIONAL])
    rows: list[dict[str, object]] = []
    for one in REGIONAL:
        of = kinds.map(lambda found, goods=one.goods: bool(set(goods) & set(found))) & (code != "CN")
        inside, cases = int((of & code.isin(one.provinces)).sum()), int(of.sum())
        low, high = _exact(inside, cases)
        reading = printed[one.reading_id]
        rows.append(
            {
                "reading_id": one.reading_id, "label": one.label, "printed": float(reading["value"]),
                "printed_low": float(reading["low"]), "printed_high": float(reading["high"]), "inside": inside,
                "cases": cases, "value": 100 * inside / cases, "low": low, "high": high,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)
