"""Values known by intervals: the coefficients and the scale of interval_regression."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from scipy import stats

from analysis.models import interval_regression
from studies.known_truth.runs import Array, Runs, Scenario

Ends = tuple[Array, Array]
STANDARD = {"lognormal": stats.norm, "weibull": stats.gumbel_l, "loglogistic": stats.logistic}
NAMES = {"lognormal": "log-normal", "weibull": "Weibull", "loglogistic": "log-logistic"}
BETA, SIGMA = np.array([1.0, 0.5, -0.8]), 0.9


def hedged(rng: np.random.Generator, t: Array) -> Ends:
    """Return ends: a fifth exact, else a first digit; and above or below a limit of the row where it passes that."""
    step = 10 ** np.floor(np.log10(t))
    low, limit, exact = np.floor(t / step) * step, np.exp(rng.normal(2, 1, len(t))), rng.random(len(t)) < 0.2
    low, high = np.where(exact, t, low), np.where(exact, t, low + step)
    above, below = t > 2 * limit, t < limit / 20
    low, high = np.where(above, 2 * limit, low), np.where(above, np.inf, high)
    return np.where(below, 0, low), np.where(below, limit / 20, high)


def half_open(rng: np.random.Generator, t: Array) -> Ends:
    """Return ends: exact, or "at least" a limit of the row, which lies below half of the values."""
    limit = np.exp(rng.normal(0.7, 1, len(t)))
    return np.minimum(t, limit), np.where(t < limit, t, np.inf)


def doublings(_rng: np.random.Generator, t: Array) -> Ends:
    """Return ends: the powers of two on either side."""
    low = 2.0 ** np.floor(np.log2(t))
    return low, 2 * low


def plain(
    rng: np.random.Generator, runs: int, level: float, *, dist: str, n: int, ends: Callable[..., Ends]
) -> dict[str, Runs]:
    """Simulate independent rows with a continuous and a yes-or-no term, and errors by the model."""
    found, scale = np.empty((runs, 3, 3)), np.empty((runs, 3))
    for k in range(runs):
        x = np.column_stack([rng.normal(size=n), rng.random(n) < 0.4])
        t = np.exp(BETA[0] + x @ BETA[1:] + SIGMA * STANDARD[dist].rvs(size=n, random_state=rng))
        fit = interval_regression(*ends(rng, t), x, dist, level=level)  # type: ignore[arg-type]
        found[k] = fit.coefficients[["estimate", "lower", "upper"]].to_numpy().T
        scale[k] = np.log([fit.scale, fit.scale_lower, fit.scale_upper])
    terms = Runs(found[:, 0], found[:, 1], found[:, 2], BETA)
    return {"coefficients": terms, "log scale": Runs(*scale.T, float(np.log(SIGMA)))}


def uneven(rng: np.random.Generator, runs: int, level: float, *, robust: bool) -> dict[str, Runs]:
    """Simulate rows whose spread grows with the term, with errors by the model or by the sandwich."""
    found = np.empty((runs, 3))
    for k in range(runs):
        x = rng.normal(size=300)
        t = np.exp(1 + 0.5 * x + 0.7 * np.exp(0.5 * x) * rng.normal(size=300))
        fit = interval_regression(t * 0.95, t * 1.05, x, robust=robust, level=level)
        found[k] = fit.coefficients.loc["x1", ["estimate", "lower", "upper"]]
    return {"coefficient": Runs(*found.T, 0.5)}


def grouped(
    rng: np.random.Generator,
    runs: int,
    level: float,
    *,
    sizes: Array,
    by_group: bool = True,
    few: bool = True,
) -> dict[str, Runs]:
    """Simulate groups whose rows share the term and half of the error's variance."""
    found, group = np.empty((runs, 3)), np.repeat(np.arange(len(sizes)), sizes)
    for k in range(runs):
        x = rng.normal(size=len(sizes))[group]
        t = np.exp(0.5 * x + 0.7 * rng.normal(size=len(sizes))[group] + 0.7 * rng.normal(size=len(group)))
        fit = interval_regression(
            *doublings(rng, t), x, cluster=group if by_group else None, few=few, level=level
        )
        found[k] = fit.coefficients.loc["x1", ["estimate", "lower", "upper"]]
    return {"coefficient": Runs(*found.T, 0.5)}


def alike(groups: int) -> Array:
    """Return sizes of groups of four rows."""
    return np.full(groups, 4)


UNLIKE = np.round(np.geomspace(1, 24, 20)).astype(int)
NAME = "interval_regression"
SCENARIOS = (
    *(Scenario(NAME, f"200 hedged values, {word}", 400, partial(plain, dist=dist, n=200, ends=hedged))
      for dist, word in NAMES.items()),
    Scenario(NAME, "60 hedged values, log-normal", 400, partial(plain, dist="lognormal", n=60, ends=hedged),
             False),
    Scenario(NAME, "200 values, half “at least”", 400, partial(plain, dist="lognormal", n=200, ends=half_open)),
    Scenario(NAME, "300 values, uneven spread, robust errors", 400, partial(uneven, robust=True)),
    Scenario(NAME, "300 values, uneven spread, errors by the model", 400, partial(uneven, robust=False), False),
    Scenario(NAME, "60 sources of 4, errors by source", 400, partial(grouped, sizes=alike(60))),
    Scenario(NAME, "20 sources of 4, errors by source", 400, partial(grouped, sizes=alike(20))),
    Scenario(NAME, "10 sources of 4, errors by source", 400, partial(grouped, sizes=alike(10))),
    Scenario(NAME, "20 sources of 1 to 24, errors by source", 400, partial(grouped, sizes=UNLIKE)),
    Scenario(NAME, "20 sources of 4, errors by source as survreg has them", 400,
             partial(grouped, sizes=alike(20), few=False), False),
    Scenario(NAME, "20 sources of 1 to 24, errors by source as survreg has them", 400,
             partial(grouped, sizes=UNLIKE, few=False), False),
    Scenario(NAME, "60 sources of 4, errors by the model", 400, partial(grouped, sizes=alike(60), by_group=False),
             False),
)  # fmt: skip
