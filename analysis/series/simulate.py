"""Simulated truths and the readings that a press office would print of them, for testing `reconstruct`.

A truth is a count for every day of a number of years: Poisson draws (Gamma-mixed, so that weeks differ) around
a daily intensity. Because the counts are realised day by day, the total of any window is known exactly, also
where it cuts a month. The log intensity takes one of four shapes:

    smooth    a sum of slow waves with periods of 6 to 40 years, and a trend
    walk      a random walk, 0.02 to 0.12 a month: the shape that `reconstruct` itself assumes
    kinked    straight lines on the log scale that bend 2 to 5 times, and 1 or 2 lasting jumps
    campaign  a smooth one, times campaigns of 2 to 6 months, a rush at each year's end and noise from month to month

Every reading is printed by a rule that is honest to its hedge (analysis.readings.hedges): "more than" rounds
the total down to a printed step, "nearly" rounds it up, "about" and rounded figures round to the nearest.
Errors are made before the figure is rounded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import InputError

FIRST_YEAR = 2004


@dataclass(frozen=True)
class Truth:
    """A simulated truth: counts (int, one a day) from 1 January of `first_year`, and the daily intensity."""

    first_year: int
    counts: np.ndarray
    intensity: np.ndarray
    shape: str

    @property
    def start(self) -> np.datetime64:
        """First day."""
        return np.datetime64(f"{self.first_year}-01-01")

    @property
    def end(self) -> np.datetime64:
        """Last day."""
        return self.start + np.timedelta64(len(self.counts) - 1, "D")

    def totals(self, window_start: object, window_end: object) -> np.ndarray:
        """Return the exact totals of windows, both ends included.

        Raises
        ------
        InputError
            If a window ends before it starts or leaves the days of the truth.
        """
        first, last = (
            (np.asarray(pd.to_datetime(pd.Series(days)), dtype="datetime64[D]") - self.start).astype(int)
            for days in (window_start, window_end)
        )
        if (first > last).any() or (first < 0).any() or (last >= len(self.counts)).any():
            raise InputError(
                f"A window must lie within {self.start} and {self.end}, its start before its end."
            )
        cumulative = np.concatenate([[0], np.cumsum(self.counts)])
        result: np.ndarray = cumulative[last + 1] - cumulative[first]
        return result

    def periods(self, freq: str = "Y") -> pd.Series[int]:
        """Return the exact totals of all months ('M'), quarters ('Q') or years ('Y'), by period as text."""
        days = pd.date_range(str(self.start), periods=len(self.counts)).to_period(freq).astype(str)
        return pd.Series(self.counts).groupby(np.asarray(days)).sum()


def truth(rng: np.random.Generator, years: int = 20, shape: str = "smooth") -> Truth:
    """Draw a truth of `years` years; a typical year counts between 2,000 and 500,000.

    Raises
    ------
    InputError
        If the shape is unknown or there is no year.
    """
    if shape not in SHAPES:
        raise InputError(f"There is no shape {shape!r} of a truth; use one of {', '.join(SHAPES)}.")
    if years < 1:
        raise InputError(f"A truth needs at least 1 year, not {years}.")
    days = np.arange(np.datetime64(f"{FIRST_YEAR}-01-01"), np.datetime64(f"{FIRST_YEAR + years}-01-01"))
    month = (days.astype("datetime64[M]") - days[0].astype("datetime64[M]")).astype(int)
    log_rate = SHAPES[shape](rng, month)
    level = np.exp(rng.uniform(np.log(2_000), np.log(500_000))) / 365.25
    intensity = level * np.exp(log_rate - log_rate.mean())
    week = np.arange(len(days)) // 7
    busy = rng.gamma(50, 1 / 50, week[-1] + 1)[week]
    return Truth(FIRST_YEAR, rng.poisson(intensity * busy), intensity, shape)


def _smooth(rng: np.random.Generator, month: np.ndarray) -> np.ndarray:
    """Slow waves and a trend; standard deviation about 0.45, trend up to 8 percent a year."""
    years = month / 12
    period = np.exp(rng.uniform(np.log(6), np.log(40), 5))
    phase = rng.uniform(0, 2 * np.pi, 5)
    waves = np.sin(2 * np.pi * years[:, None] / period + phase) @ rng.normal(0, 0.28, 5)
    drift: np.ndarray = waves + rng.uniform(-0.08, 0.08) * years
    return drift


def _walk(rng: np.random.Generator, month: np.ndarray) -> np.ndarray:
    """A random walk from month to month."""
    step = np.exp(rng.uniform(np.log(0.02), np.log(0.12)))
    path: np.ndarray = np.cumsum(rng.normal(0, step, month[-1] + 1))[month]
    return path


def _kinked(rng: np.random.Generator, month: np.ndarray) -> np.ndarray:
    """Straight lines that bend, and jumps that last."""
    years = month / 12
    bends = np.sort(rng.uniform(1, years[-1] - 0.5, rng.integers(2, 6)))
    slope = rng.normal(0, 0.10) + np.maximum(years[:, None] - bends, 0) @ rng.normal(0, 0.15, len(bends))
    jumps = rng.uniform(0, years[-1], rng.integers(1, 3))
    line = rng.normal(0, 0.10) * years + slope
    line = np.clip(line - line.mean(), -1.8, 1.8)
    bent: np.ndarray = line + (years[:, None] >= jumps) @ rng.normal(0, 0.4, len(jumps))
    return bent


def _campaign(rng: np.random.Generator, month: np.ndarray) -> np.ndarray:
    """A smooth path with campaigns, rushes at year's end and noise from month to month."""
    months = month[-1] + 1
    extra = rng.normal(0, 0.12, months)
    for first in np.flatnonzero(rng.random(months) < 0.4 / 12):
        extra[first : first + rng.integers(2, 7)] += rng.uniform(0.3, 1.0)
    calendar = (np.arange(months) % 12) + 1
    rush = rng.uniform(0.1, 0.6)
    extra[calendar == 12] += rush
    extra[calendar == 11] += rush / 2
    path: np.ndarray = _smooth(rng, month) + extra[month]
    return path


SHAPES: dict[str, Callable[[np.random.Generator, np.ndarray], np.ndarray]] = {
    "smooth": _smooth,
    "walk": _walk,
    "kinked": _kinked,
    "campaign": _campaign,
}
