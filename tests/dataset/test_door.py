"""The door: what README tells somebody who adds a row or a measure, followed to the end in a copy of data/."""

import csv
import logging
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.dataset.alike import alike
from analysis.dataset.files import read_strings
from analysis.dataset.release import release
from analysis.dataset.scopes import recounted
from analysis.dataset.tables import TABLES
from analysis.dataset.validate import validate
from analysis.errors import InputError
from analysis.readings.agreement import unexplained
from analysis.series import readings_of
from tests.dataset.small import read, two_forecasts, write

VERSIONS = Path(__file__).resolve().parents[2] / "data" / "versions.csv"


def next_version(part):
    """The version after the newest recorded one: part 1 is minor, 2 is patch."""
    with VERSIONS.open(encoding="utf-8") as file:
        numbers = [int(one) for one in list(csv.DictReader(file))[-1]["version"].split(".")]
    numbers[part] += 1
    return ".".join(map(str, [*numbers[: part + 1], *[0] * (2 - part)]))


def insert(folder, table, row):
    """Add a row of named cells where its id stands in the order; cells not named are blank."""
    columns = TABLES[table].columns
    assert set(row) <= set(columns)
    rows = [*read(folder, table), dict.fromkeys(columns, "") | row]
    write(folder, table, sorted(rows, key=lambda one: one[TABLES[table].id]))


def add_reading(folder, **cells):
    """Add a source of 2026 and a reading that repeats one of its series in all but window, value and words."""
    source = {"source_id": "add-2026-01-cases", "title": "Cases of a year", "publisher": "A paper"}
    source |= {"url": "https://example.org/cases", "published": "2026-01-20", "language": "en"}
    insert(folder, "sources", source | {"kind": "news", "tier": "secondary"})
    like = next(row for row in read(folder, "readings") if row["reading_id"] == "police-0023")
    new = {"reading_id": "add-0001", "value": "30000", "hedge": "exact", "as_printed": "30,000 cases"}
    new |= {"window_start": "2025-01-01", "window_end": "2025-12-31", "source_id": source["source_id"]}
    blank = dict.fromkeys(("value_high", "window_note", "printed_step", "window_basis", "notes"), "")
    insert(folder, "readings", like | blank | {"window_basis": "printed"} | new | cells)


def test_the_recipe_for_a_row(folder):
    before = analysis.load(folder)
    add_reading(folder)
    pending = validate(folder, more=[unexplained])  # the rows obey; the version does not stand for them yet
    assert [(one.table, one.column) for one in pending] == [("datapackage", "version")]
    assert "with the next version" in pending[0].rule
    version = next_version(2)
    release(version, "2099-01-01", "a reading of 2025", folder, forecasts=two_forecasts)
    assert validate(folder, more=[unexplained]) == []
    after = analysis.load(folder)
    assert after.version == version
    assert "add-0001" in set(readings_of(after, "mps-cases-solved")["reading_id"])
    assert after.scopes["readings"].sum() == len(after.readings) == len(before.readings) + 1
    assert after.forecasts.equals(before.forecasts), "a patch puts no forecasts on record"
    assert after.fingerprint in (folder / "README.md").read_text(encoding="utf-8")


def test_forecasts_go_on_record_with_a_minor_version(few):
    before = len(analysis.load(few).forecasts)
    release("99.0.1", "2099-02-01", "a slip", few, forecasts=two_forecasts)
    assert len(analysis.load(few).forecasts) == before
    release("99.1.0", "2099-03-01", "more rows", few, forecasts=two_forecasts)
    assert len(analysis.load(few).forecasts) == before + 2
    assert validate(few) == []


