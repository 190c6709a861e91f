"""What a simulation of one estimator gives, and what it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Runs:
    """Estimates and intervals of samples (runs) or (runs, parameters), and the truth that fits beside them.

    `together`: the intervals of a run hold only if all do. `raw`: what the estimates are meant to be better than.
    """

    estimate: Array
    lower: Array
    upper: Array
    truth: Array | float
    together: bool = False
    raw: Array | None = None


class Scenario(NamedTuple):
    """One cell of the study: `simulate(rng, runs, level)` gives a Runs by the name of what is estimated.

    `holds`: whether the interval is meant to cover here. Where it is not, the scenario shows what goes wrong.
    """

    estimator: str
    words: str
    runs: int
    simulate: Callable[[np.random.Generator, int, float], Mapping[str, Runs]]
    holds: bool = True
    level: float = 0.95


def normal_ends(estimates: Iterable[float], errors: Iterable[float], truth: float, level: float) -> Runs:
    """Return estimates with intervals of the normal law."""
    found, reach = np.array(list(estimates)), float(stats.norm.isf((1 - level) / 2)) * np.array(list(errors))
    return Runs(found, found - reach, found + reach, truth)


def bounds_only(lower: Array, upper: Array, truth: Array | float) -> Runs:
    """Return bounds, which have no estimate."""
    return Runs(np.full(np.shape(lower), np.nan), lower, upper, truth)


def kept_at(kept: Array) -> Runs:
    """Return whether a true hypothesis was kept in each run, as an interval that holds the truth or does not."""
    return bounds_only(np.where(kept, -1.0, 1.0), np.ones(len(kept)), 0.0)
