"""Tails: exponents, starts, rivals, log-normals above a threshold, and excesses."""

from __future__ import annotations

from functools import partial

import numpy as np
from scipy import optimize, special, stats

from analysis.models import pareto_excess, power_law, power_law_binned, truncated_lognormal
from analysis.models.power_law_tails import Tail, random_tail
from studies.known_truth.runs import Array, Runs, Scenario, kept_at, normal_ends

ALPHA = 2.4
DOUBLING = np.append(2.0 ** np.arange(9), np.inf)
BELOW = np.append([0.25, 0.5], DOUBLING)  # the same bins, and two below the tail


def pareto(rng: np.random.Generator, n: int, alpha: float = ALPHA) -> Array:
    """Return draws of a power law above 1."""
    return np.asarray((1 - rng.random(n)) ** (-1 / (alpha - 1)))


def mixed(rng: np.random.Generator, n: int) -> Array:
    """Return values of which 2 in 5 lie evenly between a quarter and 1, the others in the tail."""
    return np.concatenate([rng.uniform(0.25, 1, 2 * n // 5), pareto(rng, n - 2 * n // 5)])


def known_start(
    rng: np.random.Generator, runs: int, level: float, *, n: int, discrete: bool = False
) -> dict[str, Runs]:
    """Simulate a tail whose start is known."""
    law = Tail(ALPHA, 0, 1, 0, 0, 0)
    draws = (random_tail(law, n, True, rng) if discrete else pareto(rng, n) for _ in range(runs))
    fits = [power_law(x, discrete, xmin=1) for x in draws]
    return {"exponent": normal_ends((f.alpha for f in fits), (f.alpha_se for f in fits), ALPHA, level)}


def sought_start(rng: np.random.Generator, runs: int, level: float, *, n: int) -> dict[str, Runs]:
    """Simulate a tail whose start has to be found."""
    fits = [power_law(mixed(rng, n)) for _ in range(runs)]
    return {"exponent": normal_ends((f.alpha for f in fits), (f.alpha_se for f in fits), ALPHA, level)}


def binned(rng: np.random.Generator, runs: int, level: float, *, n: int, sought: bool) -> dict[str, Runs]:
    """Simulate a tail in bins that double."""
    edges = BELOW if sought else DOUBLING
    draw = mixed if sought else pareto
    fits = [
        power_law_binned(edges, np.histogram(draw(rng, n), edges)[0], None if sought else 1.0)
        for _ in range(runs)
    ]
    return {"exponent": normal_ends((f.alpha for f in fits), (f.alpha_se for f in fits), ALPHA, level)}


def fit_kept(rng: np.random.Generator, runs: int, level: float, *, n: int) -> dict[str, Runs]:
    """Simulate power laws, and ask whether the goodness of fit keeps them."""
    p = [power_law(pareto(rng, n), xmin=1).goodness_of_fit(99, seed=k) for k in range(runs)]
    return {"true law kept": kept_at(np.array(p) > 1 - level)}


def as_near(index: float) -> float:
    """Return the part of an exponential law in a mixture with a power law that both fit as well.

    With L = E log x and M = E x above 1 the best of each have E log p = -log L - 1 - L and -log(M - 1) - 1. The
    power law is x^-index above each x, the exponential has its mean.
    """
    mu = 1 / (index - 1)
    logs = np.array([1 / index, float(np.exp(1 / mu) * special.exp1(1 / mu))])

    def gap(part: float) -> float:
        mean = float(np.array([1 - part, part]) @ logs)
        return float(np.log(mean) + mean - np.log(mu))

    return float(optimize.brentq(gap, 0, 1))


def equals(rng: np.random.Generator, runs: int, level: float, *, n: int, index: float) -> dict[str, Runs]:
    """Simulate values to which power law and exponential are equally near."""
    part, kept = as_near(index), np.empty(runs, dtype=bool)
    for k in range(runs):
        plain = 1 + rng.exponential(1 / (index - 1), n)
        x = np.where(rng.random(n) < part, plain, pareto(rng, n, index + 1))
        kept[k] = power_law(x, xmin=1).versus("exponential").p > 1 - level
    return {"called equal": kept_at(kept)}


def limit(rng: np.random.Generator, runs: int, level: float, *, n: int) -> dict[str, Runs]:
    """Simulate power laws, of which the log-normal has the power law as its limit, so that it is never farther."""
    kept = [power_law(pareto(rng, n), xmin=1).versus("lognormal").p > 1 - level for _ in range(runs)]
    return {"true law kept": kept_at(np.array(kept))}


def cut(rng: np.random.Generator, runs: int, level: float, *, n: int) -> dict[str, Runs]:
    """Simulate log-normals of which only the upper half is on record."""
    fits = [truncated_lognormal(np.exp(rng.normal(1, 1.5, n)), np.e) for _ in range(runs)]
    return {
        "mean of logs": normal_ends((f.mu for f in fits), (f.mu_se for f in fits), 1.0, level),
        "spread of logs": normal_ends((f.sigma for f in fits), (f.sigma_se for f in fits), 1.5, level),
    }


def excesses(rng: np.random.Generator, runs: int, level: float, *, shape: float, n: int) -> dict[str, Runs]:
    """Simulate excesses over a threshold."""
    law = stats.genpareto(shape, scale=2)
    fits = [pareto_excess(law.rvs(n, random_state=rng), 0) for _ in range(runs)]
    ends = np.array([one.shape_interval(level) for one in fits])
    return {"shape": Runs(np.array([one.shape for one in fits]), ends[:, 0], ends[:, 1], shape)}


def levels(rng: np.random.Generator, runs: int, level: float, *, n: int) -> dict[str, Runs]:
    """Simulate the excesses of fifteen years, and ask for the value reached once in ten."""
    law, found = stats.genpareto(0.3, scale=2), np.empty((runs, 3))
    for k in range(runs):
        fit = pareto_excess(law.rvs(n, random_state=rng), 0)
        found[k] = np.log(fit.return_levels(15, [10], level).loc[10, ["estimate", "lower", "upper"]])
    return {"log of the value once in ten years": Runs(*found.T, float(np.log(law.isf(15 / n / 10))))}


SCENARIOS = (
    Scenario("power_law", "300 values, start known", 2000, partial(known_start, n=300)),
    Scenario("power_law", "50 values, start known", 2000, partial(known_start, n=50)),
    Scenario("power_law", "300 counts, start known", 300, partial(known_start, n=300, discrete=True)),
    Scenario("power_law", "1,000 values, start sought", 400, partial(sought_start, n=1000), False),
    Scenario("power_law, goodness of fit", "100 values of the law", 400, partial(fit_kept, n=100), level=0.9),
    Scenario("power_law, Vuong's test", "3,000 values of light tail, as near to the exponential", 1000,
             partial(equals, n=3000, index=20.0)),
    Scenario("power_law, Vuong's test", "300 values of heavy tail, as near to the exponential", 2000,
             partial(equals, n=300, index=3.0), False),
    Scenario("power_law, Vuong's test", "300 values, against the log-normal", 2000, partial(limit, n=300)),
    Scenario("power_law_binned", "300 values, start known", 1000, partial(binned, n=300, sought=False)),
    Scenario("power_law_binned", "50 values, start known", 1000, partial(binned, n=50, sought=False)),
    Scenario("power_law_binned", "1,000 values, start sought", 500, partial(binned, n=1000, sought=True), False),
    Scenario("truncated_lognormal", "1,000 values above their median", 2000, partial(cut, n=2000)),
    Scenario("truncated_lognormal", "150 values above their median", 2000, partial(cut, n=300), False),
    *(Scenario("pareto_excess", f"{n} excesses of shape {str(shape).replace('-', '−')}", 300,
               partial(excesses, shape=shape, n=n))
      for shape, n in ((0.3, 150), (0.3, 40), (-0.2, 150), (1.0, 150))),
    Scenario("pareto_excess", "150 excesses of shape 0.3 in 15 years", 200, partial(levels, n=150)),
)  # fmt: skip
