"""Which columns take their words from which closed vocabulary, and what the words mean."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.dataset import Dataset, dimensions, vocabularies
from analysis.dataset.schema import Field, Table
from analysis.dataset.tables import TABLES


def filled(cells: pd.Series[str]) -> pd.Series[bool]:
    """Tell which cells of a column are given."""
    return cells.notna() & (cells.astype(str) != "")


def meanings() -> dict[tuple[str, ...], Mapping[str, str]]:
    """Return the vocabularies that say what their words mean, by their words."""
    found = [*vars(vocabularies).values(), *vars(dimensions).values()]
    return {tuple(one): one for one in found if isinstance(one, dict) and one}


def vocabulary_uses() -> dict[tuple[str, ...], list[tuple[Table, Field]]]:
    """Return every closed vocabulary with the columns that take their words from it, in order."""
    uses: dict[tuple[str, ...], list[tuple[Table, Field]]] = {}
    for one in TABLES.values():
        for field in one.fields:
            if field.vocabulary:
                uses.setdefault(tuple(field.vocabulary), []).append((one, field))
    return uses


def word_counts(dataset: Dataset, uses: list[tuple[Table, Field]]) -> pd.Series[int]:
    """Return how many cells hold each word, over all columns that use a vocabulary."""
    cells = [
        dataset.table(one.name)[field.name].astype(str).str.split(field.joint).explode()
        for one, field in uses
    ]
    counts: pd.Series[int] = pd.concat(cells).value_counts()
    return counts
