"""Values above a threshold: the generalised Pareto distribution, and the value expected once in so many years.

Excesses e = x - u over a high threshold u have, in the limit, P(e > y) = (1 + shape y / scale)^(-1 / shape) (Pickands
1975, doi 10.1214/aos/1176343003; Davison, Smith 1990, Models for exceedances over high thresholds, J R Stat Soc B
52(3):393-442, doi 10.1111/j.2517-6161.1990.tb01796.x). Maximum likelihood by Grimshaw's profile (1993, Computing
maximum likelihood estimates for the generalized Pareto distribution, Technometrics 35(2):185-191, doi
10.1080/00401706.1993.10485040): with tau = shape / scale, shape(tau) = mean log(1 + tau e), one number is sought.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats

from analysis.arguments import Level, above, checked, numbers
from analysis.errors import InputError
from analysis.results import Result
from analysis.threads import one_thread

Array = NDArray[np.float64]


@dataclass(frozen=True, repr=False)
class ParetoExcess(Result):
    """A generalised Pareto distribution of `n` excesses over `threshold`, of `total` values.

    `shape` (xi; 0 exponential, above 0 heavy, from 1 on without a mean), `scale` (units of x), standard errors from
    the expected information (meaningful for shapes above -1/2, and too small for few excesses: `shape_interval` is
    the better guide), `loglik`.
    """

    shape: float
    scale: float
    shape_se: float
    scale_se: float
    threshold: float
    n: int
    total: int
    loglik: float
    excess: Array = field(repr=False)

    @checked
    def shape_interval(self, level: Level = 0.9) -> tuple[float, float]:
        """Return the profile-likelihood interval of the shape, from -1 up.

        An end is where the likelihood, maximised over the scale, has fallen by half the chi-square quantile (1 df).
        """
        drop = float(stats.chi2.ppf(level, 1)) / 2

        def over(shape: float) -> float:
            return _at_shape(self.excess, shape) - self.loglik + drop

        lower = -1.0 if over(-1 + 1e-6) >= 0 else optimize.brentq(over, -1 + 1e-6, self.shape, xtol=1e-8)
        return float(lower), _crossing(over, self.shape, 0.1)

    @checked
    def return_levels(
        self, years: Annotated[float, above(0)], periods: ArrayLike = (1.0, 10.0), level: Level = 0.9
    ) -> pd.DataFrame:
        """Return the value that is reached once in so many years on average, with profile-likelihood intervals.

        x_T = u + scale / shape [(r T)^shape - 1], r = n / `years` excesses a year (Coles 2001, An Introduction to
        Statistical Modeling of Extreme Values, Springer, section 4.3.3, doi 10.1007/978-1-4471-3675-0). An end is
        where the likelihood, maximised over the shape, has fallen by half the chi-square quantile (1 df); the rate is
        taken as known.

        Parameters
        ----------
        years
            How many years the values cover.
        periods
            (k) Years T of the levels, each with r T above 1: rarer than an excess.
        level
            Of the intervals.

        Returns
        -------
        DataFrame
            By period: estimate, lower, upper, in units of x.

        Raises
        ------
        InputError
            If years or a period is not finite and above zero, or a level would lie below the threshold.
        """
        spans = numbers(np.atleast_1d(np.asarray(periods, dtype=object)), "periods")
        if not np.isfinite(years) or not len(spans) or not np.all(np.isfinite(spans) & (spans > 0)):
            raise InputError("years and periods must be finite numbers above zero, and at least one period.")
        expected = self.n / years * spans
        if np.any(expected <= 1 + 1e-9):
            short = spans[np.argmin(expected)]
            raise InputError(
                f"A level of {short:g} years lies below the threshold, which is passed {self.n / years:.3g} times a "
                "year; give longer periods or a lower threshold."
            )
        drop = float(stats.chi2.ppf(level, 1)) / 2
        rows = [self._level(float(one), drop) for one in expected]
        index = pd.Index(spans, name="period")
        return pd.DataFrame(rows, columns=["estimate", "lower", "upper"], index=index)

    def _level(self, expected: float, drop: float) -> tuple[float, float, float]:
        estimate = self.scale * _reach(self.shape, expected)
        floor = self.loglik - drop

        def over(log_level: float) -> float:
            return _profile(self.excess, np.exp(log_level), expected) - floor

        centre = float(np.log(estimate))
        ends = [np.exp(_crossing(over, centre, side)) for side in (-0.1, 0.1)]
        return self.threshold + estimate, self.threshold + float(ends[0]), self.threshold + float(ends[1])


@checked
@one_thread
def pareto_excess(x: ArrayLike, threshold: float) -> ParetoExcess:
    """Return the generalised Pareto distribution of values' excesses over a threshold.

    l = -n log scale - (1 + 1 / shape) sum log(1 + shape e / scale), over shapes above -1.

    Parameters
    ----------
    x
        (n) Values; those at or below the threshold are left out, but counted in `total`.
    threshold
        In units of x.

    Raises
    ------
    InputError
        If a value or the threshold is not finite, fewer than 5 values, or none that differ, lie above it, or no shape
        above -1 fits best (values end abruptly).
    """
    values = numbers(x, "x")
    if not np.isfinite(threshold):
        raise InputError(f"threshold must be a finite number, not {threshold!r}.")
    wrong = np.flatnonzero(~np.isfinite(values))
    if len(wrong):
        raise InputError(f"x is {values[wrong[0]]} in row {wrong[0]} (counted from 0); leave that row out.")
    excess = values[values > threshold] - threshold
    if len(excess) < 5 or np.ptp(excess) <= 1e-12 * excess.max():
        raise InputError(
            f"{len(excess)} of {len(values)} values lie above the threshold {threshold:g}; a fit needs at least 5 that "
            "are not all equal."
        )
    shape, scale = _maximum(excess)
    n = len(excess)
    return ParetoExcess(
        shape,
        scale,
        (1 + shape) / np.sqrt(n),
        scale * float(np.sqrt(2 * (1 + shape) / n)),
        threshold,
        n,
        len(values),
        _loglik(excess, shape, scale),
        excess,
    )


def _loglik(excess: Array, shape: float, scale: float) -> float:
    """Return the log-likelihood; minus infinity where a value lies beyond the end of the distribution."""
    z = excess / scale
    if abs(shape) < 1e-9:
        return float(-len(z) * np.log(scale) - z.sum())
    grown = 1 + shape * z
    if grown.min() <= 0:
        return -np.inf
    return float(-len(z) * np.log(scale) - (1 + 1 / shape) * np.log(grown).sum())


def _maximum(excess: Array) -> tuple[float, float]:
    """Return shape and scale: the best of a grid of tau, and the maximum beside it."""
    unit, top = float(np.median(excess)), float(excess.max())
    y, end = excess / unit, unit / top
    mean = float(y.mean())

    def lost(tau: float) -> float:
        if abs(tau) < 1e-10:
            return float(np.log(mean)) + 1
        shape = float(np.log1p(tau * y).mean())
        return np.inf if shape <= -1 else float(np.log(shape / tau)) + shape + 1

    grid = np.concatenate([-end * (1 - np.geomspace(1e-9, 1, 200)[:-1]), np.geomspace(1e-6, 1e12, 600)])
    values = np.array([lost(tau) for tau in grid])
    k = int(np.argmin(values))
    if k == 0 or not np.isfinite(values[k - 1]) or k == len(grid) - 1:
        raise InputError(
            "The likelihood has no maximum for a shape above -1: the values above the threshold end abruptly or span "
            "too many powers of ten; choose another threshold."
        )
    found = optimize.minimize_scalar(
        lost,
        bounds=(grid[k - 1], grid[k + 1]),
        method="bounded",
        options={"xatol": 1e-12 * max(1.0, grid[k])},
    )
    tau = float(found.x)
    if abs(tau) < 1e-9:
        return 0.0, mean * unit
    shape = float(np.log1p(tau * y).mean())
    return shape, shape / tau * unit


def _reach(shape: float, expected: float) -> float:
    """Return the excess in units of scale that one of `expected` excesses passes."""
    logs = np.log(expected)
    return float(logs if abs(shape * logs) < 1e-9 else np.expm1(shape * logs) / shape)


def _profile(excess: Array, level: float, expected: float) -> float:
    """Return the highest log-likelihood among distributions with that level."""

    def lost(shape: float) -> float:
        value = -_loglik(excess, shape, level / _reach(shape, expected))
        return value if np.isfinite(value) else 1e300

    grid = np.linspace(-0.9, 4, 16)
    k = int(np.argmin([lost(shape) for shape in grid]))
    bounds = (grid[max(k - 1, 0)], grid[min(k + 1, len(grid) - 1)])
    return -float(
        optimize.minimize_scalar(lost, bounds=bounds, method="bounded", options={"xatol": 1e-9}).fun
    )


def _at_shape(excess: Array, shape: float) -> float:
    """Return the highest log-likelihood among distributions of that shape: its log scale is sought."""
    origin = float(np.log(excess.mean()))
    floor = float(np.log(-shape * excess.max())) + 1e-9 if shape < 0 else origin - 12

    def lost(log_scale: float) -> float:
        value = -_loglik(excess, shape, float(np.exp(log_scale)))
        return value if np.isfinite(value) else 1e300

    bounds = (max(floor, origin - 12), max(floor, origin) + 6)
    found = optimize.minimize_scalar(lost, bounds=bounds, method="bounded", options={"xatol": 1e-8})
    return -float(found.fun)


def _crossing(over: Callable[[float], float], centre: float, step: float) -> float:
    """Return where a profile falls through its floor, on one side of its top; infinity where it never does."""
    inner, outer = centre, centre + step
    for _ in range(40):
        if over(outer) < 0:
            return float(optimize.brentq(over, inner, outer, xtol=1e-8))
        inner, outer = outer, outer + (outer - centre)
        if abs(outer - centre) > 300:
            break
    return float(np.copysign(np.inf, step))
