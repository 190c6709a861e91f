"""Which hypotheses the chapter tells, and by what in the register they were chosen."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.pages.ledger.wording import entries
from analysis.publish.remarks import remarks
from analysis.scrutiny.ledger import Entry


def register() -> list[dict[str, str]]:
    """Return the hypotheses that are told: name in the chapter, hypothesis_id, criteria it meets, words prose tells.

    Criteria: claimed (a text in the sources claims it), rivals, breaks (what stands in its way), clear
    (identifiable), comparison (a comparison series is registered).
    """
    return remarks("stories", ("name", "hypothesis_id", "criteria", "tells"), key="name")


def stories(dataset: Dataset) -> dict[str, Entry]:
    """Return the hypotheses of the chapter by their names, in its order."""
    known = {one.hypothesis.hypothesis_id: one for one in entries(dataset)}
    return {one["name"]: known[one["hypothesis_id"]] for one in register()}


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
