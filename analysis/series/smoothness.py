"""The prior of the log daily rates: a random walk plus white noise, and a yearly pattern where asked for.

z = w + v + s, with w a random walk of order 1 or 2 (sd `sigma` a month), v white noise (sd `omega` a month), s
twelve month effects that sum to zero (sd `season`). The covariance of w + v has the eigenvectors of the walk's
difference penalty, so its precision costs one product of matrices; the pattern enters by Woodbury's identity.
The level itself is all but free: its prior sd is 10 on the log scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from analysis.errors import InputError

Array = NDArray[np.float64]
LEVEL_SD = 10.0


@dataclass(frozen=True)
class Smoothness:
    """One point of the hyperparameters: sds of walk, noise and yearly pattern a month, and of reporting."""

    sigma: float
    omega: float
    tau: float
    season: float = 0.0


@lru_cache(maxsize=64)
def difference_basis(cells: int, order: int) -> tuple[Array, Array]:
    """Return eigenvalues and eigenvectors (columns) of D'D, D the differences of an order, 1 or 2.

    Raises
    ------
    InputError
        If the order is not 1 or 2.
    """
    if order not in (1, 2):
        raise InputError(f"order must be 1 (random walk) or 2 (second differences), not {order!r}.")
    if order == 1:  # the discrete cosine transform, in closed form
        k, place = np.arange(cells), np.arange(cells) + 0.5
        vectors = np.cos(np.pi * np.outer(place, k) / cells) * np.sqrt(2.0 / cells)
        vectors[:, 0] = np.sqrt(1.0 / cells)
        return 2 - 2 * np.cos(np.pi * k / cells), vectors
    differences = np.diff(np.eye(cells), n=min(order, cells - 1), axis=0) if cells > 1 else np.zeros((1, 1))
    values, vectors = np.linalg.eigh(differences.T @ differences)
    values[: min(order, cells)] = 0.0
    return values, vectors


def walk_variance(cells: int, order: int, walk: float) -> Array:
    """Return the eigenvalues of the walk's covariance, `walk` being the variance of a step; the level's come first."""
    cosines = np.cos(np.pi * np.arange(cells) / cells)
    values = 2 - 2 * cosines if order == 1 else difference_basis(cells, order)[0]
    null = values <= 0
    return np.asarray(np.where(null, LEVEL_SD**2 * cells, walk / np.where(null, 1.0, values)))


def month_pattern(months: NDArray[np.int64]) -> Array:
    """Return how cells answer the twelve month effects less their mean; cells by 12."""
    return np.asarray(np.eye(12)[months] - 1.0 / 12)


def _in_basis(values: Array, vectors: Array) -> Array:
    """Return the matrix with these eigenvalues and eigenvectors."""
    return np.asarray((vectors * values) @ vectors.T)


def in_cosines(values: Array) -> Array:
    """Return the matrix with these eigenvalues in the basis of the cosine transform.

    Products of cosines are sums: element i, j is h(i - j) + h(i + j + 1), h the transform of the eigenvalues.
    """
    cells = len(values)
    weights = values / cells
    weights[0] /= 2
    h = np.fft.fft(weights, 2 * cells).real
    around = np.concatenate([h[cells - 1 : 0 : -1], h, h[:1]])  # h(1 - cells) to h(cells + cells)
    apart = sliding_window_view(around[: 2 * cells - 1], cells)[::-1]
    return np.asarray(apart + sliding_window_view(around[cells : 3 * cells - 1], cells))


def precision(
    cells: int, months: NDArray[np.int64], size: float, order: int, smooth: Smoothness
) -> tuple[Array, float]:
    """Return the prior precision of z (cells by cells) and its log determinant.

    `months` is each cell's calendar month (0 to 11), `size` the cell's length in months.
    """
    walk = smooth.sigma**2 * size ** (2 * order - 1)
    variance = walk_variance(cells, order, walk) + smooth.omega**2 / size
    found = (
        in_cosines(1 / variance) if order == 1 else _in_basis(1 / variance, difference_basis(cells, order)[1])
    )
    log_determinant = -float(np.log(variance).sum())
    if smooth.season > 0:
        pattern = month_pattern(months)
        across = found @ pattern
        inner = np.eye(12) / smooth.season**2 + pattern.T @ across
        found = found - across @ np.linalg.solve(inner, across.T)
        # det(Q) = det(Q0) / det(I + season^2 B' Q0 B)
        log_determinant -= float(np.linalg.slogdet(inner * smooth.season**2)[1])
    return found, log_determinant
