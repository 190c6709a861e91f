"""The chapter of every series: its panels, its tables and the words that its prose takes from the data."""

from analysis.publish.pages.every_series.panels import charts
from analysis.publish.pages.every_series.tables import left_out_table, summary_table, words

__all__ = ["charts", "left_out_table", "summary_table", "words"]
