"""Laws that the largest values may follow, drawn as often as the values speak for them.

Of k values x above a start u, y = log(x / u). Two laws of two parameters each: the log-normal cut at u (y is normal,
cut at zero, see `truncated_lognormal`), which ends in the Pareto law, and the generalised Pareto distribution of x - u,
whose tail may be heavier or lighter than that (its shape stays below 1, above which there is no mean). The two are
drawn in the ratio of their largest likelihoods, as both have as many parameters. The parameters of a law are drawn from
its likelihood on a grid, times Jeffreys's density for the log-normal; for the generalised Pareto times a density that
is level in the shape and in the log of the scale. Jeffreys's density for the latter (Castellanos, Cabras 2007, A
default Bayesian procedure for the generalized Pareto distribution, J Stat Plan Inference 137(2):473-483, doi
10.1016/j.jspi.2006.01.006) is twelve times as high at shape -0.4 as at 0.9, and calls heavy tails of 10 to 20 values
light.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.models.truncated_lognormal import cut_moments

Array = NDArray[np.float64]

LARGEST = 500.0  # logs beyond are as good as infinite
LIGHTEST, HEAVIEST = -0.49, 0.99  # shapes
COARSE, FINE = 24, 41  # points of a grid a parameter
FORGOTTEN = 12.0  # log-likelihood below the highest, beyond which a grid need not reach
FALLEN = 36.0  # in logs, where an integrand is left off
NODES, WEIGHTS = np.polynomial.legendre.leggauss(48)


@dataclass(frozen=True)
class LognormalTails:
    """Log-normal laws cut at 1: `a` (D) their start in units of the spread of logs, `spread` (D)."""

    a: Array
    spread: Array

    @property
    def count(self) -> int:
        """Return how many laws there are."""
        return len(self.a)

    def top(self, log_part: Array) -> Array:
        """Return what the largest part (log_part, D) of the tail holds; 0 is all of it, whose mean that is."""
        s, z = self.spread, -special.ndtri_exp(log_part + special.log_ndtr(-self.a))
        logs = s * s / 2 - self.a * s + special.log_ndtr(s - z) - special.log_ndtr(-self.a)
        return np.asarray(np.exp(np.minimum(logs, LARGEST)))

    def square(self) -> Array:
        """Return the integral of the squared survival function from 1 on (Gauss-Legendre on the log scale).

        With w from the start on, in units of the spread, it falls as exp[(spread - 2 a) w - w^2] or faster.
        """
        a, s = self.a[:, None], self.spread[:, None]
        slope = 2 * a - s
        end = (np.sqrt(slope**2 + 4 * FALLEN) - slope) / 2
        w = end * (NODES + 1) / 2
        logs = 2 * (special.log_ndtr(-a - w) - special.log_ndtr(-a)) + s * w
        return np.asarray(self.spread * end[:, 0] / 2 * (np.exp(np.minimum(logs, LARGEST)) @ WEIGHTS))


@dataclass(frozen=True)
class ParetoTails:
    """Generalised Pareto laws of x - 1: `shape` (D) below 1, `scale` (D)."""

    shape: Array
    scale: Array

    @property
    def count(self) -> int:
        """Return how many laws there are."""
        return len(self.shape)

    def top(self, log_part: Array) -> Array:
        """Return what the largest part (log_part, D) of the tail holds; 0 is all of it, whose mean that is."""
        over = self.scale * np.expm1(-self.shape * log_part) / self.shape
        return np.asarray(np.exp(log_part) * (1 + over + (self.scale + self.shape * over) / (1 - self.shape)))

    def square(self) -> Array:
        """Return the integral of the squared survival function from 1 on."""
        return np.asarray(self.scale / (2 - self.shape))


Tails = LognormalTails | ParetoTails


def draw_tails(y: Array, draws: int, rng: np.random.Generator) -> list[Tails]:
    """Return so many laws, together, of excesses y (k) above zero: logs of values over the tail's start."""
    normal, spreads = _lognormal(y)
    pareto, shapes, scales = _generalised(y)
    gap = float(pareto.logs.max() - normal.logs.max())
    log_normal = round(draws * float(special.expit(-gap)))
    i, j = normal.draw(log_normal, rng)
    k, m = pareto.draw(draws - log_normal, rng)
    return [LognormalTails(_grid_of_a()[0][j], spreads[i, j]), ParetoTails(shapes[k], scales[m])]


