"""The page of sources: every source with its address, to be filtered by words, language, kind and tier."""

from __future__ import annotations

import hashlib
import html

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.pages.evidence import KIND_NAMES
from analysis.publish.tables import HtmlTable, Link, cell

TABLES_WITH_SOURCES = ("readings", "readings_sources", "cases", "measures", "context")
HEADINGS = ("publisher", "title", "published", "language", "kind", "tier", "rows", "id")
FILTERS = ("language", "kind", "tier")

# Without a script the page is the whole table. The script stays on this page: the book has no script of its own.
SCRIPT = """
<script>
(() => {
  const box = document.getElementById("source-filters");
  const rows = [...document.querySelectorAll("#sources-table tbody tr")];
  const words = box.querySelector("input"), picks = [...box.querySelectorAll("select")];
  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const picked = picks.every(pick => !pick.value || row.dataset[pick.name] === pick.value);
      row.hidden = !(picked && wanted.every(word => text.includes(word)));
      shown += !row.hidden;
    }
    box.querySelector("output").textContent = `${shown} of ${rows.length} sources`;
  };
  box.hidden = false;
  box.addEventListener("input", filter);
  filter();
})();
</script>
"""


def uses(dataset: Dataset) -> pd.Series[int]:
    """Return how many rows of the tables rest on each source, by source id."""
    ids = pd.concat([dataset.table(name)["source_id"] for name in TABLES_WITH_SOURCES])
    counts: pd.Series[int] = ids.value_counts().reindex(dataset.sources["source_id"], fill_value=0)
    return counts


def listed_sources(dataset: Dataset) -> pd.DataFrame:
    """Return the sources as the page shows them: kinds in words, rows counted, by publisher and date."""
    frame = dataset.sources.assign(rows=dataset.sources["source_id"].map(uses(dataset)))
    frame["kind"] = frame["kind"].astype(str).map(KIND_NAMES)
    frame["published"] = frame["published"].where(frame["published"] != "", "undated")
    return frame.sort_values(["publisher", "published", "source_id"], ignore_index=True)


def sources_browser(dataset: Dataset) -> HtmlTable:
    """Return the table of all sources with its filters; every word of the data is escaped."""
    frame = listed_sources(dataset)
    body = "\n".join(_row(row) for _, row in frame.iterrows())
    heads = "".join(f'<th scope="col">{name}</th>' for name in HEADINGS)
    markup = (
        f"{_filters(frame)}"
        '<div class="table-scroll sources" tabindex="0" role="region" aria-label="Sources">'
        f'<table class="house" id="sources-table"><thead><tr>{heads}</tr></thead><tbody>\n{body}\n</tbody></table>'
        f"</div>{SCRIPT}"
    )
    digest = hashlib.sha256(markup.encode()).hexdigest()[:16]
    return HtmlTable(markup, f"{len(frame):,} sources (table, sha256 {digest})")


def _row(row: pd.Series) -> str:
    """Return one source as a row that carries the words it can be filtered by."""
    title = Link(row["title"], row["url"]) if row["url"] else row["title"]
    cells = [
        row["publisher"],
        title,
        *(row[name] for name in ("published", "language", "kind", "tier", "rows")),
    ]
    marks = "".join(f' data-{name}="{html.escape(str(row[name]), quote=True)}"' for name in FILTERS)
    return f"<tr{marks}>{''.join(f'<td>{cell(value)}</td>' for value in [*cells, row['source_id']])}</tr>"


def _filters(frame: pd.DataFrame) -> str:
    """Return the filters, hidden until the script works."""
    picks = "".join(
        f'<label>{name} <select name="{name}"><option value="">any</option>'
        + "".join(
            f"<option>{html.escape(word)}</option>" for word in sorted(frame[name].astype(str).unique())
        )
        + "</select></label>"
        for name in FILTERS
    )
    search = '<label>publisher, title or id <input type="search" name="words"></label>'
    return f'<form id="source-filters" class="source-filters" hidden>{search}{picks}<output></output></form>'
