"""Which hypotheses the chapter tells, and by what in the register they were chosen."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.pages.ledger.wording import entries
from analysis.scrutiny.ledger import Entry


@dataclass(frozen=True)
class Story:
    """A hypothesis that is told: its name in the chapter, its id, the criteria that it meets, and what prose names.

    Criteria: claimed (a text in the sources claims it), rivals, breaks (what stands in its way), clear
    (identifiable), comparison (a comparison series is registered).
    """

    name: str
    hypothesis_id: str
    criteria: tuple[str, ...]
    tells: tuple[str, ...]


GRADED, SHARES = ("estimate", "grade", "why"), ("share", "placebo_share")
STORIES = (
    Story(
        "threshold",
        "h-threshold-2020-prosecuted",
        ("claimed", "rivals"),
        (*GRADED, *SHARES, "claim", "claimant", "expected", "rivals", "seen", "worlds"),
    ),
    Story("kunlun", "h-kunlun-2019-police-cases", ("rivals", "breaks"), (*GRADED, "before")),
    Story(
        "longteng",
        "h-longteng-2017-batches",
        ("claimed", "rivals"),
        (*GRADED, *SHARES, "claimant", "rivals", "worlds"),
    ),
    Story(
        "japan",
        "h-longteng-2017-japan-cn",
        ("rivals", "breaks", "comparison"),
        (*GRADED, *SHARES, "compared", "controls", "p", "rivals", "worlds"),
    ),
    Story(
        "mou",
        "h-mou-2011-parcels",
        ("claimed", "breaks", "comparison"),
        (*GRADED, *SHARES, "claim", "claimant", "compared"),
    ),
    Story(
        "tftea",
        "h-tftea-2016-seizures",
        ("claimed", "clear"),
        (*GRADED, *SHARES, "before", "claimant", "dates", "seen"),
    ),
)


def stories(dataset: Dataset) -> dict[str, Entry]:
    """Return the hypotheses of the chapter by their names, in its order."""
    known = {one.hypothesis.hypothesis_id: one for one in entries(dataset)}
    return {one.name: known[one.hypothesis_id] for one in STORIES}


def story(dataset: Dataset, name: str) -> Entry:
    """Return one of the chapter's hypotheses. Raises InputError if it tells none of this name."""
    found = stories(dataset)
    if name not in found:
        raise InputError(f"The chapter tells no hypothesis {name!r}; choose one of {', '.join(found)}.")
    return found[name]


def meets(dataset: Dataset, one: Entry) -> tuple[str, ...]:
    """Return the criteria that a hypothesis meets."""
    registered = dataset.hypotheses.set_index("hypothesis_id").loc[one.hypothesis.hypothesis_id]
    found = {
        "claimed": bool(registered["claim_source"]),
        "rivals": "rivals" in one.identifiability.faults,
        "breaks": "breaks" in one.identifiability.faults,
        "clear": one.identifiable,
        "comparison": bool(one.hypothesis.comparison),
    }
    return tuple(name for name, met in found.items() if met)
