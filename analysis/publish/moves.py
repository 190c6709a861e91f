"""How a move between two printed years is said: as a factor where a count rose, as a percentage where it fell."""

from __future__ import annotations

from analysis.publish.words import between, number, signed_percent
from analysis.series import BetweenYears

FACTOR = 1.5  # from here on a rise is told as a factor
LITTLE = 0.01  # a count that moved by less has hardly moved


def times(found: BetweenYears) -> str:
    """Write a quotient: `3.06 times`, or with what the hedges leave open `1.69 times (1.56 to 1.72)`."""
    middle, ends = number(found.factor, 3), between(found.low, found.high)
    return f"{middle} times" + ("" if ends == middle else f" ({ends})")


def moved(found: BetweenYears) -> str:
    """Say a move between two years: `rose to 3.06 times`, `rose by 47 percent`, `hardly moved (+0.3%)`."""
    if still(found):
        return f"hardly moved ({signed_percent(found.factor - 1, 1)})"
    if found.factor >= FACTOR:
        return f"rose to {times(found)}"
    middle, least, most = (number(one, 2) for one in percentages(found))
    verb = "rose" if found.factor >= 1 else "fell"
    return f"{verb} by {middle} percent" + ("" if least == most else f" ({least} to {most})")


def still(found: BetweenYears) -> bool:
    """Return whether a count has hardly moved between two years, whatever its hedges leave open."""
    return max(abs(one - 1) for one in (found.factor, found.low, found.high)) < LITTLE


def percentages(found: BetweenYears) -> tuple[float, float, float]:
    """Return by how many percent a count rose, or fell, with the least and the most that the hedges leave open."""
    sign = 1 if found.factor >= 1 else -1
    least, most = sorted(sign * 100 * (one - 1) for one in (found.low, found.high))
    return sign * 100 * (found.factor - 1), least, most
