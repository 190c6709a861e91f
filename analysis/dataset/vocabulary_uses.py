"""Which columns take their words from which closed vocabulary, and what the words mean."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.dataset import Dataset, dimensions, series_words, vocabularies
from analysis.dataset.dimensions import BY_READING
from analysis.dataset.schema import Field, Table
from analysis.dataset.tables import TABLES
from analysis.dataset.tables.evidence import DIMENSIONS


def filled(cells: pd.Series[str]) -> pd.Series[bool]:
    """Tell which cells of a column are given."""
    return cells.notna() & (cells.astype(str) != "")


def meanings() -> dict[tuple[str, ...], Mapping[str, str]]:
    """Return the vocabularies that say what their words mean, by their words."""
    found = [*vars(vocabularies).values(), *vars(dimensions).values(), *vars(series_words).values()]
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


KEYS = [field.name for field in DIMENSIONS if field.name not in BY_READING]


def dimension_use(dataset: Dataset) -> pd.DataFrame:
    """Return for each dimension of a scope: filled (share of readings), words (different cells)."""
    frame = dataset.readings
    rows = {
        field.name: {
            "filled": filled(frame[field.name]).mean(),
            "words": frame.loc[filled(frame[field.name]), field.name].nunique(),
        }
        for field in DIMENSIONS
        if field.name in KEYS
    }
    return pd.DataFrame(rows).T.astype({"words": int})
