"""Regression with first-order autoregressive errors, exact, by restricted maximum likelihood (REML).

    y = X beta + u,   cov(u_s, u_t) = sigma^2 rho^|s - t|,   |rho| < 1,

sigma^2 the variance of u itself, distances counted in the smallest step of `time`, so that missing periods only
lengthen a distance. With R the correlation matrix, rho maximises the restricted likelihood

    l(rho) = -1/2 [ (n - p) log s^2(rho) + log|R| + log|X' R^-1 X| ] + constant,   s^2 = r' R^-1 r / (n - p),

r the residuals of generalised least squares (Patterson, Thompson 1971, Biometrika 58(3), 545, doi
10.1093/biomet/58.3.545; for autoregressive errors Cheang, Reinsel 2000, J Am Stat Assoc 95(452), 1173, doi
10.1080/01621459.2000.10474314). R^-1/2 is bidiagonal, so nothing is ever inverted beyond p by p.

rho is bounded by -0.9 and 0.98: beyond, a short series cannot tell a trend from a wandering error. Where the
distances are no whole multiples of the smallest, a negative rho has no meaning and 0.01 is the lower bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar

from analysis.arguments import aligned, checked, numbers
from analysis.errors import InputError
from analysis.models.small_sample import SmallSample, kenward_roger
from analysis.results import Result
from analysis.threads import one_thread

Array = NDArray[np.float64]

BOUNDS = (-0.9, 0.98)
GRID = 41
_CHUNK = 8_000_000  # numbers held at once while a batch is laid over the grid


@dataclass(frozen=True, repr=False)
class AutoregressiveFit(Result):
    """A regression with AR(1) errors.

    `beta` (p), its covariance `cov` (p, p) after Kenward and Roger, the autocorrelation `rho` over the smallest
    step of time, the variance `sigma2` of the errors themselves (not of the innovations), the degrees of freedom
    `df` (p) of each coefficient's t, and the restricted log likelihood `loglik` at its maximum.
    `degrees(contrasts)` gives the degrees of freedom of any other contrasts (k, p).
    """

    beta: Array
    cov: Array
    rho: float
    sigma2: float
    df: Array
    loglik: float
    small_sample: SmallSample

    def degrees(self, contrasts: ArrayLike) -> Array:
        """Return the degrees of freedom (k) of the t tests of `contrasts` (k, p)."""
        found: Array = self.small_sample.degrees(np.atleast_2d(np.asarray(contrasts, dtype=float)))[0]
        return found


@dataclass(frozen=True)
class AutoregressiveBatch:
    """Many such regressions with one X: `beta` (B, p), `rho` (B), `sigma2` (B).

    `cov` (B, p, p) is the plain one of generalised least squares, without a correction for small samples.
    """

    beta: Array
    cov: Array
    rho: Array
    sigma2: Array


def distances(time: ArrayLike | None, n: int) -> Array:
    """Return the n - 1 distances between neighbouring periods, in units of the smallest.

    Raises
    ------
    InputError
        If the times are not n finite numbers in increasing order.
    """
    if time is None:
        return np.ones(n - 1)
    at = numbers(time, "time")
    if at.shape != (n,) or not np.all(np.isfinite(at)) or np.any(np.diff(at) <= 0):
        raise InputError(
            f"The times of a series of {n} values must be {n} numbers, each above the one before."
        )
    steps = np.diff(at) / np.diff(at).min()
    whole: Array = np.round(steps)
    result: Array = whole if np.allclose(steps, whole, atol=1e-6) else steps
    return result


def whiten(values: Array, rho: ArrayLike, steps: Array) -> Array:
    """Return R^-1/2 `values` (..., n, k) for each autocorrelation `rho` (...): innovations of unit variance."""
    own, before = _filter(np.asarray(rho, dtype=float), steps)
    out: Array = own[..., None] * values
    out[..., 1:, :] -= before[..., None] * values[..., :-1, :]
    return out


def _filter(rho: Array, steps: Array) -> tuple[Array, Array]:
    """Return the diagonal (..., n) and minus the subdiagonal (..., n - 1) of R^-1/2."""
    power = np.power(rho[..., None], steps)
    scale = 1 / np.sqrt(1 - power**2)
    return np.concatenate([np.ones((*rho.shape, 1)), scale], axis=-1), power * scale


@checked
@one_thread
def ar1_reml(y: ArrayLike, X: ArrayLike, time: ArrayLike | None = None) -> AutoregressiveFit:  # noqa: N803
    """Regress `y` (n) on the columns of `X` (n, p) with exact AR(1) errors, by REML.

    `time` (n, numbers in increasing order) says how far apart the values are; without it they are equally
    spaced. An intercept is a column of X like any other.

    Raises
    ------
    InputError
        If a value is missing or infinite, columns of X depend on each other, fewer than two degrees of freedom
        are left, the times do not increase, or X explains y without any error.
    """
    response, design = fittable(numbers(aligned(y, X, "y"), "y"), X)  # one row, not a batch of them
    n, p = design.shape
    steps = distances(time, n)
    basis, triangle = np.linalg.qr(design)
    grid = _grid(steps)
    index = int(np.argmax(_likelihoods(response[None], basis, steps, grid)[0]))
    low, high = grid[max(index - 1, 0)], grid[min(index + 1, GRID - 1)]
    found = minimize_scalar(
        lambda rho: -_likelihoods(response[None], basis, steps, np.array([rho]))[0, 0],
        bounds=(low, high),
        method="bounded",
        options={"xatol": 1e-9},
    )
    rho = float(found.x)
    batch = _solve(response[None], basis, triangle, steps, np.array([rho]))
    constant = (n - p) * (np.log(2 * np.pi) + 1 - np.log(n - p))
    # the basis has determinant one: the likelihood of X itself differs by log|X'X|
    shift = np.log(np.abs(np.diag(triangle))).sum()
    loglik = float(-found.fun - constant / 2 - shift)
    small = small_sample(design, batch, time)
    df = small.degrees(np.eye(p))[0]
    return AutoregressiveFit(batch.beta[0], small.cov[0], rho, float(batch.sigma2[0]), df, loglik, small)


def small_sample(X: ArrayLike, batch: AutoregressiveBatch, time: ArrayLike | None = None) -> SmallSample:  # noqa: N803
    """Return Kenward-Roger covariances and degrees of freedom of a batch fitted on `X` (n, p)."""
    design = np.asarray(X, dtype=float)
    places = np.concatenate([[0.0], np.cumsum(distances(time, len(design)))])
    basis, triangle = np.linalg.qr(design)
    lags = np.abs(places[:, None] - places)
    return kenward_roger(basis, lags, batch.rho, batch.sigma2).transformed(np.linalg.inv(triangle))


@one_thread
def ar1_reml_batch(Y: ArrayLike, X: ArrayLike, time: ArrayLike | None = None) -> AutoregressiveBatch:  # noqa: N803
    """Regress each row of `Y` (B, n) on the same `X` (n, p) with exact AR(1) errors, each with its own rho.

    rho comes from one grid of 41 values shared by all rows, refined by a parabola through the best three: within
    about 0.01 of the maximum, in matrix products alone.

    Raises
    ------
    InputError
        As `ar1_reml`.
    """
    responses, design = fittable(Y, X)
    steps = distances(time, design.shape[0])
    basis, triangle = np.linalg.qr(design)
    return _solve(responses, basis, triangle, steps, refined_rho(responses, basis, steps))


def _grid(steps: Array) -> Array:
    """Return the values of rho tried, equally spaced on Fisher's scale."""
    low = BOUNDS[0] if np.all(steps == np.round(steps)) else 0.01
    grid: Array = np.tanh(np.linspace(np.arctanh(low), np.arctanh(BOUNDS[1]), GRID))
    return grid


