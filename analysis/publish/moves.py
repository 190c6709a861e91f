"""How a move between two printed years is said: as a factor where a count rose, as a percentage where it fell.

What the hedges of both figures leave open is told, and no middle of it.
"""

from __future__ import annotations

import math

from analysis.publish.words import between, number, signed_percent
from analysis.series import BetweenYears

FACTOR = 1.5  # from here on a rise is told as a factor
LITTLE = 0.01  # a count that moved by less has hardly moved


def times(found: BetweenYears) -> str:
    """Write a quotient by what the hedges leave open: `3.06 times`, `1.56 to 1.72 times`, `at least 1.56 times`.

    The quotient of two figures that are told as "more than" lies nowhere in particular inside, so it is not told.
    """
    if math.isinf(found.high):
        return f"at least {number(found.low, 3)} times"
    if found.low == 0:
        return f"at most {number(found.high, 3)} times"
    return f"{between(found.low, found.high)} times"


def moved(found: BetweenYears) -> str:
    """Say a move between two years: `rose to 3.06 times`, `fell by 20 to 21 percent`, `hardly moved (+0.3%)`."""
    if still(found):
        return f"hardly moved ({signed_percent(found.factor - 1, 1)})"
    if either_way(found):
        return f"may have moved either way ({' to '.join(signed_ends(found))})"
    if found.factor >= FACTOR:
        return f"rose to {times(found)}"
    verb = "rose" if found.low >= 1 else "fell"
    least, most = (number(one, 2) for one in percentages(found))
    if endless(found):
        return f"{verb} by at least {least} percent"
    return f"{verb} by {least if least == most else f'{least} to {most}'} percent"


def either_way(found: BetweenYears) -> bool:
    """Return whether the hedges allow a rise and a fall alike."""
    return found.low < 1 < found.high


def endless(found: BetweenYears) -> bool:
    """Return whether only one end of a move is known."""
    return math.isinf(found.high) or found.low == 0


def signed_ends(found: BetweenYears) -> tuple[str, str]:
    """Return the ends of what the hedges leave open, as signed percentages."""
    low, high = (signed_percent(one - 1, 0) for one in (found.low, found.high))
    return low, high


def still(found: BetweenYears) -> bool:
    """Return whether a count has hardly moved between two years, whatever its hedges leave open."""
    return max(abs(one - 1) for one in (found.factor, found.low, found.high)) < LITTLE


def percentages(found: BetweenYears) -> tuple[float, float]:
    """Return by how many percent a count rose, or fell, at least and at most."""
    least, most = sorted(abs(100 * (one - 1)) for one in (found.low, found.high))
    return least, most
