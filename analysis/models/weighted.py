"""Means and totals from items drawn with unequal chances: the weights are the inverse chances.

    total = sum w_i y_i (Horvitz, Thompson 1952, doi 10.1080/01621459.1952.10483446),
    mean  = sum w_i y_i / sum w_i (Hajek 1971),

with the variance of drawing with replacement within strata h (n_h items drawn in h),

    var = sum_h (1 - f_h) n_h / (n_h - 1) sum_(i in h) (z_i - mean_h z)^2,

z_i = w_i y_i for the total and w_i (y_i - mean) / sum w for the mean (Hansen, Hurwitz 1943, doi
10.1214/aoms/1177731356; Sarndal, Swensson, Wretman 1992, Model Assisted Survey Sampling, Springer, chapters 2, 5 and
7, doi 10.1007/978-1-4612-4378-6). Without sizes f_h = 0, which errs on the safe side when many of the items there
are were drawn. Strata without sizes are those of the plan: how many items each gets was fixed beforehand.

Where sizes N_h are known, each stratum's weights are scaled to sum to N_h (post-stratification), z_i takes y_i minus
the stratum's weighted mean, and f_h = n_h / N_h: the variance given how many fell into each stratum (Holt, Smith 1979,
JRSS A 142(1), 33, doi 10.2307/2344652). In a stratified simple sample that is the textbook's
sum_h N_h^2 (1 - f_h) s_h^2 / n_h.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.arguments import Level, aligned, checked
from analysis.errors import InputError, shown
from analysis.models.tallies import positive, row
from analysis.results import Result

Array = NDArray[np.float64]
Sizes = Mapping[Any, float] | ArrayLike | None


@dataclass(frozen=True, repr=False)
class Weighted(Result):
    """A mean or total from a weighted sample.

    `estimate` and `se` in units of y; `lower`, `upper` by Student's t with n minus the number of strata as degrees
    of freedom, `df` (of a share they may lie outside 0 to 1); `effective_n`: the equally weighted items that the
    weights are worth, (sum w)^2 / sum w^2 (Kish 1965).
    """

    estimate: float
    se: float
    lower: float
    upper: float
    n: int
    strata: int
    df: int
    effective_n: float
    level: float


@checked
def weighted_mean(
    y: ArrayLike,
    weights: ArrayLike,
    strata: ArrayLike | None = None,
    population: Sizes = None,
    *,
    level: Level = 0.95,
) -> Weighted:
    """Return the mean of y in the market that the items were drawn from, Hajek's, or post-stratified.

    `y` (n): 1 for a fake and 0 for none give the prevalence. `weights` (n): 1 over the chance that the item was
    drawn. `strata` (n): labels. `population`: the number of items there are, by stratum (a mapping, a row (n) with
    each item's own stratum's size, or a row with a size for each stratum in order), or one number without strata.

    Raises
    ------
    InputError
        If lengths differ, a weight is not above 0, a stratum has one item or no size, or a size is below its sample.

    >>> found = weighted_mean([1, 0, 0, 1], [10, 40, 40, 10])
    >>> round(found.estimate, 3), round(found.se, 3)
    (0.2, 0.185)
    """
    sample = _sample(y, weights, strata, population)
    return _answer(sample, float(sample.weights.sum()), level)


@checked
def weighted_total(
    y: ArrayLike,
    weights: ArrayLike,
    strata: ArrayLike | None = None,
    population: Sizes = None,
    *,
    level: Level = 0.95,
) -> Weighted:
    """Return the sum of y over the market that the items were drawn from, Horvitz-Thompson's, or post-stratified.

    Arguments and errors are those of `weighted_mean`.

    >>> weighted_total([1, 0, 0, 1], [10, 40, 40, 10]).estimate
    20.0
    """
    return _answer(_sample(y, weights, strata, population), None, level)


@dataclass(frozen=True)
class _Sample:
    """`y` and `weights` (n), `group` (n) numbers of strata, `sizes` (strata) or None."""

    y: Array
    weights: Array
    group: NDArray[np.intp]
    sizes: Array | None


def _answer(sample: _Sample, divisor: float | None, level: float) -> Weighted:
    """Return the total, or the mean where the sum of weights is given as `divisor`."""
    y, w, group = sample.y, sample.weights, sample.group
    n_h = np.bincount(group)
    estimate = float(w @ y) / (divisor or 1.0)
    if sample.sizes is not None:
        z = w * (y - (np.bincount(group, w * y) / np.bincount(group, w))[group])
    else:
        z = w * y if divisor is None else w * (y - estimate)
    z = z / (divisor or 1.0)
    away = (z - (np.bincount(group, z) / n_h)[group]) ** 2
    factor = n_h / (n_h - 1) * (1 if sample.sizes is None else 1 - n_h / sample.sizes)
    se = float(np.sqrt(np.bincount(group, away) @ factor))
    df = len(y) - len(n_h)
    half = float(stats.t.isf((1 - level) / 2, df)) * se
    effective = float(w.sum() ** 2 / (w @ w))
    return Weighted(estimate, se, estimate - half, estimate + half, len(y), len(n_h), df, effective, level)


def _sample(y: Any, weights: Any, strata: Any, population: Any) -> _Sample:
    """Return the sample with its weights scaled to the sizes, where there are any. Raises InputError."""
    values, w = row(y, "y"), positive(aligned(weights, y, "weights"), "weights")
    if len(w) != len(values):
        raise InputError(f"y has {len(values)} values and weights {len(w)}; give one weight for each item.")
    names, group = _groups(None if strata is None else aligned(strata, y, "strata"), len(values))
    n_h = np.bincount(group)
    if n_h.min() < 2:
        alone = int(np.argmin(n_h))
        where = "The sample" if strata is None else f"Stratum {shown(names[alone])}"
        raise InputError(f"{where} has one item, which shows no spread; give two or more, or join strata.")
    if population is None:
        return _Sample(values, w, group, None)
    if isinstance(population, pd.Series) and len(population) == len(values):
        population = np.asarray(aligned(population, y, "population"))  # each item's own, never a size by name
    sizes = _sizes(population, names, group, strata is not None)
    for at in np.flatnonzero(sizes < n_h)[:1]:
        raise InputError(
            f"population has {sizes[at]:g} for stratum {shown(names[at])}, of which {n_h[at]} were drawn; "
            "it is the number of items there are."
        )
    return _Sample(values, w * (sizes / np.bincount(group, w))[group], group, sizes)


def _groups(strata: Any, n: int) -> tuple[list[Any], NDArray[np.intp]]:
    """Return the names of the strata, sorted, and the number of each item's."""
    if strata is None:
        return ["all"], np.zeros(n, dtype=np.intp)
    cells = pd.Series(
        np.asarray(strata, dtype=object).ravel() if np.ndim(strata) == 1 else None, dtype=object
    )
    if len(cells) != n:
        raise InputError(f"strata must be one row of {n} labels, one for each item.")
    if cells.isna().any():
        raise InputError(
            f"strata has no label at place {int(np.argmax(cells.isna())) + 1}; give each item its stratum."
        )
    codes, names = pd.factorize(cells, sort=True)
    return list(names), codes.astype(np.intp)


def _sizes(population: Any, names: list[Any], group: NDArray[np.intp], stratified: bool) -> Array:
    """Return the size of each stratum, in the order of `names`."""
    if isinstance(population, pd.Series) and set(names) <= set(population.index):
        population = population.to_dict()
    if isinstance(population, Mapping):
        unknown = [name for name in names if name not in population]
        if unknown:
            raise InputError(
                f"population has no stratum {shown(unknown[0])}; it knows {shown(list(population)[:6])}."
            )
        return positive([population[name] for name in names], "population")
    sizes = positive(population, "population")
    if len(sizes) == len(group):
        first = np.zeros(len(names))
        first[group] = sizes
        if np.any(first[group] != sizes):
            raise InputError(
                "population must be the same for all items of a stratum: it is the stratum's size."
            )
        return first
    appearing = list(pd.unique(group))
    if len(sizes) != len(names) or (stratified and appearing != sorted(appearing)):
        raise InputError(
            f"population must name the size of each of the {len(names)} strata: a mapping such as "
            f"{{{shown(names[0])}: 1000, ...}}, or a row with each item's own."
        )
    return sizes
