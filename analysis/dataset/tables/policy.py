"""The tables of cases, measures, denominators and registered hypotheses."""

from __future__ import annotations

from analysis.dataset import dimensions as dims
from analysis.dataset import vocabularies as words
from analysis.dataset.coding_rules import REACH
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


def _count(name: str, description: str) -> tuple[Field, Field]:
    """Declare a counted column of the cases and the hedge beside it."""
    return (
        Field(name, "integer", description, positive=True),
        word(f"{name}_hedge", words.HEDGES, f"the printed qualifier of {name}", required=False),
    )


CASES = Table(
    "cases",
    "Cases",
    "One row an enforcement case that police, courts, customs or a firm made public.",
    (
        identifier("case_id", "province, date and subject"),
        Field("name", "text", "short name", required=True),
        jurisdiction(),
        Field("place", "text", "places named in the text"),
        Field("date", "partial_date", "date of the bust, report or judgment, as far as known", required=True),
        word("date_kind", words.CASE_DATE_KINDS, "which of the three the date is"),
        word("channel", words.CASE_CHANNELS, "how the goods were sold"),
        words_of("product", words.CASE_PRODUCTS, "kinds of goods", required=True),
        Field("brands", "text", "brands copied, joined by a semicolon"),
        *_count("suspects", "persons caught"),
        *_count("dens", "sites closed"),
        *_count("items", "pieces seized"),
        Field(
            "value_cny", "integer", "value in yuan as printed; kinds differ, see value_kind", positive=True
        ),
        word("value_hedge", words.HEDGES, "the printed qualifier of the value", required=False),
        word("value_kind", words.CASE_VALUE_KINDS, "what the value is of; never pool kinds", required=False),
        Field("value_other", "integer", "value in `currency`, where none is printed in yuan", positive=True),
        word("currency", words.OTHER_MONEY, "currency of value_other", required=False),
        word("platform_lead", words.PLATFORM_LEADS, "did a platform's data start it"),
        word(
            "several",
            ("yes",),
            "yes where the row counts several cases at once: left out where single cases are told",
            required=False,
        ),
        *trail(),
    ),
)

MEASURES = Table(
    "measures",
    "Measures",
    "One row a policy measure: law, interpretation, campaign, institution, platform rule, agreement.",
    (
        identifier("measure_id", "jurisdiction, date and subject"),
        Field("title", "text", "title in English", required=True),
        word("kind", words.MEASURE_KINDS, "kind of measure"),
        Field("issuer", "text", "who issued it; several joined by a semicolon", required=True),
        jurisdiction(),
        Field("announced", "partial_date", "date announced or adopted"),
        Field("effective", "partial_date", "first day in force"),
        Field("ended", "partial_date", "last day; blank if open or unknown"),
        words_of("instrument", words.INSTRUMENTS, "how it works", required=True),
        words_of(
            "reach",
            REACH,
            "subjects, channels and places that it can touch; blank if in no force",
            required=False,
        ),
        reference(
            "own", "breaks", "breaks in counting that are its own mechanism", required=False, several=True
        ),
        reference(
            "edition_of", "measures", "first edition of the yearly measure it belongs to", required=False
        ),
        Field("summary", "text", "at most 30 words of our own", required=True),
        *trail(),
    ),
)

CONTEXT = Table(
    "context",
    "Context",
    "One row a denominator: retail sales, parcels, imports, prices, exchange rates, population.",
    (
        identifier("context_id", "series, jurisdiction, origin and window"),
        Field("series", "slug", "name of the denominator", required=True, pattern=SLUG),
        jurisdiction(),
        Field("origin", "text", "economy that imports came from, blank for all", pattern=dims.ORIGIN),
        *window(),
        Field("value", "number", "value in base units", required=True),
        Field("unit", "text", "unit of the value", required=True),
        *trail(),
    ),
)

HYPOTHESES = Table(
    "hypotheses",
    "Hypotheses",
    "One row a pair of measure and series, registered after collection and before modelling.",
    (
        identifier("hypothesis_id", "measure and series in short"),
        reference("measure_id", "measures", "the measure"),
        reference("series_id", "series", "the series it would move"),
        word("direction", ("increase", "decrease", "either"), "expected direction"),
        Field("lag", "integer", "periods between the measure and its first expected effect", required=True),
        Field("reason", "text", "why recorded enforcement would move, in our own words", required=True),
        reference("claim_source", "sources", "who has made the claim, if anybody", required=False),
        Field("claim", "text", "the claim in our own words"),
        word("frequency", ("year", "fiscal_year", "month"), "period of the primary specification"),
        word("impact", ("step", "ramp", "step+ramp", "pulse"), "impact model of the primary specification"),
        Field("at", "partial_date", "first period affected", required=True),
        Field("span_start", "integer", "first year of the span", required=True, positive=True),
        Field("span_end", "integer", "last year of the span", required=True, positive=True),
        Field("denominator", "slug", "context series divided by, if any", pattern=SLUG),
        word("family", ("loglinear", "quasipoisson"), "family of the primary specification"),
        reference(
            "comparison", "series", "series that the measure could hardly reach", required=False, several=True
        ),
        Field("notes", "text", "cautions in our own words"),
    ),
    may_be_empty=True,
)

TABLES = (CASES, MEASURES, CONTEXT, HYPOTHESES)
