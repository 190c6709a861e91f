"""Draws across a measure: the smoothness released at its date.

A series that is smoothed across a measure carries the counterfactual into its draws, and a regression on them would
find less than there is (Meng 1994, doi 10.1214/ss/1177010269). So a level shift at the measure's date, of prior sd
`SHIFT_SD` on the log scale, is added to the prior: K + sd^2 s s', s the cells from that date on. By
Sherman and Morrison its precision costs one product.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.series.cells import Cells
from analysis.series.laplace import Core
from analysis.series.mixture import Grid, Point, Priors, integrate
from analysis.series.smoothness import Smoothness

Array = NDArray[np.float64]
SHIFT_SD = 1.0


class ReleasedPriors(Priors):
    """Prior precisions with a level shift that costs next to nothing."""

    def __init__(self, months: NDArray[np.int64], size: float, order: int, shift: Array) -> None:
        super().__init__(months, size, order)
        self.shift = shift
        self._released: dict[tuple[float, float, float], tuple[Array, float]] = {}

    def __call__(self, smooth: Smoothness) -> tuple[Array, float]:
        """Return precision and log determinant."""
        key = (smooth.sigma, smooth.omega, smooth.season)
        if key not in self._released:
            precision, determinant = super().__call__(smooth)
            across = precision @ self.shift
            inner = 1 + SHIFT_SD**2 * float(self.shift @ across)
            released = precision - np.outer(across, across) * (SHIFT_SD**2 / inner)
            self._released[key] = released, determinant - float(np.log(inner))
        return self._released[key]


def released_at(
    cells: Cells, order: int, core: Core, points: list[Point], day: pd.Timestamp, taus: tuple[float, ...]
) -> tuple[Priors, list[Point]]:
    """Return prior and points of the fit with its smoothness released on a day, mixed over reporting errors.

    Raises
    ------
    InputError
        If the day is not inside the grid.
    """
    number = (pd.Timestamp(day) - pd.Timestamp("1970-01-01")).days
    shift = (cells.edges[:-1] >= number).astype(float)
    if not 0 < shift.sum() < len(shift):
        raise InputError(f"{day:%Y-%m-%d} is not inside the series; give a day between its first and last.")
    priors = ReleasedPriors(cells.months, cells.size, order, shift)
    seasons = tuple(sorted({0.0, *(point.smooth.season for point in points)}))
    return priors, integrate(core, priors, Grid(tau=taus, season=seasons))
