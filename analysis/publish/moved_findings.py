"""Findings whose sentence is another after rows were added: those on prints and estimates; effects need the ledger."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.findings import estimated_findings, printed_findings


def moved_findings(old: Dataset, new: Dataset) -> tuple[tuple[str, str, str], ...]:
    """Return name, sentence before and sentence after of each finding that says something else now.

    Findings that the tables cannot make, before or after, are left out.
    """
    before, after = (_sentences(one) for one in (old, new))
    return tuple((name, before[name], said) for name, said in after.items() if before.get(name, said) != said)


def _sentences(dataset: Dataset) -> dict[str, str]:
    """Return the sentences of the findings by name."""
    found = {}
    for make in (printed_findings, estimated_findings):
        try:
            found.update({one.name: one.sentence for one in make(dataset)})
        except InputError:  # a few rows of a copy make no finding
            continue
    return found
