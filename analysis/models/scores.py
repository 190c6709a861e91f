"""How far forecasts were off, as numbers that may be compared and pooled.

    MASE            mean |y - f| / mean |y_t - y_(t-1)| over the training part
                    (Hyndman, Koehler 2006, Int J Forecast 22(4), 679, doi 10.1016/j.ijforecast.2006.03.001)
    interval score  (u - l) + 2/alpha (l - y) [y < l] + 2/alpha (y - u) [y > u],   alpha = 1 - level
                    (Gneiting, Raftery 2007, J Am Stat Assoc 102(477), 359, doi 10.1198/016214506000001437)
    coverage        share of l <= y <= u

The interval score is proper: on average the interval between the true quantiles has the lowest. For both, less
is better. On logs neither depends on the unit of the series.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InputError
from analysis.rounding import at_least

Array = NDArray[np.float64]


def interval_score(actual: ArrayLike, lower: ArrayLike, upper: ArrayLike, level: float) -> Array:
    """Return the interval score of each interval of a nominal `level`; arrays of one shape, NaN where one is.

    Raises
    ------
    InputError
        If the level is not above 0 and below 1, or a lower end is above its upper end.
    """
    y, low, high = (np.asarray(part, dtype=float) for part in (actual, lower, upper))
    check_level(level)
    if np.any(low > high):
        raise InputError("The lower end of an interval is above its upper end; exchange them.")
    alpha = 1 - level
    score: Array = high - low + 2 / alpha * (np.maximum(low - y, 0) + np.maximum(y - high, 0))
    return score


def covered(actual: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> NDArray[np.bool_]:
    """Return which intervals hold the actual value, both ends included, and what is level with them but for noise."""
    y = np.asarray(actual, dtype=float)
    inside: NDArray[np.bool_] = at_least(y, lower) & at_least(upper, y)
    return inside


def naive_scale(training: ArrayLike) -> float:
    """Return the mean absolute change from one period to the next over the `training` part.

    Raises
    ------
    InputError
        If there are fewer than two values or all are equal, so that nothing can be scaled by it.
    """
    changes = np.abs(np.diff(np.asarray(training, dtype=float)))
    if not changes.size or changes.max() == 0:
        raise InputError(
            "A scaled error needs a training part of at least two values that are not all equal."
        )
    return float(changes.mean())


def mase(actual: ArrayLike, forecast: ArrayLike, training: ArrayLike) -> float:
    """Return the mean absolute scaled error of forecasts made from `training`.

    Raises
    ------
    InputError
        As `naive_scale`, or if actual and forecast differ in length.
    """
    y, f = np.asarray(actual, dtype=float), np.asarray(forecast, dtype=float)
    if y.shape != f.shape or not y.size:
        raise InputError(f"Give one forecast for each actual value, not {f.size} for {y.size}.")
    return float(np.mean(np.abs(y - f)) / naive_scale(training))


def check_level(level: float) -> None:
    """Raise InputError unless `level` is a probability strictly between 0 and 1."""
    if not 0 < level < 1:
        raise InputError(f"A level must be above 0 and below 1, not {level!r}; say 0.8.")
