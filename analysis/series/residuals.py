"""How well each reading fits the others: what they expect of it, the residual, and what it moves.

The fit is linearised at the mode, so that leaving a reading out costs no refit: with C the predictive
covariance of all readings and u = C^-1 y, the leave-one-out residual of reading i is u_i / M_ii with variance
1 / M_ii, M = C^-1 (Sundararajan, Keerthi 2001, doi 10.1162/08997660151134343). The reporting error is held at a
base value: conflicts cannot inflate their own yardstick.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.series.cells import periods_of
from analysis.series.informed import SHOWN, informed
from analysis.series.laplace import Core, covariance_of, link
from analysis.series.mixture import Point, Priors
from analysis.series.mode import find_mode
from analysis.series.observations import Observations
from analysis.series.smoothness import Smoothness

Array = NDArray[np.float64]
BASE_TAU = 0.004


@dataclass(frozen=True)
class Linearised:
    """The Gaussian model at the mode: rows are the two-sided readings named by `rows`.

    `covariance` is C, `target` y - prior mean, `inverse` C^-1, `apart` C^-1 (y - prior mean), `gain` (cells by
    readings) how z answers each reading.
    """

    rows: NDArray[np.int64]
    covariance: Array
    target: Array
    inverse: Array
    apart: Array
    gain: Array
    z: Array


def yardstick(points: list[Point]) -> Smoothness:
    """Return the best point with the reporting error at its base value."""
    return replace(points[0].smooth, tau=min(points[0].smooth.tau, BASE_TAU))


def linearise(core: Core, priors: Priors, smooth: Smoothness, start: Array) -> Linearised:
    """Return the linearised model at the mode under a smoothness, searched from `start`."""
    prior, determinant = priors(smooth)
    mode = find_mode(core, prior, determinant, smooth.tau, start)
    at = link(core, mode.z)
    rows = np.flatnonzero(core.side == 0)
    jacobian = at.jacobian[rows]
    across = priors.covariance_times(smooth, jacobian.T)
    noise = covariance_of(core, smooth.tau)[np.ix_(rows, rows)]
    covariance = np.asarray(jacobian @ across + noise)
    inverse = np.asarray(np.linalg.inv(covariance), dtype=np.float64)
    target = core.y[rows] - at.expected[rows] + jacobian @ mode.z
    return Linearised(rows, covariance, target, inverse, inverse @ target, across, mode.z)


def leave_one_out(model: Linearised) -> tuple[Array, Array]:
    """Return each reading's leave-one-out residual on the log scale, and its sd."""
    precision = np.diag(model.inverse)
    return model.apart / precision, 1 / np.sqrt(precision)


def residual_table(
    observations: Observations, core: Core, priors: Priors, points: list[Point]
) -> pd.DataFrame:
    """Return one row a reading that entered.

    Columns: reading_id; expected, what the fitted series says of the reading, in its own unit (percent for
    growth and shares); residual, its distance from what the other readings predict, in predictive standard
    deviations; influence, the largest relative change of an informed year's total (a share's odds) when it is
    left out, or of the whole span's where there is no such year. Bounds have an expectation only.
    """
    at = link(core, points[0].z)
    expected = at.expected + np.where(core.growth, 0.0, core.level)
    if core.linear:
        values = observations.scale / (1 + np.exp(-expected))
    else:
        values = np.where(core.growth, 100 * (np.exp(expected) - 1), np.exp(expected))
    table = pd.DataFrame({"reading_id": observations.names, "expected": values})
    table["residual"] = np.nan
    table["influence"] = np.nan
    if len(core.y) > 1:
        model = linearise(core, priors, yardstick(points), points[0].z)
        apart, sd = leave_one_out(model)
        table.loc[model.rows, "residual"] = apart / sd
        table.loc[model.rows, "influence"] = _influence(observations, core, model)
    return table


def _influence(observations: Observations, core: Core, model: Linearised) -> Array:
    """Return the largest relative change of an informed year's total when each reading is left out."""
    years = periods_of(observations.cells, "yearly")
    told = informed(observations, years, link(core, model.z).expected) >= SHOWN
    weights = years.weights[years.whole & told]
    if not len(weights):
        weights = observations.cells.days[None, :]
    inside = weights if core.linear else weights * np.exp(model.z)
    inside = inside / inside.sum(axis=1, keepdims=True)
    # Leaving i out moves the weights C^-1 y of the others by -M_ji u_i / M_ii.
    change = -model.inverse * (model.apart / np.diag(model.inverse))[None, :]
    moved = inside @ model.gain @ change
    return np.asarray(np.abs(np.expm1(moved)).max(axis=0))
