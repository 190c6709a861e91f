"""Gini and top shares: arithmetic, laws whose measures are known, and how often intervals hold them."""

import numpy as np
import pytest
from scipy import integrate, special, stats

from analysis.models import concentration, pareto_excess
from analysis.models.lorenz import _measures, _measures_drawn, _spread
from analysis.models.tail_draws import LognormalTails, ParetoTails, draw_tails


def test_concentration_is_arithmetic():
    found = concentration([4, 3, 2, 1], top=[0.25, 0.5, 0.125])
    assert found.shares["estimate"].tolist() == pytest.approx([0.4, 0.7, 0.2])
    assert found.gini == pytest.approx(0.25)  # (2 (1 + 4 + 9 + 16) / (4 x 10)) - 5/4
    assert found.lorenz["share"].tolist() == pytest.approx([0, 0.1, 0.3, 0.6, 1])
    assert concentration([1, 1, 1]).gini == pytest.approx(0, abs=1e-12)
    assert concentration([0, 0, 0, 1]).gini == pytest.approx(0.75)
    assert concentration([1, 2, 3]).shares.index.tolist() == [0.01, 0.1]


def test_concentration_of_a_pareto_is_known():
    quantiles = (1 - (np.arange(200_000) + 0.5) / 200_000) ** (
        -1 / 3
    )  # index 3: gini 1/5, top q holds q^(2/3)
    found = concentration(quantiles, draws=19)
    assert found.gini == pytest.approx(0.2, abs=1e-3)
    assert found.shares["estimate"].tolist() == pytest.approx([0.01 ** (2 / 3), 0.1 ** (2 / 3)], abs=1e-3)


HEAVY = {
    "index 1.5": (lambda rng: (1 - rng.random(300)) ** (-2 / 3), [0.01 ** (1 / 3), 0.1 ** (1 / 3), 0.5]),
    "log-normal, spread 2": (
        lambda rng: np.exp(2 * rng.normal(size=100)),
        [*stats.norm.cdf(2 - stats.norm.isf([0.01, 0.1])), special.erf(1)],
    ),
}


@pytest.mark.parametrize("law", HEAVY)
def test_shares_and_gini_of_a_heavy_tail_are_covered(law):
    """A bootstrap of the values alone held the top hundredth of the second law in 62 of 100 samples."""
    draw, truth = HEAVY[law]
    rng, held = np.random.default_rng(5), []
    for seed in range(150):
        found = concentration(draw(rng), [0.01, 0.1], level=0.9, draws=199, seed=seed)
        lower, upper = [*found.shares["lower"], found.gini_lower], [*found.shares["upper"], found.gini_upper]
        held.append((np.array(lower) <= truth) & (truth <= np.array(upper)))
    assert (np.mean(held, axis=0) > 0.9 - 3.5 * np.sqrt(0.09 / 150)).all()


def test_measures_of_a_law_alone_are_its_own():
    """All weight on the law: Gini 1 / (2 a - 1) and q^(1 - 1/a) of Pareto's, erf(s / 2) and Phi(s - z) of a normal."""
    q, index, spread = np.array([0.01, 0.1, 0.5]), np.array([1.3, 2.5]), np.array([0.5, 2.0])
    weights = np.array([[0.0, 1.0], [0.0, 1.0]])
    pareto = _measures_drawn(np.array([3.0]), 3.0, weights, ParetoTails(1 / index, 1 / index), q)
    truth = np.column_stack([q ** (1 - 1 / index[:, None]), 1 / (2 * index - 1)])
    assert np.allclose(pareto, truth, rtol=1e-9)
    law = LognormalTails(np.array([-9.0, -9.0]), spread)
    normal = _measures_drawn(np.array([3.0]), 3.0, weights, law, q)
    truth = np.column_stack([special.ndtr(spread[:, None] - stats.norm.isf(q)), special.erf(spread / 2)])
    assert np.allclose(normal, truth, atol=1e-7)


def test_measures_with_equal_weights_are_those_of_the_values():
    values = np.sort(np.exp(np.random.default_rng(6).normal(size=37)))
    weights = np.append(np.full(37, 1 / 37), 0.0)[None]
    q = np.array([0.01, 0.1, 0.33, 0.9])
    drawn = _measures_drawn(values, 1.0, weights, None, q)
    assert np.allclose(drawn, _measures(values[None], q))


@pytest.mark.parametrize("law", [LognormalTails, ParetoTails])
def test_what_a_law_holds_is_an_integral(law):
    tails = law(np.array([0.7]), np.array([0.4]))
    if law is LognormalTails:
        survival = lambda x: stats.norm.sf(0.7 + np.log(x) / 0.4) / stats.norm.sf(0.7)  # noqa: E731
    else:
        survival = stats.genpareto(0.7, loc=1, scale=0.4).sf
    mean = 1 + integrate.quad(survival, 1, np.inf, limit=400)[0]
    assert tails.top(np.zeros(1))[0] == pytest.approx(mean, rel=1e-6)
    square = integrate.quad(lambda x: survival(x) ** 2, 1, np.inf, limit=400)[0]
    assert tails.square()[0] == pytest.approx(square, rel=1e-6)


def test_tails_are_drawn_about_the_law_that_made_them():
    rng = np.random.default_rng(3)
    normal = rng.normal(size=20_000)
    laws = draw_tails(normal[normal > 1.0] * 1.5 - 1.5, 200, rng)
    assert laws[0].count > 100  # the rival fits a part of a normal's tail nearly as well
    assert np.median(laws[0].a) == pytest.approx(1.0, abs=0.35)
    assert np.median(laws[0].spread) == pytest.approx(1.5, rel=0.15)
    x = 1 + stats.genpareto(0.6, scale=0.2).rvs(3_000, random_state=rng)
    laws = draw_tails(np.log(x), 200, rng)
    assert laws[1].count == 200
    fitted = pareto_excess(x, 1.0)
    assert np.median(laws[1].shape) == pytest.approx(fitted.shape, abs=0.02)
    assert np.std(laws[1].shape) == pytest.approx(1.6 / np.sqrt(3_000), rel=0.25)  # (1 + shape) / sqrt n
    assert np.median(laws[1].scale) == pytest.approx(fitted.scale, rel=0.03)


def test_heaped_values_are_spread_halfway_to_their_neighbours():
    found = _spread(np.array([0.0, 1, 2, 2, 4]))
    assert found.tolist() == pytest.approx([0, 1, 2 ** (3 / 4), 2 ** (5 / 4), 4])
    far = _spread(np.array([1.0, 1, 1e6]))
    assert far.tolist() == pytest.approx([np.exp(-0.25), np.exp(0.25), 1e6])
    assert _spread(np.array([3.0, 3, 3])).tolist() == [3, 3, 3]


@pytest.mark.parametrize(
    "x",
    [[1, 2], [1, 1, 1, 9], [0, 0, 0, 1], [0, 1, 1, 2], [1e-140, 1, 1e140], [1, 1 + 1e-15], [5] * 40 + [6]],
)
def test_intervals_hold_the_estimate_whatever_the_values(x):
    found = concentration(x, [0.01, 0.5], draws=99)
    ends = found.shares.loc[:, ["lower", "estimate", "upper"]].to_numpy()
    assert np.isfinite(ends).all()
    assert (np.diff(ends) >= 0).all()
    assert ((ends >= 0) & (ends <= 1)).all()
    assert -1e-12 <= found.gini_lower <= found.gini <= found.gini_upper <= 1
    tenfold = concentration(np.array(x[::-1]) / 8, [0.01, 0.5], draws=99)
    assert np.allclose(tenfold.shares, found.shares, rtol=1e-9)
