"""How far each period is informed by windows, and not by smoothness alone: the model resolution matrix.

informed = |P e|^2 / |e|^2, e the period's indicator over the cells and P the projector on the row space of the
readings' windows. A month inside a window of one year alone has 1/12, a quarter 1/4, a printed year 1. It is rounded
to nine digits: the half that each year of a two-year window has lies on the edge of being counted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.rounding import DIGITS
from analysis.series.cells import Periods
from analysis.series.observations import Observations

Array = NDArray[np.float64]
SHOWN = 0.1  # below this share of information a period is not estimated
DEPENDENT = 1e-6  # singular values below this share of the largest belong to windows that others imply


def informed(observations: Observations, periods: Periods, expected: Array) -> Array:
    """Return how far each period is informed, 0 to 1.

    `expected` is g of each reading: a growth reading's row is its window less the base times the growth
    factor. Bounds inform nothing.
    """
    return along(observations, periods, row_space(observations, expected))


def row_space(observations: Observations, expected: Array) -> Array:
    """Return an orthonormal basis of the row space of the readings' windows, rank by cells."""
    days = observations.cells.days
    two = observations.side == 0
    weights = observations.weights if observations.quantity == "flow" else (observations.weights > 0) * days
    factor = np.where(observations.growth, np.exp(np.clip(expected, -20, 20)), 0.0)
    rows = ((weights - factor[:, None] * observations.base) / days)[two]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    sizes, basis = np.linalg.svd(rows, full_matrices=False)[1:]
    return np.asarray(basis[sizes > DEPENDENT * sizes[0]])


def along(observations: Observations, periods: Periods, basis: Array) -> Array:
    """Return |P e|^2 / |e|^2 of each period, P the projector on a basis (rank by cells)."""
    indicator = periods.weights / observations.cells.days
    found: Array = ((indicator @ basis.T) ** 2).sum(axis=1) / (indicator**2).sum(axis=1)
    return np.asarray(np.minimum(found, 1.0).round(DIGITS))
