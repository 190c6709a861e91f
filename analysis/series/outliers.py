"""Readings that others contradict, before the fit: each is believed only as far as its contradiction allows.

A gross error (a misprint, another scope, another window) would otherwise widen the band of every year, since
the reporting error is common to all. Smoothness alone contradicts nobody: a jump is what a campaign looks like. So a
reading is doubted only where the readings whose window or base meets its own leave no room for it, `CUT`
predictive standard deviations with a reporting error of `PILOT_TAU` and the smoothness let go (`LOOSE`), and only
where they tell more than half of what it tells: the only informant of a period is believed. Which of those that
contradict one another is doubted, smoothness says: the one that lies furthest from what all others predict. It gets
an error of its own as large as its leave-one-out residual; then the others are looked at again. Two prints
of one window are doubted together, each by half their distance. What a verdict rejects is doubted before all others,
and what `exact_years` finds never is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analysis.rounding import above, at_least
from analysis.series.laplace import Core
from analysis.series.mixture import Priors
from analysis.series.residuals import Linearised, leave_one_out, linearise
from analysis.series.smoothness import Smoothness

Array = NDArray[np.float64]
CUT = 3.5
PILOT_TAU = 0.03
LOOSE = (
    0.7  # sd of the walk a month: a year may be eleven times the last, or an eleventh, and no more be doubted
)
AS_FAR = 0.9  # of the furthest: what is doubted with it
MOST = 1 / 3  # of the readings, at most
TOLD = 0.5  # of what a reading tells: others that tell no more may not contradict it


def doubts(core: Core, priors: Priors, smooth: Smoothness, start: Array, least: float = 0.0) -> Array:
    """Return the variance of its own that each reading gets, zero for nearly all; n.

    `least` is the smallest reporting error that a caller allows: what it explains is no reason for doubt.
    """
    extra = np.zeros(len(core.y))
    if (core.side == 0).sum() < 2:
        return extra
    pilot = replace(smooth, tau=max(PILOT_TAU, least))
    never = np.zeros(len(core.y), dtype=bool) if core.exact is None else core.exact
    for _ in range(len(core.y)):
        believed = replace(core, variance=core.variance + extra)
        model = linearise(believed, priors, pilot, start)
        apart, sd = leave_one_out(model)
        score = np.where((never | (extra > 0))[model.rows], 0.0, np.abs(apart / sd))
        score[~_contradicted(believed, priors, pilot, model, score)] = 0.0
        if core.rejected is not None and (score[core.rejected[model.rows]] > 0).any():
            score[~core.rejected[model.rows]] = 0.0
        furthest = score.max()
        far = np.flatnonzero(at_least(score, max(CUT, AS_FAR * furthest)))
        found = _with_twins(core, model.rows[far], apart[far], never | (extra > 0), pilot.tau)
        if not found.any() or ((extra + found) > 0).sum() > max(2, MOST * len(core.y)):
            break
        extra += found
    return extra


def jumps(
    core: Core,
    priors_of: Callable[[NDArray[np.int64]], Priors],
    smooth: Smoothness,
    start: Array,
    least: float = 0.0,
) -> NDArray[np.int64]:
    """Return the readings that smoothness alone would doubt, and nobody contradicts: the furthest first.

    `core` has the doubts in its variance; `priors_of` gives the priors with the smoothness released at some readings.
    """
    found: list[int] = []
    if (core.side == 0).sum() < 2:
        return np.array(found, dtype=np.int64)
    pilot = replace(smooth, tau=max(PILOT_TAU, least))
    for _ in range(int(MOST * len(core.y))):
        model = linearise(core, priors_of(np.array(found, dtype=np.int64)), pilot, start)
        apart, sd = leave_one_out(model)
        score = np.where(core.growth[model.rows], 0.0, np.abs(apart / sd))
        score[np.isin(model.rows, found)] = 0.0
        if not at_least(score.max(), CUT):
            break
        found.append(int(model.rows[np.argmax(score)]))
    return np.array(found, dtype=np.int64)


def _contradicted(
    core: Core, priors: Priors, pilot: Smoothness, model: Linearised, score: Array
) -> NDArray[np.bool_]:
    """Tell which of the far readings those that meet them leave no room for, with the smoothness let go."""
    found = np.zeros(len(score), dtype=bool)
    far = np.flatnonzero(at_least(score, CUT))
    if not len(far):
        return found
    loose = linearise(core, priors, replace(pilot, sigma=LOOSE, season=0.0), model.z)
    told = (core.weights - core.base)[loose.rows]
    reach = (core.weights + core.base)[loose.rows] > 0
    told = told / np.linalg.norm(told, axis=1, keepdims=True)
    for place in far:
        meets = (reach & reach[place]).any(axis=1)
        meets[place] = False
        others = np.flatnonzero(meets)
        basis = np.linalg.qr(told[others].T)[0]
        if not len(others) or not above(((told[place] @ basis) ** 2).sum(), TOLD):
            continue
        among = loose.covariance[np.ix_(others, others)]
        gain = np.linalg.solve(among, loose.covariance[others, place])
        apart = loose.target[place] - gain @ loose.target[others]
        variance = loose.covariance[place, place] - gain @ loose.covariance[others, place]
        found[place] = bool(at_least(abs(apart), CUT * np.sqrt(variance)))
    return found


def _with_twins(
    core: Core, rows: NDArray[np.int64], apart: Array, known: NDArray[np.bool_], tau: float
) -> Array:
    """Return the variance that doubted readings get, and the other prints of their windows that exclude them; n."""
    found = np.zeros(len(core.y))
    found[rows] = apart**2
    wrong = np.zeros(len(core.y), dtype=bool) if core.rejected is None else core.rejected
    for row in rows[~wrong[rows]]:
        same = (core.weights == core.weights[row]).all(axis=1) & (core.base == core.base[row]).all(axis=1)
        same &= (core.side == 0) & (core.growth == core.growth[row]) & ~known & ~wrong
        sd = np.sqrt(core.variance + core.variance[row] + 2 * tau**2)
        for twin in np.flatnonzero(same & (np.abs(core.y - core.y[row]) > CUT * sd)):
            half = ((core.y[twin] - core.y[row]) / 2) ** 2
            found[row] = half if len(rows) == 1 or twin in rows else max(found[row], half)
            found[twin] = half
    return found
