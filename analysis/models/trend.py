"""The trend of one series: growth a year, the time in which it doubles, and where it breaks.

    log y_t = log e_t + a + b (t - mean t) + u_t,      growth = exp(b) - 1,      doubling time = log 2 / b,

e_t the exposure (a denominator: parcels, online retail, trademarks in force), so that b is the growth of the rate
y / e; without one e_t = 1. Errors u: `ar1`, exact by REML with Kenward-Roger intervals (`autoregression`); `model`,
independent, least squares; `hac`, least squares with the covariance of Newey, West 1987, Econometrica 55(3), 703,
doi 10.2307/1913610, Bartlett weights up to lag floor(4 (n / 100)^(2/9)). With 8 to 25 points only the first comes
near its nominal coverage where errors hang together; the others are there to show what they would have said.

b is the growth of one line through all points. Where the trend breaks (`structural_breaks`) that line is an average
over unlike parts; `breaks` holds the growth of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.arguments import Level, Seed, aligned, checked, numbers
from analysis.errors import InputError
from analysis.models.autoregression import ar1_reml
from analysis.models.points import Years, logs_by_period, missing_periods, named, years_of
from analysis.models.structural_breaks import EXACT, Breaks, structural_breaks
from analysis.results import Result
from analysis.threads import one_thread

Array = NDArray[np.float64]
Errors = Literal["ar1", "model", "hac"]

LEAST_POINTS = 5


@dataclass(frozen=True, repr=False)
class Doubling(Result):
    """How long a series takes to double or to halve at its growth, in periods.

    `kind` is "doubling" or "halving", after the sign of the estimate. `upper` is infinite where the growth's
    interval holds zero: no growth, and growth the other way, cannot be ruled out (`certain` is then False).
    """

    kind: Literal["doubling", "halving"]
    estimate: float
    lower: float
    upper: float

    @property
    def certain(self) -> bool:
        """Whether the growth's interval lies on one side of zero."""
        return bool(np.isfinite(self.upper))


@dataclass(frozen=True, repr=False)
class Trend(Result):
    """The log-linear trend of one series.

    `growth`, `lower`, `upper`: growth a period as a ratio minus one, with its interval of `level`; `slope` with
    `slope_se`, `slope_lower`, `slope_upper`: the same on the log scale, t with `df` degrees of freedom. `rho`: the
    autocorrelation from one period to the next (NaN unless errors are ar1). `fitted`: period, observed (the rate,
    where there is an exposure), fitted, lower, upper (of the line). `breaks`: None where none were asked for.
    """

    growth: float
    lower: float
    upper: float
    slope: float
    slope_se: float
    slope_lower: float
    slope_upper: float
    df: float
    rho: float
    doubling: Doubling
    breaks: Breaks | None
    fitted: pd.DataFrame
    errors: str
    level: float
    n: int


@dataclass(frozen=True)
class _Line:
    """Coefficients (2), their covariance (2, 2), degrees of freedom of the slope and of each fitted value (n)."""

    beta: Array
    cov: Array
    df: float
    df_fitted: Array
    rho: float


@checked
@one_thread
def trend(
    y: ArrayLike,
    time: ArrayLike,
    *,
    offset: ArrayLike | None = None,
    exposure: ArrayLike | None = None,
    errors: Errors = "ar1",
    level: Level = 0.95,
    breaks: bool = True,
    seed: Seed = 0,
) -> Trend:
    """Return the growth of `y` (n values above zero) over the periods `time` (n whole numbers, such as years).

    Periods may be missing (but for hac errors). `exposure` (n, above zero, in its own unit) or `offset` (n, its
    logarithm) makes it the growth of the rate. `breaks=False` spares the search; `seed` seeds its draws.

    Raises
    ------
    InputError
        If there are fewer than 5 periods, one comes twice, a value is zero, negative or not finite, all are equal,
        offset and exposure are both given or do not fit y, the level or the kind of errors is none, or hac errors
        meet a gap.
    """
    z, periods = _rate(y, time, offset, exposure)
    line = _line(z, periods, errors)
    se = float(np.sqrt(line.cov[1, 1]))
    slope = float(line.beta[1])
    reach = float(stats.t.ppf((1 + level) / 2, line.df)) * se
    low, high = slope - reach, slope + reach
    found = structural_breaks(z, periods, level=level, seed=seed) if breaks else None
    return Trend(
        growth=float(np.expm1(slope)),
        lower=float(np.expm1(low)),
        upper=float(np.expm1(high)),
        slope=slope,
        slope_se=se,
        slope_lower=low,
        slope_upper=high,
        df=line.df,
        rho=line.rho,
        doubling=_doubling(slope, low, high),
        breaks=found,
        fitted=_fitted(z, periods, line, level),
        errors=errors,
        level=level,
        n=len(z),
    )


