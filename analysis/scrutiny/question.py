"""A question to be scrutinised: one series, one measure, and every defensible way to look at them.

Whatever follows (primary test, placebo dates, multiverse) sees only this, so that simulated registers go through
the very same code as the registered hypotheses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.results import Result

Array = NDArray[np.float64]
FEWEST_BEFORE, FEWEST_AFTER = 4, 3


@dataclass(frozen=True, repr=False)
class Series(Result):
    """Yearly figures: `time` (n whole years, in order, perhaps with gaps) and `y` (n, above 0)."""

    time: NDArray[np.int64]
    y: Array

    def between(self, first: int, last: int) -> Series:
        """Return the years from `first` to `last`, both included."""
        inside = (self.time >= first) & (self.time <= last)
        return Series(self.time[inside], self.y[inside])


@dataclass(frozen=True, repr=False)
class Question(Result):
    """One measure and one series.

    `at` is the first year affected, `until` the last of a pulse. `main` is the primary series, `variants` the same
    quantity told otherwise (hedge models, printed years alone, mirror hosts left out), by name. `offsets` holds
    denominators by name as year -> log; `denominator` names the primary one. `draws` (M, n) are draws of `main`.
    `impact` is step, ramp, step+ramp or pulse; `family` loglinear or quasipoisson.
    """

    name: str
    main: Series
    at: int
    impact: str = "step"
    family: str = "loglinear"
    direction: str = "either"
    until: int | None = None
    variants: Mapping[str, Series] = field(default_factory=dict)
    offsets: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    denominator: str = ""
    draws: Array | None = None

    @property
    def n_before(self) -> int:
        """Periods of the primary series before the first one affected."""
        return int((self.main.time < self.at).sum())

    @property
    def n_after(self) -> int:
        """Periods from the first one affected on."""
        return int((self.main.time >= self.at).sum())

    @property
    def enough(self) -> bool:
        """Whether both sides have the periods that an effect asks for."""
        return self.n_before >= FEWEST_BEFORE and self.n_after >= FEWEST_AFTER

    def log_offset(self, name: str, time: NDArray[np.int64]) -> Array:
        """Return log denominators of years, NaN where there is none; zeros for no denominator."""
        if not name:
            return np.zeros(len(time))
        known = self.offsets[name]
        return np.array([known.get(int(year), np.nan) for year in time])
