"""The minimum detectable effect, against textbook values, the exact law and a simulation."""

import math

import numpy as np
import pytest
from scipy import stats

from analysis.errors import InputError
from analysis.scrutiny.power import detectable


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


def test_less_noise_sees_smaller_effects():
    assert detectable(0.1, 9) < detectable(0.2, 9) < detectable(0.2, 3)
    assert detectable(0, 5) == 1
    assert detectable(1000, 5) == math.inf


@pytest.mark.parametrize("rho", [0.0, 0.4])
def test_a_simulated_effect_of_that_size_is_found_four_times_in_five(rho):
    """20,000 series of 12 years, rho known: the Monte Carlo error is 0.3 points."""
    n, sigma = 12, 0.25
    x, c = segmented(n, 7), np.array([0.0, 0.0, 1.0])
    r = rho ** np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    true = sigma * math.sqrt(c @ np.linalg.inv(x.T @ np.linalg.inv(r) @ x) @ c)
    size = math.log(detectable(true, n - 3))
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
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()
