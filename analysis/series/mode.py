"""Newton's method to the mode of the log rates (see `laplace`), and the Laplace marginal likelihood there.

A reading that is all but exact makes a bent valley: what a straight step departs from its floor, times the precision of
the reading, is no pull. So the pull u = R^-1 (y - g) is a variable of its own, and a step solves both equations,
Q z = J'u and R u = y - g(z), linearised (Nocedal, Wright 2006, Numerical Optimization, chapter 18,
doi 10.1007/978-0-387-40065-5). Where that does not settle, steps that let the objective fall do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import dgemm
from scipy.linalg.lapack import dpotrf, dpotrs, dtrtrs  # plain calls: checks of small matrices cost as much
from scipy.sparse import csr_array, vstack

from analysis.errors import InputError
from analysis.series.banded import BandedFactor, BandedPrior, IndefiniteError, data_hessian
from analysis.series.laplace import Core, Link, Noise, link, noise_of, pull_of, squares_of

Array = NDArray[np.float64]
# The search ends where Newton's steps gain nothing but rounding. A gain of 1e-5 would do for the mode, but where the
# curvature is nearly flat its determinant moves with the last digits of the mode, by 1 on the log scale: a grid point
# then weighed three times as much on one processor as on another.
STEPS, NEAR, NOTHING = 300, 1e-12, 1e-20
ROUNDS = 30  # steps on both equations, at most
LONGEST = 4.0  # of a cell's log rate in one step
CHORDS = 6  # steps with one factor, at most
CLOSE = 1e-2  # gain from which one factor serves several steps
SURE = 1.0  # of the gain that a step promises, by which it may do better than that


class FarBelowError(Exception):
    """The log marginal likelihood is far below what was asked for."""


@dataclass(frozen=True)
class Mode:
    """The mode `z` (cells), the Cholesky factor of the Hessian there (lower), and the log marginal likelihood.

    `pull` is what the readings pull with there.
    """

    z: Array
    factor: Array | BandedFactor
    log_marginal: float
    pull: Array

    def variances(self, rows: Array) -> Array:
        """Return the variance of rows (k by cells) times z; k."""
        if isinstance(self.factor, BandedFactor):
            return self.factor.variances(rows)
        half = dtrtrs(self.factor, rows.T, lower=1)[0]
        return np.asarray(np.einsum("ij,ij->j", half, half))


def find_mode(
    core: Core,
    prior: Array | BandedPrior,
    prior_log_determinant: float,
    tau: float,
    start: Array,
    pull: Array | None = None,
    least: float = -np.inf,
) -> Mode:
    """Return the mode and the Laplace marginal likelihood under a prior precision and a reporting error.

    `pull` is what the readings are thought to pull with near the start (see `Mode`).

    Raises
    ------
    InputError
        If Newton's method does not settle.
    FarBelowError
        If the log marginal likelihood is clearly less than `least`, units below it: the search ends there.
    """
    noise = noise_of(core, tau)
    constant = 0.5 * (prior_log_determinant - noise.log_determinant)
    try:
        found = _on_both(core, noise, prior, start, pull, constant - least)
    except InputError:
        found = None
    value, factor, z, pull = found or _downhill(core, noise, prior, start)
    return Mode(z, factor, constant - value - _log_half(factor), pull)


def _log_half(factor: Array | BandedFactor) -> float:
    """Return half the log determinant of what is factored."""
    if isinstance(factor, BandedFactor):
        return factor.log_determinant / 2
    return float(np.log(factor.diagonal()).sum())


Found = tuple[float, Array | BandedFactor, Array, Array]  # objective, factor, mode, pull


def _at_rest(gain: float, before: float) -> bool:
    """Tell whether a Newton step gains nothing, or no less than the one before for rounding."""
    return gain < NOTHING or before / 4 < gain < NEAR


def _on_both(
    core: Core, noise: Noise, prior: Array | BandedPrior, start: Array, known: Array | None, most: float
) -> Found | None:
    """Return the mode by steps on z and on the pull together, or None where they do not settle.

    `most` is what the objective and half the log determinant may be together.
    """
    z, at = start, link(core, start)
    data, pull, bound = pull_of(core, noise, at)
    u = pull if known is None else np.where(core.two, known, pull)
    before = np.inf
    for _ in range(ROUNDS):
        factor, first = _factor(prior, core, noise, at, u, bound), at
        ahead = _times(prior, z)
        gradient = ahead - at.slope(pull)
        step = _solve(factor, gradient)
        gain = last = float(gradient @ step)
        if not 0 <= gain < np.inf:
            return None
        value = data + 0.5 * float(z @ ahead) - 0.5 * gain
        if _at_rest(gain, before):
            return value, factor, z - step, _moved(core, noise, at, at, u, step, 1.0)
        if value + _log_half(factor) - SURE * gain > most:
            raise FarBelowError
        before = gain
        for chord in range(CHORDS):
            size = min(1.0, LONGEST / float(np.abs(step).max()))
            u = _moved(core, noise, at, first, u, step, size)
            z = z - size * step
            at = link(core, z)
            data, pull, bound = pull_of(core, noise, at)
            if core.bounded:
                u = np.where(core.two, u, pull)
            if last < NOTHING or last > CLOSE or chord == CHORDS - 1:
                break
            gradient = _times(prior, z) - at.slope(u) - first.slope(pull - u)
            step = _solve(factor, gradient)
            gained = float(gradient @ step)
            if not gained < last / 10:
                break
            last = gained
    return None


def _moved(core: Core, noise: Noise, at: Link, first: Link, u: Array, step: Array, size: float) -> Array:
    """Return the pull after part of a step, which was told with the derivatives of `first`."""
    apart = core.y - at.expected + first.change(step)
    new = noise.solve(np.where(core.two, apart, 0.0) if core.bounded else apart)
    return new if size == 1.0 else u + size * (new - u)


def _downhill(core: Core, noise: Noise, prior: Array | BandedPrior, start: Array) -> Found:
    """Return the mode by Newton steps that let the objective fall."""
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
        if _at_rest(gain, before):
            return value - 0.5 * gain, factor, z - step, pull
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
        rows, weights, diagonal = squares_of(core, noise, at, pull, bound, full)
        # as Fortran stores it, so that nothing is copied but the prior (symmetric)
        hessian = np.array(prior.T, order="F")
        hessian = dgemm(1.0, rows.T, (weights[:, None] * rows).T, 1.0, hessian, trans_b=1, overwrite_c=1)
        if diagonal is not None:
            np.einsum("ii->i", hessian)[:] += diagonal
        factor, fault = dpotrf(hessian, lower=1, overwrite_a=1)
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
    size = min(1.0, LONGEST / float(np.abs(step).max()))
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
