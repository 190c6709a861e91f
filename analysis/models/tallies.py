"""Counts as arguments: one number or a row of them, whole, not negative, alike in length; and what labels them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.arguments import numbers
from analysis.errors import InputError, shown

Array = NDArray[np.float64]


def row(values: Any, name: str) -> Array:
    """Return one number or a row of numbers as a row (n) of finite floats.

    Raises
    ------
    InputError
        If there is none, or one of them is missing, infinite or no number.
    """
    array = numbers(values, name, 0)[None] if np.ndim(values) == 0 else numbers(values, name)
    if not len(array):
        raise InputError(f"{name} is empty; give at least one number.")
    wrong = np.flatnonzero(~np.isfinite(array))
    if len(wrong):
        raise InputError(
            f"{name} has {array[wrong[0]]} at place {wrong[0] + 1}; leave out what is not known."
        )
    return array


def counts(values: Any, name: str, least: float = 0) -> Array:
    """Return whole numbers of `least` or more as a row (n). Raises InputError at the first that is not."""
    array = row(values, name)
    wrong = np.flatnonzero((array != np.round(array)) | (array < least))
    if len(wrong):
        at = wrong[0]
        raise InputError(
            f"{name} has {array[at]:g} at place {at + 1}; counts are whole numbers of {least:g} or more."
        )
    return array


def fractions(values: Any, name: str) -> Array:
    """Return numbers from 0 to 1 as a row (n). Raises InputError at the first outside."""
    array = row(values, name)
    wrong = np.flatnonzero((array < 0) | (array > 1))
    if len(wrong):
        raise InputError(
            f"{name} has {array[wrong[0]]:g} at place {wrong[0] + 1}; "
            "it is a fraction between 0 and 1 (0.37 for 37 percent)."
        )
    return array


def positive(values: Any, name: str) -> Array:
    """Return numbers above zero as a row (n). Raises InputError at the first that is not."""
    array = row(values, name)
    wrong = np.flatnonzero(array <= 0)
    if len(wrong):
        raise InputError(f"{name} has {array[wrong[0]]:g} at place {wrong[0] + 1}; it must be above 0.")
    return array


def together(**arrays: Array) -> list[Array]:
    """Return rows of one length, single numbers repeated. Raises InputError if lengths differ."""
    longest = max(arrays, key=lambda name: len(arrays[name]))
    for name, array in arrays.items():
        if len(array) not in (1, len(arrays[longest])):
            raise InputError(
                f"{name} has {len(array)} values and {longest} {len(arrays[longest])}; give as many of each."
            )
    return [np.broadcast_to(array, len(arrays[longest])) for array in arrays.values()]


def shares_of(k: Any, n: Any) -> tuple[Array, Array]:
    """Return `k` and `n` of k of n, each (rows). Raises InputError if they are no counts or a k lies above its n."""
    found, tested = together(k=counts(k, "k"), n=counts(n, "n", 1))
    wrong = np.flatnonzero(found > tested)
    if len(wrong):
        at = wrong[0]
        raise InputError(
            f"k has {found[at]:g} of an n of {tested[at]:g} at place {at + 1}; k counts some of the n, never more."
        )
    return found, tested


def labels(*given: Any) -> pd.Index | None:
    """Return the index of the first argument that has one (a Series), None where none has.

    Raises
    ------
    InputError
        If two arguments carry different labels: which belongs to which would be a guess.
    """
    indexes = [one.index for one in given if isinstance(one, pd.Series)]
    for other in indexes[1:]:
        if not same_labels(other, indexes[0]):
            raise InputError(
                f"The labels {shown(list(other[:3]))} are not those of the other argument, "
                f"{shown(list(indexes[0][:3]))}; give both in one order."
            )
    return indexes[0] if indexes else None


def same_labels(one: pd.Index, other: pd.Index) -> bool:
    """Tell whether two indexes hold the same labels in one order; 2019 is 2019, whatever type it is kept as."""
    return bool(one.equals(other)) or list(one) == list(other)
