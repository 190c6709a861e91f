"""The chapter on measures: a timeline, what falls together, which hypotheses have rivals, and a first look at years."""

from analysis.publish.pages.measures.registered import first_look_chart, hypotheses_chart, hypotheses_table
from analysis.publish.pages.measures.tables import lag_table, measures_table, precision_table, words
from analysis.publish.pages.measures.timeline import campaigns_chart, timeline_chart
from analysis.publish.pages.measures.together import heat_chart, neighbours_chart, rivals_chart

__all__ = [
    "campaigns_chart",
    "first_look_chart",
    "heat_chart",
    "hypotheses_chart",
    "hypotheses_table",
    "lag_table",
    "measures_table",
    "neighbours_chart",
    "precision_table",
    "rivals_chart",
    "timeline_chart",
    "words",
]
