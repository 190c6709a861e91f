"""The chapter "The ledger": every registered hypothesis with its grade, its verdict and the reasons."""

from analysis.publish.pages.ledger.answers import answers_table, averages_table, happened_table
from analysis.publish.pages.ledger.browser import ledger_browser
from analysis.publish.pages.ledger.grades import forest_chart, grades_chart
from analysis.publish.pages.ledger.power import power_chart, words
