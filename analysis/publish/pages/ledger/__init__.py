"""The chapter "The ledger": every registered hypothesis with its grade, its verdict and the reasons."""

from analysis.publish.pages.ledger.browser import ledger_browser
from analysis.publish.pages.ledger.forest import forest_chart
from analysis.publish.pages.ledger.grades import grades_chart
from analysis.publish.pages.ledger.power import power_chart
from analysis.publish.pages.ledger.words import words

__all__ = ["forest_chart", "grades_chart", "ledger_browser", "power_chart", "words"]
