"""The core fit of long series: the Hessian as a band, a border and a few columns, exact and linear in the cells.

With z = w + v + F c (walk, white noise, and what `smoothness` and `shift_prior` add: month effects and jumps, each
with one coefficient c of unit variance) the prior precision of (w, z, c) is a band with a border of c, though that of z
alone is full. Windows of up to `WIDEST` cells, and what a release of such has in common, add to the band; longer ones
and the prior of the level are columns for Woodbury's identity. Where there is no noise, (w, c) alone is a band. What
comes out is what the dense algebra gives (Rue, Held 2005, Gaussian Markov Random Fields, doi 10.1201/9780203492024).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dct, idct
from scipy.linalg import LinAlgError
from scipy.linalg.lapack import dpbtrf, dpbtrs, dpotrf, dpotrs  # plain calls, as in `mode`
from scipy.sparse import csr_array, vstack

from analysis.series.smoothness import LEVEL_SD, Smoothness, in_cosines, walk_variance

Array = NDArray[np.float64]
WIDEST = 40  # cells of a window that enters the band
SMALL = 1e-14  # of the largest: weights of columns that are nothing


@dataclass(frozen=True)
class BandedPrior:
    """A prior of order 1 on `cells` cells: `walk` and `noise` variance a cell, `extra` F (cells by coefficients)."""

    cells: int
    walk: float
    noise: float
    extra: Array

    @classmethod
    def of(cls, cells: int, size: float, smooth: Smoothness, extra: Array) -> BandedPrior:
        """Return the prior of a smoothness; `size` is the length of a cell in months."""
        return cls(cells, smooth.sigma**2 * size, smooth.omega**2 / size, extra)

    @cached_property
    def _variances(self) -> Array:
        """The eigenvalues of the covariance of w + v, in the basis of the cosine transform."""
        return np.asarray(walk_variance(self.cells, 1, self.walk) + self.noise)

    @cached_property
    def _across(self) -> Array:
        """The precision of w + v times F."""
        return self._flat(self.extra)

    @cached_property
    def _inner(self) -> Array:
        """I + F' (precision of w + v) F."""
        return np.eye(self.extra.shape[1]) + self.extra.T @ self._across

    def _flat(self, columns: Array) -> Array:
        """Return the precision of w + v times columns."""
        scale = self._variances if columns.ndim == 1 else self._variances[:, None]
        return np.asarray(idct(dct(columns, axis=0, norm="ortho") / scale, axis=0, norm="ortho"))

    def covariance_times(self, columns: Array) -> Array:
        """Return the prior covariance of z times columns (cells by k)."""
        flat = idct(dct(columns, axis=0, norm="ortho") * self._variances[:, None], axis=0, norm="ortho")
        return np.asarray(flat + self.extra @ (self.extra.T @ columns))

    def times(self, z: Array) -> Array:
        """Return the prior precision of z times a vector."""
        return np.asarray(
            self._flat(z) - self._across @ np.linalg.solve(self._inner, self.extra.T @ self._flat(z))
        )

    def dense(self) -> Array:
        """Return the prior precision of z, cells by cells."""
        flat = in_cosines(1 / self._variances)
        return np.asarray(flat - self._across @ np.linalg.solve(self._inner, self._across.T))

    @cached_property
    def log_determinant(self) -> float:
        """Of the prior precision of z."""
        return float(-np.log(self._variances).sum() - np.linalg.slogdet(self._inner)[1])

    @cached_property
    def joint_log_determinant(self) -> float:
        """Of the prior precision of (w, z, c), or of (w, c) without noise."""
        walk = -np.log(walk_variance(self.cells, 1, self.walk)).sum()
        return float(walk - (self.cells * np.log(self.noise) if self.noise else 0.0))


@dataclass(frozen=True)
class DataHessian:
    """The data's part of the Hessian of z: `band` (lower diagonals by cells), and `columns` with their `weights`."""

    band: Array
    columns: Array
    weights: Array


