"""Averages over measures: which pairs enter, what is found when it is known, and the size at the data's lengths."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.scrutiny import common_years, dose_response, random_dates, random_dates_size
from analysis.scrutiny.averages import apart, registered_pairs
from analysis.scrutiny.common_years import _slope, _together
from analysis.scrutiny.record import record


def test_pairs_are_those_registered_each_once(data):
    pairs = registered_pairs(data, "campaign")
    assert not pairs.duplicated(["series_id", "at"]).any()
    kinds = data.measures.set_index("measure_id")["kind"]
    assert {kinds[name] for cell in pairs["measures"] for name in cell.split(";")} == {"campaign"}
    directions = data.hypotheses.set_index(["series_id", "measure_id"])["direction"]
    for row in pairs.to_dict("records"):
        said = directions.loc[(row["series_id"], row["measures"].split(";")[0])]
        expected = said if isinstance(said, str) else said.iloc[0]
        assert (row["sign"] > 0) == (expected == "increase")


def test_border_laws_are_laws_that_reach_borders(data):
    measures = data.measures.set_index("measure_id")
    for cell in registered_pairs(data, "border law")["measures"]:
        for name in cell.split(";"):
            assert measures.loc[name, "kind"] == "law"
            assert "border" in measures.loc[name, "reach"].split(";")


def test_the_answer_says_both_weightings_and_that_it_is_exploratory(data):
    found = random_dates(data, "campaign", draws=999)
    assert found.lower < found.estimate < found.upper
    assert found.unweighted.pairs == found.pairs <= len(found.table)
    assert "Exploratory" in found.sentence()
    assert len(repr(found).splitlines()) <= 24
    without = found.left_out.set_index("measure_id")
    entering = [cell.split(";") for cell in found.table["measures"]]
    assert (without["pairs"] < found.pairs).all()
    assert set(without.index) <= {name for names in entering for name in names}


def test_every_registered_pair_enters_or_lacks_something_that_is_told(data):
    """Three figures before the year and two from it on, counted in each series' own years."""
    for kind in ("campaign", "law", "border law", "platform rule"):
        found = random_dates(data, kind, draws=99)
        assert len(found.entering) == found.pairs
        for row in found.table.to_dict("records"):
            years = np.asarray(record(data)[row["series_id"]].time)
            before, after = (years < row["at"]).sum(), (years >= row["at"]).sum()
            wanting = row["at"] not in years or before < 3 or after < 2
            assert bool(row["why"]) == wanting, row
            if "before" in row["why"]:
                assert before < 3
    assert f"over {found.pairs} of {len(found.table)} registered pairs" in found.sentence()
    assert "compared with dates picked at random" in found.sentence()


def test_an_unknown_kind_is_refused(data):
    with pytest.raises(InputError, match="one of campaign"):
        random_dates(data, "decree")


@pytest.mark.slow
@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("shocks", ["walk", "half", "heavy"])
def test_the_size_at_the_lengths_of_the_data(data, shocks, weighted):
    trials = 200
    size = random_dates_size(data, "law", shocks=shocks, weighted=weighted, trials=trials)
    assert size <= 0.05 + 0.03 + 3 * np.sqrt(
        0.05 * 0.95 / trials
    )  # half of every shock in common: up to 3 points


def test_the_slope_is_least_squares_with_series_means():
    rng = np.random.default_rng(1)
    begun, weight = rng.poisson(1.0, (4, 9)).astype(float), rng.uniform(0.5, 2, (4, 9))
    growth = 0.3 * begun + rng.normal(0, 0.1, (4, 9))
    weight[0, :3] = 0
    growth[0, :3] = np.nan
    used = weight > 0
    dummies = np.kron(np.eye(4), np.ones((9, 1)))[used.ravel()]
    root = np.sqrt(weight[used])
    design = np.column_stack([begun[used], dummies]) * root[:, None]
    expected = np.linalg.lstsq(design, growth[used] * root, rcond=None)[0][0]
    assert _slope(begun, growth, weight) == pytest.approx(expected)


def test_dose_response_counts_what_touches_and_begins(data):
    found = dose_response(data, "law", draws=99)
    assert 0 < found.measures <= (data.measures["kind"] == "law").sum()
    assert found.lower < found.estimate < found.upper
    with pytest.raises(InputError, match="No measure of kind 'decree'"):
        dose_response(data, "decree", draws=99)


def test_common_years_count_a_family_once(data):
    found = common_years(data, draws=199)
    families = {one.family for one in record(data).values() if not one.control}
    assert set(found.families) <= families
    assert found.table["p"].between(1 / 200, 1).all()
    assert (found.table["families"] >= 3).all()


def test_families_that_move_together_stand_out():
    cells = np.array([[0.0, 1, 0, -1], [0, 1, 0, -1], [np.nan, 1, 0, 1]])
    assert _together(cells) == pytest.approx([0, np.sqrt(3), 0, 1 / np.sqrt(3)])


def test_dates_that_compare_the_same_figures_are_one_pair(data):
    table = pd.DataFrame({"series_id": list("aaaab"), "at": [2010, 2012, 2013, 2015, 2011]})
    assert apart(table) == [True, False, True, False, True]
    for kind in ("law", "campaign"):
        pairs = registered_pairs(data, kind)
        gaps = pairs.sort_values(["series_id", "at"]).groupby("series_id", observed=True)["at"].diff()
        assert not (gaps < 3).any()
