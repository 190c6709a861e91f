"""Controlled interrupted time series: the difference between treated and controls as one series.

    d_t = mean log y_treated,t - mean log y_controls,t
        = a + b t + c step_t [+ d ramp_t] + u_t,   u_t AR(1), by REML,

step_t = 1 from the measure on, ramp_t = step_t (t - at) (Lopez Bernal, Cummins, Gasparrini 2018, Int J Epidemiol
47(6), 2082, doi 10.1093/ije/dyy135). The trend b takes up a steady drift of the groups apart, which difference in
differences does not. The effect is c, or c + d (mean of t - at over the window) with a ramp. With a step alone the
periods after the window are left out, so that c is the mean over the window and nothing later.

p is the null-restricted parametric bootstrap of `autoregression`, the interval its t; a permutation of the
treated units, by the same least squares contrast, stands beside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.errors import InputError
from analysis.models.autoregression import ar1_reml
from analysis.models.bootstrap import bootstrap_p
from analysis.models.panel import Array, Grid, require_balanced

IMPACTS = ("step", "step+ramp")


@dataclass(frozen=True)
class ControlledSeries:
    """A controlled interrupted time series, on the log scale.

    `estimate` with `lower`, `upper` and `p`; `rho` the autocorrelation and `df` the degrees of freedom; `effect`
    (periods,) the gap from the measure on with its band's `half_width`; `scores` (units,) every unit's own least
    squares contrast, for the permutation.
    """

    estimate: float
    lower: float
    upper: float
    p: float
    rho: float
    df: float
    effect: Array
    half_width: Array
    scores: Array


def controlled_series(
    given: Grid, *, impact: str, level: float, seed: int = 0, draws: int | None = 1999
) -> ControlledSeries:
    """Fit the difference between the treated units and the controls as a segmented series.

    `draws` are those of the bootstrap; without them p is NaN.

    Raises
    ------
    InputError
        If the impact is unknown, the panel has empty cells, or the periods are too few for the coefficients.
    """
    if impact not in IMPACTS:
        raise InputError(f"Impact {impact!r} is unknown for design 'cits'; choose {' or '.join(IMPACTS)}.")
    used = given.cut() if impact == "step" else given
    require_balanced(used, "cits")
    design, shape = _design(used, impact)
    _check_length(used, design, impact)
    difference = used.log_y[: used.treated].mean(axis=0) - used.log_y[used.treated :].mean(axis=0)
    contrast = shape[used.window].mean(axis=0)
    fit = ar1_reml(difference, design, used.time)
    estimate = float(contrast @ fit.beta)
    df = float(fit.degrees(contrast)[0])
    half = float(stats.t.ppf((1 + level) / 2, df) * np.sqrt(contrast @ fit.cov @ contrast))
    p = float("nan")
    if draws is not None:
        p = bootstrap_p(difference, design, contrast, used.time, draws=draws, seed=seed)
    # before the measure the effect is zero by construction, and so is its band
    band = np.zeros(len(shape))
    after = slice(used.start, None)
    variance = np.sum((shape[after] @ fit.cov) * shape[after], axis=1)
    band[after] = stats.t.ppf((1 + level) / 2, fit.degrees(shape[after])) * np.sqrt(variance)
    return ControlledSeries(
        estimate,
        estimate - half,
        estimate + half,
        p,
        fit.rho,
        df,
        shape @ fit.beta,
        band,
        used.log_y @ np.linalg.pinv(design).T @ contrast,
    )


def _design(used: Grid, impact: str) -> tuple[Array, Array]:
    """Return the regressors, and the same with all but those of the impact set to zero."""
    since = used.time - used.time[used.start]
    step = (since >= 0).astype(float)
    columns = [np.ones_like(since), since, step] + ([step * since] if impact == "step+ramp" else [])
    design = np.column_stack(columns)
    shape = design.copy()
    shape[:, :2] = 0
    return design, shape


def _check_length(used: Grid, design: Array, impact: str) -> None:
    after = used.log_y.shape[1] - used.start
    needed = 2 if impact == "step+ramp" else 1
    at = used.periods[used.start]
    if after < needed:
        raise InputError(f"{after} period from {at} on, at least {needed} are needed for {impact}.")
    least = design.shape[1] + 2 - after
    if used.start < max(least, 3):
        raise InputError(
            f"{used.start} periods before {at}, at least {max(least, 3)} are needed for {impact} with AR(1) errors; "
            "design 'did' asks for 2."
        )
