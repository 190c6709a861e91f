"""Effects with new rows and without: known series in, known departures out; what is said of them."""

import numpy as np
import pandas as pd
import pytest

from analysis.intake import effects as room
from analysis.intake.effects import EFFECTS, MOST, effect_words, effects
from analysis.intake.moves import Moves
from analysis.intake.session import told
from analysis.scrutiny.bundles import bundles
from analysis.series import definition
from analysis.series.drawn import Years

EMPTY = pd.DataFrame(columns=["series_id", "period", "before", "lower", "upper", "after", "ratio"])
LINKS = pd.DataFrame([("s", "add-0001", "main", "fits")], columns=["series_id", "reading_id", "role", "why"])


@pytest.fixture
def doubled(monkeypatch):
    """Series that grow by 2% a year; with the new rows they double at the measure, or are gone."""

    def made(gone=False):
        calls = []

        def years(dataset, series_id, *, draws, released):
            calls.append(series_id)
            time = np.arange(released - 9, released + 4)
            wiggle = 1 + 0.01 * np.cos(2.0 * np.arange(len(time)))
            step = np.where((time >= released) & (len(calls) % 2 == 0), 2.0, 1.0)
            if gone and len(calls) % 2:
                raise room.InputError("none")
            y = 1000 * 1.02 ** np.arange(len(time)) * wiggle * step
            return Years(time, y, np.tile(y, (draws, 1)))

        monkeypatch.setattr(room, "drawn_years", years)
        return calls

    return made


@pytest.fixture(scope="module")
def bundle(data):
    found = (one for one in bundles(data).values() if definition(data, one.series_id).unit != "percent")
    return next(one for one in found if not one.breaks and one.start <= one.at - 9)


def test_the_departure_is_assessed_without_the_rows_and_with_them(data, bundle, doubled):
    doubled()
    table = effects(data, data, {bundle.series_id})
    row = table[table["bundle_id"] == bundle.bundle_id].iloc[0]
    assert list(table.columns) == EFFECTS
    assert row["hypotheses"] == " ".join(bundle.hypotheses)
    assert row["before"] == pytest.approx(1, rel=0.05)
    assert row["after"] == pytest.approx(2, rel=0.05)
    assert row["lower_after"] <= row["after"] <= row["upper_after"]


def test_what_could_not_be_told_before_is_said_so(data, bundle, doubled):
    doubled(gone=True)
    table = effects(data, data, {bundle.series_id})
    moved = Moves(LINKS, EMPTY, 0, bundle.hypotheses, table)
    assert table["before"].isna().all()
    assert len(moved.moved_effects) == len(table)
    assert f"{bundle.hypotheses[0]}" in told(moved)
    assert "not to be told before" in told(moved)


def test_no_more_than_a_few_are_assessed_and_the_others_are_named(data, doubled):
    calls = doubled()
    listed = bundles(data).values()
    table = effects(data, data, {one.series_id for one in listed})
    assert len(table) == MOST < len(listed)
    assert len(calls) == 2 * MOST
    names = tuple(name for one in listed for name in one.hypotheses)
    said = told(Moves(LINKS, EMPTY, 0, names, table))
    assert f"Left to the next build: {names[-1]}" in said or f", {names[-1]}" in said


def test_untouched_series_have_no_effects(data, doubled):
    calls = doubled()
    assert effects(data, data, {"none"}).empty
    assert calls == []


def test_an_effect_in_words():
    row = {"before": 1.234, "lower": 0.98, "upper": 1.541, "after": float("nan")}
    assert effect_words(row, "") == "1.23 (0.98 to 1.54)"
    assert effect_words(row, "_after") == "not to be told"
