"""AR(1) errors by REML for stacked regressions, each with its own design (see `autoregression` for the likelihood)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.models.autoregression import BOUNDS, GRID
from analysis.models.batched_algebra import inverse_of

Array = NDArray[np.float64]


def restricted_maximum(
    design: Array, rest: Array, gamma: Array, kept: Array
) -> tuple[Array, Array, Array, Array]:
    """Return coefficients, (X' R^-1 X)^-1, weighted squares and rho by REML on a grid, refined by a parabola.

    With unit distances (1 - rho^2) M' R^-1 M is C0 - rho C1 + rho^2 C2 for M = [X, e], so that a grid point costs
    one Cholesky factor of p + 1 columns a fit, whose last pivot is the weighted sum of squares.
    """
    scale = np.sqrt(np.square(rest).sum(1) / kept.sum(1))
    scale = np.where(scale > 0, scale, 1.0)
    joint = np.concatenate([design, (rest / scale[:, None])[..., None]], axis=2)
    inner = kept.copy()
    inner[:, 1:] *= kept[:, :-1]
    inner[:, :-1] *= kept[:, 1:]
    inner[:, [0, -1]] = 0.0
    turned = np.swapaxes(joint, 1, 2)
    whole = turned @ joint
    cross = turned[:, :, 1:] @ joint[:, :-1]
    cross = cross + np.swapaxes(cross, 1, 2)
    middle = (turned * inner[:, None]) @ joint
    n, p = kept.sum(1), design.shape[2]

    def moments(rho: Array) -> Array:
        r = rho[:, None, None]
        result: Array = (whole - r * cross + r**2 * middle) / (1 - r**2)
        return result

    def likelihood(rho: Array) -> Array:
        pivots = np.log(_pivots(moments(rho)))
        penalty = (n - 1) * np.log(1 - rho**2) / 2 + pivots[:, :p].sum(1)
        result: Array = -(n - p) * pivots[:, p] - penalty
        return result

    fisher = np.linspace(np.arctanh(BOUNDS[0]), np.arctanh(BOUNDS[1]), GRID)
    step = fisher[1] - fisher[0]
    # the loop runs over the grid, not over the fits
    values = np.stack([likelihood(np.full(len(rest), rho)) for rho in np.tanh(fisher)], axis=1)
    rows, best = np.arange(len(rest)), np.clip(values.argmax(1), 1, GRID - 2)
    place = _vertex(fisher[best], step, *(values[rows, best + k] for k in (-1, 0, 1)))
    fine = step / 20
    place = np.clip(place, fisher[0] + fine, fisher[-1] - fine)
    near = [likelihood(np.tanh(place + k * fine)) for k in (-1, 0, 1)]
    found = np.tanh(_vertex(place, fine, *near))
    at_best = moments(found)
    inverse = inverse_of(at_best[:, :p, :p])
    correction = (inverse @ at_best[:, :p, p:])[..., 0]
    squares = (at_best[:, p, p] - (at_best[:, p, :p] * correction).sum(1)) * scale**2
    return gamma + correction * scale[:, None], inverse, squares, found


def _vertex(place: Array, step: float, left: Array, centre: Array, right: Array) -> Array:
    """Return where a parabola through three values a `step` apart is highest, at most one step from `place`."""
    bend = left - 2 * centre + right
    move = np.where(bend < 0, 0.5 * (left - right) / np.where(bend < 0, bend, -1.0), np.sign(right - left))
    result: Array = place + np.clip(move, -1, 1) * step
    return result


def _pivots(moments: Array) -> Array:
    """Return the diagonals (F, p + 1) of the Cholesky factors, NaN where a matrix is not positive."""
    try:
        return np.diagonal(np.linalg.cholesky(moments), axis1=1, axis2=2)
    except np.linalg.LinAlgError:
        # the factor fails, by rounding, a little before the smallest eigenvalue is zero
        values = np.linalg.eigvalsh(np.nan_to_num(moments))
        bad = values[:, 0] <= 10 * moments.shape[1] * np.finfo(float).eps * values[:, -1]
        safe = np.where(bad[:, None, None], np.eye(moments.shape[1]), moments)
        result: Array = np.where(
            bad[:, None], np.nan, np.diagonal(np.linalg.cholesky(safe), axis1=1, axis2=2)
        )
        return result
