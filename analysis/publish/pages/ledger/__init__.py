"""The chapter "The ledger": every bundle with its four answers, how grades moved, and what tests could see."""

from analysis.publish.pages.ledger.browser import bundle_browser
from analysis.publish.pages.ledger.moved import moves_table, reasons_table
from analysis.publish.pages.ledger.studies import studies_table
from analysis.publish.pages.ledger.words import words
