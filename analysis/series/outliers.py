"""Readings that the others contradict, before the fit: each is believed only as far as its contradiction allows.

A gross error (a misprint, another scope, another window) would otherwise widen the band of every year, since
the reporting error is common to all. The reading that lies furthest from what the others predict, beyond
`CUT` predictive standard deviations with a reporting error of `PILOT_TAU`, gets an error of its own as large as
its leave-one-out residual; then the others are looked at again. Of two readings that contradict each other
alone, both lie as far out, and both are doubted. What `exact_years` finds is never doubted.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analysis.rounding import at_least
from analysis.series.laplace import Core
from analysis.series.mixture import Priors
from analysis.series.residuals import leave_one_out, linearise
from analysis.series.smoothness import Smoothness

Array = NDArray[np.float64]
CUT = 3.5
PILOT_TAU = 0.03
AS_FAR = 0.9  # of the furthest: what is doubted with it
MOST = 1 / 3  # of the readings, at most


def doubts(core: Core, priors: Priors, smooth: Smoothness, start: Array, least: float = 0.0) -> Array:
    """Return the variance of its own that each reading gets, zero for nearly all; n.

    `least` is the smallest reporting error that a caller allows: what it explains is no reason for doubt.
    """
    extra = np.zeros(len(core.y))
    if (core.side == 0).sum() < 3:
        return extra
    pilot = replace(smooth, tau=max(PILOT_TAU, least))
    for _ in range(len(core.y)):
        model = linearise(replace(core, variance=core.variance + extra), priors, pilot, start)
        apart, sd = leave_one_out(model)
        settled = (extra > 0) | (False if core.exact is None else core.exact)
        score = np.where(settled[model.rows], 0.0, np.abs(apart / sd))
        furthest = score.max()
        far = at_least(score, max(CUT, AS_FAR * furthest))
        if not far.any() or (extra > 0).sum() + far.sum() > max(2, MOST * len(core.y)):
            break
        extra[model.rows[far]] = apart[far] ** 2
    return extra
