"""What happened to a series: known factors, growth and peaks, the drift of a random walk, and bad input."""

import numpy as np
import pytest
from scipy import stats

from analysis.errors import InputError
from analysis.models import before_and_after, change

YEARS = np.arange(2010, 2022)


def test_the_factor_is_of_means_of_three_years():
    found = change([1, 2, 3, 9, 9, 9, 9, 9, 9, 10, 20, 30], YEARS)
    assert found.factor == pytest.approx(20 / 2)
    assert (found.lower, found.upper) == (found.factor, found.factor)  # nothing is unknown
    assert (found.first, found.last, found.ends) == ((2010, 2012), (2019, 2021), 3)
    assert found.known


def test_five_years_have_no_year_at_both_ends():
    found = change([1, 3, 50, 8, 8], YEARS[:5])
    assert (found.ends, found.factor) == (2, pytest.approx(8 / 2))


def test_growth_a_year_since_named_years():
    found = change(100 * 1.07 ** np.arange(12), YEARS)
    growth = found.growth.set_index("since")
    assert growth["growth"].tolist() == pytest.approx([0.07] * 3)
    late = change(100 * 1.07 ** np.arange(5), YEARS[6:11]).growth.set_index("since")  # from 2016
    assert np.isnan(late.loc[2010, "growth"])
    assert (late.loc[2015, "first"], late.loc[2015, "growth"]) == (2016, pytest.approx(0.07))


def test_the_peak_and_how_sure_it_is():
    y = np.array([1.0, 2, 9, 8, 3, 2])
    draws = np.repeat(y[None], 10, axis=0)
    draws[:3, 3] = 10
    found = change(y, YEARS[:6], draws)
    assert (found.peak, found.peak_share) == (2012, pytest.approx(0.7))


def test_the_interval_is_that_of_the_draws():
    rng = np.random.default_rng(1)
    y = np.array([100.0, 100, 100, 150, 200, 200, 200])
    draws = y * np.exp(0.1 * rng.standard_normal((4000, 7)))
    found = change(y, YEARS[:7], draws)
    # each mean of three independent values of 10% has 10% / sqrt(3), their ratio sqrt(2) times that
    half = stats.norm.ppf(0.975) * 0.1 * np.sqrt(2 / 3)
    assert np.log([found.lower, found.upper]) == pytest.approx([np.log(2) - half, np.log(2) + half], abs=0.01)


def test_the_drift_is_the_t_test_of_the_steps():
    y = np.exp(np.cumsum(np.random.default_rng(2).normal(0.1, 0.2, 12)))
    found, steps = change(y, YEARS), np.diff(np.log(y))
    reference = stats.ttest_1samp(steps, 0)
    low, high = reference.confidence_interval()
    assert found.p == pytest.approx(reference.pvalue)
    assert np.log1p([found.drift_lower, found.drift_upper]) == pytest.approx([low, high])


def test_the_drift_covers_under_a_random_walk_with_gaps():
    rng, years = np.random.default_rng(3), np.array([2003, 2004, 2005, 2007, 2008, 2011, 2012, 2013, 2014])
    inside = 0
    for _ in range(800):
        walk = np.cumsum(rng.normal(0.05, 0.2, 12))[years - 2003]
        found = change(np.exp(walk), years)
        inside += found.drift_lower <= np.expm1(0.05) <= found.drift_upper
    assert 0.93 < inside / 800 < 0.97  # 95%, Monte Carlo error 0.8 points


def test_a_tripling_may_be_known_and_yet_no_more_than_noise():
    y = [100, 90, 110, 400, 150, 500, 200, 350]
    found = change(y, YEARS[:8])
    assert found.known
    assert not found.exceeds
    assert "no more than" in found.sentence()


def test_before_and_after_takes_three_years_on_each_side():
    y = [99, 1, 2, 3, 20, 30, 40, 99]
    assert before_and_after(y, range(2010, 2018), 2014)[0] == pytest.approx(15)
    assert before_and_after(y[1:5], [2011, 2012, 2013, 2014], 2014)[0] == pytest.approx(10)  # one year after


@pytest.mark.parametrize(
    ("y", "time", "draws", "sentence"),
    [
        ([1, 2, 3, 4], range(4), None, "at least 5"),
        ([1, 2, 0, 4, 5], range(5), None, "above 0"),
        ([1, 2, 3, 4, 5], [1, 2, 2, 3, 4], None, "increase"),
        ([1, 2, 3, 4, 5], range(5), [[1, 2, 3, 4, 5]], "at least 2 rows"),
        ([1, 2, 3, 4, 5], range(5), [[1, 2, 3, 4, 5], [1, 2, 3, 4, -5]], "above 0"),
    ],
)
def test_bad_input_is_named(y, time, draws, sentence):
    with pytest.raises(InputError, match=sentence):
        change(y, time, draws)


def test_no_year_beside_the_date():
    with pytest.raises(InputError, match="either side of 2030"):
        before_and_after([1, 2, 3], [2010, 2011, 2012], 2030)


def test_the_result_fits_a_screen():
    assert len(repr(change(YEARS, YEARS)).splitlines()) <= 24
