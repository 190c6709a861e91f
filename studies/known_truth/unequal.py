"""How unequal values are: Gini's coefficient and the shares of the top tenth and hundredth, of laws that have them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from scipy import optimize, special, stats

from analysis.models import concentration
from studies.known_truth.runs import Array, Runs, Scenario

TOP = {0.1: "tenth", 0.01: "hundredth"}
Q = np.array(list(TOP))
STEPS = np.array([1.0, 2, 3, 5, 10])  # round numbers of each power of ten


class Law(NamedTuple):
    """A law: `draw(rng, n)`, its Gini coefficient, and its top shares in the order of `TOP`."""

    draw: Callable[[np.random.Generator, int], Array]
    gini: float
    shares: Array


def lognormal(sigma: float) -> Law:
    """Return the log-normal law: erf(sigma / 2), Phi(sigma - z)."""
    shares = special.ndtr(sigma - stats.norm.isf(Q))
    return Law(lambda rng, n: np.exp(sigma * rng.normal(size=n)), float(special.erf(sigma / 2)), shares)


def pareto(index: float) -> Law:
    """Return the Pareto law: 1 / (2 index - 1), q^(1 - 1 / index)."""
    return Law(lambda rng, n: (1 - rng.random(n)) ** (-1 / index), 1 / (2 * index - 1), Q ** (1 - 1 / index))


def weibull(k: float) -> Law:
    """Return the Weibull law: 1 - 2^(-1/k), the upper part of the gamma function of 1 + 1/k at -log q."""
    shares = special.gammaincc(1 + 1 / k, -np.log(Q))
    return Law(lambda rng, n: rng.exponential(size=n) ** (1 / k), 1 - 2 ** (-1 / k), shares)


def mixture(part: float, above: float, sigma: float) -> Law:
    """Return standard log-normal values of which a part has logs of mean `above` and spread `sigma`.

    Gini is E max(X, Y) / E X - 1; of two log-normals E max is a sum of their means times normal chances.
    """
    p, m, s = np.array([1 - part, part]), np.array([0.0, above]), np.array([1.0, sigma])
    means = p * np.exp(m + s**2 / 2)

    def share(q: float) -> float:
        z = optimize.brentq(lambda t: float(p @ special.ndtr((m - t) / s)) - q, -10, 20)
        return float(means @ special.ndtr(s - (z - m) / s) / means.sum())

    apart = np.sqrt(s[:, None] ** 2 + s**2)
    larger = special.ndtr((m[:, None] - m + s[:, None] ** 2) / apart)
    gini = 2 * float(means @ larger @ p) / means.sum() - 1

    def draw(rng: np.random.Generator, n: int) -> Array:
        other = rng.random(n) < part
        return np.exp(np.where(other, above, 0.0) + np.where(other, sigma, 1.0) * rng.normal(size=n))

    return Law(draw, gini, np.array([share(q) for q in Q]))


def heaped(law: Law) -> Law:
    """Return a law whose draws are printed at the nearest round number."""

    def draw(rng: np.random.Generator, n: int) -> Array:
        x = law.draw(rng, n)
        power = 10 ** np.floor(np.log10(x))
        return np.asarray(STEPS[np.abs((x / power)[:, None] - STEPS).argmin(1)] * power)

    return law._replace(draw=draw)


def unequal(rng: np.random.Generator, runs: int, level: float, *, law: Law, n: int) -> dict[str, Runs]:
    """Simulate values of a law."""
    gini, shares = np.empty((runs, 3)), np.empty((len(TOP), runs, 3))
    for k in range(runs):
        fit = concentration(law.draw(rng, n), list(TOP), level=level, draws=399, seed=k)
        gini[k] = fit.gini, fit.gini_lower, fit.gini_upper
        shares[:, k] = fit.shares.loc[list(TOP)]
    tops = zip(TOP.values(), shares, law.shares, strict=True)
    return {
        "Gini's coefficient": Runs(*gini.T, law.gini),
        **{f"share of the top {name}": Runs(*share.T, float(truth)) for name, share, truth in tops},
    }


LAWS = {
    "log-normal, spread 1": lognormal(1.0),
    "log-normal, spread 2": lognormal(2.0),
    "Pareto, index 1.3": pareto(1.3),
    "Pareto, index 1.5": pareto(1.5),
    "Pareto, index 2.5": pareto(2.5),
    "Weibull, index 0.5": weibull(0.5),
    "two log-normals": mixture(0.1, 2.0, 1.5),
    "log-normal, spread 2, at round numbers": heaped(lognormal(2.0)),
}
CASES = ((300, list(LAWS)), (100, ["log-normal, spread 2", "Pareto, index 1.5"]),
         (50, ["log-normal, spread 2", "Pareto, index 1.5"]),
         (1000, ["log-normal, spread 2", "Pareto, index 1.3", "two log-normals"]))  # fmt: skip
SCENARIOS = tuple(
    Scenario("concentration", f"{n:,} values, {name}", 400, partial(unequal, law=LAWS[name], n=n), level=0.9)
    for n, names in CASES for name in names
)  # fmt: skip
