"""Grades before and after: what each registered hypothesis had by placebos and rivals, and has by the four answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.scrutiny.answers import Answer, four_answers
from analysis.scrutiny.ledger import Entry, ledger

COLUMNS = ["hypothesis_id", "bundle_id", "before", "after", "reason"]


class Older(NamedTuple):
    """What a hypothesis had by the older rules: its letter, and what stood in the way of identifying it."""

    letter: str
    faults: tuple[str, ...]


def older_of(entry: Entry) -> Older:
    """Return what a row of the ledger says of a hypothesis."""
    return Older(entry.letter, tuple(entry.identifiability.faults))


@checked
def moves(
    dataset: Dataset, older: Mapping[str, Older] | None = None, *, progress: bool = False
) -> pd.DataFrame:
    """Return the grade of every registered hypothesis by the old rules and that of its bundle, with the reason.

    Columns: hypothesis_id, bundle_id, before, after, reason. Before: identifiable without rivals by a shared
    instrument and without breaks, then 8 placebos and a multiverse. After: the grade of the bundle (`letters`).
    `older` is what the ledger says of each hypothesis, where it is known already: to make it takes minutes.
    """
    if older is None:
        older = {name: older_of(one) for name, one in ledger(dataset, progress=progress).items()}
    rows = [
        (name, bundle_id, older[name].letter, one.letter, reason(older[name], one))
        for bundle_id, one in four_answers(dataset).items()
        for name in one.bundle.hypotheses
    ]
    return pd.DataFrame(rows, columns=COLUMNS).sort_values("hypothesis_id", ignore_index=True)


def reason(before: Older, after: Answer) -> str:
    """Say why a grade moved, or stayed."""
    if after.letter == "D":
        return after.failure
    faults = before.faults
    lifted = []
    if "rivals" in faults:
        others = len(after.bundle.measures) - 1
        lifted.append(
            f"measures of the same instrument are joint ({others} others begin with it) or a risk, no bar"
        )
    if "breaks" in faults:
        lifted.append("a break is its own" if after.bundle.own else "a break is held by a step")
    if {"before", "after"} & set(faults):
        lifted.append("three years before and two after suffice")
    if before.letter == "C":
        lifted.append("placebos and multiverse are shown and decide nothing")
    return "; ".join(lifted) or "tested, with what is excluded"
