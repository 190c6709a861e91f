"""From one stage of justice, or of a platform's leads, to the next: shares passed on, ratios, and what must hold.

Stages of one year are no cohort: what leaves a stage in year t entered over several years. With lag weights g_k that
sum to 1 (the part of what is passed on that leaves k years later),

    share_t = left_t / sum_k g_k entered_(t - k),

computed on each draw of the two series, so that what is not known of either is in the interval: the median and the
central quantiles over draws. A share above 1 is no error of arithmetic: one case has several persons, and stages may
be counted in different units; `consistency` says what would have to be true.

Ratios of counts (persons per case): the count is Poisson given its base, with the exact interval (Garwood 1936,
Biometrika 28(3/4), 437, doi 10.2307/2333958); over several periods quasi-Poisson, with Pearson's dispersion
(McCullagh, Nelder 1989, Generalized Linear Models, 2nd edition, chapter 6, doi 10.1007/978-1-4899-3242-6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from scipy.optimize import nnls

from analysis.arguments import Count, Level, checked, numbers
from analysis.errors import InputError, shown
from analysis.models.tallies import counts, labels, positive, row, together
from analysis.results import Result

Array = NDArray[np.float64]
Lag = Sequence[float] | ArrayLike


@dataclass(frozen=True, repr=False)
class Conversion(Result):
    """The share of what entered that was passed on, by year.

    `estimate`, `lower`, `upper` (years): the median over draws and the central interval, for the years that have all
    the years of the lag before them; `years`: which those are, as labels where the series had some, else their
    positions. `overall`: all years together (sum of left over sum of what was due), estimate, lower, upper.
    """

    estimate: Array
    lower: Array
    upper: Array
    years: tuple[Any, ...]
    overall: tuple[float, float, float]
    lag: tuple[float, ...]
    draws: int
    level: float


@checked
def conversion(
    entered: ArrayLike | pd.DataFrame,
    left: ArrayLike | pd.DataFrame,
    lag: Lag = (0.7, 0.3),
    level: Level = 0.9,
) -> Conversion:
    """Return the share passed on from one stage to the next, given a lag of years.

    `entered`, `left` (draws, years), or (years) where there is one draw; the same years in order. Draw m of one
    goes with draw m of the other. `lag`: weights of 0, 1, ... years that sum to 1.

    Raises
    ------
    InputError
        If shapes differ, a value is missing or negative, the weights are negative or do not sum to 1, there are
        fewer years than lags, or nothing entered in the years that a share needs.

    >>> found = conversion([100, 200, 300], [40, 85, 135], lag=(0.5, 0.5))
    >>> found.estimate.round(3).tolist(), found.years
    ([0.567, 0.54], (1, 2))
    """
    into, out, years = _pair(entered, left, "entered", "left")
    weights = _lag(lag, into.shape[1])
    due, late = _due(into, weights), out[:, len(weights) - 1 :]
    wrong = np.flatnonzero((due <= 0).any(0))
    if len(wrong):
        at = years[len(weights) - 1 + wrong[0]]
        raise InputError(f"Nothing entered that could have left in year {shown(at)}; leave that year out.")
    lower, estimate, upper = _spread(late / due, level)
    low, middle, high = (float(end) for end in _spread(late.sum(1) / due.sum(1), level))
    return Conversion(
        estimate,
        lower,
        upper,
        tuple(years[len(weights) - 1 :]),
        (middle, low, high),
        tuple(weights.tolist()),
        len(into),
        level,
    )


@dataclass(frozen=True, repr=False)
class EstimatedLag(Result):
    """When what is passed on leaves: `table` by years of lag with weight, lower, upper; `share`, passed on in all."""

    table: pd.DataFrame
    share: tuple[float, float, float]
    draws: int
    level: float


@checked
def estimated_lag(
    entered: ArrayLike | pd.DataFrame,
    left: ArrayLike | pd.DataFrame,
    years: Count = 2,
    *,
    level: Level = 0.9,
) -> EstimatedLag:
    """Return the lag weights of 0 to `years` - 1 years that fit best, with one share for all years.

    left_t = sum_k b_k entered_(t - k) by least squares with b_k >= 0 on each draw (Lawson, Hanson 1974, Solving Least
    Squares Problems, doi 10.1137/1.9781611971217); the share is sum b and the weights are b / sum b. The interval is
    that of the draws alone: it knows nothing of shares that change over the years, and two series that both grow
    smoothly hold little on a lag. Errors of the counts draw the weights together (`studies/estimators.py`).

    Raises
    ------
    InputError
        As `conversion`; or if there are not more years to fit than weights.
    """
    into, out, _ = _pair(entered, left, "entered", "left")
    points = into.shape[1] - years + 1
    if points <= years:
        raise InputError(
            f"{into.shape[1]} years are too few to estimate {years} lags; give at least {2 * years} years."
        )
    found = np.empty((len(into), years))
    for draw, (one, other) in enumerate(zip(into, out, strict=True)):
        columns = np.column_stack([one[years - 1 - k : len(one) - k] for k in range(years)])
        found[draw] = nnls(columns, other[years - 1 :])[0]
    share = found.sum(1)
    if np.any(share <= 0):
        raise InputError("Nothing left the second stage, so no lag can be told.")
    low, middle, high = _spread(found / share[:, None], level)
    table = pd.DataFrame({"weight": middle, "lower": low, "upper": high}, index=range(years))
    ends = [float(end) for end in _spread(share, level)]
    return EstimatedLag(table, (ends[1], ends[0], ends[2]), len(into), level)


@checked
def consistency(
    stages: Mapping[str, ArrayLike | pd.DataFrame], lag: Lag = (0.7, 0.3), *, level: Level = 0.9
) -> pd.DataFrame:
    """Return what would have to be true for stages, in order, to be one stream.

    A row for each two neighbours: `share`, the largest yearly share passed on, with `lower`, `upper`: as many persons
    (or whatever the second counts) must there be at least to one of the first, if all are passed on; `chance_above_1`:
    the part of the draws with any year above 1; `backlog`: the smallest stock that must have waited in the first stage
    before the first year, so that no year passes on what had not entered, max_t sum_(s <= t) (left_s - entered_s), with
    `backlog_lower`, `backlog_upper`. Where the share stays below 1 and the backlog is 0, nothing special has to hold.

    The largest year of a draw lies too high: errors choose it, so an interval of such draws would miss the truth. The
    ends are therefore the largest of the years' own ends, the lower ones at (1 - level) / 2 over the number of years
    (Bonferroni), and the estimate is the largest of the years' medians.

    Raises
    ------
    InputError
        If there are fewer than two stages, or a pair is refused by `conversion`.
    """
    if len(stages) < 2:
        raise InputError(f"{len(stages)} stage is no funnel; name at least two, in order.")
    rows = []
    names = list(stages)
    for first, second in pairwise(names):
        into, out, years = _pair(stages[first], stages[second], first, second)
        weights = _lag(lag, len(years))
        due = _due(into, weights)
        if np.any(due <= 0):
            raise InputError(f"Nothing entered {first} in some year, so {second} has no share of it.")
        yearly = out[:, len(weights) - 1 :] / due
        low, middle, high = _largest(yearly, level)
        least, usual, most = np.maximum(_largest(np.cumsum(out - into, axis=1), level), 0)
        rows.append((first, second, middle, low, high, (yearly.max(1) > 1).mean(), usual, least, most))
    columns = ["first", "second", "share", "lower", "upper", "chance_above_1"]
    return pd.DataFrame(rows, columns=[*columns, "backlog", "backlog_lower", "backlog_upper"])


@checked
def count_ratio(count: ArrayLike, base: ArrayLike, *, level: Level = 0.95) -> pd.DataFrame:
    """Return count / base of each row (persons per case) with the exact Poisson interval: estimate, lower, upper.

    Lower chi2(q/2; 2 count) / (2 base), upper chi2(1 - q/2; 2 count + 2) / (2 base). `base` is taken as known.

    Raises
    ------
    InputError
        If a count is no whole number of 0 or more, or a base is not above 0.

    >>> count_ratio(7, 3).round(3).iloc[0].to_dict()
    {'estimate': 2.333, 'lower': 0.938, 'upper': 4.808}
    """
    number, per = together(count=counts(count, "count"), base=positive(base, "base"))
    tail = (1 - level) / 2
    with np.errstate(invalid="ignore"):
        lower = np.where(number == 0, 0.0, stats.chi2.ppf(tail, 2 * number)) / (2 * per)
    upper = stats.chi2.isf(tail, 2 * number + 2) / (2 * per)
    columns = {"estimate": number / per, "lower": lower, "upper": upper}
    return pd.DataFrame(columns, index=labels(count, base))


@dataclass(frozen=True, repr=False)
class CountRatio(Result):
    """One ratio of counts over several periods: `estimate`, `lower`, `upper`, and Pearson's `dispersion`."""

    estimate: float
    lower: float
    upper: float
    dispersion: float
    n: int
    level: float


