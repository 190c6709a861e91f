"""Chains of justice: shares passed on, lags, ratios of counts, and the bounds of what an offence costs."""

from __future__ import annotations

from functools import partial

import numpy as np

from analysis.models import (
    consistency,
    controlled_change,
    conversion,
    count_ratio,
    crossing,
    estimated_lag,
    expected_penalty,
    mean_of_shares,
    pooled_count_ratio,
)
from studies.known_truth.runs import Array, Runs, Scenario, bounds_only

DRAWS = 400


def stages(
    rng: np.random.Generator, years: int, share: float, lag: tuple[float, ...], spread: float
) -> tuple[Array, Array]:
    """Return an observer's draws of two stages whose counts are wrong by a spread that the observer knows."""
    entered = 1000 * np.exp(np.cumsum(rng.normal(0.05, 0.1, years)))
    due = sum(weight * np.r_[np.full(k, np.nan), entered[: years - k]] for k, weight in enumerate(lag))
    left = np.where(np.isnan(due), share * entered, share * due)
    seen = [stage * np.exp(rng.normal(0, spread, years)) for stage in (entered, left)]
    one, other = (stage * np.exp(rng.normal(0, spread, (DRAWS, years))) for stage in seen)
    return one, other


def passed_on(
    rng: np.random.Generator, runs: int, level: float, *, years: int, share: float, lag: tuple[float, ...],
    spread: float,
) -> dict[str, Runs]:  # fmt: skip
    """Simulate the share of the last year."""
    found = np.empty((runs, 3))
    for k in range(runs):
        one = conversion(*stages(rng, years, share, lag, spread), lag=lag, level=level)
        found[k] = one.estimate[-1], one.lower[-1], one.upper[-1]
    return {"share passed on": Runs(*found.T, share)}


def lags(rng: np.random.Generator, runs: int, level: float, *, spread: float) -> dict[str, Runs]:
    """Simulate twelve years of two stages."""
    weight, share = np.empty((runs, 3)), np.empty((runs, 3))
    for k in range(runs):
        one = estimated_lag(*stages(rng, 12, 0.6, (0.7, 0.3), spread), level=level)
        weight[k], share[k] = one.table.iloc[0][["weight", "lower", "upper"]], one.share
    return {"part of the same year": Runs(*weight.T, 0.7), "share passed on": Runs(*share.T, 0.6)}


def largest(rng: np.random.Generator, runs: int, level: float, *, years: int) -> dict[str, Runs]:
    """Simulate the largest yearly share of stages with one share throughout."""
    found = np.empty((runs, 3))
    for k in range(runs):
        one, other = stages(rng, years, 0.6, (1.0,), 0.05)
        found[k] = consistency({"one": one, "other": other}, (1.0,), level=level).loc[
            0, ["share", "lower", "upper"]
        ]
    return {"largest yearly share": Runs(*found.T, 0.6)}


def per_case(rng: np.random.Generator, runs: int, level: float) -> dict[str, Runs]:
    """Simulate counts of persons in four cases, two and a half a case."""
    found = count_ratio(rng.poisson(10.0, runs), np.full(runs, 4.0), level=level)
    return {"persons per case": Runs(*found[["estimate", "lower", "upper"]].to_numpy().T, 2.5)}


def pooled(rng: np.random.Generator, runs: int, level: float, *, shape: float) -> dict[str, Runs]:
    """Simulate eight years of counts that spread more than Poisson's law (shape infinite: just as it does)."""
    base, found = np.arange(20, 60, 5.0), np.empty((runs, 3))
    for k in range(runs):
        mean = 2 * base * (rng.gamma(shape, 1 / shape, 8) if np.isfinite(shape) else 1.0)
        one = pooled_count_ratio(rng.poisson(mean), base, level=level)
        found[k] = one.estimate, one.lower, one.upper
    return {"persons per case": Runs(*found.T, 2.0)}