def _rate(
    y: ArrayLike, time: ArrayLike, offset: ArrayLike | None, exposure: ArrayLike | None
) -> tuple[Array, Years]:
    """Return the log of y over its exposure, and its periods."""
    if offset is not None and exposure is not None:
        raise InputError("Give an exposure or an offset, not both; the offset is the log of the exposure.")
    # a constant count is fine where its denominator moves
    constant = offset is not None or exposure is not None
    z, periods = logs_by_period(y, time, LEAST_POINTS, "a trend", constant=constant)
    if exposure is not None:
        logs = numbers(aligned(exposure, time, "exposure"), "exposure")
        if wrong := [value for value in logs if not (np.isfinite(value) and value > 0)]:
            raise InputError(f"An exposure is {wrong[0]:g}; each must be above zero, or its period left out.")
        logs = np.log(logs)
    elif offset is not None:
        logs = numbers(aligned(offset, time, "offset"), "offset")
        if not np.all(np.isfinite(logs)):
            raise InputError("An offset is missing or infinite; leave its period out of y, time and offset.")
    else:
        return z, periods
    if len(logs) != len(z):
        raise InputError(f"{len(logs)} exposures do not go with {len(z)} values; give one for each.")
    order = np.argsort(years_of(time), kind="stable")
    rate = z - logs[order]
    if np.ptp(rate) <= 1e-12 * (1 + np.abs(rate).max()):
        raise InputError(
            "The values are the same multiple of the exposure in every period: nothing is left to fit."
        )
    return rate, periods


def _line(z: Array, periods: Years, errors: Errors) -> _Line:
    """Fit the line with the errors asked for."""
    design = _design(periods)
    beta = np.asarray(np.linalg.lstsq(design, z, rcond=None)[0], dtype=np.float64)
    residual = z - design @ beta
    n = len(z)
    if np.square(residual).sum() <= EXACT * (np.square(z).sum() + 1):
        # a constructed series on one exact line: no error, hence nothing to estimate an error from
        return _Line(beta, np.zeros((2, 2)), n - 2.0, np.full(n, n - 2.0), np.nan)
    if errors == "ar1":
        fit = ar1_reml(z, design, periods - periods[0])
        step = int(np.diff(periods).min())
        rho = fit.rho if step == 1 else float(max(fit.rho, 0.0) ** (1 / step))
        return _Line(fit.beta, fit.cov, float(fit.df[1]), fit.degrees(design), rho)
    inverse = np.asarray(np.linalg.inv(design.T @ design), dtype=np.float64)
    if errors == "model":
        cov = inverse * np.square(residual).sum() / (n - 2)
    else:
        cov = _newey_west(design, residual, periods, inverse)
    return _Line(beta, cov, n - 2.0, np.full(n, n - 2.0), np.nan)


def _newey_west(design: Array, residual: Array, periods: Years, inverse: Array) -> Array:
    """Return the covariance after Newey and West, with the factor n / (n - 2). Raises InputError at a gap."""
    if skipped := missing_periods(periods):
        raise InputError(
            f"hac errors need every period; {named(skipped)} is missing, so choose ar1 or model."
        )
    n = len(residual)
    lags = int(4 * (n / 100) ** (2 / 9))
    score = design * residual[:, None]
    middle = score.T @ score
    for lag in range(1, lags + 1):
        product = score[lag:].T @ score[:-lag]
        middle += (1 - lag / (lags + 1)) * (product + product.T)
    cov: Array = inverse @ middle @ inverse * n / (n - 2)
    return cov


def _design(periods: Years) -> Array:
    """Return an intercept at the middle of the span and the periods counted from there (n, 2)."""
    return np.column_stack([np.ones(len(periods)), periods - periods.mean()])


def _fitted(z: Array, periods: Years, line: _Line, level: float) -> pd.DataFrame:
    """Return the line with its band, in the unit of the rate."""
    design = _design(periods)
    centre = design @ line.beta
    variance = np.maximum(np.sum((design @ line.cov) * design, axis=1), 0.0)
    reach = stats.t.ppf((1 + level) / 2, line.df_fitted) * np.sqrt(variance)
    columns = {"observed": z, "fitted": centre, "lower": centre - reach, "upper": centre + reach}
    with np.errstate(over="ignore"):
        return pd.DataFrame({"period": periods, **{name: np.exp(logs) for name, logs in columns.items()}})


def _doubling(slope: float, low: float, high: float) -> Doubling:
    """Turn a slope and its interval into a time to double, or to halve."""
    kind: Literal["doubling", "halving"] = "doubling" if slope >= 0 else "halving"
    if slope < 0:
        slope, low, high = -slope, -high, -low
    estimate, shortest, longest = (float(np.log(2) / b) if b > 0 else np.inf for b in (slope, high, low))
    return Doubling(kind, estimate, shortest, longest)
