"""The study of samples and funnels: intervals cover as they say, estimates are not biased, and a rerun agrees."""

import pytest

from analysis.publish.studies import is_current, study
from studies import samples


@pytest.fixture(scope="module")
def table():
    return study(samples.NAME).table


def test_the_table_was_made_by_todays_code():
    assert is_current(samples.NAME)


def test_intervals_cover_as_often_as_they_say_but_for_chance(table):
    short = table["coverage"] + 3 * table["coverage_error"].clip(lower=1e-4) < table["level"]
    assert not short.any(), table[short].to_string()


def test_estimates_are_unbiased_but_for_chance_and_a_hundredth_of_the_interval(table):
    told = table.dropna(subset=["bias"])
    assert set(told["estimator"]) == {"corrected_prevalence", "conversion"}
    assert (told["bias"].abs() < 3 * told["bias_error"] + 0.01 * told["width"]).all()


def test_a_rerun_gives_the_stored_numbers(table):
    again = next(samples.rows(first_only=True))
    row = table[(table["estimator"] == again["estimator"]) & (table["scenario"] == again["scenario"])].iloc[0]
    assert again["coverage"] == pytest.approx(row["coverage"], abs=1e-3)
    assert again["width"] == pytest.approx(row["width"], rel=1e-3)
