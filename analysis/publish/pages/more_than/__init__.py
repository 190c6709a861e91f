"""The chapter on what "more than" means: its charts, its tables and the words that its prose takes from the data."""

from analysis.publish.pages.more_than.places import above_chart, places_chart, words
from analysis.publish.pages.more_than.shares import (
    coverage_chart,
    digits_table,
    groups_chart,
    heaping_chart,
    pairs_table,
)
