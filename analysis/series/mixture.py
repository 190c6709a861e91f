"""Integration over the hyperparameters: a small grid, walked from the middle to where the posterior mass is.

Bands from the best point alone cover far too little where readings are few, so every point with weight counts.
"""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp, ndtr, ndtri

from analysis.arguments import between
from analysis.errors import InputError
from analysis.series.banded import BandedPrior
from analysis.series.exact_years import SHARPEST
from analysis.series.laplace import LONG, Core
from analysis.series.mode import FarBelowError, Mode, find_mode
from analysis.series.observations import STOCK, Observations
from analysis.series.reporting import Hump
from analysis.series.smoothness import Smoothness, month_pattern, precision

Array = NDArray[np.float64]
Place = tuple[int, ...]
Start = tuple[Array, Array]  # cells, and the pull of the readings there
SIGMA = tuple(0.01 * 2.0**power for power in range(6))
OMEGA = (0.0, 0.05, 0.12, 0.3)
TAU = (0.001, 0.004, 0.012, 0.03, 0.08, 0.2, 0.6)
SEASON = (0.0, 0.08, 0.25)
OMEGA_SD = 0.15
# Centre and sd of the prior of log sigma.
SIGMA_CENTRE, SIGMA_SD = 0.08, 1.0
# The prior of log tau, a mixture: share, centre, sd. Exact years have no reporting error, so that tau speaks of what is
# left: hedged, partial and retold figures. Either those of a series are right to their hedges, or they are off by some
# percent; few readings tell which. Chosen on three sets of seeds by weighing their grids anew, among a dozen priors:
# with one hump, at 0.015 to 0.04, the bands held up to 95% of simulated years without error, and no place or width
# moved that; at 0.015 they held 83 to 86% where errors of 3% were shared within releases. This mixture held 92 to 93%
# and 88 to 89%; on seeds that had no part in the choice 92, 92 (3% error), 94 (shared) and 91% (gross errors).
TAU_PRIOR = ((0.3, 0.001, 0.7), (0.7, 0.04, 0.6))
# Points this far below the best (log posterior) weigh a four-hundredth of it and are not walked beyond.
REACH = 6.0
# What is as far below, more than the step towards its mode may gain, is not told to the end: it would not be kept.
LOST = 8.0
PATTERN_YEARS = 3  # years with part-year readings that a yearly pattern asks for
PART_YEAR_DAYS = 360
ReportingError = Literal["prior", "exact"] | Annotated[float, between(0, 1)]
NO_ERROR = SHARPEST  # none at all would leave a price without any variance
KEEP = 2e-3
HELD = 8_000_000  # numbers of the factors that are held at once: what they are of need not be fitted again


def seasons_of(observations: Observations) -> tuple[float, ...]:
    """Return the yearly patterns to mix over: none where too few years hold part-year readings."""
    frame = observations.frame
    days = (frame["window_end"] - frame["window_start"]).dt.days + 1
    part = frame.loc[days < PART_YEAR_DAYS, "window_end"].dt.year
    return SEASON if observations.quantity != STOCK and part.nunique() >= PATTERN_YEARS else (0.0,)


def taus_of(reporting_error: ReportingError) -> tuple[float, ...]:
    """Return the reporting errors to mix over."""
    if reporting_error == "prior":
        return TAU
    return (NO_ERROR if reporting_error == "exact" else float(reporting_error),)


