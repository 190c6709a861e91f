"""Placebo dates and units: how often nothing looks like something.

The statistic s of the measure stands among those of n placebos, at dates or in units where nothing of the
kind happened:

    p = (1 + #{i: |s_i| >= |s|}) / (n + 1),   never below the floor 1 / (n + 1)

(Phipson, Smyth 2010, Statistical Applications in Genetics and Molecular Biology 9:39,
doi 10.2202/1544-6115.1585). Fits of neighbouring dates share their data, so this is a rank check and no exact
test, and its floor is printed beside it.

A placebo date lies within one side of the measure and is fitted on that side's periods alone, so no fit
straddles the real date. The periods before cannot know the measure. Those after have it throughout: under
the hypothesis of no effect they are as clean as those before, and a lasting step or slope is taken up by
level and trend of the side. What passes (a pulse, a late start) makes placebos there look more extreme, which
errs towards a lower grade. So both sides are the default, and `sides="before"` is the check on it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from analysis.arguments import Count, checked, numbers
from analysis.errors import InputError
from analysis.results import Result
from analysis.rounding import at_least
from analysis.series.thresholds import FEWEST_AFTER, FEWEST_BEFORE

Sides = Literal["both", "before", "after"]


@dataclass(frozen=True, repr=False)
class PlaceboDate(Result):
    """A date at which nothing is supposed: the first period after it, and the periods it may be fitted on."""

    at: float
    first: float
    last: float


@dataclass(frozen=True, repr=False)
class RankCheck(Result):
    """Where a statistic stands among placebos.

    `p` and its smallest attainable value `floor`; `n` placebos that could be fitted, `failed` that could not;
    `share_as_extreme` of the n (NaN without any). `p` is NaN where the observed statistic is.
    """

    p: float
    floor: float
    n: int
    share_as_extreme: float
    failed: int = 0


@checked
def rank_p(observed: float, placebos: ArrayLike) -> RankCheck:
    """Return where `observed` stands among `placebos` by size, on a scale where 0 is no effect.

    Take a statistic that spans of different length share: t, rather than the estimate. NaN placebos (fits
    that failed) are counted and left out. Ties, to a relative 1e-9, count as extreme.

    Raises
    ------
    InputError
        If the placebos do not stand in one row.
    """
    values = numbers(placebos, "placebos")
    found = np.abs(values[~np.isnan(values)])
    n, failed = len(found), len(values) - len(found)
    floor = 1 / (n + 1)
    if math.isnan(observed):
        return RankCheck(math.nan, floor, n, math.nan, failed)
    extreme = (
        int(at_least(found, abs(observed)).sum()) if math.isfinite(observed) else int(np.isinf(found).sum())
    )
    return RankCheck((extreme + 1) / (n + 1), floor, n, extreme / n if n else math.nan, failed)


@checked
def placebo_dates(
    time: ArrayLike,
    at: float,
    min_before: Count = FEWEST_BEFORE,
    min_after: Count = FEWEST_AFTER,
    *,
    sides: Sides = "both",
) -> tuple[PlaceboDate, ...]:
    """Return the admissible placebo dates, in order.

    `time` holds the informed periods, in order and perhaps with gaps; `at` is the first one affected. A date
    is one of the periods of a side that has at least `min_before` of them before it and `min_after` from it
    on, both within that side.

    Raises
    ------
    InputError
        If time does not increase, a minimum is below 1, or sides is unknown.
    """
    when = numbers(time, "time")
    if not np.isfinite(when).all() or not (np.diff(when) > 0).all():
        raise InputError("Periods must be finite and increase, one after the other.")
    parts = {"before": when[when < at], "after": when[when >= at]}
    wanted = ("before", "after") if sides == "both" else (sides,)
    return tuple(
        PlaceboDate(float(day), float(part[0]), float(part[-1]))
        for part in (parts[name] for name in wanted)
        for day in part[min_before : max(0, len(part) - min_after + 1)]
    )