def test_a_new_way_into_the_dimensions_is_added_and_told(few, caplog):
    rows = read(few, "readings")
    rows[1]["scope_as_collected"] = "a scope of its own"
    write(few, "readings", rows)
    with caplog.at_level(logging.WARNING):
        release("99.0.1", "2099-02-01", "x", few)
    scopes = analysis.load(few).scopes
    added = scopes[scopes["scope_as_collected"] == "a scope of its own"]
    assert list(added["readings"]) == [1]
    assert list(added["indicator_as_collected"]) == [rows[1]["indicator"]]
    assert added["scope_id"].item() in caplog.text
    assert "a scope of its own" in caplog.text
    assert scopes["readings"].sum() == len(rows)
    assert validate(few) == []


def ways(readings):
    """How many readings go each way, told by pandas."""
    columns = [name for name in TABLES["scopes"].columns if name in readings and name != "readings"]
    return readings.groupby(columns).size()


def test_scopes_hold_as_many_readings_as_there_are(folder):
    scopes, readings = (read_strings(folder, TABLES[name]) for name in ("scopes", "readings"))
    assert recounted(scopes, readings).equals(scopes)
    gone = readings.drop(readings.index[[0, 1, 2, 500]])
    more = pd.concat([gone, readings.iloc[[7, 7, 8]]], ignore_index=True)
    found = recounted(scopes, more).astype({"readings": int})
    columns = [name for name in scopes if name in readings and name != "readings"]
    assert found.groupby(columns)["readings"].sum().equals(ways(more))
    assert (found["readings"] > 0).all()


def twin(few, **cells):
    """Add a measure that repeats another under an id of its own, and return the id of that other."""
    first = next(row for row in read(few, "measures") if row["announced"] and row["issuer"])
    insert(few, "measures", first | {"measure_id": "add-twin"} | cells)
    return first["measure_id"]


@pytest.mark.parametrize("cells", [{}, {"title": "In other words"}, {"summary": "Told by another paper."}])
def test_a_measure_that_looks_like_another_asks(few, cells):
    other = twin(few, **cells)
    (found,) = [one for one in validate(few) if one.table == "measures"]
    assert (found.row, found.column) == (max("add-twin", other), "measure_id")
    assert f"looks like {min('add-twin', other)}" in found.rule
    assert "distinct.csv" in found.rule
    with pytest.raises(InputError, match=r"looks like .*; nothing was written"):
        release("99.0.1", "2099-02-01", "x", few)
    pair = {"measure_id": other, "distinct_from": "add-twin", "reason": "two laws of one day"}
    write(few, "distinct", [*read(few, "distinct"), pair])
    release("99.0.1", "2099-02-01", "x", few)
    assert validate(few) == []


@pytest.mark.parametrize(
    "cells",
    [
        {"jurisdiction": "US"},
        {"issuer": "Another office"},
        {"instrument": "detection"},
        {"announced": "1999-01-01", "effective": "1999-02-01"},
    ],
)
def test_a_measure_of_another_place_issuer_instrument_or_month_does_not(few, cells):
    other = twin(few, **cells)
    found = [one for one in alike(read_strings(few, TABLES["measures"])) if "add-twin" in one]
    assert found == [], other


def test_a_month_apart_is_31_days():
    row = {"measure_id": "a", "jurisdiction": "CN", "issuer": "A; B", "instrument": "rights;penalty"}
    row |= {"announced": "2020-01-01", "effective": ""}
    for day, pairs in (
        ("2020-02-01", [("a", "b")]),
        ("2020-02-02", []),
        ("2020-01", [("a", "b")]),
        ("2020", []),
    ):
        other = row | {"measure_id": "b", "issuer": "b", "instrument": "penalty;rights", "announced": day}
        assert alike(pd.DataFrame([row, other])) == pairs, day


def test_a_pair_that_does_not_look_like_one_is_refused(few):
    first, second = (row["measure_id"] for row in read(few, "measures")[:2])
    pair = {"measure_id": first, "distinct_from": second, "reason": "x"}
    stands = read(few, "distinct")
    write(few, "distinct", [*stands, pair | {"distinct_from": first}])
    assert [(one.table, one.rule) for one in validate(few)] == [
        ("distinct", "must look like the other measure; leave the pair out")
    ]
