"""The test that integrates the autocorrelation out: against integrals, against a known answer, and its size."""

import numpy as np
import pytest
from scipy import integrate, stats

from analysis.errors import InputError
from analysis.models import integrated_contrast
from analysis.models.bootstrap import ar1_draws
from analysis.models.integrated import integrated_fit, rho_grid, rho_prior
from analysis.models.mixtures import Mixture

N = 12
X = np.column_stack([np.ones(N), np.arange(N), np.arange(N) >= 6]).astype(float)
STEP = [0.0, 0.0, 1.0]


def series(count, rho, seed=0):
    return ar1_draws(rho, np.ones(N - 1), count, np.random.default_rng(seed))


def test_p_and_interval_are_integrals_over_beta_sigma_and_rho():
    y = series(1, 0.5)[0] + 0.8 * X[:, 2]
    found = integrated_contrast(y, X, STEP, lowest=0.0)
    rhos = rho_grid(0.0, np.ones(N - 1))
    lags = np.abs(np.subtract.outer(np.arange(N), np.arange(N)))

    def joint(sigma, rho):
        """The likelihood with beta integrated out under a flat prior, times 1 / sigma."""
        inverse = np.linalg.inv(rho**lags)
        normal = X.T @ inverse @ X
        left = y @ (inverse - inverse @ X @ np.linalg.inv(normal) @ X.T @ inverse) @ y
        log = -0.5 * np.linalg.slogdet(rho**lags)[1] - 0.5 * np.linalg.slogdet(normal)[1]
        return np.exp(log - left / (2 * sigma**2) - (N - 3) * np.log(sigma)) / sigma

    weights = np.array([integrate.quad(joint, 1e-3, 200, args=(r,), limit=400)[0] for r in rhos])
    weights *= rho_prior(rhos, 0.5)
    weights /= weights.sum()
    below, mean = 0.0, 0.0
    for weight, rho in zip(weights, rhos, strict=True):
        inverse = np.linalg.inv(rho**lags)
        cov = np.linalg.inv(X.T @ inverse @ X)
        beta = cov @ X.T @ inverse @ y
        s2 = (y - X @ beta) @ inverse @ (y - X @ beta) / (N - 3)
        below += weight * stats.t.cdf(-beta[2] / np.sqrt(s2 * cov[2, 2]), N - 3)
        mean += weight * beta[2]
    assert found.estimate == pytest.approx(mean, rel=1e-4)
    plain = integrated_fit(y[None], X, np.ones(N - 1), lowest=0.0).mixture(np.array([STEP]))
    assert plain.two_sided()[0, 0] == pytest.approx(2 * min(below, 1 - below), rel=1e-4)
    assert found.rho == pytest.approx(weights @ rhos, rel=1e-4)


def test_a_long_series_of_independent_errors_is_least_squares():
    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(1500), np.arange(1500) >= 700]).astype(float)
    y = rng.standard_normal(1500)
    found = integrated_contrast(y, x, [0, 1], level=0.9)
    beta = np.linalg.lstsq(x, y, rcond=None)[0]
    se = np.sqrt(np.sum((y - x @ beta) ** 2) / 1498 * np.linalg.inv(x.T @ x)[1, 1])
    assert found.estimate == pytest.approx(beta[1], abs=0.1 * se)
    assert found.upper - found.lower == pytest.approx(2 * 1.645 * se, rel=0.15)


def test_interval_and_p_say_the_same_and_units_do_not_matter():
    y = series(200, 0.6)
    found = integrated_contrast(y, X, STEP)
    outside = (found.lower > 0) | (found.upper < 0)
    assert (outside == (found.p < 0.05)).all()
    other = integrated_contrast(7 * y + 3 + X @ [1.0, 2.0, 0.0], X, STEP)
    np.testing.assert_allclose(other.p, found.p, rtol=1e-6)
    np.testing.assert_allclose(other.upper, 7 * found.upper, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("rho", [0.0, 0.5, 1.0])
def test_size(rho):
    y = np.cumsum(series(2500, 0.0), axis=1) if rho == 1 else series(2500, rho)
    found = integrated_contrast(y, X, STEP)
    low, high = stats.binom.ppf([0.001, 0.999], 2500, [0.04, 0.07])
    assert low <= np.sum(found.p < 0.05) <= high


def test_shapes():
    y = series(6, 0.3).reshape(2, 3, N)
    both = integrated_contrast(y, X, [STEP, [0, 1, 0]])
    assert both.p.shape == (2, 3, 2)
    assert both.rho.shape == (2, 3)
    one = integrated_contrast(y[1, 2], X, STEP)
    assert isinstance(one.p, float)
    assert one.p == pytest.approx(both.p[1, 2, 0])
    pooled = integrated_contrast(y, X, STEP, pool=True)
    assert pooled.p.shape == (3,)
    assert integrated_contrast(y[:, 0], X, STEP, pool=True).p == pytest.approx(pooled.p[0])


def test_pooling_is_rubins():
    draws = series(1, 0.3) + 0.3 * np.random.default_rng(1).standard_normal((40, N))
    each = integrated_contrast(draws, X, STEP)
    one = integrated_contrast(draws, X, STEP, pool=True)
    between = (1 + 1 / 40) * np.var(each.estimate, ddof=1)
    total = np.mean(each.se**2) + between
    assert one.estimate == pytest.approx(np.mean(each.estimate))
    assert one.se**2 == pytest.approx(total)
    assert one.missing == pytest.approx(between / total)
    same = integrated_contrast(np.repeat(draws[:1], 5, axis=0), X, STEP, pool=True)
    alone = integrated_contrast(draws[0], X, STEP)
    assert (same.p, same.lower, same.missing) == pytest.approx((alone.p, alone.lower, 0))


def test_gaps_lengthen_a_distance():
    y, kept = series(1, 0.6)[0], np.delete(np.arange(N), [2, 3])
    with_gap = integrated_contrast(y[kept], X[kept], STEP, kept)
    assert with_gap.p != integrated_contrast(y[kept], X[kept], STEP).p
    assert with_gap.p == pytest.approx(integrated_contrast(y[kept], X[kept], STEP, 5.0 * kept + 3).p)


def test_quantiles_of_a_mixture():
    centre, scale = np.array([[0.0, 5.0, 5.0], [1.0, 1.0, 1.0]]), np.array([[1.0, 0.1, 3.0], [2.0, 2.0, 2.0]])
    mixed = Mixture(centre, scale, np.array([0.5, 0.25, 0.25]), 3.0)
    for share in (0.001, 0.4, 0.975):
        np.testing.assert_allclose(mixed.below(mixed.quantile(share)), share, rtol=1e-8)
        assert mixed.quantile(share)[1] == pytest.approx(1 + 2 * stats.t.ppf(share, 3))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"contrast": [0, 0, 0]}, "not all zero"),
        ({"contrast": [1.0]}, "must be 3 numbers"),
        ({"y": np.full(N, np.nan)}, "missing or infinite"),
        ({"y": X[:, 2]}, "without any error"),
        ({"pool": True}, "at least 2 draws"),
        ({"lowest": -1}, "lowest must be above -1"),
        ({"unit_root": 1.0}, "unit_root must be above 0 and below 1"),
        ({"time": np.zeros(N)}, "each above the one before"),
    ],
)
def test_refusals(options, words):
    with pytest.raises(InputError, match=words):
        integrated_contrast(**({"y": series(1, 0.3)[0], "X": X, "contrast": STEP} | options))
