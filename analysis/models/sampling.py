"""What a random sample can tell: the precision of a share, and the sample that a precision needs.

The formulas are those of Cochran (1977, Sampling Techniques, 3rd edition, Wiley): chapter 3 for the standard
error of a proportion under simple random sampling without replacement, chapter 4 for the sample size with the
finite population correction. The normal approximation stands behind both; it is poor where fewer than about
five items of either kind are expected in the sample.

Nothing here holds for a sample that was drawn where fakes are suspected: its share of fakes is no prevalence
unless every item's chance of being drawn is known (Horvitz, Thompson 1952).
"""

from __future__ import annotations

import math
from statistics import NormalDist

from analysis.errors import InputError


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
    if not 0 < half_width < 1:
        raise InputError(f"A half-width must be a fraction above 0 and below 1, not {half_width!r}.")
    _check_population(population)
    needed = z**2 * prevalence * (1 - prevalence) / half_width**2
    if population is not None and needed > 0:
        needed = needed / (1 + (needed - 1) / population)
    # A tolerance keeps an exact whole number from being rounded up by the last bit.
    return max(1, math.ceil(needed - 1e-9))


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
