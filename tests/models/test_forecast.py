"""Forecasts against closed forms and statsmodels, scores against hand computations, the record replayed by hand."""

import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.statespace.structural import UnobservedComponents

from analysis.errors import InputError
from analysis.models import forecast_methods, smoothing
from analysis.models.forecast import MOST_ORIGINS, forecast, pooled_record
from analysis.models.forecast_methods import METHODS, NotFittedError
from analysis.models.gridded import highest
from analysis.models.local_trend import local_trend
from analysis.models.scores import covered, interval_score, mase

YEARS = np.arange(2008, 2024)
Y = np.exp(9 + np.cumsum(np.random.default_rng(3).normal(0.06, 0.15, 16)))
FAST = ("naive", "drift")


def test_scores_by_hand():
    np.testing.assert_allclose(interval_score([5, 1, 9], 3, 7, 0.8), [4, 4 + 10 * 2, 4 + 10 * 2])
    assert list(covered([3, 2.9, 7.1], 3, 7)) == [True, False, False]
    # changes of 2, 4 and 3: a scale of 3; errors of 3 and 6
    assert mase([10, 16], [7, 10], [1, 3, 7, 4]) == pytest.approx((3 + 6) / 2 / 3)


def test_the_interval_score_is_proper():
    """The interval between the true quantiles has the least mean score."""
    draws = np.random.default_rng(0).standard_normal(20_000)
    half = stats.norm.ppf(0.9)
    means = {k: interval_score(draws, -k * half, k * half, 0.8).mean() for k in (0.7, 1.0, 1.4)}
    assert means[1.0] == min(means.values())


def test_the_random_walks_have_their_closed_form():
    z = np.log(Y)
    d = np.diff(z)
    table = forecast(Y, YEARS, 3, methods=FAST).table.set_index(["method", "period"])
    h = np.arange(1, 4)
    np.testing.assert_allclose(table.loc["naive", "estimate"], Y[-1])
    reach = stats.t.ppf(0.9, 15) * np.sqrt(np.mean(d**2) * h)
    np.testing.assert_allclose(table.loc["naive", "upper"], Y[-1] * np.exp(reach))
    centre = z[-1] + h * (z[-1] - z[0]) / 15
    reach = stats.t.ppf(0.9, 14) * d.std(ddof=1) * np.sqrt(h * (1 + h / 15))
    np.testing.assert_allclose(table.loc["drift", "estimate"], np.exp(centre))
    np.testing.assert_allclose(table.loc["drift", "lower"], np.exp(centre - reach))
    assert list(table.loc["drift"].index) == [2024, 2025, 2026]


def test_drift_intervals_are_exact_for_a_gaussian_random_walk():
    """4,000 walks of 8 points, 80% intervals two periods on."""
    walks = np.random.default_rng(1).normal(0.1, 0.2, (4000, 10)).cumsum(1)
    ends = [METHODS["drift"](walk[:8], 2).ends(0.8) for walk in walks]
    inside = [low[1] <= walk[9] <= high[1] for walk, (low, high) in zip(walks, ends, strict=True)]
    assert np.mean(inside) == pytest.approx(0.8, abs=0.02)


SHAPES = pytest.mark.parametrize(
    ("seed", "slope", "n"), [(0, 0.0, 25), (1, 0.6, 25), (2, 0.3, 40), (3, 0.0, 7), (4, 0.1, 12)]
)


def wandering(seed, slope, n):
    rng = np.random.default_rng(seed)
    return slope * np.arange(n) + rng.standard_normal(n) + 0.3 * rng.standard_normal(n).cumsum()


