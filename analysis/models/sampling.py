"""What a random sample can tell: the precision of a share, and the sample that a precision or a change needs.

The formulas are those of Cochran (1977, Sampling Techniques, 3rd edition, Wiley): chapter 3 for the standard
error of a proportion under simple random sampling without replacement, chapter 4 for the sample size with the
finite population correction. The normal approximation stands behind both; it is poor where fewer than about
five items of either kind are expected in the sample.

Nothing here holds for a sample that was drawn where fakes are suspected: its share of fakes is no prevalence
unless every item's chance of being drawn is known (Horvitz, Thompson 1952): `weighted.py`, and `targeting.py` where
it is not. This is the door to all that the models know of samples; `proportions.py` has the intervals of simple
samples, `allocation.py` the plan of a stratified one.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Annotated

from analysis.arguments import Level, between, checked
from analysis.errors import InputError
from analysis.models.allocation import Allocation, neyman_allocation
from analysis.models.proportions import corrected_prevalence, proportion_interval
from analysis.models.targeting import DetectionYield, MarketBounds, detection_yield, market_bounds
from analysis.models.weighted import Weighted, weighted_mean, weighted_total

__all__ = [
    "Allocation",
    "DetectionYield",
    "MarketBounds",
    "Weighted",
    "corrected_prevalence",
    "detection_yield",
    "market_bounds",
    "neyman_allocation",
    "proportion_interval",
    "sample_size_for",
    "sample_size_for_change",
    "simple_random_half_width",
    "weighted_mean",
    "weighted_total",
]

FINEST = 1e-9  # half-width that a sample may be asked for


@checked
def simple_random_half_width(
    prevalence: float, n: float, population: float | None = None, level: float = 0.95
) -> float:
    """Return the half-width of the interval for a share, as a fraction, from a simple random sample.

    z * sqrt(P (1 - P) / n * (N - n) / (N - 1)), P the true `prevalence` (a fraction), `n` the items drawn
    without replacement, N the items there are; without a `population` the correction is left out.

    Raises
    ------
    InputError
        If the prevalence is not between 0 and 1, n is below 1 or above the population, or the level is not
        above 0 and below 1.
    """
    z = _quantile(level)
    _check_prevalence(prevalence)
    if not (math.isfinite(n) and n >= 1):
        raise InputError(f"A sample of {n!r} items tells nothing; give at least 1.")
    _check_population(population)
    if population is not None and n > population:
        raise InputError(f"A sample of {n:g} cannot be drawn from a population of {population:g}.")
    factor = 1.0
    if population is not None:
        factor = (population - n) / (population - 1) if population > 1 else 0.0
    return z * math.sqrt(prevalence * (1 - prevalence) / n * factor)


@checked
def sample_size_for(
    half_width: float, prevalence: float = 0.5, population: float | None = None, level: float = 0.95
) -> int:
    """Return the smallest simple random sample whose interval for a share has at most this half-width.

    n0 = z^2 P (1 - P) / d^2, and n0 / (1 + (n0 - 1) / N) with a finite `population` N; at least 1.
    `half_width` and `prevalence` are fractions. A prevalence of 0.5 asks for most and is safe where nothing
    is known.

    Raises
    ------
    InputError
        If the half-width is not above 0 and below 1, or another argument is outside its range.
    """
    z = _quantile(level)
    _check_prevalence(prevalence)
    if not FINEST <= half_width < 1:
        raise InputError(
            f"A half-width must be a fraction above 0 ({FINEST:g} or more) and below 1, not {half_width!r}."
        )
    _check_population(population)
    needed = z**2 * prevalence * (1 - prevalence) / half_width**2
    if population is not None and needed > 0:
        needed = needed / (1 + (needed - 1) / population)
    # A tolerance keeps an exact whole number from being rounded up by the last bit.
    return max(1, math.ceil(needed - 1e-9))


@checked
def sample_size_for_change(
    before: float, after: float, *, power: Annotated[float, between(0, 1)] = 0.8, level: Level = 0.95
) -> int:
    """Return the simple random buys needed each time to tell a share `after` from a share `before`.

    n = [z_a sqrt(2 m (1 - m)) + z_b sqrt(P1 (1 - P1) + P2 (1 - P2))]^2 / (P1 - P2)^2, m the mean of the two shares,
    z_a the two-sided quantile of `level`, z_b that of `power`: the chance that the two-sided test sees the change
    (Fleiss, Levin, Paik 2003, Statistical Methods for Rates and Proportions, 3rd edition, Wiley, chapter 4, doi
    10.1002/0471445428). Without the correction for continuity.

    Raises
    ------
    InputError
        If a share is not between 0 and 1, or the two are equal.

    >>> sample_size_for_change(0.50, 0.75, power=0.9)
    77
    """
    _check_prevalence(before)
    _check_prevalence(after)
    if before == after:
        raise InputError(f"Both shares are {before:g}; there is no change to see. Give two that differ.")
    middle = (before + after) / 2
    null = _quantile(level) * math.sqrt(2 * middle * (1 - middle))
    true = NormalDist().inv_cdf(power) * math.sqrt(before * (1 - before) + after * (1 - after))
    return max(1, math.ceil((null + true) ** 2 / (after - before) ** 2 - 1e-9))


def _quantile(level: float) -> float:
    """Return the standard normal quantile of a two-sided interval."""
    if not 0 < level < 1:
        raise InputError(f"A level must be above 0 and below 1, not {level!r}; say 0.95.")
    return NormalDist().inv_cdf((1 + level) / 2)


def _check_prevalence(prevalence: float) -> None:
    if not 0 <= prevalence <= 1:
        raise InputError(f"A prevalence must be a fraction between 0 and 1, not {prevalence!r}.")


def _check_population(population: float | None) -> None:
    if population is not None and not (math.isfinite(population) and population >= 1):
        raise InputError(f"A population of {population!r} items is none; give at least 1, or None.")