@dataclass(frozen=True)
class Grid:
    """Log-likelihoods on a grid, and logs of the density that they are multiplied by."""

    logs: Array
    before: Array

    def draw(self, count: int, rng: np.random.Generator) -> tuple[NDArray[np.intp], ...]:
        """Return the positions of points drawn from it."""
        logs = self.logs + self.before
        chances = np.cumsum(np.exp(logs - logs.max()))
        at = np.searchsorted(chances, rng.random(count) * chances[-1], side="right")
        return np.unravel_index(np.minimum(at, logs.size - 1), logs.shape)


@lru_cache(maxsize=1)
def _grid_of_a() -> tuple[Array, Array, Array, Array]:
    """Return starts a, and at each the log mean of w = y / s, log of its constant, and log of Jeffreys's density.

    The density of w is proportional to exp(-a w - w^2 / 2). That of (log s, a) is the root of the determinant of
    the information, the covariance of w and a w + w^2.
    """
    a = np.append(np.linspace(-12, 3, 151)[:-1], np.geomspace(3, 60, 100))
    _, first, second, third, fourth = np.array([cut_moments(one) for one in a]).T
    of_a = second - first**2
    of_s = a * a * second + 2 * a * third + fourth - (a * first + second) ** 2
    both = a * of_a + third - first * second
    density = 0.5 * np.log(of_a * of_s - both**2) + np.log(np.gradient(a))
    constant = a * a / 2 + special.log_ndtr(-a) + np.log(2 * np.pi) / 2
    return a, np.log(first), constant, density


def _lognormal(y: Array) -> tuple[Grid, Array]:
    """Return the likelihood of cut normals over log mean and a, and their spreads: it needs two sums of y only."""
    a, log_first, constant, density = _grid_of_a()
    k, mean = len(y), float(y.mean())
    ratio = float((y**2).mean()) / mean**2
    log_s = np.linspace(-4.5, 4.5, 61)[:, None] / np.sqrt(k) - log_first
    s = np.exp(log_s)
    logs = -k * (log_s + np.log(mean) + a / s + ratio / (2 * s * s) + constant)
    return Grid(logs, np.broadcast_to(density, logs.shape)), s * mean


def _generalised(y: Array) -> tuple[Grid, Array, Array]:
    """Return the likelihood over shape and log scale, shapes and scales: a coarse grid, then a fine one."""
    over = np.expm1(np.minimum(y, LARGEST))
    centre, reach = float(np.log(np.median(over))) + 0.25, 0.5 + 5 * np.sqrt(2 / len(y))
    shapes = np.linspace(LIGHTEST, HEAVIEST, COARSE)
    scales = np.linspace(centre - reach, centre + reach, COARSE)
    logs = _pareto_logs(over, shapes, scales)
    near = logs > logs.max() - FORGOTTEN
    shapes, scales = (_around(*pair) for pair in ((shapes, near.any(1)), (scales, near.any(0))))
    logs = _pareto_logs(over, shapes, scales) + float(y.sum())  # from x - 1 to y
    return Grid(logs, np.zeros_like(logs)), shapes, np.exp(scales)


def _around(points: Array, near: NDArray[np.bool_]) -> Array:
    """Return a fine grid over the points that are near, and one more on either side."""
    at = np.flatnonzero(near)
    return np.linspace(points[max(at[0] - 1, 0)], points[min(at[-1] + 1, len(points) - 1)], FINE)


def _pareto_logs(over: Array, shapes: Array, log_scales: Array) -> Array:
    """Return log-likelihoods (shapes, scales), -inf where the law ends below the largest excess."""
    shapes[np.abs(shapes) < 1e-9] = 1e-9
    found = np.empty((len(shapes), len(log_scales)))
    units = np.exp(-log_scales)[:, None] * over
    largest = units.max(1)
    for row, shape in enumerate(shapes):
        inside = 1 + shape * largest > 0
        sums = np.log1p(np.where(inside[:, None], shape * units, 0.0)).sum(1)
        found[row] = np.where(inside, -len(over) * log_scales - (1 + 1 / shape) * sums, -np.inf)
    return found
