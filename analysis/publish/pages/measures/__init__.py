"""The chapter on measures: a timeline, what falls together, which hypotheses have rivals, and a first look at years."""

from analysis.publish.pages.measures.campaigns import campaigns_chart
from analysis.publish.pages.measures.ledger import ledger_chart
from analysis.publish.pages.measures.neighbours import heat_chart, neighbours_chart
from analysis.publish.pages.measures.registered import hypotheses_chart, hypotheses_table
from analysis.publish.pages.measures.rivals import rivals_chart
from analysis.publish.pages.measures.tables import lag_table, measures_table, precision_table, words
from analysis.publish.pages.measures.timeline import timeline_chart

__all__ = [
    "campaigns_chart",
    "heat_chart",
    "hypotheses_chart",
    "hypotheses_table",
    "lag_table",
    "ledger_chart",
    "measures_table",
    "neighbours_chart",
    "precision_table",
    "rivals_chart",
    "timeline_chart",
    "words",
]
