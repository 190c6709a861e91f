"""Exact AR(1) regression against the likelihood written out, and the size of its t."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import t as student

from analysis.errors import InputError
from analysis.models.autoregression import ar1_reml, ar1_reml_batch, small_sample, whiten
from analysis.models.bootstrap import ar1_draws


def segmented(n, at):
    t = np.arange(n)
    step = (t >= at).astype(float)
    return np.column_stack([np.ones(n), t, step, step * (t - at)])


def brute(y, x, places):
    """REML with V written out and inverted: rho, beta, covariance, restricted log likelihood."""
    n, p = x.shape
    lags = np.abs(np.subtract.outer(places, places))

    def parts(rho):
        inverse = np.linalg.inv(rho**lags)
        cov = np.linalg.inv(x.T @ inverse @ x)
        beta = cov @ x.T @ inverse @ y
        rest = y - x @ beta
        s2 = rest @ inverse @ rest / (n - p)
        value = -0.5 * (
            (n - p) * (np.log(2 * np.pi * s2) + 1)
            + np.linalg.slogdet(rho**lags)[1]
            + np.linalg.slogdet(x.T @ inverse @ x)[1]
        )
        return value, beta, cov * s2

    grid = np.linspace(0.011, 0.97, 300)
    best = max(grid, key=lambda rho: parts(rho)[0])
    found = minimize_scalar(lambda r: -parts(r)[0], bounds=(best - 0.005, best + 0.005), method="bounded")
    return found.x, *parts(found.x)[1:], parts(found.x)[0]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("gaps", [False, True])
def test_equals_the_likelihood_written_out(seed, gaps):
    rng = np.random.default_rng(seed)
    x = segmented(40, 18)
    y = x @ [5, 0.1, -1, 0.2] + ar1_draws(0.6, np.ones(39), 1, rng)[0]
    places = np.arange(40.0)
    if gaps:
        kept = np.delete(np.arange(40), [3, 4, 11, 30])
        x, y, places = x[kept], y[kept], places[kept]
    rho, beta, cov, loglik = brute(y, x, places)
    fit = ar1_reml(y, x, places)
    assert fit.rho == pytest.approx(rho, abs=1e-5)
    np.testing.assert_allclose(fit.beta, beta, rtol=1e-5)
    np.testing.assert_allclose(fit.small_sample.plain[0], cov, rtol=1e-3)
    assert fit.loglik == pytest.approx(loglik, abs=1e-8)
    # the adjusted covariance is never the narrower one, and never more than twice the plain one
    plain = fit.small_sample.plain[0]
    assert np.linalg.eigvalsh(fit.cov - plain).min() > -1e-10
    assert np.linalg.eigvalsh(2 * plain - fit.cov).min() > -1e-10


def test_whitening_turns_the_correlation_into_the_identity():
    places = np.array([0.0, 1, 2, 5, 6, 9])
    lags = np.abs(np.subtract.outer(places, places))
    for rho in (-0.5, 0.0, 0.7):
        root = whiten(np.eye(6), rho, np.diff(places))
        np.testing.assert_allclose(root @ rho**lags @ root.T, np.eye(6), atol=1e-12)


def test_the_batch_is_the_single_fit():
    x = segmented(25, 13)
    series = ar1_draws(0.4, np.ones(24), 40, np.random.default_rng(1))
    batch = ar1_reml_batch(series, x)
    small = small_sample(x, batch)
    for row, y in enumerate(series):
        fit = ar1_reml(y, x)
        assert batch.rho[row] == pytest.approx(fit.rho, abs=0.02)
        np.testing.assert_allclose(small.cov[row], fit.cov, rtol=0.1, atol=0.02 * np.abs(fit.cov).max())


def test_scale_and_place_of_y_and_x_change_nothing():
    x = segmented(20, 9)
    y = ar1_draws(0.5, np.ones(19), 1, np.random.default_rng(3))[0]
    moved = x.copy()
    moved[:, 1] += 2005
    first, second = ar1_reml(y, x), ar1_reml(100 * y + x @ [1, 2, 3, 4], moved)
    assert second.rho == pytest.approx(first.rho, abs=1e-5)
    np.testing.assert_allclose(second.beta[2:], 100 * first.beta[2:] + [3, 4], rtol=1e-4)
    np.testing.assert_allclose(second.df[1:], first.df[1:], rtol=1e-3)


def test_true_rho_is_recovered_from_long_series():
    x = segmented(400, 200)
    for rho in (-0.4, 0.0, 0.6):
        series = ar1_draws(rho, np.ones(399), 20, np.random.default_rng(2))
        assert ar1_reml_batch(series, x).rho.mean() == pytest.approx(rho, abs=0.04)


def test_size_of_the_small_sample_t_and_of_the_naive_one():
    x, contrast = segmented(15, 8), np.array([[0.0, 0, 1, 1]])
    series = ar1_draws(0.4, np.ones(14), 1500, np.random.default_rng(8))
    batch = ar1_reml_batch(series, x)
    small = small_sample(x, batch)
    estimate = (batch.beta @ contrast.T)[:, 0]

    def rejected(cov, df):
        se = np.sqrt(((contrast @ cov) * contrast).sum(-1))[:, 0]
        return np.mean(np.abs(estimate) / se > student.ppf(0.975, df))

    assert rejected(small.cov, small.degrees(contrast)[:, 0]) < 0.065
    assert rejected(small.plain, 11.0) > 0.09


@pytest.mark.parametrize(
    ("y", "x", "places", "words"),
    [
        ([1, 2, np.nan, 4, 5, 6], np.ones((6, 1)), None, "missing or infinite"),
        ([1, 2, 4, 3], np.ones((5, 1)), None, "one row for each"),
        ([1, 2, 4], segmented(3, 1)[:, :2], None, "too few for 2 coefficients; give at least 4"),
        ([1, 2, 4, 3, 5, 4], np.ones((6, 2)), None, "depend on each other"),
        ([1, 2, 4, 3, 5, 4], np.ones((6, 1)), [1, 2, 3, 3, 4, 5], "each above the one before"),
        ([2, 2, 2, 2, 2, 2], np.ones((6, 1)), None, "without any error"),
    ],
)
def test_bad_input(y, x, places, words):
    with pytest.raises(InputError, match=words):
        ar1_reml(y, x, places)


def test_uneven_distances_take_no_negative_rho():
    places = np.array([0.0, 1, 2.5, 4, 5, 6.7, 8, 9, 10.2, 11])
    y = np.array([1.0, -1, 1, -1, 1, -1, 1, -1, 1, -1])
    assert ar1_reml(y, np.ones((10, 1)), places).rho == pytest.approx(0.01, abs=1e-3)
