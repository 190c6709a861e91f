"""The words that the preface and the chapter on the evidence take from the dataset as a whole."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.pages.evidence import CONFLICT, ONE, SEVERAL, coverage
from analysis.publish.words import day, quote
from analysis.readings import agreement, summary
from analysis.series.lookup import chosen

# The prints that the chapter quotes from both sides of a conflict.
CONFLICTING = {
    "alibaba_small": "plat-cd20180110-03",
    "alibaba_large": "plat-ipr201802-03",
    "police_large": "police-0170",
    "police_small": "adm-0246",
    "ec_large": "eu-2006-items-first",
    "ec_small": "eu-2006-items",
}


def preface_words(dataset: Dataset) -> dict[str, str]:
    """Return the counts and the version that the preface names."""
    return {
        "sources": f"{len(dataset.sources):,}",
        "readings": f"{len(dataset.readings):,}",
        "hypotheses": f"{len(dataset.hypotheses):,}",
        "languages": str(dataset.sources["language"].nunique()),
        "version": dataset.version,
        "fingerprint": dataset.fingerprint[:16],
        "released": day(pd.Timestamp(dataset.released)),
    }


def evidence_words(dataset: Dataset) -> dict[str, str]:
    """Return the counts of the tables, the prints in conflict, and how often print and row agree."""
    tables = ("readings", "sources", "cases", "measures", "context")
    words = {name: f"{len(dataset.table(name)):,}" for name in tables}
    shares = summary(agreement(dataset.readings))["share"]
    words |= {f"agree_{what}": f"{share:.1%}" for what, share in shares.items()}
    prints = chosen(dataset, CONFLICTING.values())
    words |= {name: quote(row) for name, (_, row) in zip(CONFLICTING, prints.iterrows(), strict=True)}
    whole = np.isin(coverage(dataset).to_numpy(), (ONE, SEVERAL, CONFLICT)).mean()
    mirrors = int((dataset.sources["tier"] == "mirror").sum())
    merged = int(((dataset.aliases["table"] == "readings") & (dataset.aliases["kind"] != "renamed")).sum())
    counted = {
        "mirror": mirrors,
        "merged": merged,
        "breaks": len(dataset.breaks),
        "conflicts": len(dataset.conflicts),
    }
    return words | {name: f"{count:,}" for name, count in counted.items()} | {"whole_share": f"{whole:.0%}"}
