"""Test buys aimed where fakes are suspected: what they say of the market, and what aiming gained.

A share found among targeted buys is no prevalence. With the lift L = P(fake | targeted) / P(fake), known only to lie
in [l, u], the market's share is p / L; and with a fraction c of the market inside the target, it is at least c p (no
fake outside) and at most c p + 1 - c (nothing else outside): Manski (1989, J Human Resources 24(3), 343, doi
10.2307/145818). Both hold together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from scipy.optimize import brentq

from analysis.arguments import Level, checked
from analysis.errors import InputError, shown
from analysis.models.proportions import Method, limits
from analysis.models.tallies import fractions, positive, shares_of
from analysis.results import Result

MOST_BUYS = 1_000_000_000


@dataclass(frozen=True, repr=False)
class MarketBounds(Result):
    """What targeted buys leave open: `lower` and `upper` of the market's share.

    `targeted`, `targeted_lower`, `targeted_upper`: the share among targeted items, with its interval. `at_estimate`:
    the bounds that would be left if that share were known exactly.
    """

    lower: float
    upper: float
    at_estimate: tuple[float, float]
    targeted: float
    targeted_lower: float
    targeted_upper: float
    lift: tuple[float, float]
    target_share: float
    level: float


@checked
def market_bounds(
    k: int,
    n: int,
    lift: ArrayLike = (1.0, np.inf),
    target_share: float = 0.0,
    *,
    method: Method = "clopper-pearson",
    level: Level = 0.95,
) -> MarketBounds:
    """Return bounds on the market's share of fakes from k fakes among n targeted buys.

    With [a, b] the interval of the targeted share and `lift` (l, u), the share lies in [a / u, b / l], and with
    c = `target_share`, the fraction of the market that the target holds, in [c a, c b + 1 - c]. `lift` may be one
    number; u may be infinite (nothing known but that aiming did not hurt). The bounds hold with at least `level`
    when lift and target_share are true; nothing in between is likelier than the ends.

    Raises
    ------
    InputError
        If k lies above n, the lift is not two numbers above 0 in order, target_share lies outside 0 to 1, or no
        share fits (the lift is too large for so large a target: u times c above 1 throughout).

    >>> low, high = market_bounds(30, 100, lift=(2, 6)).at_estimate
    >>> round(low, 3), round(high, 3)
    (0.05, 0.15)
    """
    found, tested = shares_of(k, n)
    least, most = _lift(lift)
    share = float(fractions(target_share, "target_share")[0])
    low, high = (float(limit[0]) for limit in limits(found, tested, method, level))
    estimate = float(found[0] / tested[0])
    if least * share > 1 + 1e-12:
        raise InputError(
            f"A lift of {least:g} or more cannot be when the target holds {share:g} of the market: "
            f"it is at most {1 / share:g}."
        )
    lower, upper = _between(low, high, (least, most), share)
    if lower > upper:
        raise InputError(
            f"No share of the market fits: a targeted share of {low:.3g} to {high:.3g}, a lift of {least:g} to "
            f"{most:g} and a target of {share:g} of the market contradict each other."
        )
    at = _between(estimate, estimate, (least, most), share)
    return MarketBounds(lower, upper, at, estimate, low, high, (least, most), share, level)


def _between(low: float, high: float, lift: tuple[float, float], share: float) -> tuple[float, float]:
    """Return the ends of the market's share for a targeted share between `low` and `high`."""
    return max(low / lift[1], share * low), min(1.0, high / lift[0], share * high + 1 - share)


def _lift(lift: ArrayLike) -> tuple[float, float]:
    """Return the ends of the lift. Raises InputError if they are no interval above 0."""
    ends = np.atleast_1d(np.asarray(lift, dtype=object)).tolist()
    known = [end for end in ends if not (isinstance(end, float) and end == np.inf)]
    if len(ends) not in (1, 2) or not known:
        raise InputError("lift must be one number or two, the least and the most it may be, such as (2, 6).")
    values = [float(end) for end in positive(known, "lift")]
    least, most = values[0], (np.inf if len(known) < len(ends) else values[-1])
    if least > most or ends[0] == np.inf:
        raise InputError(f"lift runs from {ends[0]} to {ends[-1]}; give the smaller first.")
    return least, most


