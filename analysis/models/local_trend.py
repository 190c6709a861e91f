"""The local linear trend: level and slope are random walks, seen with noise.

    z_t = mu_t + e_t,   mu_(t+1) = mu_t + nu_t + x_t,   nu_(t+1) = nu_t + s_t

with independent normal errors of three variances and nothing known of the start (Harvey 1989, Forecasting, Structural
Time Series Models and the Kalman Filter, doi 10.1017/CBO9781107049994). With a diffuse start the likelihood is the
restricted one of a line whose errors have the covariance that the three variances give, and forecasts are its best
linear predictions; a Kalman filter gives the same numbers. The common scale has a closed form, and the shares of the
three are looked for on a grid (`gridded`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.gridded import highest

Array = NDArray[np.float64]

POINTS = (21, 21)


@dataclass(frozen=True)
class LocalTrend:
    """A fit to `z` (n): the `variances` of noise, level and slope, and the restricted log likelihood `loglik`."""

    z: Array
    variances: Array
    loglik: float

    def ahead(self, horizon: int) -> tuple[Array, Array]:
        """Return centre and spread (h) of the next periods."""
        n = len(self.z)
        whole = np.tensordot(self.variances, _parts(n + horizon), axes=1)
        line = _line(n + horizon)
        # what a line through z says of the next periods, and the rest of both, which no line enters
        carried = line[n:] @ np.linalg.pinv(line[:n])
        rest = np.concatenate([-carried, np.eye(horizon)], axis=1)
        free = _free(n)
        across = (rest @ whole)[:, :n] @ free
        gain = np.linalg.solve(free.T @ whole[:n, :n] @ free, across.T).T
        variance = np.diag(rest @ whole @ rest.T - gain @ across.T)
        return carried @ self.z + gain @ (free.T @ self.z), np.sqrt(np.maximum(variance, 0.0))


def local_trend(z: Array) -> LocalTrend:
    """Return the fit to `z` (n, 4 or more), not on one line."""
    n = len(z)
    free = _free(n)
    parts = free.T @ _parts(n) @ free
    # shares of parts of one size lie well inside the grid
    sizes = np.trace(parts, axis1=1, axis2=2) / (n - 2)
    parts = parts / sizes[:, None, None]
    seen = free.T @ z

    def solved(places: Array) -> tuple[Array, Array]:
        factor = np.linalg.cholesky(np.tensordot(_shares(places), parts, axes=1))
        squares = np.square(np.linalg.solve(factor, seen[:, None])[..., 0]).sum(1) / (n - 2)
        return squares, 2 * np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(1)

    def likelihood(places: Array) -> Array:
        squares, determinant = solved(places)
        floor = np.finfo(float).tiny
        heights: Array = -0.5 * ((n - 2) * (np.log(2 * np.pi * np.maximum(squares, floor)) + 1) + determinant)
        return heights

    place, height = highest(likelihood, [(0.0, np.pi / 2)] * 2, POINTS)
    scale = solved(place[None])[0]
    return LocalTrend(z, scale * _shares(place[None])[0] / sizes, height)


def _shares(places: Array) -> Array:
    """Return the shares (G, 3) of noise, level and slope at angles (G, 2): they are not negative and sum to one."""
    first, second = np.square(np.sin(places)).T
    return np.stack([1 - first, first * (1 - second), first * second], axis=1)


def _parts(n: int) -> Array:
    """Return the covariances (3, n, n) that noise, level and slope of unit variance give the values."""
    since = np.maximum(np.arange(n)[:, None] - np.arange(n), 0.0)
    level, slope = (since > 0).astype(float), np.maximum(since - 1, 0.0)
    return np.stack([np.eye(n), level @ level.T, slope @ slope.T])


def _line(n: int) -> Array:
    """Return an intercept and the periods (n, 2)."""
    return np.column_stack([np.ones(n), np.arange(n)])


def _free(n: int) -> Array:
    """Return an orthonormal basis (n, n - 2) of what no line enters."""
    basis: Array = np.linalg.qr(_line(n), mode="complete")[0][:, 2:]
    return basis
