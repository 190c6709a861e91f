"""How many rows have which grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

import pandas as pd

LETTERS = "ABCD"


class Lettered(Protocol):
    """What has a grade's letter: a row of the ledger, or the answers on a bundle."""

    @property
    def letter(self) -> str:
        """The letter."""


def by_grade(found: Iterable[Lettered]) -> pd.Series[int]:
    """Return the number of rows of each grade, A to D, with zeros."""
    counts = Counter(str(one.letter) for one in found)
    return pd.Series([counts[letter] for letter in LETTERS], index=list(LETTERS))