@SHAPES
@pytest.mark.parametrize(
    ("points", "states", "kind"),
    [
        ((101,), 1, {}),
        ((31, 31), 2, {"trend": "add"}),
        ((16, 16, 7), 2, {"trend": "add", "damped_trend": True}),
    ],
)
def test_exponential_smoothing_is_that_of_statsmodels(seed, slope, n, points, states, kind):
    """At our parameters statsmodels has the same likelihood and forecasts; its own search finds nothing better."""
    z = wandering(seed, slope, n)
    fit = smoothing._fit(z, points, states)
    model = ETSModel(pd.Series(z), error="add", **kind)  # a prediction of statsmodels needs labels
    found = model.fit(disp=False)
    assert fit.loglik >= found.llf - 1e-5
    centre, spread = fit.ahead(4)
    if fit.loglik < found.llf + 1e-5:  # else its search ended on another hill
        np.testing.assert_allclose(centre, found.forecast(4), atol=2e-3)
        exact = found.get_prediction(start=n, end=n + 3)
        ratio = spread / np.sqrt(exact.forecast_variance)
        np.testing.assert_allclose(ratio, np.sqrt(n / fit.df), rtol=2e-3)  # but for the correction of s^2


@SHAPES
def test_the_local_linear_trend_is_that_of_a_kalman_filter(seed, slope, n):
    z = wandering(seed, slope, n)
    fit = local_trend(z)
    model = UnobservedComponents(z, "local linear trend")
    same = model.smooth(fit.variances)
    ahead = same.get_forecast(3)
    np.testing.assert_allclose(fit.ahead(3)[0], ahead.predicted_mean, rtol=1e-4)
    np.testing.assert_allclose(fit.ahead(3)[1], ahead.se_mean, rtol=1e-4)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert same.llf >= model.fit(disp=False).llf - 1e-5


def test_the_grid_finds_the_higher_of_two_hills_and_follows_a_ridge():
    def hills(x):
        return np.exp(-((x[:, 0] - 0.2) ** 2) / 0.01) + 1.1 * np.exp(-((x[:, 0] - 0.8) ** 2) / 0.01)

    assert highest(hills, [(0, 1)], [21])[0] == pytest.approx([0.8], abs=1e-3)

    def ridge(x):
        return -100 * (x[:, 0] - x[:, 1] ** 2) ** 2 - (x[:, 1] - 0.737) ** 2

    assert highest(ridge, [(0, 1)] * 2, [11, 11])[0] == pytest.approx([0.737**2, 0.737], abs=0.01)
    edge = highest(lambda x: x[:, 0], [(0, 1)], [5])
    assert edge[0] == [1]
    assert highest(lambda x: np.ones(len(x)), [(0, 1)], [5])[0] == pytest.approx([0], abs=0.3)


def test_noise_moves_no_forecast_and_no_record():
    rng = np.random.default_rng(7)
    one, other = forecast(Y, YEARS), forecast(Y * (1 + 1e-12 * rng.uniform(-1, 1, len(Y))), YEARS)
    columns = ["estimate", "lower", "upper"]
    np.testing.assert_allclose(other.table[columns], one.table[columns], rtol=1e-8)
    np.testing.assert_allclose(
        other.record.drop(columns="method"), one.record.drop(columns="method"), rtol=1e-8
    )
    assert (other.best, other.failed) == (one.best, one.failed)


def test_the_record_is_that_of_a_replay_by_hand():
    z = np.log(Y)
    record = forecast(Y, YEARS, 2, methods=FAST).record.set_index(["method", "horizon"])
    errors, scores, inside = [], [], []
    for k in range(16 - MOST_ORIGINS, 15):  # two periods on
        d = np.diff(z[:k])
        half = stats.t.ppf(0.9, k - 1) * np.sqrt(2 * np.mean(d**2))
        errors.append(abs(z[k + 1] - z[k - 1]) / np.abs(d).mean())
        low, high = z[k - 1] - half, z[k - 1] + half
        scores.append(2 * half + 10 * max(low - z[k + 1], 0) + 10 * max(z[k + 1] - high, 0))
        inside.append(low <= z[k + 1] <= high)
    row = record.loc[("naive", 2)]
    assert (row["n"], row["dropped"]) == (9, 0)
    assert row["mase"] == pytest.approx(np.mean(errors))
    assert row["interval_score"] == pytest.approx(np.mean(scores))
    assert row["coverage"] == pytest.approx(np.mean(inside))


