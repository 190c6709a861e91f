"""The tables of series, breaks, border lines and the words that the tables share."""

from __future__ import annotations

from analysis.dataset import dimensions as dims
from analysis.dataset import series_words as kinds
from analysis.dataset import vocabularies as words
from analysis.dataset.schema import Field, Table, identifier, jurisdiction, reference, word, words_of

_ANY = "words joined by |; - is blank, * is any"


def _key(name: str, what: str) -> Field:
    """Declare one dimension of a series' key."""
    return Field(name, "text", f"{what} taken: {_ANY}", required=True)


SET_ASIDE = "prints never picked (restated, misprinted, of doubtful scope) though they stay in view"


WHO = "who counted; blank for whoever does, in a family by border or platform"
BY = "what the units of a family are: then the row stands for a series a unit; blank for one series"
CONTROLS = "series of the same counter that a change here can be held against: the same stage, another crime or right"

SERIES = Table(
    "series",
    "Series",
    "One row a comparable series: which readings speak of it, and what it may not be taken for.",
    (
        identifier("series_id", "reporter, subject and indicator"),
        Field("title", "text", "title in plain words", required=True),
        Field("counts", "text", "what is counted", required=True),
        word("group", words.SERIES_GROUPS, "the chapter's strand"),
        word("frequency", words.FREQUENCIES, "calendar year or the reporter's fiscal year"),
        words_of("reporters", words.REPORTERS, WHO, required=False),
        jurisdiction(),
        words_of("indicators", words.INDICATORS, "indicators taken", required=True),
        *(_key(name, name) for name in words.SERIES_KEYS),
        words_of("channels", words.CHANNELS, "channels taken", required=True),
        word("unit", words.UNITS, "unit"),
        word("kind", words.KINDS, "flow, stock or change"),
        reference("set_aside", "readings", SET_ASIDE, required=False, several=True),
        Field("caveats", "text", "what the series may not be taken for", required=True),
        word("by", kinds.FAMILIES, BY, required=False),
        word("drawn_from", kinds.DRAWN_FROM, "the table added up; blank for readings", required=False),
        reference("controls", "series", CONTROLS, required=False, several=True),
    ),
)

BREAKS = Table(
    "breaks",
    "Breaks",
    "One row a day from which a series counts something else: no line is drawn across it.",
    (
        identifier("break_id", "what broke and when"),
        reference("series", "series", "the series that break", required=False, several=True),
        Field("date", "date", "first day of the new counting", required=True),
        Field("what_changed", "text", "in our own words", required=True),
        word("certainty", ("printed", "inferred"), "whether a text says it or the levels suggest it"),
        reference("source_id", "sources", "the text that says it", required=False),
        Field("notes", "text", "cautions in our own words"),
    ),
    may_be_empty=True,
)

BORDER_LINES = Table(
    "border_lines",
    "US seizure lines",
    "One row a cell of the official US table of seizure lines by fiscal year, product, conveyance and origin.",
    (
        identifier("line_id", "fiscal year, product, conveyance, origin"),
        Field("fiscal_year", "integer", "US fiscal year", required=True, positive=True),
        Field("product_as_printed", "text", "product as printed", required=True),
        word("product", dims.PRODUCTS, "product of the concordance"),
        Field("conveyance_as_printed", "text", "conveyance as printed", required=True),
        word("mode", dims.MODES, "means of transport; blank where none was involved", required=False),
        Field("origin_as_printed", "text", "origin as printed", required=True),
        Field("origin", "category", "ISO 3166 code; ZZ is unknown", required=True, pattern=r"[A-Z]{2}"),
        Field(
            "lines",
            "integer",
            "seizure lines: one product and brand within a seizure",
            required=True,
            positive=True,
        ),
        Field("msrp_usd", "number", "retail price of the genuine goods, US dollars; may be 0", required=True),
        reference("source_id", "sources", "the official table"),
    ),
)

CONCORDANCE = Table(
    "concordance",
    "Product concordance",
    "One row a product category of a customs service (or of the cases) and the word it has here.",
    (
        identifier("concordance_id", "service and category"),
        Field("service", "text", "who prints the category", required=True),
        Field("category", "text", "category as collected or printed", required=True),
        words_of("product", dims.PRODUCTS, "product of the harmonised dimension", required=True, joint="+"),
        Field("note", "text", "what the category holds, where it matters"),
    ),
)

GLOSSARY = Table(
    "glossary",
    "Stage glossary",
    "One row a Chinese term of enforcement statistics: what it means, what it counts, who counts.",
    (
        identifier("term_id", "English slug"),
        Field("term", "text", "Chinese term", required=True),
        Field("pinyin", "text", "its sound", required=True),
        Field("english", "text", "our rendering", required=True),
        Field("also", "text", "other English renderings met, and what they are mistaken for", required=True),
        word("stage", dims.STAGES, "stage of the harmonised dimension"),
        word("unit", words.UNITS, "unit counted"),
        Field("counter", "text", "who counts it", required=True),
        Field("caution", "text", "what it may not be taken for", required=True),
    ),
)

READINGS_SERIES = Table(
    "readings_series",
    "Readings in series",
    "One row a reading that speaks of a series, and what the series does with it; made at each release.",
    (
        identifier("link_id", "reading, series and unit"),
        reference("reading_id", "readings", "the reading"),
        reference("series_id", "series", "the series, or the family of series"),
        Field("member", "text", "unit of the family (an origin, a product, ...); blank for a single series"),
        word("role", kinds.ROLES, "what the series does with the reading"),
        Field("why", "text", "by which rule", required=True),
    ),
    may_be_empty=True,
)

TABLES = (SERIES, READINGS_SERIES, BREAKS, BORDER_LINES, CONCORDANCE, GLOSSARY)
