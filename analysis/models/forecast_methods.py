"""Four ways to carry a series on, each on z = log y: a centre and the standard deviation of its error.

    naive   z_(n+h) = z_n,                      var = s^2 h,                  s^2 = mean d^2
    drift   z_(n+h) = z_n + h mean d,           var = s^2 h (1 + h / (n-1)),  s^2 = sum (d - mean d)^2 / (n-2)
    ets     exponential smoothing with additive errors and no, a damped or a linear trend, the least AICc chosen
            (`smoothing`)
    local linear trend   level and slope are random walks seen with noise (`local_trend`)

d are the n - 1 changes. Under a Gaussian random walk the first two have exact t intervals, with n - 1 and n - 2
degrees of freedom (Hyndman, Athanasopoulos 2021, Forecasting: Principles and Practice, 3rd edition, 5.2 and 5.5).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.models.local_trend import local_trend
from analysis.models.smoothing import smoothed

Array = NDArray[np.float64]


class NotFittedError(Exception):
    """A method could not be fitted to this stretch of the series; the record counts it."""


@dataclass(frozen=True)
class Path:
    """What one method says of the next periods, on logs: `centre` (h), `spread` (h), t with `df`."""

    centre: Array
    spread: Array
    df: float

    def ends(self, level: float) -> tuple[Array, Array]:
        """Return the ends (h, h) of central intervals of this level."""
        reach = stats.t.ppf((1 + level) / 2, self.df) * self.spread
        return self.centre - reach, self.centre + reach


def naive(z: Array, horizon: int) -> Path:
    """Carry the last value on: a random walk without drift."""
    ahead = np.arange(1, horizon + 1)
    changes = np.diff(z)
    spread = np.sqrt(np.mean(changes**2) * ahead)
    return Path(np.full(horizon, z[-1]), spread, len(changes))


def drift(z: Array, horizon: int) -> Path:
    """Carry the mean change on: a random walk with drift."""
    ahead = np.arange(1, horizon + 1)
    changes = np.diff(z)
    mean, df = changes.mean(), len(changes) - 1
    variance = np.sum((changes - mean) ** 2) / df
    return Path(z[-1] + ahead * mean, np.sqrt(variance * ahead * (1 + ahead / len(changes))), df)


def ets(z: Array, horizon: int) -> Path:
    """Smooth exponentially, with the kind of trend that has the least AICc."""
    standard, start, scale = _standardised(z)
    fit = smoothed(standard)
    if fit is None:
        raise NotFittedError("the series lies on a line, or is too short to smooth")
    return _back(Path(*fit.ahead(horizon), fit.df), start, scale)


def local_linear_trend(z: Array, horizon: int) -> Path:
    """Let level and slope wander, each seen with noise."""
    standard, start, scale = _standardised(z)
    return _back(Path(*local_trend(standard).ahead(horizon), np.inf), start, scale)


Method = Callable[[Array, int], Path]
METHODS: Mapping[str, Method] = {
    "naive": naive,
    "drift": drift,
    "ets": ets,
    "local linear trend": local_linear_trend,
}


def _standardised(z: Array) -> tuple[Array, float, float]:
    """Return z from its last value on in units of its mean change, so that likelihoods meet one scale."""
    scale = float(np.abs(np.diff(z)).mean())
    return (z - z[-1]) / scale, float(z[-1]), scale


def _back(path: Path, start: float, scale: float) -> Path:
    """Return a standardised path on logs; raise NotFittedError if a number of it is none."""
    if not (
        np.all(np.isfinite(path.centre)) and np.all(np.isfinite(path.spread)) and np.all(path.spread > 0)
    ):
        raise NotFittedError("the forecast is not finite")
    return Path(start + scale * path.centre, scale * path.spread, path.df)
