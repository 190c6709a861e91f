"""The chapter on single cases: its charts, its tables and the words that its prose takes from the data."""

from analysis.publish.pages.cases.counts import products_chart, years_chart
from analysis.publish.pages.cases.items import items_chart, odd_table
from analysis.publish.pages.cases.map import map_chart
from analysis.publish.pages.cases.sizes import sizes_chart, values_chart
from analysis.publish.pages.cases.tables import leads_table, mirror_table, share_table
from analysis.publish.pages.cases.words import words

__all__ = [
    "items_chart",
    "leads_table",
    "map_chart",
    "mirror_table",
    "odd_table",
    "products_chart",
    "share_table",
    "sizes_chart",
    "values_chart",
    "words",
    "years_chart",
]
