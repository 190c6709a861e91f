"""Sensitivity: what a single choice moves, at fixed hyperparameters, and what it leaves unknown."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.publish.studies import is_current, study
from analysis.series import material, reconstructed, single_series
from analysis.series.mixture import Point
from analysis.series.sensitivity import COLUMNS, VARIANTS, choices, largest_moves, sensitivity, sensitivity_of
from studies.sensitivity import compare

SERIES = "mps-value"
FIVE_YEARS = "police-0029"  # alone speaks of 2018 and 2019
RIVALS = ("adm-0246", "police-0170")  # 40.6 and 172.9 billion yuan for 2013


@pytest.fixture(scope="module")
def frame(data):
    return sensitivity_of(data, SERIES)


@pytest.fixture(scope="module")
def without(frame):
    """Estimates by reading left out and year."""
    rows = frame[frame["variant"] == "left_out"]
    return rows.set_index(["left_out", "period"])["estimate"]


def test_every_reading_is_left_out_once_in_every_year(data, frame):
    series = reconstructed(data, SERIES)
    years = series.yearly.dropna(subset=["estimate"])["period"].tolist()
    left_out = frame[frame["variant"] == "left_out"]
    assert list(frame.columns) == COLUMNS
    assert set(left_out["left_out"]) == set(series.observations.names)
    assert left_out.groupby("left_out")["period"].agg(list).map(lambda found: found == years).all()
    assert set(frame["variant"]) == set(VARIANTS)


def test_the_only_reading_of_a_year_takes_the_year_with_it(without):
    assert np.isnan(without[FIVE_YEARS, "2018"])
    assert np.isnan(without[FIVE_YEARS, "2019"])
    assert np.isfinite(without[FIVE_YEARS, "2017"])


def test_a_doubt_goes_with_the_reading_that_raised_it(without):
    # Without the smaller figure of 2013 what supports the larger is believed; without the larger, 62.27 billion to
    # 15 May and "173 billion" stay beside the smaller.
    assert without[RIVALS[0], "2013"] == pytest.approx(172.9e9, rel=0.02)
    assert 62.27e9 < without[RIVALS[1], "2013"] < 173e9


def test_base_and_estimate_are_of_the_same_smoothness(data, frame):
    """A refit with all readings at the best point gives the base; its move is one."""
    series = reconstructed(data, SERIES)
    best = series.points[0]
    alone = replace(series, points=[Point(best.smooth, 1.0, best.z)]).yearly.set_index("period")["estimate"]
    base = frame.drop_duplicates("period").set_index("period")["base"].astype(float)
    assert np.allclose(alone[base.index], base, rtol=1e-6)
    assert np.allclose(frame["move"].astype(float), frame["estimate"] / frame["base"], equal_nan=True)


def test_a_series_of_lower_bounds_has_no_open_ended_variant(data):
    """Figures that all say "more than" leave no level once their upper end is open."""
    for series_id in single_series(data):
        readings = material(data, series_id)
        if (readings["hedge"] == "more_than").all() and len(readings) > 1:
            break
    else:
        pytest.skip("no series of such figures alone")
    found = sensitivity_of(data, series_id)
    assert "tight" in set(found["variant"])
    assert "open_ended" not in set(found["variant"])


def test_largest_moves_are_the_largest(frame):
    found = largest_moves(choices(frame))
    assert found["variant"].is_unique
    sizes = np.abs(np.log(found["move"].astype(float)))
    assert (sizes.diff().dropna() <= 0).all()
    row = found[found["variant"] == "left_out"].iloc[0]
    rows = frame[(frame["variant"] == "left_out") & frame["move"].notna()]
    assert abs(np.log(row["move"])) == np.abs(np.log(rows["move"].astype(float))).max()
    assert row["outside"] == (not row["lower"] <= row["estimate"] <= row["upper"])


def test_fiscal_series_have_fiscal_years_and_shares_stay_percent(data):
    fiscal = sensitivity_of(data, "us-seizures-health-safety-security")
    assert fiscal["period"].str.startswith("FY").all()
    share = sensitivity_of(data, "eu-border-share-items-hk")
    assert share["estimate"].astype(float).dropna().between(0, 100).all()


def test_results_are_kept_and_come_back_the_same(data):
    first = sensitivity(data, [SERIES], progress=False)
    pd.testing.assert_frame_equal(first, sensitivity(data, [SERIES], progress=False))


def test_an_unknown_series_is_told(data):
    with pytest.raises(InputError, match="no series 'mps-valve'"):
        sensitivity(data, ["mps-valve"], progress=False)


def test_choices_hold_the_extremes_of_their_years(frame):
    found = choices(frame).set_index(["variant", "left_out"])
    for choice, rows in frame.groupby(["variant", "left_out"]):
        moves = rows["move"].astype(float)
        one = found.loc[choice]
        assert one["gone"] == moves.isna().any()
        if moves.notna().any():
            assert one["size"] == (moves - 1).abs().max()
            assert abs(np.log(one["move"])) == np.abs(np.log(moves)).max()
    assert len(found) == len(frame.drop_duplicates(["variant", "left_out"]))


def test_the_stored_table_is_of_this_code_and_holds_every_variant():
    assert is_current("sensitivity"), (
        "the code changed since the study ran: run `python -m studies.sensitivity`"
    )
    assert set(study("sensitivity").table["variant"].dropna()) == set(VARIANTS)


@pytest.mark.slow
def test_a_sample_of_the_stored_table_comes_out_the_same_again(data):
    assert compare(data, 3) == []
