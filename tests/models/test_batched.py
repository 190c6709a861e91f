"""The batched engine against statsmodels, fit by fit."""

import numpy as np
import pytest
import statsmodels.api as sm

from analysis.errors import InputError
from analysis.models.autoregression import ar1_reml
from analysis.models.batched import least_squares, poisson, stacked
from analysis.models.batched_ar1 import _pivots

FITS, POINTS = 60, 25


@pytest.fixture(scope="module")
def batch():
    """Samples of 18 to 25 points, kept in one run that may begin late."""
    rng = np.random.default_rng(4)
    time = np.arange(1, POINTS + 1)
    at = rng.integers(8, 16, FITS)[:, None]
    step = (time >= at).astype(float)
    design = np.stack(
        [np.ones_like(step), np.broadcast_to(time, step.shape), step, step * (time - at)], axis=2
    )
    weights = np.ones((FITS, POINTS))
    weights[:20, -4:] = 0
    weights[20:40, :3] = 0
    logs = 3 + 0.02 * time - 0.2 * step + 0.2 * rng.standard_normal((FITS, POINTS)).cumsum(1)
    return logs, rng.poisson(np.exp(logs)).astype(float), design, weights


def samples(y, design, weights):
    for f in range(FITS):
        kept = weights[f] > 0
        yield y[f][kept], design[f][kept]


def newey_west(n):
    return {"maxlags": int(np.floor(4 * (n / 100) ** (2 / 9))), "use_correction": True}


def assert_same(fits, references):
    for f, (beta, se) in enumerate(references):
        np.testing.assert_allclose(fits.beta[f], beta, rtol=1e-8, atol=1e-8)
        np.testing.assert_allclose(fits.se[f], se, rtol=1e-8)
    assert fits.converged.all()


@pytest.mark.parametrize("errors", ["model", "hac", "glsar"])
def test_least_squares_equals_statsmodels(batch, errors):
    logs, _, design, weights = batch

    def reference(y, x):
        if errors == "glsar":
            found = sm.GLSAR(y, x, rho=1).iterative_fit(10, rtol=0)
        elif errors == "hac":
            found = sm.OLS(y, x).fit(cov_type="HAC", cov_kwds=newey_west(len(y)))
        else:
            found = sm.OLS(y, x).fit()
        return found.params, found.bse

    fits = least_squares(logs, design, weights, errors=errors)
    assert_same(fits, [reference(*sample) for sample in samples(logs, design, weights)])


@pytest.mark.parametrize("errors", ["model", "quasi", "hac"])
def test_poisson_equals_statsmodels(batch, errors):
    _, counts, design, weights = batch
    offset = np.random.default_rng(0).normal(size=counts.shape) * 0.1
    options = {"model": {}, "quasi": {"scale": "X2"}}

    def reference(y, x, shift):
        how = options.get(errors) or (
            {"cov_type": "HAC", "cov_kwds": newey_west(len(y))} if errors == "hac" else {}
        )
        found = sm.GLM(y, x, offset=shift, family=sm.families.Poisson()).fit(
            tol=1e-13, tol_criterion="params", **how
        )
        return found.params, found.bse

    fits = poisson(counts, design, offset, weights, errors=errors)
    shifts = [offset[f][weights[f] > 0] for f in range(FITS)]
    pairs = zip(samples(counts, design, weights), shifts, strict=True)
    assert_same(fits, [reference(y, x, shift) for (y, x), shift in pairs])


def test_uncorrected_newey_west_with_given_lags(batch):
    logs, _, design, _ = batch
    fits = least_squares(logs, design, errors="hac", lags=3, correction=False)
    found = sm.OLS(logs[0], design[0]).fit(cov_type="HAC", cov_kwds={"maxlags": 3})
    np.testing.assert_allclose(fits.se[0], found.bse, rtol=1e-8)


