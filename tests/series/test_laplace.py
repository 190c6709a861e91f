"""The core fit against what it stands for: finite differences, quadrature, dense matrices and actual refits."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.linalg import block_diag, cho_solve
from scipy.stats import multivariate_normal

from analysis.errors import InputError
from analysis.series import mixture, mode, reconstructed
from analysis.series.draws import Windows, _moved, _together
from analysis.series.laplace import (
    BOUND_SD,
    OWN,
    Core,
    core_of,
    covariance_of,
    hessian_of,
    link,
    noise_of,
    pull_of,
)
from analysis.series.mixture import Grid, Priors, integrate, mixture_quantiles, seasons_of
from analysis.series.mode import FarBelowError, find_mode
from analysis.series.observations import observe
from analysis.series.reporting import tau_prior_of
from analysis.series.residuals import leave_one_out, linearise, residual_table
from analysis.series.smoothness import LEVEL_SD, Smoothness, precision

SMOOTH = Smoothness(0.08, 0.05, 0.03)


def core_with_everything(cells=7, seed=3):
    """Flows, growth, a bound, and two releases."""
    rng = np.random.default_rng(seed)
    weights = rng.integers(0, 31, (6, cells)).astype(float)
    weights[:, 0] += 5
    growth = np.array([False, False, True, False, True, False])
    base = np.where(growth[:, None], rng.integers(1, 31, (6, cells)), 0).astype(float)
    y = np.where(growth, 0.1, np.log(weights.sum(axis=1)) + rng.normal(0, 0.3, 6))
    side = np.array([0.0, 0, 0, -1, 0, 0])
    variance = np.where(side == 0, rng.uniform(1e-3, 1e-2, 6), 0)
    release = np.zeros((6, 2))
    release[[0, 1], 0] = release[[3, 5], 1] = 1
    return Core(weights, base, y, variance, side, release, growth, False, 0.0)


def objective(core, prior, tau, z):
    return pull_of(core, noise_of(core, tau), link(core, z))[0] + 0.5 * z @ prior @ z


@pytest.mark.parametrize("linear", [False, True])
def test_gradient_and_hessian_against_finite_differences(linear):
    core = core_with_everything()
    if linear:
        share = core.weights / core.weights.sum(axis=1, keepdims=True)
        core = replace(
            core,
            weights=share,
            base=0 * core.base,
            growth=np.zeros(6, dtype=bool),
            linear=True,
            y=core.y / 10,
        )
    z = np.random.default_rng(0).normal(0, 0.2, 7)
    prior, noise, step = np.eye(7), noise_of(core, 0.03), 1e-5

    def gradient(z):
        at = link(core, z)
        pull = pull_of(core, noise, at)[1]
        return prior @ z - (at.inside - at.outside).T @ pull

    def slope(function, z):
        return np.array([(function(z + e) - function(z - e)) / (2 * step) for e in step * np.eye(7)])

    np.testing.assert_allclose(
        gradient(z), slope(lambda x: objective(core, prior, 0.03, x), z), rtol=1e-5, atol=1e-5
    )
    at = link(core, z)
    _, pull, bound = pull_of(core, noise, at)
    full = prior + hessian_of(core, noise, at, pull, bound, True)
    np.testing.assert_allclose(full, slope(gradient, z), rtol=1e-4, atol=1e-3 * np.abs(full).max() * 1e-2)


def test_noise_against_dense():
    core = replace(core_with_everything(), side=np.zeros(6))
    dense, noise = covariance_of(core, 0.05), noise_of(core, 0.05)
    np.testing.assert_allclose(noise.solve(np.eye(6)), np.linalg.inv(dense), rtol=1e-9, atol=1e-7)
    assert noise.log_determinant == pytest.approx(np.linalg.slogdet(dense)[1])
    assert dense[0, 1] == pytest.approx(0.05**2 * (1 - OWN))
    assert dense[0, 2] == 0
    np.testing.assert_allclose(np.diag(dense), core.variance + 0.05**2)  # whether shared or not


def test_the_mode_is_one():
    core, prior = core_with_everything(), np.eye(7) * 2
    mode = find_mode(core, prior, 0.0, 0.03, np.zeros(7))
    at = link(core, mode.z)
    gradient = prior @ mode.z - (at.inside - at.outside).T @ pull_of(core, noise_of(core, 0.03), at)[1]
    move = cho_solve((mode.factor, True), gradient)
    assert np.abs(move).max() < 1e-5
    elsewhere = find_mode(core, prior, 0.0, 0.03, np.full(7, 0.7))
    np.testing.assert_allclose(mode.z, elsewhere.z, atol=1e-5)
    # The factor is that of the last point but one, so that the start shows in the third digit of a log weight.
    assert mode.log_marginal == pytest.approx(elsewhere.log_marginal, abs=5e-3)


@pytest.mark.parametrize("side", [0.0, -1.0])
def test_the_marginal_likelihood_against_quadrature(side):
    """Two cells, a flow over both and a second reading: the integral by brute force."""
    weights = np.array([[31.0, 28.0], [31.0, 0.0]])
    y = np.log(weights.sum(axis=1)) + np.array([0.1, 0.02])
    variance = np.array([0.01, 0.02 if side == 0 else 0.0])
    none = np.zeros(2, dtype=bool)
    core = Core(weights, 0 * weights, y, variance, np.array([0.0, side]), np.zeros((2, 0)), none, False, 0.0)
    prior = np.linalg.inv(np.array([[0.06, 0.03], [0.03, 0.05]]))
    determinant = float(np.linalg.slogdet(prior)[1])
    axis = np.linspace(-1.6, 1.6, 141)
    joint = np.array([[objective(core, prior, 0.03, np.array([x, w])) for w in axis] for x in axis])
    log_integral = np.log(np.exp(-joint).sum() * (axis[1] - axis[0]) ** 2)
    exact = log_integral - np.log(2 * np.pi) + 0.5 * determinant - 0.5 * noise_of(core, 0.03).log_determinant
    mode = find_mode(core, prior, determinant, 0.03, np.zeros(2))
    # A bound's corner is no parabola: Laplace's formula is allowed more there.
    assert mode.log_marginal == pytest.approx(exact, abs=0.02 if side == 0 else 0.35)


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("size", [1.0, 0.5])
def test_prior_precision_against_dense(order, size):
    cells, months = 16, np.arange(16) % 12
    differences = np.diff(np.eye(cells), n=order, axis=0)
    walk = np.linalg.pinv(differences.T @ differences) * 0.08**2 * size ** (2 * order - 1)
    null = np.linalg.svd(differences)[2][cells - order :]
    dense = walk + LEVEL_SD**2 * cells * null.T @ null + np.eye(cells) * 0.05**2 / size
    for season in (0.0, 0.25):
        pattern = np.eye(12)[months] - 1 / 12
        covariance = dense + season**2 * pattern @ pattern.T
        found, determinant = precision(cells, months, size, order, Smoothness(0.08, 0.05, 0.01, season))
        np.testing.assert_allclose(found @ covariance, np.eye(cells), atol=1e-6)
        assert determinant == pytest.approx(-np.linalg.slogdet(covariance)[1], rel=1e-8)


@pytest.mark.parametrize("cells", [1, 2])
def test_priors_of_tiny_grids(cells):
    for order in (1, 2):
        found, determinant = precision(cells, np.arange(cells), 1.0, order, SMOOTH)
        assert np.isfinite(determinant)
        assert (np.linalg.eigvalsh(found) > 0).all()


@pytest.fixture(scope="module")
def five(rows):
    values = [1184, 1420, 1203, 990, 1811]
    return observe(rows.frame(*rows.years(values), rows.reading(4100, "2010-01-01", "2012-12-31")))


def test_leave_one_out_against_refits(five):
    core = core_of(five)
    priors = Priors(five.cells.months, 1.0, 1)
    model = linearise(core, priors, SMOOTH, np.zeros(len(five.cells)))
    apart, sd = leave_one_out(model)
    for place in range(len(five)):
        rest = np.delete(np.arange(len(five)), place)
        part = replace(
            core,
            **{
                name: getattr(core, name)[rest]
                for name in ("weights", "base", "y", "variance", "side", "release", "growth", "exact")
            },
        )
        mode = find_mode(part, *priors(SMOOTH), SMOOTH.tau, np.zeros(len(five.cells)))
        at = link(core, mode.z)
        half = np.linalg.solve(mode.factor, at.inside[place])
        spread = np.sqrt(half @ half + core.variance[place] + SMOOTH.tau**2)
        assert apart[place] == pytest.approx(core.y[place] - at.expected[place], abs=0.25 * spread)
        assert sd[place] == pytest.approx(spread, rel=0.2)


def test_influence_names_the_reading_that_matters(rows):
    given = rows.frame(*rows.years([1184, 1203, 1197, 1190]), rows.reading(4774, "2010-01-01", "2013-12-31"))
    observed = observe(given)
    core, priors = core_of(observed), Priors(observed.cells.months, 1.0, 1)
    points = integrate(core, priors, Grid())
    table = residual_table(observed, core, priors, points).set_index("reading_id")
    # The four years and their sum say the same: any one of them can be told from the others.
    assert (table["influence"] < 0.05).all()
    assert (table["residual"].abs() < 1.5).all()
    odd = observe(rows.frame(*rows.years([1184, 1203, 3592, 1190])))
    core = core_of(odd)
    table = residual_table(odd, core, priors, integrate(core, priors, Grid())).set_index("reading_id")
    assert table["influence"].nlargest(3).index.isin(["r1", "r2", "r3"]).all()  # it and its neighbours
    assert table.loc["r2", "influence"] > 0.3
    assert table.loc["r0", "influence"] < table.loc["r2", "influence"]


def test_the_weights_of_the_grid_make_one(five):
    points = integrate(core_of(five), Priors(five.cells.months, 1.0, 1), Grid())
    weights = [point.weight for point in points]
    assert sum(weights) == pytest.approx(1)
    assert weights == sorted(weights, reverse=True)
    one = integrate(core_of(five), Priors(five.cells.months, 1.0, 1), Grid((0.08,), (0.05,), (0.01,)))
    assert len(one) == 1
    assert one[0].weight == 1


def test_the_walk_finds_what_the_whole_grid_holds(five):
    core, priors, grid = core_of(five), Priors(five.cells.months, 1.0, 1), Grid()
    logs = {}
    for place in np.ndindex(*grid.shape):
        smooth = grid.at(place)
        mode = find_mode(core, *priors(smooth), smooth.tau, np.zeros(len(five.cells)))
        logs[smooth] = mode.log_marginal + grid.log_prior(smooth)
    top = max(logs.values())
    total = sum(np.exp(value - top) for value in logs.values())
    walked = {point.smooth: point.weight for point in integrate(core, priors, grid)}
    apart = sum(abs(np.exp(value - top) / total - walked.get(smooth, 0)) for smooth, value in logs.items())
    assert apart < 0.03


def test_quantiles_of_mixtures():
    rng = np.random.default_rng(1)
    weights, means, sds = (
        np.array([0.3, 0.7]),
        np.array([[0.0, 5.0], [2.0, 5.0]]),
        np.array([[1.0, 2.0], [0.2, 2.0]]),
    )
    which = rng.random(400_000) < 0.3
    drawn = np.where(which, rng.normal(0, 1, which.size), rng.normal(2, 0.2, which.size))
    found = mixture_quantiles(weights, means, sds, (0.05, 0.5, 0.95))
    np.testing.assert_allclose(found[:, 0], np.quantile(drawn, [0.05, 0.5, 0.95]), atol=0.02)
    np.testing.assert_allclose(found[:, 1], [5 - 1.6449 * 2, 5, 5 + 1.6449 * 2], atol=1e-3)


def test_the_jacobian_of_many_draws_is_that_of_one():
    core = replace(core_with_everything(), side=np.zeros(6))
    z, windows = np.random.default_rng(4).normal(0, 0.3, (3, 7)), Windows(core)
    for _ in range(2):  # the second time with the places that are known
        z = z + 0.1
        expected, slopes = windows.expected(z)
        shared, own = (rows.toarray() for rows in windows.rows(slopes))
        for row in range(3):
            at, rows = link(core, z[row]), slice(6 * row, 6 * row + 6)
            np.testing.assert_allclose(expected[row], at.expected)
            np.testing.assert_allclose(shared[rows], at.jacobian, atol=1e-15)
            np.testing.assert_allclose(own[rows, 7 * row : 7 * row + 7], at.jacobian, atol=1e-15)


@pytest.mark.parametrize("linear", [False, True])
def test_draws_refitted_at_once_are_those_refitted_one_by_one(linear):
    core = replace(core_with_everything(), side=np.zeros(6))
    if linear:
        weights = core.weights / core.weights.sum(axis=1, keepdims=True)
        core = replace(core, weights=weights, linear=True, growth=np.zeros(6, dtype=bool))
    prior, determinant = precision(7, np.arange(7), 1.0, 1, Smoothness(0.1, 0.05, 0.03))
    rng = np.random.default_rng(5)
    shift, y = rng.normal(0, 0.2, (4, 7)), core.y + rng.normal(0, 0.05, (4, 6))
    mode = find_mode(core, prior, determinant, 0.03, np.zeros(7))
    found, settled = _together(core, np.linalg.cholesky(prior), 0.03, mode, shift, y)
    assert settled.all()
    for row in range(4):
        moved = _moved(core, y[row], shift[row])
        alone = find_mode(moved, prior, determinant, 0.03, np.zeros(7)).z + shift[row]
        np.testing.assert_allclose(found[row], alone, atol=1e-5)


def test_what_cannot_be_fitted_is_said():
    core = core_with_everything()
    with pytest.raises(InputError, match="cannot be fitted together"):
        find_mode(core, np.full((7, 7), np.nan), 0.0, 0.03, np.zeros(7))


def test_a_bound_cuts_as_sharply_as_it_says():
    core = core_with_everything()
    at = link(core, np.zeros(7))
    far = replace(core, y=np.where(core.side < 0, at.expected + 10 * BOUND_SD, core.y))
    assert pull_of(far, noise_of(far, 0.03), at)[1][3] == pytest.approx(0, abs=1e-9)
    near = replace(core, y=np.where(core.side < 0, at.expected - 0.5, core.y))
    assert pull_of(near, noise_of(near, 0.03), at)[1][3] < -100


def test_block_by_block_release_determinant():
    core = replace(core_with_everything(), side=np.zeros(6))
    parts = [covariance_of(core, 0.05)[np.ix_(rows, rows)] for rows in ([0, 1], [3, 5], [2], [4])]
    value = multivariate_normal(np.zeros(6), block_diag(*parts)).logpdf(np.zeros(6))
    assert -0.5 * noise_of(core, 0.05).log_determinant - 3 * np.log(2 * np.pi) == pytest.approx(value)


@pytest.mark.parametrize("point", [Smoothness(0.32, 0.0, 0.08, 0.25), Smoothness(0.32, 0.05, 0.03, 0.25)])
def test_where_the_search_begins_moves_no_weight(data, point):
    """Where the curvature is nearly flat its determinant hangs on the last digits of the mode.

    A search that ended at a gain of 1e-5 gave log weights a whole unit apart, by the processor's rounding.
    """
    made = reconstructed(data, "gacc-items")
    found = [
        find_mode(made.core, *made.priors(point), point.tau, start)
        for start in (made.points[0].z, made.points[0].z + 1e-3, 0.9 * made.points[0].z)
    ]
    assert np.ptp([mode.log_marginal for mode in found]) < 1e-5
    assert np.ptp([mode.z for mode in found], axis=0).max() < 1e-9


@pytest.fixture(scope="module")
def bent(rows):
    """Years that are exact, a half of one, and a total of three: readings that leave a bent valley."""
    years = rows.years([1000, 2200, 900, 1500, 400], source_id="s")
    other = [
        rows.reading(300, "2011-01-01", "2011-06-30", source_id=""),
        rows.reading(4150, "2010-01-01", "2012-12-31", hedge="about", source_id=""),
    ]
    observed = observe(rows.frame(*years, *other).assign(tier="primary"))
    assert observed.exact.sum() == 5
    return core_of(observed), Priors(observed.cells.months, 1.0, 1)


@pytest.mark.parametrize("smooth", [Smoothness(0.02, 0.0, 0.01), Smoothness(0.32, 0.3, 0.2, 0.25)])
def test_both_searches_find_the_same_mode(bent, smooth, monkeypatch):
    core, priors = bent
    start = np.zeros(len(priors.months))
    made, factored = [], mode._factor
    monkeypatch.setattr(mode, "_factor", lambda *given: made.append(1) or factored(*given))
    found = find_mode(core, *priors(smooth), smooth.tau, start)
    assert len(made) <= 12
    again = find_mode(core, *priors(smooth), smooth.tau, found.z, found.pull)
    monkeypatch.setattr(mode, "_on_both", lambda *_: None)
    downhill = find_mode(core, *priors(smooth), smooth.tau, start)
    for other in (again, downhill):
        np.testing.assert_allclose(other.z, found.z, atol=1e-9)
        assert other.log_marginal == pytest.approx(found.log_marginal, abs=1e-6)
    at = link(core, found.z)
    # The pull of an exact year is its distance from the print times 1e8, so that no more digits can be compared.
    np.testing.assert_allclose(
        found.pull, pull_of(core, noise_of(core, smooth.tau), at)[1], rtol=1e-6, atol=1e-5
    )


def test_a_point_far_below_is_given_up(bent):
    core, priors = bent
    smooth, start = Smoothness(0.08, 0.05, 0.03), np.zeros(len(priors.months))
    found = find_mode(core, *priors(smooth), smooth.tau, start).log_marginal
    with pytest.raises(FarBelowError):
        find_mode(core, *priors(smooth), smooth.tau, start, None, found + 5.0)
    assert find_mode(core, *priors(smooth), smooth.tau, start, None, found - 5.0).log_marginal == found


@pytest.mark.parametrize("series_id", ["spc-persons-convicted", "jp-cases-hk", "mps-food-suspects"])
def test_no_point_that_would_be_kept_is_given_up(series_id, data, monkeypatch):
    series = reconstructed(data, series_id)
    told = tau_prior_of(series.observations.frame)
    grid = Grid(tau=series.taus, season=seasons_of(series.observations), tau_prior=told)
    some = integrate(series.core, series.priors, grid)
    monkeypatch.setattr(mixture, "LOST", np.inf)
    every = integrate(series.core, series.priors, grid)
    assert [one.smooth for one in some] == [one.smooth for one in every]
    assert len(some) > 10


def test_what_is_given_up_moves_no_weight(bent, monkeypatch):
    core, priors = bent
    some = integrate(core, priors, Grid())
    monkeypatch.setattr(mixture, "LOST", np.inf)
    every = integrate(core, priors, Grid())
    assert [one.smooth for one in some] == [one.smooth for one in every]
    np.testing.assert_allclose([one.weight for one in some], [one.weight for one in every], rtol=1e-8)
