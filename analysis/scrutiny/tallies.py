"""How many hypotheses have which grade and meet which obstacle, and whose estimates can be told from no change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

import pandas as pd

from analysis.scrutiny.ledger import Entry

LETTERS = "ABCD"
OBSTACLES = ("before", "after", "rivals", "breaks")  # see `identifiability`


class Lettered(Protocol):
    """What has a grade's letter: a row of the ledger, or the answers on a bundle."""

    @property
    def letter(self) -> str:
        """The letter."""


def by_grade(found: Iterable[Lettered]) -> pd.Series[int]:
    """Return the number of rows of each grade, A to D, with zeros."""
    counts = Counter(str(one.letter) for one in found)
    return pd.Series([counts[letter] for letter in LETTERS], index=list(LETTERS))


def by_fault(found: Sequence[Entry]) -> pd.DataFrame:
    """Return for each obstacle how many hypotheses meet it: `all`, and `alone` where it is the only one.

    Most frequent first. A hypothesis that meets several counts in each.
    """
    met = [one.identifiability.faults for one in found]
    table = {
        fault: {"all": sum(fault in one for one in met), "alone": sum(one == (fault,) for one in met)}
        for fault in OBSTACLES
    }
    frame = pd.DataFrame.from_dict(table, orient="index")
    return frame.sort_values("all", ascending=False, kind="stable")


def estimated(found: Iterable[Entry], *, identifiable: bool) -> list[Entry]:
    """Return the hypotheses with an estimate, of one kind, the largest estimate first."""
    chosen = [one for one in found if one.primary is not None and one.identifiable is identifiable]
    return sorted(
        chosen, key=lambda one: (-one.primary.estimate if one.primary else 0.0, one.hypothesis.hypothesis_id)
    )


def excluding(found: Iterable[Entry]) -> int:
    """Return how many intervals leave out no change."""
    return sum(bool(one.primary and (one.primary.lower > 1 or one.primary.upper < 1)) for one in found)
