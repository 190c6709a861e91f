"""How unequal values are: the Lorenz curve, Gini's coefficient, and the share of the largest.

L(p) = sum of the smallest p n values over the sum of all, straight between ranks (Gastwirth 1972, The estimation of the
Lorenz curve and Gini index, Rev Econ Stat 54(3):306-316, doi 10.2307/1937992). The share of the top q is 1 - L(1 - q):
where q n is no whole number, a part of a value counts. Intervals are percentiles of a bootstrap over values; of heavy
tails a sample holds too little of the top, so that shares and their intervals lie low.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Level, Seed, checked, least, numbers
from analysis.errors import InputError
from analysis.results import Result

Array = NDArray[np.float64]


@dataclass(frozen=True, repr=False)
class Concentration(Result):
    """How concentrated values are.

    `lorenz`: frame with population and share (n + 1 points from 0 to 1, ascending values). `shares`: by top fraction,
    estimate, lower, upper. `gini`, `gini_lower`, `gini_upper`: from 0 (all equal) to 1 - 1/n (one has all).
    """

    lorenz: pd.DataFrame
    shares: pd.DataFrame
    gini: float
    gini_lower: float
    gini_upper: float
    n: int
    level: float


@checked
def concentration(
    x: ArrayLike,
    top: ArrayLike = (0.01, 0.1),
    *,
    level: Level = 0.9,
    draws: Annotated[int, least(19)] = 999,
    seed: Seed = 0,
) -> Concentration:
    """Return Lorenz curve, top shares and Gini's coefficient of values.

    Gini = 2 sum_i i x_(i) / (n sum x) - (n + 1) / n, x_(i) ascending: twice the area between curve and diagonal.

    Parameters
    ----------
    x
        (n) Values of 0 or more, in any unit, not all 0.
    top
        (k) Fractions above 0 and below 1: 0.01 is the largest hundredth of the values.
    level, draws, seed
        Of the bootstrap intervals.

    Raises
    ------
    InputError
        If a value is negative or not finite, there are fewer than 2 or all are 0, or a fraction is out of range.
    """
    values = numbers(x, "x")
    wrong = np.flatnonzero(~np.isfinite(values) | (values < 0))
    if len(wrong):
        raise InputError(
            f"x holds {values[wrong[0]]:g} in row {wrong[0]} (counted from 0); give finite values of 0 or more."
        )
    if len(values) < 2 or not values.max() > 0:
        raise InputError(f"x has {len(values)} values; give at least 2, not all of them 0.")
    fractions = numbers(np.atleast_1d(np.asarray(top, dtype=object)), "top")
    if not len(fractions) or not np.all((fractions > 0) & (fractions < 1)):
        raise InputError("top must be fractions above 0 and below 1, such as 0.01 and 0.1.")
    values = np.sort(values / values.max())
    n = len(values)
    own = _measures(values[None], fractions)[0]
    rng = np.random.default_rng(seed)
    drawn = np.concatenate(
        [
            _measures(np.sort(values[rng.integers(0, n, (size, n))], axis=1), fractions)
            for size in _batches(draws, n)
        ]
    )
    lower, upper = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0)
    curve = np.append(0.0, np.cumsum(values)) / values.sum()
    frame = pd.DataFrame({"estimate": own, "lower": lower, "upper": upper})
    shares = frame.iloc[:-1].set_axis(pd.Index(fractions, name="top"))
    return Concentration(
        pd.DataFrame({"population": np.arange(n + 1) / n, "share": curve}),
        shares,
        float(own[-1]),
        float(lower[-1]),
        float(upper[-1]),
        n,
        level,
    )


def _batches(draws: int, n: int) -> list[int]:
    """Return sizes of batches that stay below some 16 MB."""
    size = max(1, 2_000_000 // n)
    return [min(size, draws - k) for k in range(0, draws, size)]


def _measures(ascending: Array, fractions: Array) -> Array:
    """Return the top shares and, last, Gini's coefficient of each row of ascending values."""
    rows, n = ascending.shape
    sums = np.concatenate([np.zeros((rows, 1)), np.cumsum(ascending, axis=1)], axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        curve = sums / sums[:, -1:]
        gini = 2 * (ascending @ np.arange(1, n + 1)) / (n * sums[:, -1]) - (n + 1) / n
    place = (1 - fractions) * n
    below = np.minimum(np.floor(place).astype(np.intp), n - 1)
    part = place - below
    shares = 1 - (curve[:, below] * (1 - part) + curve[:, below + 1] * part)
    return np.column_stack([shares, gini])
