"""The codebook: tables, columns, words, series and denominators, from the schema and the data themselves."""

from analysis.publish.pages.codebook.columns import (
    column_tables,
    concordance_table,
    glossary_table,
    lengths_chart,
    overview_table,
    series_tables,
    vocabulary_tables,
)
from analysis.publish.pages.codebook.context import (
    context_chart,
    context_table,
    dimensions_chart,
    scopes_table,
    words,
)
from analysis.publish.pages.codebook.panels import panel_tables, panels_table
