"""The page of sources: every source, grouped by kind, with its address."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.pages.evidence import KIND_NAMES
from analysis.publish.tables import HtmlTable, Link, table

TABLES_WITH_SOURCES = ("readings", "cases", "measures", "context")


def uses(dataset: Dataset) -> pd.Series[int]:
    """Return how many rows of the tables rest on each source, by source id."""
    ids = pd.concat([dataset.table(name)["source_id"] for name in TABLES_WITH_SOURCES])
    counts: pd.Series[int] = ids.value_counts().reindex(dataset.sources["source_id"], fill_value=0)
    return counts


def source_tables(dataset: Dataset) -> Iterator[HtmlTable]:
    """Yield a table for each kind of source, the largest kind first, rows by publisher and date."""
    rows_on = uses(dataset)
    frame = dataset.sources.assign(rows=dataset.sources["source_id"].map(rows_on))
    for kind in frame["kind"].value_counts().index:
        group = frame[frame["kind"] == kind].sort_values(["publisher", "published", "source_id"])
        rows = [
            {
                "publisher": row["publisher"],
                "title": Link(row["title"], row["url"]) if row["url"] else row["title"],
                "published": row["published"] or "undated",
                "language": row["language"],
                "tier": row["tier"],
                "rows": row["rows"],
                "id": row["source_id"],
            }
            for _, row in group.iterrows()
        ]
        name = KIND_NAMES[str(kind)]
        yield table(
            rows, caption=f"{name[0].upper()}{name[1:]}: {len(rows):,} sources", right=["rows"], folded=True
        )
