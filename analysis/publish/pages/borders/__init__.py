"""The chapter on the destinations' borders: its charts, its tables and the words its prose takes from the data."""

from analysis.publish.pages.borders.comparisons import comparison_chart, comparison_table, doubts_table, words
from analysis.publish.pages.borders.counts import (
    ceiling_chart,
    meanings_table,
    shipped_chart,
    totals_chart,
    values_chart,
)
from analysis.publish.pages.borders.micro import (
    origins_chart,
    propensity_chart,
    shares_model_chart,
    worth_chart,
)
from analysis.publish.pages.borders.official import checks_table, official_chart
from analysis.publish.pages.borders.shares import share_chart, share_table
