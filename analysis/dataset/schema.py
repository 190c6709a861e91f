"""What every table holds: the one declaration of columns, types, vocabularies and keys.

The loader takes its types from here, validation its rules, `datapackage.json` its fields and the
codebook its text. Whatever the tables promise is said once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from analysis.dataset import vocabularies as words

FieldType = Literal["text", "slug", "date", "partial_date", "number", "integer", "category", "list"]

JURISDICTION = r"[A-Z]{2}(-[A-Z0-9]{1,3})?"
SLUG = r"[a-z0-9]+(?:[-_.][a-z0-9_.]+)*"


@dataclass(frozen=True)
class Field:
    """One column: its type, what it means, and what a cell may hold.

    `list` cells hold several words of the vocabulary, joined by a semicolon. `positive` asks for a number
    above zero. `refers_to` names the table whose id the cell must be.
    """

    name: str
    type: FieldType
    description: str
    required: bool = False
    vocabulary: tuple[str, ...] = ()
    pattern: str = ""
    refers_to: str = ""
    positive: bool = False


@dataclass(frozen=True)
class Table:
    """One CSV file: its title, its fields in order, the first of which is its id."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]

    @property
    def id(self) -> str:
        """Name of the id column."""
        return self.fields[0].name

    @property
    def columns(self) -> list[str]:
        """Column names in file order."""
        return [field.name for field in self.fields]


def _id(name: str, description: str) -> Field:
    return Field(name, "slug", description, required=True, pattern=SLUG)


def _word(name: str, vocabulary: Iterable[str], description: str, *, required: bool = True) -> Field:
    return Field(name, "category", description, required=required, vocabulary=tuple(vocabulary))


def _source(required: bool = True) -> tuple[Field, ...]:
    return (
        Field("source_id", "slug", "the source it was read in", required=required, refers_to="sources"),
        Field("locator", "text", "paragraph, page or table of the source"),
        Field("notes", "text", "cautions in our own words"),
    )


_JURISDICTION = Field(
    "jurisdiction",
    "category",
    "ISO 3166 code of the place covered: country or province (CN-GD); ZZ is the world",
    required=True,
    pattern=JURISDICTION,
)
_WINDOW = (
    Field("window_start", "date", "first day covered; blank where the text gives none"),
    Field("window_end", "date", "last day covered; the day itself for a stock"),
)

SOURCES = Table(
    "sources",
    "Sources",
    "One row a public document: release, report, news text, law.",
    (
        _id("source_id", "publisher first, then date and subject"),
        Field("title", "text", "title as published, or the collector's in square brackets", required=True),
        Field("publisher", "text", "who published it, and the host of a repost", required=True),
        Field("url", "text", "address; where it is blank the notes say how the text was held"),
        Field(
            "published", "partial_date", "date of publication as far as known (YYYY, YYYY-MM or YYYY-MM-DD)"
        ),
        _word("language", words.LANGUAGES, "language of the text read (ISO 639-1)"),
        _word("kind", words.SOURCE_KINDS, "kind of document"),
        _word("tier", words.TIERS, "how near the source is to who counted"),
        Field("notes", "text", "archive notes and cautions in our own words"),
    ),
)

READINGS = Table(
    "readings",
    "Readings",
    "One row a figure printed in a source: a hedged value, over a window, for an indicator, by a reporter.",
    (
        _id("reading_id", "never reused; the first part tells the strand it was collected in"),
        _word("reporter", words.REPORTERS, "who counted"),
        _JURISDICTION,
        Field("programme", "slug", "campaign or programme the figure belongs to", pattern=SLUG),
        _word("indicator", words.INDICATORS, "what was counted"),
        Field(
            "scope_as_collected",
            "text",
            "what the figure covers, as first coded; parts joined by a semicolon",
        ),
        _word("channel", words.CHANNELS, "where the goods were met"),
        Field(
            "value",
            "number",
            "the printed figure in base units (18 billion yuan is 18000000000)",
            required=True,
        ),
        Field("value_high", "number", "upper end of a printed range, else blank"),
        _word("unit", words.UNITS, "unit of the value"),
        _word("hedge", words.HEDGES, "the printed qualifier of the value"),
        *_WINDOW,
        Field("window_note", "text", "the window in the words of the text"),
        _word("kind", words.KINDS, "flow, stock or change"),
        Field("as_printed", "text", "the figure as printed, 12 words at most", required=True),
        *_source(),
    ),
)


