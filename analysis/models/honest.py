"""How far trends may part before an effect is lost: the bounds of Rambachan and Roth.

Rambachan, Roth (2023, Rev Econ Stud 90(5), 2555, doi 10.1093/restud/rdad018). An event study's coefficients are
beta_k = tau_k + delta_k, tau_k = 0 for k < 0, delta_k the difference in trends, delta_-1 = 0. For the mean effect
over the first h periods, theta = mean(tau_0 .. tau_{h-1}):

relative   |delta_{k+1} - delta_k| <= M B after the measure, B the largest such change before it. Then
           theta is within mean(beta) +- M B (h + 1) / 2.
smoothness |(delta_{k+1} - delta_k) - (delta_k - delta_{k-1})| <= M. Then theta is within
           mean(beta) - s (h + 1) / 2 +- M mean((k + 1)(k + 2) / 2), s = delta_-1 - delta_-2 = -beta_-2: at M = 0
           the last change before goes on in a straight line, so it is not the plain estimate.

Sampling uncertainty is added in a simple, conservative form, not the paper's conditional or fixed-length intervals:
a t quantile times the standard error of mean(beta), plus that of the estimated violation (of B, at the change
where it is found, times M (h + 1) / 2; of s, times (h + 1) / 2). The two are added as if fully correlated, so
the intervals are wider than the paper's; that B is the largest of noisy changes widens them again. Where no
covariance can be had (fewer than three controls) they are NaN, and only the identified set is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from scipy import stats

from analysis.arguments import Level, above, checked, numbers
from analysis.errors import InputError
from analysis.models.panel import Array
from analysis.results import Result
from analysis.rounding import settled
from analysis.threads import one_thread

RESTRICTIONS = ("relative", "smoothness")
DEFAULT = (0.0, 0.5, 1.0, 1.5, 2.0)


@dataclass(frozen=True, repr=False)
class HonestBounds(Result):
    """Bounds under violations of parallel trends, on the log scale.

    `table` has one row a bound: Mbar, identified_lower, identified_upper (no sampling error), lower, upper (with
    it). `breakdown` is the largest Mbar at which lower to upper excludes zero (0 where it never does, inf where
    it always does, NaN where it is not known); `estimate` the mean of the lags; `violation` B or s.
    """

    table: pd.DataFrame
    breakdown: float
    estimate: float
    violation: float
    restriction: str


@checked
@one_thread
def honest_bounds(
    leads: Sequence[float] | Array,
    lags: Sequence[float] | Array,
    covariance: Array | None = None,
    *,
    bounds: Sequence[float] = DEFAULT,
    restriction: str = "relative",
    level: Level = 0.95,
    df: Annotated[float, above(0)] = np.inf,
) -> HonestBounds:
    """Return bounds on the mean effect over the periods of `lags`, for each size of violation in `bounds`.

    Parameters
    ----------
    leads
        beta_k of the periods before the base, in order of time, at least one; the base, k = -1, is 0 and is
        not among them. Periods are taken as equally spaced.
    lags
        beta_k of k = 0 .. h - 1.
    covariance
        of leads and lags in this order; None or NaN for none.
    bounds
        sizes of violation: multiples of B under "relative", log points per squared period under "smoothness".
    restriction
        "relative" or "smoothness".
    level, df
        of the t quantile.

    Raises
    ------
    InputError
        If there is no lead or lag, one is no number, a bound is negative, or the restriction is unknown.
    """
    before, after = numbers(leads, "leads"), numbers(lags, "lags")
    _check(before, after, bounds, restriction)
    h, n = len(after), len(before)
    change, extrapolated, growth, vector = _violation(before, h, restriction)
    average = np.concatenate([np.zeros(n), np.full(h, 1 / h)])
    estimate = float(after.mean())
    given = None if covariance is None else numbers(covariance, "covariance", 2)
    errors = _standard_errors(given, average, np.concatenate([vector, np.zeros(h)]))
    quantile = float(stats.t.ppf((1 + level) / 2, df))
    grow = np.asarray(bounds, dtype=float) * growth
    fixed = quantile * (errors[0] + (abs(extrapolated[1]) * errors[1] if restriction == "smoothness" else 0))
    noisy = quantile * errors[1] * (h + 1) / 2 if restriction == "relative" else 0.0
    centre = estimate - extrapolated[0]
    half = fixed + grow + np.asarray(bounds, dtype=float) * noisy
    table = pd.DataFrame(
        {
            "Mbar": np.asarray(bounds, dtype=float),
            "identified_lower": centre - grow,
            "identified_upper": centre + grow,
            "lower": centre - half,
            "upper": centre + half,
        }
    )
    return HonestBounds(table, _breakdown(abs(centre) - fixed, growth + noisy), estimate, change, restriction)


def _violation(before: Array, h: int, restriction: str) -> tuple[float, tuple[float, float], float, Array]:
    """Return the violation, what is extrapolated (size, weight), the half-width per unit of M, and its gradient."""
    path = np.append(before, 0.0)
    changes = np.diff(path)
    steps = np.arange(h)
    gradient = np.zeros(len(path))
    if restriction == "smoothness":
        gradient[-2] = -1.0
        slope = float(changes[-1])
        weight = (h + 1) / 2
        return slope, (slope * weight, weight), float(np.mean((steps + 1) * (steps + 2) / 2)), gradient[:-1]
    worst = int(np.argmax(settled(np.abs(changes))))
    gradient[worst], gradient[worst + 1] = -1.0, 1.0
    size = float(np.abs(changes[worst]))
    return size, (0.0, 0.0), size * (h + 1) / 2, gradient[:-1]


def _standard_errors(covariance: Array | None, average: Array, gradient: Array) -> tuple[float, float]:
    """Return the standard errors of the mean lag and of the violation; NaN without a covariance."""
    if covariance is None:
        return float("nan"), float("nan")
    if covariance.shape != (len(average), len(average)):
        raise InputError(f"The covariance of {len(average)} leads and lags must be a square of that size.")
    if not np.isfinite(covariance).all():
        return float("nan"), float("nan")
    first, second = (float(np.sqrt(max(float(v @ covariance @ v), 0.0))) for v in (average, gradient))
    return first, second


def _breakdown(margin: float, per_unit: float) -> float:
    """Return the M at which an interval that lies `margin` from zero, growing by `per_unit`, reaches it."""
    if np.isnan(margin) or np.isnan(per_unit):
        return float("nan")
    if margin <= 0:
        return 0.0
    return float(margin / per_unit) if per_unit > 0 else float("inf")


def _check(before: Array, after: Array, bounds: Sequence[float], restriction: str) -> None:
    if restriction not in RESTRICTIONS:
        raise InputError(f"Restriction {restriction!r} is unknown; choose {' or '.join(RESTRICTIONS)}.")
    if not len(before) or not len(after):
        raise InputError(
            "Bounds need at least one lead before the base period and one lag after the measure."
        )
    if not (np.isfinite(before).all() and np.isfinite(after).all()):
        raise InputError(
            "A lead or lag is missing or infinite; give the coefficients of neighbouring periods."
        )
    if any(not 0 <= bound < np.inf for bound in bounds):
        raise InputError("A bound on violations must be finite and 0 or more.")
