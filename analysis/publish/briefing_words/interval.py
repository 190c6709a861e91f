"""Of which kind a finding's interval is, and in how many digits its ends are told: the same in every language."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.publish.estimates import NO_ESTIMATE
from analysis.publish.findings import COMPUTED, DISAGREE, ESTIMATED, EXPLORATORY, GRADED, Finding
from analysis.publish.words import signed_percent
from analysis.rounding import settled

TOO_WIDE, EFFECT, CHANGE, AVERAGE = "too wide", "effect", "change", "average"
EXACT_PRINTS, COUNTED, EXACT, BAND, HEDGED = "exact figures", "counted", "exact", "band", "hedged"
APART = "apart"  # figures that cannot both be true: between them nothing is told
MOST_DIGITS = 15
FINEST = 0.002  # of a quotient: nobody reads 0.6892 to 0.6905


@dataclass(frozen=True)
class Interval:
    """The kind of an interval; `digits` are those in which the ends of a band or a hedge are written."""

    kind: str
    digits: int = 0


def interval(finding: Finding) -> Interval:
    """Return what kind of interval a finding has, in as few digits as keep its ends apart and in place."""
    low, high = finding.low, finding.high
    if finding.value == NO_ESTIMATE:
        return Interval(TOO_WIDE)
    if finding.standing == GRADED:
        # What the figures do not decide is quoted as its interval alone.
        return Interval(CHANGE if " to " in finding.value else EFFECT)
    if finding.standing == DISAGREE:
        return Interval(APART)
    if finding.standing == EXPLORATORY:
        return Interval(AVERAGE)
    if low == high and finding.unit == "times":
        return Interval(EXACT_PRINTS)
    if low == high:
        return Interval(COUNTED if finding.standing == COMPUTED else EXACT)
    slack = (0.1 if finding.standing in (COMPUTED, ESTIMATED) else 0.02) * (high - low)
    if finding.unit == "times":
        slack = max(slack, FINEST * abs(low))
    ends = [end for end in (low, high) if math.isfinite(end)]
    digits = 2
    while digits < MOST_DIGITS and any(abs(float(f"{end:.{digits}g}") - end) > slack for end in ends):
        digits += 1
    return Interval(BAND if finding.standing == ESTIMATED else HEDGED, digits)


def signed(change: float) -> str:
    """Write a change in percent without decimals."""
    return signed_percent(settled(change) / 100, 0)
