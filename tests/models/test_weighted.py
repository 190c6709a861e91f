"""Weighted means and totals, against textbooks, R's survey package and simulation."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.models import weighted_mean, weighted_total

# Made up; the results below are those of R 4.2.2, survey 4.1-1 (svydesign, svymean, svytotal, postStratify).
FAKE = [1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0]
VALUE = [3, 5, 2, 8, 1, 4, 9, 7, 6, 2, 8, 3]
WEIGHTS = [10, 12, 9, 11, 40, 35, 50, 45, 100, 120, 90, 110]
STRATA = list("aaaabbbbcccc")
SIZES = {"a": 50, "b": 200, "c": 500}


def test_r_survey_without_strata():
    mean, total = weighted_mean(FAKE, WEIGHTS), weighted_total(FAKE, WEIGHTS)
    assert (mean.estimate, mean.se) == pytest.approx((0.2705696203, 0.1625388264), rel=1e-9)
    assert (total.estimate, total.se) == pytest.approx((171, 105.9206392455), rel=1e-9)
    mean, total = weighted_mean(VALUE, WEIGHTS), weighted_total(VALUE, WEIGHTS)
    assert (mean.estimate, mean.se) == pytest.approx((4.7958860759, 0.9483651387), rel=1e-9)
    assert (total.estimate, total.se) == pytest.approx((3031, 818.9658112522), rel=1e-9)


def test_r_survey_with_strata():
    mean, total = weighted_mean(VALUE, WEIGHTS, STRATA), weighted_total(VALUE, WEIGHTS, STRATA)
    assert (mean.estimate, mean.se) == pytest.approx((4.7958860759, 1.0355245261), rel=1e-9)
    assert (total.estimate, total.se) == pytest.approx((3031, 582.5321164251), rel=1e-9)
    assert mean.df == 9
    assert weighted_mean(FAKE, WEIGHTS, STRATA).se == pytest.approx(0.1790073152, rel=1e-9)


SIZES_SAID = [
    SIZES,
    pd.Series(SIZES)[::-1],
    [50, 200, 500],
    [50] * 4 + [200] * 4 + [500] * 4,
]


@pytest.mark.parametrize("sizes", SIZES_SAID, ids=["mapping", "series", "by stratum", "by item"])
def test_r_survey_with_sizes(sizes):
    mean, total = (f(VALUE, WEIGHTS, STRATA, sizes) for f in (weighted_mean, weighted_total))
    assert (mean.estimate, mean.se) == pytest.approx((4.7934640523, 1.0140668027), rel=1e-9)
    assert (total.estimate, total.se) == pytest.approx((3595.0980392157, 760.5501020306), rel=1e-9)
    mean = weighted_mean(FAKE, WEIGHTS, STRATA, sizes)
    assert (mean.estimate, mean.se) == pytest.approx((0.2704948646, 0.1777081926), rel=1e-9)


def test_lohrs_statistics_classes():
    """Lohr, Sampling: Design and Analysis, chapter 6: five of 15 classes drawn by size: 1,749.014, SE 222.42."""
    chance = np.array([24, 100, 100, 76, 44]) / 647
    found = weighted_total([75, 203, 203, 191, 168], 1 / (5 * chance))
    assert found.estimate == pytest.approx(1749.014, abs=5e-4)
    assert found.se == pytest.approx(222.42, abs=5e-3)


def made(n, mean, variance):
    """Numbers with exactly this mean and variance."""
    x = np.linspace(-1, 1, n) ** 3
    return mean + (x - x.mean()) / x.std(ddof=1) * variance**0.5


def test_lohrs_farms():
    """Lohr, chapter 3, Census of Agriculture by region (N_h, n_h, mean, variance): total 909,736,035, SE 50,417,248."""
    regions = {
        "NC": (1054, 103, 300504.2, 29618183543),
        "NE": (220, 21, 97629.8, 7647472708),
        "S": (1382, 135, 211315.0, 53587487856),
        "W": (422, 41, 662295.5, 396185950266),
    }
    y = np.concatenate([made(*row[1:]) for row in regions.values()])
    strata = np.repeat(list(regions), [row[1] for row in regions.values()])
    weights = np.repeat([row[0] / row[1] for row in regions.values()], [row[1] for row in regions.values()])
    sizes = {name: row[0] for name, row in regions.items()}
    total = weighted_total(y, weights, strata, sizes)
    assert total.estimate == pytest.approx(909_736_035, abs=50)  # the printed means are rounded to 0.1
    assert total.se == pytest.approx(50_417_248, abs=1)
    mean = weighted_mean(y, weights, strata, sizes)
    assert (mean.estimate, mean.se) == pytest.approx((295_560.8, 16_379.9), abs=0.1)


def test_equal_weights_are_the_simple_sample():
    y = np.array([0, 0, 1, 0, 1, 1, 0, 0])
    found = weighted_mean(y, np.full(8, 25.0))
    assert found.estimate == y.mean()
    assert found.se == pytest.approx(y.std(ddof=1) / np.sqrt(8))
    assert found.effective_n == pytest.approx(8)
    census = weighted_mean(y, np.full(8, 25.0), population=8)
    assert census.se == 0
    sized = weighted_mean(y, np.full(8, 25.0), population=200)
    assert sized.se == pytest.approx(found.se * np.sqrt(1 - 8 / 200))


def test_weights_by_label():
    y = pd.Series(VALUE, index=list("ABCDEFGHIJKL"))
    weights = pd.Series(WEIGHTS, index=y.index)[::-1]
    assert weighted_mean(y, weights).estimate == pytest.approx(weighted_mean(VALUE, WEIGHTS).estimate)


@pytest.mark.parametrize("names", [{"a": 1, "b": 2, "c": 3}, {"a": "F", "b": "A", "c": "B"}])
def test_sizes_of_items_go_by_the_items_whatever_the_strata_are_called(names):
    y = pd.Series(VALUE, index=list("ABCDEFGHIJKL") if names["a"] == "F" else range(12))
    strata = pd.Series(STRATA, index=y.index).map(names)
    sizes = pd.Series(STRATA, index=y.index).map(SIZES)
    for given in (sizes, sizes[::-1]):
        found = weighted_mean(y, WEIGHTS, strata, given)
        assert (found.estimate, found.se) == pytest.approx((4.7934640523, 1.0140668027), rel=1e-9)


def market(rng, size=4000):
    """Listings by stratum, a fake or not, a risk score, and the chance of being bought that follows the score."""
    strata = np.repeat([0, 1, 2], [size // 2, size // 4, size // 4])
    fake = rng.random(size) < np.array([0.05, 0.15, 0.4])[strata]
    score = 1 + 4 * fake * (rng.random(size) < 0.6) + 2 * strata
    return strata, fake.astype(float), 240 * score / score.sum()


def planned(rng, strata, chance):
    """Items drawn with replacement, so many from each stratum, and the number of times each is expected."""
    drawn, each = [], np.empty(len(chance))
    for name in np.unique(strata):
        own = np.flatnonzero(strata == name)
        n, p = round(chance[own].sum()), chance[own] / chance[own].sum()
        drawn.append(rng.choice(own, n, p=p))
        each[own] = n * p
    return np.concatenate(drawn), each


@pytest.mark.parametrize("kind", ["plain", "strata", "sizes"])
def test_targeted_buys_recover_the_market(kind):
    """600 seeded samples of a market; the Monte Carlo error is 0.9 points at 95%."""
    rng = np.random.default_rng(2025)
    strata, fake, chance = market(rng)
    truth, covered, estimates = fake.mean(), [], []
    for _ in range(600):
        drawn, each = np.flatnonzero(rng.random(len(fake)) < chance), chance
        if kind == "strata":  # as many as planned from each
            drawn, each = planned(rng, strata, chance)
        more = {} if kind == "plain" else {"strata": strata[drawn]}
        if kind == "sizes":
            more["population"] = dict(enumerate(np.bincount(strata)))
        found = weighted_mean(fake[drawn], 1 / each[drawn], **more)
        covered.append(found.lower <= truth <= found.upper)
        estimates.append(found.estimate)
    assert np.mean(estimates) == pytest.approx(truth, abs=4 * np.std(estimates) / np.sqrt(600) + 0.001)
    assert 0.93 <= np.mean(covered) <= 0.97


def test_totals_of_targeted_buys_are_unbiased_and_their_se_is_their_spread():
    """3,000 seeded samples drawn with replacement by size; the Monte Carlo error of the se is 1.3 percent."""
    rng = np.random.default_rng(12)
    size = rng.lognormal(0, 1, 500)
    y = size * rng.uniform(0.5, 1.5, 500)
    chance = (size + 0.3) / (size + 0.3).sum()
    found = []
    for _ in range(3000):
        drawn = rng.choice(500, 40, p=chance)
        one = weighted_total(y[drawn], 1 / (40 * chance[drawn]))
        found.append((one.estimate, one.se**2, one.lower <= y.sum() <= one.upper))
    estimate, variance, covered = np.array(found).T
    assert estimate.mean() == pytest.approx(y.sum(), abs=4 * estimate.std() / np.sqrt(3000))
    assert np.sqrt(variance.mean()) == pytest.approx(estimate.std(), rel=0.05)
    assert covered.mean() == pytest.approx(0.95, abs=0.015)


def test_the_naive_share_of_targeted_buys_is_far_off():
    _, fake, chance = market(np.random.default_rng(3))
    assert (fake @ chance) / chance.sum() > 1.5 * fake.mean()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: weighted_mean([1, 0], [1, 0]), "above 0"),
        (lambda: weighted_mean([1, 0], [1, -2]), "above 0"),
        (lambda: weighted_total([1], [3]), "one item"),
        (lambda: weighted_mean([1, 0, 1], [1, 2]), "one weight for each"),
        (lambda: weighted_mean([1, 0, 1], [1, 2, 3], ["a", "a", "b"]), "'b' has one item"),
        (lambda: weighted_mean([1, 0, 1], [1, 2, 3], ["a", "a"]), "3 labels"),
        (lambda: weighted_mean([1, 0, 1], [1, 2, 3], ["a", "a", None]), "no label at place 3"),
        (lambda: weighted_mean(FAKE, WEIGHTS, STRATA, {"a": 50, "b": 200}), "no stratum 'c'"),
        (lambda: weighted_mean(FAKE, WEIGHTS, STRATA, {**SIZES, "b": 3}), "of which 4 were drawn"),
        (lambda: weighted_mean(FAKE, WEIGHTS, STRATA, 750), "a mapping"),
        (lambda: weighted_mean(FAKE, WEIGHTS, STRATA[::-1], [50, 200, 500]), "a mapping"),
        (lambda: weighted_mean(FAKE, WEIGHTS, STRATA, list(range(50, 62))), "same for all items"),
        (lambda: weighted_mean([1, np.nan], [1, 2]), "leave out"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()
