"""Mixtures of Student's t: their tails, quantiles and moments, many at once.

    F(x) = sum_k w_k T_df((x - m_k) / s_k)

A quantile is found by Newton steps kept inside a bracket that closes by at least half whenever a step would leave it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]

ROUNDS = 60
CLOSE = 1e-9  # of the mixture's spread, in a quantile


@dataclass(frozen=True)
class Mixture:
    """Mixtures with components on the last axis: `centre`, `scale` and `weights` (..., K), with `df` each.

    A component of scale 0 is a point. `weights` need only broadcast against the others; they sum to one.
    """

    centre: Array
    scale: Array
    weights: Array
    df: float

    @property
    def mean(self) -> Array:
        """The mean (...) of each mixture."""
        found: Array = np.sum(self.weights * self.centre, axis=-1)
        return found

    @property
    def variance(self) -> Array:
        """The variance (...), that of a component taken as its squared scale, as a standard error is."""
        away = np.square(self.centre - self.mean[..., None])
        found: Array = np.sum(self.weights * (np.square(self.scale) + away), axis=-1)
        return found

    @property
    def spread(self) -> Array:
        """The root of `variance`."""
        return np.sqrt(self.variance)

    def below(self, x: Array) -> Array:
        """Return F at `x` (...), half of a point's weight counted where it stands."""
        with np.errstate(divide="ignore", invalid="ignore"):
            place = (x[..., None] - self.centre) / self.scale
        place = np.where(np.isnan(place), 0.0, place)
        found: Array = np.sum(self.weights * special.stdtr(self.df, place), axis=-1)
        return found

    def two_sided(self) -> Array:
        """Return p (...) = twice the smaller tail beyond zero."""
        zero = np.zeros(self.centre.shape[:-1])
        flipped = Mixture(-self.centre, self.scale, self.weights, self.df)
        # each tail by its own sum: 1 - F loses the digits of a small one
        p: Array = np.minimum(1.0, 2 * np.minimum(self.below(zero), flipped.below(zero)))
        return p

    def interval(self, level: float) -> tuple[Array, Array]:
        """Return the ends of the central interval of `level`."""
        return self.quantile((1 - level) / 2), self.quantile((1 + level) / 2)

    def quantile(self, share: float) -> Array:
        """Return where F is `share`, for each mixture."""
        shape = np.broadcast_shapes(self.centre.shape, self.scale.shape, self.weights.shape)
        centre, scale, weights = (
            np.broadcast_to(part, shape).reshape(-1, shape[-1])
            for part in (self.centre, self.scale, self.weights)
        )
        flat = Mixture(centre, scale, weights, self.df)
        return flat._quantile(share).reshape(shape[:-1])

    def _quantile(self, share: float) -> Array:
        """Return the quantiles of mixtures in rows, a row left alone once it is found."""
        unit = special.stdtrit(self.df, share)
        each, shown = self.centre + unit * self.scale, self.weights > 0
        # F is at most `share` where the lowest component's quantile lies, at least at the highest
        low = np.where(shown, each, np.inf).min(-1)
        high = np.where(shown, each, -np.inf).max(-1)
        x = np.clip(self.mean + unit * self.spread, low, high)
        close = CLOSE * np.maximum(self.spread, np.finfo(float).tiny)
        found, at, left = x.copy(), np.arange(len(x)), self
        for _ in range(ROUNDS):
            excess = left.below(x) - share
            low, high = np.where(excess < 0, x, low), np.where(excess < 0, high, x)
            with np.errstate(divide="ignore", invalid="ignore"):
                step = x - excess / left._density(x)
            moved = np.where((step > low) & (step < high), step, (low + high) / 2)
            going = np.abs(moved - x) > close[at]
            found[at] = moved
            if not going.any():
                break
            at, x, low, high = at[going], moved[going], low[going], high[going]
            left = Mixture(left.centre[going], left.scale[going], left.weights[going], self.df)
        return found

    def _density(self, x: Array) -> Array:
        half = (self.df + 1) / 2
        constant = np.exp(special.gammaln(half) - special.gammaln(self.df / 2)) / np.sqrt(self.df * np.pi)
        with np.errstate(divide="ignore", invalid="ignore"):
            place = (x[..., None] - self.centre) / self.scale
            height = np.exp(-half * np.log1p(np.square(place) / self.df)) / self.scale
        found: Array = constant * np.sum(self.weights * np.where(self.scale > 0, height, 0.0), axis=-1)
        return found

    def split(self, draws: int) -> Mixture:
        """Return the same with the first axis (draws * B) as two, (draws, B)."""

        def parted(values: Array) -> Array:
            return values.reshape(draws, -1, *values.shape[1:])

        return Mixture(parted(self.centre), parted(self.scale), parted(self.weights), self.df)

    def pooled(self) -> tuple[Mixture, Array]:
        """Return one mixture over the first axis, draws of one series, and its missing share lambda.

        The draws' centres are moved apart so that the variance is Rubin's T = mean U_m + (1 + 1/M) B; lambda =
        (1 + 1/M) B / T (Rubin 1987, doi 10.1002/9780470316696).
        """
        draws = len(self.centre)
        means = self.mean
        middle = means.mean(0)
        between = (1 + 1 / draws) * means.var(0, ddof=1)
        total = self.variance.mean(0) + between
        with np.errstate(divide="ignore", invalid="ignore"):
            missing = np.where(total > 0, between / total, 0.0)
        apart = np.sqrt((draws + 1) / (draws - 1))
        centre = self.centre + ((apart - 1) * (means - middle))[..., None]
        weights = np.broadcast_to(self.weights, centre.shape) / draws
        return Mixture(_behind(centre), _behind(self.scale), _behind(weights), self.df), missing


def _behind(values: Array) -> Array:
    """Return (M, ..., K) as (..., M K): draws and components become one axis."""
    moved = np.moveaxis(values, 0, -2)
    return moved.reshape(*moved.shape[:-2], -1)
