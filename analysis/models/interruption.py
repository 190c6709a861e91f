"""Interrupted time series: what changed in a series when a measure came.

    log E[y_t] = a + b t + c step_t + d ramp_t + harmonics + covariates + offset_t

(`design` for the columns, `estimation` for families and errors, `effect` for what is read off). The default is least
squares on logs with exact AR(1) errors by REML and Kenward-Roger intervals; the primary p of a short series is the
null-restricted parametric bootstrap's (`inference="bootstrap"`). Newey-West and GLSAR reject a true null far too
often in short series (Turner et al. 2021, BMC Med Res Methodol 21, 181, doi 10.1186/s12874-021-01364-0): they are
there for comparison.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Level, Seed, aligned, checked, least, numbers, varies
from analysis.errors import InputError
from analysis.models import effect as read
from analysis.models.bootstrap import bootstrap_p
from analysis.models.design import Design, segmented
from analysis.models.effect import Effect, Inference
from analysis.models.estimation import Estimates, check_pair, estimates
from analysis.models.time_axis import TimeAxis, time_axis
from analysis.threads import one_thread

Array = NDArray[np.float64]

BOOTSTRAP_DRAWS = 1999


@checked
@one_thread
def interrupted(
    y: ArrayLike,
    time: ArrayLike,
    at: Any,
    *,
    impact: str = "step+ramp",
    family: str = "loglinear",
    offset: ArrayLike | None = None,
    harmonics: Annotated[int, least(0)] = 0,
    period: float = 12,
    covariates: pd.DataFrame | Mapping[str, ArrayLike] | None = None,
    errors: str = "ar1",
    inference: str = "t",
    level: Level = 0.95,
    draws: ArrayLike | None = None,
    until: Any = None,
    lag: Annotated[int, least(0)] | None = None,
    seed: Seed = 0,
    exposure: ArrayLike | None = None,
    hac_lags: Annotated[int, least(0)] | None = None,
    gaps: bool = False,
    bootstrap_draws: Annotated[int, least(99)] = BOOTSTRAP_DRAWS,
) -> Effect:
    """Return the effect of a measure at `at` on the series `y` (n) with periods `time` (n).

    Parameters
    ----------
    y
        Values in their natural unit, above 0 for loglinear, 0 or more for counts.
    time
        Numbers (the trend is per unit of them), labels such as "2017", "2017Q2", "2017-05", dates or pandas
        periods (counted 1, 2, 3, ... from the first).
    at
        The measure's first period, written as in `time`.
    impact
        step, ramp, step+ramp, pulse or lagged (a step after `lag` periods).
    family
        loglinear, poisson, quasipoisson or negbin.
    offset
        The denominator (n) on the log scale, log(denominator), as in R and statsmodels.
    harmonics
        Pairs of sine and cosine.
    period
        The length of the yearly pattern, in units of time.
    covariates
        Further columns by name (n each).
    errors
        ar1, model, hac or glsar with loglinear; model or hac with counts. Under model the covariance of
        quasipoisson holds Pearson's dispersion.
    inference
        t, normal, or bootstrap (loglinear with ar1).
    level
        Coverage of the intervals.
    draws
        Draws of the series (M, n), in units of y, pooled by Rubin's rules; y then serves the checks only.
    until
        The last period of a pulse, written as in `time` and included.
    lag
        Periods from `at` to the start of the effect, by default 0, or 1 for impact lagged. Ratios count from
        that start.
    seed
        Seed of the bootstrap.
    exposure
        The denominator (n) in natural units, in the place of `offset`.
    hac_lags
        Newey-West's L, by default floor(4 (n / 100)^(2/9)); the factor n / (n - p) is applied.
    gaps
        Whether periods may be missing between the first and the last; only ar1 and model allow it.
    bootstrap_draws
        Series drawn in a bootstrap.

    Raises
    ------
    InputError
        If choices do not go together, or the series cannot carry the model: too few periods on a side, an event
        outside the series, missing periods, a constant series, zeros under a log, columns that depend on each other.

    Source: Lopez Bernal, Cummins, Gasparrini (2017, Int J Epidemiol 46(1), 348, doi 10.1093/ije/dyw098).

    Examples
    --------
    A series that doubles in 2010 and swings by one percent around its level:

    >>> years = list(range(2000, 2020))
    >>> cases = [(100 if year < 2010 else 200) * (1.01 if year % 2 else 0.99) for year in years]
    >>> effect = interrupted(cases, years, 2010, impact="step")
    >>> round(float(effect.ratios.loc["at once", "estimate"]), 2)
    2.0
    """
    check_pair(family, errors, inference)
    values = numbers(aligned(y, time, "y"), "y")
    axis = time_axis(time, len(values))
    _check_values(values[None], axis, family, "y")
    _check_gaps(axis, errors, gaps)
    shift = _offset(aligned(offset, time, "offset"), aligned(exposure, time, "exposure"), axis)
    design = segmented(
        axis,
        at,
        impact=impact,
        until=until,
        lag=(1 if impact == "lagged" else 0) if lag is None else lag,
        harmonics=harmonics,
        period=period,
        covariates=_by_label(covariates, time),
    )
    if hac_lags is not None and hac_lags >= len(values):
        raise InputError(f"hac_lags must be below the {len(values)} periods of the series, not {hac_lags}.")
    series = values[None] if draws is None else _draws(draws, axis, family)
    found = estimates(series, design.matrix, shift, axis.numbers, family=family, errors=errors, lags=hac_lags)
    how = Inference(inference, level)
    if inference == "bootstrap":
        how = read.bootstrap_inference(found, design, level, bootstrap_draws, seed)
    logs = np.log(series).mean(0) - shift if inference == "bootstrap" else None
    return _effect(found, design, shift, how, (family, errors), (logs, bootstrap_draws, seed))


def _effect(
    found: Estimates,
    design: Design,
    shift: Array,
    how: Inference,
    model: tuple[str, str],
    null: tuple[Array | None, int, int],
) -> Effect:
    """Return what is read off the estimates."""
    ratios, pool, statistic = read.ratios(found, design, how)
    family, errors = model
    logs, count, seed = null
    p = None
    if logs is not None and np.isfinite(statistic):
        primary, numbers = design.effects[-1], design.axis.numbers
        p = bootstrap_p(logs, design.matrix, primary, numbers, draws=count, seed=seed, statistic=statistic)
        ratios.loc["mean of first 3", "p"] = p
    return Effect(
        coefficients=read.coefficients(found, design, how),
        ratios=ratios,
        dispersion=float(found.dispersion.mean()),
        rho=float(found.rho.mean()) if errors in ("ar1", "glsar") else None,
        cumulative=read.cumulative(found, design, shift, how),
        fitted=read.line(found, design, shift, how, event=True),
        counterfactual=read.line(found, design, shift, how, event=False),
        n_before=design.n_before,
        n_after=design.n_after,
        bootstrap_p=p,
        missing_fraction=float(pool.missing[-1]),
        family=family,
        errors=errors,
        inference=how.kind,
        level=how.level,
    )


def _by_label(
    covariates: pd.DataFrame | Mapping[str, ArrayLike] | None, time: ArrayLike
) -> pd.DataFrame | Mapping[str, ArrayLike] | None:
    """Return the covariates in the order of the periods, by label where they have labels."""
    if covariates is None or isinstance(covariates, pd.DataFrame):
        return aligned(covariates, time, "covariates")  # type: ignore[no-any-return]
    return {name: aligned(column, time, f"covariate {name!r}") for name, column in covariates.items()}


def _check_values(series: Array, axis: TimeAxis, family: str, name: str) -> None:
    """Raise InputError where values (M, n) are missing, constant, or outside the family's range."""
    for bad, what in (
        (~np.isfinite(series), "missing or infinite"),
        (series < 0, "below zero"),
        ((series == 0) & (family == "loglinear"), "zero, which has no logarithm"),
    ):
        where = np.flatnonzero(bad.any(0))
        if len(where):
            named = ", ".join(axis.labels[k] for k in where[:5]) + (", ..." if len(where) > 5 else "")
            right = {
                "missing or infinite": "give a value for every period, or leave the period out and allow gaps",
                "below zero": "a model with a log link needs values of 0 or more",
            }.get(what, "use family quasipoisson or negbin, or leave the period out and allow gaps")
            raise InputError(f"{name} is {what} in {named}; {right}.")
    if not varies(series).all():
        raise InputError(
            f"{name} is constant ({series[0, 0]:g} in every period); there is nothing to estimate."
        )


