"""Money: currencies by yearly average rates.

Rates come from the context table, never from here: series `fx_cny_per_usd`, `fx_eur_per_usd` and so on (units of the
currency for one US dollar, yearly averages).
"""

from __future__ import annotations

from typing import overload

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import aligned, checked, numbers
from analysis.dataset.dates import days
from analysis.errors import InputError, shown

_RATES = "AUD BRL CAD CHF CNY DKK EUR GBP HKD INR JPY KRW MXN MYR NOK NZD SEK SGD THB TWD ZAR"
CURRENCIES = ("USD", *_RATES.split())
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

    Parameters
    ----------
    value
        Amount or amounts in `unit`.
    unit
        One of `CURRENCIES`, by its code (ISO 4217): CNY, EUR, JPY and so on.
    to
        The currency wanted, one of the same; two that are not the dollar are taken through it.
    year
        Calendar year of the rate, one for all amounts or one for each.
    context
        The context table with series, jurisdiction, window_start and value.

    Raises
    ------
    InputError
        If the currency is unknown, the context holds no rate for it or none for the year;
        the sentence names the years there are.
    """
    for currency in (unit, to):
        if currency not in CURRENCIES:
            raise InputError(f"no rate is kept for {shown(currency)}: use one of {', '.join(CURRENCIES)}")
    years = _years(year)
    factor = _per_dollar(to, years, context) / _per_dollar(unit, years, context)
    return _like(value, year, _amounts(value, year) * (1.0 if unit == to else factor))


def _per_dollar(currency: str, years: NDArray[np.int64], context: pd.DataFrame) -> NDArray[np.float64]:
    """Return how many units of `currency` one US dollar cost in each year."""
    if currency == "USD":
        return np.ones(years.shape)
    series = f"fx_{currency.lower()}_per_usd"
    rates = _yearly(context, series)
    if rates.empty:
        raise InputError(
            f"no {currency} rate is in context.csv: add the series {series} with its source, "
            f"or keep the amount in {currency}"
        )
    return _at(rates, years, f"{currency} rate")


def _yearly(context: pd.DataFrame, series: str) -> pd.Series:
    """Return one context series by calendar year, in order.

    Raises
    ------
    InputError
        If a column is missing, or a year stands twice.
    """
    missing = [column for column in _COLUMNS if column not in context.columns]
    if missing:
        raise InputError(
            f"the context table lacks the columns {', '.join(missing)}: pass the frame of context.csv"
        )
    rows = context.loc[context["series"] == series]
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
