"""Which of two distributions is nearer to values: Vuong's test, and the rivals that a power law is held against.

R = sum_i [log p1(x_i) - log p2(x_i)]; p = erfc(|R| / sqrt(2 n s^2)), s^2 the variance of the summands: the chance of a
ratio so far from zero, on either side, were both equally near (Vuong 1989, Likelihood ratio tests for model selection
and non-nested hypotheses, Econometrica 57(2):307-333, doi 10.2307/1912557; Clauset, Shalizi, Newman 2009, appendix
C, doi 10.1137/070710111).

The test is lopsided where tails are heavy (`studies/estimators.py`): among 300 values to which both laws are equally
near it calls the exponential nearer in one sample of eight where it should in one of forty, because the rare values
that would speak for the power law are not in most samples. A power law, for its part, it all but never rejects for a
log-normal, whose limit it is. Its p is left as published, so that it compares with others' tables: what is missing is
in the sample, not in the formula. Of 1,000 such samples the test kept the tie in 87 of 100, with Hall's or Johnson's
allowance for skewness, a studentised bootstrap of n to n^0.6 values, or the weights of Schennach and Wilhelm (2017, J
Am Stat Assoc 112(520):1663-1674, doi 10.1080/01621459.2016.1224716) in 87 to 90; Shi's allowance (2015, Quant Econ
6(1):85-121, doi 10.3982/QE382) is for summands that hardly vary, and these do. Statistics drawn from the mixture of the
two fitted laws that ties them kept it in 93, and five other ties (300 samples each) in 91 to 95; that needs a mixture
worked out for each rival, and no page asks about the exponential.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from analysis.models.censored_rows import NORMAL
from analysis.models.truncated_lognormal import FARTHEST, cut_moments, cut_normal, start_of

Array = NDArray[np.float64]


class Versus(NamedTuple):
    """A comparison: the log-likelihood `ratio` (above zero: the power law is nearer) and the two-sided `p`."""

    ratio: float
    p: float


def vuong(one: Array, other: Array, weights: Array) -> Versus:
    """Return the comparison of two sets of log-likelihoods of the same values, each counted `weights` times."""
    held = weights > 0
    weights = weights[held]
    n, gaps = weights.sum(), one[held] - other[held]
    ratio = float(weights @ gaps)
    spread = float(weights @ (gaps - ratio / n) ** 2) / n
    if spread <= 1e-24 or abs(ratio) < 1e-9:
        return Versus(0.0, 1.0)  # two names of one distribution
    return Versus(ratio, float(special.erfc(abs(ratio) / np.sqrt(2 * n * spread))))


def lognormal_logs(excess: Array) -> Array:
    """Return log densities, of log(x / xmin), under the log-normal distribution cut at xmin that fits best."""
    a, s = cut_normal(excess)
    if not np.isfinite(a):
        mean = float(excess.mean())
        return np.asarray(-excess / mean - np.log(mean))
    return np.asarray(NORMAL.log_density(excess / s + a) - np.log(s) - special.log_ndtr(-a))


def exponential_logs(x: Array, xmin: float) -> Array:
    """Return log densities under the exponential distribution above xmin that fits best."""
    mean = float(x.mean()) - xmin
    return np.asarray(-(x - xmin) / mean - np.log(mean))


def binned_lognormal_logs(low: Array, high: Array, weights: Array) -> Array:
    """Return log chances of bins under the log-normal distribution cut at the first bin's start that fits best.

    `low` and `high` (k) are logs of the bins' ends over the start, so that low begins at 0; high may be inf.
    """
    middle = np.where(np.isfinite(high), (low + high) / 2, low)
    mean = max(float(weights @ middle) / weights.sum(), 1e-9)

    def logs(point: Array) -> Array:
        a = float(point[0])
        s = np.exp(point[1]) / cut_moments(a)[1]
        return np.asarray(NORMAL.log_between(low / s + a, high / s + a) - special.log_ndtr(-a))

    ratio = float(weights @ middle**2) / weights.sum() / mean**2
    first = _least(logs, weights, (start_of(ratio), np.log(mean)))
    return logs(_least(logs, weights, (float(first[0]), float(first[1]))))


def _least(logs: Callable[[Array], Array], weights: Array, start: tuple[float, float]) -> Array:
    """Return the point of the highest likelihood from one start, by simplex: two parameters, smooth, cheap."""

    def lost(point: Array) -> float:
        if not (-40 < point[0] < FARTHEST and abs(point[1] - start[1]) < 10):
            return 1e300
        value = -float(weights @ logs(point))
        return value if np.isfinite(value) else 1e300

    found = optimize.minimize(
        lost, np.array(start), method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-8, "maxiter": 1_000}
    )
    return np.asarray(found.x)


def geometric_logs(x: Array, weights: Array, xmin: float) -> Array:
    """Return log chances of whole numbers under the geometric distribution from xmin on that fits best."""
    mean = float(weights @ x) / weights.sum() - xmin
    return np.asarray((x - xmin) * np.log(mean / (1 + mean)) - np.log1p(mean))
