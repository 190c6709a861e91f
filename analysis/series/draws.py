"""Draws that honour the readings: perturb and refit (Bardsley et al. 2014, doi 10.1137/140964023).

Each draw takes a point of the hyperparameter grid by its weight, perturbs the readings by their noise and the
prior by its own, and refits. Summed Gaussian draws of months would break printed totals.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular
from scipy.linalg.lapack import dpotri
from scipy.sparse import csr_array

from analysis.series.laplace import OWN, Core, covariance_of
from analysis.series.mixture import Point, Priors, refit
from analysis.series.mode import Mode, find_mode

Array = NDArray[np.float64]
SETTLED, ROUNDS = 1e-5, 20  # Newton's method takes fewer steps where these are many
LONGEST = 2.0  # step of a cell's log rate in one round
MANY = 2  # readings a cell, beyond which Newton's method on the cells is cheaper
BLOCK = 4e6  # numbers of the Jacobians held at once


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
    prior, determinant = priors.dense(point.smooth)
    lower = np.asarray(np.linalg.cholesky(prior), dtype=float)
    shift = solve_triangular(lower, rng.standard_normal((len(prior), n)), lower=True, trans="T").T
    noise = _perturbations(core, point.smooth.tau, n, rng)
    mode = refit(core, priors, point)
    found, settled = _together(core, lower, point.smooth.tau, mode, shift, core.y + noise)
    for row in np.flatnonzero(~settled):  # few: a full refit, one by one
        moved = _moved(core, core.y + noise[row], shift[row])
        start = found[row] - shift[row] if np.isfinite(found[row]).all() else mode.z - shift[row]
        found[row] = find_mode(moved, prior, determinant, point.smooth.tau, start).z + shift[row]
    return found


def _perturbations(core: Core, tau: float, n: int, rng: np.random.Generator) -> Array:
    """Return n draws of the readings' noise, n by readings; bounds are not perturbed."""
    own = np.sqrt(core.variance + tau**2 * core.own)
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
    core: Core, lower: Array, tau: float, mode: Mode, shift: Array, y: Array
) -> tuple[Array, NDArray[np.bool_]]:
    """Refit all draws at once by Gauss-Newton in the space of the readings; return them and which settled.

    `lower` is the Cholesky factor of the prior precision Q.
    With K = Q^-1 a step is z = shift + K J' (J K J' + R)^-1 (y - g + J (z - shift)): it costs what the readings
    cost, not the cells. Draws with bounds, or with many readings, are left to Newton's method one by one.
    """
    n, cells = core.weights.shape
    z = np.tile(mode.z, (len(y), 1))
    settled = np.zeros(len(y), dtype=bool)
    if (core.side != 0).any() or n > MANY * cells:
        return z, settled
    half = np.tril(dpotri(lower, lower=1)[0])
    covariance = half + np.tril(half, -1).T
    noise = covariance_of(core, tau)
    if core.linear:
        return _in_one(core.weights, covariance, noise, shift, y), ~settled
    windows = Windows(core)
    block = max(1, int(BLOCK // (n * cells)))
    for _ in range(ROUNDS):
        left = np.flatnonzero(~settled)
        for rows in np.split(left, range(block, len(left), block)):
            step = _step(windows, covariance, noise, z[rows], shift[rows], y[rows])
            size = np.abs(step).max(axis=1)
            settled[rows] = size < SETTLED
            z[rows] += step * np.minimum(1.0, LONGEST / np.maximum(size, 1e-12))[:, None]
        if settled.all():
            break
    return z, settled


def _in_one(weights: Array, covariance: Array, noise: Array, shift: Array, y: Array) -> Array:
    """Return the draws where readings are means of cells: the first step is the last, and the same for all."""
    across = weights @ covariance
    apart = np.linalg.solve(across @ weights.T + noise, (y - shift @ weights.T).T)
    return np.asarray(shift + apart.T @ across)


class Windows:
    """Where readings have weights on cells, one place after another: a window is a small part of the cells.

    `cell` (places) and `reading` (places) say where a place is; the places of a reading begin at `first` (readings).
    """

    def __init__(self, core: Core) -> None:
        base = np.where(core.growth[:, None], core.base, 0.0)
        self.reading, self.cell = np.nonzero((core.weights != 0) | (base != 0))
        self.first = np.searchsorted(self.reading, np.arange(len(core.y)))
        self.inside = core.weights[self.reading, self.cell]
        self.against = base[self.reading, self.cell] if core.grows else None
        self.shape = core.weights.shape
        self._rows: dict[int, tuple[csr_array, csr_array]] = {}

    def expected(self, z: Array) -> tuple[Array, Array]:
        """Return g (draws by readings) and its derivatives (draws by places) for many z."""
        rates = np.exp(np.minimum(np.maximum(z, -60.0), 60.0)).take(self.cell, axis=1)
        expected, slopes = self._shares(rates * self.inside)
        if self.against is None:
            return expected, slopes
        logs, shares = self._shares(rates * self.against)
        return expected - logs, slopes - shares

    def _shares(self, parts: Array) -> tuple[Array, Array]:
        """Return the log sums of parts (draws by places) by reading, and the parts as shares of the sums."""
        sums = np.add.reduceat(parts, self.first, axis=1)
        sums[sums == 0] = 1.0  # no base
        return np.log(sums), parts / sums.take(self.reading, axis=1)

    def rows(self, slopes: Array) -> tuple[csr_array, csr_array]:
        """Return the derivatives of all draws as rows, one below another; and such with cells of their own each."""
        draws, (readings, cells) = len(slopes), self.shape
        if draws not in self._rows:
            places = np.tile(self.cell, draws)
            own = places + np.repeat(np.arange(draws) * cells, len(self.cell))
            begin = (np.arange(draws)[:, None] * len(self.cell) + self.first).ravel()
            begin, shape = np.append(begin, slopes.size), (draws * readings, cells)
            shared = csr_array((slopes.ravel(), places, begin), shape=shape)
            self._rows[draws] = (
                shared,
                csr_array((slopes.ravel(), own, begin), shape=(shape[0], draws * cells)),
            )
        for one in self._rows[draws]:
            one.data = slopes.ravel()
        return self._rows[draws]


def _step(windows: Windows, covariance: Array, noise: Array, z: Array, shift: Array, y: Array) -> Array:
    """Return the Gauss-Newton steps of some draws, draws by cells."""
    expected, slopes = windows.expected(z)
    draws, (n, cells) = len(z), windows.shape
    shared, own = windows.rows(slopes)
    across = (shared @ covariance).reshape(draws, n, cells)
    turned = across.transpose(0, 2, 1).reshape(-1, n)
    joint = (own @ turned).reshape(draws, n, n) + noise
    target = y - expected + (own @ (z - shift).ravel()).reshape(draws, n)
    weight = np.linalg.solve(joint, target[:, :, None])
    return np.asarray(shift + (weight.transpose(0, 2, 1) @ across)[:, 0, :] - z)
