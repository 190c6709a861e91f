"""An interval as the moments of a logarithm (or logit), which is how a hedged figure enters the model.

For V uniform on [l, u],

    E log V   = (u log u - l log l) / (u - l) - 1,
    var log V = 1 - l u (log u - log l)^2 / (u - l)^2,

both finite for l = 0. Where a hedge leaves one side open, truths lie near the print: the book's calibration of
hedges refuses an even spread, and a density that falls in a straight line from the print to the far end fits.
So "more than", "at least" and "nearly" have the moments of that triangle, by quadrature; shares and growth
rates, which are nearly exact, stay uniform. Unlike the censored
form log[Phi - Phi], moments stay finite as the error goes to zero (Heitjan, Rubin 1991,
doi 10.1214/aos/1176348396, for what coarsening may ignore).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

Array = NDArray[np.float64]
# Below this relative width the closed form loses digits to cancellation; the series is exact to 1e-10 there.
NARROW = 1e-2
# Shares are kept this far from 0 and 1, where a logit has no value.
EDGE = 1e-4
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(12)


def log_moments(low: Array, high: Array, falling: Array | None = None) -> tuple[Array, Array]:
    """Return mean and variance of log V for V on [low, high], 0 <= low <= high, high > 0.

    V is uniform where `falling` is 0, its density falls in a straight line from low (+1) or from high (-1).
    A triangle needs low > 0.
    """
    mean, variance = _uniform(low, high)
    if falling is not None and (falling != 0).any():
        rows = falling != 0
        mean[rows], variance[rows] = _triangle(low[rows], high[rows], falling[rows])
    return mean, variance


def _triangle(low: Array, high: Array, falling: Array) -> tuple[Array, Array]:
    """Return the moments where the density is highest at one end and zero at the other."""
    place = (_NODES + 1) / 2
    weights = _WEIGHTS * (1 - place)  # integrate to one over the unit interval
    start, end = np.where(falling > 0, low, high), np.where(falling > 0, high, low)
    values = np.log(start[:, None] + (end - start)[:, None] * place)
    mean = values @ weights
    return mean, (values - mean[:, None]) ** 2 @ weights


def _uniform(low: Array, high: Array) -> tuple[Array, Array]:
    """Return the moments of a uniform V."""
    middle, width = (low + high) / 2, high - low
    ratio = width / middle
    mean = np.log(middle) - ratio**2 / 24 - ratio**4 / 320
    variance = ratio**2 / 12 + 7 * ratio**4 / 720
    wide = ratio > NARROW
    lower, upper, span = low[wide], high[wide], width[wide]
    logs = np.log(np.where(lower > 0, lower, 1.0))
    mean[wide] = (upper * np.log(upper) - lower * logs) / span - 1
    apart = np.where(lower > 0, np.log(upper) - logs, 0.0)
    variance[wide] = 1 - lower * upper * apart**2 / span**2
    return mean, variance


def logit_moments(low: Array, high: Array) -> tuple[Array, Array]:
    """Return mean and variance of logit V for V uniform on [low, high], fractions, by quadrature."""
    low, high = np.clip(low, EDGE, 1 - EDGE), np.clip(high, EDGE, 1 - EDGE)
    points = (low + high)[:, None] / 2 + (high - low)[:, None] / 2 * _NODES
    values = logit(points)
    mean = values @ _WEIGHTS / 2
    variance = (values - mean[:, None]) ** 2 @ _WEIGHTS / 2
    return mean, variance
