"""The highest point of a likelihood, looked for on a grid that closes in.

A search by gradients ends where its path leads: the last bits of a sum decide which of two hills it climbs, and
where it stops. A grid has the same points on every machine and sees both hills.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.rounding import NEAR, settled

Array = NDArray[np.float64]

CLOSER = 2  # grid points on each side of the best, one step of the grid before across
ROUNDS = 9  # further, neighbours differ in the last bits alone
MOST_ROUNDS = 40
DIGITS = 12  # of a height: on one of 50 the ninth is some hundredths of a parameter


def highest(
    value: Callable[[Array], Array], bounds: Sequence[tuple[float, float]], points: Sequence[int]
) -> tuple[Array, float]:
    """Return where `value` is highest within `bounds` (k pairs), and how high.

    `value` takes points (G, k) and returns G numbers, NaN where there is none; the first grid has `points` (k) along
    each axis. Among equal heights the first is taken. The place is found to 2^-9 of a step of the first grid.
    """
    low, high = np.array(bounds, dtype=float).T
    step = (high - low) / (np.array(points) - 1)
    axes = [np.linspace(*ends, number) for ends, number in zip(bounds, points, strict=True)]
    best, height = _best(value, axes)
    offsets = np.arange(-CLOSER, CLOSER + 1) / CLOSER
    closed = 0
    for _ in range(MOST_ROUNDS):
        last = best
        axes = [
            np.unique(np.clip(x + offsets * d, *ends)) for x, d, ends in zip(best, step, bounds, strict=True)
        ]
        best, height = _best(value, axes)
        if np.all(
            np.abs(best - last) < step * (1 - NEAR)
        ):  # else a ridge leads on: the window moves along it
            closed, step = closed + 1, step / CLOSER
        if closed == ROUNDS:
            break
    return best, height


def _best(value: Callable[[Array], Array], axes: list[Array]) -> tuple[Array, float]:
    """Return the highest point of a grid and its height."""
    places = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))
    heights = np.nan_to_num(value(places), nan=-np.inf)
    first = int(settled(heights, DIGITS).argmax())
    return places[first], float(heights[first])