def data_hessian(rows: csr_array, weights: Array, diagonal: Array, low: csr_array) -> DataHessian:
    """Return sum of weight times row' row, plus a diagonal, less low' low (rows by cells each)."""
    # what the readings of a release share lies where they lie: it is short where they are
    own = len(weights)
    rows = csr_array(vstack([rows, low])).sorted_indices() if low.shape[0] else rows.sorted_indices()
    weights = np.concatenate([weights, -np.ones(low.shape[0])])
    short, width, row, one, other, place = _pairs(
        rows.indices.astype(np.int64).tobytes(), rows.indptr.astype(np.int64).tobytes(), rows.shape[1]
    )
    products = weights[row] * rows.data[one] * rows.data[other]
    band = np.asarray(np.bincount(place, products, minlength=width * rows.shape[1]), dtype=float)
    band = band.reshape(width, -1)
    band[0] += diagonal
    large = np.abs(weights) > SMALL * np.abs(weights[:own]).max(initial=0.0)
    long = ~short & (large | (np.arange(len(weights)) >= own))
    return DataHessian(band, rows[long].toarray().T, weights[long])


Places = NDArray[np.int64]


@lru_cache(maxsize=16)
def _pairs(
    indices: bytes, pointers: bytes, cells: int
) -> tuple[NDArray[np.bool_], int, Places, Places, Places, Places]:
    """Return which rows are short, the width of their band, and every pair of elements in one short row.

    A pair is its row, its two elements in the order of storage, and its place in the band. `indices` and `pointers`
    are those of the sparse rows: a search asks for the same ones at each of its steps.
    """
    at, start = np.frombuffer(indices, dtype=np.int64), np.frombuffer(pointers, dtype=np.int64)
    count = np.diff(start)
    some = count > 0
    span = np.zeros(len(count), dtype=np.int64)
    span[some] = at[start[1:][some] - 1] - at[start[:-1][some]] + 1
    short = span <= WIDEST
    width = int(max(span[short].max(initial=1), 2))
    row, earlier, later = np.nonzero(
        np.triu(np.ones((width, width), dtype=bool))[None]
        & (np.arange(width) < np.where(short, count, 0)[:, None])[:, None, :]
    )
    one, other = start[row] + earlier, start[row] + later
    return short, width, row, one, other, (at[other] - at[one]) * cells + at[one]


class IndefiniteError(LinAlgError):
    """The whole Hessian is not positive definite, not only its band."""


class BandedFactor:
    """The Hessian of z factored: `log_determinant`, and products with its inverse.

    Raises
    ------
    LinAlgError
        If the band with its border is not positive definite; an `IndefiniteError` if the whole is not.
    """

    def __init__(self, prior: BandedPrior, data: DataHessian) -> None:
        self.prior = prior
        band, border, corner, columns = _joint(prior, data)
        weights = np.concatenate([data.weights, [1.0 / (LEVEL_SD * prior.cells) ** 2]])
        self._border = border
        try:
            self._band = _band_factor(band)
            self._half = self._in_band(border)
            self._corner = _lower(corner - border.T @ self._half)
        except LinAlgError as fault:
            if (data.weights > 0).any():
                raise
            # columns that are taken off, and a level that is all but free, do not mend it
            raise IndefiniteError("not positive definite") from fault
        self._columns = columns
        self._moved = self._in_border(columns)
        self._small = np.diag(1 / weights) + columns.T @ self._moved
        self._small = (self._small + self._small.T) / 2
        values = np.linalg.eigvalsh(self._small)
        if (values < 0).sum() != (weights < 0).sum():
            raise IndefiniteError("not positive definite")
        joint = 2 * np.log(self._band[0]).sum() + 2 * np.log(np.diag(self._corner)).sum()
        joint += np.log(np.abs(values)).sum() + np.log(np.abs(weights)).sum()
        self.log_determinant = float(joint - prior.joint_log_determinant + prior.log_determinant)

    def solve(self, columns: Array) -> Array:
        """Return the inverse of the Hessian of z times columns (cells, or cells by k)."""
        wide = columns if columns.ndim == 2 else columns[:, None]
        cells, extra = self.prior.cells, self.prior.extra
        if self.prior.noise:
            asked = np.zeros((2 * cells + extra.shape[1], wide.shape[1]))
            asked[1 : 2 * cells : 2] = wide
        else:
            asked = np.concatenate([wide, extra.T @ wide])
        found = self._in_border(asked)
        found = found - self._moved @ np.linalg.solve(self._small, self._columns.T @ found)
        z = found[1 : 2 * cells : 2] if self.prior.noise else found[:cells] + extra @ found[cells:]
        return np.asarray(z if columns.ndim == 2 else z[:, 0])

    def variances(self, rows: Array) -> Array:
        """Return the variance of rows (k by cells) times z; k."""
        return np.asarray((rows.T * self.solve(rows.T)).sum(axis=0))

    def _in_band(self, columns: Array) -> Array:
        """Solve with the band alone."""
        return np.asarray(dpbtrs(self._band, columns, lower=1)[0]) if columns.size else columns

    def _in_border(self, columns: Array) -> Array:
        """Solve with the band and its border."""
        size = len(self._border)
        inside = self._in_band(columns[:size])
        outside = columns[size:] - self._border.T @ inside
        if len(outside):
            outside = dpotrs(self._corner, outside, lower=1)[0]
        return np.concatenate([inside - self._half @ outside, outside])


