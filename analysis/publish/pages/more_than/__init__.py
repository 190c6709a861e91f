"""The chapter on what "more than" means: its charts, its tables and the words that its prose takes from the data."""

from analysis.publish.pages.more_than.pairs import pairs_table
from analysis.publish.pages.more_than.places import above_chart, places_chart
from analysis.publish.pages.more_than.shares import coverage_chart, digits_table, groups_chart, heaping_chart
from analysis.publish.pages.more_than.words import words

__all__ = [
    "above_chart",
    "coverage_chart",
    "digits_table",
    "groups_chart",
    "heaping_chart",
    "pairs_table",
    "places_chart",
    "words",
]
