"""What is known of two readings that do not go together: kind, verdict and note of conflicts.csv, by pair.

Two readings contradict each other unless the tables resolve the pair: a retelling's error, two quantities, a revision
(vintages.csv lists those of whole years as well).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.dimensions import CONTRADICTIONS

Pair = tuple[str, str]
MISTOLD = ("retelling", "two_quantities")  # kinds whose verdict says who told a figure wrongly
REPLACED = (*MISTOLD, "revision")  # kinds whose verdict says which print stands no more
_OTHER_SIDE = {"quote_a": "quote_b", "quote_b": "quote_a"}


class PairKind(NamedTuple):
    """What the tables say of a pair; the verdict's a and b are the pair's first and second id as sorted."""

    kind: str
    verdict: str
    note: str

    @property
    def contradicts(self) -> bool:
        """Whether the two contradict each other: official against official, or not known."""
        return self.kind in CONTRADICTIONS


@lru_cache(maxsize=8)
def pair_kinds(dataset: Dataset) -> dict[Pair, PairKind]:
    """Return what conflicts.csv and vintages.csv say, by the sorted pair of ids that stand for the readings now."""
    listed, vintages = dataset.conflicts, dataset.vintages
    found: dict[Pair, PairKind] = {}
    columns = ("reading_a", "reading_b", "kind", "verdict", "note")
    for a, b, kind, verdict, note in zip(*(listed[name].astype(str) for name in columns), strict=True):
        pair, swapped = _pair(dataset, a, b)
        found[pair] = PairKind(kind, _OTHER_SIDE.get(verdict, verdict) if swapped else verdict, note)
    for first, later, note in zip(vintages["first_id"], vintages["later_id"], vintages["note"], strict=True):
        pair, swapped = _pair(dataset, first, later)
        found.setdefault(pair, PairKind("revision", "quote_a" if swapped else "quote_b", str(note)))
    return found


def _pair(dataset: Dataset, a: str, b: str) -> tuple[Pair, bool]:
    """Return the sorted pair of the ids that stand for two readings, and whether sorting swapped them."""
    a, b = dataset.current_id(a), dataset.current_id(b)
    return ((b, a), True) if b < a else ((a, b), False)


@lru_cache(maxsize=8)
def erring(dataset: Dataset) -> frozenset[str]:
    """Return the readings that are told wrongly: what the verdict on a retelling, or on two quantities, rejects."""
    return _rejected(dataset, MISTOLD)


def judged(dataset: Dataset, names: set[str]) -> tuple[set[str], set[str]]:
    """Return the readings among some that a verdict sets another of them in the place of, and those others.

    What is told wrongly is rejected wherever it stands; what was revised only beside its later edition.
    """
    wrong, right = names & erring(dataset), set[str]()
    for pair, known in pair_kinds(dataset).items():
        if known.kind in REPLACED and names.issuperset(pair):
            out = rejected(pair, known.verdict)
            wrong.update(out)
            right.update(set(pair) - set(out) if len(out) == 1 else ())
    return wrong, right - wrong


def _rejected(dataset: Dataset, kinds: tuple[str, ...]) -> frozenset[str]:
    """Return the readings that the verdicts on pairs of these kinds reject."""
    found: set[str] = set()
    for pair, known in pair_kinds(dataset).items():
        if known.kind in kinds:
            found.update(rejected(pair, known.verdict))
    return frozenset(found)


def rejected(pair: Pair, verdict: str) -> Pair | tuple[str, ...]:
    """Return the ids of a pair that its verdict tells not to quote."""
    return {"quote_a": pair[1:], "quote_b": pair[:1], "quote_neither": pair}.get(verdict, ())


def contradict(dataset: Dataset, frame: pd.DataFrame) -> bool:
    """Tell whether two of these readings (reading_id, low, high) exclude each other, and no table resolves it.

    A reading that is told wrongly contradicts nothing.
    """
    if len(frame) < 2 or frame["low"].max() <= frame["high"].min():
        return False
    frame = frame[~frame["reading_id"].isin(erring(dataset))]
    low, high = frame["low"].to_numpy(), frame["high"].to_numpy()
    ids, kinds = frame["reading_id"].tolist(), pair_kinds(dataset)
    for one, other in np.argwhere(low[:, None] > high[None, :]).tolist():
        a, b = sorted((ids[one], ids[other]))
        known = kinds.get((a, b))
        if known is None or known.contradicts:
            return True
    return False
