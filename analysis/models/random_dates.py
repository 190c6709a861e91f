"""What happened on average at dates that matter, against dates drawn at random within the same series.

The departure of a series z (logs) at its period i is, its drift from first to last taken away,

    D_i = mean(z_i .. z_i+2) - mean(z_i-3 .. z_i-1),

of at least three periods before and two after. With s_j the expected sign of pair j (a series and a period) and w_j
the weight of its series, the statistic is T = sum_j w_j s_j D_j / sum_j w_j. Its reference distribution draws for
every series as many different periods as it has pairs, from those that could have one, and keeps signs and weights
(a randomisation test, as for randomised dates in single-case designs: Edgington 1980, Journal of Educational Statistics
5(3), 235, doi 10.3102/10769986005003235). Weights are 1, or one over the mean square of the series' departures.

Interval and estimate invert the test: an effect theta adds theta s_j to the series from the period of pair j on; T and
its reference move with theta in straight lines, so the values at which a drawn T passes the actual one are known, and
their quantiles are the interval, their median the estimate. p is twice the smaller tail, the actual dates counted in.

Series that share a shock are drawn as if they did not; what that does to the size, a simulation at the lengths of the
data has to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Level, Seed, checked, least, numbers
from analysis.errors import InputError
from analysis.results import Result

Array = NDArray[np.float64]
WINDOW, FEWEST_BEFORE, FEWEST_AFTER = 3, 3, 2
DRAWS = 4000


@dataclass(frozen=True, repr=False)
class Dated(Result):
    """A series `z` (n, logs) at its periods `time` (n whole numbers), and the expected sign (1 or -1) at `dates`."""

    z: ArrayLike
    time: ArrayLike
    dates: Mapping[int, float]


@dataclass(frozen=True, repr=False)
class RandomDatesTest(Result):
    """Mean signed departure at the dates of `pairs`, against dates at random.

    `estimate`, `lower` and `upper` of `level` are those of the effect that the inverted test gives, in the units of z;
    `p` two-sided. `departure` is T itself, `expected` its mean over dates at random.
    """

    estimate: float
    lower: float
    upper: float
    p: float
    pairs: int
    departure: float
    expected: float
    weighted: bool
    level: float


@checked
def departures(z: ArrayLike, time: ArrayLike) -> Array:
    """Return D of each period of a series z (n, logs), missing where too few periods lie before or after.

    `time` are n numbers that increase, perhaps with gaps: windows count periods, the drift is that over time.

    Raises
    ------
    InputError
        If lengths differ, a value is missing, or the times do not increase.
    """
    values, when = numbers(z, "z", 1), numbers(time, "time", 1)
    if len(values) != len(when) or len(values) < 2 or (np.diff(when) <= 0).any():
        raise InputError("z and time must be of one length, at least 2, and time must increase.")
    if not np.isfinite(values).all():
        raise InputError("z must be finite; leave out the periods that have no figure.")
    return _departures(values, when)


@checked
def dates_at_random(
    series: Sequence[Dated],
    *,
    weighted: bool = True,
    draws: Annotated[int, least(99)] = DRAWS,
    seed: Seed = 0,
    level: Level = 0.95,
) -> RandomDatesTest:
    """Return the mean signed departure at given dates of several series, tested against dates at random.

    Parameters
    ----------
    series
        the series with their dates. Dates that have no figure or too few beside them are passed over.
    weighted
        whether quiet series count for more.
    draws, seed
        of the reference distribution.
    level
        of the interval.

    Raises
    ------
    InputError
        If no date can be used, or a series is one that `departures` refuses.

    Examples
    --------
    >>> import numpy as np
    >>> noise = np.random.default_rng(1).normal(0, 0.05, (8, 14))
    >>> z = noise + 0.5 * (np.arange(14) >= 7)
    >>> found = dates_at_random([Dated(one, range(14), {7: 1}) for one in z])
    >>> found.pairs, found.p < 0.05, found.lower < 0.5 < found.upper
    (8, True, True)
    """
    rng = np.random.default_rng(seed)
    total, pairs = 0.0, 0
    own = load = 0.0
    drawn, moved = np.zeros(draws), np.zeros(draws)
    for one in series:
        values, when = numbers(one.z, "z", 1), numbers(one.time, "time", 1)
        found = departures(values, when)
        usable = np.flatnonzero(np.isfinite(found))
        places = [
            (int(np.searchsorted(when, at)), sign) for at, sign in sorted(one.dates.items()) if at in when
        ]
        places = [(place, sign) for place, sign in places if place in usable]
        if not places:
            continue
        chosen, signs = (np.array(part) for part in zip(*places, strict=True))
        weight = 1 / max(float(np.mean(found[usable] ** 2)), 1e-12) if weighted else 1.0
        step = _departures(((np.arange(len(when)) >= chosen[:, None]) * signs[:, None]).sum(axis=0), when)
        own += weight * float(signs @ found[chosen])
        load += weight * float(signs @ step[chosen])
        order = np.argsort(rng.random((draws, len(usable))), axis=1)[:, : len(chosen)]
        drawn += weight * (found[usable[order]] @ signs)
        moved += weight * (step[usable[order]] @ signs)
        total += weight * len(chosen)
        pairs += len(chosen)
    if not pairs:
        raise InputError(
            f"No date has a figure with {FEWEST_BEFORE} before it and {FEWEST_AFTER} from it on; name other dates."
        )
    return _read(
        own / total, load / total, drawn / total, moved / total, pairs, weighted=weighted, level=level
    )


def _read(
    own: float, load: float, drawn: Array, moved: Array, pairs: int, *, weighted: bool, level: float
) -> RandomDatesTest:
    """Return the test and its inversion."""
    near = 1e-9 * max(abs(own), 1e-9)
    high, low = (1 + np.sum(drawn >= own - near), 1 + np.sum(drawn <= own + near))
    # A drawn set of dates is as extreme as the actual one up to theta = (own - drawn) / (load - moved).
    apart = load - moved
    roots = np.sort(((own - drawn) / np.where(apart > 1e-9, apart, np.nan))[apart > 1e-9])
    same = len(drawn) - len(roots)  # the actual dates, drawn again: they exclude no effect
    tail = (1 - level) / 2 * (len(drawn) + 1)
    enough = len(roots) > 0 and tail - 1 - same >= 0
    place = int(np.floor(tail - 1 - same)) if enough else 0
    return RandomDatesTest(
        estimate=float(np.median(roots)) if len(roots) else float("nan"),
        lower=float(roots[place]) if enough else -np.inf,
        upper=float(roots[-1 - place]) if enough else np.inf,
        p=float(min(1.0, 2 * min(high, low) / (len(drawn) + 1))),
        pairs=pairs,
        departure=own,
        expected=float(drawn.mean()),
        weighted=weighted,
        level=level,
    )


def _departures(z: Array, time: Array) -> Array:
    """Return D of each period, NaN where it has none."""
    n = len(z)
    level = z - (z[-1] - z[0]) / (time[-1] - time[0]) * (time - time[0])
    sums = np.concatenate([[0.0], np.cumsum(level)])
    found = np.full(n, np.nan)
    for place in range(FEWEST_BEFORE, n - FEWEST_AFTER + 1):
        end = min(place + WINDOW, n)
        before = (sums[place] - sums[place - WINDOW]) / WINDOW
        found[place] = (sums[end] - sums[place]) / (end - place) - before
    return found
