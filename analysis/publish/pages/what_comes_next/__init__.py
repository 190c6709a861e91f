"""The chapter "What comes next": trends, their breaks, forecasts, and the record of forecasting."""

from analysis.publish.pages.what_comes_next.forecasts import (
    ahead_chart,
    ahead_table,
    record_chart,
    record_table,
)
from analysis.publish.pages.what_comes_next.happened import happened_table
from analysis.publish.pages.what_comes_next.past import due_table, past_sentence, past_table
from analysis.publish.pages.what_comes_next.trends import breaks_chart, growth_chart, growth_table
from analysis.publish.pages.what_comes_next.words import words