def test_ar1_is_reml_one_by_one(batch):
    logs, _, design, weights = batch
    fits = least_squares(logs, design, weights, errors="ar1")
    for f, (y, x) in enumerate(samples(logs, design, weights)):
        single = ar1_reml(y, x)
        assert fits.rho[f] == pytest.approx(single.rho, abs=0.005)
        plain = np.sqrt(np.diag(single.small_sample.plain[0]))
        np.testing.assert_allclose(fits.beta[f], single.beta, atol=0.05 * plain.max())
        np.testing.assert_allclose(fits.se[f], plain, rtol=0.02)


def test_years_beside_an_intercept_cost_no_digits(batch):
    logs, counts, design, _ = batch
    late = design.copy()
    late[..., 1] += 1999
    for fit, y in ((least_squares, logs), (poisson, counts)):
        near, far = fit(y, design, errors="hac"), fit(y, late, errors="hac")
        np.testing.assert_allclose(far.beta[:, 1:], near.beta[:, 1:], rtol=1e-8, atol=1e-10)
        np.testing.assert_allclose(far.se[:, 1:], near.se[:, 1:], rtol=1e-8)


def test_padding_by_stacked_changes_nothing(batch):
    logs, _, design, weights = batch
    y, x, kept = stacked(list(samples(logs, design, weights)))
    for errors in ("model", "hac", "glsar", "ar1"):
        np.testing.assert_allclose(
            least_squares(y, x, kept, errors=errors).beta,
            least_squares(logs, design, weights, errors=errors).beta,
            rtol=1e-9,
            atol=1e-9,
        )


def test_a_singular_or_diverging_fit_is_told_and_spares_the_others(batch):
    logs, counts, design, _ = batch
    broken = design.copy()
    broken[3, :, 3] = broken[3, :, 2]
    fits = least_squares(logs, broken)
    assert np.flatnonzero(~fits.converged).tolist() == [3]
    assert np.isnan(fits.beta[3]).all()
    np.testing.assert_allclose(fits.beta[4], least_squares(logs, design).beta[4])
    zeros = counts.copy()
    zeros[5] = np.where(design[5, :, 2] > 0, 0.0, zeros[5])
    assert not poisson(zeros, design[..., :3]).converged[5]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda y, x, _: (y[0], x, None), "shape"),
        (lambda y, x, w: (y, x, w * 0.5), "0 or 1"),
        (lambda y, x, _: (y, x, np.where(np.arange(POINTS) == 9, 0.0, 1.0) * np.ones_like(y)), "unbroken"),
        (lambda y, x, _: (y, x, np.where(np.arange(POINTS) < 5, 1.0, 0.0) * np.ones_like(y)), "fewer than 6"),
        (lambda y, x, _: (y * np.nan, x, None), "missing or infinite"),
    ],
)
def test_bad_batches(batch, change, words):
    logs, _, design, weights = batch
    with pytest.raises(InputError, match=words):
        least_squares(*change(logs, design, weights))


def test_other_bad_input(batch):
    logs, counts, design, _ = batch
    with pytest.raises(InputError, match="choose model, hac"):
        least_squares(logs, design, errors="white")
    with pytest.raises(InputError, match="choose model, quasi"):
        poisson(counts, design, errors="ar1")
    with pytest.raises(InputError, match="below zero"):
        poisson(-counts, design)
    with pytest.raises(InputError, match="log scale"):
        poisson(counts, design, np.full_like(counts, -np.inf))


def test_a_moment_that_rounding_leaves_barely_positive_is_told_and_spares_the_others():
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(300, 6, 3))
    singular = vectors @ np.swapaxes(
        vectors, 1, 2
    )  # of rank 3; the other eigenvalues are rounding, of either sign
    singular[0] = 4 * np.eye(6)
    smallest = np.linalg.eigvalsh(singular[1:])[:, 0]
    assert (smallest > 0).any()
    assert (smallest < 0).any()
    pivots = _pivots(singular)
    np.testing.assert_array_equal(pivots[0], 2.0)
    assert np.isnan(pivots[1:]).all()
