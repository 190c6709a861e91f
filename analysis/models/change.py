"""What happened to a yearly series: how far it moved, how fast, when it peaked, and whether that exceeds its noise.

The factor is the mean of the last three periods over the mean of the first three,

    F = mean(y_n-2 .. y_n) / mean(y_1 .. y_3),

of as many as half the series holds where that is fewer. Its interval comes from draws of the series alone: it tells
how well the figures are known, and says nothing of a future year. On the log scale it is centred on the estimate and
has the spread of the draws.

Whether a change exceeds the noise from year to year is another question. The drift of a random walk,

    m = (log y_n - log y_1) / (t_n - t_1),   m +- t_{n-2} s / sqrt(t_n - t_1),
    s^2 = sum_i (d_i - m g_i)^2 / g_i / (n - 2),   d_i = log y_i+1 - log y_i,   g_i = t_i+1 - t_i,

is exact where the logs are a random walk with normal steps, and wide where they are steadier (Harvey 1989, Forecasting,
Structural Time Series Models and the Kalman Filter, doi 10.1017/CBO9781107049994, section 4.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.arguments import Level, checked, numbers
from analysis.errors import InputError
from analysis.results import Result

Array = NDArray[np.float64]
LEAST = 5  # periods of a series of which a change is told
ENDS = 3  # periods that are averaged at either end
SINCE = (2010, 2015, 2019)
LATE = 1  # years that a span may begin after the one it is named by
COLUMNS = ("since", "first", "last", "growth", "lower", "upper")


@dataclass(frozen=True, repr=False)
class Change(Result):
    """What happened to a series of `n` periods.

    `factor` with `lower` and `upper` of `level` compares the last `ends` periods with the first; `first` and `last`
    are the first and last period of each end. `growth` has a row a span: since, first, last, growth a year (0.1 is
    ten percent) with lower and upper, missing where the series has no figure at the span's beginning. `peak` is the
    period of the largest value, `peak_share` the share of draws that have it there. `drift` a year with
    `drift_lower`, `drift_upper` and its `p` are those of a random walk.
    """

    n: int
    ends: int
    first: tuple[int, int]
    last: tuple[int, int]
    factor: float
    lower: float
    upper: float
    growth: pd.DataFrame
    peak: int
    peak_share: float
    drift: float
    drift_lower: float
    drift_upper: float
    p: float
    level: float

    @property
    def known(self) -> bool:
        """Whether the interval of the factor holds no 1: the direction is known beyond measurement."""
        return self.lower > 1 or self.upper < 1

    @property
    def exceeds(self) -> bool:
        """Whether the drift can be told from the noise from year to year."""
        return self.drift_lower > 0 or self.drift_upper < 0

    def sentence(self) -> str:
        """Return what happened, and whether it exceeds the noise, as two sentences."""
        noise = "more than" if self.exceeds else "no more than"
        return (
            f"From {_span(self.first)} to {_span(self.last)} it changed by a factor of {self.factor:.2f} "
            f"({self.lower:.2f} to {self.upper:.2f} at {self.level:.0%}, from how well the figures are known). "
            f"That is {noise} its own noise from year to year would bring about (p {self.p:.2g})."
        )


@checked
def change(
    y: ArrayLike,
    time: ArrayLike,
    draws: ArrayLike | None = None,
    *,
    since: Sequence[int] = SINCE,
    level: Level = 0.95,
) -> Change:
    """Return what happened to a series over its span.

    Parameters
    ----------
    y
        the figures (n), above 0, in natural units; at least five.
    time
        their periods (n whole numbers that increase, years say), perhaps with gaps.
    draws
        draws of the series (M, n), at least two; without them the figures are taken as known, and the interval of
        the factor and of the growth is a point.
    since
        the years from which growth is told, to the latest one. A span begins with the year itself or the next one.
    level
        of the intervals.

    Raises
    ------
    InputError
        If fewer than five figures are given, one is missing or not above 0, the times do not increase, or the draws
        do not fit.

    Examples
    --------
    >>> found = change([100, 110, 120, 200, 300, 310, 320], range(2010, 2017))
    >>> round(found.factor, 2), found.peak, found.known
    (2.82, 2016, True)
    """
    values, years = numbers(y, "y", 1), numbers(time, "time", 1)
    _check(values, years)
    made = _draws(draws, len(values))
    ends = min(ENDS, len(values) // 2)
    periods = years.astype(int)
    factor = interval(values[-ends:].mean() / values[:ends].mean(), _ratio(made, ends), level)
    drift, half, p = _drift(np.log(values), years, level)
    peak = int(values.argmax())
    return Change(
        n=len(values),
        ends=ends,
        first=(int(periods[0]), int(periods[ends - 1])),
        last=(int(periods[-ends]), int(periods[-1])),
        factor=factor[0],
        lower=factor[1],
        upper=factor[2],
        growth=pd.DataFrame(
            [_growth(values, periods, made, one, level) for one in since], columns=list(COLUMNS)
        ),
        peak=int(periods[peak]),
        peak_share=1.0 if made is None else float(np.mean(made.argmax(axis=1) == peak)),
        drift=float(np.expm1(drift)),
        drift_lower=float(np.expm1(drift - half)),
        drift_upper=float(np.expm1(drift + half)),
        p=p,
        level=level,
    )


@checked
def before_and_after(
    y: ArrayLike, time: ArrayLike, at: int, draws: ArrayLike | None = None, *, level: Level = 0.95
) -> tuple[float, float, float]:
    """Return the mean of the periods `at` to `at` + 2 over the mean of the last three before, with its interval.

    Arguments as in `change`. Of each side those periods count that have a figure within three years of `at`.

    Raises
    ------
    InputError
        As in `change`, but for the number of figures; or if one side has none.

    Examples
    --------
    >>> [round(one, 2) for one in before_and_after([10, 10, 10, 20, 20, 20], range(2010, 2016), 2013)]
    [2.0, 2.0, 2.0]
    """
    values, years = numbers(y, "y", 1), numbers(time, "time", 1)
    _check(values, years, least=2)
    before, after = (years >= at - ENDS) & (years < at), (years >= at) & (years < at + ENDS)
    if not (before.any() and after.any()):
        raise InputError(f"The series has no figure in the three years on either side of {at}.")
    made = _draws(draws, len(values))
    drawn = None if made is None else made[:, after].mean(axis=1) / made[:, before].mean(axis=1)
    return interval(values[after].mean() / values[before].mean(), drawn, level)


def interval(value: float, drawn: Array | None, level: float) -> tuple[float, float, float]:
    """Return a positive value with its interval: as wide on the log scale as its draws (M) spread."""
    half = 0.0 if drawn is None else float(stats.norm.ppf((1 + level) / 2) * np.log(drawn).std(ddof=1))
    return float(value), float(value * np.exp(-half)), float(value * np.exp(half))


def _ratio(draws: Array | None, ends: int) -> Array | None:
    return None if draws is None else draws[:, -ends:].mean(axis=1) / draws[:, :ends].mean(axis=1)


def _growth(
    values: Array, years: NDArray[np.int64], draws: Array | None, since: int, level: float
) -> tuple[float, ...]:
    """Return a row of the growth a year since a year: COLUMNS."""
    late = years - since
    found = np.flatnonzero((late >= 0) & (late <= LATE))
    if not len(found) or found[0] == len(years) - 1:
        return (since, np.nan, np.nan, np.nan, np.nan, np.nan)
    start = int(found[0])
    length = years[-1] - years[start]
    drawn = None if draws is None else (draws[:, -1] / draws[:, start]) ** (1 / length)
    rate = interval((values[-1] / values[start]) ** (1 / length), drawn, level)
    return (since, int(years[start]), int(years[-1]), *(one - 1 for one in rate))


def _drift(logs: Array, years: Array, level: float) -> tuple[float, float, float]:
    """Return the drift a year, half its interval and its p, on the log scale."""
    steps, gaps = np.diff(logs), np.diff(years)
    length, df = gaps.sum(), len(steps) - 1
    mean = (logs[-1] - logs[0]) / length
    error = float(np.sqrt(np.sum((steps - mean * gaps) ** 2 / gaps) / df / length))
    if error <= 0:
        return float(mean), 0.0, float(mean == 0)
    half = float(stats.t.ppf((1 + level) / 2, df)) * error
    return float(mean), half, float(2 * stats.t.sf(abs(mean) / error, df))


def _draws(draws: ArrayLike | None, n: int) -> Array | None:
    """Return the draws (M, n), None where none are given."""
    if draws is None:
        return None
    made = numbers(draws, "draws", 2)
    if made.shape[1] != n or len(made) < 2:
        raise InputError(
            f"draws must be at least 2 rows of {n} figures, not {made.shape[0]} of {made.shape[1]}."
        )
    if not (np.isfinite(made).all() and (made > 0).all()):
        raise InputError("draws must be finite and above 0; leave out the periods that nothing informs.")
    return made


def _check(values: Array, years: Array, least: int = LEAST) -> None:
    if len(values) != len(years) or len(values) < least:
        raise InputError(
            f"y and time must be of one length, at least {least}; they have {len(values)} and {len(years)}."
        )
    if not (np.isfinite(values).all() and (values > 0).all()):
        raise InputError("y must be finite and above 0; leave out the periods that have no figure.")
    if not np.isfinite(years).all() or (np.diff(years) <= 0).any() or (years != np.round(years)).any():
        raise InputError("time must be whole numbers that increase.")


def _span(ends: tuple[int, int]) -> str:
    return f"{ends[0]} to {ends[1]}"
