"""The core fit: readings as arrays, and value, slope and curvature of the posterior (see `mode` for its mode).

With g_i(z) what reading i expects (log of a weighted sum of exp z, a difference of two such logs for growth, or
a weighted mean for shares), r = R^-1 (y - g) and J the Jacobian of g,

    -log p(z | y) = (y - g)' R^-1 (y - g) / 2 + z' Q z / 2 + const,
    Hessian = Q + J' R^-1 J - sum_i r_i d2 g_i,    d2 log m = diag(p) - p p',  p_t = d_t exp(z_t) / m.

R is diagonal (rounding, and each reading's own part of the reporting error) plus one common error a release.
It is a penalised composite link model (Rizzi, Gampe, Eilers 2015, doi 10.1093/aje/kwv020) with the Laplace
approximation of Rue, Martino, Chopin (2009, doi 10.1111/j.1467-9868.2008.00700.x).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import log_ndtr

from analysis.series.observations import Observations

Array = NDArray[np.float64]
Rows = Array | csr_array
# Of a reading's reporting variance its own; the rest is shared within its release. Figures of one text come from one
# table: that they agree among themselves says little of whether they agree with the register. With 0.3 it did say so,
# tau came out at half its size where errors of 3% were wholly shared, and the bands covered 80% (0.05: 83%, before the
# prior of tau moved).
OWN = 0.05
BOUND_SD = 0.02  # how sharply an inequality cuts, on the log scale
LONG = 300  # cells from which windows are told sparsely, and the prior as a band (see `banded`)
SPARSE = 20_000  # readings by releases, from which what they share is told sparsely


@dataclass(frozen=True)
class Core:
    """Readings as arrays: `weights` and `base` (n by cells), `y`, `variance`, `side`, `release` (n by families).

    `y` is centred: `level` was taken off the readings that state a level. `exact` readings have no reporting error
    (where it is left out, all have one), `rejected` ones are known to be wrong (none where it is left out).
    """

    weights: Array
    base: Array
    y: Array
    variance: Array
    side: Array
    release: Array
    growth: NDArray[np.bool_]
    linear: bool
    level: float
    exact: NDArray[np.bool_] | None = None
    rejected: NDArray[np.bool_] | None = None

    @cached_property
    def sparse(self) -> tuple[csr_array, csr_array]:
        """The weights and bases, sparse."""
        return csr_array(self.weights), csr_array(self.base)

    @property
    def own(self) -> Array:
        """What part of the reporting variance is a reading's own: all, `OWN` where a release shares it, or none."""
        shared = self.release.any(axis=1) if self.release.size else np.zeros(len(self.y), dtype=bool)
        part = np.where(shared, OWN, 1.0)
        return part if self.exact is None else np.where(self.exact, 0.0, part)


def core_of(observations: Observations) -> Core:
    """Return observations as a centred core."""
    weights, growth = observations.weights, observations.growth
    rates = observations.y - np.log(weights.sum(axis=1))
    level = float(np.median(rates[~growth & (observations.side == 0)]))
    y = observations.y - np.where(growth, 0.0, level)
    families = np.unique(observations.family[observations.family >= 0])
    release = (observations.family[:, None] == families[None, :]).astype(float)
    release[observations.exact] = 0.0  # what has no error shares none
    return Core(
        weights,
        observations.base,
        y,
        observations.variance,
        observations.side,
        release,
        growth,
        observations.linear,
        level,
        observations.exact,
        observations.frame["rejected"].to_numpy(dtype=bool),
    )


@dataclass(frozen=True)
class Noise:
    """R^-1 as diag(inverse) - low low', and log det R, for one tau."""

    inverse: Array
    low: csr_array | Array
    log_determinant: float

    def solve(self, columns: Array) -> Array:
        """Return R^-1 times columns (n, or n by k)."""
        scaled = self.inverse * columns if columns.ndim == 1 else self.inverse[:, None] * columns
        return np.asarray(scaled - self.low @ (self.low.T @ columns)) if self.low.shape[1] else scaled


def noise_of(core: Core, tau: float) -> Noise:
    """Return the noise of the two-sided readings; bounds have none here."""
    two = core.side == 0
    diagonal = core.variance + tau**2 * core.own
    inverse = np.where(two, 1 / diagonal, 0.0)
    weight = core.release.T @ inverse
    common = tau**2 * (1 - OWN)
    low = inverse[:, None] * core.release * np.sqrt(common / (1 + common * weight))
    determinant = float(np.log(diagonal[two]).sum() + np.log1p(common * weight).sum())
    return Noise(inverse, csr_array(low) if low.size > SPARSE else low, determinant)


def covariance_of(core: Core, tau: float) -> Array:
    """Return R itself, n by n: rounding and own error on the diagonal, the common error within releases."""
    own = np.diag(core.variance + tau**2 * core.own)
    return np.asarray(own + tau**2 * (1 - OWN) * core.release @ core.release.T)


