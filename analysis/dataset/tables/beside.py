"""The files beside the tables of a version: versions on record, and what a person looked at and confirmed."""

from __future__ import annotations

from analysis.dataset.schema import Field, Table, reference, word

VERSION = r"(?:0|[1-9][0-9]{0,5})\.(?:0|[1-9][0-9]{0,5})\.(?:0|[1-9][0-9]{0,5})"

VERSIONS = Table(
    "versions",
    "Versions",
    "One row a released version with the fingerprint of the rows it stands for.",
    (
        Field("version", "text", "major.minor.patch", required=True, pattern=VERSION),
        Field("date", "date", "day of the release", required=True),
        Field("fingerprint", "text", "SHA-256 over all tables", required=True, pattern="[0-9a-f]{64}"),
        Field("note", "text", "what changed, in a few words", required=True),
    ),
    beside=True,
)

DISAGREEMENTS = Table(
    "disagreements",
    "Disagreements",
    "One row a cell of a reading that its printed words, read again by program, do not show.",
    (
        reference("reading_id", "readings", "the reading"),
        word("what", ("value", "unit", "hedge"), "the column"),
        Field("row", "text", "what the row holds", required=True),
        Field("parsed", "text", "what the program reads; blank for nothing"),
        Field("reason", "text", "why the row is right, in our own words", required=True),
    ),
    may_be_empty=True,
    beside=True,
)

DISTINCT = Table(
    "distinct",
    "Distinct",
    "One row two measures that look like one (issuer, instruments, dates within a month) and are two.",
    (
        reference("measure_id", "measures", "the first of the two"),
        reference("distinct_from", "measures", "the other"),
        Field("reason", "text", "what tells them apart, in our own words", required=True),
    ),
    may_be_empty=True,
    beside=True,
)

BESIDE: dict[str, Table] = {table.name: table for table in (VERSIONS, DISAGREEMENTS, DISTINCT)}
