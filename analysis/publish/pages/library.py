"""The page of sources: every source with its address, to be filtered by words, language, kind and tier."""

from __future__ import annotations

import hashlib

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.filters import Line, browser
from analysis.publish.links import SourceWords, host, source_words
from analysis.publish.names import named
from analysis.publish.tables import HtmlTable, Link, cell

TABLES_WITH_SOURCES = ("readings", "readings_sources", "cases", "measures", "context")
HEADINGS = ("publisher", "title", "published", "language", "kind", "tier", "rows", "id")
FILTERS = ("language", "kind", "tier")

ORDERS = (("", "publisher"), ("rows down", "rows that rest on it"))


def uses(dataset: Dataset) -> pd.Series[int]:
    """Return how many rows of the tables rest on each source, by source id."""
    ids = pd.concat([dataset.table(name)["source_id"] for name in TABLES_WITH_SOURCES])
    counts: pd.Series[int] = ids.value_counts().reindex(dataset.sources["source_id"], fill_value=0)
    return counts


def listed_sources(dataset: Dataset) -> pd.DataFrame:
    """Return the sources as the page shows them: kinds in words, rows counted, by publisher and date."""
    frame = dataset.sources.assign(rows=dataset.sources["source_id"].map(uses(dataset)))
    frame["kind"] = named(frame["kind"], "source kind")
    frame["published"] = frame["published"].where(frame["published"] != "", "undated")
    return frame.sort_values(["publisher", "published", "source_id"], ignore_index=True)


def sources_browser(dataset: Dataset) -> HtmlTable:
    """Return the table of all sources with its filters; every word of the data is escaped."""
    frame = listed_sources(dataset)
    picks = {name: [(word, word) for word in sorted(frame[name].astype(str).unique())] for name in FILTERS}
    markup = browser(
        "sources",
        HEADINGS,
        (_line(dataset, row) for _, row in frame.iterrows()),
        what="sources",
        words="publisher, title or id",
        picks=picks,
        orders=ORDERS,
    )
    digest = hashlib.sha256(markup.encode()).hexdigest()[:16]
    return HtmlTable(markup, f"{len(frame):,} sources (table, sha256 {digest})")


def _line(dataset: Dataset, row: pd.Series) -> Line:
    """Return one source with the words it can be filtered by."""
    cells = [cell(row[name]) for name in HEADINGS[:-1]] + [cell(row["source_id"])]
    cells[HEADINGS.index("title")] += _address(source_words(dataset, row["source_id"]))
    marks = {name: str(row[name]) for name in (*FILTERS, "rows")}
    return Line(tuple(cells), marks, f"source-{row['source_id']}")


def _address(source: SourceWords) -> str:
    """Return where a source was read as markup: its host as a link, of a copy the whole address as text."""
    if source.copy:
        return (
            f'<span class="address">Read in a copy, no link: {cell(source.url or "no address kept")}</span>'
        )
    link = Link(host(source.url), source.url)
    return f'<span class="address">{cell(link)}</span>' if link.text else ""
