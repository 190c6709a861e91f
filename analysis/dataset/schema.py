"""How a table is declared: fields with their type, meaning, vocabulary and keys.

The loader takes its types from the declarations in `analysis.dataset.tables`, validation its rules,
`datapackage.json` its fields and the codebook its text. Whatever the tables promise is said once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

FieldType = Literal["text", "slug", "date", "partial_date", "number", "integer", "category", "list"]

JURISDICTION = r"[A-Z]{2}(-[A-Z0-9]{1,3})?"
SLUG = r"[a-z0-9]+(?:[-_.][a-z0-9_.]+)*"


@dataclass(frozen=True)
class Field:
    """One column: its type, what it means, and what a cell may hold.

    `list` cells hold several words of the vocabulary, joined by `joint`. `positive` asks for a number above
    zero. `refers_to` names the table whose id the cell (or each of its words) must be.
    """

    name: str
    type: FieldType
    description: str
    required: bool = False
    vocabulary: tuple[str, ...] = ()
    pattern: str = ""
    refers_to: str = ""
    positive: bool = False
    joint: str = ";"


@dataclass(frozen=True)
class Table:
    """One CSV file: its title, its fields in order, the first of which is its id.

    `may_be_empty` is true where no row at all can be right. `beside` marks a file that stands beside the tables of a
    version (it enters neither fingerprint nor descriptor) and whose first column is no sorted, unique id.
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    may_be_empty: bool = False
    beside: bool = False

    @property
    def id(self) -> str:
        """Name of the id column."""
        return self.fields[0].name

    @property
    def columns(self) -> list[str]:
        """Column names in file order."""
        return [field.name for field in self.fields]


def identifier(name: str, description: str) -> Field:
    """Declare the id column of a table."""
    return Field(name, "slug", description, required=True, pattern=SLUG)


def word(name: str, vocabulary: Iterable[str], description: str, *, required: bool = True) -> Field:
    """Declare a column that holds one word of a closed vocabulary."""
    return Field(name, "category", description, required=required, vocabulary=tuple(vocabulary))


def words_of(
    name: str, vocabulary: Iterable[str], description: str, *, required: bool, joint: str = ";"
) -> Field:
    """Declare a column that holds several words of a closed vocabulary."""
    return Field(name, "list", description, required=required, vocabulary=tuple(vocabulary), joint=joint)


def reference(
    name: str, table: str, description: str, *, required: bool = True, several: bool = False
) -> Field:
    """Declare a column that holds the id of a row in another table, or several ids joined by a semicolon."""
    return Field(name, "list" if several else "slug", description, required=required, refers_to=table)


def jurisdiction() -> Field:
    """Declare the place that a row covers."""
    what = "ISO 3166 code of the place covered: country or province (CN-GD); ZZ is the world"
    return Field("jurisdiction", "category", what, required=True, pattern=JURISDICTION)


def window() -> tuple[Field, Field]:
    """Declare the first and the last day that a row covers."""
    return (
        Field("window_start", "date", "first day covered; blank where the text gives none"),
        Field("window_end", "date", "last day covered; the day itself for a stock"),
    )


def trail() -> tuple[Field, Field, Field]:
    """Declare where a row was read: source, place in it, and our notes."""
    return (
        reference("source_id", "sources", "the source it was read in"),
        Field("locator", "text", "paragraph, page or table of the source"),
        Field("notes", "text", "cautions in our own words"),
    )
