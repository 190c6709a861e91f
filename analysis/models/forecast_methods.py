"""Four ways to carry a series on, each on z = log y: a centre and the standard deviation of its error.

    naive   z_(n+h) = z_n,                      var = s^2 h,                  s^2 = mean d^2
    drift   z_(n+h) = z_n + h mean d,           var = s^2 h (1 + h / (n-1)),  s^2 = sum (d - mean d)^2 / (n-2)
    ets     exponential smoothing with additive errors and no, a damped or a linear trend, the least AICc chosen,
            var = s^2 (1 + sum_(j<h) c_j^2), c_j = alpha + beta (phi + ... + phi^j)
    local linear trend   level and slope are random walks seen with noise; maximum likelihood, Kalman filter

d are the n - 1 changes. Under a Gaussian random walk the first two have exact t intervals, with n - 1 and n - 2
degrees of freedom (Hyndman, Athanasopoulos 2021, Forecasting: Principles and Practice, 3rd edition, 5.2 and 5.5).
ets: Hyndman, Koehler, Ord, Snyder 2008, Forecasting with Exponential Smoothing, doi 10.1007/978-3-540-71918-2,
table 6.1; its s^2 is corrected for the fitted parameters. Local linear trend: Harvey 1989, Forecasting,
Structural Time Series Models and the Kalman Filter, doi 10.1017/CBO9781107049994. Both are fitted by statsmodels.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

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
    return _back(_ets(standard, horizon), start, scale)


def local_linear_trend(z: Array, horizon: int) -> Path:
    """Let level and slope wander, each seen with noise."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    standard, start, scale = _standardised(z)
    fit = _quietly(
        partial(UnobservedComponents(standard, "local linear trend").fit, disp=False, cov_type="none")
    )
    if fit is None:
        raise NotFittedError("the local linear trend did not converge")
    ahead = fit.get_forecast(horizon)
    path = Path(np.asarray(ahead.predicted_mean), np.asarray(ahead.se_mean), np.inf)
    return _back(path, start, scale)


# free parameters (the variance among them) and the trend of the kinds of exponential smoothing
KINDS_OF_TREND = ((3, None), (5, "linear"), (6, "damped"))

Method = Callable[[Array, int], Path]
METHODS: Mapping[str, Method] = {
    "naive": naive,
    "drift": drift,
    "ets": ets,
    "local linear trend": local_linear_trend,
}


def _ets(z: Array, horizon: int) -> Path:
    """Return the path of exponential smoothing for a standardised series."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    best: tuple[float, Any, int] | None = None
    for parameters, kind in KINDS_OF_TREND:
        if len(z) - parameters - 1 <= 0:
            continue
        model = ETSModel(z, error="add", trend=kind and "add", damped_trend=kind == "damped")
        fit = _quietly(partial(model.fit, disp=False))
        if fit is None:
            continue
        aicc = -2 * fit.llf + 2 * parameters * len(z) / (len(z) - parameters - 1)
        if np.isfinite(aicc) and (best is None or aicc < best[0]):
            best = aicc, fit, parameters - 1
    if best is None:
        raise NotFittedError("no kind of exponential smoothing converged")
    _, fit, parameters = best
    df = len(z) - parameters
    sigma = np.sqrt(np.sum(np.square(fit.resid)) / df)
    return Path(np.asarray(fit.forecast(horizon)), sigma * _growth_of_spread(fit, horizon), df)


def _growth_of_spread(fit: Any, horizon: int) -> Array:
    """Return sqrt(1 + sum_(j<h) c_j^2) for h = 1 to the horizon."""
    named = dict(zip(fit.model.param_names, fit.params, strict=True))
    alpha, beta = named["smoothing_level"], named.get("smoothing_trend", 0.0)
    phi = named.get("damping_trend", 1.0)
    c = alpha + beta * np.cumsum(phi ** np.arange(1, horizon))
    root: Array = np.sqrt(1 + np.concatenate([[0.0], np.cumsum(c**2)]))
    return root


def _quietly(fit: Callable[[], Any]) -> Any:
    """Return a fit without its warnings, or None where it failed or did not converge."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            result = fit()
        except (ValueError, np.linalg.LinAlgError, FloatingPointError):
            return None
    said = result.mle_retvals
    return result if np.isfinite(result.llf) and (said is None or said.get("converged", True)) else None


def _standardised(z: Array) -> tuple[Array, float, float]:
    """Return z from its last value on in units of its mean change, so that optimisers meet one scale."""
    scale = float(np.abs(np.diff(z)).mean())
    return (z - z[-1]) / scale, float(z[-1]), scale


def _back(path: Path, start: float, scale: float) -> Path:
    """Return a standardised path on logs; raise NotFittedError if a number of it is none."""
    if not (
        np.all(np.isfinite(path.centre)) and np.all(np.isfinite(path.spread)) and np.all(path.spread > 0)
    ):
        raise NotFittedError("the forecast is not finite")
    return Path(start + scale * path.centre, scale * path.spread, path.df)
