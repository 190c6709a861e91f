"""Samples: shares found, imperfect tests, unequal chances, targeted buys, and the plans of samples."""

from __future__ import annotations

from functools import partial

import numpy as np

from analysis.models import (
    corrected_prevalence,
    detection_yield,
    market_bounds,
    neyman_allocation,
    proportion_interval,
    sample_size_for_change,
    simple_random_half_width,
    weighted_mean,
    weighted_total,
)
from studies.known_truth.runs import Runs, Scenario, bounds_only, kept_at, normal_ends


def simple(rng: np.random.Generator, runs: int, level: float, *, n: int, method: str) -> dict[str, Runs]:
    """Simulate samples of n whose true share may be anything from 0 to 1, or 0 to a half for exact limits."""
    truth = rng.random(runs)
    found = proportion_interval(rng.binomial(n, truth), np.full(runs, n), method, level=level)  # type: ignore[arg-type]
    return {"share": Runs(*found[["estimate", "lower", "upper"]].to_numpy().T, truth)}


def corrected(
    rng: np.random.Generator, runs: int, level: float, *, n: int, share: float, rates: tuple[float, float], known: int
) -> dict[str, Runs]:  # fmt: skip
    """Simulate an imperfect test of n items; `known` items had shown sensitivity and specificity (0: both known)."""
    se, sp = rates
    k = rng.binomial(n, share * se + (1 - share) * (1 - sp), runs)
    sizes = {}
    if known:
        se, sp = rng.binomial(known, se, runs) / known, rng.binomial(known, sp, runs) / known  # type: ignore[assignment]
        sizes = {"n_sensitivity": known, "n_specificity": known}
    found = corrected_prevalence(k, n, se, sp, level=level, **sizes)
    return {"share": Runs(*found[["raw", "lower", "upper"]].to_numpy().T, share)}


def aimed(
    rng: np.random.Generator, runs: int, level: float, *, n: int, share: float, lift: float,
    known: tuple[float, float], target: float,
) -> dict[str, Runs]:  # fmt: skip
    """Simulate buys in a target where fakes are `lift` times as common as in the market."""
    k = rng.binomial(n, share * lift, runs)
    bounds = {
        int(one): market_bounds(int(one), n, lift=known, target_share=target, level=level)
        for one in np.unique(k)
    }
    lower, upper = np.array([(bounds[int(one)].lower, bounds[int(one)].upper) for one in k]).T
    return {"bounds of the market's share": bounds_only(lower, upper, share)}


def lifts(rng: np.random.Generator, runs: int, level: float) -> dict[str, Runs]:
    """Simulate 80 aimed and 200 random buys, six times as many fakes among the aimed."""
    pairs = np.column_stack([rng.binomial(80, 0.3, runs), rng.binomial(200, 0.05, runs)])
    kinds, which = np.unique(pairs, axis=0, return_inverse=True)
    found = [detection_yield(int(k), 80, int(k0), 200, level=level) for k, k0 in kinds]
    ends = np.array([(one.lower, one.upper) for one in found])[which.ravel()]
    return {"lift": bounds_only(ends[:, 0], ends[:, 1], 6.0)}


def unequal(rng: np.random.Generator, runs: int, level: float, *, of: str) -> dict[str, Runs]:
    """Simulate buys drawn one by one, suspicious listings with a larger chance."""
    fake = rng.random(4000) < np.repeat([0.05, 0.15, 0.4], [2000, 1000, 1000])
    score = 1 + 4 * fake * (rng.random(4000) < 0.6) + np.repeat([0, 2, 4], [2000, 1000, 1000])
    chance, answer = score / score.sum(), weighted_mean if of == "mean" else weighted_total
    found = np.empty((runs, 3))
    for k in range(runs):
        drawn = rng.choice(4000, 240, p=chance)
        one = answer(fake[drawn].astype(float), 1 / (240 * chance[drawn]), level=level)
        found[k] = one.estimate, one.lower, one.upper
    return {of: Runs(*found.T, float(fake.mean() if of == "mean" else fake.sum()))}


def without_replacement(rng: np.random.Generator, runs: int, level: float) -> dict[str, Runs]:
    """Simulate 400 of 1,000 goods, 300 of them fake, and ask whether the planned half-width was kept."""
    found = rng.hypergeometric(300, 700, 400, size=runs) / 400
    half = simple_random_half_width(0.3, 400, 1000, level)
    return {"share": Runs(found, found - half, found + half, 0.3)}


def planned_power(rng: np.random.Generator, runs: int, level: float) -> dict[str, Runs]:
    """Simulate two samples of the planned size, and ask whether the two-sided test at 5% sees the change."""
    n = sample_size_for_change(0.37, 0.3, power=level)
    one, two = rng.binomial(n, 0.37, runs) / n, rng.binomial(n, 0.3, runs) / n
    middle = (one + two) / 2
    return {"change seen": kept_at(np.abs(one - two) > 1.959964 * np.sqrt(2 * middle * (1 - middle) / n))}


def allocated(rng: np.random.Generator, runs: int, level: float) -> dict[str, Runs]:
    """Simulate the planned buys in three strata, and take the plan's standard error."""
    size, share = np.array([5000, 3000, 2000]), np.array([0.05, 0.2, 0.5])
    plan = neyman_allocation(size, share, [4.0, 9.0, 1.0], budget=3000)
    buys, fakes = plan.table["buys"].to_numpy(), np.round(size * share).astype(int)
    found = rng.hypergeometric(fakes, size - fakes, buys, size=(runs, 3)) / buys @ (size / size.sum())
    return {"share": normal_ends(found, np.full(runs, plan.se), float(fakes.sum() / size.sum()), level)}


TESTS = (
    (50, 0.4, (0.95, 0.95), 0),
    (200, 0.1, (0.9, 0.98), 0),
    (200, 0.1, (0.9, 0.98), 100),
    (1000, 0.02, (0.8, 0.99), 300),
)
AIMS = ((50, 0.1, 2.0, (1.0, 4.0), 0.25), (50, 0.1, 4.0, (1.0, 4.0), 0.25), (400, 0.2, 1.0, (1.0, 3.0), 0.0))
SCENARIOS = (
    *(Scenario("proportion_interval", f"30 goods, any share, {method}", 10_000, partial(simple, n=30, method=method))
      for method in ("wilson", "clopper-pearson", "jeffreys")),
    *(Scenario("corrected_prevalence", f"{n} goods, {share:.0%} fake, test {rates[0]:.0%} and {rates[1]:.0%} right"
               + (f" by {known} of each" if known else ""), 4000,
               partial(corrected, n=n, share=share, rates=rates, known=known))
      for n, share, rates, known in TESTS),
    *(Scenario("market_bounds", f"{n} aimed buys, {share:.0%} fake, lift {lift:g} of {known[0]:g} to {known[1]:g}",
               4000, partial(aimed, n=n, share=share, lift=lift, known=known, target=target))
      for n, share, lift, known, target in AIMS),
    Scenario("detection_yield", "80 aimed and 200 random buys", 10_000, lifts),
    Scenario("weighted_mean", "240 buys, unequal chances", 2000, partial(unequal, of="mean")),
    Scenario("weighted_total", "240 buys, unequal chances", 2000, partial(unequal, of="total")),
    Scenario("simple_random_half_width", "400 of 1,000 goods", 10_000, without_replacement),
    Scenario("sample_size_for_change", "37% against 30% fake", 10_000, planned_power, level=0.8),
    Scenario("neyman_allocation", "three strata, unequal prices", 10_000, allocated),
)  # fmt: skip