def test_neither_unit_nor_order_matters():
    one = forecast(Y, YEARS)
    order = np.random.default_rng(0).permutation(16)
    other = forecast(1e-4 * Y[order], YEARS[order])
    columns = ["estimate", "lower", "upper"]
    np.testing.assert_allclose(1e4 * other.table[columns], one.table[columns], rtol=1e-4)
    np.testing.assert_allclose(other.record["mase"], one.record["mase"], rtol=1e-3)
    assert other.best == one.best
    assert list(one.record["method"].unique()) == list(METHODS)
    assert one.chosen["method"].eq(one.best).all()


def test_steady_growth_prefers_a_method_with_drift_and_a_walk_the_naive_one():
    rng = np.random.default_rng(5)
    steady = np.exp(0.3 * np.arange(18) + 0.03 * rng.standard_normal(18))
    assert forecast(steady, range(18), methods=FAST).best == "drift"
    walks = [np.exp(rng.normal(0, 0.2, 18).cumsum()) for _ in range(60)]
    chosen = [forecast(walk, range(18), methods=FAST).best for walk in walks]
    assert chosen.count("naive") >= 54


def test_a_short_record_keeps_the_naive_forecast():
    assert (
        forecast(np.exp(0.3 * np.arange(10.0) + 0.01 * Y[:10] / Y[0]), range(10), methods=FAST).best
        == "naive"
    )


def test_a_method_that_fails_is_counted_and_left_out(monkeypatch):
    def stubborn(z, horizon):
        if len(z) % 2:
            raise NotFittedError("odd")
        return forecast_methods.naive(z, horizon)

    monkeypatch.setitem(METHODS, "ets", stubborn)
    made = forecast(Y[:15], YEARS[:15], methods=("ets",))
    record = made.record.set_index(["method", "horizon"])
    assert record.loc[("ets", 1), ["n", "dropped"]].tolist() == [5, 5]
    assert made.failed == ("ets",)
    assert set(made.table["method"]) == {"naive"}
    pooled = pooled_record([made]).set_index(["method", "horizon"])
    assert pooled.loc[("ets", 1), "dropped"] == 5


def test_the_pooled_record():
    rng = np.random.default_rng(2)
    made = [forecast(np.exp(rng.normal(0.05, 0.2, n).cumsum()), range(n), methods=FAST) for n in (8, 12, 20)]
    row = pooled_record(made).set_index(["method", "horizon"]).loc[("drift", 1)]
    parts = [one.record.set_index(["method", "horizon"]).loc[("drift", 1)] for one in made]
    assert row["series"] == 3
    assert row["n"] == 3 + 7 + 10
    assert row["mase"] == pytest.approx(np.mean([part["mase"] for part in parts]))
    assert row["coverage"] == pytest.approx(sum(part["coverage"] * part["n"] for part in parts) / 20)
    naive = [one.record.set_index(["method", "horizon"]).loc[("naive", 1)] for one in made]
    better = [a["interval_score"] < b["interval_score"] for a, b in zip(parts, naive, strict=True)]
    assert row["beats_naive"] == pytest.approx(np.mean(better))


