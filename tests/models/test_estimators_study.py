"""The study of estimators: intervals cover as they say, estimates are not biased, and a sample comes out again."""

import numpy as np
import pytest

from analysis import models
from analysis.publish.studies import is_current, study
from studies import estimators
from studies.known_truth.runs import Runs

# Series, measures and forecasts have studies of their own; gtric is arithmetic, and gtric_ranks has its interval.
ELSEWHERE = {
    "ar1_reml", "before_and_after", "change", "common_periods", "compared", "dates_at_random", "departures",
    "forecast", "gtric", "honest_bounds", "integrated_contrast", "interrupted", "placebo_dates", "pooled_record",
    "stacked", "trend",
}  # fmt: skip
INSIDE = {"mean_of_shares": "expected_penalty", "sample_size_for": "simple_random_half_width"}


@pytest.fixture(scope="module")
def table():
    return study(estimators.NAME).table


def test_the_table_was_made_by_todays_code():
    assert is_current(estimators.NAME)


def test_every_estimator_has_a_known_truth(table):
    public = {name for name in models.__all__ if name[0].islower()} - ELSEWHERE - set(INSIDE)
    assert public <= set(table["estimator"].str.split(",").str[0])
    assert set(INSIDE.values()) <= set(table["estimator"])


def test_intervals_cover_as_often_as_they_say_but_for_chance_and_a_hundredth(table):
    held = table[table["holds"]]
    short = held["coverage"] + 3 * held["coverage_error"] + 0.01 < held["level"]
    assert not short.any(), held[short].to_string()
    assert (held.loc[held["level"] == 1, "coverage"] == 1).all()


def test_what_is_said_to_fall_short_does(table):
    """A warning that has become untrue is to be taken back."""
    fell = table[~table["holds"]].groupby(["estimator", "scenario"])
    assert len(fell) >= 8
    assert all((rows["coverage"] < rows["level"]).any() for _, rows in fell)


def test_estimates_are_unbiased_but_for_chance_and_a_tenth_of_the_interval(table):
    told = table[table["holds"]].dropna(subset=["bias"])
    far = told["bias"].abs() > 3 * told["bias_error"] + 0.1 * told["width"]
    only = told.loc[far, "estimator"].unique().tolist()
    # The largest of noisy years lies too high, the shares of heavy tails too low; their intervals say so.
    assert only == ["concentration", "consistency"], told[far].to_string()


def test_steadied_rates_and_corrected_shares_are_nearer_the_truth(table):
    gains = table.dropna(subset=["rms"])
    assert set(gains["estimator"]) == {"empirical_bayes_rates", "top_share"}
    assert (gains["rms"] < 0.85).all()


def test_measures_are_arithmetic():
    truth = np.array([1.0, 2.0])
    found = Runs(
        np.array([[1.0, 3.0], [2.0, 2.0]]), np.array([[0.0, 2.5], [1.5, 1.0]]), np.full((2, 2), 4.0), truth
    )
    got = estimators.measured(found)
    assert (got["bias"], got["bias_error"]) == (0.5, 0.0)
    assert got["coverage"] == 0.5
    assert got["width"] == pytest.approx((4 + 1.5 + 2.5 + 3) / 4)
    together = Runs(found.estimate, found.lower, found.upper, truth, together=True, raw=np.zeros((2, 2)))
    assert estimators.measured(together)["coverage"] == 0
    assert estimators.measured(together)["rms"] == pytest.approx(np.sqrt((2 / 4) / (10 / 4)))


def test_a_sample_comes_out_the_same_again():
    assert estimators.compare(estimators.SAMPLE) == []
