"""The minimum detectable effect, against textbook values, the exact law and a simulation."""

import math

import numpy as np
import pytest
from scipy import stats

from analysis.errors import InputError
from analysis.scrutiny.power import detectable, minimum_detectable


def segmented(n, at):
    time = np.arange(n, dtype=float)
    return np.column_stack([np.ones(n), time, time >= at])


def reached(df, power, level=0.05):
    """Return the exact power of the t test at the effect that `detectable` names."""
    shift = math.log(detectable(1.0, df, power, level))
    cut = stats.t.ppf(1 - level / 2, df)
    return stats.nct.sf(cut, df, shift) + stats.nct.cdf(-cut, df, shift)


def test_with_normal_inference_it_is_blooms_two_point_eight():
    assert math.log(detectable(1, math.inf)) == pytest.approx(2.80, abs=0.005)
    assert math.log(detectable(0.1, 20)) == pytest.approx(0.1 * (2.086 + 0.860), abs=1e-4)


@pytest.mark.parametrize("df", [4, 6, 10, 25, 1000])
def test_the_sum_of_two_t_reaches_the_power_it_names(df):
    assert reached(df, 0.8) == pytest.approx(0.8, abs=0.01)
    assert reached(df, 0.9) == pytest.approx(0.9, abs=0.015)
    assert 0.5 <= reached(df, 0.5) < 0.56  # far from the usual powers it errs, towards a larger effect


def test_two_means_by_hand():
    """Five periods against five, no trend: the variance of the difference is 2 sigma^2 / 5."""
    x = np.column_stack([np.ones(10), np.arange(10) >= 5])
    found = minimum_detectable(x, [0, 1], rho=0, sigma=0.2)
    assert found == pytest.approx(detectable(0.2 * math.sqrt(2 / 5), 8))


def test_correlated_errors_are_those_of_generalised_least_squares():
    x, rho, c = segmented(14, 8), 0.5, np.array([0.0, 0.0, 1.0])
    # By the innovations: the first row scaled, the others differenced, and least squares on that.
    whitened = np.vstack([math.sqrt(1 - rho**2) * x[:1], x[1:] - rho * x[:-1]])
    cov = np.linalg.inv(whitened.T @ whitened) * (1 - rho**2) * 0.15**2
    assert minimum_detectable(x, c, rho, 0.15) == pytest.approx(detectable(math.sqrt(c @ cov @ c), 11))


def test_missing_periods_are_further_apart():
    time = np.array([0, 1, 2, 3, 6, 7, 8, 9, 12], dtype=float)
    x = np.column_stack([np.ones(9), time, time >= 6])
    gaps = minimum_detectable(x, [0, 0, 1], 0.6, 0.1, time=time)
    full = segmented(13, 6)
    keep = time.astype(int)
    r = 0.6 ** np.abs(np.subtract.outer(np.arange(13), np.arange(13)))[np.ix_(keep, keep)]
    x_full = full[keep]
    var = np.linalg.inv(x_full.T @ np.linalg.inv(r) @ x_full)[2, 2]
    assert gaps == pytest.approx(detectable(0.1 * math.sqrt(var), 6))


def test_units_of_time_and_terms_of_no_interest_change_nothing():
    x = segmented(12, 7)
    base = minimum_detectable(x, [0, 0, 1], 0.3, 0.2)
    assert minimum_detectable(x * [1, 100, 1], [0, 0, 1], 0.3, 0.2) == pytest.approx(base)
    moved = x + np.array([0, 2015, 0])
    assert minimum_detectable(moved, [0, 0, 1], 0.3, 0.2) == pytest.approx(base, rel=1e-6)


def test_more_periods_and_less_noise_see_smaller_effects():
    sizes = [minimum_detectable(segmented(n, n // 2), [0, 0, 1], 0.2, 0.2) for n in (8, 12, 20, 40)]
    assert sizes == sorted(sizes, reverse=True)
    assert minimum_detectable(segmented(10, 5), [0, 0, 1], 0, 0.1) < sizes[0]
    assert minimum_detectable(segmented(10, 5), [0, 0, 1], -0.3, 0.1) > 1
    assert detectable(0, 5) == 1
    assert detectable(1000, 5) == math.inf


@pytest.mark.parametrize("rho", [0.0, 0.4])
def test_a_simulated_effect_of_that_size_is_found_four_times_in_five(rho):
    """20,000 series of 12 years, rho known: the Monte Carlo error is 0.3 points."""
    n, sigma = 12, 0.25
    x, c = segmented(n, 7), np.array([0.0, 0.0, 1.0])
    size = math.log(minimum_detectable(x, c, rho, sigma))
    r = rho ** np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    root = np.linalg.cholesky(r)
    noise = sigma * np.random.default_rng(11).standard_normal((20_000, n)) @ root.T
    white = np.linalg.inv(root)
    wx, wy = white @ x, (size * x[:, 2] + noise) @ white.T
    beta = wy @ np.linalg.pinv(wx).T
    spread = ((wy - beta @ wx.T) ** 2).sum(axis=1) / (n - 3)
    se = np.sqrt(spread * (c @ np.linalg.inv(wx.T @ wx) @ c))
    found = np.abs(beta @ c / se) > stats.t.ppf(0.975, n - 3)
    assert found.mean() == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: detectable(math.nan, 5), "standard error must be finite"),
        (lambda: detectable(0.1, 0), "too short"),
        (lambda: detectable(0.1, 5, power=0.02), "above half the level"),
        (lambda: detectable(0.1, 5, level=5), "level must be above 0 and below 1"),
        (lambda: minimum_detectable(segmented(3, 2), [0, 0, 1], 0, 1), "at least 4 are needed"),
        (lambda: minimum_detectable(segmented(8, 4), [0, 1], 0, 1), "one contrast weight a term"),
        (lambda: minimum_detectable(np.ones((8, 2)), [0, 1], 0, 1), "collinear"),
        (lambda: minimum_detectable(segmented(8, 4) * np.nan, [0, 0, 1], 0, 1), "finite numbers"),
        (lambda: minimum_detectable(segmented(8, 4), [0, 0, 1], 1, 1), "between -1 and 1"),
        (lambda: minimum_detectable(segmented(8, 4), [0, 0, 1], 0, 0), "above 0"),
        (lambda: minimum_detectable(segmented(4, 2), [0, 0, 1], 0, 1, time=[1, 2, 2, 3]), "increasing"),
        (
            lambda: minimum_detectable(segmented(4, 2), [0, 0, 1], -0.2, 1, time=[1, 2, 2.5, 3]),
            "whole periods",
        ),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()
