"""The tables of evidence: sources, readings, and how readings hang together."""

from __future__ import annotations

from analysis.dataset import dimensions as dims
from analysis.dataset import vocabularies as words
from analysis.dataset.schema import (
    SLUG,
    Field,
    Table,
    identifier,
    jurisdiction,
    reference,
    trail,
    window,
    word,
    words_of,
)

SOURCES = Table(
    "sources",
    "Sources",
    "One row a public document: release, report, news text, law.",
    (
        identifier("source_id", "publisher first, then date and subject"),
        Field("title", "text", "title as published, or the collector's in square brackets", required=True),
        Field("publisher", "text", "who published it, and the host of a repost", required=True),
        Field("url", "text", "address; where it is blank the notes say how the text was held"),
        Field(
            "published", "partial_date", "date of publication as far as known (YYYY, YYYY-MM or YYYY-MM-DD)"
        ),
        word("language", words.LANGUAGES, "language of the text read (ISO 639-1)"),
        word("kind", words.SOURCE_KINDS, "kind of document"),
        word("tier", words.TIERS, "how near the source is to who counted"),
        Field("notes", "text", "archive notes and cautions in our own words"),
    ),
)

DIMENSIONS = (
    word("subject", dims.SUBJECTS, "which right or kind of goods"),
    word("track", dims.TRACKS, "in which proceeding it was counted"),
    word("stage", dims.STAGES, "at which step of the proceeding", required=False),
    words_of(
        "product",
        dims.PRODUCTS,
        "kind of goods; several printed together joined by +",
        required=False,
        joint="+",
    ),
    Field(
        "origin", "text", "economy the goods came from (ISO 3166), several joined by +", pattern=dims.ORIGIN
    ),
    word("origin_basis", dims.ORIGIN_BASES, "what `origin` is", required=False),
    words_of(
        "mode", dims.MODES, "means of transport or trade, several joined by +", required=False, joint="+"
    ),
    Field("region", "text", "place finer than the jurisdiction: city, port, member state"),
    Field("basis", "slug", "what is counted or valued where two counts exist", pattern=SLUG),
    Field(
        "relation",
        "text",
        "share_of:, change_of:, multiple_of:, conversion_of:, part_of: or mean_of: what; a mean has the indicator "
        "other, so that no series of totals takes it",
    ),
    Field("relation_base", "text", "window that a change is against; same_period_last_year is 同比"),
    word("window_basis", dims.WINDOW_BASES, "how the window is known"),
    Field(
        "printed_step", "number", "printed step where the print does not show it; overrides it", positive=True
    ),
    Field(
        "detail",
        "text",
        "what is left of the scope, joined by a semicolon; of a mean per_day, per_case and the like; what is counted "
        "where it is packets, cartons or pills",
    ),
    word("breadth", dims.BREADTHS, "what the figure totals; blank where nothing tells", required=False),
)

READINGS = Table(
    "readings",
    "Readings",
    "One row a figure printed in a source: a hedged value, over a window, for an indicator, by a reporter.",
    (
        identifier("reading_id", "never reused; the first part tells the strand it was collected in"),
        word("reporter", words.REPORTERS, "who counted"),
        jurisdiction(),
        Field("programme", "slug", "campaign or programme the figure belongs to", pattern=SLUG),
        word("indicator", words.INDICATORS, "what was counted"),
        Field(
            "scope_as_collected",
            "text",
            "what the figure covers, as first coded; parts joined by a semicolon",
        ),
        word("channel", words.CHANNELS, "where the goods were met"),
        Field(
            "value",
            "number",
            "the printed figure in base units (18 billion yuan is 18000000000)",
            required=True,
        ),
        Field("value_high", "number", "upper end of a printed range, else blank"),
        word("unit", words.UNITS, "unit of the value"),
        word("hedge", words.HEDGES, "the printed qualifier of the value"),
        *window(),
        Field("window_note", "text", "the window in the words of the text"),
        word("kind", words.KINDS, "flow, stock or change"),
        Field("as_printed", "text", "the figure as printed, 12 words at most", required=True),
        *trail(),
        *DIMENSIONS,
    ),
)

READINGS_SOURCES = Table(
    "readings_sources",
    "Further sources of readings",
    "One row a further source that prints the figure of a reading: one figure, several texts.",
    (
        identifier("link_id", "reading and source"),
        reference("reading_id", "readings", "the reading that stands for the figure"),
        Field("as_printed", "text", "the figure as printed there, where it was collected"),
        *trail(),
    ),
    may_be_empty=True,
)

ALIASES = Table(
    "aliases",
    "Retired ids",
    "One row an id that was given once and is kept by another: never reused.",
    (
        identifier("alias_id", "the retired id"),
        word("table", ("readings", "sources", "cases", "measures", "context", "series"), "its table"),
        Field("kept_id", "slug", "the id that stands for it now", required=True, pattern=SLUG),
        word("kind", dims.ALIAS_KINDS, "why it was retired"),
        Field("reason", "text", "in our own words", required=True),
    ),
    may_be_empty=True,
)

LEFT_OUT = Table(
    "left_out",
    "Left out",
    "One row a collected figure that is in no table, with the reason.",
    (
        identifier("collected_id", "its id when it was collected: never used"),
        Field("strand", "slug", "the collection it stood in", required=True, pattern=SLUG),
        Field("reason", "text", "in our own words", required=True),
    ),
    may_be_empty=True,
)

CONFLICTS = Table(
    "conflicts",
    "Conflicts",
    "One row a pair of readings that cannot both be taken at their word, of which kind it is, and which to quote.",
    (
        identifier("conflict_id", "the two readings"),
        reference("reading_a", "readings", "the first reading"),
        reference("reading_b", "readings", "the second"),
        word("kind", dims.CONFLICT_KINDS, "who contradicts whom; official and unknown are contradictions"),
        word("verdict", dims.VERDICTS, "which print to quote; of a retelling, the other one erred"),
        Field("note", "text", "what is known of it, in our own words", required=True),
    ),
    may_be_empty=True,
)

VINTAGES = Table(
    "vintages",
    "Vintages",
    "One row a pair of prints of one quantity, the later restating the earlier.",
    (
        identifier("vintage_id", "the two readings"),
        reference("first_id", "readings", "the earlier print"),
        reference("later_id", "readings", "the later print"),
        Field("note", "text", "what is known of the restatement"),
    ),
    may_be_empty=True,
)

SCOPES = Table(
    "scopes",
    "From scopes to dimensions",
    "One row a way in which a collected indicator and scope became dimensions, and how many readings went it.",
    (
        identifier("scope_id", "running number"),
        Field("indicator_as_collected", "text", "indicator as first coded", required=True),
        Field("scope_as_collected", "text", "scope as first coded"),
        word("indicator", words.INDICATORS, "indicator now"),
        *(Field(f.name, "text", f.description) for f in DIMENSIONS if f.name not in dims.BY_READING),
        Field("readings", "integer", "readings mapped so", required=True, positive=True),
    ),
)

TABLES = (SOURCES, READINGS, READINGS_SOURCES, ALIASES, LEFT_OUT, CONFLICTS, VINTAGES, SCOPES)
