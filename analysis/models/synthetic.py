"""Synthetic control: the treated unit against the mix of controls that ran closest to it before.

    minimise  sum_{t < at} (log y_1t - sum_j w_j log y_jt)^2   over  w_j >= 0, sum_j w_j = 1

(Abadie, Diamond, Hainmueller 2010, J Am Stat Assoc 105(490), 493, doi 10.1198/jasa.2009.ap08746; with all
pre-period outcomes as the only predictors). Since the weights sum to one this is least squares of 0 on the
differences, solved exactly by non-negative least squares. Where several mixes fit equally well the one with the
smallest sum of squared weights is taken, by a ridge of 1e-8 of the scale, so that the order of units does not matter.

Inference: placebos in space. Every unit takes the treated place in turn, the treated one among its donors; the
statistic is the mean squared gap in the window over that before (the squared RMSPE ratio), and p its rank. A
treated unit beyond all controls, as the largest often is, cannot be matched in levels: `demean` first takes each
unit's mean before the measure away (Ferman, Pinto 2021, Quant Econ 12(4), 1197, doi 10.3982/QE1596).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from analysis.errors import InputError
from analysis.models.panel import Array, Grid, require_balanced

_RIDGE = 1e-8
# A gap before the measure is never taken as smaller than this share of the panel's spread, lest a ratio explode.
_LEAST_GAP = 1e-6


@dataclass(frozen=True)
class SyntheticFit:
    """Synthetic controls of every unit, the treated one first.

    `weights` (units, units), a row's own weight 0; `gap` (units, periods) on the log scale; `before` and `after`
    (units,), the root mean squared gap before the measure and over the window.
    """

    weights: Array
    gap: Array
    before: Array
    after: Array

    def quadratics(self, window: slice) -> tuple[Array, Array, Array]:
        """Return each unit's squared RMSPE ratio as a quadratic in the effect (A, B, C of `permutation`)."""
        # A constant effect of the first unit shifts its own gap by 1, and another's by minus the weight it has.
        loading = np.where(np.arange(len(self.gap)) == 0, 1.0, -self.weights[:, 0])
        size = self.before**2
        mean = self.gap[:, window].mean(axis=1)
        return self.after**2 / size, loading * mean / size, loading**2 / size


def simplex_weights(target: Array, donors: Array) -> Array:
    """Return the weights (donors,) on the simplex that bring `donors` (donors, periods) closest to `target`.

    Raises
    ------
    InputError
        If the solver does not end.
    """
    away = (donors - target).T
    scale = float(np.sqrt(np.mean(away**2))) or 1.0
    count = len(donors)
    system = np.vstack([away / scale, np.ones(count), np.sqrt(_RIDGE * len(target)) * np.eye(count)])
    right = np.zeros(len(system))
    right[len(target)] = 1.0
    try:
        raw, _ = nnls(system, right)
    except RuntimeError:
        raise InputError(
            f"No synthetic control was found among {count} donors; leave some of the donors out."
        ) from None
    result: Array = raw / raw.sum()
    return result


def synthetic(given: Grid, *, demean: bool = False) -> SyntheticFit:
    """Fit the synthetic control of the treated unit and of every control in its place.

    Raises
    ------
    InputError
        If more than one unit is treated, fewer than two controls are left, or the panel has empty cells.
    """
    if given.treated != 1:
        raise InputError(
            f"A synthetic control is made for one treated unit, not {given.treated}; add their figures up first."
        )
    if given.controls < 2:
        raise InputError(
            f"A synthetic control of {given.units[0]!r} needs at least 2 control units; there is 1."
        )
    require_balanced(given, "synthetic")
    before = slice(0, given.start)
    log_y = given.log_y
    if demean:
        log_y = log_y - log_y[:, before].mean(axis=1, keepdims=True)
    units = len(log_y)
    weights = np.zeros((units, units))
    for own in range(units):
        others = np.arange(units) != own
        weights[own, others] = simplex_weights(log_y[own, before], log_y[others, before])
    gap = log_y - weights @ log_y
    least = _LEAST_GAP * max(float(np.std(log_y)), 1e-6)
    rms_before = np.maximum(np.sqrt(np.mean(gap[:, before] ** 2, axis=1)), least)
    rms_after = np.sqrt(np.mean(gap[:, given.window] ** 2, axis=1))
    return SyntheticFit(weights, gap, rms_before, rms_after)
