"""The logarithm of Hurwitz's zeta function, where the function itself would underflow.

zeta(s, q) = sum_k (q + k)^-s. The first N terms are summed, the rest is Euler and Maclaurin's: with b = q + N,

    b^-s [b / (s - 1) + 1/2 + s / (12 b) - s (s+1) (s+2) / (720 b^3) + s ... (s+4) / (30240 b^5)]

(Olver and others, NIST Handbook of Mathematical Functions, 2010, Cambridge, section 25.11(iii)), all of it in units of
q^-s. Counts of a million in a steep tail have q^-s below the smallest number of a computer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

TERMS = 20


def log_zeta(s: ArrayLike, q: ArrayLike) -> Array:
    """Return log zeta(s, q), s above 1 and q at least 1, to some 11 digits, for arrays that broadcast."""
    power, start = np.broadcast_arrays(np.asarray(s, dtype=float), np.asarray(q, dtype=float))
    total = np.zeros(power.shape)
    for k in range(TERMS):
        total += np.exp(-power * np.log1p(k / start))
    b = start + TERMS
    rest = b / (power - 1) + 0.5 + power / (12 * b)
    rest -= power * (power + 1) * (power + 2) / (720 * b**3)
    rest += power * (power + 1) * (power + 2) * (power + 3) * (power + 4) / (30240 * b**5)
    return np.asarray(np.log(total + np.exp(-power * np.log1p(TERMS / start)) * rest) - power * np.log(start))
