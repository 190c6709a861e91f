"""Regression of values known exactly or by intervals."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import InputError
from analysis.models import interval_regression
from analysis.models.censored_rows import ERRORS

RNG = np.random.default_rng(3)
N = 60
X = RNG.normal(size=(N, 2))
T = np.exp(1 + X @ [0.5, -0.2] + RNG.normal(size=N))
INF = np.inf
GROUP = (np.arange(N) < 10).astype(float)
DISTS = ("lognormal", "weibull", "loglogistic")
STANDARD = {"lognormal": stats.norm, "weibull": stats.gumbel_l, "loglogistic": stats.logistic}


def some_censored(rng, t):
    """Return ends: a quarter of the rows exact, left-, right-censored and between two ends each."""
    kind = rng.integers(0, 4, len(t))
    low = np.where(kind == 1, 0, np.where(kind == 2, t * 0.6, np.where(kind == 3, t * 0.7, t)))
    high = np.where(kind == 1, t * 1.5, np.where(kind == 2, INF, np.where(kind == 3, t * 1.4, t)))
    return low, high


def by_scipy(low, high, eta, sigma, dist):
    """The log-likelihood of each row, by scipy's distributions."""
    law = STANDARD[dist]
    with np.errstate(divide="ignore"):
        a, b = (np.log(low) - eta) / sigma, (np.log(high) - eta) / sigma
        between = np.log(law.cdf(b) - law.cdf(a))
    return np.where(low == high, law.logpdf(a) - np.log(sigma) - np.log(np.maximum(low, 1e-300)), between)


def test_log_values_without_censoring_are_least_squares():
    fit = interval_regression(T, T, X)
    design = np.column_stack([np.ones(N), X])
    beta, residual, *_ = np.linalg.lstsq(design, np.log(T), rcond=None)
    sigma2 = residual[0] / N
    assert fit.coefficients["estimate"].tolist() == pytest.approx(beta.tolist())
    assert fit.scale == pytest.approx(np.sqrt(sigma2))
    assert fit.loglik == pytest.approx(-N / 2 * (np.log(2 * np.pi * sigma2) + 1) - np.log(T).sum())
    se = np.sqrt(sigma2 * np.diag(np.linalg.inv(design.T @ design)))
    assert fit.coefficients["se"].tolist() == pytest.approx(se.tolist())
    assert fit.covariance.loc["log scale", "log scale"] == pytest.approx(1 / (2 * N))


@pytest.mark.parametrize("dist", DISTS)
def test_the_likelihood_is_scipys_and_highest_there(dist):
    low, high = some_censored(np.random.default_rng(1), T)
    fit = interval_regression(low, high, X, dist)
    beta, design = fit.coefficients["estimate"].to_numpy(), np.column_stack([np.ones(N), X])
    assert fit.loglik == pytest.approx(by_scipy(low, high, design @ beta, fit.scale, dist).sum(), abs=1e-8)
    for shift in np.eye(4) * 1e-3:
        for sign in (-1, 1):
            moved = by_scipy(
                low, high, design @ (beta + sign * shift[:3]), fit.scale * np.exp(sign * shift[3]), dist
            )
            assert moved.sum() < fit.loglik


@pytest.mark.parametrize("dist", DISTS)
def test_the_sandwich_is_that_of_numerical_scores(dist):
    low, high = some_censored(np.random.default_rng(1), T)
    plain, robust = (
        interval_regression(low, high, X, dist),
        interval_regression(low, high, X, dist, robust=True),
    )
    clustered = interval_regression(low, high, X, dist, cluster=np.arange(N) % 15, few=False)
    design = np.column_stack([np.ones(N), X])
    at = np.append(plain.coefficients["estimate"], np.log(plain.scale))
    scores = np.column_stack(
        [
            sum(
                sign * by_scipy(low, high, design @ (at + sign * h)[:3], np.exp((at + sign * h)[3]), dist)
                for sign in (-1, 1)
            )
            / 2e-5
            for h in np.eye(4) * 1e-5
        ]
    )
    bread = plain.covariance.to_numpy()
    assert np.allclose(robust.covariance, bread @ scores.T @ scores @ bread, rtol=1e-5, atol=1e-9)
    sums = pd.DataFrame(scores).groupby(np.arange(N) % 15).sum().to_numpy()
    assert np.allclose(clustered.covariance, bread @ sums.T @ sums @ bread, rtol=1e-5, atol=1e-9)
    assert (clustered.coefficients["df"] == 14).all()


@pytest.mark.parametrize("dist", DISTS)
def test_units_and_shifts_of_columns_change_what_they_must(dist):
    low, high = some_censored(np.random.default_rng(2), T)
    fit, other = (
        interval_regression(low, high, X, dist),
        interval_regression(low * 1e6, high * 1e6, X * 10 + 2015, dist),
    )
    assert other.scale == pytest.approx(fit.scale)
    assert (other.coefficients["estimate"].iloc[1:] * 10).tolist() == pytest.approx(
        fit.coefficients["estimate"].iloc[1:].tolist()
    )
    inexact = ((low != high) | (low == 0)).sum()
    assert other.loglik == pytest.approx(fit.loglik - (N - inexact) * np.log(1e6))


