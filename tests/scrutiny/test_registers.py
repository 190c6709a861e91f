"""Simulated registers hold the truth asked for, and go through the ledger's own rules."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.scrutiny.primary import primary
from analysis.scrutiny.registers import ask_simulated, departure_of, simulated
from analysis.series.simulate import FIRST_YEAR


def draw(seed=0, years=12, **how):
    return simulated(np.random.default_rng(seed), years, **how)


def totals(one):
    return one.truth.periods("Y").to_numpy(dtype=float)


@pytest.fixture(scope="module")
def checked():
    return ask_simulated(draw(1, 20, effect=1.0, sd=0.1), "x")


@pytest.mark.parametrize("effect", [-0.5, 0.0, 0.25, 1.0])
def test_the_effect_is_the_one_asked_for(effect):
    for seed in range(5):
        one = draw(seed, 24, effect=effect, sd=0.0)
        k = np.arange(24)
        step = (k >= one.at - FIRST_YEAR).astype(float)
        design = np.column_stack([np.ones(24), k, step])
        # Without yearly errors what is left is the days' noise, about 4% of a year's count.
        found = np.linalg.lstsq(design, np.log(totals(one)), rcond=None)[0]
        assert found[2] == pytest.approx(np.log1p(effect), abs=0.15)
        assert found[1] == pytest.approx(one.slope, abs=0.02)


def test_the_effect_is_exact_in_the_intensity():
    with_, without = draw(3, 15, effect=0.5), draw(3, 15)
    ratio = with_.truth.intensity / without.truth.intensity
    year = with_.truth.first_year + np.arange(15).repeat(
        [366 if pd.Timestamp(f"{y}-01-01").is_leap_year else 365 for y in range(FIRST_YEAR, FIRST_YEAR + 15)]
    )
    np.testing.assert_allclose(ratio, np.where(year >= with_.at, 1.5, 1.0), rtol=1e-12)


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
def test_errors_have_the_autocorrelation_and_the_spread_asked_for(rho):
    errors = draw(0, 400, rho=rho, sd=0.2).errors  # the levels of so long a series do not matter here
    found = np.corrcoef(errors[:-1], errors[1:])[0, 1]
    assert found == pytest.approx(rho, abs=0.12)
    assert errors.std() == pytest.approx(0.2, rel=0.15)


def test_days_are_overdispersed():
    weeks = draw(2, 10, sd=0.0).truth
    counts = weeks.counts[: len(weeks.counts) // 7 * 7].reshape(-1, 7).sum(axis=1)
    expected = weeks.intensity[: len(counts) * 7].reshape(-1, 7).sum(axis=1)
    assert (((counts - expected) ** 2) / expected).mean() > 1.5


@pytest.mark.parametrize("years", [7, 8, 9, 12, 16, 20, 25])
def test_the_measure_lies_in_the_middle_third_with_enough_on_both_sides(years):
    rng = np.random.default_rng(0)
    for _ in range(30):
        one = simulated(rng, years)
        before = one.at - FIRST_YEAR
        assert before >= max(4, years / 3)
        assert years - before >= 3
        assert before <= max(4, 2 * years / 3)


def test_every_year_is_printed_honestly():
    one = draw(5, 16)
    assert one.printed.time.tolist() == list(range(FIRST_YEAR, FIRST_YEAR + 16))
    true = totals(one)
    assert np.abs(np.log(one.printed.y / true)).max() < 0.11  # two digits, rounded
    assert set(one.readings["hedge"]) > {"exact"}
    assert one.readings["reading_id"].is_unique
    assert len(one.readings) == 18


def test_the_same_seed_gives_the_same_series():
    first, again, other = draw(4, effect=0.25, rho=0.4), draw(4, effect=0.25, rho=0.4), draw(5, effect=0.25)
    pd.testing.assert_frame_equal(first.readings, again.readings)
    assert first.at == again.at
    assert not np.array_equal(first.printed.y, other.printed.y)
    a, b = ask_simulated(first, "a"), ask_simulated(again, "a")
    np.testing.assert_array_equal(a.main.y, b.main.y)
    np.testing.assert_array_equal(a.draws, b.draws)


def test_a_question_holds_what_the_checks_ask_for(checked):
    assert checked.draws.shape == (40, len(checked.main.time))
    assert checked.enough
    assert checked.variants == {}


def test_the_test_of_a_register_is_that_of_a_hypothesis(checked):
    """A departure over three years is the primary row of an interrupted series with a step."""
    estimate, lower, upper, p, missing = departure_of(checked)
    own = primary(checked)
    assert np.exp([estimate, lower, upper]) == pytest.approx([own.estimate, own.lower, own.upper], rel=1e-6)
    assert (p, missing) == pytest.approx((own.p, own.missing), rel=1e-6)


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"years": 6}, "6 years cannot hold 4 before a measure and 3 from it on; ask for at least 7."),
        ({"effect": -1.0}, "An effect of -1.0 leaves nothing to count"),
        ({"effect": float("nan")}, "An effect of nan leaves nothing to count"),
        ({"rho": 1.0}, "rho must be from 0 to below 1, not 1.0."),
        ({"rho": -0.1}, "rho must be from 0 to below 1, not -0.1."),
        ({"sd": -1.0}, "A standard deviation must be 0 or more, not -1.0."),
    ],
)
def test_what_makes_no_series_is_refused(how, sentence):
    with pytest.raises(InputError, match=sentence):
        draw(**how)