def _check_gaps(axis: TimeAxis, errors: str, gaps: bool) -> None:
    """Raise InputError where periods are missing and that is not allowed."""
    if not axis.missing:
        return
    between = ", ".join(f"between {axis.labels[k]} and {axis.labels[k + 1]}" for k in axis.missing[:3])
    if errors not in ("ar1", "model"):
        raise InputError(
            f"Periods are missing {between}; errors {errors} need every period, ar1 and model allow gaps."
        )
    if not gaps:
        raise InputError(
            f"Periods are missing {between}; give them, or say gaps=True to fit over the distances."
        )


def _offset(offset: ArrayLike | None, exposure: ArrayLike | None, axis: TimeAxis) -> Array:
    """Return the offset (n) on the log scale. Raises InputError if it cannot be used."""
    if offset is None and exposure is None:
        return np.zeros(len(axis.labels))
    if offset is not None and exposure is not None:
        raise InputError(
            "Give the denominator once: `offset` on the log scale, or `exposure` in natural units."
        )
    name, given = ("offset", offset) if offset is not None else ("exposure", exposure)
    assert given is not None
    values = numbers(given, name)
    if len(values) != len(axis.labels):
        raise InputError(f"The {name} has {len(values)} values; the series has {len(axis.labels)} periods.")
    bad = ~np.isfinite(values) if name == "offset" else ~(np.isfinite(values) & (values > 0))
    if bad.any():
        where = axis.labels[int(np.flatnonzero(bad)[0])]
        raise InputError(
            f"The {name} cannot be used in {where}; `offset` is log(denominator) and must be finite, "
            "`exposure` the denominator itself and above 0."
        )
    return values if name == "offset" else np.log(values)


def _draws(draws: ArrayLike, axis: TimeAxis, family: str) -> Array:
    """Return the draws (M, n). Raises InputError if they do not fit the series."""
    series = numbers(draws, "draws", 2)
    n = len(axis.labels)
    if series.shape[1] != n or len(series) < 2:
        raise InputError(f"Draws must be an array of at least 2 draws by {n} periods, not {series.shape}.")
    _check_values(series, axis, family, "A draw")
    return series