@dataclass(frozen=True)
class Grid:
    """The points to integrate over; `tau_prior` as `TAU_PRIOR`, which holds where it is left out."""

    sigma: tuple[float, ...] = SIGMA
    omega: tuple[float, ...] = OMEGA
    tau: tuple[float, ...] = TAU
    season: tuple[float, ...] = (0.0,)
    tau_prior: tuple[Hump, ...] | None = None

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Points along sigma, omega, tau and season."""
        return len(self.sigma), len(self.omega), len(self.tau), len(self.season)

    def at(self, index: Place) -> Smoothness:
        """Return the point at a place of the grid."""
        i, j, k, m = index
        return Smoothness(self.sigma[i], self.omega[j], self.tau[k], self.season[m])

    def log_prior(self, smooth: Smoothness) -> float:
        """Return the log prior weight of a point, up to a constant."""
        found = -0.5 * (np.log(smooth.sigma / SIGMA_CENTRE) / SIGMA_SD) ** 2
        found += _log_normal(smooth.tau, self.tau, self.tau_prior or TAU_PRIOR)
        found += _log_half_normal(smooth.omega, self.omega, OMEGA_SD)
        return float(found + _log_half_normal(smooth.season, self.season, OMEGA_SD))


@lru_cache(maxsize=1024)
def _log_normal(value: float, points: tuple[float, ...], prior: tuple[Hump, ...]) -> float:
    """Return the log of tau's density times the width of the point's cell, both on the log scale."""
    if len(points) == 1:
        return 0.0
    logs = np.log(points)
    edges = np.concatenate(
        [[1.5 * logs[0] - 0.5 * logs[1]], (logs[1:] + logs[:-1]) / 2, [1.5 * logs[-1] - 0.5 * logs[-2]]]
    )
    place = points.index(value)
    humps = (share / sd * np.exp(-0.5 * (np.log(value / centre) / sd) ** 2) for share, centre, sd in prior)
    return float(np.log(np.diff(edges)[place]) + np.log(sum(humps)))


@lru_cache(maxsize=1024)
def _log_half_normal(value: float, points: tuple[float, ...], sd: float) -> float:
    """Return the log of a half-normal density times the width of the point's cell of the grid."""
    middles = [0.0, *((a + b) / 2 for a, b in itertools.pairwise(points)), 1.4 * points[-1] + 0.01]
    place = points.index(value)
    return float(np.log(middles[place + 1] - middles[place]) - 0.5 * (value / sd) ** 2)


@dataclass(frozen=True)
class Point:
    """One point of the grid with its weight and the mode there (centred log rates of the cells).

    `mode` is that with its factor, where memory holds it: of the readings and the prior that it was integrated over.
    """

    smooth: Smoothness
    weight: float
    z: Array
    mode: Mode | None = field(default=None, compare=False, repr=False)

    def __getstate__(self) -> dict[str, object]:
        """Leave out what can be made again."""
        return {"smooth": self.smooth, "weight": self.weight, "z": self.z, "mode": None}


class Priors:
    """Prior precisions by smoothness, each made once: tau does not enter them.

    `shifts` (cells by shifts, times their sd) release the smoothness, see `shift_prior`. Those of long series are told
    as a band (see `banded`).
    """

    def __init__(
        self, months: NDArray[np.int64], size: float, order: int, shifts: Array | None = None
    ) -> None:
        self.months, self.size, self.order = months, size, order
        self.shifts = np.zeros((len(months), 0)) if shifts is None else shifts
        self._made: dict[tuple[float, float, float], tuple[Array | BandedPrior, float]] = {}

    def __call__(self, smooth: Smoothness) -> tuple[Array | BandedPrior, float]:
        """Return precision and log determinant."""
        key = (smooth.sigma, smooth.omega, smooth.season)
        if key not in self._made:
            if self.order == 1 and len(self.months) >= LONG:
                banded = self.banded(smooth)
                self._made[key] = banded, banded.log_determinant
            else:
                self._made[key] = self.dense(smooth)
        return self._made[key]

    def banded(self, smooth: Smoothness) -> BandedPrior:
        """Return the prior as a band; order 1 only."""
        pattern = smooth.season * month_pattern(self.months)[:, : 12 if smooth.season else 0]
        extra = np.concatenate([pattern, self.shifts], axis=1)
        return BandedPrior.of(len(self.months), self.size, smooth, extra)

    def dense(self, smooth: Smoothness) -> tuple[Array, float]:
        """Return precision, cells by cells, and log determinant."""
        found, determinant = precision(len(self.months), self.months, self.size, self.order, smooth)
        if self.shifts.shape[1]:
            across = found @ self.shifts
            inner = np.eye(self.shifts.shape[1]) + self.shifts.T @ across
            found = found - across @ np.linalg.solve(inner, across.T)
            determinant -= float(np.linalg.slogdet(inner)[1])
        return found, determinant

    def covariance_times(self, smooth: Smoothness, columns: Array) -> Array:
        """Return the prior covariance of the cells times columns (cells by k)."""
        if self.order == 1:
            return self.banded(smooth).covariance_times(columns)
        return np.asarray(np.linalg.solve(self.dense(smooth)[0], columns))


