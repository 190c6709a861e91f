"""Results of functions that many pages ask for: kept for the tables that they follow from, and for no others."""

from dataclasses import replace

import pytest

from analysis.dataset.code import depends_on
from analysis.errors import InputError
from analysis.series import coverage, remembered, store
from analysis.series.remembered import MEASURE_TABLES, SERIES_TABLES

calls = []


@remembered.remembered("readings", "sources")
def told(dataset, word="rows", *, times=1):
    """Count readings in words."""
    calls.append(word)
    if times < 1:
        raise InputError("times must be 1 or more.")
    return {word: times * len(dataset.readings)}


@remembered.remembered("readings")
def reaches(dataset):
    """Ask for a table that is not named."""
    return len(dataset.sources["url"])


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty store."""
    monkeypatch.setattr(store, "FOLDER", tmp_path)
    calls.clear()


def test_a_result_is_made_once_and_the_same_object_is_returned(data):
    again = replace(data, version="9.9.9", glossary=data.glossary.iloc[:1])  # another dataset, the same rows
    first = told(data, times=2)
    assert first == {"rows": 2 * len(data.readings)}
    assert told(data, "rows", times=2) is first
    assert told(again, times=2) == first
    assert calls == ["rows"]


def test_other_arguments_and_other_rows_are_other_results(data):
    fewer = replace(data, readings=data.readings.iloc[:7])
    assert (told(data, "a"), told(data, "b")) == ({"a": len(data.readings)}, {"b": len(data.readings)})
    assert told(fewer, "a") == {"a": 7}
    assert calls == ["a", "b", "a"]


def test_a_table_that_is_not_named_is_not_seen(data):
    with pytest.raises(KeyError):
        reaches(data)


def test_a_refusal_is_kept_as_a_result_is(data):
    for _ in range(2):
        with pytest.raises(InputError, match="1 or more"):
            told(data, times=0)
    assert calls == ["rows"]


def test_years_of_all_series_do_not_hang_on_a_glossary(data, monkeypatch):
    """An edit of a table of words makes no series anew: nothing that pages share follows from one."""
    assert not {"glossary", "forecasts", "left_out"} & {*SERIES_TABLES, *MEASURE_TABLES}
    small = replace(data, series=data.series[data.series["series_id"] == "us-seizures"])
    first = coverage.all_yearly(small)
    monkeypatch.setattr(coverage, "has_years", lambda *_: pytest.fail("made anew"))
    assert [
        one.definition.series_id for one in coverage.all_yearly(replace(small, glossary=data.glossary[:1]))
    ] == [one.definition.series_id for one in first]


def test_what_pages_keep_follows_from_the_pages_code():
    """`depends_on` leaves the publish room out for a study, not for a function of its own."""
    names = {path.name for path in depends_on(store.ROOT / "analysis" / "publish" / "series_tables.py")}
    assert {"bands.py", "store.py", "names-zh.csv"} <= names
    assert not any(
        "publish" in path.parts for path in depends_on(store.ROOT / "analysis" / "series" / "coverage.py")
    )
