"""Event study: how the treated units moved against the controls, period by period, before and after a measure.

    log y_it = a_i + b_t + sum_{k != -1} beta_k 1(treated_i, t = at + k) + e_it,

beta_k the gap of `analysis.models.did` with the period before the measure as the only base. The leads (k < -1)
should be zero if the groups would have moved alike. Their joint test permutes the treated unit: the statistic is the
mean square of the leads, exact with few units where an F test is not. Its floor is 1 / (units): with fewer than ten
units it cannot fall below 0.1, and a pre-trend that is not found has then not been looked for.

Two bands, both from the spread of the controls' own paths (Student's t, controls - 1 degrees of freedom): pointwise,
and a sup-t band that holds for all k together (Montiel Olea, Plagborg-Moller 2019, J Appl Econometrics 34(1), 1,
doi 10.1002/jae.2656), its critical value simulated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.models import did
from analysis.models.panel import Array, Grid, Mask
from analysis.models.permutation import assignments, mirrored_floor, rank_p
from analysis.results import Result

SIMULATED = 4000


@dataclass(frozen=True, repr=False)
class Pretrend(Result):
    """Whether the treated units moved alike before the measure.

    `p` of the joint test of the leads and its `floor`; `slope`, the mean change of the difference per period on
    the log scale, with its permutation p `slope_p` (same floor); `leads`, how many there are.
    """

    p: float
    floor: float
    slope: float
    slope_p: float
    leads: int

    @property
    def could_fail(self) -> bool:
        """Whether the test could have found a pre-trend at the 10% level at all."""
        return self.floor < 0.1


def base_before(given: Grid) -> Mask:
    """Return the base of leads and lags (units, periods): each unit's last figure before the measure."""
    seen = np.isfinite(given.log_y[:, : given.start])
    base = np.zeros(given.log_y.shape, dtype=bool)
    base[np.arange(len(seen)), given.start - 1 - np.argmax(seen[:, ::-1], axis=1)] = True
    return base


def pretrend(given: Grid, seed: int = 0) -> Pretrend:
    """Test jointly, by permutation, whether the treated units' leads are zero."""
    base = base_before(given)[:, : given.start]
    alone = did.single_gaps(given.log_y[:, : given.start], base)
    rows = np.where(base, np.nan, alone)  # the base is zero by construction
    sets = assignments(len(given.units), given.treated, seed=seed)
    known = np.isfinite(rows)
    counted = sets @ known.astype(float)
    means = np.where(counted > 0, (sets @ np.where(known, rows, 0)) / np.maximum(counted, 1), np.nan)
    joint = np.nansum(means**2, axis=1) / np.maximum(np.isfinite(means).sum(axis=1), 1)
    slopes = _slopes(alone, given.time[: given.start])
    per_set = (sets @ slopes) / given.treated
    # a unit's gap to all others is units / (units - 1) times what it is to the mean of all
    units = len(given.units)
    slope = float(per_set[0] * (units - 1) / (units - given.treated))
    leads = int(np.isfinite(means[0]).sum())
    floor = mirrored_floor(np.nan_to_num(means))
    return Pretrend(rank_p(joint), floor, slope, rank_p(np.abs(per_set)), leads)


def coefficients(given: Grid, *, level: float, seed: int = 0) -> tuple[pd.DataFrame, Array]:
    """Return beta_k by period and its covariance (periods, periods; NaN with fewer than three controls).

    Columns: period, k (periods from the measure), estimate, se, lower and upper (pointwise), lower_joint and
    upper_joint (sup-t). The base has estimate 0.
    """
    base = base_before(given)
    # the base is zero by construction: no rounding may be taken for spread
    estimate = np.where(base[: given.treated].all(axis=0), 0.0, did.treated_gap(given, base))
    paths = np.where(base[given.treated :], 0.0, did.control_paths(given, base))
    se = did.spread(paths)
    free = max(given.controls - 1, 1)
    point = float(stats.t.ppf((1 + level) / 2, free))
    joint = _sup_t(paths, se, free, level, seed)
    frame = pd.DataFrame(
        {
            "period": list(given.periods),
            "k": (given.time - given.time[given.start]).astype(int),
            "estimate": estimate,
            "se": se,
            "lower": estimate - point * se,
            "upper": estimate + point * se,
            "lower_joint": estimate - joint * se,
            "upper_joint": estimate + joint * se,
        }
    )
    return frame, _covariance(paths)


def window_scores(given: Grid) -> tuple[Array, Array]:
    """Return each unit's mean gap over the window (units,), and its loading on an effect of the treated."""
    base = base_before(given)
    effect = np.where(np.isfinite(given.log_y), 0.0, np.nan)
    effect[: given.treated, given.start :] += 1
    both = [did.single_gaps(values, base)[:, given.window] for values in (given.log_y, effect)]
    scores, loadings = (np.nanmean(values, axis=1) for values in both)
    return scores, loadings


def _slopes(rows: Array, time: Array) -> Array:
    """Return the least squares slope of each row over time, skipping gaps; 0 where a row has one period."""
    known = np.isfinite(rows)
    filled = np.where(known, rows, 0)
    counted = np.maximum(known.sum(axis=1, keepdims=True), 1)
    centred = np.where(known, time - (known @ time)[:, None] / counted, 0)
    size = np.sum(centred**2, axis=1)
    result: Array = np.where(size > 0, np.sum(centred * filled, axis=1) / np.where(size > 0, size, 1), 0)
    return result


def _covariance(paths: Array) -> Array:
    """Return the covariance of the treated mean's gaps from scaled control paths."""
    known = np.isfinite(paths)
    filled = np.where(known, paths, 0)
    pairs = known.T.astype(float) @ known.astype(float)
    result: Array = np.where(pairs > 2, filled.T @ filled / np.maximum(pairs - 1, 1), np.nan)
    return result


def _sup_t(paths: Array, se: Array, df: int, level: float, seed: int) -> float:
    """Return the critical value of the largest |t| over periods."""
    usable = np.isfinite(paths).all(axis=0) & (np.nan_to_num(se) > 0)
    if not usable.any():
        return float("nan")
    shapes = paths[:, usable] / se[usable] / np.sqrt(df)
    rng = np.random.default_rng(seed)
    shocks = rng.standard_normal((SIMULATED, len(paths))) @ shapes
    scale = np.sqrt(rng.chisquare(df, SIMULATED) / df)
    return float(np.quantile(np.abs(shocks).max(axis=1) / scale, level))
