"""What a series does with each reading is what its years and its reconstruction do with it."""

import pandas as pd
import pytest

import analysis
from analysis.dataset.files import read_strings
from analysis.dataset.tables import TABLES
from analysis.errors import InputError
from analysis.series import (
    definition,
    every_series,
    growth_of,
    has_years,
    printed_years,
    readings_of,
)
from analysis.series.memberships import memberships, outdated

SERIES = "us-seizures"


@pytest.fixture(scope="module")
def data() -> analysis.Dataset:
    return analysis.load()


def few(data, *rows, set_aside=""):
    """A dataset of one series by fiscal year with the readings told: id, start, end, value, tier, more cells."""
    pattern = readings_of(data, SERIES).iloc[:1][data.readings.columns]
    cells = [
        pattern.assign(
            reading_id=name,
            window_start=pd.Timestamp(start),
            window_end=pd.Timestamp(end),
            value=float(value),
            as_printed=str(value),
            hedge="exact",
            printed_step=1.0,
            source_id=tier,
            **more,
        )
        for name, start, end, value, tier, more in rows
    ]
    source = data.sources.iloc[:1]
    sources = pd.concat(
        [
            source.assign(source_id=tier, tier=tier, published="2020-01-01")
            for tier in ("primary", "secondary")
        ]
    )
    series = data.series[data.series["series_id"] == SERIES].assign(set_aside=set_aside)
    return data.reduced(readings=pd.concat(cells, ignore_index=True), sources=sources, series=series)


def test_every_role_has_its_reason(data):
    grown = {
        "kind": "change",
        "unit": "percent",
        "relation": "change_of:seizures",
        "relation_base": "previous_year",
    }
    found = memberships(
        few(
            data,
            ("a", "2018-10-01", "2019-09-30", 100, "primary", {}),
            ("b", "2018-10-01", "2019-09-30", 100, "secondary", {}),
            ("c", "2018-10-01", "2019-09-30", 130, "secondary", {}),
            ("d", "2019-10-01", "2020-03-31", 40, "primary", {}),
            ("e", "2019-01-01", "2019-12-31", 99, "primary", {}),
            ("f", "2017-10-01", "2019-09-30", 300, "primary", {}),
            ("g", "2017-10-01", "2018-09-30", 300, "primary", {}),
            ("h", None, "2018-09-30", 300, "primary", {}),
            ("i", "2018-10-01", "2019-09-30", 10, "primary", grown),
            ("j", "2018-10-01", "2019-09-30", 10, "primary", grown | {"relation_base": ""}),
            ("k", "2018-10-01", "2019-09-30", 10, "primary", {"origin": "CN"}),
            set_aside="g",
        )
    )
    assert list(found.columns) == TABLES["readings_series"].columns
    told = found.set_index("reading_id")
    assert list(told.index) == list("abcdefghi")
    assert (told["series_id"] == SERIES).all()
    assert (told["member"] == "").all()
    assert told["role"].tolist() == [
        "used", "competing", "competing", "partial", "partial", "partial", "set_aside", "set_aside", "used",
    ]  # fmt: skip
    assert told.loc["a", "why"] == "picked for 2019 among 3 prints"
    assert told.loc["b", "why"] == "2019: a is nearer to who counted; the two agree"
    assert told.loc["c", "why"] == "2019: a is nearer to who counted; the two exclude each other"
    assert told.loc["d", "why"] == "covers a part of 2020"
    assert told.loc["e", "why"] == "covers parts of two years"
    assert told.loc["f", "why"] == "covers more than a year"
    assert told.loc["h", "why"] == "its window has no start or no end"
    assert told.loc["i", "why"].startswith("a growth rate")


def test_the_table_is_what_each_series_takes_and_picks(data):
    found = memberships(data)
    names = every_series(data)
    singles = sum("/" not in name for name in names)
    for name in [*names[:singles:6], *names[singles::9]]:
        family, _, unit = name.partition("/")
        key = definition(data, name)
        if key.drawn_from:
            continue
        mine = found[(found["series_id"] == family) & (found["member"] == unit)].set_index("reading_id")
        taken = set(readings_of(data, name)["reading_id"])
        if key.kind == "flow" and key.unit != "percent":
            taken |= set(growth_of(data, name)["reading_id"])
        assert set(mine.index) == taken, name
        if has_years(data, name):
            picked = set(printed_years(data, name).table["reading_id"])
            assert picked == set(mine.index[mine["why"].str.match("prints|picked")]), name
        assert set(mine.index[mine["role"] == "set_aside"]) >= taken & set(key.set_aside), name


def test_the_table_in_the_data_is_current(data):
    asked = ("readings", "sources", "series", "readings_series")
    assert outdated({name: read_strings(data.path, TABLES[name]) for name in asked}) == []


def test_cells_that_other_rules_refuse_are_left_to_them(data):
    tables = {name: read_strings(data.path, TABLES[name]) for name in ("readings", "sources", "series")}
    broken = tables | {"readings": tables["readings"].assign(value="many")}
    assert outdated(broken | {"readings_series": read_strings(data.path, TABLES["readings_series"])}) == []
    assert outdated(tables) == []  # a table that could not be read


def test_a_series_without_a_reading_has_no_row(data):
    empty = few(data, ("a", "2018-10-01", "2019-09-30", 100, "primary", {"origin": "CN"}))
    assert memberships(empty).empty
    with pytest.raises(InputError, match="No reading"):
        readings_of(empty, SERIES)


def test_every_series_takes_a_reading(data):
    printed = data.series[data.series["drawn_from"].astype(str) == ""]
    assert set(printed["series_id"]) - set(data.readings_series["series_id"]) == set()
