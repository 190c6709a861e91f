"""Figures in prose keep their hedge, their unit and their printed digits."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.dataset.vocabularies import UNITS as VOCABULARY
from analysis.errors import InputError
from analysis.publish.words import HEDGE_WORDS, UNIT_WORDS, between, listed, number, quote, window
from analysis.readings import HEDGES, parse_printed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (11000, "11,000"),
        (7_560_000, "7.56 million"),
        (172_900_000_000, "172.9 billion"),
        (13_300_000_000, "13.3 billion"),
        (1_000_000_000, "1 billion"),
        (0.02, "0.02"),
        (71.33, "71.33"),
        (-16.87, "\N{MINUS SIGN}16.87"),
        (999_999, "999,999"),
        (34_143, "34,143"),
    ],
)
def test_numbers(value, text):
    assert number(value) == text


@given(st.integers(1, 10**6 - 1))
def test_whole_numbers_below_a_million_are_never_shortened(value):
    assert int(number(value).replace(",", "")) == value


@pytest.mark.parametrize(
    ("hedge", "value", "unit", "text"),
    [
        ("more_than", 11000, "case", "more than 11,000 cases"),
        ("nearly", 400, "person", "nearly 400 people"),
        ("exact", 1419, "place", "1,419 sites"),
        ("about", 18e9, "CNY", "about 18 billion yuan"),
        ("exact", 12, "percent", "12 percent"),
    ],
)
def test_a_reading_is_quoted_with_its_hedge(hedge, value, unit, text):
    assert quote({"hedge": hedge, "value": value, "value_high": None, "unit": unit}) == text


def test_a_range_is_quoted_with_both_ends():
    row = {"hedge": "range", "value": 3e6, "value_high": 5e6, "unit": "item"}
    assert quote(row) == "3 million to 5 million items"


def test_every_hedge_and_unit_has_its_words():
    assert set(HEDGE_WORDS) == set(HEDGES)
    assert set(VOCABULARY) <= set(UNIT_WORDS)  # what print may name, and the units of rows


@given(st.sampled_from(["exact", "more_than", "at_least", "nearly", "about"]), st.integers(1, 10**12))
def test_what_is_quoted_reads_back_as_the_reading(hedge, value):
    value = float(f"{value:.4g}")
    printed = parse_printed(quote({"hedge": hedge, "value": value, "value_high": None, "unit": "case"}))
    assert printed is not None
    assert (printed.hedge, printed.value) == (hedge, pytest.approx(value, rel=1e-9))


def test_intervals_say_their_open_ends():
    assert between(21000, 22000) == "21,000 to 22,000"
    assert between(11000, float("inf")) == "above 11,000"
    assert between(0, 400) == "below 400"
    assert between(4.257, 4.259, 2) == "4.3"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2020-01-01", "2020-12-31", "2020"),
        ("2016-01-01", "2020-12-31", "2016 to 2020"),
        ("2020-05-01", "2020-11-09", "1 May to 9 November 2020"),
        ("2018-10-01", "2019-09-30", "1 October 2018 to 30 September 2019"),
        (None, "2017-09-19", "to 19 September 2017"),
        ("2013-01-01", None, "from 1 January 2013"),
        (None, None, "window not stated"),
    ],
)
def test_windows(start, end, text):
    assert window(pd.Timestamp(start) if start else pd.NaT, pd.Timestamp(end) if end else pd.NaT) == text


def test_lists():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    with pytest.raises(InputError, match="nothing to list"):
        listed([])


def test_every_unit_has_its_words():
    assert set(VOCABULARY) <= set(UNIT_WORDS)
