"""The words that the preface takes from the dataset as a whole."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.counts import counts
from analysis.publish.words import day


def preface_words(dataset: Dataset) -> dict[str, str]:
    """Return the counts and the version that the preface names."""
    found = counts(dataset)
    return {
        "sources": f"{found.documents:,}",
        "printing": f"{found.printing:,}",
        "readings": f"{found.readings:,}",
        "hypotheses": f"{len(dataset.hypotheses):,}",
        "languages": str(dataset.sources["language"].nunique()),
        "version": dataset.version,
        "fingerprint": dataset.fingerprint[:16],
        "released": day(pd.Timestamp(dataset.released)),
    }
