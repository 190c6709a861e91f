"""Denominators: what a yearly figure may be divided by, from context.csv.

Only whole years count: a calendar year for a flow, its last day for a stock (trademarks in force at the end of
2018). US fiscal years take a figure of their own where one is printed, and else a quarter of the calendar year
before and three quarters of the one they end in, as if the flow were even within each year.

Where several texts print the same year, one is picked, by the rule of `printed_years`: the source nearest to
who counted, then the figure with the most printed digits, then the latest publication, then the first id.
A year that nobody printed is missing; nothing is carried over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.results import Result
from analysis.series.definition import TIER_ORDER
from analysis.series.whole_years import year_of


@dataclass(frozen=True, repr=False)
class Denominator(Result):
    """One denominator: its name in context.csv, where it is of, the `unit` that rates are told per, in words.

    A `stock` is counted on the last day of a year; anything else flows over the year or is its average.
    """

    name: str
    jurisdictions: tuple[str, ...]
    unit: float
    label: str
    stock: bool = False


DENOMINATORS: Mapping[str, Denominator] = {
    one.name: one
    for one in (
        Denominator("express_parcels", ("CN",), 1e6, "per million parcels"),
        Denominator("online_retail_total", ("CN",), 1e12, "per trillion yuan of online retail"),
        Denominator(
            "online_retail_physical_goods", ("CN",), 1e12, "per trillion yuan of online retail of goods"
        ),
        Denominator("retail_sales_total", ("CN",), 1e12, "per trillion yuan of retail sales"),
        Denominator("trademarks_valid", ("CN",), 1e6, "per million trademarks in force", stock=True),
        Denominator("trademark_applications", ("CN",), 1e6, "per million trademark applications"),
        Denominator("online_shoppers", ("CN",), 1e6, "per million online shoppers", stock=True),
        Denominator("internet_users", ("CN",), 1e6, "per million internet users", stock=True),
        Denominator("goods_exports_usd", ("CN",), 1e9, "per billion dollars of goods exports"),
        Denominator("goods_exports_cny", ("CN",), 1e12, "per trillion yuan of goods exports"),
        Denominator("goods_imports_usd", ("US",), 1e9, "per billion dollars of goods imports"),
        Denominator("imports_value", ("US",), 1e9, "per billion dollars of imports"),
        Denominator("entry_summaries", ("US",), 1e6, "per million entry summaries"),
        Denominator("de_minimis_shipments", ("US",), 1e6, "per million de minimis shipments"),
        Denominator(
            "gdp_current_usd", ("CN", "EU", "US"), 1e9, "per billion dollars of gross domestic product"
        ),
        Denominator("population", ("CN", "EU", "US"), 1e6, "per million people"),
    )
}

# US fiscal years begin on 1 October: one quarter of the calendar year before, three of the year they end in.
FISCAL_SHARES = (0.25, 0.75)


@checked
def denominator(
    dataset: Dataset,
    name: str,
    years: Iterable[int] | None = None,
    *,
    jurisdiction: str | None = None,
    fiscal: bool = False,
) -> pd.DataFrame:
    """Return a denominator year by year: year, value (in base units), context_ids (joined by a semicolon).

    One row for each of `years` in order (by default all from the first printed one to the last); value is NaN and
    context_ids blank where nothing is printed. `jurisdiction` (CN, US, EU) may be left out where there is one only.
    `fiscal=True` asks for US fiscal years.

    Raises
    ------
    InputError
        If there is no such denominator, it is not of that jurisdiction, none of the years is printed, a year is
        no whole number, or a stock is asked for by fiscal year.
    """
    wanted = _known(name)
    place = _place(wanted, jurisdiction)
    if fiscal and wanted.stock:
        raise InputError(f"{name} is counted on 31 December; there is none by fiscal year.")
    printed = _printed(dataset, wanted, place, fiscal=fiscal)
    if years is not None:
        asked = [_year(one) for one in years]
    else:
        asked = list(range(printed.index.min(), printed.index.max() + 1)) if len(printed) else []
    table = printed.reindex(asked)
    if not table["value"].notna().any():
        kind = "fiscal" if fiscal else "calendar"
        raise InputError(
            f"context.csv prints {name} of {place} for none of the {kind} years asked for; it has "
            f"{', '.join(map(str, printed.index)) or f'no {kind} year at all'}."
        )
    table = table.assign(context_ids=table["context_ids"].fillna("").astype(str))
    result: pd.DataFrame = table.rename_axis("year").reset_index()[["year", "value", "context_ids"]]
    return result


@checked
def per(
    table: pd.DataFrame,
    dataset: Dataset,
    name: str,
    *,
    jurisdiction: str | None = None,
    fiscal: bool = False,
    unit: float | None = None,
) -> pd.DataFrame:
    """Return a yearly table divided by a denominator, told per `unit` of it (by default the one of its label).

    Of the columns value, low, high, estimate, lower and upper, those that are there are divided; `denominator` (in
    base units) and `context_ids` are added. Years without a denominator are left out.

    Raises
    ------
    InputError
        As `denominator`, or if the table has no column year or the unit is not above zero.
    """
    if "year" not in table:
        raise InputError("A table to be divided must have a column year.")
    scale = _known(name).unit if unit is None else unit
    if not (np.isfinite(scale) and scale > 0):
        raise InputError(f"A unit must be above zero, not {scale!r}; say 1e6 for a rate per million.")
    years = table["year"].to_numpy()
    below = denominator(dataset, name, years, jurisdiction=jurisdiction, fiscal=fiscal)
    amount = below["value"].to_numpy()
    divided = {
        column: table[column].to_numpy(dtype=float) / amount * scale
        for column in ("value", "low", "high", "estimate", "lower", "upper")
        if column in table
    }
    rates = table.assign(**divided, denominator=amount, context_ids=below["context_ids"].to_numpy())
    kept: pd.DataFrame = rates[np.isfinite(amount)].reset_index(drop=True)
    return kept


def _known(name: str) -> Denominator:
    if name not in DENOMINATORS:
        raise InputError(f"There is no denominator {name!r}; there are {', '.join(DENOMINATORS)}.")
    return DENOMINATORS[name]


def _place(wanted: Denominator, jurisdiction: str | None) -> str:
    """Return the jurisdiction. Raises InputError where it is open or not one of the denominator's."""
    places = wanted.jurisdictions
    if jurisdiction is None and len(places) == 1:
        return places[0]
    if jurisdiction not in places:
        raise InputError(
            f"{wanted.name} is of {' or '.join(places)}; give one of them, not {jurisdiction!r}."
        )
    return str(jurisdiction)


