"""Exponential smoothing with additive errors, by maximum likelihood.

    z_t = l_(t-1) + phi b_(t-1) + e_t,   l_t = l_(t-1) + phi b_(t-1) + alpha e_t,   b_t = phi b_(t-1) + beta e_t

without a trend (b = 0), with a linear (phi = 1) or a damped one; var = s^2 (1 + sum_(j<h) c_j^2) h periods on,
c_j = alpha + beta (phi + ... + phi^j). Hyndman, Koehler, Ord, Snyder 2008, Forecasting with Exponential Smoothing,
doi 10.1007/978-3-540-71918-2, table 6.1; s^2 is corrected for the fitted parameters. Given alpha, beta and phi the
errors are linear in l_0 and b_0, which least squares gives; the rest is looked for on a grid (`gridded`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.gridded import highest
from analysis.rounding import above

Array = NDArray[np.float64]

# Bounds of alpha, of beta as a share of alpha, and of phi, as is usual (and in statsmodels).
SHARE = (1e-4, 1 - 1e-4)
DAMPING = (0.8, 0.98)
EXACT = 1e-20  # of the sum of squares: a series without errors


@dataclass(frozen=True)
class Smoothed:
    """A fit: `alpha`, `beta`, `phi`, the last `level` and `trend`, `sigma` of the errors, `df` and `loglik`."""

    alpha: float
    beta: float
    phi: float
    level: float
    trend: float
    sigma: float
    df: int
    loglik: float

    def ahead(self, horizon: int) -> tuple[Array, Array]:
        """Return centre and spread (h) of the next periods."""
        sums = np.cumsum(self.phi ** np.arange(1, horizon + 1))
        c = self.alpha + self.beta * sums[:-1]
        spread = self.sigma * np.sqrt(1 + np.concatenate([[0.0], np.cumsum(c**2)]))
        return self.level + self.trend * sums, spread


def smoothed(z: Array) -> Smoothed | None:
    """Return the kind of trend with the least AICc, fitted to `z` (n); None where none has an error to speak of."""
    n, best = len(z), None
    # a row a kind: places on the grid along alpha, beta / alpha and phi, and states at the start
    for points, states in (((101,), 1), ((31, 31), 2), ((16, 16, 7), 2)):
        parameters = len(points) + states + 1  # the variance among them
        if n - parameters - 1 <= 0:
            continue
        fit = _fit(z, points, states)
        if fit is None:
            continue
        aicc = -2 * fit.loglik + 2 * parameters * n / (n - parameters - 1)
        if best is None or above(best[0], aicc):
            best = aicc, fit
    return None if best is None else best[1]


def _fit(z: Array, points: tuple[int, ...], states: int) -> Smoothed | None:
    """Fit one kind."""
    n, bounds = len(z), [SHARE, SHARE, DAMPING][: len(points)]

    def likelihood(places: Array) -> Array:
        squares = np.square(_errors(z, *_parameters(places), states)[0]).sum(0)
        heights: Array = -0.5 * n * np.log(np.maximum(squares, np.finfo(float).tiny) / n)
        return heights

    place, height = highest(likelihood, bounds, points)
    alpha, beta, phi = _parameters(place[None])
    errors, last = _errors(z, alpha, beta, phi, states)
    squares = float(np.square(errors).sum())
    if squares <= EXACT * float(np.square(z).sum()):
        return None
    df = n - len(points) - states
    loglik = height - 0.5 * n * (np.log(2 * np.pi) + 1)
    sigma = float(np.sqrt(squares / df))
    level, trend = float(last[0, 0]), float(last[1, 0])
    return Smoothed(float(alpha[0]), float(beta[0]), float(phi[0]), level, trend, sigma, df, float(loglik))


def _parameters(places: Array) -> tuple[Array, Array, Array]:
    """Return alpha, beta and phi of points (G, k) of the grid; what a kind lacks has no effect."""
    alpha = places[:, 0]
    beta = alpha * places[:, 1] if places.shape[1] > 1 else np.zeros_like(alpha)
    phi = places[:, 2] if places.shape[1] > 2 else np.ones_like(alpha)
    return alpha, beta, phi


def _errors(z: Array, alpha: Array, beta: Array, phi: Array, states: int) -> tuple[Array, Array]:
    """Return the errors (n, G) from the best start, and level and trend at the end (2, G).

    Three recursions run at once: that of z from nothing, and those of nothing from a level and from a trend of one.
    """
    level, trend = np.zeros((2, 3, len(alpha)))
    level[1], trend[2] = 1.0, 1.0
    parts = np.empty((len(z), *level.shape))
    for t, value in enumerate(z):
        before = level + phi * trend
        parts[t] = -before
        parts[t, 0] += value
        trend = phi * trend + beta * parts[t]
        level = before + alpha * parts[t]
    weights = np.concatenate([np.ones((1, len(alpha))), _start(parts, states)])
    errors: Array = (parts * weights).sum(1)
    return errors, np.stack([(level * weights).sum(0), (trend * weights).sum(0)])


def _start(parts: Array, states: int) -> Array:
    """Return the level and trend (2, G) at the start that least squares gives; no trend with one state."""
    own, level, trend = np.moveaxis(parts, 1, 0)
    x, y = (level * level).sum(0), (level * own).sum(0)
    if states == 1:
        return np.stack([-y / x, np.zeros_like(x)])
    across, high, low = (level * trend).sum(0), (trend * trend).sum(0), (trend * own).sum(0)
    determinant = x * high - across**2
    found: Array = np.stack([across * low - high * y, across * y - x * low]) / determinant
    return found
