"""Mixtures drawn out so that tests keep their size: sizes by simulation, by hand, and what p and interval share."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.models import integrated_contrast
from analysis.models.autoregression import whiten
from analysis.models.bootstrap import ar1_draws
from analysis.models.calibration import canonical, null_series, stretch_of
from analysis.models.integrated import integrated_fit
from analysis.models.mixtures import Mixture

BOTH = [0.0, 0.0, 1.0, 1.0]  # of step and ramp: the mean over three points


def ramp(n, start):
    time = np.arange(n, dtype=float)
    step = (time >= start).astype(float)
    return np.column_stack([np.ones(n), time, step, step * (time - start)])


def walks_or_ar1(n, rho, count):
    errors = ar1_draws(0.0 if rho == 1 else rho, np.ones(n - 1), count, np.random.default_rng(4))
    return errors.cumsum(1) if rho == 1 else errors


@pytest.mark.parametrize("rho", [0.0, 0.9, 1.0])
@pytest.mark.parametrize(("n", "start", "lowest"), [(8, 4, -0.3), (11, 8, -0.3), (14, 7, 0.0)])
def test_a_true_null_of_step_and_ramp_is_rejected_in_4_to_7_percent(n, start, lowest, rho):
    y = walks_or_ar1(n, rho, 4000)
    fit = integrated_fit(y, ramp(n, start), np.ones(n - 1), lowest=lowest)
    rejected = (fit.tested(np.array([BOTH])).two_sided() < 0.05).sum()
    low, high = stats.binom.ppf([0.005, 0.995], 4000, [0.04, 0.07])
    assert low <= rejected <= high


def test_the_plain_mixture_does_not_keep_its_size_there():
    y = walks_or_ar1(8, 0.0, 4000)
    fit = integrated_fit(y, ramp(8, 4), np.ones(7))
    assert np.mean(fit.mixture(np.array([BOTH])).two_sided() < 0.05) < 0.03


def test_a_test_that_keeps_its_size_is_left_alone():
    x = ramp(8, 4)[:, :3]
    fit = integrated_fit(walks_or_ar1(8, 0.5, 20), x, np.ones(7))
    step = np.array([[0.0, 0.0, 1.0]])
    np.testing.assert_array_equal(fit.tested(step).two_sided(), fit.mixture(step).two_sided())


def test_no_contrast_and_a_long_series_are_left_alone():
    for x, contrast in ((ramp(8, 4), [0.0, 0.0, 0.0, 0.0]), (ramp(61, 30), BOTH)):
        fit = integrated_fit(walks_or_ar1(len(x), 0.5, 3), x, np.ones(len(x) - 1))
        rows = np.array([contrast])
        np.testing.assert_array_equal(fit.tested(rows).scale, fit.mixture(rows).scale)


def test_null_series_are_errors_of_every_rho_alike():
    rhos = np.array([0.0, 0.9])
    drawn = null_series(whiten(np.broadcast_to(np.eye(10), (2, 10, 10)), rhos, np.ones(9)))
    lags = np.abs(np.subtract.outer(np.arange(10), np.arange(10)))
    expected = np.mean([rho**lags for rho in rhos], axis=0)
    np.testing.assert_allclose(drawn.T @ drawn / len(drawn), expected, atol=0.12)


def test_one_rho_alone_is_the_t_test_and_needs_nothing():
    """With all components alike the size is 5% by arithmetic, whatever the likelihood says."""
    centre = np.random.default_rng(0).standard_normal((64, 1)).repeat(3, axis=1)
    mixture = Mixture(centre, np.ones((64, 3)), np.random.default_rng(1).dirichlet(np.ones(3), 64), 6.0)
    found = stretch_of(mixture, np.log(mixture.weights), np.array([0.0, 0.6, 0.995]))
    assert found.terms == (0.0, 0.0)
    assert found(mixture, np.zeros(64)) is mixture


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    effect=st.floats(-4, 4),
    level=st.floats(0.5, 0.99),
    up=st.floats(0.001, 0.009),
)
def test_p_and_interval_agree_and_intervals_are_nested(seed, effect, level, up):
    x = ramp(9, 5)
    y = np.random.default_rng(seed).standard_normal(9).cumsum() + effect * x[:, 2]
    found = integrated_contrast(y, x, BOTH, level=level)
    wide = integrated_contrast(y, x, BOTH, level=level + up)
    assert wide.lower < found.lower < found.estimate < found.upper < wide.upper
    if abs(found.p - (1 - level)) > 1e-6:
        assert (found.lower > 0 or found.upper < 0) == (found.p < 1 - level)
    assert found.p == wide.p


def test_units_and_uneven_times_change_nothing():
    time, x = np.array([0, 1, 2, 4, 5, 6, 8, 9, 10, 11.0]), ramp(10, 5)
    y = np.random.default_rng(2).standard_normal(10)
    one = integrated_contrast(y, x, BOTH, time)
    other = integrated_contrast(
        7 * y + x @ [3.0, 1.0, 0.0, 0.0], x * [2.0, 1.0, 1.0, 1.0], BOTH, 3 * time + 1
    )
    assert other.p == pytest.approx(one.p, rel=1e-4)
    assert other.upper == pytest.approx(7 * one.upper, rel=1e-3)


def test_the_mean_and_the_weights_stay():
    x, y = ramp(8, 4), walks_or_ar1(8, 0.3, 50)
    fit = integrated_fit(y, x, np.ones(7))
    plain, drawn = fit.mixture(np.array([BOTH])), fit.tested(np.array([BOTH]))
    np.testing.assert_allclose(drawn.mean, plain.mean, atol=1e-10)
    factor = drawn.scale / plain.scale
    np.testing.assert_allclose(factor, factor[..., :1].repeat(factor.shape[-1], -1), rtol=1e-10)
    order = np.argsort(fit.rho)
    assert (np.diff(factor[order, 0, 0]) >= -1e-12).all()  # the higher the mean of rho, the wider


def test_a_design_is_the_same_however_its_columns_and_its_contrast_are_written():
    time = np.arange(11.0)
    step = (time >= 6).astype(float)
    columns = np.column_stack([np.ones(11), time, step, step * (time - 6)])
    contrast = np.array([0.0, 0.0, 1.0, 1.0])
    turn = np.random.default_rng(4).normal(size=(4, 4))
    other = columns @ turn
    # c' beta is the same for X T and T' c; its sign and size are a unit's
    written = canonical(other, -7 * turn.T @ contrast)
    for one, two in zip(canonical(columns, contrast), written, strict=True):
        assert np.array_equal(one, two)
