"""Counts in bins to counts in cells: the core of the reconstruction without dates, hedges or releases, for a test.

    log y_i ~ Normal(log sum_t d_it exp(z_t), tau^2 + s_i^2),

the penalised composite link model of Rizzi, Gampe, Eilers (2015, doi 10.1093/aje/kwv020) with a free value for
each cell, fitted and integrated as every series is (`laplace`, `mixture`). Its published example, ages at death in
bins, tests them against an implementation that others wrote.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.series.laplace import Core
from analysis.series.mixture import Grid, Point, Priors, integrate
from analysis.series.moments import log_moments
from analysis.series.observations import COUNTED_TO_THE_UNIT
from analysis.threads import one_thread

Array = NDArray[np.float64]
# Counts of bins are no printed figures with a rush in December: no white noise, and hardly a reporting error.
GRID = Grid(omega=(0.0,), tau=(0.001,))


@dataclass(frozen=True)
class Ungrouped:
    """What a cell counts (`cells`), what the bins do (`bins`), and the grid points behind them."""

    cells: Array
    bins: Array
    points: list[Point]


@one_thread
def ungroup(weights: ArrayLike, counts: ArrayLike, *, order: int = 2, grid: Grid = GRID) -> Ungrouped:
    """Return the counts of cells that counts of bins tell, by penalised composite link.

    Parameters
    ----------
    weights
        How much of each cell lies in each bin, bins by cells, 0 to 1.
    counts
        One a bin, above 0.
    order
        Of the differences: 2, as published, or 1.
    grid
        The smoothness to integrate over.
    """
    inside, y = np.asarray(weights, dtype=np.float64), np.asarray(counts, dtype=np.float64)
    mean, variance = log_moments(np.maximum(y - COUNTED_TO_THE_UNIT, 0.0), y + COUNTED_TO_THE_UNIT)
    level = float(np.median(mean - np.log(inside.sum(axis=1))))
    none, zero = np.zeros(len(y), dtype=bool), np.zeros(len(y))
    core = Core(
        inside,
        np.zeros_like(inside),
        mean - level,
        variance,
        zero,
        np.zeros((len(y), 0)),
        none,
        False,
        level,
    )
    cells = inside.shape[1]
    points = integrate(core, Priors(np.zeros(cells, dtype=np.int64), 1.0, order), grid)
    log_cells = level + sum(point.weight * point.z for point in points)
    found = np.exp(log_cells)
    return Ungrouped(found, inside @ found, points)
