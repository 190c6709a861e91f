"""The banded algebra of long series against the dense one."""

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from analysis.series import laplace, mixture, reconstruct
from analysis.series.banded import WIDEST, BandedFactor, BandedPrior, IndefiniteError, data_hessian
from analysis.series.laplace import core_of, link, noise_of, pull_of
from analysis.series.mixture import Priors
from analysis.series.mode import _parts, find_mode
from analysis.series.observations import observe
from analysis.series.shift_prior import jump_shifts
from analysis.series.smoothness import Smoothness

GRID = list(itertools.product((0.0, 0.12), (0.0, 0.25), (False, True)))


@pytest.fixture(scope="module")
def given(rows):
    """Years, parts, growth, a bound, a release of three, and a total that spans more than the band is wide."""
    years = rows.years([1184, 1420, 1203, 990, 1811, 1340, 1010], source_id="")
    release = [
        rows.reading(v, f"{y}-01-01", f"{y}-06-30", hedge="more_than", source_id="s")
        for y, v in ((2011, 700), (2013, 400), (2015, 600))
    ]
    other = [
        rows.reading(6600, "2010-01-01", "2014-12-31", hedge="about", source_id=""),
        rows.growth(20, "2016-01-01", "2016-09-30", source_id=""),
        rows.reading(400, "2012-03-01", "2012-04-30", hedge="up_to", source_id=""),
    ]
    observed = observe(rows.frame(*years, *release, *other))
    assert ((observed.weights > 0).sum(axis=1) > WIDEST).any()
    return observed


@pytest.mark.parametrize(("omega", "season", "jump"), GRID)
def test_the_prior_is_the_dense_one(given, omega, season, jump):
    smooth, months = Smoothness(0.08, omega, 0.01, season), given.cells.months
    shifts = jump_shifts(core_of(given), np.array([4])) if jump else None
    priors = Priors(months, 1.0, 1, shifts)
    dense, determinant = priors.dense(smooth)
    banded = priors.banded(smooth)
    some = np.random.default_rng(1).normal(size=(len(months), 3))
    assert banded.log_determinant == pytest.approx(determinant, rel=1e-8)
    np.testing.assert_allclose(banded.times(some[:, 0]), dense @ some[:, 0], rtol=1e-8, atol=1e-7)
    np.testing.assert_allclose(banded.dense(), dense, rtol=1e-8, atol=1e-7)
    np.testing.assert_allclose(dense @ priors.covariance_times(smooth, some), some, atol=1e-6)


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize(("omega", "season", "jump"), GRID)
def test_mode_marginal_and_variances_are_the_dense_ones(given, omega, season, jump, linear):
    core = core_of(given)
    if linear:
        share = core.weights / core.weights.sum(axis=1, keepdims=True)
        none = np.zeros(len(core.y), dtype=bool)
        core = replace(core, weights=share, base=0 * core.base, growth=none, linear=True)
    smooth, months = Smoothness(0.08, omega, 0.02, season), given.cells.months
    priors = Priors(months, 1.0, 1, jump_shifts(core, np.array([4])) if jump else None)
    banded, start = priors.banded(smooth), np.zeros(len(months))
    one = find_mode(core, *priors.dense(smooth), smooth.tau, start)
    other = find_mode(core, banded, banded.log_determinant, smooth.tau, start)
    assert isinstance(other.factor, BandedFactor)
    np.testing.assert_allclose(other.z, one.z, atol=1e-8)
    assert other.log_marginal == pytest.approx(one.log_marginal, abs=1e-7)
    inside = link(core, one.z).inside
    np.testing.assert_allclose(np.sqrt(other.variances(inside)), np.sqrt(one.variances(inside)), rtol=1e-7)


