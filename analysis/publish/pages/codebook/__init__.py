"""The codebook: tables, columns, words, series and denominators, from the schema and the data themselves."""

from analysis.publish.pages.codebook.columns import (
    column_tables,
    concordance_table,
    glossary_table,
    overview_table,
    vocabulary_tables,
)
from analysis.publish.pages.codebook.context import context_chart, context_table
from analysis.publish.pages.codebook.scopes import dimensions_chart, scopes_table
from analysis.publish.pages.codebook.series import lengths_chart, series_tables
from analysis.publish.pages.codebook.words import words

__all__ = [
    "column_tables",
    "concordance_table",
    "context_chart",
    "context_table",
    "dimensions_chart",
    "glossary_table",
    "lengths_chart",
    "overview_table",
    "scopes_table",
    "series_tables",
    "vocabulary_tables",
    "words",
]
