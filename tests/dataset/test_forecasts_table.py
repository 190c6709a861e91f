"""The table of forecasts: what a row must be, and how a release adds rows, all of them or none."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.dataset import versions
from analysis.dataset.release import release
from analysis.dataset.tables import TABLES
from analysis.dataset.validate import validate
from analysis.errors import InputError

COLUMNS = TABLES["forecasts"].columns


def rows(folder):
    with (folder / "forecasts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def put(folder, **cells):
    """Put cells into the last forecast of a folder and return its id as it then is."""
    found = rows(folder)
    found[-1] |= cells
    with (folder / "forecasts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
    return found[-1]["forecast_id"]


def again(dataset):
    """A forecaster: the rows on record before, as those of the version to be released."""
    made = dataset.forecasts.tail(2).assign(version=dataset.version, made_on=dataset.released)
    parts = made[["version", "series_id", "period", "method"]].astype(str)
    return made.assign(forecast_id=parts.agg("-".join, axis=1))


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("lower", "100000000000", "must not be above estimate"),
        ("upper", "5", "must not be below estimate"),
        ("estimate", "0", "must be above zero"),
        ("upper", "inf", "must be finite"),
        ("level", "1", "must be above 0 and below 1"),
        ("level", "0", "must be above 0 and below 1"),
        ("level", "80%", "must be a number"),
        ("version", "next", "must be a version such as 0.2.0"),
        ("method", "guess", "must be one of: naive"),
        ("chosen", "maybe", "must be one of: yes, no"),
        ("series_id", "mps-nothing", "must be the series_id of a row in series.csv"),
        ("period", "2099.5", "must be a whole number"),
        ("made_on", "2099", "must be a date YYYY-MM-DD"),
        ("period", "2098", "must be {version}-{series_id}-{period}-{method} of its row"),
    ],
)
def test_a_broken_forecast_is_named_with_its_rule(few, column, cell, rule):
    row = put(few, **{column: cell})
    found = [f for f in validate(few) if rule in f.rule]
    assert [(f.table, f.row) for f in found] == [("forecasts", row)]
    if not rule.startswith("must be {version}-"):
        assert (found[0].column, found[0].value) == (column, cell)


def test_an_interval_may_end_at_its_estimate(few):
    estimate = rows(few)[-1]["estimate"]
    put(few, lower=estimate, upper=estimate)
    assert [f for f in validate(few) if f.table == "forecasts"] == []


def test_a_release_adds_its_forecasts_and_keeps_the_earlier_ones(few):
    before, print_before = rows(few), analysis.load(few).fingerprint
    print_after = release("99.1.0", "2099-06-01", "x", few, forecasts=again)
    after = rows(few)
    assert [row for row in after if row["version"] != "99.1.0"] == before
    added = [row for row in after if row["version"] == "99.1.0"]
    assert len(added) == 2
    assert {row["made_on"] for row in added} == {"2099-06-01"}
    assert print_after != print_before
    assert validate(few) == []
    data = analysis.load(few)
    assert (data.version, data.fingerprint) == ("99.1.0", print_after)
    assert len(data.forecasts) == len(after)
    described = json.loads((few / "datapackage.json").read_text(encoding="utf-8"))
    assert described["fingerprint"] == print_after
    assert print_after in (few / "README.md").read_text(encoding="utf-8")


def test_numbers_are_written_plainly(few):
    last = [row for row in rows(few) if row["version"] == "99.0.0"]
    assert [row["estimate"] for row in last] == ["20817", "2500000000"]
    assert [row["lower"] for row in last] == ["16400.5", "1000000000"]


def test_a_recorded_version_is_never_written_again(few):
    def never(dataset):
        raise AssertionError

    before = {path.name: path.read_bytes() for path in few.iterdir()}
    with pytest.raises(InputError, match=r"99\.0\.0 already stands for these rows"):
        release("99.0.0", "2099-03-01", "another note", few, forecasts=never)
    assert {path.name: path.read_bytes() for path in few.iterdir()} == before


def test_rows_of_a_version_that_was_never_recorded_are_made_again(few):
    row = put(few, version="99.1.0", upper="3000000000")
    put(few, forecast_id=row.replace("99.0.0", "99.1.0"))
    release("99.1.0", "2099-06-01", "x", few, forecasts=again)
    ids = [one["forecast_id"] for one in rows(few)]
    assert len(ids) == len(set(ids))
    assert validate(few) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda dataset: again(dataset).assign(upper=1.0), "must not be below estimate"),
        (lambda dataset: again(dataset).assign(upper=float("inf")), "must be finite"),
    ],
)
def test_a_forecast_that_breaks_a_rule_stops_the_release(few, wrong, sentence):
    before = contents(few)
    with pytest.raises(InputError, match=sentence):
        release("99.1.0", "2099-06-01", "x", few, forecasts=wrong)
    assert contents(few) == before
    assert list(few.parent.glob(".release-*")) == []


def test_a_forecaster_that_fails_leaves_nothing(few):
    def fails(dataset):
        raise InputError("The series cannot be forecast.")

    before = contents(few)
    with pytest.raises(InputError, match="cannot be forecast"):
        release("99.1.0", "2099-06-01", "x", few, forecasts=fails)
    assert contents(few) == before
    assert list(few.parent.glob(".release-*")) == []


def test_a_release_that_is_cut_off_while_moving_leaves_all_as_it_was(few, monkeypatch):
    move, moved, before = Path.replace, [], contents(few)

    def cut_off(self, target):
        moved.append(target)
        if len(moved) > 3:  # scopes, readings_series and forecasts are in place
            raise KeyboardInterrupt
        return move(self, target)

    monkeypatch.setattr(Path, "replace", cut_off)
    with pytest.raises(KeyboardInterrupt):
        release("99.1.0", "2099-06-01", "x", few, forecasts=again)
    monkeypatch.undo()
    assert contents(few) == before
    assert "99.1.0" not in versions.recorded(few)
    release("99.1.0", "2099-06-01", "x", few, forecasts=again)
    assert validate(few) == []
    assert sum(row["version"] == "99.1.0" for row in rows(few)) == 2


@pytest.mark.parametrize("date", ["soon", "2099-02-30", "20990101", "2099"])
def test_the_date_of_a_release_is_a_day(few, date):
    before = contents(few)
    with pytest.raises(InputError, match="is no date of a release"):
        release("99.1.0", date, "x", few)
    assert contents(few) == before


def test_the_frame_of_the_dataset_has_its_types(data):
    frame = data.forecasts
    assert list(frame.columns) == COLUMNS
    assert pd.api.types.is_datetime64_dtype(frame["made_on"].dtype)
    assert frame["estimate"].dtype == "float64"
    assert set(frame["method"].cat.categories) == {"naive", "drift", "ets", "local_linear_trend"}