def _band_factor(band: Array) -> Array:
    """Return the Cholesky factor of a band (lower diagonals by cells)."""
    factor, fault = dpbtrf(band, lower=1)
    if fault:
        raise LinAlgError("not positive definite")
    return np.asarray(factor)


def _lower(matrix: Array) -> Array:
    """Return the lower Cholesky factor of a matrix, which may be empty; nothing is said of its upper half."""
    factor, fault = dpotrf(matrix, lower=1, clean=0) if matrix.size else (matrix, 0)
    if fault:
        raise LinAlgError("not positive definite")
    return np.asarray(factor)


def _joint(prior: BandedPrior, data: DataHessian) -> tuple[Array, Array, Array, Array]:
    """Return band, border and corner of (w, z, c), or of (w, c) without noise, and the columns with the level's."""
    cells, extra = prior.cells, prior.extra
    width, k = len(data.band), extra.shape[1]
    degree = np.full(cells, 2.0)
    degree[[0, -1]] = 1.0
    if not prior.noise:
        band = data.band.copy()
        band[0] += degree / prior.walk
        band[1, :-1] -= 1 / prior.walk
        border = _times_band(data.band, extra)
        columns = np.concatenate([data.columns, extra.T @ data.columns])
        level = np.concatenate([np.ones(cells), np.zeros(k)])
        return band, border, np.eye(k) + extra.T @ border, np.column_stack([columns, level])
    band = np.zeros((2 * width, 2 * cells))
    band[0, 0::2] = degree / prior.walk + 1 / prior.noise
    band[2, 0:-2:2] = -1 / prior.walk
    band[1, 0::2] = -1 / prior.noise
    band[0::2, 1::2] += data.band
    band[0, 1::2] += 1 / prior.noise
    border = np.empty((2 * cells, k))
    border[0::2], border[1::2] = extra / prior.noise, -extra / prior.noise
    columns = np.zeros((2 * cells + k, data.columns.shape[1] + 1))
    columns[1 : 2 * cells : 2, :-1] = data.columns
    columns[0 : 2 * cells : 2, -1] = 1.0
    return band, border, np.eye(k) + extra.T @ extra / prior.noise, columns


def _times_band(band: Array, columns: Array) -> Array:
    """Return a symmetric band (lower diagonals by cells) times columns."""
    found = band[0][:, None] * columns
    for offset in range(1, len(band)):
        across = band[offset, : len(columns) - offset, None]
        found[offset:] += across * columns[:-offset]
        found[:-offset] += across * columns[offset:]
    return np.asarray(found)