@checked
def pooled_count_ratio(count: ArrayLike, base: ArrayLike, *, level: Level = 0.95) -> CountRatio:
    """Return the ratio of counts over all periods, quasi-Poisson: sum count / sum base.

    With mu_i = ratio base_i, dispersion = sum (count_i - mu_i)^2 / mu_i / (n - 1), not below 1; the interval is
    ratio * exp(+- t sqrt(dispersion / sum count)), t with n - 1 degrees of freedom.

    Raises
    ------
    InputError
        If there is one period, all counts are zero, labels differ, or a number is outside its range.

    >>> found = pooled_count_ratio([20, 31, 44], [10, 15, 20])
    >>> round(found.estimate, 3), round(found.dispersion, 3)
    (2.111, 1.0)
    """
    number, per = together(count=counts(count, "count"), base=positive(base, "base"))
    labels(count, base)
    if len(number) < 2:
        raise InputError("One period shows no spread; use count_ratio for one, or give two or more.")
    if number.sum() == 0:
        raise InputError("All counts are zero; count_ratio gives each its upper limit.")
    ratio = float(number.sum() / per.sum())
    expected = ratio * per
    dispersion = max(1.0, float(((number - expected) ** 2 / expected).sum() / (len(number) - 1)))
    half = float(stats.t.isf((1 - level) / 2, len(number) - 1)) * np.sqrt(dispersion / number.sum())
    ends = ratio * np.exp(-half), ratio * np.exp(half)
    return CountRatio(ratio, float(ends[0]), float(ends[1]), dispersion, len(number), level)


