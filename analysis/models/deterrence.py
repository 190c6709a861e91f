"""What an offence costs whoever commits it, as far as printed figures bound it.

An offender weighs the gain against the chance of each step times the penalty at its end (Becker 1968, Journal of
Political Economy 76(2), 169, doi 10.1086/259394). Per yuan of illegal turnover,

    expected penalty = P(caught) P(charged | caught) P(convicted | charged) ... x penalty per yuan,

and each link is known only as an interval: printed, or 0 to 1 where nothing is. All factors are 0 or more, so the
product lies between the product of the lower ends and that of the upper ends, and both are reached: without knowing
how the links go together nothing narrower can be said (Manski 2003, Partial Identification of Probability
Distributions, chapter 1, doi 10.1007/b97478; Moore 1966, Interval Analysis, chapter 2). Nothing between the ends is
likelier than the ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import checked, numbers
from analysis.errors import InputError, shown
from analysis.models.tallies import fractions, labels, positive, row, together
from analysis.results import Result

Array = NDArray[np.float64]
Interval = tuple[float, float]


@dataclass(frozen=True, repr=False)
class ExpectedPenalty(Result):
    """What an offence costs on average: `lower` and `upper`, in the unit of the penalty.

    `table`: a row a factor (links, then penalty) with its low and high, and `upper_at_low`: what the upper bound would
    be if this factor were known to be at its lower end, the others as wide as they are. `reached`: the chance that an
    offence comes to its penalty, as an interval. `break_even`: where a gain was given, the chance of the links from
    which on the penalty eats it (least, most; above 1: no chance is enough), else None.
    """

    lower: float
    upper: float
    table: pd.DataFrame
    reached: Interval
    break_even: Interval | None


@checked
def expected_penalty(
    links: Mapping[str, ArrayLike], penalty: ArrayLike, *, gain: ArrayLike | None = None
) -> ExpectedPenalty:
    """Return bounds on the expected penalty from links that are known as intervals.

    `links`: name -> (low, high), or one number, each a fraction; `penalty`: what follows at the end, per unit of
    turnover or per person, 0 or more, (low, high) or one number; `gain`: in the same unit.

    With [a_i, b_i] the links and [f, F] the penalty the bounds are f prod a_i and F prod b_i. An offence pays nothing
    from a chance of g / F on at the least (G / f at the most) for a gain in [g, G].

    Raises
    ------
    InputError
        If there is no link, a link lies outside 0 to 1, an interval is not in order, or the penalty or the gain is
        negative.

    >>> found = expected_penalty({"caught": (0.01, 0.1), "charged": 0.8}, (0.5, 1.0), gain=0.2)
    >>> round(found.lower, 4), round(found.upper, 4), found.break_even
    (0.004, 0.08, (0.2, 0.4))
    """
    if not links:
        raise InputError("There is no link between an offence and its penalty; name one at least.")
    ends = {name: _fractions(link, f"link {name!r}") for name, link in links.items()}
    least, most = _interval(penalty, "penalty")
    low = float(np.prod([one for one, _ in ends.values()]))
    high = float(np.prod([other for _, other in ends.values()]))
    factors = {**ends, "penalty": (least, most)}
    table = pd.DataFrame(
        [(one, other, _upper_at_low(factors, name)) for name, (one, other) in factors.items()],
        index=list(factors),
        columns=["low", "high", "upper_at_low"],
    )
    even = None if gain is None else _break_even(_interval(gain, "gain"), (least, most))
    return ExpectedPenalty(low * least, high * most, table, (low, high), even)


def _upper_at_low(factors: Mapping[str, Interval], name: str) -> float:
    """Return the product of the upper ends, but of one factor the lower."""
    return float(np.prod([ends[0] if one == name else ends[1] for one, ends in factors.items()]))


def _break_even(gain: Interval, penalty: Interval) -> Interval:
    """Return from which chance on a penalty eats a gain; endless where there is no penalty."""
    least = gain[0] / penalty[1] if penalty[1] else np.inf
    most = gain[1] / penalty[0] if penalty[0] else np.inf
    return least, most


@checked
def mean_of_shares(share: ArrayLike, low: ArrayLike, high: ArrayLike) -> Interval:
    """Return bounds on a mean when only the shares of its values in some ranges are printed.

    "Half of the fines were below a half of the turnover": `share` (ranges) of the values lies between `low` and
    `high` (ranges); the shares sum to 1. The mean lies between sum share low and sum share high.

    Raises
    ------
    InputError
        If lengths or labels differ, a share lies outside 0 to 1, they do not sum to 1, or a range is not in order.

    >>> mean_of_shares([0.5, 0.5], [0.0, 0.5], [0.5, 1.0])
    (0.25, 0.75)
    """
    labels(share, low, high)
    parts, least, most = together(
        share=fractions(share, "share"), low=row(low, "low"), high=row(high, "high")
    )
    _in_order(least, most, "range")
    if abs(parts.sum() - 1) > 1e-9:
        raise InputError(
            f"The shares sum to {parts.sum():.6g}; they must sum to 1, so name the rest as well."
        )
    return float(parts @ least), float(parts @ most)


@checked
def crossing(low: ArrayLike, high: ArrayLike, thresholds: Mapping[str, float]) -> pd.DataFrame:
    """Return which share of values certainly, and which possibly, reaches each threshold.

    `low`, `high` (cases): what the hedge of each value allows; `high` may be infinite. A row a threshold: `threshold`,
    `certain` (share with low >= threshold), `possible` (share with high >= threshold), `n`.

    Raises
    ------
    InputError
        If there is no case or no threshold, lengths differ, a value is missing, or low lies above high.

    >>> crossing([40, 60, 300], [60, 60, 400], {"serious": 50})[["certain", "possible"]].round(2).values.tolist()
    [[0.67, 1.0]]
    """
    if not thresholds:
        raise InputError("There is no threshold; name one at least.")
    least, most = numbers(low, "low"), numbers(high, "high")
    if len(least) != len(most) or not len(least):
        raise InputError(
            f"low has {len(least)} values and high {len(most)}; give as many of each, and one at least."
        )
    if np.isnan(least).any() or np.isnan(most).any():
        raise InputError("A value is missing; leave out the cases without one.")
    _in_order(least, most, "case")
    rows = [
        (limit, float((least >= limit).mean()), float((most >= limit).mean()), len(least))
        for limit in positive(list(thresholds.values()), "thresholds").tolist()
    ]
    return pd.DataFrame(rows, index=list(thresholds), columns=["threshold", "certain", "possible", "n"])


@checked
def controlled_change(
    before: ArrayLike, after: ArrayLike, control_before: ArrayLike, control_after: ArrayLike
) -> pd.DataFrame:
    """Return by which factor counts changed beyond what a control changed: estimate, lower, upper (rows).

    Each argument is (low, high) or a row of such pairs (rows, 2): (after / before) / (control_after /
    control_before), with the ends crosswise: the widest that the intervals allow. `estimate` takes the middles.

    Raises
    ------
    InputError
        If an interval is not two numbers above 0 in order, or the numbers of rows differ.

    >>> controlled_change((100, 100), (150, 150), (1000, 1000), (1200, 1250)).round(3).values.tolist()
    [[1.224, 1.2, 1.25]]
    """
    named = {
        "before": before,
        "after": after,
        "control_before": control_before,
        "control_after": control_after,
    }
    pairs = {name: _pairs(values, name) for name, values in named.items()}
    (b, a, cb, ca) = (pairs[name] for name in named)
    if len({len(one) for one in pairs.values()}) > 1:
        raise InputError(
            "The four counts have not as many rows each; give a pair of every count for each row."
        )
    middle = a.mean(1) / b.mean(1) / (ca.mean(1) / cb.mean(1))
    lower = a[:, 0] / b[:, 1] / (ca[:, 1] / cb[:, 0])
    upper = a[:, 1] / b[:, 0] / (ca[:, 0] / cb[:, 1])
    return pd.DataFrame({"estimate": middle, "lower": lower, "upper": upper})


def _pairs(values: Any, name: str) -> Array:
    """Return intervals as rows (rows, 2). Raises InputError if one is none."""
    array = numbers(values, name, 2) if np.ndim(values) == 2 else numbers(values, name)[None]
    if array.shape[1] != 2 or not np.isfinite(array).all() or (array <= 0).any():
        raise InputError(
            f"{name} must be a low and a high above 0, or rows of such pairs, not {shown(values)}."
        )
    _in_order(array[:, 0], array[:, 1], name)
    return array


def _interval(values: Any, name: str) -> Interval:
    """Return one number or two as (low, high), 0 or more. Raises InputError."""
    ends = row(values, name)
    if len(ends) > 2 or (ends < 0).any():
        raise InputError(
            f"{name} must be one number or two, 0 or more, the smaller first, not {shown(values)}."
        )
    _in_order(ends[:1], ends[-1:], name)
    return float(ends[0]), float(ends[-1])


def _fractions(values: Any, name: str) -> Interval:
    """Return one fraction or two as (low, high). Raises InputError."""
    low, high = _interval(values, name)
    if high > 1:
        raise InputError(f"{name} is {high:g}; a link is a fraction between 0 and 1 (0.37 for 37 percent).")
    return low, high


def _in_order(low: Array, high: Array, name: str) -> None:
    wrong = np.flatnonzero(low > high)
    if len(wrong):
        at = wrong[0]
        raise InputError(
            f"{name}: the lower end {low[at]:g} lies above the upper end {high[at]:g}; swap them."
        )
