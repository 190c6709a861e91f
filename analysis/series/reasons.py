"""Conflicts that the rules find in the series of series.csv, with both sources, their kind and the verdict.

A pair that conflicts.csv or vintages.csv knows has the kind written there. Else it is guessed from the rows, and
marked so: other words for the scope are two quantities, unless the figure is the same over other windows; one
publisher's later text is a revision; two texts of who counted or of agencies are official; the rest is unknown.
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.dataset.dimensions import CONTRADICTIONS
from analysis.series.pair_kinds import pair_kinds
from analysis.series.reconstructed import reconstruct_all
from analysis.series.reconstruction import Reconstruction

_NONE = pd.DataFrame({"series_id": [], "reading_a": [], "reading_b": [], "rule": [], "size": []})


@checked
def series_conflicts(
    dataset: Dataset, names: list[str] | None = None, *, progress: bool = True
) -> pd.DataFrame:
    """Return one row a pair of readings that the rules find in a series.

    Columns: series_id, reading_a, reading_b, rules (joined by a semicolon), size (of the first rule), kind,
    verdict (blank where the kind is guessed), known (whether the tables tell the kind), contradicts (whether the
    kind is one of figures that contradict each other), and for each side printed, start, end, source_id, publisher
    and url (suffixes _a, _b). Sorted by series, then as the rules sort them.
    """
    found = [
        series.conflicts.assign(series_id=name)
        for name, series in reconstruct_all(dataset, names, progress=progress).items()
        if isinstance(series, Reconstruction)
    ]
    rows = pd.concat([*found, _NONE])
    order = rows.groupby(["series_id", "reading_a", "reading_b"], sort=False)
    pairs = order.agg(rules=("rule", ";".join), size=("size", "first")).reset_index()
    for side in ("a", "b"):
        pairs = pairs.join(_side(dataset).add_suffix(f"_{side}"), on=f"reading_{side}")
    known = pair_kinds(dataset)
    told = [known.get((a, b)) for a, b in zip(pairs["reading_a"], pairs["reading_b"], strict=True)]
    pairs["known"] = [one is not None for one in told]
    pairs["kind"] = [
        one.kind if one is not None else _guess(row)
        for one, (_, row) in zip(told, pairs.iterrows(), strict=True)
    ]
    pairs["verdict"] = [one.verdict if one is not None else "" for one in told]
    pairs["contradicts"] = pairs["kind"].isin(CONTRADICTIONS)
    return pairs.drop(columns=[f"{name}_{side}" for name in ("scope", "published", "tier") for side in "ab"])


@lru_cache(maxsize=4)
def _side(dataset: Dataset) -> pd.DataFrame:
    """Return what is told of one reading of a pair, by reading id."""
    sources = dataset.sources.set_index("source_id")
    frame = dataset.readings.set_index("reading_id")
    return pd.DataFrame(
        {
            "printed": frame["as_printed"],
            "start": frame["window_start"].dt.strftime("%Y-%m-%d"),
            "end": frame["window_end"].dt.strftime("%Y-%m-%d"),
            "scope": frame["scope_as_collected"],
            "source_id": frame["source_id"],
            "publisher": frame["source_id"].map(sources["publisher"]),
            "published": frame["source_id"].map(sources["published"]),
            "tier": frame["source_id"].map(sources["tier"]).astype(str),
            "url": frame["source_id"].map(sources["url"]),
        }
    )


def _guess(row: pd.Series) -> str:
    """Return the likely kind of a pair from what its rows say."""
    if row["scope_a"] != row["scope_b"] and "copied" not in row["rules"]:
        return "two_quantities"
    if row["publisher_a"] == row["publisher_b"] and row["published_a"] != row["published_b"]:
        return "revision"
    return "official" if {row["tier_a"], row["tier_b"]} <= {"primary", "agency"} else "unknown"
