"""The log-normal distribution of values that are on record only above a threshold.

With y = log(x / threshold) the density is that of a normal distribution cut at zero. As an exponential family in (y,
y^2) its likelihood equations say that the fitted mean and mean square of y are the sample's; with a = -m / s, m and s
mean and standard deviation before the cut, the moments of y / s are I_k / I_0,

    I_k(a) = integral of y^k exp(-a y - y^2 / 2) over y > 0,   I_1 = 1 - a I_0,   I_k = (k - 1) I_(k-2) - a I_(k-1),

so that E y^2 / (E y)^2, between 1 and 2, gives a and E y then s. I_0 is Mills' ratio. Far from the cut its digits
cancel, and a search would find ends that are none: there I_k is its series in 1 / a^2 (Olver and others, NIST Handbook
of Mathematical Functions, 2010, Cambridge, section 12.9). At 2 and beyond the maximum is the limit m -> minus
infinity, a Pareto distribution (del Castillo 1994, The singly truncated normal distribution: a non-steep exponential
family, Ann Inst Stat Math 46(1):57-66, doi 10.1007/BF00773592).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special

from analysis.arguments import above, checked
from analysis.errors import InputError
from analysis.models.censored_rows import NORMAL
from analysis.models.positive import positive_values
from analysis.results import Result
from analysis.threads import one_thread

Array = NDArray[np.float64]

FARTHEST = 300.0  # standard deviations of the threshold above the mean: a Pareto tail to nine digits
FAR, TERMS = 10.0, 30  # from where on a series is summed, and how far: to 14 digits
SERIES = np.array(
    [[(-0.5) ** j * factorial(k + 2 * j) / factorial(j) for j in range(TERMS)] for k in range(5)]
)


@dataclass(frozen=True, repr=False)
class TruncatedLognormal(Result):
    """A log-normal distribution cut below a threshold: `mu` and `sigma` of log x before the cut, and their errors.

    The errors are those of many values: estimate +- 1.96 errors hold mu and sigma in 94 and 95 of 100 samples of a
    thousand values above the threshold, and in 90 and 92 of samples of 150 (`studies/estimators.py`).
    `share_above`: the share of the whole distribution above the threshold; `n` values, `loglik` given the cut.
    `is_pareto` where the maximum is the Pareto limit: mu, sigma and their errors are NaN then.
    """

    mu: float
    sigma: float
    mu_se: float
    sigma_se: float
    share_above: float
    threshold: float
    n: int
    loglik: float
    is_pareto: bool


@checked
@one_thread
def truncated_lognormal(x: ArrayLike, threshold: Annotated[float, above(0)]) -> TruncatedLognormal:
    """Return the log-normal distribution of values of which only those above a threshold are on record.

    Maximum likelihood, solved exactly (see the module); errors from the information. Values below `threshold` (in
    units of x) are left out.

    Raises
    ------
    InputError
        If a value is not a finite number above zero, the threshold is not finite, or fewer than 3 values, or none
        that differ, lie at or above it.
    """
    values = positive_values(x, "x")
    if not np.isfinite(threshold):
        raise InputError(f"threshold must be a finite number above zero, not {threshold!r}.")
    with np.errstate(over="ignore"):
        excess = np.log(values[values >= threshold] / threshold)
    if not np.isfinite(excess).all():
        raise InputError(
            f"x is too far above the threshold {threshold:g} for a fit; give one of its own size."
        )
    if len(excess) < 3 or np.ptp(excess) < 1e-12:
        raise InputError(
            f"{len(excess)} of {len(values)} values lie at or above the threshold {threshold:g}; a log-normal fit "
            "needs at least 3 that differ."
        )
    n, origin = len(excess), float(np.log(threshold))
    a, s = cut_normal(excess)
    jacobian = float(excess.sum()) + n * origin  # from log x to x
    if not np.isfinite(a):
        mean = float(excess.mean())
        loglik = -n * (np.log(mean) + 1) - jacobian
        nan = float("nan")
        return TruncatedLognormal(nan, nan, nan, nan, nan, threshold, n, loglik, True)
    z = excess / s + a
    loglik = float(NORMAL.log_density(z).sum() - n * np.log(s) - n * special.log_ndtr(-a)) - jacobian
    errors = np.sqrt(np.diag(_covariance(a, s, n)))
    share = float(special.ndtr(-a))
    return TruncatedLognormal(
        origin - a * s, s, float(errors[0]), float(errors[1]), share, threshold, n, loglik, False
    )


def cut_moments(a: float) -> Array:
    """Return E (y / s)^k for k = 0 to 4, exact in both tails (see the module)."""
    if a >= FAR:
        scaled = SERIES @ a ** (-2.0 * np.arange(TERMS))
        return np.asarray(scaled / scaled[0] / a ** np.arange(5.0))
    first = 1 / (np.sqrt(np.pi / 2) * special.erfcx(a / np.sqrt(2))) - a
    second = 1 - a * first
    third = 2 * first - a * second
    return np.array([1.0, first, second, third, 3 * second - a * third])


def cut_normal(excess: Array) -> tuple[float, float]:
    """Return a and s of a normal distribution cut at zero, a in units of s; (inf, inf) for the exponential limit."""
    mean = float(excess.mean())
    a = cut_at(float((excess**2).mean()) / mean**2)
    return (a, mean / float(cut_moments(a)[1])) if np.isfinite(a) else (np.inf, np.inf)


def cut_at(ratio: float) -> float:
    """Return a from E y^2 / (E y)^2, infinity where the ratio is that of an exponential distribution or above."""

    def gap(a: float) -> float:
        _, first, second, *_ = cut_moments(a)
        return float(second / first**2) - ratio

    if gap(FARTHEST) <= 0:
        return np.inf
    low = -10.0
    while gap(low) > 0 and low > -1e6:
        low *= 2
    return float(optimize.brentq(gap, low, FARTHEST, xtol=1e-13, rtol=1e-14))


def start_of(ratio: float) -> float:
    """Return a place from which to seek a, for values in bins: near that of their midpoints."""
    return float(np.clip(cut_at(max(ratio, 1.001)), -20.0, 20.0))


def _covariance(a: float, s: float, n: int) -> Array:
    """Return the covariance of (m, s): the information of a curved exponential family in (y, y^2)."""
    _, first, second, third, fourth = cut_moments(a) * s ** np.arange(5.0)
    spread = np.array(
        [[second - first**2, third - first * second], [third - first * second, fourth - second**2]]
    )
    natural = np.array([[1 / s**2, 2 * a / s**2], [0.0, 1 / s**3]])  # of (m / s^2, -1 / (2 s^2)) by (m, s)
    return np.asarray(np.linalg.inv(n * natural.T @ spread @ natural))
