"""Values above zero, as models of heavy tails take them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import numbers
from analysis.errors import InputError

Array = NDArray[np.float64]


def positive_values(x: ArrayLike, name: str, least: int = 1) -> Array:
    """Return values as floats.

    Raises
    ------
    InputError
        If there are fewer than `least`, or one is not a finite number above zero.
    """
    values = numbers(x, name)
    wrong = np.flatnonzero(~np.isfinite(values) | (values <= 0))
    if len(wrong):
        raise InputError(
            f"{name} holds {values[wrong[0]]:g} in row {wrong[0]} (counted from 0); give finite values above zero."
        )
    if len(values) < least:
        raise InputError(f"{name} has {len(values)} values; give at least {least}.")
    return values
