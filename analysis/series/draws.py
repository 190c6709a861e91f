"""Draws that honour the readings: perturb and refit (Bardsley et al. 2014, doi 10.1137/140964023).

Each draw takes a point of the hyperparameter grid by its weight, perturbs the readings by their noise and the
prior by its own, and refits. Summed Gaussian draws of months would break printed totals.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_solve, solve_triangular

from analysis.series.laplace import OWN, Core, Mode, find_mode, noise_of
from analysis.series.mixture import Point, Priors, refit

Array = NDArray[np.float64]
SETTLED, ROUNDS = 1e-5, 40


def draw_cells(core: Core, priors: Priors, points: list[Point], n: int, seed: int) -> Array:
    """Return n draws of the centred log rates, n by cells."""
    rng = np.random.default_rng(seed)
    weights = np.array([point.weight for point in points])
    # Systematic sampling: each point gets its share of the draws, to one.
    edges = (np.arange(n) + rng.random()) / n
    chosen = np.minimum(np.searchsorted(np.cumsum(weights), edges), len(points) - 1)
    found = np.empty((n, len(priors.months)))
    for number in np.unique(chosen):
        rows = np.flatnonzero(chosen == number)
        found[rows] = _at_point(core, priors, points[number], len(rows), rng)
    return found[rng.permutation(n)]


def _at_point(core: Core, priors: Priors, point: Point, n: int, rng: np.random.Generator) -> Array:
    """Return n draws at one point of the grid."""
    prior, determinant = priors(point.smooth)
    lower = np.linalg.cholesky(prior)
    shift = solve_triangular(lower, rng.standard_normal((len(prior), n)), lower=True, trans="T").T
    noise = _perturbations(core, point.smooth.tau, n, rng)
    mode = refit(core, priors, point)
    found, settled = _together(core, prior, point.smooth.tau, mode, shift, core.y + noise)
    for row in np.flatnonzero(~settled):  # few: a full refit, one by one
        moved = _moved(core, core.y + noise[row], shift[row])
        start = found[row] - shift[row] if np.isfinite(found[row]).all() else mode.z - shift[row]
        found[row] = find_mode(moved, prior, determinant, point.smooth.tau, start).z + shift[row]
    return found


def _perturbations(core: Core, tau: float, n: int, rng: np.random.Generator) -> Array:
    """Return n draws of the readings' noise, n by readings; bounds are not perturbed."""
    shared = core.release.any(axis=1) if core.release.size else np.zeros(len(core.y), dtype=bool)
    own = np.sqrt(core.variance + tau**2 * np.where(shared, OWN, 1.0))
    common = tau * np.sqrt(1 - OWN) * rng.standard_normal((n, core.release.shape[1]))
    noise = own * rng.standard_normal((n, len(core.y))) + common @ core.release.T
    return np.where(core.side == 0, noise, 0.0)


def _moved(core: Core, y: Array, shift: Array) -> Core:
    """Return the core for the deviation of z from the perturbed prior mean `shift`.

    With z = u + shift the weights absorb exp(shift); a mean of cells moves y instead.
    """
    if core.linear:
        return replace(core, y=y - core.weights @ shift)
    scale = np.exp(np.clip(shift, -60, 60))
    return replace(core, y=y, weights=core.weights * scale, base=core.base * scale)


def _together(
    core: Core, prior: Array, tau: float, mode: Mode, shift: Array, y: Array
) -> tuple[Array, NDArray[np.bool_]]:
    """Iterate all draws at once with the Hessian of the mode; return them and which settled."""
    noise = noise_of(core, tau)
    two = core.side == 0
    if not two.all():
        return np.tile(mode.z, (len(y), 1)), np.zeros(len(y), dtype=bool)
    z = np.tile(mode.z, (len(y), 1))
    settled = np.zeros(len(y), dtype=bool)
    for _ in range(ROUNDS):
        pulled = _pulled(core, z, y, noise.solve)
        gradient = (z - shift) @ prior - pulled
        step = cho_solve((mode.factor, True), gradient.T, check_finite=False).T
        size = np.abs(step).max(axis=1)
        settled = size < SETTLED
        if settled.all():
            break
        z = np.where(settled[:, None], z, z - step * np.minimum(1.0, 1.0 / np.maximum(size, 1e-12))[:, None])
        z = np.where(np.isfinite(z), z, 0.0)
    return z, settled


def _pulled(core: Core, z: Array, y: Array, solve: Callable[[Array], Array]) -> Array:
    """Return J' R^-1 (y - g) for many z at once."""
    if core.linear:
        expected = z @ core.weights.T
        return solve((y - expected).T).T @ core.weights
    rates = np.exp(np.clip(z, -60, 60))
    total = rates @ core.weights.T
    expected = np.log(total)
    grown = core.growth
    against = rates @ core.base.T
    expected[:, grown] -= np.log(against[:, grown])
    pull = solve((y - expected).T).T
    back = (pull / total) @ core.weights * rates
    if grown.any():
        back -= (pull[:, grown] / against[:, grown]) @ core.base[grown] * rates
    return np.asarray(back)
