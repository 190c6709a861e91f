"""Comparisons with other origins or modes: the gaps that are drawn are those that the designs test."""

import numpy as np
import pytest

from analysis import InputError
from analysis.scrutiny.comparisons import (
    BY_STATE,
    QUESTIONS,
    answer,
    as_extreme,
    bounds,
    members,
    provinces,
    question,
)
from analysis.series import panel


def test_every_unit_of_a_comparison_stands_against_all_others(data):
    one = answer(data, "phase-one")
    wide = one.frame.pivot(index="unit", columns="period", values="y")
    assert "HK" not in wide.index
    assert list(wide.columns) == [2019, 2020, 2021, 2022, 2023]
    others = np.log(wide.drop(index="TR")).mean()
    gap = np.log(wide.loc["TR"]) - others
    np.testing.assert_allclose(one.gaps.loc["TR"], gap - gap[[2019, 2020]].mean())


@pytest.mark.parametrize("name", [one.name for one in QUESTIONS])
def test_the_drawn_gap_is_the_one_that_the_design_tests(data, name):
    one = answer(data, name)
    found = one.found["did"]
    treated = one.question.treated
    path = found.path.set_index("period")["gap"]
    later = [year for year in one.gaps if year >= one.question.at]
    np.testing.assert_allclose(one.gaps.loc[treated, later], path[later], atol=1e-9)
    after = [year for year in one.gaps if year >= one.question.at][:3]
    placebos = found.placebos.set_index("units")["estimate"]
    np.testing.assert_allclose(one.gaps[after].mean(axis=1)[placebos.index], placebos, atol=1e-9)
    assert found.floor == pytest.approx(1 / len(one.gaps))
    worse, placebos_all = as_extreme(found)
    assert found.p == pytest.approx((worse + 1) / (placebos_all + 1))


def test_the_sentences_on_the_comparisons_hold(data):
    """China's lines did not fall, Japan's five origins stand at the floor, and no bound excludes no effect."""
    lines = answer(data, "phase-one").frame
    china = lines[lines["unit"] == "CN"].set_index("period")["y"]
    assert china[[2021, 2022, 2023]].mean() > china[[2019, 2020]].mean()
    japan = answer(data, "longteng")
    assert japan.found["cits"].p < 0.05
    assert japan.found["cits"].permutation.p == pytest.approx(0.2)
    assert japan.gaps.iloc[:, -1].idxmax() == "VN"
    for one in QUESTIONS:
        for found in answer(data, one.name).found.values():
            ends = bounds(found, 1.0)
            assert ends is None or ends[0] < 1 < ends[1]
    assert bounds(answer(data, "de-minimis").found["event"], 1.0) is None


def test_a_comparison_asks_of_registered_hypotheses(data):
    assert {one.hypothesis for one in QUESTIONS} <= set(data.hypotheses["hypothesis_id"])


def test_provinces_are_refused_with_the_reason(data):
    assert "Provinces cannot be compared" in provinces(data)


def test_member_states_are_refused_with_their_years_counted(data):
    said = members(data)
    for family in BY_STATE:
        table = panel(data, family)
        known = table[table["coverage"].isin(("printed", "estimated"))]
        most, every = known["unit"].value_counts().max(), len(known)
        assert f"for {known['unit'].nunique()} states, {most} years of one at most, {every} in all" in said
    assert said.endswith("are known of AT.")


def test_member_states_with_enough_years_are_no_longer_refused(data, monkeypatch):
    monkeypatch.setattr("analysis.scrutiny.comparisons.LEAST_YEARS", 2)
    with pytest.raises(
        InputError, match="Member states can be compared now; name family 'eu-cases-by-state'"
    ):
        members(data)


def test_an_unknown_comparison_is_named():
    with pytest.raises(InputError, match="no comparison 'france'; there are longteng"):
        question("france")