def _pair(entered: Any, left: Any, one: str, other: str) -> tuple[Array, Array, list[Any]]:
    """Return two stages (draws, years), alike in shape, and the labels of the years. Raises InputError."""
    into, out = _draws(entered, one), _draws(left, other)
    if into.shape[1] != out.shape[1]:
        raise InputError(
            f"{one} has {into.shape[1]} years and {other} {out.shape[1]}; give the same years of both."
        )
    if len(into) != len(out) and 1 not in (len(into), len(out)):
        raise InputError(f"{one} has {len(into)} draws and {other} {len(out)}; give as many of each.")
    named = [list(_years(stage)) for stage in (entered, left) if isinstance(stage, pd.DataFrame | pd.Series)]
    if len(named) == 2 and named[0] != named[1]:
        raise InputError(
            f"The years of {one}, {shown(named[0][:3])}, are not those of {other}, {shown(named[1][:3])}."
        )
    draws = max(len(into), len(out))
    shape = (draws, into.shape[1])
    years = named[0] if named else list(range(into.shape[1]))
    return np.broadcast_to(into, shape), np.broadcast_to(out, shape), years


def _years(stage: Any) -> Any:
    return stage.columns if isinstance(stage, pd.DataFrame) else stage.index


def _draws(stage: Any, name: str) -> Array:
    """Return a stage as (draws, years). Raises InputError if a number is missing or negative."""
    values = numbers(stage, name, 2) if np.ndim(stage) == 2 else numbers(stage, name)[None]
    if not values.size:
        raise InputError(f"{name} is empty; give at least one draw of one year.")
    if not np.all(np.isfinite(values)) or np.any(values < 0):
        raise InputError(f"{name} has a value that is missing, infinite or below zero; leave that year out.")
    return values


def _lag(lag: Any, years: int) -> Array:
    """Return the weights of a lag. Raises InputError if they are none, or longer than the series."""
    weights = row(lag, "lag")
    if np.any(weights < 0) or abs(weights.sum() - 1) > 1e-6:
        raise InputError(
            f"The weights of lag are {shown(weights.tolist())}; they must be 0 or more and sum to 1, "
            f"not {weights.sum():g}."
        )
    if years < len(weights):
        raise InputError(f"{years} years are fewer than the {len(weights)} of the lag; give more years.")
    return weights


def _due(into: Array, weights: Array) -> Array:
    """Return what is due to leave, by draw, in the years that have all the lag's years before them."""
    years = into.shape[1]
    parts = [weight * into[:, len(weights) - 1 - k : years - k] for k, weight in enumerate(weights)]
    return np.asarray(sum(parts), dtype=float)


def _largest(values: Array, level: float) -> Array:
    """Return the lower end, the estimate and the upper end of the largest year, from draws (draws, years)."""
    tail = (1 - level) / 2
    ends = [np.quantile(values, at, axis=0).max() for at in (tail / values.shape[1], 0.5, 1 - tail)]
    return np.array(ends, dtype=float)


def _spread(values: Array, level: float) -> Array:
    """Return the lower end, the median and the upper end over draws (first axis)."""
    return np.asarray(np.quantile(values, [(1 - level) / 2, 0.5, (1 + level) / 2], axis=0), dtype=float)
