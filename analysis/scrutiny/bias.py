"""Risk of bias of a bundle's answer, by the items that EPOC uses for interrupted time series.

Cochrane Effective Practice and Organisation of Care (2017), Suggested risk of bias criteria for EPOC reviews, EPOC
resources for review authors. Each item is low, unclear or high, with its reason; none decides a grade.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.results import Result
from analysis.scrutiny.bundles import Bundle

Level = Literal["low", "unclear", "high"]
MOST_LISTED = 4


@dataclass(frozen=True, repr=False)
class Risk(Result):
    """One item: its name, its level and the reason in words."""

    item: str
    level: Level
    reason: str


def risks(bundle: Bundle, years: tuple[int, ...], *, effort: bool = True) -> tuple[Risk, ...]:
    """Return the seven items of a bundle whose series has informed `years`.

    `effort` says whether a measure is of the place that counts, so that the counter itself carries it out.
    """
    return (
        _independent(bundle),
        Risk(
            "shape of the effect set beforehand",
            "low",
            "date, lag and direction were registered before any test",
        ),
        _counting(bundle),
        Risk(
            "outcome judged without knowing of the measure",
            "unclear" if effort else "low",
            "who counts may carry the measure out"
            if effort
            else "who counts is of another place than the measure",
        ),
        _complete(bundle, years),
        Risk(
            "no selective reporting",
            "unclear",
            "bodies choose which totals they print; the hypothesis was registered after the figures were collected",
        ),
        _short(bundle, years),
    )


def _independent(bundle: Bundle) -> Risk:
    others = bundle.near
    item = "independent of other changes"
    joint = f"{len(bundle.measures)} measures begin together; " if len(bundle.measures) > 1 else ""
    if not others:
        level: Level = "low" if len(bundle.measures) == 1 else "unclear"
        return Risk(item, level, f"{joint}no other that touches the series begins within two years")
    more = f" and {len(others) - MOST_LISTED} more" if len(others) > MOST_LISTED else ""
    return Risk(item, "high", f"{joint}near it begin {', '.join(others[:MOST_LISTED])}{more}")


def _counting(bundle: Bundle) -> Risk:
    item = "data collection not affected"
    if bundle.coinciding:
        return Risk(
            item, "high", f"what is counted changes in the same period: {', '.join(bundle.coinciding)}"
        )
    inside = [name for name, year in bundle.breaks.items() if bundle.start < year <= bundle.at + 2]
    if inside:
        return Risk(
            item, "unclear", f"what is counted changes within the span, held by a step: {', '.join(inside)}"
        )
    if bundle.own:
        return Risk(item, "low", f"the break {', '.join(bundle.own)} is the measure's own mechanism")
    return Risk(item, "low", "one way of counting over the span")


def _complete(bundle: Bundle, years: tuple[int, ...]) -> Risk:
    item = "no missing outcome"
    used = [year for year in years if bundle.start <= year <= bundle.at + 2]
    missing = len(set(range(min(used), max(used) + 1)) - set(used)) if used else 0
    if not used or missing > len(used) / 4:
        return Risk(item, "high", f"{missing} years within the span have no figure, {len(used)} have one")
    return Risk(
        item, "unclear" if missing else "low", f"{missing} of {len(used) + missing} years have no figure"
    )


def _short(bundle: Bundle, years: tuple[int, ...]) -> Risk:
    before = sum(bundle.start <= year < bundle.at for year in years)
    level: Level = "low" if before >= 8 else "unclear" if before >= 5 else "high"
    return Risk("no other risk", level, f"{before} years before the measure to tell its course from noise")