@dataclass(frozen=True)
class Link:
    """What the readings expect at one z: `expected` g, the shares p of window and base, dense or sparse."""

    expected: Array
    shares: tuple[Rows, Rows]

    @cached_property
    def inside(self) -> Array:
        """The shares of the windows, readings by cells."""
        return _dense(self.shares[0])

    @cached_property
    def outside(self) -> Array:
        """The shares of the bases, readings by cells."""
        return _dense(self.shares[1])

    @cached_property
    def jacobian(self) -> Array:
        """The derivatives of g, readings by cells."""
        return self.inside - self.outside

    @cached_property
    def rows(self) -> tuple[csr_array, csr_array, csr_array]:
        """The derivatives, the shares of the windows and of the bases, sparse."""
        inside, outside = (csr_array(shares) for shares in self.shares)
        return csr_array(inside - outside), inside, outside

    def slope(self, pull: Array) -> Array:
        """Return the derivatives, turned, times a vector over readings."""
        if isinstance(self.shares[0], csr_array):
            return np.asarray(self.rows[0].T @ pull)
        return np.asarray(self.jacobian.T @ pull)


def _dense(shares: Rows) -> Array:
    """Return shares as an array."""
    return np.asarray(shares.toarray()) if isinstance(shares, csr_array) else shares


def link(core: Core, z: Array) -> Link:
    """Return g(z) and the shares that make its derivatives; z is cut off at 60 to either side."""
    if len(z) >= LONG:
        return _sparse_link(core, z)
    if core.linear:
        return Link(core.weights @ z, (core.weights, core.base))
    rates = np.exp(np.clip(z, -60.0, 60.0))
    inside = core.weights * rates
    total = inside.sum(axis=1)
    inside /= total[:, None]
    expected = np.log(total)
    outside = core.base
    if core.growth.any():
        rows = core.growth
        outside = core.base * rates
        sums = outside[rows].sum(axis=1)
        outside[rows] /= sums[:, None]
        expected[rows] -= np.log(sums)
    return Link(expected, (inside, outside))


def _sparse_link(core: Core, z: Array) -> Link:
    """Return the same of a long series, in which a window is a small part of the cells."""
    windows, bases = core.sparse
    if core.linear:
        return Link(np.asarray(windows @ z), (windows, bases))
    rates = np.exp(np.clip(z, -60.0, 60.0))
    inside, total = _shares(windows, rates)
    outside, against = _shares(bases, rates)
    grown = core.growth
    expected = np.log(total)
    expected[grown] -= np.log(against[grown])
    return Link(expected, (inside, outside))


def _shares(weights: csr_array, rates: Array) -> tuple[csr_array, Array]:
    """Return each row of weights times rates over its sum, and the sums."""
    parts = weights.data * rates[weights.indices]
    places = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    sums: Array = np.bincount(places, parts, minlength=weights.shape[0]).astype(float)
    shape = weights.shape
    return csr_array((parts / sums[places], weights.indices, weights.indptr), shape=shape), sums


def pull_of(core: Core, noise: Noise, at: Link) -> tuple[float, Array, Array]:
    """Return the data's part of the objective, d(log likelihood)/dg, and the bounds' curvature."""
    two = core.side == 0
    apart = np.where(two, core.y - at.expected, 0.0)
    pull = noise.solve(apart)
    value = 0.5 * float(apart @ pull)
    curvature = np.zeros_like(pull)
    if not two.all():
        place = core.side * (at.expected - core.y) / BOUND_SD
        log_phi = log_ndtr(place)
        hazard = np.exp(-(place**2) / 2 - log_phi) / np.sqrt(2 * np.pi)
        pull = np.where(two, pull, core.side * hazard / BOUND_SD)
        curvature = np.where(two, 0.0, hazard * (place + hazard) / BOUND_SD**2)
        value -= float(log_phi[~two].sum())
    return value, pull, curvature


def hessian_of(core: Core, noise: Noise, at: Link, pull: Array, bound: Array, full: bool) -> Array:
    """Return the data's part of the Hessian; without `full` the Gauss-Newton part, never indefinite."""
    jacobian = at.jacobian
    diagonal = noise.inverse + bound
    if not full or core.linear:
        found = jacobian.T @ (diagonal[:, None] * jacobian)
    elif core.growth.any():
        grown = core.growth
        own = diagonal + np.where(grown, 0.0, pull)
        stacked = np.concatenate([jacobian, at.inside[grown], at.outside[grown]])
        weight = np.concatenate([own, pull[grown], -pull[grown]])
        found = stacked.T @ (weight[:, None] * stacked)
    else:
        found = jacobian.T @ ((diagonal + pull)[:, None] * jacobian)
    if noise.low.shape[1]:
        across = noise.low.T @ jacobian
        found = found - across.T @ across
    if full and not core.linear:
        np.einsum("ii->i", found)[:] -= pull @ jacobian
    return np.asarray(found)