def integrate(core: Core, priors: Priors, grid: Grid) -> list[Point]:
    """Return the points that carry the posterior mass, the heaviest first; weights sum to one.

    The walk begins in the middle of the grid, always goes on from the best point not yet left, starts each fit
    at its neighbour's mode, and ends where no neighbour within reach of the best is left.
    """
    shape = grid.shape
    middle = (2, 1, 2, 0)  # where most series end up
    first = tuple(min(place, size - 1) for place, size in zip(middle, shape, strict=True))
    zero = np.zeros(len(priors.months)), np.zeros(len(core.y))
    value, mode = _evaluate(core, priors, grid, first, zero)
    found, modes = {first: (value, (mode.z, mode.pull))}, {first: mode}
    queue = [(-value, first)]
    best = value
    lost: set[Place] = set()
    room = HELD // len(priors.months) ** 2
    while queue:
        minus, place = heapq.heappop(queue)
        if -minus < best - REACH:
            break
        for neighbour in _neighbours(place):
            if neighbour in found or neighbour in lost or not _within(neighbour, shape):
                continue
            try:
                start = _guess(found, place, neighbour)
                value, mode = _evaluate(core, priors, grid, neighbour, start, best - LOST)
            except (
                InputError,
                FarBelowError,
            ):  # readings that contradict each other may have no mode in a corner
                lost.add(neighbour)
                continue
            found[neighbour] = value, (mode.z, mode.pull)
            if len(modes) < room:
                modes[neighbour] = mode
            best = max(best, value)
            heapq.heappush(queue, (-value, neighbour))
    places = sorted(found, key=lambda one: (-found[one][0], one))
    logs = np.array([found[one][0] for one in places])
    weights = np.exp(logs - logsumexp(logs))
    kept = weights >= KEEP * weights[0]
    total = weights[kept].sum()
    return [
        Point(grid.at(one), float(weight / total), found[one][1][0], modes.get(one))
        for one, weight, keep in zip(places, weights, kept, strict=True)
        if keep
    ]


def refit(core: Core, priors: Priors, point: Point) -> Mode:
    """Return the mode at a point with the factor of its Hessian: one Newton step, where the point does not carry it."""
    return point.mode or find_mode(core, *priors(point.smooth), point.smooth.tau, point.z)


def _evaluate(
    core: Core, priors: Priors, grid: Grid, place: Place, start: Start, least: float = -np.inf
) -> tuple[float, Mode]:
    """Return log posterior weight and mode at one place of the grid.

    Raises `FarBelowError` if the log weight is clearly below `least`.
    """
    smooth = grid.at(place)
    prior, determinant = priors(smooth)
    weight = grid.log_prior(smooth)
    mode = find_mode(core, prior, determinant, smooth.tau, *start, least - weight)
    return mode.log_marginal + weight, mode


def _guess(found: dict[Place, tuple[float, Start]], place: Place, neighbour: Place) -> Start:
    """Return where to search from: the mode next to it, moved as modes beside these two differ."""
    z, pull = found[place][1]
    beside = [
        (found[one][1], found[other][1])
        for one, other in zip(_neighbours(place), _neighbours(neighbour), strict=True)
        if one in found and other in found
    ]
    if not beside:
        return z, pull
    share = 1 / len(beside)
    return (
        z + share * sum(other[0] - one[0] for one, other in beside),
        pull + share * sum(other[1] - one[1] for one, other in beside),
    )


@lru_cache(maxsize=4096)
def _neighbours(place: Place) -> list[Place]:
    """Return the places one step away along one axis, on the grid or beyond it."""
    steps = itertools.product(range(len(place)), (-1, 1))
    return [tuple(x + step * (axis == i) for i, x in enumerate(place)) for axis, step in steps]


def _within(place: Place, shape: Place) -> bool:
    """Tell whether a place is on the grid."""
    return all(0 <= x < size for x, size in zip(place, shape, strict=True))


def mixture_quantiles(weights: Array, means: Array, sds: Array, levels: tuple[float, ...]) -> Array:
    """Return quantiles of mixtures of normals.

    Parameters
    ----------
    weights
        One a component (k).
    means, sds
        k by periods.
    levels
        Probabilities.

    Returns
    -------
    Levels by periods, by bisection to 1e-10 of the bracket.
    """
    sds = np.maximum(sds, 1e-12)
    found = np.empty((len(levels), means.shape[1]))
    for row, level in enumerate(levels):
        each = means + sds * ndtri(level)
        low, high = each.min(axis=0), each.max(axis=0)
        for _ in range(36):
            middle = (low + high) / 2
            below = weights @ ndtr((middle - means) / sds) < level
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        found[row] = (low + high) / 2
    return found
