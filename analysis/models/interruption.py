"""Interrupted time series: what changed in a series when a measure came.

    log E[y_t] = a + b t + c step_t + d ramp_t + harmonics + covariates + offset_t

(`design` for the columns, `estimation` for families and errors, `effect` for what is read off). The default is least
squares on logs with AR(1) errors whose autocorrelation is integrated out (`integrated`); REML with Kenward-Roger
intervals stands beside (`inference="t"`). Newey-West and GLSAR reject a true null far too often in short series
(Turner et al. 2021, BMC Med Res Methodol 21, 181, doi 10.1186/s12874-021-01364-0): they are there for comparison.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Level, aligned, checked, least, numbers, varies
from analysis.errors import InputError
from analysis.models import effect as read
from analysis.models.design import RATIOS, Design, Mask, segmented, windowed
from analysis.models.effect import Effect, Inference
from analysis.models.estimation import LEAST_SQUARES, Estimates, check_pair, estimates
from analysis.models.integrated import LOWEST, Rho
from analysis.models.time_axis import TimeAxis, time_axis
from analysis.threads import one_thread

Array = NDArray[np.float64]
Scale = Literal["log", "level"]


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
    period: float | None = None,
    covariates: pd.DataFrame | Mapping[str, ArrayLike] | None = None,
    errors: str = "ar1",
    inference: str | None = None,
    level: Level = 0.95,
    draws: ArrayLike | None = None,
    until: Any = None,
    lag: Annotated[int, least(0)] | None = None,
    exposure: ArrayLike | None = None,
    hac_lags: Annotated[int, least(0)] | None = None,
    gaps: bool = False,
    trend: bool = True,
    scale: Scale = "log",
    lowest: Rho = LOWEST,
) -> Effect:
    """Return the effect of a measure at `at` on the series `y` (n) with periods `time` (n).

    Parameters
    ----------
    y
        Values in their natural unit, above 0 for loglinear, 0 or more for counts.
    time
        Numbers (the trend is per unit of them), labels such as "2017", "2016/17", "2017H1", "2017Q2", "2017-05",
        dates or pandas periods (counted 1, 2, 3, ... from the first).
    at
        The measure's first period, written as in `time`; a list of dates, in order of time, gives each its own
        step and ramp, and the counterfactual has none of them.
    impact
        step, ramp, step+ramp, pulse, pulse+after (a campaign that ends, and what stays after its end) or lagged
        (a step after `lag` periods).
    family
        loglinear, poisson, quasipoisson or negbin.
    offset
        The denominator (n) on the log scale, log(denominator), as in R and statsmodels.
    harmonics
        Pairs of sine and cosine.
    period
        The length of the yearly pattern, in units of time; by default 12, or as many periods as the labels
        have a year.
    covariates
        Further columns by name (n each).
    errors
        ar1, model, hac or glsar with loglinear; model or hac with counts. Under model the covariance of
        quasipoisson holds Pearson's dispersion.
    inference
        integrated (the default where errors are ar1), t (the default elsewhere; Kenward and Roger's with ar1)
        or normal.
    level
        Coverage of the intervals.
    draws
        Draws of the series (M, n), in units of y, pooled by Rubin's rules; y then serves the checks only.
    until
        The last period of a pulse, written as in `time` and included.
    lag
        Periods from `at` to the start of the effect, by default 0, or 1 for impact lagged. Ratios count from
        that start.
    exposure
        The denominator (n) in natural units, in the place of `offset`.
    hac_lags
        Newey-West's L, by default floor(4 (n / 100)^(2/9)); the factor n / (n - p) is applied.
    gaps
        Whether periods may be missing between the first and the last; only ar1 and model allow it.
    trend
        Whether the course before and after has a slope.
    scale
        log, or level: the values themselves are regressed (family linear), so that effects are in units of y;
        a denominator then divides the values.
    lowest
        Where the grid of rho begins when it is integrated out; 0 for counts of enforcement.

    Raises
    ------
    InputError
        If choices do not go together, or the series cannot carry the model: too few periods on a side, an event
        outside the series, missing periods, a constant series, zeros under a log, columns that depend on each other.

    Source: Lopez Bernal, Cummins, Gasparrini (2017, Int J Epidemiol 46(1), 348, doi 10.1093/ije/dyw098).

    Examples
    --------
    A level series that doubles in 2010 and swings by one percent around its level:

    >>> years = list(range(2000, 2020))
    >>> cases = [(100 if year < 2010 else 200) * (1.01 if year % 2 else 0.99) for year in years]
    >>> effect = interrupted(cases, years, 2010, impact="step", trend=False)
    >>> round(float(effect.ratios.loc["at once", "estimate"]), 2)
    2.0
    """
    if scale == "level":
        if family not in LEAST_SQUARES:
            raise InputError(
                f"scale level goes with least squares, not with family {family}; leave family out."
            )
        family = "linear"
    how = Inference(check_pair(family, errors, inference), level)
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
        period=period or (axis.per_year if axis.per_year > 1 else 12),
        covariates=_by_label(covariates, time),
        trend=trend,
    )
    if hac_lags is not None and hac_lags >= len(values):
        raise InputError(f"hac_lags must be below the {len(values)} periods of the series, not {hac_lags}.")
    series = values[None] if draws is None else _draws(draws, axis, family)
    if family == "linear":
        series, shift = series / np.exp(shift), np.zeros_like(shift)
    return _effect(series, shift, design, how, _Model(family, errors, hac_lags, lowest))


@dataclass(frozen=True)
class _Model:
    family: str
    errors: str
    lags: int | None
    lowest: float


def _effect(series: Array, shift: Array, design: Design, how: Inference, model: _Model) -> Effect:
    """Fit the draws (M, n) and return what is read off."""

    def fitted(rows: Mask | slice, columns: Mask | slice) -> Estimates:
        return estimates(
            series[:, rows],
            design.matrix[rows][:, columns],
            shift[rows],
            design.axis.numbers[rows],
            family=model.family,
            errors=model.errors,
            lags=model.lags,
            inference=how.kind,
            lowest=model.lowest,
        )

    found = fitted(slice(None), slice(None))
    part = windowed(design)
    window = None if part is None else (fitted(*part), design.effects[-1:, part[1]])
    effects, missing = read.effects(found, design, how, window)
    offset = None if model.family == "linear" else shift
    counterfactual = read.line(found, design, offset, how, event=False)
    return Effect(
        coefficients=read.coefficients(found, design, how),
        effects=effects,
        ratios=read.ratios(effects, _levels(counterfactual, design) if offset is None else None),
        dispersion=float(found.dispersion.mean()),
        rho=float(found.rho.mean()) if model.errors in ("ar1", "glsar") else None,
        cumulative=read.cumulative(found, design, offset, how),
        fitted=read.line(found, design, offset, how, event=True),
        counterfactual=counterfactual,
        n_before=design.n_before,
        n_after=design.n_after,
        missing_fraction=missing,
        family=model.family,
        errors=model.errors,
        inference=how.kind,
        level=how.level,
        start=design.axis.label_of(design.start),
    )


def _levels(counterfactual: pd.DataFrame, design: Design) -> Array:
    """Return the counterfactual's level at the rows of RATIOS, NaN where the series ends before."""
    values = counterfactual["estimate"].to_numpy(dtype=float)
    away = (design.axis.numbers - design.start) / design.axis.unit
    levels = []
    for shifts in RATIOS.values():
        at = np.isclose(away[:, None], shifts).any(1)
        levels.append(float(values[at].mean()) if at.any() else np.nan)
    return np.array(levels)


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
        ((series < 0) & (family != "linear"), "below zero"),
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
