"""The fit of a series: mixed over the hyperparameters, then with its doubts, then with its jumps."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from analysis.series.laplace import Core, core_of
from analysis.series.mixture import Grid, Point, Priors, integrate, seasons_of
from analysis.series.observations import Observations
from analysis.series.outliers import doubts, jumps
from analysis.series.reporting import tau_prior_of
from analysis.series.shift_prior import priors_with


def fitted(
    observations: Observations, order: int, taus: tuple[float, ...]
) -> tuple[Core, Core, list[Point], NDArray[np.int64]]:
    """Return the readings as printed and as believed, the points of the mixture, and the readings that jump."""
    core, cells = core_of(observations), observations.cells
    grid = Grid(tau=taus, season=seasons_of(observations), tau_prior=tau_prior_of(observations.frame))
    priors = Priors(cells.months, cells.size, order)
    points = integrate(core, priors, grid)
    extra = doubts(core, priors, points[0].smooth, points[0].z, taus[0])
    believed = replace(core, variance=core.variance + extra)
    if extra.any():
        points = integrate(believed, priors, grid)
    of = partial(priors_with, cells, order, believed)
    far = jumps(believed, of, points[0].smooth, points[0].z, taus[0])
    if len(far):
        points = integrate(believed, of(far), grid)
    return core, believed, points, far