def test_a_band_that_is_indefinite_alone_is_refused():
    prior = BandedPrior.of(6, 1.0, Smoothness(0.1, 0.0, 0.01), np.zeros((6, 0)))
    data = data_hessian(csr_array(np.eye(6)[:1]), np.array([1.0]), np.full(6, -1e6), csr_array((0, 6)))
    with pytest.raises(np.linalg.LinAlgError):
        BandedFactor(prior, data)


def test_long_series_expect_the_same_of_their_readings(given, monkeypatch):
    core, z = core_of(given), np.random.default_rng(3).normal(0, 0.3, len(given.cells.months))
    dense = link(core, z)
    monkeypatch.setattr(laplace, "LONG", 1)
    sparse, pull = link(core, z), np.arange(len(core.y)) - 3.0
    for name in ("expected", "inside", "outside", "jacobian"):
        np.testing.assert_allclose(getattr(sparse, name), getattr(dense, name), rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(sparse.slope(pull), dense.slope(pull), rtol=1e-12, atol=1e-13)


def test_a_short_release_lies_in_the_band(given):
    """A column a release made a century of releases slow: only the total of five years is a column here."""
    core = core_of(given)
    at, spread = link(core, np.zeros(len(given.cells.months))), core.release.copy()
    spread[np.flatnonzero(core.release.any(axis=1))[-1]] = (
        0.0  # what is left of the release spans three years
    )
    for release, columns in ((core.release, 2), (spread, 1)):
        moved = replace(core, release=release)
        noise = noise_of(moved, 0.03)
        assert len(data_hessian(*_parts(moved, noise, at, *pull_of(moved, noise, at)[1:])).weights) == columns


def test_an_indefinite_hessian_needs_no_dense_algebra(monkeypatch, rows):
    """Far from the mode the full Hessian of a total is indefinite; Gauss-Newton's is factored in its band."""
    observed = observe(rows.frame(*rows.years([1000, 1200, 900, 1100], source_id="")))
    core, months = core_of(observed), observed.cells.months
    prior = Priors(months, 1.0, 1).banded(Smoothness(0.32, 0.3, 0.01))
    start = np.full(len(months), -2.0)
    at, noise = link(core, start), noise_of(core, 0.01)
    data = data_hessian(*_parts(core, noise, at, *pull_of(core, noise, at)[1:]))
    with pytest.raises(IndefiniteError):
        BandedFactor(prior, data)
    dense = prior.dense()
    expected = find_mode(core, dense, prior.log_determinant, 0.01, start)
    monkeypatch.setattr(BandedPrior, "dense", lambda _: pytest.fail("dense algebra"))
    found = find_mode(core, prior, prior.log_determinant, 0.01, start)
    np.testing.assert_allclose(found.z, expected.z, atol=1e-8)


def test_a_series_of_a_century_is_the_same_by_either_algebra(monkeypatch):
    """Thirty years here, that the dense one ends: yearly, monthly and quarterly bands to 1e-8."""
    rng = np.random.default_rng(2)
    starts = pd.to_datetime([f"{year}-01-01" for year in range(1950, 1980)])
    given = pd.DataFrame({"window_start": starts, "window_end": starts + pd.offsets.YearEnd(0)})
    half = given.iloc[5:12].assign(window_end=starts[5:12] + pd.DateOffset(months=6) - pd.Timedelta(days=1))
    given = pd.concat([given, half], ignore_index=True).assign(
        unit="case", hedge="exact", kind="flow", as_printed=""
    )
    given["value"] = np.round(1003 * np.exp(rng.normal(0, 0.1, 37)) * np.where(np.arange(37) < 30, 1, 0.5))
    found = []
    for long in (10_000, 1):
        monkeypatch.setattr(mixture, "LONG", long)
        monkeypatch.setattr(laplace, "LONG", long)
        series = reconstruct(given)
        found.append([series.yearly, series.quarterly, series.monthly])
    for dense, banded in zip(*found, strict=True):
        np.testing.assert_allclose(banded.iloc[:, 1:4].to_numpy(), dense.iloc[:, 1:4].to_numpy(), rtol=1e-8)
