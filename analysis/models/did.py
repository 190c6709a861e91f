"""Difference in differences on logs: two-way fixed effects, and gaps to the counterfactual they imply.

    log y_it = a_i + b_t + tau D_it + e_it,   D_it = 1 for treated units from the measure on,

by least squares. tau comes from the residual of D after both sets of effects (Frisch, Waugh 1933; Lovell 1963,
doi 10.1080/01621459.1963.10480682), so all placebo assignments are one matrix product. With one date for all
treated units and the later periods cut off there are no forbidden comparisons of early with late adopters
(Goodman-Bacon 2021, doi 10.1016/j.jeconom.2021.03.014).

Gaps by imputation (Borusyak, Jaravel, Spiess 2024, Rev Econ Stud, doi 10.1093/restud/rdae007): a_i and b_t from
cells the measure does not reach and from the base periods, gap_it = log y_it - a_i - b_t. In a balanced panel the
mean gap over the window is tau. Bands: the spread of the controls' own gaps, each taken against the other controls,
by Student's t with one degree of freedom less than there are controls; they hold if units vary alike.

Several treated units: with eight or more on each side a cluster-robust t (CR1, G - 1 degrees of freedom) stands
beside the permutation; with fewer it rejects true nulls far too often (MacKinnon, Webb 2018, Econometrics J 21(2),
114, doi 10.1111/ectj.12107), so it is not given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.errors import InputError
from analysis.models.panel import Array, Grid, Mask
from analysis.models.permutation import contrasts
from analysis.results import Result

ENOUGH_CLUSTERS = 8


@dataclass(frozen=True, repr=False)
class ClusterTest(Result):
    """A cluster-robust t test of one coefficient: `se`, `df`, `p`, and the interval `lower` to `upper`."""

    se: float
    df: int
    p: float
    lower: float
    upper: float


def two_way(given: Grid, sets: Mask) -> tuple[Array, Array]:
    """Return tau for each set of units taken as treated (sets), and its loading on an effect of the actual one.

    Both are NaN for a set whose tau is not identified.

    Raises
    ------
    InputError
        If tau of the actual set is not identified.
    """
    actual = np.zeros_like(given.log_y)
    actual[: given.treated, given.start :] = 1
    if given.balanced:
        after = given.log_y[:, given.start :].mean(axis=1) - given.log_y[:, : given.start].mean(axis=1)
        return contrasts(after, sets), contrasts(actual[:, given.start], sets)
    seen = np.isfinite(given.log_y)
    post = np.arange(given.log_y.shape[1]) >= given.start
    treatment = (sets[:, :, None] & post)[:, seen].T.astype(float)
    residual = treatment - _fitted(_dummies(seen), treatment)
    size = np.sum(residual**2, axis=0)
    if size[0] < 1e-9:
        raise InputError(
            "The panel cannot tell the measure from the periods: no control joins before and after."
        )
    size = np.where(size < 1e-9, np.nan, size)
    estimates = (given.log_y[seen] @ residual) / size
    loadings = (actual[seen] @ residual) / size
    return estimates, loadings


def cluster_test(given: Grid, level: float) -> ClusterTest | None:
    """Return the cluster-robust t test of tau, or None where clusters are too few on either side."""
    if min(given.treated, given.controls) < ENOUGH_CLUSTERS:
        return None
    seen = np.isfinite(given.log_y)
    dummies = _dummies(seen)
    treatment = np.zeros_like(given.log_y)
    treatment[: given.treated, given.start :] = 1
    both = np.column_stack([treatment[seen], given.log_y[seen]])
    d, y = (both - _fitted(dummies, both)).T
    tau = float(d @ y / (d @ d))
    groups, n, rank = len(given.units), len(y), dummies.shape[1] + 1
    scores = np.zeros(seen.shape)
    scores[seen] = d * (y - tau * d)
    factor = groups / (groups - 1) * (n - 1) / (n - rank)
    se = float(np.sqrt(factor * np.sum(scores.sum(axis=1) ** 2)) / (d @ d))
    df = groups - 1
    half = float(stats.t.ppf((1 + level) / 2, df)) * se
    return ClusterTest(se, df, float(2 * stats.t.sf(abs(tau) / se, df)), tau - half, tau + half)


def gaps(log_y: Array, groups: Mask, base: Mask) -> Array:
    """Return what each unit of each group stands above its counterfactual (groups, units, periods).

    Row g of `groups` (groups, units) names units whose cells outside the `base` periods (periods,) are imputed
    from the rest; `base` is (periods,) or, one for each unit, (units, periods). Other units, empty cells and
    periods in which nobody else has a figure are NaN.

    Raises
    ------
    InputError
        If a counterfactual is not identified because no unit joins its periods.
    """
    seen = np.isfinite(log_y)
    use = (seen & (~groups[:, :, None] | base)).astype(float)
    filled = np.where(seen, log_y, 0.0)
    per_unit = use.sum(axis=2)
    share = use / np.where(per_unit > 0, per_unit, 1)[:, :, None]
    across = np.swapaxes(use, 1, 2)
    normal = np.eye(log_y.shape[1]) * use.sum(axis=1)[:, None, :] - across @ share
    held: Mask = use.sum(axis=1) > 0
    if np.any(np.linalg.matrix_rank(normal, tol=1e-9, hermitian=True) < held.sum(axis=1) - 1):
        raise InputError(
            "The panel's periods are not joined: some are held only by units that have no others."
        )
    right = np.sum(use * filled, axis=1) - np.sum(use * np.sum(share * filled, axis=2)[:, :, None], axis=1)
    period = (np.linalg.pinv(normal, rcond=1e-12, hermitian=True) @ right[:, :, None])[:, None, :, 0]
    unit = np.sum(share * (filled - period), axis=2)[:, :, None]
    wanted = groups[:, :, None] & seen & (per_unit > 0)[:, :, None] & held[:, None, :]
    return np.where(wanted, filled - unit - period, np.nan)


def single_gaps(log_y: Array, base: Mask) -> Array:
    """Return the gap of each unit taken alone against all others (units, periods)."""
    units = len(log_y)
    if units < 2:
        return np.full_like(log_y, np.nan)
    alone = np.eye(units, dtype=bool)
    result: Array = gaps(log_y, alone, base)[np.arange(units), np.arange(units)]
    return result


def treated_gap(given: Grid, base: Mask) -> Array:
    """Return the mean gap of the treated units (periods,)."""
    group = (np.arange(len(given.units)) < given.treated)[None]
    rows = gaps(given.log_y, group, base)[0, : given.treated]
    counted = np.isfinite(rows).sum(axis=0)
    result: Array = np.where(counted > 0, np.nansum(rows, axis=0) / np.maximum(counted, 1), np.nan)
    return result


def control_paths(given: Grid, base: Mask) -> Array:
    """Return the controls' gaps against each other (controls, periods), scaled to the treated mean's spread.

    Each row's mean square is what the gap of the treated units would vary by without a measure; rows are NaN
    where there are fewer than three controls, or too few to join the periods without the treated.
    """
    controls = given.controls
    empty = np.full((controls, given.log_y.shape[1]), np.nan)
    if controls < 3:
        return empty
    try:
        rows = single_gaps(given.log_y[given.treated :], base[given.treated :] if base.ndim == 2 else base)
    except InputError:
        return empty
    # In a balanced panel a gap against the others is J / (J - 1) times the deviation from the mean of all.
    scale = (controls - 1) / controls * np.sqrt(1 / given.treated + 1 / controls)
    result: Array = rows * scale
    return result


def spread(paths: Array) -> Array:
    """Return the standard error of the treated mean's gap (periods,) from scaled control paths."""
    counted = np.isfinite(paths).sum(axis=0)
    squares = np.nansum(paths**2, axis=0)
    result: Array = np.where(counted > 2, np.sqrt(squares / np.maximum(counted - 1, 1)), np.nan)
    return result


def _dummies(seen: Mask) -> Array:
    """Return unit and period dummies of the cells that hold a figure, without one redundant period."""
    rows, columns = np.nonzero(seen)
    periods = np.flatnonzero(seen.any(axis=0))[1:]
    return np.column_stack([rows[:, None] == np.arange(len(seen)), columns[:, None] == periods]).astype(float)


def _fitted(dummies: Array, values: Array) -> Array:
    """Return the least squares fit of columns of `values` on the dummies."""
    inverse = np.linalg.pinv(dummies.T @ dummies, rcond=1e-12, hermitian=True)
    result: Array = dummies @ (inverse @ (dummies.T @ values))
    return result
