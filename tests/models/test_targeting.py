"""Targeted buys: bounds, lift, allocation and sample sizes, against published examples and programs."""

import numpy as np
import pytest
from scipy.optimize import minimize
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.errors import InputError
from analysis.models import (
    detection_yield,
    market_bounds,
    neyman_allocation,
    proportion_interval,
    sample_size_for_change,
)


def test_koopmans_example():
    """Koopman 1984: 36 of 40 against 16 of 80: ratio 4.5, 95% 2.94 to 7.15."""
    found = detection_yield(36, 40, 16, 80)
    assert found.ratio == 4.5
    assert (found.lower, found.upper) == pytest.approx((2.94, 7.15), abs=5e-3)
    assert found.more_per_100 == pytest.approx(70)


@pytest.mark.filterwarnings("ignore:divide by zero")  # in statsmodels
@pytest.mark.parametrize(
    "counts", [(0, 10, 3, 10), (5, 10, 0, 20), (10, 10, 3, 10), (1, 1000, 50, 60), (7, 900, 2, 90000)]
)
def test_statsmodels_score_interval(counts):
    lower, upper = confint_proportions_2indep(*counts, compare="ratio", method="score", correction=False)
    found = detection_yield(*counts)
    assert found.lower == pytest.approx(lower, rel=1e-6, abs=1e-9)
    assert found.upper == pytest.approx(upper, rel=1e-6)


def test_the_lift_is_covered():
    """3,000 seeded pairs of samples; the Monte Carlo error is 0.4 points at 95%."""
    rng = np.random.default_rng(5)
    pairs = np.column_stack([rng.binomial(80, 0.3, 3000), rng.binomial(200, 0.05, 3000)])
    kinds, times = np.unique(pairs, axis=0, return_counts=True)
    covered = 0
    for (k, k0), count in zip(kinds, times, strict=True):
        found = detection_yield(int(k), 80, int(k0), 200)
        covered += count * (found.lower <= 6 <= found.upper)
    assert covered / 3000 == pytest.approx(0.95, abs=0.015)


def test_bounds_are_the_arithmetic():
    limits = proportion_interval(30, 100, "clopper-pearson").iloc[0]
    found = market_bounds(30, 100, (2, 6))
    assert found.lower == pytest.approx(limits["lower"] / 6)
    assert found.upper == pytest.approx(limits["upper"] / 2)
    assert market_bounds(30, 100, 3).at_estimate == pytest.approx((0.1, 0.1))


def test_without_a_known_lift_only_the_targets_part_is_known():
    found = market_bounds(30, 100, target_share=0.2)
    assert found.at_estimate == pytest.approx((0.06, 0.3))
    blind = market_bounds(30, 100, (0.01, np.inf), target_share=0.2)
    assert blind.at_estimate == pytest.approx((0.06, 0.06 + 0.8))
    assert market_bounds(30, 100).at_estimate == (0, 0.3)


def test_the_bounds_hold_in_simulated_markets():
    """500 seeded markets: the truth lies inside at least as often as the interval of the targeted share."""
    rng = np.random.default_rng(8)
    inside = 0
    for _ in range(500):
        part = rng.uniform(0.05, 0.5)
        hot, rest = rng.uniform(0.1, 0.7), rng.uniform(0, 0.1)
        truth = part * hot + (1 - part) * rest
        lift = hot / truth
        found = market_bounds(
            rng.binomial(60, hot), 60, (lift * rng.uniform(0.6, 1), lift * rng.uniform(1, 2)), part
        )
        inside += found.lower <= truth <= found.upper
    assert inside / 500 > 0.95


def test_r_power_prop_test():
    """R 4.2.2: power.prop.test(p1 = .50, p2 = .75, power = .90) n = 76.7; (.3725, .30, power = .8) n = 665.36."""
    assert sample_size_for_change(0.5, 0.75, power=0.9) == 77
    assert sample_size_for_change(0.3725, 0.30) == 666 == sample_size_for_change(0.30, 0.3725)


