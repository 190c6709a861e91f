"""The log-likelihood of values known only as intervals, and its derivatives, a row at a time.

A value T has log T = x'beta + sigma e, e with density f and distribution function F: normal (T log-normal), the
smallest extreme value (T Weibull) or logistic (T log-logistic). In Olsen's parameters theta = 1 / sigma and m =
x'beta / sigma the standardised end of a row is z = theta y - m, y = log t, linear in both, and the log-likelihood of
a row is

    log f(z) + log theta                 where the value is exact,
    log [F(z_high) - F(z_low)]           where it lies between two ends; F is 0 or 1 at an end that is missing.

As f is log-concave, both are concave in (theta, m) (Burridge 1981, A note on maximum likelihood estimation for
regression models using grouped data, J R Stat Soc B 43(1):41-45, doi 10.1111/j.2517-6161.1981.tb01150.x), so that
Newton's steps lead to the one maximum.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]

HALF_LOG_2_PI = 0.5 * np.log(2 * np.pi)


@dataclass(frozen=True)
class Error:
    """A standard error distribution: log f, f'/f and its derivative, log F, log(1 - F), log[F(b) - F(a)]."""

    log_density: Callable[[Array], Array]
    slope: Callable[[Array], Array]  # f'(z) / f(z)
    curvature: Callable[[Array], Array]  # its derivative, at most 0
    log_below: Callable[[Array], Array]
    log_above: Callable[[Array], Array]
    log_between: Callable[[Array, Array], Array]


def _normal_between(a: Array, b: Array) -> Array:
    """Return log[Phi(b) - Phi(a)], from the tail in which both are small."""
    flip = a + b > 0
    low, high = np.where(flip, -b, a), np.where(flip, -a, b)
    log_high = special.log_ndtr(high)
    return np.asarray(log_high + _log_one_minus(log_high - special.log_ndtr(low)))


def _log_one_minus(gap: Array) -> Array:
    """Return log(1 - exp(-gap)) of positive gaps (Maechler 2012)."""
    with np.errstate(divide="ignore"):
        return np.where(gap < np.log(2), np.log(-np.expm1(-gap)), np.log1p(-np.exp(-gap)))


def _exp(z: Array) -> Array:
    return np.exp(np.minimum(z, 700.0))


def _extreme_between(a: Array, b: Array) -> Array:
    low = _exp(a)
    return np.asarray(-low + _log_one_minus(_exp(b) - low))


def _logistic_between(a: Array, b: Array) -> Array:
    return np.asarray(_log_one_minus(b - a) + special.log_expit(b) + special.log_expit(-a))


NORMAL = Error(
    log_density=lambda z: -0.5 * z**2 - HALF_LOG_2_PI,
    slope=lambda z: -z,
    curvature=lambda z: np.full_like(z, -1.0),
    log_below=special.log_ndtr,
    log_above=lambda z: special.log_ndtr(-z),
    log_between=_normal_between,
)
EXTREME = Error(
    log_density=lambda z: z - _exp(z),
    slope=lambda z: 1 - _exp(z),
    curvature=lambda z: -_exp(z),
    log_below=lambda z: np.where(z < -37, z, _log_one_minus(_exp(z))),
    log_above=lambda z: -_exp(z),
    log_between=_extreme_between,
)
LOGISTIC = Error(
    log_density=lambda z: special.log_expit(z) + special.log_expit(-z),
    slope=lambda z: -np.tanh(z / 2),
    curvature=lambda z: -0.5 * (1 - np.tanh(z / 2) ** 2),
    log_below=special.log_expit,
    log_above=lambda z: special.log_expit(-z),
    log_between=_logistic_between,
)
ERRORS = {"lognormal": NORMAL, "weibull": EXTREME, "loglogistic": LOGISTIC}


@dataclass(frozen=True)
class Derivatives:
    """Of each row's log-likelihood: its value, and derivatives by m and theta, first and second (n each)."""

    value: Array
    m: Array
    theta: Array
    mm: Array
    m_theta: Array
    theta_theta: Array

    def of(self, rows: NDArray[np.intp]) -> Derivatives:
        """Return those of some rows."""
        return Derivatives(*(getattr(self, one.name)[rows] for one in fields(self)))


@dataclass(frozen=True)
class Rows:
    """Rows by kind: `low` and `high` (n) are logs of the ends, -inf and inf where there is none.

    `exact`, `left` (no lower end), `right` (no upper end) and `inside` are positions. An exact row has its value in
    `low` and in `high`.
    """

    low: Array
    high: Array
    exact: NDArray[np.intp]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    inside: NDArray[np.intp]

    @property
    def one_sided(self) -> bool:
        """Tell whether no row has both ends."""
        return not len(self.exact) and not len(self.inside)

    def shifted(self, centre: Array, spread: float) -> Rows:
        """Return the rows with (y - centre) / spread in place of y."""
        moved = ((self.low - centre) / spread, (self.high - centre) / spread)
        return Rows(*moved, self.exact, self.left, self.right, self.inside)

    def derivatives(self, m: Array, theta: float, error: Error) -> Derivatives:
        """Return value and derivatives of each row's log-likelihood."""
        low, high = theta * self.low - m, theta * self.high - m
        found = Derivatives(*np.zeros((6, len(m))))
        self._exact(found, low, theta, error)
        for rows, log_chance in (
            (self.left, error.log_below(high[self.left])),
            (self.right, error.log_above(low[self.right])),
            (self.inside, error.log_between(low[self.inside], high[self.inside])),
        ):
            self._censored(found, rows, low, high, log_chance, error)
        return found

    def _exact(self, found: Derivatives, z: Array, theta: float, error: Error) -> None:
        rows = self.exact
        y, at = self.low[rows], z[rows]
        slope, curvature = error.slope(at), error.curvature(at)
        found.value[rows] = error.log_density(at) + np.log(theta)
        found.m[rows] = -slope
        found.theta[rows] = slope * y + 1 / theta
        found.mm[rows] = curvature
        found.m_theta[rows] = -curvature * y
        found.theta_theta[rows] = curvature * y**2 - 1 / theta**2

    def _censored(
        self, found: Derivatives, rows: NDArray[np.intp], low: Array, high: Array, chance: Array, error: Error
    ) -> None:
        """Fill in rows of one kind: with r = f(z) / chance at each end, g = r_high - r_low and so on."""
        if not len(rows):
            return
        sums = np.zeros((5, len(rows)))  # of r, y r, r f'/f, y r f'/f, y^2 r f'/f, high less low
        for y, z, sign in ((self.high[rows], high[rows], 1.0), (self.low[rows], low[rows], -1.0)):
            there = np.isfinite(y)
            if not there.any():
                continue
            y, z = np.where(there, y, 0.0), np.where(there, z, 0.0)
            ratio = np.where(there, sign * np.exp(error.log_density(z) - chance), 0.0)
            bent = ratio * error.slope(z)
            sums += (ratio, y * ratio, bent, y * bent, y**2 * bent)
        g, gy, h, hy, hyy = sums
        found.value[rows] = chance
        found.m[rows], found.theta[rows] = -g, gy
        found.mm[rows], found.m_theta[rows], found.theta_theta[rows] = h - g**2, g * gy - hy, hyy - gy**2