@pytest.mark.parametrize("dist", DISTS)
def test_a_narrow_interval_is_a_point(dist):
    point, narrow = (
        interval_regression(T, T, X, dist),
        interval_regression(T * (1 - 1e-8), T * (1 + 1e-8), X, dist),
    )
    wide = interval_regression(T * (1 - 1e-3), T * (1 + 1e-3), X, dist)
    for other, close in ((narrow, 1e-10), (wide, 1e-5)):
        assert other.scale == pytest.approx(point.scale, rel=close)
        width = np.log((2e-8 if other is narrow else 2e-3) * T).sum()
        assert other.loglik == pytest.approx(point.loglik + width, abs=1e-3)


def test_ends_that_are_missing_are_written_as_one_likes():
    low, high = some_censored(np.random.default_rng(2), T)
    fit = interval_regression(low, high, X)
    for nothing in (np.nan, -np.inf):
        other = interval_regression(np.where(low == 0, nothing, low), np.where(high == INF, np.nan, high), X)
        pd.testing.assert_frame_equal(other.coefficients, fit.coefficients)
    assert fit.rows.sum() == N
    assert list(fit.coefficients.index) == ["intercept", "x1", "x2"]
    assert list(fit.coefficients.columns) == ["estimate", "se", "statistic", "p", "lower", "upper", "df"]


def test_a_constant_column_is_the_intercept_and_labels_decide():
    frame = pd.DataFrame({"low": T, "high": T * 1.2, "a": X[:, 0], "b": X[:, 1]}, index=range(100, 100 + N))
    fit = interval_regression(frame["low"], frame["high"], frame[["a", "b"]])
    turned = interval_regression(frame["low"], frame["high"].iloc[::-1], frame[["a", "b"]].iloc[::-1])
    pd.testing.assert_frame_equal(turned.coefficients, fit.coefficients)
    own = interval_regression(T, T * 1.2, np.column_stack([np.ones(N), X]))
    assert list(own.coefficients.index) == ["intercept", "x2", "x3"]
    assert np.allclose(own.coefficients, fit.coefficients)
    with pytest.raises(InputError, match="labels"):
        interval_regression(frame["low"], frame["high"], frame[["a", "b"]].set_axis(range(N)))


def test_an_implausible_row_shows_in_the_residuals():
    values = np.append(T, 2e8)
    fit = interval_regression(values, values, np.vstack([X, [0, 0]]))
    assert int(np.argmax(fit.residuals)) == N
    assert fit.residuals[N] > 4
    assert abs(np.delete(fit.residuals, N)).max() < 3
    assert interval_regression(T, T, X).residuals.tolist() == pytest.approx(
        stats.zscore(np.log(T) - np.column_stack([np.ones(N), X]) @ np.linalg.lstsq(
            np.column_stack([np.ones(N), X]), np.log(T), rcond=None)[0]).tolist()
    )  # fmt: skip


@pytest.mark.parametrize("dist", DISTS)
@pytest.mark.parametrize(
    ("low", "high", "columns", "said"),
    [
        (T * 1.1, T, X, "Row 0 .* lower end is above the upper"),
        (T, np.full(N, INF), X, "All rows are censored on the right"),
        (np.zeros(N), T, X, "All rows are censored on the left"),
        ([1.0], [2.0], [[1.0, 2.0]], "1 rows are too few"),
        ([], [], np.empty((0, 2)), "no rows"),
        (T, T, np.column_stack([X, X.sum(1)]), "'x3' is a sum of other terms"),
        (T, T, np.column_stack([X, np.zeros(N)]), "'x3' is zero in every row"),
        (T, np.where(GROUP, INF, T), np.column_stack([X, GROUP]), "'x3' separates"),
        (np.where(GROUP, 0, T), T, np.column_stack([X, GROUP]), "'x3' separates"),
        (T / 50, T * 50, X, "X leads through every interval"),
        (np.exp(X[:, 0]), np.exp(X[:, 0]), X, "X explains every value"),
        (np.where(X[:, 0] < 0, 0, 5.0), np.where(X[:, 0] < 0, 5.0, INF), X[:, 1], "no maximum"),
        (T, T, np.where(X > 2, np.nan, X), r"X: 'x\d' is nan in row"),
        (T, T, np.where(X > 2, INF, X), r"X: 'x\d' is inf in row"),
        (T, T[:-1], X, "low has 60 values and high 59"),
        (T, T, X[:-1], "X has 59 rows and low 60"),
        (-T, T, X, "below zero has no logarithm"),
        (np.append(T[:-1], np.nan), np.append(T[:-1], np.nan), X, "Row 59 .* neither end"),
        (np.append(T[:-1], INF), np.append(T[:-1], INF), X, "Row 59 .* must be finite"),
    ],
)
def test_bad_rows_are_sentences(low, high, columns, said, dist):
    with pytest.raises(InputError, match=said):
        interval_regression(low, high, columns, dist)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"dist": "gamma"}, "dist must be one of lognormal, weibull, loglogistic"),
        ({"cluster": [1, 2]}, "cluster has 2 values"),
        ({"cluster": np.ones(N)}, "one group only"),
        ({"cluster": [None, *"ab" * 29, "c"]}, "blank in row 0"),
        ({"level": 95}, "level"),
    ],
)
def test_bad_options_are_sentences(options, said):
    with pytest.raises(InputError, match=said):
        interval_regression(T, T, X, **options)


