"""Conflicts that the rules find in the series of series.csv, with both sources and the likely reason.

A pair that conflicts.csv or vintages.csv knows has the reason written there. Else it is guessed from the rows,
and marked so: the same figure over other windows is a window; other words for the scope are a scope; two
languages a translation; one publisher's later text a revision.
"""

from __future__ import annotations

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.series.reconstructed import reconstruct_all
from analysis.series.reconstruction import Reconstruction

_NONE = pd.DataFrame({"series_id": [], "reading_a": [], "reading_b": [], "rule": [], "size": []})


@checked
def series_conflicts(
    dataset: Dataset, names: list[str] | None = None, *, progress: bool = True
) -> pd.DataFrame:
    """Return one row a pair of readings that the rules find in a series.

    Columns: series_id, reading_a, reading_b, rules (joined by a semicolon), size (of the first rule), reason,
    known (whether the reason is written in the tables), and for each side printed, start, end, source_id,
    publisher and url (suffixes _a, _b). Sorted by series, then as the rules sort them.
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
    known = _known(dataset)
    keys = [tuple(sorted(pair)) for pair in zip(pairs["reading_a"], pairs["reading_b"], strict=True)]
    pairs["known"] = [key in known for key in keys]
    guessed = [known.get(key) or _guess(row) for key, (_, row) in zip(keys, pairs.iterrows(), strict=True)]
    pairs["reason"] = guessed
    return pairs.drop(
        columns=["scope_a", "scope_b", "published_a", "published_b", "language_a", "language_b"]
    )


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
            "language": frame["source_id"].map(sources["language"]).astype(str),
            "url": frame["source_id"].map(sources["url"]),
        }
    )


def _known(dataset: Dataset) -> dict[tuple[str, ...], str]:
    """Return the reasons that the tables give, by pair of reading ids."""
    conflicts, vintages = dataset.conflicts, dataset.vintages
    pairs = zip(conflicts["reading_a"], conflicts["reading_b"], conflicts["kind"].astype(str), strict=True)
    known = {tuple(sorted((dataset.current_id(a), dataset.current_id(b)))): kind for a, b, kind in pairs}
    for a, b in zip(vintages["first_id"], vintages["later_id"], strict=True):
        known.setdefault(tuple(sorted((dataset.current_id(a), dataset.current_id(b)))), "revision")
    return known


def _guess(row: pd.Series) -> str:
    """Return the likely reason of a pair from what its rows say."""
    if "copied" in row["rules"]:
        return "window"
    if row["scope_a"] != row["scope_b"]:
        return "scope"
    if row["language_a"] != row["language_b"]:
        return "translation"
    if row["publisher_a"] == row["publisher_b"] and row["published_a"] != row["published_b"]:
        return "revision"
    return "unknown"
