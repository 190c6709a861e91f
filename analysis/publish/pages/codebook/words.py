"""The numbers and the citation that the codebook's prose names."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.dataset.tables import TABLES
from analysis.publish.pages.codebook.columns import vocabulary_uses
from analysis.publish.pages.codebook.context import context_words
from analysis.publish.pages.codebook.scopes import scope_words
from analysis.publish.pages.codebook.series import series_words


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers that the chapter's prose names."""
    citation = (
        f"The Counting Counterfeits authors ({dataset.released[:4]}): Counting Counterfeits, data version "
        f"{dataset.version}, fingerprint {dataset.fingerprint[:16]}."
    )
    return {
        "tables": str(len(TABLES)),
        "columns": str(sum(len(one.fields) for one in TABLES.values())),
        "vocabularies": str(len(vocabulary_uses())),
        "readings": f"{len(dataset.readings):,}",
        "terms": str(len(dataset.glossary)),
        "retired": str(len(dataset.aliases)),
        "citation": citation,
        "version": dataset.version,
        **scope_words(dataset),
        **series_words(dataset),
        **context_words(dataset),
    }
