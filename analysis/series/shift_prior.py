"""The smoothness released: at a measure's date for draws across it, and where an undoubted reading jumps.

A series that is smoothed across a measure carries the counterfactual into its draws, and a regression on them would
find less than there is (Meng 1994, doi 10.1214/ss/1177010269). So a level shift at the measure's date, of prior sd
`SHIFT_SD` on the log scale, is added to the prior: K + sd^2 s s', s the cells from that date on. A year
that nobody contradicts and that is thirty times its neighbours gets such a shift for its own cells: else the fit
would blame the reporting error, which all readings have in common. By Woodbury's identity their precision costs a
product.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.series.cells import Cells
from analysis.series.laplace import Core
from analysis.series.mixture import Grid, Point, Priors, integrate
from analysis.series.reporting import Hump

Array = NDArray[np.float64]
SHIFT_SD = 1.0
JUMP_SD = 3.0


def jump_shifts(core: Core, jumps: NDArray[np.int64]) -> Array:
    """Return the shifts of readings that jump, times their sd: one over their windows' cells; cells by readings."""
    return np.asarray(JUMP_SD * (core.weights[jumps] > 0).T.astype(float))


def priors_with(cells: Cells, order: int, core: Core, jumps: NDArray[np.int64]) -> Priors:
    """Return prior precisions on a grid, with the smoothness released where readings jump."""
    if not len(jumps):
        return Priors(cells.months, cells.size, order)
    return Priors(cells.months, cells.size, order, jump_shifts(core, jumps))


def released_at(
    cells: Cells,
    order: int,
    core: Core,
    points: list[Point],
    day: pd.Timestamp,
    taus: tuple[float, ...],
    jumps: NDArray[np.int64] | None = None,
    tau_prior: tuple[Hump, ...] | None = None,
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
    before = jump_shifts(core, np.arange(0) if jumps is None else jumps)
    priors = Priors(cells.months, cells.size, order, np.column_stack([before, SHIFT_SD * shift[:, None]]))
    seasons = tuple(sorted({0.0, *(point.smooth.season for point in points)}))
    return priors, integrate(core, priors, Grid(tau=taus, season=seasons, tau_prior=tau_prior))
