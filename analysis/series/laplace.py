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

from dataclasses import dataclass, fields
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
# Cells from which windows are told sparsely, and the prior as a band (see `banded`); full matrices are
# faster for fewer, and exact: a band lost four digits of weights where totals of many exact years are long windows.
LONG = 400
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

    def __getstate__(self) -> dict[str, object]:
        """Leave out what can be told again."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @cached_property
    def sparse(self) -> tuple[csr_array, csr_array]:
        """The weights and bases, sparse."""
        return csr_array(self.weights), csr_array(self.base)

    @cached_property
    def two(self) -> NDArray[np.bool_]:
        """Which readings have two sides."""
        return np.asarray(self.side == 0)

    @cached_property
    def bounded(self) -> bool:
        """Whether any reading is a bound only."""
        return not self.two.all()

    @cached_property
    def grows(self) -> bool:
        """Whether any reading is a growth rate."""
        return bool(self.growth.any())

    @cached_property
    def noises(self) -> dict[float, Noise]:
        """The noises that were told (see `noise_of`), by tau."""
        return {}

    @cached_property
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
    if tau not in core.noises:
        core.noises[tau] = _noise(core, tau)
    return core.noises[tau]


def _noise(core: Core, tau: float) -> Noise:
    """Tell the noise."""
    two = core.two
    diagonal = core.variance + tau**2 * core.own
    inverse = np.where(two, 1 / diagonal, 0.0)
    weight = core.release.T @ inverse
    common = tau**2 * (1 - OWN)
    low = inverse[:, None] * core.release * np.sqrt(common / (1 + common * weight))
    low = low[:, low.any(axis=0)]
    determinant = float(np.log(diagonal[two]).sum() + np.log1p(common * weight).sum())
    return Noise(inverse, csr_array(low) if low.size > SPARSE else low, determinant)


def covariance_of(core: Core, tau: float) -> Array:
    """Return R itself, n by n: rounding and own error on the diagonal, the common error within releases."""
    own = np.diag(core.variance + tau**2 * core.own)
    return np.asarray(own + tau**2 * (1 - OWN) * core.release @ core.release.T)


@dataclass(frozen=True)
class Link:
    """What the readings expect at one z: `expected` g, the shares p of window and base, dense or sparse.

    There are no shares of bases where no reading is a growth rate.
    """

    expected: Array
    shares: tuple[Rows, Rows | None]

    @cached_property
    def inside(self) -> Array:
        """The shares of the windows, readings by cells."""
        return _dense(self.shares[0])

    @cached_property
    def outside(self) -> Array:
        """The shares of the bases, readings by cells."""
        return np.zeros(self.shares[0].shape) if self.shares[1] is None else _dense(self.shares[1])

    @cached_property
    def jacobian(self) -> Array:
        """The derivatives of g, readings by cells."""
        return self.inside if self.shares[1] is None else self.inside - self.outside

    @cached_property
    def rows(self) -> tuple[csr_array, csr_array, csr_array]:
        """The derivatives, the shares of the windows and of the bases, sparse."""
        inside = csr_array(self.shares[0])
        outside = csr_array(inside.shape) if self.shares[1] is None else csr_array(self.shares[1])
        return csr_array(inside - outside), inside, outside

    @cached_property
    def _derivatives(self) -> Rows:
        """The derivatives of g as they are stored."""
        return self.rows[0] if isinstance(self.shares[0], csr_array) else self.jacobian

    def slope(self, pull: Array) -> Array:
        """Return the derivatives, turned, times a vector over readings."""
        return np.asarray(self._derivatives.T @ pull)

    def change(self, step: Array) -> Array:
        """Return the derivatives times a step of the cells."""
        return np.asarray(self._derivatives @ step)


def _dense(shares: Rows) -> Array:
    """Return shares as an array."""
    return np.asarray(shares.toarray()) if isinstance(shares, csr_array) else shares


def link(core: Core, z: Array) -> Link:
    """Return g(z) and the shares that make its derivatives; z is cut off at 60 to either side."""
    if len(z) >= LONG:
        return _sparse_link(core, z)
    if core.linear:
        return Link(core.weights @ z, (core.weights, None))
    rates = _rates(z)
    inside = core.weights * rates
    total = core.weights @ rates
    inside /= total[:, None]
    expected = np.log(total)
    if not core.grows:
        return Link(expected, (inside, None))
    rows, outside = core.growth, core.base * rates
    sums = outside[rows].sum(axis=1)
    outside[rows] /= sums[:, None]
    expected[rows] -= np.log(sums)
    return Link(expected, (inside, outside))


def _rates(z: Array) -> Array:
    """Return the rates of log rates."""
    return np.exp(np.minimum(np.maximum(z, -60.0), 60.0))  # `clip` takes several times as long for so few


def _sparse_link(core: Core, z: Array) -> Link:
    """Return the same of a long series, in which a window is a small part of the cells."""
    windows, bases = core.sparse
    if core.linear:
        return Link(np.asarray(windows @ z), (windows, None))
    rates = _rates(z)
    inside, total = _shares(windows, rates)
    if not core.grows:
        return Link(np.log(total), (inside, None))
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
    if not core.bounded:
        apart = core.y - at.expected
        pull = noise.solve(apart)
        return 0.5 * float(apart @ pull), pull, np.zeros(len(pull))
    two = core.two
    apart = np.where(two, core.y - at.expected, 0.0)
    pull = noise.solve(apart)
    place = core.side * (at.expected - core.y) / BOUND_SD
    log_phi = log_ndtr(place)
    hazard = np.exp(-(place**2) / 2 - log_phi) / np.sqrt(2 * np.pi)
    value = 0.5 * float(apart @ pull) - float(log_phi[~two].sum())
    pull = np.where(two, pull, core.side * hazard / BOUND_SD)
    return value, pull, np.where(two, 0.0, hazard * (place + hazard) / BOUND_SD**2)


def squares_of(
    core: Core, noise: Noise, at: Link, pull: Array, bound: Array, full: bool
) -> tuple[Array, Array, Array | None]:
    """Return rows, their weights and a diagonal: the data's part of the Hessian is row' row, weighted, and that.

    Without `full` it is the Gauss-Newton part, never indefinite.
    """
    rows, weights, diagonal = at.jacobian, noise.inverse + bound, None
    if full and not core.linear:
        diagonal = -at.slope(pull)
        if core.grows:
            grown = core.growth
            rows = np.concatenate([rows, at.inside[grown], at.outside[grown]])
            weights = np.concatenate([weights + np.where(grown, 0.0, pull), pull[grown], -pull[grown]])
        else:
            weights = weights + pull
    if noise.low.shape[1]:
        rows = np.concatenate([rows, noise.low.T @ at.jacobian])
        weights = np.concatenate([weights, np.full(noise.low.shape[1], -1.0)])
    return rows, weights, diagonal


def hessian_of(core: Core, noise: Noise, at: Link, pull: Array, bound: Array, full: bool) -> Array:
    """Return the data's part of the Hessian as a matrix (see `squares_of`)."""
    rows, weights, diagonal = squares_of(core, noise, at, pull, bound, full)
    found = rows.T @ (weights[:, None] * rows)
    return np.asarray(found if diagonal is None else found + np.diag(diagonal))
