"""Decisions and prints that hang on no rounding noise.

The last bits of a result differ between processors, releases of a library and numbers of threads. Where a value is
on an edge in theory (a year half informed, two residuals of one size, an estimate of nothing) they would decide.
So floats are compared and ranked as if they were known to `DIGITS` significant digits, and rounded to these before
they are rounded to what is printed.
"""

from __future__ import annotations

from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

DIGITS = 9
NEAR = 10.0**-DIGITS


@overload
def settled(value: float, digits: int = DIGITS) -> float: ...
@overload
def settled(value: Any, digits: int = DIGITS) -> Array: ...
def settled(value: Any, digits: int = DIGITS) -> float | Array:
    """Return a number, or an array of any shape, rounded to `digits` significant ones; a zero has no sign."""
    if np.ndim(value) == 0:
        return float(f"{value:.{digits - 1}e}") + 0.0
    numbers = np.asarray(value, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.nan_to_num(np.floor(np.log10(np.abs(numbers))), posinf=0.0, neginf=0.0)
    # Powers of ten above 22 are no whole floats: the rest is left as it is.
    scale = 10.0 ** np.clip(digits - 1 - size, -22, 22)
    rounded: Array = np.where(np.isfinite(numbers), np.round(numbers * scale) / scale, numbers) + 0.0
    return rounded


def level_with(value: ArrayLike, other: ArrayLike, *, scale: ArrayLike = 0.0) -> NDArray[np.bool_]:
    """Tell which values are equal but for noise, relative to the larger of both and to `scale`."""
    a, b = np.asarray(value, dtype=float), np.asarray(other, dtype=float)
    with np.errstate(invalid="ignore"):  # two infinities apart: equal or not, below
        near = np.abs(a - b) <= NEAR * np.maximum(np.maximum(np.abs(a), np.abs(b)), scale)
    result: NDArray[np.bool_] = np.where(np.isfinite(a) & np.isfinite(b), near, a == b)
    return result


def at_least(value: ArrayLike, threshold: ArrayLike, *, scale: ArrayLike = 0.0) -> NDArray[np.bool_]:
    """Tell which values reach a threshold; what is level with it but for noise does. NaN does not."""
    result: NDArray[np.bool_] = (np.asarray(value) >= np.asarray(threshold)) | level_with(
        value, threshold, scale=scale
    )
    return result


def above(value: ArrayLike, threshold: ArrayLike, *, scale: ArrayLike = 0.0) -> NDArray[np.bool_]:
    """Tell which values are above a threshold by more than noise. NaN is not."""
    result: NDArray[np.bool_] = (np.asarray(value) > np.asarray(threshold)) & ~level_with(
        value, threshold, scale=scale
    )
    return result


def written(value: float, form: str) -> str:
    """Write a number by a format, settled first: `written(0.125, ".0%")`. An exact half goes to the even digit."""
    return format(settled(float(value)), form)
