"""The chapter on single cases: its charts, its tables and the words that its prose takes from the data."""

from analysis.publish.pages.cases.map import map_chart
from analysis.publish.pages.cases.rows import products_chart, years_chart
from analysis.publish.pages.cases.sizes import items_chart, odd_table, sizes_chart, values_chart
from analysis.publish.pages.cases.tables import leads_table, mirror_table, share_table, words