def _year(year: int) -> int:
    try:
        whole = int(year)
    except (TypeError, ValueError):
        whole = None
    if whole is None or whole != year:
        raise InputError(f"{year!r} is no year; give whole numbers such as 2019.")
    return whole


def _printed(dataset: Dataset, wanted: Denominator, place: str, *, fiscal: bool) -> pd.DataFrame:
    """Return value and context_ids by year, of those printed or made from those printed."""
    frame = dataset.context
    whole = (frame["series"] == wanted.name) & (frame["jurisdiction"] == place) & (frame["origin"] == "")
    rows = frame[whole & (frame["value"] > 0)]
    if wanted.stock:
        return _picked(dataset, rows, _last_day_of(rows))
    calendar = _picked(dataset, rows, year_of(rows, fiscal=False))
    if not fiscal:
        return calendar
    own = _picked(dataset, rows, year_of(rows, fiscal=True))
    blended = _blended(calendar)
    return pd.concat([own, blended[~blended.index.isin(own.index)]]).sort_index()


def _last_day_of(rows: pd.DataFrame) -> pd.Series[int]:
    """Return the year whose last day a row counts, <NA> where it counts another day."""
    end = rows["window_end"]
    last = (rows["window_start"] == end) & (end.dt.month == 12) & (end.dt.day == 31)
    years: pd.Series[int] = end.dt.year.where(last).astype("Int64")
    return years


def _picked(dataset: Dataset, rows: pd.DataFrame, years: pd.Series[int]) -> pd.DataFrame:
    """Return the picked print of each year, indexed by year."""
    details = dataset.sources.set_index("source_id")[["tier", "published"]]
    ranked = rows.assign(_year=years)[years.notna()].join(details, on="source_id")
    ranked["_tier"] = ranked["tier"].astype(str).map(TIER_ORDER.index)
    ranked["_digits"] = ranked["value"].map(_digits)
    order = ["_year", "_tier", "_digits", "published", "context_id"]
    ranked = ranked.sort_values(order, ascending=[True, True, False, False, True]).drop_duplicates("_year")
    index = pd.Index(ranked["_year"].astype(int), name="year")
    return pd.DataFrame(
        {"value": ranked["value"].to_numpy(), "context_ids": ranked["context_id"].to_numpy()}, index=index
    )


def _digits(value: float) -> int:
    """Return how many digits a figure has before its closing zeros."""
    return len(Decimal(repr(value)).normalize().as_tuple().digits)


def _blended(calendar: pd.DataFrame) -> pd.DataFrame:
    """Return fiscal years made of two calendar years, where both are printed."""
    years = [year for year in calendar.index if year - 1 in calendar.index]
    before, within = calendar.loc[[year - 1 for year in years]], calendar.loc[years]
    value = FISCAL_SHARES[0] * before["value"].to_numpy() + FISCAL_SHARES[1] * within["value"].to_numpy()
    ids = [f"{a};{b}" for a, b in zip(before["context_ids"], within["context_ids"], strict=True)]
    return pd.DataFrame({"value": value, "context_ids": ids}, index=pd.Index(years, name="year", dtype=int))
