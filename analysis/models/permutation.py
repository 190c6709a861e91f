"""Permutation inference for comparison designs: which units could have been treated, and how extreme is ours.

Under the sharp null of an effect tau0 in the window, y - tau0 D is free of the measure; the statistic of each
assignment s is then a quadratic in tau0,

    q_s(tau0) = A_s - 2 B_s tau0 + C_s tau0^2,

(for an estimate T_s with loading c_s on the treated cells: A = T^2, B = T c, C = c^2), and
p(tau0) = #{s: q_s >= q_actual} / #s, the actual assignment included. p(0) is the test; the values of tau0 with
p > 1 - level are the interval, found exactly from the roots where q_s = q_actual (Conley, Taber 2011,
Rev Econ Stat 93(1), 113, doi 10.1162/REST_a_00049; for synthetic control Firpo, Possebom 2018, J Causal Inference
6(2), doi 10.1515/jci-2016-0026). The smallest p is 1 / #s, the floor; where the floor is not below 1 - level, no
value can be refused and the interval is infinite.

The test is exact if the units' series are exchangeable: it asks that the treated unit could have been any of
them. It is approximate where they differ in variance, as small units do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

import numpy as np

from analysis.models.panel import Array, Mask
from analysis.results import Result
from analysis.rounding import NEAR, above, at_least

MOST_SETS = 1999


@dataclass(frozen=True, repr=False)
class Permuted(Result):
    """A permutation test: `p`, its `floor`, and the interval `lower` to `upper` (NaN where every value fails)."""

    p: float
    floor: float
    lower: float
    upper: float


def assignments(units: int, treated: int, *, most: int = MOST_SETS, seed: int = 0) -> Mask:
    """Return sets of units that could have been treated (sets, units), the actual one (the first units) first.

    All sets of that size where there are at most `most` + 1; otherwise `most` drawn at random with `seed`.
    """
    if comb(units, treated) <= most + 1:
        sets = np.zeros((comb(units, treated), units), dtype=bool)
        for row, members in enumerate(combinations(range(units), treated)):
            sets[row, list(members)] = True  # the first combination is the actual one
        return sets
    order = np.argsort(np.random.default_rng(seed).random((most, units)), axis=1)
    drawn = np.zeros((most + 1, units), dtype=bool)
    drawn[0, :treated] = True
    np.put_along_axis(drawn[1:], order[:, :treated], True, axis=1)
    return drawn


def contrasts(scores: Array, sets: Mask) -> Array:
    """Return, for each set (sets, units), the mean score (units,) of its members minus that of the others."""
    size = sets.sum(axis=1)
    inside = sets @ scores
    result: Array = inside / size - (scores.sum() - inside) / (len(scores) - size)
    return result


def rank_p(statistics: Array) -> float:
    """Return the share of `statistics` at least as large as the first, which is the actual one."""
    return float(np.mean(at_least(statistics, statistics[0])))


def permuted(a: Array, b: Array, c: Array, level: float) -> Permuted:
    """Return the test of no effect and the interval from the quadratics' coefficients, the actual one first."""
    floor = 1 / len(a)
    lower, upper = _inverted(a, b, c, 1 - level)
    return Permuted(rank_p(a), floor, lower, upper)


def linear(estimates: Array, loadings: Array, level: float) -> Permuted:
    """Return the test and interval for estimates that are linear in the figures, the actual one first."""
    found = permuted(estimates**2, estimates * loadings, loadings**2, level)
    return replace(found, floor=mirrored_floor(estimates[:, None]))


def mirrored_floor(statistics: Array) -> float:
    """Return the smallest p that a two-sided test of `statistics` (sets, k) can have.

    It is 1 / sets, but 2 / sets where half of all units are treated: the other half taken as treated then gives the
    same with the sign turned, and always ties.
    """
    size = np.abs(statistics[0]).max(initial=0)
    mirrored = np.all(np.abs(statistics + statistics[0]) <= NEAR * max(size, np.finfo(float).tiny), axis=1)
    return float((1 + mirrored[1:].sum()) / len(statistics))


def _inverted(a: Array, b: Array, c: Array, alpha: float) -> tuple[float, float]:
    """Return the smallest and largest effect that is not refused at `alpha`."""
    if above(1 / len(a), alpha):
        return -np.inf, np.inf
    places, deltas, count = _crossings(c[1:] - c[0], b[1:] - b[0], a[1:] - a[0])
    order = np.argsort(places, kind="stable")
    edges = np.concatenate([[-np.inf], places[order], [np.inf]])
    # the actual assignment is always as extreme as itself
    counts = 1 + count + np.concatenate([[0], np.cumsum(deltas[order])])
    kept = np.flatnonzero(above(counts / len(a), alpha) & (np.diff(edges) > 0))
    if not len(kept):
        return np.nan, np.nan
    return float(edges[kept[0]]), float(edges[kept[-1] + 1])


def _crossings(c: Array, b: Array, a: Array) -> tuple[Array, Array, int]:
    """Return where each row's c x^2 - 2 b x + a changes sign, by how much the count of rows >= 0 changes there,
    and that count at minus infinity.
    """  # noqa: D205
    curved = np.abs(c) > 1e-12 * np.abs(c).max(initial=0)
    slanted = ~curved & (np.abs(b) > 1e-12 * np.abs(b).max(initial=0))
    flat = ~curved & ~slanted
    inside = b**2 - a * c
    real = curved & (inside > 0)
    root = np.sqrt(np.where(real, inside, 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        left, right = ((b + side * np.sign(c) * root) / c for side in (-1, 1))
        single = a / (2 * b)
    opens = np.where(c > 0, -1, 1)  # an upward parabola is at or above zero outside its roots
    places = np.concatenate([left[real], right[real], single[slanted]])
    deltas = np.concatenate([opens[real], -opens[real], np.where(b > 0, -1, 1)[slanted]])
    always = flat & (a >= -NEAR * np.abs(a).max(initial=0))
    count = int(np.sum(curved & (c > 0)) + np.sum(slanted & (b > 0)) + np.sum(always))
    return places, deltas, count