@pytest.mark.parametrize("dist", DISTS)
def test_tails_are_exact_far_out(dist):
    error = ERRORS[dist]
    z = np.array([-300.0, -30, -1, 0, 1, 5])
    assert np.all(np.isfinite(error.log_below(z)))
    assert np.all(np.isfinite(error.log_above(z)))
    assert np.all(np.isfinite(error.log_between(z, z + 0.1)))
    law = STANDARD[dist]
    near = np.array([-5.0, -1, 0, 1, 2])
    assert np.allclose(error.log_below(near), law.logcdf(near))
    assert np.allclose(error.log_above(near), law.logsf(near))
    assert np.allclose(error.log_between(near, near + 1), np.log(law.cdf(near + 1) - law.cdf(near)))
    h = 1e-6
    assert np.allclose(error.slope(near), (law.logpdf(near + h) - law.logpdf(near - h)) / (2 * h))
    assert np.allclose(error.curvature(near), (error.slope(near + h) - error.slope(near - h)) / (2 * h))


@pytest.mark.parametrize("dist", DISTS)
def test_known_truth_is_recovered_and_intervals_cover(dist):
    """200 samples of 200 rows: bias within 3.5 Monte Carlo errors of 0 but for 2/n, coverage of 90% within 3.5."""
    rng, runs, n = np.random.default_rng(11), 200, 200
    truth, sigma = np.array([1.0, 0.5, -0.8]), 0.9
    estimates, covered = np.empty((runs, 4)), np.empty((runs, 4), dtype=bool)
    for k in range(runs):
        x = np.column_stack([rng.normal(size=n), rng.random(n) < 0.4])
        t = np.exp(truth[0] + x @ truth[1:] + sigma * STANDARD[dist].rvs(size=n, random_state=rng))
        step = 10 ** np.floor(
            np.log10(t)
        )  # "more than" a first digit; some exact; above or below a limit of the row
        low, limit, exact = np.floor(t / step) * step, np.exp(rng.normal(2, 1, n)), rng.random(n) < 0.2
        low, high = np.where(exact, t, low), np.where(exact, t, low + step)
        above, below = t > 2 * limit, t < limit / 20
        low, high = np.where(above, 2 * limit, low), np.where(above, INF, high)
        low, high = np.where(below, 0, low), np.where(below, limit / 20, high)
        fit = interval_regression(low, high, x, dist, level=0.9)
        found = fit.coefficients
        estimates[k] = [*found["estimate"], np.log(fit.scale)]
        covered[k, :3] = (found["lower"] <= truth) & (truth <= found["upper"])
        covered[k, 3] = fit.scale_lower <= sigma <= fit.scale_upper
    error = estimates.std(0) / np.sqrt(runs)
    assert np.all(np.abs(estimates.mean(0) - [*truth, np.log(sigma)]) < 3.5 * error + 2 / n)
    assert np.all(np.abs(covered.mean(0) - 0.9) < 3.5 * np.sqrt(0.09 / runs) + 0.01)


def test_clustered_errors_cover_where_the_model_does_not():
    """300 samples of 60 groups of 4 rows that share a column and a part of the error."""
    rng, runs, groups = np.random.default_rng(13), 300, np.repeat(np.arange(60), 4)
    covered = np.empty((runs, 2), dtype=bool)
    for k in range(runs):
        x = rng.normal(size=60)[groups]
        t = np.exp(0.5 * x + 0.7 * rng.normal(size=60)[groups] + 0.7 * rng.normal(size=240))
        low = 2.0 ** np.floor(np.log2(t))
        for j, cluster in enumerate((None, groups)):
            row = interval_regression(low, 2 * low, x, cluster=cluster, level=0.9).coefficients.loc["x1"]
            covered[k, j] = row["lower"] <= 0.5 <= row["upper"]
    assert covered[:, 0].mean() < 0.8
    assert abs(covered[:, 1].mean() - 0.9) < 3.5 * np.sqrt(0.09 / runs) + 0.02
