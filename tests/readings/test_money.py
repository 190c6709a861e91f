"""Money: conversion by yearly rates, on a context table made here."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.dataset import load
from analysis.errors import InputError
from analysis.readings import CURRENCIES, convert

CNY = {2019: 7.0, 2020: 6.9, 2021: 6.4}
EUR = {2019: 0.9, 2020: 0.88}


def context_of(*series: tuple[str, str, dict[int, float]]) -> pd.DataFrame:
    rows = [(name, place, f"{y}-01-01", value) for name, place, by in series for y, value in by.items()]
    frame = pd.DataFrame(rows, columns=["series", "jurisdiction", "window_start", "value"])
    return frame.assign(window_start=pd.to_datetime(frame["window_start"]))


CONTEXT = context_of(
    ("fx_cny_per_usd", "CN", CNY),
    ("fx_eur_per_usd", "EU", EUR),
)


def test_convert() -> None:
    assert convert(70e6, "CNY", "USD", 2019, CONTEXT) == pytest.approx(10e6)
    assert convert(10, "USD", "CNY", 2021, CONTEXT) == pytest.approx(64)
    assert convert(0.88, "EUR", "CNY", 2020, CONTEXT) == pytest.approx(6.9)
    assert isinstance(convert(1.0, "USD", "CNY", 2021, CONTEXT), float)


def test_convert_arrays() -> None:
    years = np.array([2019, 2020, 2021])
    assert convert([7, 6.9, 6.4], "CNY", "USD", years, CONTEXT) == pytest.approx([1, 1, 1])
    assert convert(1, "USD", "CNY", years, CONTEXT) == pytest.approx([7, 6.9, 6.4])
    assert convert([1, 2], "USD", "CNY", 2019, CONTEXT) == pytest.approx([7, 14])


@given(
    st.floats(0.01, 1e13),
    st.sampled_from(["CNY", "USD", "EUR"]),
    st.sampled_from(["CNY", "USD", "EUR"]),
    st.sampled_from([2019, 2020]),
)
def test_there_and_back(value: float, unit: str, to: str, year: int) -> None:
    there = convert(value, unit, to, year, CONTEXT)
    assert convert(there, to, unit, year, CONTEXT) == pytest.approx(value)
    assert there == pytest.approx(value) if unit == to else there != value


def test_yen_needs_a_rate_in_the_context() -> None:
    with pytest.raises(InputError, match=r"no JPY rate is in context.csv: add the series fx_jpy_per_usd"):
        convert(1, "JPY", "USD", 2019, CONTEXT)
    with_yen = pd.concat([CONTEXT, context_of(("fx_jpy_per_usd", "JP", {2019: 110.0}))])
    assert convert(1100, "JPY", "CNY", 2019, with_yen) == pytest.approx(70)


def test_two_currencies_go_through_the_dollar() -> None:
    rates = context_of(("fx_jpy_per_usd", "JP", {2019: 110.0}), ("fx_krw_per_usd", "KR", {2019: 1160.0}))
    # 5,500 yen are 50 dollars, and 50 dollars are 58,000 won
    assert convert(5500, "JPY", "KRW", 2019, rates) == pytest.approx(58_000)
    assert convert([5500, 110], "JPY", "KRW", 2019, rates) == pytest.approx([58_000, 1160])


def test_every_currency_has_a_rate_for_every_year_since_1999() -> None:
    context = load().context
    for currency in CURRENCIES:
        assert np.isfinite(convert(1, currency, "USD", np.arange(1999, 2026), context)).all(), currency


def test_missing_years_name_those_available() -> None:
    with pytest.raises(InputError, match=r"no EUR rate for \[2021\] .* available are 2019 to 2020"):
        convert(1, "EUR", "USD", 2021, CONTEXT)


def test_bad_input() -> None:
    with pytest.raises(InputError, match="no rate is kept for 'PLN': use one of USD, AUD, BRL"):
        convert(1, "PLN", "USD", 2020, CONTEXT)
    with pytest.raises(InputError, match="year must be a list of values"):
        convert(1, "CNY", "USD", "2020", CONTEXT)
    with pytest.raises(InputError, match="lacks the columns value"):
        convert(1, "CNY", "USD", 2020, CONTEXT.drop(columns="value"))
    with pytest.raises(InputError, match=r"more than once for \[2019, 2020, 2021\]"):
        convert(1, "CNY", "USD", 2020, pd.concat([CONTEXT, CONTEXT.iloc[:3]]))
