"""Newton's way to the maximum of an interval regression, and what tells that there is none.

The columns of X are made orthonormal by a pivoted QR, y is replaced by what is left of a first least-squares fit in
units of its spread, and Newton runs in Olsen's concave parameters (see `censored_rows`), halving a step that does
not climb. Where the maximum lies at infinity (a group censored on one side only, a plane that passes through every
interval) the information in some direction has died out when Newton stops.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from analysis.errors import InputError
from analysis.models.censored_rows import Derivatives, Error, Rows

Array = NDArray[np.float64]

STEPS = 200
DECREMENT = 1e-10  # twice the log-likelihood still to be won
DEAD = 1e-7  # information per row, in units of an exact row's, below which a direction has no maximum
COLLINEAR = 1e-9


@dataclass(frozen=True)
class Maximum:
    """The maximum: `beta` (p), `scale`, `loglik` of log T, `covariance` of (beta, log scale), `influence` (n, p + 1).

    `influence` holds what each row adds to (beta, log scale) at the maximum: its score times the covariance.

    `scores` (n, p + 1) are the rows' scores in coordinates in which the information of all rows is the identity, `root`
    (p + 1, p + 1) leads from these to (beta, log scale), and `information(rows)` is what some rows add to the identity.
    """

    beta: Array
    scale: float
    loglik: float
    covariance: Array
    influence: Array
    scores: Array
    root: Array
    information: Callable[[NDArray[np.intp]], Array]


@dataclass(frozen=True)
class Whitened:
    """X as X = basis / sqrt(n) times a triangle: `basis` (n, p) of length sqrt(n) a column, `back` (p, p) to beta."""

    basis: Array
    back: Array

    def fitted(self, y: Array) -> tuple[Array, Array]:
        """Return the least-squares coefficients and fitted values of y."""
        u = self.basis.T @ y / len(y)
        return self.back @ u, self.basis @ u


def whitened(design: Array, terms: list[str]) -> Whitened:
    """Return an orthogonal basis of the columns. Raises InputError naming a term that the others make."""
    with np.errstate(over="ignore"):
        size = np.sqrt((design**2).mean(0))
    if not np.isfinite(size).all():
        raise InputError(
            f"X: {terms[int(np.argmax(size))]!r} holds numbers too large to square; give it in another unit."
        )
    if not size.all():
        raise InputError(f"X: {terms[int(np.argmin(size))]!r} is zero in every row; leave it out.")
    q, r, order = linalg.qr(design / size, mode="economic", pivoting=True, check_finite=False)
    diagonal = np.abs(np.diag(r))
    short = np.flatnonzero(diagonal < COLLINEAR * diagonal[0])
    if len(short):
        raise InputError(
            f"X: {terms[int(order[short[0]])]!r} is a sum of other terms (perfect collinearity); leave one of them out."
        )
    root = np.sqrt(len(design))
    back = np.empty_like(r)
    back[order] = linalg.solve_triangular(r, np.eye(len(r))) * root
    return Whitened(q * root, back / size[:, None])


def maximise(rows: Rows, design: Array, error: Error, terms: list[str]) -> Maximum:
    """Return the maximum-likelihood fit of rows on a design (n, p).

    Raises
    ------
    InputError
        If columns are collinear, the design meets every exact value, or the likelihood has no maximum.
    """
    white = whitened(design, terms)
    beta, centre, spread = _start(rows, white)
    moved = rows.shifted(centre, spread)
    point, at = _climb(moved, white.basis, error)
    information = -_hessian(at, white.basis)
    _check_maximum(information, point, white, terms)
    half = linalg.cholesky(information, lower=True)
    u, theta = point[:-1], point[-1]
    scale = spread / theta
    jacobian = np.zeros((len(point), len(point)))
    jacobian[:-1, :-1] = scale * white.back
    jacobian[:-1, -1] = -(scale / theta) * (white.back @ u)
    jacobian[-1, -1] = -1 / theta
    scores = np.column_stack([white.basis * at.m[:, None], at.theta])
    scores = linalg.solve_triangular(half, scores.T, lower=True).T
    root = linalg.solve_triangular(half, jacobian.T, lower=True).T

    def standard(chosen: NDArray[np.intp]) -> Array:
        part = -_hessian(at.of(chosen), white.basis[chosen])
        turned = linalg.solve_triangular(half, part, lower=True)
        return np.asarray(linalg.solve_triangular(half, turned.T, lower=True))

    return Maximum(
        beta + scale * (white.back @ u),
        float(scale),
        float(at.value.sum() - len(rows.exact) * np.log(spread)),
        root @ root.T,
        scores @ root.T,
        scores,
        root,
        standard,
    )


def _start(rows: Rows, white: Whitened) -> tuple[Array, Array, float]:
    """Return least squares on midpoints and single ends: coefficients, fitted values, spread of what is left."""
    low = np.where(np.isfinite(rows.low), rows.low, rows.high)
    middle = (low + np.where(np.isfinite(rows.high), rows.high, rows.low)) / 2
    beta, centre = white.fitted(middle)
    spread = float(np.sqrt(((middle - centre) ** 2).mean()))
    if spread > 1e-10 * max(1.0, float(np.abs(middle).max())):
        return beta, centre, spread
    if len(rows.exact) == len(middle):
        raise InputError(
            "X explains every value to the last digit, so the scale is zero; use fewer columns or more rows."
        )
    return beta, centre, 1.0


def _climb(rows: Rows, basis: Array, error: Error) -> tuple[Array, Derivatives]:
    """Return the maximum in (u, theta) and the derivatives there."""
    point = np.append(np.zeros(basis.shape[1]), 1.0)
    at = rows.derivatives(basis @ point[:-1], 1.0, error)
    for _ in range(STEPS):
        gradient = np.append(basis.T @ at.m, at.theta.sum())
        step = _solved(-_hessian(at, basis), gradient)
        if point[-1] + step[-1] <= 0:  # the spread has to stay above zero
            step *= 0.9 * point[-1] / -step[-1]
        won = float(gradient @ step)
        point, at = _forward(rows, basis, error, point, step, at)
        if won < DECREMENT or not 1e-9 < point[-1] < 1e9:
            break
    return point, at


def _forward(
    rows: Rows, basis: Array, error: Error, point: Array, step: Array, at: Derivatives
) -> tuple[Array, Derivatives]:
    """Return the first of 1, 1/2, 1/4, ... of a step at which the log-likelihood has not fallen."""
    value = float(at.value.sum())
    floor = value - 1e-11 * (1 + abs(value))
    for halvings in range(50):
        tried = point + step / 2**halvings
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            there = rows.derivatives(basis @ tried[:-1], float(tried[-1]), error)
        if float(there.value.sum()) >= floor:
            return tried, there
    return point, at


def _hessian(at: Derivatives, basis: Array) -> Array:
    p = basis.shape[1]
    found = np.empty((p + 1, p + 1))
    found[:p, :p] = basis.T @ (basis * at.mm[:, None])
    found[:p, p] = found[p, :p] = basis.T @ at.m_theta
    found[p, p] = at.theta_theta.sum()
    return found


def _solved(information: Array, gradient: Array) -> Array:
    """Return the Newton step; with a little added to the diagonal where the information is singular."""
    size = float(np.trace(information))
    for ridge in (0.0, 1e-12, 1e-9, 1e-6):
        try:
            factor = linalg.cho_factor(information + ridge * size * np.eye(len(gradient)))
        except (linalg.LinAlgError, ValueError):
            continue
        return np.asarray(linalg.cho_solve(factor, gradient))
    return gradient / max(size, 1e-300)


def _check_maximum(information: Array, point: Array, white: Whitened, terms: list[str]) -> None:
    """Raise InputError where some direction holds no information: the maximum lies at infinity."""
    theta = point[-1]
    if not np.all(np.isfinite(information)) or not 1e-6 < theta < 1e6:
        raise InputError(_no_scale(theta > 1))
    eigenvalues, vectors = linalg.eigh(information / len(white.basis))
    dead = eigenvalues < DEAD * min(1.0, 1 / theta**2)
    if not dead.any():
        return
    if dead.all() or abs(vectors[-1, 0]) > 0.9:
        raise InputError(_no_scale(theta > 1))
    moved = np.abs(white.back @ vectors[:-1, 0]) / np.sqrt((white.back**2).sum(1))
    worst = terms[int(np.argmax(moved))]
    raise InputError(
        f"The likelihood has no maximum: {worst!r} separates rows that are censored on one side only, so its "
        "coefficient runs to infinity; leave it out, merge its group with another, or give narrower intervals."
    )


def _no_scale(narrow: bool) -> str:
    if narrow:
        return (
            "The likelihood has no maximum: X leads through every interval, so the scale runs to zero; give more "
            "rows, narrower intervals or fewer columns."
        )
    return (
        "The likelihood has no maximum: the ends of the intervals do not tell how far values spread; give rows with "
        "an exact value or with both ends."
    )
