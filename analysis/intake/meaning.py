"""What a figure counts, in the words of the dataset."""

from __future__ import annotations

from dataclasses import dataclass

PARTS = ("percent", "percentage_point", "ratio")
STOCKS = ("members", "staff", "brands", "participants")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure counts.

    Attributes
    ----------
    indicator, stage, unit
        Words of the dataset's vocabularies.
    relation
        "change_of:..." or "share_of:...", blank for a count.
    kind
        flow, stock or change.
    reason, sure
        Why, and how sure from 0 to 1.
    standing
        Whether it is the change of what stands on a day.
    """

    indicator: str
    stage: str
    unit: str
    relation: str = ""
    kind: str = "flow"
    reason: str = ""
    sure: float = 0.9
    standing: bool = False


def is_stock(meaning: Meaning) -> bool:
    """Tell whether a figure is of what stands on a day, or is its change."""
    return (
        meaning.kind == "stock" or meaning.standing or meaning.relation.removeprefix("change_of:") in STOCKS
    )
