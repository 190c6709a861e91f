"""The trend of one series: growth a year, the time in which it doubles, and where it breaks.

    log y_t = log e_t + a + b (t - mean t) + u_t,      growth = exp(b) - 1,      doubling time = log 2 / b,

e_t the exposure (a denominator: parcels, online retail, trademarks in force), so that b is the growth of the rate
y / e; without one e_t = 1; months and quarters may have harmonics beside. Errors u: `ar1`, the autocorrelation
integrated out (`integrated`) with 0.95 of its prior near the unit root; `model`, independent, least squares; `hac`,
least squares with the covariance of Newey, West 1987, Econometrica 55(3), 703, doi 10.2307/1913610, Bartlett weights
up to lag floor(4 (n / 100)^(2/9)). With 8 to 25 points only the first comes near its nominal coverage where errors
hang together; the others are there to show what they would have said. The prior is what a random walk asks for: there
the exact interval of the mean change is wider than any that trusts a lower autocorrelation (`studies/small_sample.py`
has the coverage at each).

b is the growth of one line through all points. Where the trend breaks (`structural_breaks`) that line is an average
over unlike parts; `breaks` holds the growth of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.arguments import Level, Seed, above, aligned, checked, least, numbers
from analysis.errors import InputError
from analysis.models.autoregression import distances
from analysis.models.design import harmonic_columns
from analysis.models.integrated import integrated_fit
from analysis.models.points import Naming, Years, logs_by_period, missing_periods, named, naming, years_of
from analysis.models.structural_breaks import EXACT, Breaks, structural_breaks
from analysis.models.told import number_told, percent_told
from analysis.results import Result
from analysis.threads import one_thread

Array = NDArray[np.float64]
Errors = Literal["ar1", "model", "hac"]

LEAST_POINTS = 5
UNIT_ROOT = 0.95  # with less, intervals of a random walk of 8 to 21 points cover 91 to 94 percent


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
    autocorrelation from one period to the next (NaN unless errors are ar1), its mean where it is integrated out.
    `fitted`: period, observed (the rate, where there is an exposure), fitted, lower, upper (of the line). `breaks`:
    None where none were asked for. `per_year`: periods a year, 12 of months that are told by labels or dates.
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
    per_year: int = 1

    @property
    def yearly(self) -> tuple[float, float, float]:
        """Growth a year with its interval, from that of a period."""
        low, middle, high = (
            float(np.expm1(self.per_year * one)) for one in (self.slope_lower, self.slope, self.slope_upper)
        )
        return middle, low, high

    def summary(self) -> pd.Series:
        """Return growth, the time to double or halve, and what they rest on, a short line each."""
        growth, low, high = self.yearly
        one = self.doubling
        told = {
            "growth a period": percent_told(1 + self.growth, 1 + self.lower, 1 + self.upper),
            "growth a year": percent_told(1 + growth, 1 + low, 1 + high),
            f"periods to {'double' if one.kind == 'doubling' else 'halve'}": number_told(
                one.estimate, one.lower, one.upper
            ),
            "points": str(self.n),
            "errors": self.errors,
            "rho": "none" if np.isnan(self.rho) else f"{self.rho:.2f}",
            "breaks": "none asked for" if self.breaks is None else self.breaks.sentence,
        }
        return pd.Series(told, name="Trend", dtype=object)

    def sentence(self) -> str:
        """Return the growth as a sentence."""
        growth, low, high = self.yearly
        return (
            f"The series {'grew' if growth >= 0 else 'fell'} by {abs(growth):.1%} a "
            f"{'year' if self.per_year > 1 else 'period'} over its {self.n} points ({self.level:.0%} interval "
            f"{low:+.1%} to {high:+.1%})."
        )


@dataclass(frozen=True)
class _Line:
    """The slope with its error and interval of some level, and the fitted values with theirs (n)."""

    slope: float
    se: float
    lower: float
    upper: float
    df: float
    rho: float
    centre: Array
    low: Array
    high: Array


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
    harmonics: Annotated[int, least(0)] = 0,
    period: Annotated[float, above(0)] | None = None,
) -> Trend:
    """Return the growth of `y` (n values above zero) over the periods `time` (n whole numbers, such as years).

    Periods may also be labels or dates of years, half-years, quarters or months, as for `interrupted`; growth is then
    that of one of them, and `yearly` of a year. `harmonics` are pairs of sine and cosine for the season, `period` its
    length in periods (by default 12, or as many as the labels have a year).

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
    name = naming(time)
    length = period or (name.per_year if name.per_year > 1 else 12)
    if harmonics and 2 * harmonics >= length:
        raise InputError(f"{harmonics} pairs of harmonics are too many for a period of {length:g}.")
    design = _design(periods, harmonics, length)
    if len(z) < design.shape[1] + 2:
        raise InputError(f"{len(z)} periods are too few for {design.shape[1]} coefficients.")
    line = _line(z, design, periods, errors, level, name)
    season = design[:, 2:] @ np.linalg.lstsq(design, z, rcond=None)[0][2:]
    found = structural_breaks(z - season, periods, level=level, seed=seed, name=name) if breaks else None
    ends = {"observed": z, "fitted": line.centre, "lower": line.low, "upper": line.high}
    with np.errstate(over="ignore"):
        fitted = pd.DataFrame({name: np.exp(logs) for name, logs in ends.items()})
    fitted.insert(0, "period", [name(one) for one in periods])
    return Trend(
        growth=float(np.expm1(line.slope)),
        lower=float(np.expm1(line.lower)),
        upper=float(np.expm1(line.upper)),
        slope=line.slope,
        slope_se=line.se,
        slope_lower=line.lower,
        slope_upper=line.upper,
        df=line.df,
        rho=line.rho,
        doubling=_doubling(line.slope, line.lower, line.upper),
        breaks=found,
        fitted=fitted,
        errors=errors,
        level=level,
        n=len(z),
        per_year=name.per_year,
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


def _line(z: Array, design: Array, periods: Years, errors: Errors, level: float, name: Naming) -> _Line:
    """Fit the line with the errors asked for."""
    n, p = design.shape
    beta = np.asarray(np.linalg.lstsq(design, z, rcond=None)[0], dtype=np.float64)
    residual = z - design @ beta
    if np.square(residual).sum() <= EXACT * (np.square(z).sum() + 1):
        # a constructed series on one exact line: no error, hence nothing to estimate an error from
        return _of_least_squares(beta, np.zeros((p, p)), design, level)
    if errors == "ar1":
        return _over_rho(z, design, periods, level)
    inverse = np.asarray(np.linalg.inv(design.T @ design), dtype=np.float64)
    if errors == "model":
        cov = inverse * np.square(residual).sum() / (n - p)
    else:
        cov = _newey_west(design, residual, periods, inverse, name)
    return _of_least_squares(beta, cov, design, level)


def _over_rho(z: Array, design: Array, periods: Years, level: float) -> _Line:
    """Return the line with the autocorrelation integrated out."""
    fit = integrated_fit(z[None], design, distances(periods - periods[0], len(z)), unit_root=UNIT_ROOT)
    slope = np.zeros((1, design.shape[1]))
    slope[0, 1] = 1
    mixture = fit.mixture(np.vstack([slope, design]))
    centre = mixture.mean[0]
    low, high = (ends[0] for ends in mixture.interval(level))
    step = int(np.diff(periods).min())
    rho = (
        float(fit.weights[0] @ fit.rhos)
        if step == 1
        else float(fit.weights[0] @ np.maximum(fit.rhos, 0) ** (1 / step))
    )
    return _Line(
        float(centre[0]),
        float(mixture.spread[0, 0]),
        float(low[0]),
        float(high[0]),
        fit.df,
        rho,
        centre[1:],
        low[1:],
        high[1:],
    )


def _of_least_squares(beta: Array, cov: Array, design: Array, level: float) -> _Line:
    """Return the line of least squares with t intervals."""
    n, p = design.shape
    width = float(stats.t.ppf((1 + level) / 2, n - p))
    se, slope, centre = float(np.sqrt(cov[1, 1])), float(beta[1]), design @ beta
    reach = width * np.sqrt(np.maximum(np.sum((design @ cov) * design, axis=1), 0.0))
    return _Line(
        slope,
        se,
        slope - width * se,
        slope + width * se,
        float(n - p),
        np.nan,
        centre,
        centre - reach,
        centre + reach,
    )


def _newey_west(design: Array, residual: Array, periods: Years, inverse: Array, name: Naming) -> Array:
    """Return the covariance after Newey and West, with the factor n / (n - p). Raises InputError at a gap."""
    if skipped := missing_periods(periods):
        raise InputError(
            f"hac errors need every period; {named(skipped, name)} is missing, so choose ar1 or model."
        )
    n = len(residual)
    lags = int(4 * (n / 100) ** (2 / 9))
    score = design * residual[:, None]
    middle = score.T @ score
    for lag in range(1, lags + 1):
        product = score[lag:].T @ score[:-lag]
        middle += (1 - lag / (lags + 1)) * (product + product.T)
    cov: Array = inverse @ middle @ inverse * n / (n - design.shape[1])
    return cov


def _design(periods: Years, harmonics: int, length: float) -> Array:
    """Return an intercept at the middle of the span, the periods counted from there, and the season (n, p)."""
    waves = harmonic_columns(periods.astype(float), harmonics, length).values()
    return np.column_stack([np.ones(len(periods)), periods - periods.mean(), *waves])


def _doubling(slope: float, low: float, high: float) -> Doubling:
    """Turn a slope and its interval into a time to double, or to halve."""
    kind: Literal["doubling", "halving"] = "doubling" if slope >= 0 else "halving"
    if slope < 0:
        slope, low, high = -slope, -high, -low
    estimate, shortest, longest = (float(np.log(2) / b) if b > 0 else np.inf for b in (slope, high, low))
    return Doubling(kind, estimate, shortest, longest)
