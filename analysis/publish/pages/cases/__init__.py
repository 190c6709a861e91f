"""The chapter on single cases: its charts, its tables and the words that its prose takes from the data."""

from analysis.publish.pages.cases.browser import case_browser
from analysis.publish.pages.cases.rows import products_chart, provinces_chart, years_chart
from analysis.publish.pages.cases.sizes import items_chart, odd_table, sizes_chart, values_chart
from analysis.publish.pages.cases.tables import leads_table, mirror_table, share_table, words
from analysis.publish.pages.cases.worth import (
    factors_chart,
    far_table,
    levels_table,
    sums_table,
    tail_chart,
)
