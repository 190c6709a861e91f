"""The chapter on how the series are made: one year taken apart, conflicts, sensitivity, and the simulation study."""

from analysis.publish.pages.series_made.calendar import months_chart, rates_chart, windows_chart
from analysis.publish.pages.series_made.clashes import (
    conflicts_table,
    heaviest_table,
    known_table,
    year_conflicts_table,
)
from analysis.publish.pages.series_made.fit import expected_chart, totals_chart
from analysis.publish.pages.series_made.moves import choices_table, moves_table
from analysis.publish.pages.series_made.simulated import study_chart, study_table
from analysis.publish.pages.series_made.words import words

__all__ = [
    "choices_table",
    "conflicts_table",
    "expected_chart",
    "heaviest_table",
    "known_table",
    "months_chart",
    "moves_table",
    "rates_chart",
    "study_chart",
    "study_table",
    "totals_chart",
    "windows_chart",
    "words",
    "year_conflicts_table",
]
