"""Mixtures of t drawn out about their means, so that a true null is rejected in 4 to 7 percent wherever rho lies.

    x -> m + exp(h) (x - m),      h = a - b exp(-3 z / 2),      z = (E[rho | y] - mean) / sd

m is a mixture's mean, z how far the mean of rho after the data lies from its average. a and b belong to a design and a
contrast: the least (a^2 + b^2, of standardised columns) with which the size at 5% keeps `BAND` at each of `RHOS`, both
zero where the plain mixture keeps it. p and interval are those of the mixture drawn out: they agree, and an interval
of a higher level holds those of lower ones. h rises with the mean of rho, as a test does that was too shy with
independent errors and too bold near a random walk, and it is bent: a steep fall at low means of rho costs less power
at high ones than a straight line.

Sizes need few draws. Residuals are r u; their direction u alone tells of rho, and given u the generalised least squares
estimate at the true rho is t about the truth with n - p degrees of freedom. So with u drawn at all rho_j alike

    size(rho) = E[ L(rho | u) / mean_j L(rho_j | u)  P(t beyond the interval | u, rho) ]

exactly: L, the restricted likelihood with sigma integrated out, is the density of u, and P a formula. 512 quasi-random
draws (Sobol's, one seed) leave errors of 0.1 to 0.3 percentage points; the rest of the way to 4 and 7 is for them.

Sources: a test turned by its own null distribution, Beran (1988), J Am Stat Assoc 83(403), 687, doi
10.1080/01621459.1988.10478649; mixtures over a nuisance that hold a test to its size, Elliott, Mueller, Watson (2015),
Econometrica 83(2), 771, doi 10.3982/ECTA10535.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special
from scipy.optimize import NonlinearConstraint, minimize
from scipy.stats import qmc

from analysis.models.mixtures import Mixture

Array = NDArray[np.float64]

LEVEL = 0.95
BAND = (
    0.0455,
    0.0625,
)  # 4 to 7 percent, less what the draws, the steps of the grid and a random walk leave open
RHOS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)  # 1 stands for the upper end of the grid
DRAWS = 512
BEND = 1.5  # how fast h falls with a lower mean of rho: little power is lost near the unit root where it falls fast
ENDS = (-1.5, 1.0)  # of h
GRID = np.linspace(*ENDS, 11)
DIGITS = 9  # that are kept of a design
FARTHEST = 2.0  # of a low z, in standard deviations


@dataclass(frozen=True)
class Stretch:
    """By how much mixtures are drawn out, given the mean of rho: `terms` (a, b) of standardised terms of h."""

    terms: tuple[float, float]
    centre: float = 0.0
    spread: float = 1.0
    bent_centre: float = 0.0
    bent_spread: float = 1.0

    def __call__(self, mixture: Mixture, rho: Array) -> Mixture:
        """Return mixtures (B, K) of series with means of rho (B), drawn out."""
        if self.terms == (0.0, 0.0):
            return mixture
        z = np.maximum((rho - self.centre) / self.spread, -FARTHEST)
        bent = (-np.exp(-BEND * z) - self.bent_centre) / self.bent_spread
        factor = np.exp(np.clip(self.terms[0] + self.terms[1] * bent, *ENDS))[:, None]
        mean = mixture.mean[:, None]
        return Mixture(
            mean + factor * (mixture.centre - mean), factor * mixture.scale, mixture.weights, mixture.df
        )


def canonical(design: Array, contrast: Array) -> tuple[Array, Array]:
    """Return columns (n, p) and a contrast (p) that are the same however a design (n, p) and its contrast are written.

    A contrast of coefficients is one of the fitted course: c' beta = a' (X beta), a = X (X'X)^-1 c. What is the same
    for every way to write them is the projection onto the columns, and a up to its size; they are rounded, so that the
    steps of a search do not hang on the last digits. A contrast of zeros stays one.
    """
    basis, triangle = np.linalg.qr(design)
    projection = np.round(basis @ basis.T, DIGITS)
    course = basis @ np.linalg.solve(triangle.T, contrast)
    length = float(np.linalg.norm(course))
    if length > 0:
        course = np.round(course / length, DIGITS)
        course = course * np.sign(course[np.abs(course).argmax()])
    columns = np.ascontiguousarray(np.linalg.eigh(projection)[1][:, -design.shape[1] :])
    return columns, np.ascontiguousarray(columns.T @ course)


def null_series(whitener: Array) -> Array:
    """Return series (N, n) of errors alone, at every rho alike; `whitener` (K, n, n) is R^-1/2 at each.

    They know nothing of a design, so that its columns may be written in any way.
    """
    n = whitener.shape[-1]
    points = qmc.Sobol(n + 1, rng=np.random.default_rng(0)).random(DRAWS)
    kind = (points[:, 0] * len(whitener)).astype(int)
    shocks = special.ndtri(np.clip(points[:, 1:], 1e-12, 1 - 1e-12))
    drawn: Array = np.einsum("bij,bj->bi", np.linalg.inv(whitener)[kind], shocks)
    return drawn


def stretch_of(mixture: Mixture, likelihood: Array, rhos: Array) -> Stretch:
    """Return the stretch of mixtures (N, K) of one contrast in the `null_series`, log `likelihood` (N, K) at `rhos`."""
    rho = mixture.weights @ rhos
    centre, spread = float(rho.mean()), float(rho.std())
    if spread == 0:
        return Stretch((0.0, 0.0))
    bent = -np.exp(-BEND * np.maximum((rho - centre) / spread, -FARTHEST))
    bent_centre, bent_spread = float(bent.mean()), float(bent.std())
    columns = np.column_stack([np.ones_like(bent), (bent - bent_centre) / bent_spread])
    terms = _least(columns, _Sizes.of(mixture, likelihood, rhos))
    return Stretch(terms, centre, spread, bent_centre, bent_spread)


def _least(columns: Array, sizes: _Sizes) -> tuple[float, float]:
    """Return the least terms of h = columns @ terms with which the sizes keep the band."""
    low, high = np.log(BAND)

    def room(terms: Array) -> Array:
        found = np.log(sizes.at(columns @ terms))
        return np.concatenate([high - found, found - low])

    def cost(terms: Array) -> float:
        return float(50 * terms @ terms)  # in units in which a step of 1e-4 is small

    start = np.zeros(2)
    if room(start).min() >= 0:
        return (0.0, 0.0)
    constraint = NonlinearConstraint(room, 0.0, np.inf)
    found = minimize(cost, start, constraints=constraint, method="SLSQP", tol=1e-4).x
    # where no terms keep the band the search ends at a compromise, taken if it is one
    best = found if room(found).min() > room(start).min() else start
    return (float(best[0]), float(best[1]))


@dataclass
class _Sizes:
    """What the size at each of R rhos is made of, for N draws.

    `share` (N, R) of a draw in each, `middle`, `lower`, `upper` (N, R) the mixture's mean and the ends of its interval
    as seen from it, in units of the component at each rho; `logs` (N, G, R) of the probabilities over the grid of h.
    """

    share: Array
    middle: Array
    lower: Array
    upper: Array
    df: float
    logs: Array | None = None

    @classmethod
    def of(cls, mixture: Mixture, likelihood: Array, rhos: Array) -> _Sizes:
        """Return them for `mixture` (N, K) and log `likelihood` (N, K)."""
        wanted = [rho for rho in RHOS if rho >= rhos[0]]
        at = np.unique([int(np.abs(rhos - rho).argmin()) for rho in wanted])
        share: Array = np.exp(likelihood - likelihood.max(1, keepdims=True))
        share = share / share.mean(1, keepdims=True)
        share = share / share.mean(0)  # its mean is one: the draws' own mean is held to it
        low, high = (end[:, None] - mixture.mean[:, None] for end in mixture.interval(LEVEL))
        scale, away = mixture.scale[:, at], mixture.mean[:, None] - mixture.centre[:, at]
        return cls(share[:, at], away / scale, low / scale, high / scale, mixture.df)

    def at(self, h: Array) -> Array:
        """Return the size (R) with h (N)."""
        if not h.any():
            return self._mean(self._outside(1.0))
        if self.logs is None:
            self.logs = np.log(np.stack([self._outside(float(np.exp(one))) for one in GRID], axis=1))
        place = np.clip((np.clip(h, *ENDS) - GRID[0]) / (GRID[1] - GRID[0]), 0, len(GRID) - 1 - 1e-9)
        step = place.astype(int)
        part, each = (place - step)[:, None], np.arange(len(h))
        between = (1 - part) * self.logs[each, step] + part * self.logs[each, step + 1]
        return self._mean(np.exp(between))

    def _outside(self, factor: float) -> Array:
        """Return the probability (N, R) that the truth lies outside an interval drawn out by `factor`."""
        places = np.stack([self.middle + factor * self.lower, -self.middle - factor * self.upper])
        return np.asarray(special.stdtr(self.df, places).sum(0), dtype=float)

    def _mean(self, outside: Array) -> Array:
        found: Array = np.mean(self.share * outside, axis=0)
        return found