def _likelihoods(responses: Array, basis: Array, steps: Array, rho: Array) -> Array:
    """Return the restricted log likelihoods (B, G), but for a constant, of `responses` (B, n) at `rho` (G)."""
    n, p = basis.shape
    own, _ = _filter(rho, steps)
    root = whiten(np.broadcast_to(np.eye(n), (len(rho), n, n)), rho, steps)
    q, r = np.linalg.qr(root @ basis)
    residual = root - q @ (np.swapaxes(q, 1, 2) @ root)
    penalty = 2 * np.log(np.abs(np.diagonal(r, axis1=1, axis2=2))).sum(1) - 2 * np.log(own).sum(1)
    stacked = residual.reshape(-1, n).T
    squares = np.empty((len(responses), len(rho)))
    size = max(1, _CHUNK // stacked.shape[1])
    for start in range(0, len(responses), size):
        part = (responses[start : start + size] @ stacked).reshape(-1, len(rho), n)
        squares[start : start + size] = np.square(part).sum(-1)
    floor = np.finfo(float).tiny
    result: Array = -0.5 * ((n - p) * np.log(np.maximum(squares, floor)) + penalty)
    return result


def refined_rho(responses: Array, basis: Array, steps: Array) -> Array:
    """Return the restricted maximum of each row: the best of the grid, moved along a parabola."""
    grid = _grid(steps)
    likelihood = _likelihoods(responses, basis, steps, grid)
    rows = np.arange(len(responses))
    best = likelihood.argmax(1)
    inner = np.clip(best, 1, GRID - 2)
    left, middle, right = (likelihood[rows, inner + k] for k in (-1, 0, 1))
    bend = left - 2 * middle + right
    move = np.where(bend < 0, 0.5 * (left - right) / np.where(bend < 0, bend, -1.0), best - inner)
    fisher = np.arctanh(grid)
    moved: Array = np.tanh(fisher[inner] + np.clip(move, -1, 1) * (fisher[1] - fisher[0]))
    return moved


def _solve(responses: Array, basis: Array, triangle: Array, steps: Array, rho: Array) -> AutoregressiveBatch:
    """Return generalised least squares of each row at its own rho."""
    n, p = basis.shape
    design = whiten(np.broadcast_to(basis, (len(rho), n, p)), rho, steps)
    target = whiten(responses[..., None], rho, steps)
    transposed = np.swapaxes(design, 1, 2)
    inverse = np.linalg.inv(transposed @ design)
    gamma = inverse @ (transposed @ target)
    sigma2 = np.square(target - design @ gamma).sum((1, 2)) / (n - p)
    back = np.linalg.inv(triangle)
    cov = sigma2[:, None, None] * (back @ inverse @ back.T)
    return AutoregressiveBatch((back @ gamma)[..., 0], cov, rho, sigma2)


def fittable(y: ArrayLike, X: ArrayLike) -> tuple[Array, Array]:  # noqa: N803
    """Return y and X as arrays. Raises InputError where they cannot be fitted."""
    design = numbers(X, "X", 2)
    response = numbers(aligned(y, X, "y"), "y", max(1, min(np.ndim(y), 2)))
    if response.shape[-1] != design.shape[0]:
        raise InputError(f"X must have one row for each of the {response.shape[-1]} values of y.")
    n, p = design.shape
    if not (np.all(np.isfinite(response)) and np.all(np.isfinite(design))):
        raise InputError("A value of y or X is missing or infinite; leave the period out, with its time.")
    if n - p < 2:
        raise InputError(f"{n} periods are too few for {p} coefficients; give at least {p + 2}.")
    scale = np.linalg.norm(design, axis=0)
    if np.any(scale == 0) or np.linalg.matrix_rank(design / np.where(scale > 0, scale, 1)) < p:
        raise InputError("Columns of X depend on each other; leave one of them out.")
    beta = np.linalg.lstsq(design, np.atleast_2d(response).T, rcond=None)[0]
    rest = np.square(np.atleast_2d(response).T - design @ beta).sum(0)
    if np.any(rest <= 1e-20 * np.square(np.atleast_2d(response)).sum(1)):
        raise InputError("The columns of X explain y without any error: a constant or constructed series.")
    return response, design
