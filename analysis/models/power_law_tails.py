"""The exponent and the Kolmogorov-Smirnov distance of a power law above each value at which its tail may start.

Clauset, Shalizi, Newman 2009 (Power-law distributions in empirical data, SIAM Review 51(4):661-703, doi
10.1137/070710111), equations 3.1 (continuous) and 3.5 (discrete), and section 3.3 for the start of the tail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.zeta import log_zeta

Array = NDArray[np.float64]

CONTINUOUS, DISCRETE = 200_000_000, 4_000_000  # distances to values that a search may compute, give or take


@dataclass(frozen=True)
class Tail:
    """A power law above `xmin`: exponent, its standard error, values in the tail, distance, log-likelihood."""

    alpha: float
    alpha_se: float
    xmin: float
    n_tail: int
    ks: float
    loglik: float


def best_tail(ordered: Array, discrete: bool, xmin: float | None) -> Tail:
    """Return the tail from `xmin` on, or from where the distance is least, of values in ascending order.

    Without `xmin` the values must hold at least two that differ.
    """
    if discrete:
        return _best_discrete(ordered, xmin)
    starts = np.flatnonzero(np.append(True, np.diff(ordered) > 0))[:-1]
    if xmin is not None:
        starts = np.array([np.searchsorted(ordered, xmin)])
    logs = np.log(ordered)
    origin = logs[starts] if xmin is None else np.array([np.log(xmin)])
    sums = np.append(np.cumsum(logs[::-1])[::-1], 0.0)
    n = len(ordered) - starts
    with np.errstate(divide="ignore"):
        alphas = 1 + n / np.maximum(sums[starts] - n * origin, 0.0)

    def distance(k: int) -> float:
        return _distance(logs[starts[k] :] - origin[k], alphas[k]) if np.isfinite(alphas[k]) else np.inf

    k = nearest(len(starts), distance, CONTINUOUS // len(ordered))
    alpha, size = float(alphas[k]), int(n[k])
    above = float(sums[starts[k]] - size * origin[k])
    loglik = size * (np.log(alpha - 1) - origin[k]) - alpha * above
    start = float(ordered[starts[k]]) if xmin is None else xmin
    return Tail(alpha, (alpha - 1) / np.sqrt(size), start, size, distance(k), float(loglik))


def nearest(count: int, distance: Callable[[int], float], budget: int) -> int:
    """Return the start of the least distance: of all, or of a `budget` of them and all beside the best of those."""
    step = -(-count // max(budget, 300))
    best = min(range(0, count, step), key=distance)
    if step == 1:
        return best
    return min(range(max(0, best - step + 1), min(count, best + step)), key=distance)


def _distance(above: Array, alpha: float) -> float:
    """Return max |F - i/n|, i = 0, ..., n - 1, as the paper's programs have it; `above` is log(x / xmin)."""
    steps = np.arange(len(above)) / len(above)
    return float(np.abs(-np.expm1(-(alpha - 1) * above) - steps).max())


def _best_discrete(ordered: Array, xmin: float | None) -> Tail:
    values, counts = np.unique(ordered, return_counts=True)
    starts = np.arange(len(values) - 1)
    if xmin is not None:
        starts = np.array([np.searchsorted(values, xmin)])
    origin = values[starts] if xmin is None else np.array([xmin])
    tails = np.cumsum(counts[::-1])[::-1][starts]
    mean_log = np.cumsum((counts * np.log(values))[::-1])[::-1][starts] / tails
    alphas = discrete_alphas(mean_log, origin)

    def distance(k: int) -> float:
        return _discrete_distance(values[starts[k] :], counts[starts[k] :], alphas[k], origin[k])

    k = nearest(len(starts), distance, DISCRETE // len(values))
    alpha, size = float(alphas[k]), int(tails[k])
    objective = _objective(np.array([alpha]), mean_log[k : k + 1], origin[k : k + 1])
    bend = float(_bend(np.array([alpha]), mean_log[k : k + 1], origin[k : k + 1], 1e-3)[1][0])
    se = 1 / np.sqrt(size * bend)
    return Tail(alpha, float(se), float(origin[k]), size, distance(k), float(-size * objective[0]))


def _objective(alpha: Array, mean_log: Array, xmin: Array) -> Array:
    """Return minus the log-likelihood of a value: log zeta(alpha, xmin) + alpha mean(log x)."""
    return log_zeta(alpha, xmin) + alpha * mean_log


def _bend(alpha: Array, mean_log: Array, xmin: Array, step: float) -> tuple[Array, Array]:
    """Return the first and second derivative of the objective by alpha, by central differences."""
    h = step * (alpha - 1)
    low, middle, high = (_objective(alpha + k * h, mean_log, xmin) for k in (-1, 0, 1))
    return (high - low) / (2 * h), (high - 2 * middle + low) / h**2


def discrete_alphas(mean_log: Array, xmin: Array) -> Array:
    """Return the maximum-likelihood exponents of discrete power laws, one for each mean log and start."""
    alpha = 1 + 1 / np.maximum(mean_log - np.log(xmin - 0.5), 1e-3)
    for _ in range(60):
        slope = _bend(alpha, mean_log, xmin, 1e-5)[0]
        bend = _bend(alpha, mean_log, xmin, 1e-3)[1]
        step = slope / np.maximum(bend, 1e-12)
        alpha = np.clip(alpha - step, 1 + (alpha - 1) / 3, 1 + 3 * (alpha - 1))
        if np.abs(step).max() < 1e-9:
            break
    return alpha


def _discrete_distance(values: Array, counts: NDArray[np.int64], alpha: float, xmin: float) -> float:
    """Return the largest distance of the two distribution functions over the whole numbers from xmin on.

    The empirical one is flat between values, so it is largest at a value or just before the next one.
    """
    total = log_zeta(alpha, xmin)
    empirical = np.cumsum(counts) / counts.sum()
    at = -np.expm1(log_zeta(alpha, values + 1) - total)
    before = -np.expm1(log_zeta(alpha, values) - total)
    lower = np.append(0.0, empirical[:-1])
    return float(max(np.abs(at - empirical).max(), np.abs(before - lower).max()))


def random_tail(tail: Tail, n: int, discrete: bool, rng: np.random.Generator) -> Array:
    """Return n draws from a power law above its xmin.

    Discrete draws invert the exact distribution function by doubling and bisection (appendix D of the paper).
    """
    chance = 1 - rng.random(n)
    if not discrete:
        return np.asarray(tail.xmin * chance ** (-1 / (tail.alpha - 1)))
    floor = np.log(chance) + log_zeta(tail.alpha, tail.xmin)
    low, high = np.full(n, tail.xmin), np.full(n, tail.xmin + 1)
    for _ in range(200):
        short = (log_zeta(tail.alpha, high) >= floor) & (high < 1e15)
        if not short.any():
            break
        low = np.where(short, high, low)
        high = np.where(short, tail.xmin + 2 * (high - tail.xmin), high)
    while np.any(high - low > 1):  # the survival function at low is at least the chance, at high below it
        middle = np.floor((low + high) / 2)
        short = log_zeta(tail.alpha, middle) >= floor
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return low