def penalties(rng: np.random.Generator, runs: int, _level: float) -> dict[str, Runs]:
    """Simulate 5,000 offences, the larger caught more often and fined less; links and fines are printed by ranges."""
    found, truth, ranges = np.empty((runs, 2)), np.empty(runs), np.array([0.0, 0.5, 1.0, 2.0])
    for k in range(runs):
        size = rng.normal(size=5000)
        caught = rng.random(5000) < 0.2 / (1 + np.exp(-size))
        convicted = caught & (rng.random(5000) < 0.6)
        fine = np.minimum(rng.gamma(2, 0.3, 5000) * np.exp(-0.3 * size), 2.0) * convicted
        truth[k] = fine.mean()
        parts = np.histogram(fine[convicted], ranges)[0] / convicted.sum()
        chance = caught.mean()
        links = {"caught": (chance * rng.uniform(0.3, 1), min(1.0, chance * rng.uniform(1, 3))),
                 "convicted": convicted.sum() / caught.sum()}  # fmt: skip
        one = expected_penalty(links, mean_of_shares(parts, ranges[:-1], ranges[1:]))
        found[k] = one.lower, one.upper
    return {"bounds of the penalty": bounds_only(found[:, 0], found[:, 1], truth)}


def thresholds(rng: np.random.Generator, runs: int, _level: float) -> dict[str, Runs]:
    """Simulate 40 values printed as "more than" or "nearly" a round one."""
    found, truth = np.empty((runs, 2)), np.empty(runs)
    for k in range(runs):
        t = np.exp(rng.normal(4, 1, 40))
        step = 10 ** np.floor(np.log10(t))
        low = np.floor(t / step) * step
        row = crossing(low, np.where(rng.random(40) < 0.2, np.inf, low + step), {"serious": 50.0}).iloc[0]
        found[k], truth[k] = (row["certain"], row["possible"]), (t >= 50).mean()
    return {"bounds of the share": bounds_only(found[:, 0], found[:, 1], truth)}


def beside(rng: np.random.Generator, runs: int, _level: float) -> dict[str, Runs]:
    """Simulate four counts, each known to lie within a tenth."""
    counts = rng.uniform(50, 500, (4, runs, 1))
    ends = counts * np.concatenate(
        [rng.uniform(0.9, 1, (4, runs, 1)), rng.uniform(1, 1.1, (4, runs, 1))], axis=2
    )
    found = controlled_change(*ends)
    before, after, control, later = counts[:, :, 0]
    return {
        "bounds of the change": bounds_only(
            *found[["lower", "upper"]].to_numpy().T, after / before / (later / control)
        )
    }


FLOWS = ((6, 0.6, (1.0,), 0.02), (6, 0.6, (0.7, 0.3), 0.05), (10, 0.35, (0.7, 0.3), 0.15))
SCENARIOS = (
    *(Scenario("conversion", f"{years} years, counts wrong by {spread:.0%}, {'no ' if len(lag) == 1 else ''}lag", 1000,
               partial(passed_on, years=years, share=share, lag=lag, spread=spread))
      for years, share, lag, spread in FLOWS),
    Scenario("estimated_lag", "12 years, counts wrong by 1%", 200, partial(lags, spread=0.01)),
    Scenario("estimated_lag", "12 years, counts wrong by 5%", 200, partial(lags, spread=0.05), False),
    Scenario("consistency", "6 years, counts wrong by 5%", 1000, partial(largest, years=6)),
    Scenario("count_ratio", "10 persons expected", 10_000, per_case),
    Scenario("pooled_count_ratio", "8 years, as Poisson's law", 2000, partial(pooled, shape=np.inf)),
    Scenario("pooled_count_ratio", "8 years, twice the spread", 2000, partial(pooled, shape=30.0)),
    Scenario("expected_penalty", "fines by ranges, a chance by bounds", 500, penalties, level=1.0),
    Scenario("crossing", "40 hedged values", 500, thresholds, level=1.0),
    Scenario("controlled_change", "four counts within a tenth", 2000, beside, level=1.0),
)  # fmt: skip
