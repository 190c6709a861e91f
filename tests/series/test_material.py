"""What enters a series of series.csv: complete readings, growth rates with their base, nothing set aside."""

import dataclasses

import pandas as pd
import pytest

from analysis.dataset.notes import plain
from analysis.errors import InputError
from analysis.series import definition, growth_of, material, readings_of, reconstruct, single_series
from analysis.series.definition import breaks_of, with_sources
from analysis.series.key import levels_of
from analysis.series.material import _base


def row(base, start="2013-01-01", end="2013-02-28"):
    return base, pd.Timestamp(start), pd.Timestamp(end)


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("2010-01-01/2011-06-30", ("2010-01-01", "2011-06-30")),
        ("previous_period", ("2012-11-03", "2012-12-31")),
        ("2012", ("2012-01-01", "2012-02-29")),
        ("2009", ("2009-01-01", "2009-02-28")),
    ],
)
def test_bases_that_are_told(base, expected):
    assert _base(*row(base)) == tuple(pd.Timestamp(day) for day in expected)


@pytest.mark.parametrize("base", ["previous_year", "same_period_last_year", "", "unstated"])
def test_bases_that_are_left_to_the_convention(base):
    assert all(pd.isna(day) for day in _base(*row(base)))
    assert all(pd.isna(day) for day in _base("2012", pd.NaT, row("2012")[2]))


def test_a_year_says_nothing_of_a_window_over_two():
    assert all(pd.isna(day) for day in _base(*row("2010", "2012-07-01", "2013-06-30")))


def test_readings_are_those_that_hold_the_words_by_window_and_id(data):
    readings = with_sources(data, data.readings.copy())
    for name in single_series(data):
        if definition(data, name).drawn_from:
            continue
        held = pd.Series(True, index=readings.index)
        for column, words in levels_of(definition(data, name)).items():
            held &= readings[column].astype(object).isin(words)
        told = readings[held].reset_index(drop=True)
        told = told.sort_values(["window_start", "window_end", "reading_id"])
        pd.testing.assert_frame_equal(readings_of(data, name), told)


def test_breaks_are_those_of_a_series_or_its_family_by_date(data):
    for name in {part for cell in data.breaks["series"].astype(str) for part in cell.split(";")}:
        held = [name in str(cell).split(";") for cell in data.breaks["series"]]
        told = data.breaks[held].sort_values("date", kind="stable")
        for asked in (name, f"{name}/unit"):
            found = breaks_of(data, asked)
            pd.testing.assert_frame_equal(
                found.drop(columns="what_changed"), told.drop(columns="what_changed")
            )
            assert found["what_changed"].tolist() == [plain(words) for words in told["what_changed"]]
    assert breaks_of(data, "no-such-series").empty


@pytest.fixture(scope="module")
def flows(data):
    return [name for name in single_series(data) if definition(data, name).kind == "flow"]


def test_complete_and_not_set_aside(data, flows):
    for name in flows[::3]:
        found, wanted = material(data, name), definition(data, name)
        assert found["window_start"].notna().all()
        assert found["window_end"].notna().all()
        assert not found["reading_id"].isin(wanted.set_aside).any()
        assert found["reading_id"].is_unique


def test_growth_is_of_the_same_key(data):
    found = growth_of(data, "us-seizures")
    assert len(found) > 5
    wanted = definition(data, "us-seizures")
    assert set(found["reporter"]) <= set(wanted.reporters)
    assert (found["kind"] == "change").all()
    assert (found["base_start"] <= found["base_end"]).all() or found["base_start"].isna().any()
    assert set(found["reading_id"]) <= set(material(data, "us-seizures")["reading_id"])
    assert not set(found["reading_id"]) & set(readings_of(data, "us-seizures")["reading_id"])


def test_a_series_without_growth_rates(data, flows):
    counts = {name: len(growth_of(data, name)) for name in flows[:60]}
    none = next(name for name, count in counts.items() if count == 0)
    assert pd.api.types.is_datetime64_any_dtype(growth_of(data, none)["base_start"])
    assert len(material(data, none)) > 0


def test_mirrors_are_left_out(data, flows):
    name = next(one for one in flows if (material(data, one)["tier"] == "mirror").any())
    assert not (material(data, name, mirrors=False)["tier"] == "mirror").any()


def test_nothing_left(data, flows):
    blank = data.readings.assign(window_end=pd.NaT)
    bare = dataclasses.replace(data, readings=blank)
    with pytest.raises(InputError, match=rf"{flows[0]!r} has no reading with a complete window"):
        material(bare, flows[0])
    with pytest.raises(InputError, match="has no series 'nothing'"):
        material(data, "nothing")


def test_what_a_verdict_rejects_is_marked(data):
    """In 2021 a retelling prints 49,800 disputes, and the register 49,500: the year is exactly the register's."""
    found = material(data, "cnipa-patent-infringement-disputes").set_index("reading_id")
    assert found.loc["adm-0589", "rejected"]
    assert not found.loc["j2-0928", "rejected"]
    assert found.loc["j2-0928", "upheld"]
    table = reconstruct(found.reset_index()).yearly.set_index("period")
    assert table.loc["2021", "estimate"] == 49500
