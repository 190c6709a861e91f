"""Money: currencies by yearly average rates, and real values by a price level whose base year is stated.

Rates and prices come from the context table, never from here: series `fx_cny_per_usd`, `fx_eur_per_usd` and
so on (units of the currency for one US dollar, yearly averages) and `cpi_inflation` (percent a year).
"""

from __future__ import annotations

from typing import overload

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import aligned, checked, days, numbers
from analysis.errors import InputError, shown

CURRENCIES = ("CNY", "USD", "EUR", "JPY")
_NAMES = {"CNY": "yuan", "EUR": "euro", "JPY": "yen"}
_COLUMNS = ("series", "jurisdiction", "window_start", "value")


@overload
def convert(value: float, unit: str, to: str, year: int, context: pd.DataFrame) -> float: ...
@overload
def convert(
    value: ArrayLike, unit: str, to: str, year: ArrayLike, context: pd.DataFrame
) -> float | NDArray[np.float64]: ...
@checked
def convert(
    value: ArrayLike, unit: str, to: str, year: ArrayLike, context: pd.DataFrame
) -> float | NDArray[np.float64]:
    """Return `value`, given in currency `unit`, in currency `to` at the average rate of `year`.

    Args:
        value: Amount or amounts in `unit`.
        unit: CNY, USD, EUR or JPY.
        to: The currency wanted, one of the same.
        year: Calendar year of the rate, one for all amounts or one for each.
        context: The context table with series, jurisdiction, window_start and value.

    Raises:
        InputError: the currency is unknown, the context holds no rate for it (the yen, at present) or none
            for the year; the sentence names the years there are.
    """
    for currency in (unit, to):
        if currency not in CURRENCIES:
            raise InputError(f"no rate is kept for {shown(currency)}: use one of {', '.join(CURRENCIES)}")
    years = _years(year)
    factor = _per_dollar(to, years, context) / _per_dollar(unit, years, context)
    return _like(value, year, _amounts(value, year) * (1.0 if unit == to else factor))


@overload
def deflate(
    value: float, year: int, base_year: int, context: pd.DataFrame, jurisdiction: str = "CN"
) -> float: ...
@overload
def deflate(
    value: ArrayLike, year: ArrayLike, base_year: int, context: pd.DataFrame, jurisdiction: str = "CN"
) -> float | NDArray[np.float64]: ...
@checked
def deflate(
    value: ArrayLike, year: ArrayLike, base_year: int, context: pd.DataFrame, jurisdiction: str = "CN"
) -> float | NDArray[np.float64]:
    """Return `value` of `year` at the prices of `base_year`, by consumer prices.

    Args:
        value: Amount or amounts in the jurisdiction's own currency, at the prices of `year`.
        year: Calendar year of the amounts, one for all or one for each.
        base_year: The year whose prices the result is in; print it beside the result.
        context: The context table with series, jurisdiction, window_start and value.
        jurisdiction: Whose prices: CN or US.

    Raises:
        InputError: the context holds no prices for the jurisdiction, or none for a year.
    """
    levels = _price_levels(context, jurisdiction)
    name = f"price level of {jurisdiction}"
    base = _at(levels, _years(base_year), name)
    return _like(value, year, _amounts(value, year) * base / _at(levels, _years(year), name))


def _per_dollar(currency: str, years: NDArray[np.int64], context: pd.DataFrame) -> NDArray[np.float64]:
    """Return how many units of `currency` one US dollar cost in each year."""
    if currency == "USD":
        return np.ones(years.shape)
    series = f"fx_{currency.lower()}_per_usd"
    rates = _yearly(context, series)
    if rates.empty:
        raise InputError(
            f"no {_NAMES[currency]} rate is in context.csv: add the series {series} with its source, "
            f"or keep the amount in {currency}"
        )
    return _at(rates, years, f"{_NAMES[currency]} rate")


def _price_levels(context: pd.DataFrame, jurisdiction: str) -> pd.Series:
    """Return price levels by year, chained from yearly inflation; the year before the first has level 1."""
    inflation = _yearly(context, "cpi_inflation", jurisdiction)
    if inflation.empty:
        known = context.loc[context["series"] == "cpi_inflation", "jurisdiction"].astype(str).unique()
        raise InputError(
            f"no consumer prices of {shown(jurisdiction)} are in context.csv: use one of {sorted(known)}"
        )
    first, last = int(inflation.index[0]), int(inflation.index[-1])
    gaps = sorted(set(range(first, last + 1)) - set(inflation.index))
    if gaps:
        raise InputError(
            f"cpi_inflation of {jurisdiction} lacks {gaps}: a price level needs every year between"
        )
    levels = pd.concat([pd.Series({first - 1: 1.0}), (1 + inflation / 100).cumprod()])
    return pd.Series(levels, dtype=float)


def _yearly(context: pd.DataFrame, series: str, jurisdiction: str | None = None) -> pd.Series:
    """Return one context series by calendar year, in order.

    Raises:
        InputError: a column is missing, or a year stands twice.
    """
    missing = [column for column in _COLUMNS if column not in context.columns]
    if missing:
        raise InputError(
            f"the context table lacks the columns {', '.join(missing)}: pass the frame of context.csv"
        )
    chosen = context["series"] == series
    if jurisdiction is not None:
        chosen &= context["jurisdiction"] == jurisdiction
    rows = context.loc[chosen]
    years = days(rows["window_start"], "window_start").dt.year
    twice = sorted(set(years[years.duplicated()]))
    if twice:
        raise InputError(f"context.csv holds {series} more than once for {twice}: keep one row a year")
    return pd.Series(rows["value"].to_numpy(dtype=float), index=years.to_numpy()).sort_index()


def _at(by_year: pd.Series, years: NDArray[np.int64], name: str) -> NDArray[np.float64]:
    """Return the values of `years`, or refuse those that are missing."""
    missing = sorted(set(years.ravel().tolist()) - set(by_year.index))
    if missing:
        first, last = int(by_year.index[0]), int(by_year.index[-1])
        raise InputError(
            f"no {name} for {missing} is in context.csv: the years available are {first} to {last}"
        )
    return by_year.reindex(pd.Index(years.ravel())).to_numpy(dtype=float).reshape(years.shape)


def _amounts(value: ArrayLike, year: ArrayLike) -> NDArray[np.float64]:
    """Return amounts as floats, in the order of their years; one for all years, or one for each."""
    ordered = aligned(value, year, "value") if np.ndim(year) else value
    amounts = numbers(ordered, "value", np.ndim(ordered))
    if amounts.ndim and np.ndim(year) and amounts.shape != np.shape(year):
        raise InputError(
            f"value has the shape {amounts.shape} and year {np.shape(year)}: give one year for each"
        )
    return amounts


def _years(year: ArrayLike) -> NDArray[np.int64]:
    """Return years as whole numbers."""
    years = np.asarray(year)
    if years.dtype.kind not in "iu":
        raise InputError(f"year must be whole numbers such as 2020, not {shown(year)}")
    return years.astype(np.int64)


def _like(value: ArrayLike, year: ArrayLike, result: NDArray[np.float64]) -> float | NDArray[np.float64]:
    """Return a number where numbers were given, else an array."""
    return float(result) if np.ndim(value) == 0 and np.ndim(year) == 0 else np.asarray(result, dtype=float)
