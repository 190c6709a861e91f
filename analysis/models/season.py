"""A fixed yearly pattern of a series on logs, found in its changes.

    z_t - z_(t-1) = b + s_(t mod L) - s_((t-1) mod L) + e_t,      sum of s = 0

by least squares: changes hang together far less than the values of a series that wanders.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def pattern(z: Array, length: int) -> Array:
    """Return the pattern s (length) of `z` (n, two years or more), from its first point on; zeros for length 1."""
    if length == 1:
        return np.zeros(1)
    place = np.arange(len(z)) % length
    dummies = np.eye(length)[place]
    changes = np.column_stack([np.ones(len(z) - 1), np.diff(dummies, axis=0)])
    found = np.asarray(np.linalg.lstsq(changes, np.diff(z), rcond=None)[0][1:], dtype=np.float64)
    centred: Array = found - found.mean()
    return centred


def at(pattern_of: Array, first: int, count: int) -> Array:
    """Return the pattern at `count` points from number `first` on."""
    found: Array = pattern_of[(first + np.arange(count)) % len(pattern_of)]
    return found
