"""From stage to stage: shares passed on, lags, ratios of counts, against arithmetic, R and known truth."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.models import consistency, conversion, count_ratio, estimated_lag, pooled_count_ratio

YEARS = range(2014, 2024)


def stream(rng, draws=400, share=0.6, lag=(0.7, 0.3), noise=0.0):
    """Draws of what entered over ten years and of what left, with a known share and lag."""
    truth = 1000 * np.exp(np.cumsum(rng.normal(0, 0.3, len(YEARS))))
    left = np.full(len(YEARS), np.nan)
    left[len(lag) - 1 :] = share * sum(
        g * truth[len(lag) - 1 - k : len(YEARS) - k] for k, g in enumerate(lag)
    )
    left[: len(lag) - 1] = share * truth[: len(lag) - 1]
    errors = rng.normal(0, noise, (2, len(YEARS))) if noise else np.zeros((2, len(YEARS)))
    seen = rng.normal(0, noise, (2, draws, len(YEARS)))
    return truth * np.exp(errors[0] + seen[0]), left * np.exp(errors[1] + seen[1]), truth, left


def test_the_arithmetic_of_one_draw():
    found = conversion([100, 200, 400], [90, 85, 200], lag=(0.7, 0.3))
    np.testing.assert_allclose(found.estimate, [85 / (140 + 30), 200 / (280 + 60)])
    np.testing.assert_allclose(found.lower, found.upper)
    assert found.years == (1, 2)
    assert found.overall[0] == pytest.approx(285 / 510)
    assert conversion([100, 200], [40, 90], lag=(1,)).estimate.tolist() == [0.4, 0.45]


def test_a_known_share_comes_back_exactly_and_years_keep_their_labels():
    entered, left, _, _ = stream(np.random.default_rng(1))
    frames = [pd.DataFrame(one, columns=list(YEARS)) for one in (entered, left)]
    found = conversion(*frames)
    np.testing.assert_allclose(found.estimate, 0.6)
    assert found.years == tuple(YEARS)[1:]
    one_draw = conversion(entered[:1], left)
    np.testing.assert_allclose(one_draw.estimate, 0.6)


def test_quantiles_are_those_of_the_draws():
    rng = np.random.default_rng(2)
    entered, left = rng.uniform(90, 110, (1000, 1)), rng.uniform(40, 60, (1000, 1))
    found = conversion(entered, left, lag=(1.0,), level=0.8)
    ratios = np.sort((left / entered).ravel())
    assert found.lower[0] == pytest.approx(ratios[100], abs=1e-3)
    assert found.upper[0] == pytest.approx(ratios[899], abs=1e-3)


def test_the_interval_covers():
    """400 seeded streams of nine years whose draws spread as their errors do; Monte Carlo error 0.5 points at 90%."""
    rng = np.random.default_rng(3)
    covered = []
    for _ in range(400):
        entered, left, _, _ = stream(rng, draws=200, noise=0.1)
        found = conversion(entered, left)
        covered.append((found.lower <= 0.6) & (found.upper >= 0.6))
    assert np.mean(covered) == pytest.approx(0.9, abs=0.025)


@pytest.mark.parametrize("lag", [(1.0, 0.0), (0.7, 0.3), (0.2, 0.8)])
def test_the_lag_comes_back(lag):
    entered, left, _, _ = stream(np.random.default_rng(4), lag=lag)
    found = estimated_lag(entered[:20], left[:20])
    np.testing.assert_allclose(found.table["weight"], lag, atol=1e-9)
    assert found.share[0] == pytest.approx(0.6)
    wide = estimated_lag(*stream(np.random.default_rng(4), lag=lag, noise=0.02)[:2], years=2)
    assert (wide.table["lower"] <= np.array(lag) + 0.15).all()


def test_what_would_have_to_be_true():
    """Two persons a case: more pass on than entered; and 30 more left in the first two years than came."""
    table = consistency(
        {"solved": [100, 100, 100], "arrested": [120, 110, 60], "tried": [50, 50, 50]}, lag=(1,)
    )
    assert table["first"].tolist() == ["solved", "arrested"]
    assert table["share"].tolist() == pytest.approx([1.2, 50 / 60])
    assert table["chance_above_1"].tolist() == [1, 0]
    assert table["backlog"].tolist() == [30, 0]


def test_r_poisson_test():
    """R 4.2.2: poisson.test(7, 3) 0.9381210172 to 4.8075584539; poisson.test(0, 2, conf.level = .9) to 1.497866137."""
    found = count_ratio(7, 3).iloc[0]
    assert tuple(found) == pytest.approx((7 / 3, 0.9381210172, 4.8075584539), rel=1e-9)
    none = count_ratio(pd.Series([0], index=["a"]), 2, level=0.9).loc["a"]
    assert tuple(none) == pytest.approx((0, 0, 1.497866137), rel=1e-9)


def test_r_quasi_poisson():
    """R 4.2.2: glm(c(20, 31, 64) ~ 1, offset = log(c(10, 15, 20)), quasipoisson): with t(2) limits."""
    found = pooled_count_ratio([20, 31, 64], [10, 15, 20])
    assert found.dispersion == pytest.approx(2.930434924, rel=1e-6)
    assert (found.estimate, found.lower, found.upper) == pytest.approx(
        (2.555555556, 1.285866843, 5.078958394), rel=1e-6
    )


def test_exact_ratios_cover_at_least_their_level():
    rng = np.random.default_rng(6)
    found = count_ratio(rng.poisson(2.5 * 4, 20_000), 4)
    covered = ((found["lower"] <= 2.5) & (found["upper"] >= 2.5)).mean()
    assert 0.95 <= covered < 0.985


def test_pooled_ratios_cover_counts_that_spread_more_than_poisson():
    """3,000 seeded negative binomial series of eight years; the Monte Carlo error is 0.4 points at 95%."""
    rng = np.random.default_rng(7)
    base, covered = np.arange(20, 60, 5.0), 0
    for _ in range(1000):
        found = pooled_count_ratio(rng.negative_binomial(30, 30 / (30 + 2 * base)), base)
        covered += found.lower <= 2 <= found.upper
    assert covered / 1000 == pytest.approx(0.95, abs=0.025)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: conversion([1, 2], [1, 2], lag=(0.7, 0.4)), "sum to 1, not 1.1"),
        (lambda: conversion([1, 2], [1, 2], lag=(1.2, -0.2)), "0 or more"),
        (lambda: conversion([1], [1]), "fewer than the 2"),
        (lambda: conversion([1, 2, 3], [1, 2]), "same years"),
        (lambda: conversion(np.ones((2, 3)), np.ones((3, 3))), "as many of each"),
        (lambda: conversion([0, 0, 3], [1, 2, 3]), "Nothing entered that could have left in year 1"),
        (lambda: conversion([1, np.nan], [1, 2]), "missing"),
        (lambda: conversion([1, -1], [1, 2]), "below zero"),
        (
            lambda: conversion(pd.Series([1, 2], [2014, 2015]), pd.Series([1, 2], [2015, 2016])),
            "not those of left",
        ),
        (lambda: estimated_lag([1, 2, 3], [1, 2, 3]), "at least 4 years"),
        (lambda: estimated_lag([1, 2, 3, 4], [0, 0, 0, 0]), "no lag can be told"),
        (lambda: consistency({"solved": [1, 2]}), "no funnel"),
        (lambda: consistency({"solved": [0, 0], "tried": [1, 2]}), "Nothing entered solved"),
        (lambda: count_ratio(1.5, 3), "whole numbers"),
        (lambda: count_ratio(1, 0), "above 0"),
        (lambda: pooled_count_ratio([4], [2]), "One period"),
        (lambda: pooled_count_ratio([0, 0], [2, 3]), "All counts are zero"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()
