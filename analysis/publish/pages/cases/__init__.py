"""The chapter on single cases: its charts, its tables and the words that its prose takes from the data."""

from analysis.publish.pages.cases.items import items_chart, odd_table
from analysis.publish.pages.cases.map import map_chart
from analysis.publish.pages.cases.products import products_chart
from analysis.publish.pages.cases.share import share_table
from analysis.publish.pages.cases.sizes import sizes_chart
from analysis.publish.pages.cases.tables import leads_table, mirror_table
from analysis.publish.pages.cases.values import values_chart
from analysis.publish.pages.cases.words import words
from analysis.publish.pages.cases.years import years_chart

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
