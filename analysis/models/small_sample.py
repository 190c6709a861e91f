"""Small-sample inference for regression with AR(1) errors: Kenward-Roger covariance and degrees of freedom.

With theta = (sigma^2, rho), V = sigma^2 R(rho), Phi = (X' V^-1 X)^-1, V_i and V_ij the derivatives of V,

    P_i  = -X' V^-1 V_i V^-1 X,           Q_ij = X' V^-1 V_i V^-1 V_j V^-1 X,
    R_ij = X' V^-1 V_ij V^-1 X,           W = inverse of the restricted information about theta,
    Phi_A = Phi + 2 Phi [sum_ij W_ij (Q_ij - P_i Phi P_j - R_ij / 4)] Phi,
    df(c) = 2 (c' Phi c)^2 / (g' W g),    g_i = -c' Phi P_i Phi c

(Kenward, Roger 1997, Biometrics 53(3), 983, doi 10.2307/2533558; df as Satterthwaite's for one contrast). The
adjustment is a Taylor series and explodes where rho is estimated near its bound, as happens in a third of the series
of 10 to 15 points: so it is kept between nothing and a doubling of the variance, in every direction, and the degrees
of freedom between 2 and n - p.

In a simulation of segmented regressions (step and ramp, 10 to 40 points, rho 0 to 0.7, 3,000 series each) t tests of
the primary estimand so made rejected a true null 2.7 to 5.9% of the time at a nominal 5%; Phi with n - p degrees of
freedom rejected it 7 to 15% of the time at 10 to 25 points, Satterthwaite's degrees alone 4 to 8%. The bounds cost
nothing: without them 2.7 to 5.6%, with some intervals a thousand times as wide.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LEAST_DF = 2.0


@dataclass(frozen=True)
class SmallSample:
    """Kenward-Roger quantities of B fits.

    `cov` (B, p, p) is the adjusted covariance, `plain` (B, p, p) the unadjusted, `slope` (B, 2, p, p) its
    derivative by sigma^2 and rho, `spread` (B, 2, 2) the covariance of those two, `largest` the residual degrees
    of freedom n - p.
    """

    cov: Array
    plain: Array
    slope: Array
    spread: Array
    largest: float

    def degrees(self, contrasts: Array) -> Array:
        """Return the degrees of freedom (B, k) of the t tests of `contrasts` (k, p), from 2 to n - p."""
        variance = np.sum((contrasts @ self.plain) * contrasts, axis=-1)
        gradient = np.sum((contrasts @ self.slope) * contrasts, axis=-1)  # (B, 2, k)
        error = np.sum((self.spread @ gradient) * gradient, axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            df = np.where(error > 0, 2 * variance**2 / error, self.largest)
        limited: Array = np.clip(df, LEAST_DF, self.largest)
        return limited

    def transformed(self, back: Array) -> SmallSample:
        """Return the same for the coefficients `back` @ gamma."""
        return SmallSample(
            back @ self.cov @ back.T,
            back @ self.plain @ back.T,
            back @ self.slope @ back.T,
            self.spread,
            self.largest,
        )


def kenward_roger(design: Array, lags: Array, rho: Array, sigma2: Array) -> SmallSample:
    """Return the small-sample quantities of regressions on `design` (n, p) with AR(1) errors.

    `lags` (n, n) holds the distances between the periods, `rho` (B) and `sigma2` (B) the estimates.
    """
    n, p = design.shape
    first, second = _derivatives(lags, rho)
    scale = sigma2[:, None, None]
    precision = np.linalg.inv(np.power(rho[:, None, None], lags)) / scale
    weighted = precision @ design  # V^-1 X
    turned = np.swapaxes(weighted, 1, 2)
    plain: Array = np.linalg.inv(design.T @ weighted).astype(float)
    projector = precision - weighted @ plain @ turned
    by = (np.power(rho[:, None, None], lags), scale * first)
    half = [projector @ v for v in by]
    information = np.empty((len(rho), 2, 2))
    for i in range(2):
        for j in range(2):
            information[:, i, j] = 0.5 * np.sum(half[i] * np.swapaxes(half[j], 1, 2), axis=(1, 2))
    spread: Array = np.linalg.inv(information).astype(float)
    touched = [v @ weighted for v in by]  # V_i V^-1 X
    p_i = [-turned @ t for t in touched]
    crossed = {(0, 0): np.zeros_like(scale * lags), (0, 1): first, (1, 0): first, (1, 1): scale * second}
    inner = np.zeros((len(rho), p, p))
    for (i, j), v_ij in crossed.items():
        q_ij = np.swapaxes(touched[i], 1, 2) @ precision @ touched[j]
        r_ij = turned @ v_ij @ weighted
        inner += spread[:, i, j, None, None] * (q_ij - p_i[i] @ plain @ p_i[j] - r_ij / 4)
    slope = np.stack([-plain @ p_i[i] @ plain for i in range(2)], axis=1)
    return SmallSample(plain + _bounded(plain, inner), plain, slope, spread, float(n - p))


def _derivatives(lags: Array, rho: Array) -> tuple[Array, Array]:
    """Return the first and second derivatives of rho^lag by rho, (B, n, n) each."""
    base = rho[:, None, None]
    first = np.where(lags > 0, lags * np.power(base, np.maximum(lags - 1, 0)), 0.0)
    second = np.where(lags > 1, lags * (lags - 1) * np.power(base, np.maximum(lags - 2, 0)), 0.0)
    return first, second


def _bounded(plain: Array, inner: Array) -> Array:
    """Return 2 Phi [inner] Phi, kept between 0 and Phi: never narrower, and at most twice the variance."""
    root = np.linalg.cholesky(plain)
    turned = np.swapaxes(root, 1, 2)
    middle = turned @ inner @ root
    values, vectors = np.linalg.eigh((middle + np.swapaxes(middle, 1, 2)) / 2)
    kept = vectors * np.clip(values, 0.0, 0.5)[:, None, :]
    result: Array = 2 * root @ (kept @ np.swapaxes(vectors, 1, 2)) @ turned
    return result