@dataclass(frozen=True, repr=False)
class DetectionYield(Result):
    """What aiming gains: `ratio` of the shares of fakes, aimed over random, with `lower` and `upper`.

    `aimed`, `random`: the shares; `more_per_100`: fakes more in 100 buys; `random_buys_for_one`: random buys that find
    as many as one aimed buy (equal to the ratio). The ratio is infinite where random buys found none.
    """

    ratio: float
    lower: float
    upper: float
    aimed: float
    random: float
    more_per_100: float
    level: float


@checked
def detection_yield(k: int, n: int, k_random: int, n_random: int, *, level: Level = 0.95) -> DetectionYield:
    """Return how many times as many fakes aimed buys find as random ones: the lift, with the score interval.

    k of n aimed, k_random of n_random random buys. The interval holds the ratios R that the score test of
    p1 = R p0 does not reject (Koopman 1984, Biometrics 40(2), 513, doi 10.2307/2531405): it needs no count above zero.

    Raises
    ------
    InputError
        If a k lies above its n, or neither kind of buys found any.

    >>> found = detection_yield(36, 40, 16, 80)
    >>> round(found.ratio, 2), round(found.lower, 2), round(found.upper, 2)
    (4.5, 2.94, 7.15)
    """
    (x1,), (n1,) = (one.tolist() for one in shares_of(k, n))
    (x0,), (n0,) = (one.tolist() for one in shares_of(k_random, n_random))
    if max(n1, n0) > MOST_BUYS:
        raise InputError(f"n and n_random are buys: at most {MOST_BUYS:,}, not {shown(int(max(n1, n0)))}.")
    if x1 + x0 == 0:
        raise InputError("Neither the aimed nor the random buys found a fake; nothing can be compared.")
    ratio = x1 / n1 / (x0 / n0) if x0 else np.inf
    bound = float(stats.chi2.ppf(level, 1))

    def excess(log_ratio: float) -> float:
        return _koopman(x1, n1, x0, n0, float(np.exp(log_ratio))) - bound

    middle = float(np.clip(np.log(ratio), -30, 30)) if ratio else -30.0
    lower = np.exp(_crossing(excess, middle, -1)) if x1 else 0.0
    upper = np.exp(_crossing(excess, middle, 1)) if x0 else np.inf
    gain = 100 * (x1 / n1 - x0 / n0)
    return DetectionYield(ratio, float(lower), float(upper), x1 / n1, x0 / n0, gain, level)


def _koopman(x1: float, n1: float, x0: float, n0: float, ratio: float) -> float:
    """Return Koopman's chi-squared for p1 = ratio p0, at the likeliest p0 under it."""
    a, b, c = ratio * (n1 + n0), ratio * (n1 + x0) + x1 + n0, x1 + x0
    p0 = 2 * c / (b + np.sqrt(max(b * b - 4 * a * c, 0.0)))  # the smaller root, without cancellation
    return _pearson(x1, n1, min(ratio * p0, 1.0)) + _pearson(x0, n0, min(p0, 1.0))


def _pearson(x: float, n: float, p: float) -> float:
    """Return (x - n p)^2 / (n p (1 - p)), the squared distance of a count from its expectation."""
    away = x - n * p
    return 0.0 if abs(away) < 1e-9 else away**2 / max(n * p * (1 - p), 1e-300)


def _crossing(excess: Callable[[float], float], start: float, direction: int) -> float:
    """Return where a function that is below zero near `start` crosses zero, going one way."""
    inner = start
    for step in (0.5 * 1.3**power for power in range(40)):
        outer = start + direction * step
        if excess(outer) > 0:
            return float(brentq(excess, inner, outer, xtol=1e-12))
        if excess(outer) <= 0:
            inner = outer
    return direction * np.inf