def test_odd_series_are_survived():
    late = forecast([5] * 7 + [6], range(8))  # no origin has a scale
    assert late.record["n"].eq(0).all()
    assert late.best == "naive"
    pooled_record([late, forecast(Y, YEARS, methods=FAST)])
    exact = forecast(2.0 ** np.arange(12), range(12)).table.set_index("method")
    assert exact.loc["drift", "estimate"].tolist() == pytest.approx([4096, 8192])
    assert np.isfinite(pd.concat([late.table, exact])[["lower", "upper"]].to_numpy()).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: forecast(Y[:7], YEARS[:7]), "at least 8"),
        (lambda: forecast([4] * 9, range(9)), "y is constant .4 in all 9 periods."),
        (lambda: forecast(np.where(YEARS == 2010, 0, Y), YEARS), "period 2010 is 0"),
        (lambda: forecast(np.where(YEARS == 2010, np.nan, Y), YEARS), "period 2010 is nan"),
        (lambda: forecast(np.delete(Y, 3), np.delete(YEARS, 3)), "2011 is missing"),
        (lambda: forecast(Y, np.where(YEARS == 2011, 2010, YEARS)), "2010 comes more than once"),
        (lambda: forecast(Y, YEARS, 0), "horizon must be 1 or more"),
        (lambda: forecast(Y, YEARS, 12), "from 1 to 11"),
        (lambda: forecast(Y, YEARS, 1.5), "whole number"),
        (lambda: forecast(Y, YEARS, level=80), "level must be above 0 and below 1"),
        (lambda: forecast(Y, YEARS, methods=["arima"]), "no method 'arima'"),
        (lambda: pooled_record([]), "at least one"),
        (
            lambda: pooled_record([forecast(Y, YEARS, methods=FAST, level=a) for a in (0.8, 0.9)]),
            "different levels",
        ),
        (lambda: interval_score(1, 3, 2, 0.8), "exchange them"),
        (lambda: mase([1], [1], [2, 2, 2]), "not all equal"),
        (lambda: mase([1, 2], [1], [1, 2]), "one forecast for each"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()


def test_months_keep_their_pattern():
    """A drifting series with an exact pattern: the drift forecast has no error, and the next label."""
    months = np.arange(48)
    labels = [f"{2015 + m // 12}-{m % 12 + 1:02d}" for m in months]
    season = np.random.default_rng(0).normal(0, 0.5, 12)
    z = 3 + 0.02 * np.arange(60) + np.tile(season - season.mean(), 5)
    noise = 1e-3 * np.random.default_rng(1).standard_normal(48)
    made = forecast(np.exp(z[:48] + noise), labels, 12, methods=FAST)
    rows = made.table[made.table["method"] == "drift"]
    assert rows["period"].tolist() == [f"2019-{m:02d}" for m in range(1, 13)]
    np.testing.assert_allclose(np.log(rows["estimate"]), z[48:], atol=0.01)
    assert made.season == 12
    assert made.best == "drift"
    assert made.sentence().startswith("For 2019-12 the drift forecast is")
    flat = forecast(np.exp(z[:48] + noise), labels, 2, methods=FAST, season=1)
    assert flat.scores["error"].abs().mean() > 10 * made.scores["error"].abs().mean()
    with pytest.raises(InputError, match="needs at least 36"):
        forecast(np.exp(z[:30]), labels[:30], methods=FAST)


@pytest.mark.parametrize(
    ("labels", "following"),
    [
        ([f"{1990 + k}/{(91 + k) % 100:02d}" for k in range(9)], ["1999/00", "2000/01"]),
        ([f"{1990 + k}/{1991 + k}" for k in range(9)], ["1999/2000", "2000/2001"]),
        ([f"{2010 + k // 2}-H{k % 2 + 1}" for k in range(9)], ["2014-H2", "2015-H1"]),
        ([f"{2010 + k // 4}Q{k % 4 + 1}" for k in range(12)], ["2013Q1", "2013Q2"]),
        (list(range(1990, 1999)), [1999, 2000]),
    ],
)
def test_what_is_forecast_is_written_as_the_series_is(labels, following):
    y = 1000 + 300 * np.random.default_rng(6).random(len(labels))
    found = forecast(y, labels, methods="naive")
    assert found.table["period"].tolist() == following
    assert set(found.scores["origin"]) <= set(labels)
    assert f"For {following[1]} the naive forecast is 1," in found.sentence()


def test_a_missing_period_is_told_as_the_series_writes_it():
    labels = [f"{1990 + k}/{(91 + k) % 100:02d}" for k in range(10) if k != 3]
    with pytest.raises(InputError, match="from 1990/91 to 1999/00; 1993/94 is missing"):
        forecast(range(1, 10), labels, methods="naive")