def test_neymans_rule_without_bounds():
    """n_h proportional to N_h S_h / sqrt(c_h), the budget spent."""
    size, share, cost = (
        np.array([50_000, 30_000, 20_000]),
        np.array([0.05, 0.2, 0.5]),
        np.array([4.0, 9.0, 1.0]),
    )
    plan = neyman_allocation(size, share, cost, budget=3000)
    pull = size * np.sqrt(share * (1 - share) * size / (size - 1)) / np.sqrt(cost)
    np.testing.assert_allclose(plan.table["optimum"], 3000 * pull / (pull @ cost))
    assert 2990 < plan.spent <= 3000
    assert plan.se < plan.se_proportional


def test_bounds_are_kept_and_the_rest_is_the_optimum():
    size, share, cost = (
        np.array([20, 5000, 100_000, 800]),
        np.array([0.5, 0.3, 0.02, 0.0]),
        np.array([1, 2, 1, 5.0]),
    )
    plan = neyman_allocation(size, share, cost, budget=60_000)
    optimum = plan.table["optimum"].to_numpy()
    assert optimum[0] == 20
    assert cost @ optimum == pytest.approx(60_000)
    spread = share * (1 - share) * size / (size - 1)

    def variance(n):
        return ((size / size.sum()) ** 2 * spread * (1 / n - 1 / size)).sum() * 1e6

    start = np.array([15, 4000, 30000, 50.0])
    best = minimize(
        variance,
        start,
        bounds=[(2, s) for s in size],
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-14},
        constraints={"type": "ineq", "fun": lambda n: (60_000 - cost @ n) / 1000},
    )
    assert variance(optimum) <= best.fun * (1 + 1e-6)


def test_the_articles_programme_has_a_plan():
    """100,000 buys at 1,000 yuan on a billion listings: se = sum_h W_h S_h / sqrt(n) (Neyman's closed form)."""
    plan = neyman_allocation([900_000_000, 100_000_000], [0.02, 0.4], 1000, budget=100_000_000)
    assert plan.table["buys"].sum() == 100_000
    closed = (0.9 * np.sqrt(0.02 * 0.98) + 0.1 * np.sqrt(0.4 * 0.6)) / np.sqrt(100_000)
    assert plan.se == pytest.approx(closed, rel=1e-3)


def test_money_for_everything_buys_everything():
    plan = neyman_allocation([20, 30], [0.5, 0.5], budget=60)
    assert plan.table["buys"].tolist() == [20, 30]
    assert plan.se == 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: detection_yield(5, 4, 1, 10), "never more"),
        (lambda: detection_yield(0, 4, 0, 10), "nothing can be compared"),
        (lambda: market_bounds(5, 4), "never more"),
        (lambda: market_bounds(1, 4, (3, 2)), "smaller first"),
        (lambda: market_bounds(1, 4, (0, 2)), "above 0"),
        (lambda: market_bounds(1, 4, (1, 2, 3)), "one number or two"),
        (lambda: market_bounds(1, 4, np.inf), "one number or two"),
        (lambda: market_bounds(1, 4, (1, 2), 1.5), "between 0 and 1"),
        (lambda: market_bounds(1, 4, (4, 5), 0.5), "at most 2"),
        (lambda: neyman_allocation([10, 20], [0.1, 1.1], budget=9), "between 0 and 1"),
        (lambda: neyman_allocation([10, 20], [0, 1], budget=9), "nothing to find out"),
        (lambda: neyman_allocation([10, 20], 0.1, 0, budget=9), "above 0"),
        (lambda: neyman_allocation([10, 20], 0.1, budget=3), "takes 4"),
        (lambda: neyman_allocation([1, 20], 0.1, budget=9), "2 or more"),
        (lambda: sample_size_for_change(0.1, 0.1), "no change"),
        (lambda: sample_size_for_change(0.1, 1.1), "between 0 and 1"),
        (lambda: sample_size_for_change(0.1, 0.2, power=1), "below 1"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()
