"""Many regressions at once: least squares and Poisson regressions of short series as stacked matrix products.

F fits of n periods on p columns are arrays y (F, n) and X (F, n, p). Shorter samples are padded at either end and
the padding has weight 0 (see `stacked`); nothing else may be weighted. Per fit, with e the residuals and
u_t = x_t e_t,

    least squares  b = (X'X)^-1 X'y,                cov = s^2 (X'X)^-1,  s^2 = e'e / (n - p)
    HAC            cov = (X'X)^-1 S (X'X)^-1,       S = G_0 + sum_l (1 - l / (L + 1)) (G_l + G_l'),
                                                    G_l = sum_t u_t u_{t-l}'
    GLSAR          b, then rho = Yule-Walker of e, then b from y_t - rho y_{t-1}, in turn; the first period is lost
    AR(1)          REML over a grid of rho (see `autoregression`), cov of generalised least squares
    Poisson        iteratively reweighted least squares, W = diag(mu); quasi: cov times Pearson's dispersion

HAC is Newey, West (1987, Econometrica 55(3), 703, doi 10.2307/1913610) with L = floor(4 (n / 100)^(2/9)) unless
given and, by default, the factor n / (n - p). Formulas and conventions are those of statsmodels (OLS and GLM with
cov_type="HAC", GLSAR.iterative_fit), which the tests compare to 1e-8; here no loop runs over fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InputError
from analysis.models.batched_algebra import checked_batch, conditioned, inverse_of, product, sandwich, solve
from analysis.models.batched_ar1 import restricted_maximum
from analysis.threads import one_thread

Array = NDArray[np.float64]

LEAST_SQUARES_ERRORS = ("model", "hac", "glsar", "ar1")
POISSON_ERRORS = ("model", "quasi", "hac")
_ROUNDS = 60


@dataclass(frozen=True)
class Fits:
    """F fits: `beta` (F, p), `cov` (F, p, p), `dispersion` (F), `df` (F), `rho` (F), `converged` (F, bool).

    `df` is n - p. A fit whose columns depend on each other, or that did not converge, is NaN throughout and has
    `converged` False. `rho` is 0 where errors are not autoregressive.
    """

    beta: Array
    cov: Array
    dispersion: Array
    df: Array
    rho: Array
    converged: NDArray[np.bool_]

    @property
    def se(self) -> Array:
        """Standard errors (F, p)."""
        root: Array = np.sqrt(np.diagonal(self.cov, axis1=1, axis2=2))
        return root


def stacked(samples: Sequence[tuple[ArrayLike, ArrayLike]]) -> tuple[Array, Array, Array]:
    """Return y (F, n), X (F, n, p) and weights (F, n) of samples (y, X) of unequal length, padded at the end."""
    n = max(len(np.asarray(y)) for y, _ in samples)
    p = np.asarray(samples[0][1]).shape[1]
    y, x, weights = np.zeros((len(samples), n)), np.zeros((len(samples), n, p)), np.zeros((len(samples), n))
    for f, (response, design) in enumerate(samples):
        length = len(np.asarray(response))
        y[f, :length], x[f, :length], weights[f, :length] = response, design, 1.0
    return y, x, weights


@one_thread
def least_squares(
    y: ArrayLike,
    X: ArrayLike,  # noqa: N803
    weights: ArrayLike | None = None,
    *,
    errors: str = "model",
    lags: int | None = None,
    correction: bool = True,
    iterations: int = 10,
) -> Fits:
    """Fit F least squares regressions of `y` (F, n) on `X` (F, n, p), `weights` (F, n) 0 or 1.

    `errors` is model, hac (`lags`, and `correction` by n / (n - p)), glsar (`iterations` of it) or ar1.

    Raises
    ------
    InputError
        If shapes do not fit, weights are not 0 or 1 with one unbroken run of ones, a value that counts is not
        finite, or the errors are unknown.
    """
    if errors not in LEAST_SQUARES_ERRORS:
        raise InputError(f"Errors {errors!r} are unknown; choose {', '.join(LEAST_SQUARES_ERRORS)}.")
    response, design, kept = checked_batch(y, X, weights)
    design, back = conditioned(design, kept)
    count, p = kept.sum(1), design.shape[2]
    rho = np.zeros(len(response))
    if errors == "glsar":
        rho = _glsar(design, response, kept, iterations)
        design, response, count = *_quasi_differences(design, response, kept, rho), count - 1
    gamma, inverse = solve(design, response)
    if errors == "ar1":
        gamma, inverse, squares, rho = restricted_maximum(
            design, response - product(design, gamma), gamma, kept
        )
    rest = response - product(design, gamma)
    if errors != "ar1":
        squares = np.square(rest).sum(1)
    dispersion = squares / (count - p)
    if errors == "hac":
        cov = sandwich(design * rest[..., None], inverse, count, p, lags, correction)
    else:
        cov = dispersion[:, None, None] * inverse
    return _fits(gamma, cov, back, dispersion, count - p, rho, np.all(np.isfinite(gamma), axis=1))


@one_thread
def poisson(
    y: ArrayLike,
    X: ArrayLike,  # noqa: N803
    offset: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    *,
    errors: str = "quasi",
    lags: int | None = None,
    correction: bool = True,
) -> Fits:
    """Fit F log-linear Poisson regressions of `y` (F, n) on `X` (F, n, p), `offset` (F, n) on the log scale.

    `errors` is model (dispersion 1 in the covariance), quasi (Pearson's dispersion) or hac.

    Raises
    ------
    InputError
        As `least_squares`, or if a value of y is negative.
    """
    if errors not in POISSON_ERRORS:
        raise InputError(f"Errors {errors!r} are unknown; choose {', '.join(POISSON_ERRORS)}.")
    response, design, kept = checked_batch(y, X, weights)
    if np.any(response < 0):
        raise InputError("A count is below zero; Poisson models need counts of 0 or more.")
    shift = np.zeros_like(response) if offset is None else np.asarray(offset, dtype=float) * kept
    if shift.shape != response.shape or not np.all(np.isfinite(shift)):
        raise InputError("The offset must be finite, of the shape of y, and on the log scale.")
    design, back = conditioned(design, kept)
    count, p = kept.sum(1), design.shape[2]
    gamma, mean, inverse, converged = _reweighted(response, design, shift, kept, count)
    rest = response - mean
    dispersion = (np.square(rest) / np.where(mean > 0, mean, 1.0)).sum(1) / (count - p)
    if errors == "hac":
        cov = sandwich(design * rest[..., None], inverse, count, p, lags, correction)
    else:
        cov = inverse * (dispersion[:, None, None] if errors == "quasi" else 1.0)
    return _fits(gamma, cov, back, dispersion, count - p, np.zeros(len(count)), converged)


def _reweighted(
    response: Array, design: Array, shift: Array, kept: Array, count: Array
) -> tuple[Array, Array, Array, NDArray[np.bool_]]:
    """Return coefficients, means, (X'WX)^-1 and convergence of Poisson regressions."""
    mean = (response + (response.sum(1) / count)[:, None]) / 2 * kept
    linear = np.log(np.where(mean > 0, mean, 1.0))
    gamma = np.zeros((len(response), design.shape[2]))
    inverse = np.zeros((len(response), design.shape[2], design.shape[2]))
    converged = np.zeros(len(response), dtype=bool)
    transposed = np.ascontiguousarray(np.swapaxes(design, 1, 2))
    for _ in range(_ROUNDS):
        # W z with z = linear - shift + (y - mu) / mu, free of division
        working = mean * (linear - shift) + response - mean
        inverse = inverse_of(transposed @ (design * mean[..., None]), careful=False)
        updated = (inverse @ (transposed @ working[..., None]))[..., 0]
        moved = np.abs(updated - gamma).max(1)
        size = np.abs(updated).max(1)
        gamma = updated
        linear = np.clip(shift + product(design, gamma), -700, 700)
        mean = np.exp(linear) * kept
        converged = moved <= 1e-7 * (1 + size)  # Newton's steps shrink quadratically: the next is 1e-14
        if np.all(converged | ~np.isfinite(moved)):
            break
    inverse = inverse_of(transposed @ (design * mean[..., None]))
    return gamma, mean, inverse, converged


def _glsar(design: Array, response: Array, kept: Array, iterations: int) -> Array:
    """Return the autocorrelation (F) after Cochrane and Orcutt's turns, the first with 0."""
    rho = np.zeros(len(response))
    for _ in range(iterations - 1):
        gamma, _ = solve(*_quasi_differences(design, response, kept, rho))
        rho = _yule_walker(response - product(design, gamma), kept)
    return rho


def _yule_walker(rest: Array, kept: Array) -> Array:
    """Return the adjusted Yule-Walker autocorrelation of each row's residuals."""
    count = kept.sum(1)
    centred = (rest - ((rest * kept).sum(1) / count)[:, None]) * kept
    squares = np.square(centred).sum(1) / count
    products = (centred[:, 1:] * centred[:, :-1]).sum(1) / (count - 1)
    result: Array = products / np.where(squares > 0, squares, 1.0)
    return result


def _quasi_differences(design: Array, response: Array, kept: Array, rho: Array) -> tuple[Array, Array]:
    """Return X_t - rho X_{t-1} and y_t - rho y_{t-1}, the first period dropped."""
    both = kept[:, 1:] * kept[:, :-1]
    by = rho[:, None]
    whitened = (design[:, 1:] - by[..., None] * design[:, :-1]) * both[..., None]
    return whitened, (response[:, 1:] - by * response[:, :-1]) * both


def _fits(
    gamma: Array,
    cov: Array,
    back: Array,
    dispersion: Array,
    df: Array,
    rho: Array,
    converged: NDArray[np.bool_],
) -> Fits:
    """Return the fits in the coefficients of the X that was given."""
    beta = (back @ gamma[..., None])[..., 0]
    cov = back @ cov @ np.swapaxes(back, 1, 2)
    beta[~converged], cov[~converged] = np.nan, np.nan
    return Fits(beta, cov, dispersion, df, rho, converged)
