"""Linear algebra of stacked regressions: y (F, n), X (F, n, p), one fit a layer; the padding's rows are zero."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InputError

Array = NDArray[np.float64]


def sandwich(
    scores: Array, inverse: Array, count: Array, p: int, lags: int | None, correction: bool
) -> Array:
    """Return Newey and West's covariance from the scores (F, n, p) and the bread (F, p, p)."""
    reach = np.floor(4 * (count / 100) ** (2 / 9)) if lags is None else np.full(len(count), float(lags))
    turned = np.swapaxes(scores, 1, 2)
    inner = turned @ scores
    for lag in range(1, min(int(reach.max()), scores.shape[1] - 1) + 1):
        weight = np.maximum(0.0, 1 - lag / (reach + 1))[:, None, None]
        shifted = turned[:, :, lag:] @ scores[:, :-lag]
        inner += weight * (shifted + np.swapaxes(shifted, 1, 2))
    factor = count / (count - p) if correction else np.ones(len(count))
    result: Array = factor[:, None, None] * (inverse @ inner @ inverse)
    return result


def conditioned(design: Array, kept: Array) -> tuple[Array, Array]:
    """Return columns of unit length, centred where there is an intercept, and what leads back to X's coefficients.

    Years near 2000 beside an intercept would otherwise cost half of the digits of the normal equations.
    """
    f, _, p = design.shape
    summing = kept[
        :, None
    ]  # a matrix product sums over the middle axis several times faster than sum(1) does
    means = np.zeros((f, 1, p))
    if np.array_equal(design[..., 0], kept):
        means = (summing @ design) / kept.sum(1)[:, None, None]
        means[..., 0] = 0.0
    centred = design - means
    if not kept.all():
        centred *= kept[..., None]
    length = np.sqrt((summing @ np.square(centred))[:, 0])
    length = np.where(length > 0, length, 1.0)
    means = means[:, 0]
    back = np.zeros((f, p, p))
    back[:, np.arange(p), np.arange(p)] = 1 / length
    back[:, 0] -= means / length
    centred /= length[:, None]
    return centred, back


def product(design: Array, gamma: Array) -> Array:
    """Return X gamma (F, n)."""
    result: Array = (design @ gamma[..., None])[..., 0]
    return result


def inverse_of(matrices: Array, *, careful: bool = True) -> Array:
    """Return the inverses, NaN for a matrix that is singular to working precision.

    `careful=False` looks for singular matrices only where an inverse fails outright.
    """
    if not careful:
        try:
            quick: Array = np.linalg.inv(matrices).astype(float, copy=False)
            return quick
        except np.linalg.LinAlgError:
            pass
    safe = np.where(np.isfinite(matrices), matrices, 0.0)
    # columns have unit length: the determinant of a correlation-like matrix tells dependence
    lengths = np.sqrt(np.maximum(np.diagonal(safe, axis1=1, axis2=2), np.finfo(float).tiny))
    determinant = np.linalg.det(safe / (lengths[:, :, None] * lengths[:, None]))
    bad = ~(np.abs(determinant) > 1e-14)
    if not bad.any():
        return np.linalg.inv(safe)
    safe[bad] = np.eye(matrices.shape[1])
    inverse = np.linalg.inv(safe)
    inverse[bad] = np.nan
    return inverse


def checked_batch(y: ArrayLike, X: ArrayLike, weights: ArrayLike | None) -> tuple[Array, Array, Array]:  # noqa: N803
    """Return y, X and weights with the padding at zero. Raises InputError where they do not fit together."""
    response, design = np.asarray(y, dtype=float), np.asarray(X, dtype=float)
    if response.ndim != 2 or design.ndim != 3 or design.shape[:2] != response.shape:
        raise InputError("A batch needs y of shape (fits, periods) and X of shape (fits, periods, columns).")
    kept = np.ones_like(response) if weights is None else np.asarray(weights, dtype=float)
    if kept.shape != response.shape or not np.all((kept == 0) | (kept == 1)):
        raise InputError("Weights must be 0 or 1, of the shape of y.")
    if np.any((np.diff(kept, axis=1, prepend=0) > 0).sum(1) != 1):
        raise InputError("The periods of a fit must be one unbroken run; put the kept ones side by side.")
    if np.any(kept.sum(1) < design.shape[2] + 2):
        raise InputError(f"A fit has fewer than {design.shape[2] + 2} periods for {design.shape[2]} columns.")
    if not kept.all():
        inside = kept > 0
        response, design = np.where(inside, response, 0.0), np.where(inside[..., None], design, 0.0)
    if not (np.all(np.isfinite(response)) and np.all(np.isfinite(design))):
        raise InputError("A value of y or X that counts is missing or infinite.")
    return response, design, kept


def solve(design: Array, response: Array) -> tuple[Array, Array]:
    """Return the least squares coefficients (F, p) and (X'X)^-1."""
    transposed = np.swapaxes(design, 1, 2)
    inverse = inverse_of(transposed @ design)
    return (inverse @ (transposed @ response[..., None]))[..., 0], inverse
