"""The page of one series: what is counted, its years, what it says, its readings, and who asks it what."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from functools import lru_cache
from html import escape

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import INDICATORS, REPORTERS, SERIES_GROUPS
from analysis.publish.addresses import series_address
from analysis.publish.bands import BAND_NOTE
from analysis.publish.citation import series_citation
from analysis.publish.links import source_link
from analysis.publish.moves import moved
from analysis.publish.names import place_name
from analysis.publish.pages.record.chart import year_chart
from analysis.publish.pages.record.markup import Article, facts, link, linked, listing, paragraph, part
from analysis.publish.pages.record.pairs import conflicts_part
from analysis.publish.pages.record.readings import (
    address,
    every_break,
    every_reading,
    members,
    readings_table,
)
from analysis.publish.pages.record.years import Print, moved_between, yearly_rows, years_of
from analysis.publish.series_tables import JOINT
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.words import UNIT_WORDS, between, capital, counted, estimate, listed, number, quote
from analysis.scrutiny import four_answers
from analysis.series import BetweenYears, Definition, definition
from analysis.series.key import UNIT_MARK, declared
from analysis.series.printed_years import RULE

NOTE = (
    "A dot is a published figure, the bar behind it what its hedge allows, a hollow dot a rival figure. A line "
    f"joins years counted alike; a dotted vertical line stands where the count changed. {BAND_NOTE}"
).replace("Hatched", "Outlined")
FILES = {".csv": "CSV", ".metadata.json": "JSON"}
RIGHT = ("published", "its hedge allows", "estimate", "90% band", "informed")


def series_article(dataset: Dataset, series_id: str) -> Article:
    """Return the page of a single series.

    Raises
    ------
    InputError
        If the series is unknown.
    """
    key, held = definition(dataset, series_id), members(dataset, series_id)
    parts = (
        f"<h1>{escape(key.title)}</h1>",
        paragraph(sentence(dataset, series_id), "lead"),
        _figure(dataset, series_id),
        part("What is counted", definition_list(dataset, key), paragraph(key.caveats)),
        breaks_part(dataset, series_id),
        _years_part(dataset, key),
        part(
            f"Readings ({len(held):,})",
            paragraph(f"Picked {RULE}."),
            readings_table(dataset, held, f"Readings of {key.title}"),
        ),
        conflicts_part(dataset, series_id),
        questions_part(dataset, series_id),
        _taken_away(dataset, key),
    )
    return Article(key.title, "".join(parts))


def sentence(dataset: Dataset, series_id: str) -> str:
    """Say what a series says: its first and last print in the present way of counting, and how it moved."""
    key, prints = definition(dataset, series_id), years_of(dataset, series_id).prints
    known = {one.reading_id: f"{_words(dataset, one, key.unit)} in {one.label}" for one in prints}
    if not prints:
        known_figures = counted(len(members(dataset, series_id)), "figure is", "figures are")
        return f"No whole year is published: {known_figures} known."
    if (found := moved_between(dataset, series_id)) is None:
        return f"The latest published figure: {known[prints[-1].reading_id]}."
    early = (
        "" if prints[0].at == found.first else f" The first published figure of all is of {prints[0].label}."
    )
    move = points(found) if key.unit == "percent" else f"the count {moved(found)}"
    first, last = (known[one] for one in found.reading_ids)
    return f"From {first} to {last}, {move}.{early}"


def latest(dataset: Dataset, series_id: str) -> str:
    """Say the first and the latest print of a unit of a family."""
    key, prints = definition(dataset, series_id), years_of(dataset, series_id).prints
    if not prints:
        return "No whole year is published."
    told = [
        f"{_words(dataset, one, key.unit)} in {one.label}" for one in dict.fromkeys((prints[0], prints[-1]))
    ]
    return f"{'First and latest' if len(told) > 1 else 'The only'} figure: {' and '.join(told)}."


def _words(dataset: Dataset, one: Print, unit: str) -> str:
    """Return a print as it may be quoted, be it a reading or a sum of the official table."""
    found = every_reading(dataset).get(one.reading_id)
    return quote(found) if found else f"{number(one.value)} {UNIT_WORDS[unit]}"


def points(found: BetweenYears) -> str:
    """Say how a share moved, in percentage points."""
    (value0, low0, high0), (value1, low1, high1) = found.before, found.after
    up = value1 >= value0
    ends = sorted((low1 - high0, high1 - low0)) if up else sorted((low0 - high1, high0 - low1))
    middle, told = number(abs(value1 - value0), 3), between(max(ends[0], 0), ends[1])
    return f"{middle} percentage points {'more' if up else 'less'}" + ("" if told == middle else f" ({told})")


def _figure(dataset: Dataset, series_id: str) -> str:
    """Return the drawing with its note, nothing where nothing can be drawn."""
    drawn = year_chart(dataset, series_id)
    figure = f'<figure class="years">{drawn}<figcaption>{escape(NOTE)}</figcaption></figure>' if drawn else ""
    return figure + ways(dataset, series_id)


def ways(dataset: Dataset, series_id: str) -> str:
    """Return the ways to take a series or a family: numbers, metadata, the Explorer, its citation."""
    name, _, unit = series_id.partition(UNIT_MARK)
    single = unit or not declared(dataset, name).by
    links = [f'<a href="../series/{escape(name)}{end}" download>{says}</a>' for end, says in FILES.items()]
    links += [link("Explorer (SVG, CSV)", f"explore.html?s={series_id}")] if single else []
    cite = escape(series_citation(dataset, name))
    return f'<div class="ways"><p>{" ".join(links)}</p><details><summary>Cite</summary><p>{cite}</p></details></div>'


def definition_list(dataset: Dataset, key: Definition) -> str:
    """Return what a reading must hold to belong to a series, as a list."""
    who = listed([REPORTERS.get(one, one) for one in key.reporters]) if key.reporters else "whoever counted"
    dimensions = "; ".join(
        f"{name}: {' or '.join(word.replace('_', ' ') or 'none named' for word in words)}"
        for name, words in key.key.items()
        if any(words) and name != "breadth"
    )
    return facts(
        {
            "counts": escape(key.counts),
            "by": escape(who),
            "where": escape(place_name(key.jurisdiction)),
            "as": escape("; ".join(INDICATORS[one] for one in key.indicators)),
            "unit": escape(UNIT_WORDS[key.unit]),
            "time": escape(f"{key.kind}, {'by US fiscal years' if key.fiscal else 'by calendar years'}"),
            "scope": escape(dimensions),
            "breadth": escape(", ".join(word.replace("_", " ") for word in key.key.get("breadth", ()))),
            "strand": link(capital(SERIES_GROUPS[key.group]), "every-series.html"),
            "controls": ", ".join(
                link(definition(dataset, one).title, series_address(one)) for one in key.controls
            ),
        }
    )


# How a break is known, in the words of a page.
CERTAINTY = {"printed": "published", "inferred": "inferred"}


def breaks_part(dataset: Dataset, series_id: str) -> str:
    """Return the days from which something else was counted."""
    rows = every_break(dataset).get(series_id, [])
    return part(
        "Where the count changed",
        listing(
            f"{row['date']:%Y-%m-%d}: {escape(str(row['what_changed']))} "
            f'<span class="aside">{escape(CERTAINTY.get(str(row["certainty"]), str(row["certainty"])))}; '
            f"{linked(source_link(dataset, str(row['source_id']))) if row['source_id'] else 'no source'}</span>"
            for row in rows
        ),
    )


def _years_part(dataset: Dataset, key: Definition) -> str:
    """Return the years as a table, the numbers of the CSV."""
    found = yearly_rows(dataset).get(key.series_id)
    if found is None or found.empty:
        return part("Years", paragraph("No year is published as a whole, and none can be estimated."))
    caption = f"Years of {key.title}, in {UNIT_WORDS[key.unit]}"
    return part("Years", years_table(dataset, found, caption)._repr_html_())


def years_table(dataset: Dataset, rows: pd.DataFrame, caption: str) -> HtmlTable:
    """Return years, as the downloads tell them, as a table."""
    return table([_year(dataset, row) for row in rows.to_dict("records")], caption=caption, right=RIGHT)


def _year(dataset: Dataset, row: Mapping[Hashable, object]) -> dict[str, object]:
    """Return a year as the table tells it, its print with the way to the reading."""
    printed, low, middle, lower, informed = (
        float(str(row[name])) for name in ("printed", "low", "estimate", "lower", "informed")
    )
    picked = str(row["reading_ids"]).partition(JOINT)[0]
    print_ = Link(f"{printed:,.10g}", address(dataset, picked)) if picked else f"{printed:,.10g}"
    return {
        "year": str(row["period"]),
        "published": "" if math.isnan(printed) else print_,
        "its hedge allows": "" if math.isnan(low) else between(low, float(str(row["high"])), 4),
        "estimate": "" if math.isnan(middle) else estimate(middle),
        "90% band": "" if math.isnan(lower) else between(lower, float(str(row["upper"]))),
        "informed": "" if math.isnan(informed) else f"{informed:.0%}",
    }


def questions_part(dataset: Dataset, series_id: str) -> str:
    """Return the bundles and hypotheses that ask something of a series."""
    return part("Which measures are asked of it", listing(_questions(dataset).get(series_id, [])))


@lru_cache(maxsize=4)
def _questions(dataset: Dataset) -> dict[str, list[str]]:
    """Return each bundle as markup, by its series: from when, its measures, the answer and the grade."""
    titles = dict(zip(dataset.measures["measure_id"], dataset.measures["title"].astype(str), strict=True))
    measures = dict(zip(dataset.hypotheses["hypothesis_id"], dataset.hypotheses["measure_id"], strict=True))
    found: dict[str, list[str]] = {}
    for one in four_answers(dataset).values():
        asked = ", ".join(
            link(titles[measures[name]], f"ledger.html#ledger-{name}") for name in one.bundle.hypotheses
        )
        told = f"{one.bundle.at}, {asked}: {escape(one.sentence())} Grade {escape(one.letter)}."
        found.setdefault(one.bundle.series_id, []).append(told)
    return found


def files_of(name: str) -> list[str]:
    """Return the links to the numbers of a series or family and to what must be known of them."""
    return [
        link("the numbers with their bands (CSV)", f"../series/{name}.csv"),
        link("what must be known of them (JSON)", f"../series/{name}.metadata.json"),
    ]


def _taken_away(dataset: Dataset, key: Definition) -> str:
    """Return the downloads, the line of code, and how to cite."""
    name = key.series_id
    way = "fiscal" if key.fiscal else "yearly"
    code = (
        "import analysis\n\n"
        "data = analysis.load()\n"
        f'analysis.series.printed_years(data, "{name}").table\n'
        f'analysis.series.reconstructed(data, "{name}").{way}'
    )
    return part(
        "Take it away",
        listing(files_of(name)),
        f"<pre>{escape(code)}</pre>",
        paragraph(series_citation(dataset, name)),
    )