def _count(name: str, description: str) -> tuple[Field, Field]:
    return (
        Field(name, "integer", description, positive=True),
        _word(f"{name}_hedge", words.HEDGES, f"the printed qualifier of {name}", required=False),
    )


CASES = Table(
    "cases",
    "Cases",
    "One row an enforcement case that police, courts, customs or a firm made public.",
    (
        _id("case_id", "province, date and subject"),
        Field("name", "text", "short name", required=True),
        _JURISDICTION,
        Field("place", "text", "places named in the text"),
        Field("date", "partial_date", "date of the bust, report or judgment, as far as known", required=True),
        _word("date_kind", words.CASE_DATE_KINDS, "which of the three the date is"),
        _word("channel", words.CASE_CHANNELS, "how the goods were sold"),
        Field("product", "list", "kinds of goods", required=True, vocabulary=tuple(words.CASE_PRODUCTS)),
        Field("brands", "text", "brands copied, joined by a semicolon"),
        *_count("suspects", "persons caught"),
        *_count("dens", "sites closed"),
        *_count("items", "pieces seized"),
        Field(
            "value_cny", "integer", "value in yuan as printed; kinds differ, see value_kind", positive=True
        ),
        _word("value_hedge", words.HEDGES, "the printed qualifier of value_cny", required=False),
        _word("value_kind", words.CASE_VALUE_KINDS, "what the value is of; never pool kinds", required=False),
        _word("platform_lead", words.PLATFORM_LEADS, "did a platform's data start it"),
        *_source(),
    ),
)

MEASURES = Table(
    "measures",
    "Measures",
    "One row a policy measure: law, interpretation, campaign, institution, platform rule, agreement.",
    (
        _id("measure_id", "jurisdiction, date and subject"),
        Field("title", "text", "title in English", required=True),
        _word("kind", words.MEASURE_KINDS, "kind of measure"),
        Field("issuer", "text", "who issued it; several joined by a semicolon", required=True),
        _JURISDICTION,
        Field("announced", "partial_date", "date announced or adopted"),
        Field("effective", "partial_date", "first day in force"),
        Field("ended", "partial_date", "last day; blank if open or unknown"),
        Field("instrument", "list", "how it works", required=True, vocabulary=tuple(words.INSTRUMENTS)),
        Field("summary", "text", "at most 30 words of our own", required=True),
        *_source(),
    ),
)

CONTEXT = Table(
    "context",
    "Context",
    "One row a denominator: retail sales, parcels, imports, prices, exchange rates, population.",
    (
        _id("context_id", "series, jurisdiction and window"),
        Field("series", "slug", "name of the denominator", required=True, pattern=SLUG),
        _JURISDICTION,
        *_WINDOW,
        Field("value", "number", "value in base units", required=True),
        Field("unit", "text", "unit of the value", required=True),
        *_source(),
    ),
)

SERIES = Table(
    "series",
    "Series",
    "One row a comparable series: which readings speak of it, and what it may not be taken for.",
    (
        _id("series_id", "reporter, subject and indicator"),
        Field("title", "text", "title in plain words", required=True),
        Field("counts", "text", "what is counted", required=True),
        _word("frequency", words.FREQUENCIES, "calendar year or the reporter's fiscal year"),
        Field("reporters", "list", "who counted", required=True, vocabulary=tuple(words.REPORTERS)),
        _JURISDICTION,
        Field("indicators", "list", "indicators taken", required=True, vocabulary=tuple(words.INDICATORS)),
        Field("scopes", "text", "scopes taken as collected, joined by |", required=True),
        Field("channels", "list", "channels taken", required=True, vocabulary=tuple(words.CHANNELS)),
        _word("unit", words.UNITS, "unit"),
        _word("kind", words.KINDS, "flow, stock or change"),
        Field("exclude", "text", "readings left out, joined by a semicolon; the caveats say why"),
        Field("caveats", "text", "what the series may not be taken for", required=True),
    ),
)

TABLES: dict[str, Table] = {t.name: t for t in (SOURCES, READINGS, CASES, MEASURES, CONTEXT, SERIES)}
