"""Newton's method to the mode of the log rates (see `laplace`), and the Laplace marginal likelihood there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular
from scipy.linalg.lapack import dpotrf, dpotrs  # the plain calls: checks of small matrices cost as much
from scipy.sparse import csr_array, vstack

from analysis.errors import InputError
from analysis.series.banded import BandedFactor, BandedPrior, IndefiniteError, data_hessian
from analysis.series.laplace import Core, Link, Noise, hessian_of, link, noise_of, pull_of

Array = NDArray[np.float64]
# The search ends where Newton's steps gain nothing but rounding. A gain of 1e-5 would do for the mode, but where the
# curvature is nearly flat its determinant moves with the last digits of the mode, by 1 on the log scale: a grid point
# then weighed three times as much on one processor as on another.
STEPS, NEAR, NOTHING = 300, 1e-12, 1e-20
CHORDS = 6  # steps with one factor, at most


@dataclass(frozen=True)
class Mode:
    """The mode `z` (cells), the Cholesky factor of the Hessian there (lower), and the log marginal likelihood."""

    z: Array
    factor: Array | BandedFactor
    log_marginal: float

    def variances(self, rows: Array) -> Array:
        """Return the variance of rows (k by cells) times z; k."""
        if isinstance(self.factor, BandedFactor):
            return self.factor.variances(rows)
        half = solve_triangular(self.factor, rows.T, lower=True, check_finite=False)
        return np.asarray((half**2).sum(axis=0))


def find_mode(
    core: Core, prior: Array | BandedPrior, prior_log_determinant: float, tau: float, start: Array
) -> Mode:
    """Return the mode and the Laplace marginal likelihood under a prior precision and a reporting error.

    Raises
    ------
    InputError
        If Newton's method does not settle.
    """
    noise = noise_of(core, tau)
    z = start
    at = link(core, z)
    data, pull, bound = pull_of(core, noise, at)
    ahead = _times(prior, z)
    value = data + 0.5 * float(z @ ahead)
    before = np.inf
    for _ in range(STEPS):
        factor = _factor(prior, core, noise, at, pull, bound)
        gradient = ahead - at.slope(pull)
        step = _solve(factor, gradient)
        gain = float(gradient @ step)
        if gain < NOTHING or before / 4 < gain < NEAR:
            log_half = (
                factor.log_determinant / 2
                if isinstance(factor, BandedFactor)
                else float(np.log(np.diag(factor)).sum())
            )
            value -= 0.5 * gain
            log_marginal = -value - 0.5 * noise.log_determinant + 0.5 * prior_log_determinant - log_half
            return Mode(z - step, factor, log_marginal)
        before = gain
        z, at, (data, pull, bound), ahead, value = _descend(
            core, noise, prior, z, at, step, gain, value, factor
        )
    raise InputError(
        "The readings cannot be fitted together: the search for the mode did not settle; leave out the "
        "reading with the largest residual and try again."
    )


def _parts(
    core: Core, noise: Noise, at: Link, pull: Array, bound: Array, full: bool = True
) -> tuple[csr_array, Array, Array, csr_array]:
    """Return the data's part of the Hessian as rows, their weights, a diagonal, and the rows to subtract.

    Without `full` it is the Gauss-Newton part, as in `hessian_of`.
    """
    jacobian, inside, outside = at.rows
    own = noise.inverse + bound
    low = csr_array(csr_array(noise.low).T @ jacobian)
    if core.linear or not full:
        return jacobian, own, np.zeros(jacobian.shape[1]), low
    grown = core.growth
    weights = np.concatenate([own + np.where(grown, 0.0, pull), pull[grown], -pull[grown]])
    rows = vstack([jacobian, inside[grown], outside[grown]], format="csr") if grown.any() else jacobian
    return rows, weights, -at.slope(pull), low


def _factor(
    prior: Array | BandedPrior, core: Core, noise: Noise, at: Link, pull: Array, bound: Array
) -> Array | BandedFactor:
    """Return the lower Cholesky factor of the full Hessian, or of Gauss-Newton's where that is indefinite."""
    if isinstance(prior, BandedPrior):
        try:
            return _banded(prior, core, noise, at, pull, bound)
        except np.linalg.LinAlgError:
            prior = prior.dense()
    for full in (True, False):
        factor, fault = dpotrf(prior + hessian_of(core, noise, at, pull, bound, full), lower=1)
        if not fault:
            return np.asarray(factor)
    raise InputError(
        "The readings cannot be fitted together: no curvature at the mode; leave out the reading with the "
        "largest residual and try again."
    )


def _banded(
    prior: BandedPrior, core: Core, noise: Noise, at: Link, pull: Array, bound: Array
) -> BandedFactor:
    """Return the factor of the full Hessian, or of Gauss-Newton's where that is indefinite, in a band.

    Raises LinAlgError where the band alone cannot be factored.
    """
    try:
        return BandedFactor(prior, data_hessian(*_parts(core, noise, at, pull, bound)))
    except IndefiniteError:
        return BandedFactor(prior, data_hessian(*_parts(core, noise, at, pull, bound, full=False)))


def _times(prior: Array | BandedPrior, z: Array) -> Array:
    """Return a prior precision times z."""
    return prior.times(z) if isinstance(prior, BandedPrior) else np.asarray(prior @ z)


def _solve(factor: Array | BandedFactor, columns: Array) -> Array:
    """Return the inverse of the factored Hessian times columns."""
    if isinstance(factor, BandedFactor):
        return factor.solve(columns)
    return np.asarray(dpotrs(factor, columns, lower=1)[0])


Place = tuple[Array, Link, tuple[float, Array, Array], Array, float]


def _to_the_floor(
    core: Core,
    noise: Noise,
    prior: Array | BandedPrior,
    place: Place,
    enough: float,
    factor: Array | BandedFactor,
    first: Link,
) -> Place | None:
    """Return where some more steps with one factor and its Jacobian lead, where the objective is low enough, or None.

    The Jacobian is that of `first`.
    A newer Jacobian would not fit the factor: across a reading that is all but exact the step would be without bounds.
    """
    z, at, data, ahead, value = place
    for _ in range(CHORDS):
        z = z - _solve(factor, ahead - first.slope(data[1]))
        at = link(core, z)
        before, data, ahead = value, pull_of(core, noise, at), _times(prior, z)
        value = data[0] + 0.5 * float(z @ ahead)
        if value <= enough:
            return z, at, data, ahead, value
        if not value < before:
            return None
    return None


def _descend(
    core: Core,
    noise: Noise,
    prior: Array | BandedPrior,
    z: Array,
    before: Link,
    step: Array,
    gain: float,
    value: float,
    factor: Array | BandedFactor,
) -> tuple[Array, Link, tuple[float, Array, Array], Array, float]:
    """Return the next point along a Newton step, shortened until the objective falls.

    Exact totals make a bent valley, from whose floor a straight step departs. So where the whole step does not fall,
    more from its end with the same factor are tried first: they lead back to the floor.
    """
    size = min(1.0, 4.0 / float(np.abs(step).max()))
    for _ in range(40):
        new = z - size * step
        at = link(core, new)
        data = pull_of(core, noise, at)
        ahead = _times(prior, new)
        found = data[0] + 0.5 * float(new @ ahead)
        if found <= value - 1e-4 * size * gain or size * gain < 1e-9:
            break
        if size == 1.0:
            there = _to_the_floor(
                core, noise, prior, (new, at, data, ahead, found), value - 1e-4 * gain, factor, before
            )
            if there is not None:
                return there
        size /= 2
    return new, at, data, ahead, found
