"""The verdict of a finding: what its interval says of the registered direction, under its grade.

An interval is the measure's only where the effect is identifiable, so grade D is always undecided; and only a
result that stands out from placebo (A or B) may support or contradict a direction.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from analysis.arguments import Level, checked
from analysis.errors import InputError
from analysis.results import Result
from analysis.rounding import above, at_least, settled
from analysis.scrutiny.grades import Letter, missing

Word = Literal["supports", "contradicts", "no effect beyond 10%", "undecided"]

NEGLIGIBLE = 0.10
_DIRECTIONS = {"increase": 1, "decrease": -1, "either": 0}


@dataclass(frozen=True, repr=False)
class Verdict(Result):
    """What a result says of the registered direction: the word of the ledger, and a sentence."""

    word: Word
    sentence: str


@checked
def verdict(
    direction: str,
    estimate: float | None,
    lower: float | None,
    upper: float | None,
    letter: Letter,
    *,
    level: Level = 0.95,
) -> Verdict:
    """Return what an estimate says of the registered direction, under the grade `letter`.

    `estimate`, `lower` and `upper` are ratios to the counterfactual (1 is no change); None or NaN where there
    is none. The rules, in order:

    1. undecided at grade D, and without a finite estimate or interval;
    2. an interval that excludes 1 supports the direction or contradicts it, at grades A and B; direction
       `either` registers a change, so an interval on either side supports it and nothing contradicts it;
    3. no effect beyond 10%, where the interval lies inside 0.90 to 1.10, both included;
    4. undecided otherwise.

    An interval such as 1.02 to 1.08 at grade A supports an increase, and the sentence says that it is small; at
    grade C it is no effect beyond 10%.

    Raises
    ------
    InputError
        If the direction or the letter is unknown, a ratio is negative, or the estimate is outside its interval.
    """
    _check_verdict(direction)
    numbers = _interval(estimate, lower, upper)
    if letter == "D":
        return Verdict("undecided", "The effect is not identifiable, so the figures decide nothing.")
    if numbers is None:
        return Verdict("undecided", "There is no estimate with an interval, so the figures decide nothing.")
    middle, low, high = numbers
    found = _found(middle, low, high, level)
    sign = 1 if above(low, 1) else -1 if above(1, high) else 0
    inside = bool(at_least(low, 1 - NEGLIGIBLE) and at_least(1 + NEGLIGIBLE, high))
    if sign and letter in ("A", "B"):
        return _decided(direction, sign, found, small=inside)
    if inside:
        return Verdict("no effect beyond 10%", f"{found}: no effect beyond 10% in either direction.")
    if sign:
        return Verdict("undecided", f"{found}: this does not stand out from placebo, and decides nothing.")
    return Verdict("undecided", f"{found}: both no effect and one beyond 10% remain possible.")


def _decided(direction: str, sign: int, found: str, *, small: bool) -> Verdict:
    """Return the verdict on an interval that lies on one side of no change."""
    size = ", though within 10%" if small else ""
    if direction == "either":
        return Verdict("supports", f"{found}: this supports a change, registered without a direction{size}.")
    word: Word = "supports" if sign == _DIRECTIONS[direction] else "contradicts"
    return Verdict(word, f"{found}: this {word} the registered {direction}{size}.")


def _found(estimate: float, low: float, high: float, level: float) -> str:
    """Return the opening clause: what was recorded against the counterfactual."""
    ends = f"{level * 100:g}% interval {_percent(low)} to {_percent(high)}"
    return f"What was recorded differed by {_percent(estimate)} from the counterfactual ({ends})"


def _percent(ratio: float) -> str:
    """Print a ratio as a signed percentage change."""
    if math.isinf(ratio):
        return "no bound"
    change = settled(100 * (settled(ratio) - 1))
    text = f"{abs(change):,.0f}" if abs(change) >= 100 else f"{abs(change):.1f}"
    sign = "" if float(text.replace(",", "")) == 0 else "+" if change > 0 else "\u2212"
    return f"{sign}{text}%"


def _check_verdict(direction: str) -> None:
    if direction not in _DIRECTIONS:
        raise InputError(f"A direction must be one of {', '.join(_DIRECTIONS)}, not {direction!r}.")


def _interval(
    estimate: float | None, lower: float | None, upper: float | None
) -> tuple[float, float, float] | None:
    """Return the three ratios, or None where one is missing or the estimate is not finite."""
    given = (estimate, lower, upper)
    numbers = [float(value) for value in given if value is not None and not missing(value)]
    if len(numbers) < 3 or math.isinf(numbers[0]):
        return None
    middle, low, high = numbers
    if low < 0 or not low <= middle <= high:
        raise InputError(
            f"Estimate {middle:g} with interval {low:g} to {high:g}: give ratios to the counterfactual, "
            "0 or more, the estimate inside its interval."
        )
    return middle, low, high
