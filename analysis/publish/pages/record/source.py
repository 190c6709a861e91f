"""The page of one source: every reading that it printed, each with the one address under which it is found."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import HEDGES, INDICATORS, REPORTERS
from analysis.publish.addresses import series_address
from analysis.publish.conflicts_listing import KIND_WORDS, VERDICT_WORDS
from analysis.publish.links import SOURCES_PAGE, source_link
from analysis.publish.names import place_name
from analysis.publish.pages.record.markup import Article, facts, link, linked, listing, paragraph, part
from analysis.publish.pages.record.readings import (
    ROLES,
    Row,
    every_reading,
    memberships,
    quoting_cell,
    reading_link,
    tiers,
    when,
)
from analysis.publish.quoting import rivals
from analysis.publish.words import between, counted, quote
from analysis.series.key import declared

DIMENSIONS = (
    "subject", "track", "stage", "product", "origin", "mode", "region", "basis", "relation", "detail", "breadth",
)  # fmt: skip


@lru_cache(maxsize=4)
def sources_with_readings(dataset: Dataset) -> dict[str, list[str]]:
    """Return the ids of the readings of each source that printed one, in the order of their windows."""
    order = dataset.readings.sort_values(["window_end", "window_start", "reading_id"], kind="stable")
    found: dict[str, list[str]] = {}
    for source, name in zip(order["source_id"].astype(str), order["reading_id"].astype(str), strict=True):
        found.setdefault(source, []).append(name)
    return dict(sorted(found.items()))


@lru_cache(maxsize=4)
def _seconds(dataset: Dataset) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    """Return the rows of readings_sources.csv by reading and by source."""
    by_reading: dict[str, list[Row]] = {}
    by_source: dict[str, list[Row]] = {}
    for row in dataset.readings_sources.astype(str).to_dict("records"):
        told = {str(name): cell for name, cell in row.items()}
        by_reading.setdefault(told["reading_id"], []).append(told)
        by_source.setdefault(told["source_id"], []).append(told)
    return by_reading, by_source


@lru_cache(maxsize=4)
def _sources(dataset: Dataset) -> dict[str, Row]:
    rows = dataset.sources.astype(str).to_dict("records")
    return {row["source_id"]: {str(name): cell for name, cell in row.items()} for row in rows}


def source_article(dataset: Dataset, source_id: str) -> Article:
    """Return the page of a source.

    Raises
    ------
    InputError
        If sources.csv has no such row.
    """
    where, held = source_link(dataset, source_id), sources_with_readings(dataset).get(source_id, [])
    row = _sources(dataset)[source_id]
    about = facts(
        {
            "source": linked(where),
            "tier": escape(tiers(dataset)[source_id]),
            "kind": escape(row["kind"].replace("_", " ")),
            "language": escape(row["language"]),
            "notes": escape(row["notes"]),
            "in the table": link(source_id, f"{SOURCES_PAGE}{source_id}"),
        }
    )
    again = listing(
        f"{reading_link(dataset, one['reading_id'], one['as_printed'])} ({escape(one['reading_id'])})"
        for one in _seconds(dataset)[1].get(source_id, [])
    )
    lead = f"{counted(len(held), 'figure', 'figures', none='no').capitalize()} of the record from this text."
    parts = (
        f"<h1>{escape(row['title'])}</h1>",
        paragraph(lead, "lead"),
        about,
        *(_reading(dataset, one) for one in held),
        part("Figures that it repeats", again),
    )
    return Article(row["title"], "".join(parts))


def _reading(dataset: Dataset, name: str) -> str:
    """Return one reading with all that is known of it."""
    row = every_reading(dataset)[name]
    dimensions = (f"{one}: {str(row[one]).replace('_', ' ')}" for one in DIMENSIONS if str(row[one]))
    seconds = (
        f"{linked(source_link(dataset, one['source_id']))}: {escape(one['as_printed'])}"
        for one in _seconds(dataset)[0].get(name, [])
    )
    told = facts(
        {
            "read as": f"{escape(quote(row))} ({escape(HEDGES[str(row['hedge'])].partition(',')[0])})",
            "allows": escape(between(row["low"], row["high"], 4)),
            "window": escape(when(row)) + _aside(str(row["window_note"])),
            "counted by": escape(REPORTERS.get(str(row["reporter"]), str(row["reporter"]))),
            "where": escape(place_name(str(row["jurisdiction"]))) + _aside(str(row["channel"])),
            "what": escape(INDICATORS[str(row["indicator"])]) + _aside("; ".join(dimensions)),
            "place in the text": escape(str(row["locator"])),
            "may it be quoted": quoting_cell(dataset, name),
            "beside it": _rivals(dataset, name),
            "in series": _series(dataset, name),
            "also published by": "; ".join(seconds),
            "notes": escape(str(row["notes"])),
        }
    )
    head = (
        f'{escape(str(row["as_printed"]))} <a class="own-address" href="#{escape(name)}">{escape(name)}</a>'
    )
    return f'<section class="reading" id="{escape(name)}"><h2>{head}</h2>{told}</section>'


def _aside(words: str) -> str:
    return f'<span class="aside">{escape(words)}</span>' if words else ""


def _rivals(dataset: Dataset, name: str) -> str:
    """Return the readings with which the tables pair it, with kind, verdict and note."""
    rows = every_reading(dataset)
    told = []
    for other, known in rivals(dataset).get(name, []):
        first = name < other
        verdict = VERDICT_WORDS[known.verdict]
        if known.verdict in ("quote_a", "quote_b"):
            verdict = "quote this one" if (known.verdict == "quote_a") == first else "quote that one"
        words = f"{rows[other]['as_printed']} ({other})"
        told.append(
            f"{reading_link(dataset, other, words)}: {escape(KIND_WORDS[known.kind])}, {escape(verdict)}"
            f"{_aside(known.note)}"
        )
    return "<br>".join(told)


def _series(dataset: Dataset, name: str) -> str:
    """Return the series that a reading speaks of, and what each makes of it."""
    told = []
    for row in memberships(dataset).get(name, []):
        member = f"/{row['member']}" if row["member"] else ""
        title = declared(dataset, row["series_id"]).title + (f": {row['member']}" if member else "")
        told.append(
            f"{link(title, series_address(row['series_id'] + member))}, {escape(ROLES[row['role']])}"
            f"{_aside(row['why'])}"
        )
    return "<br>".join(told) or "none"
