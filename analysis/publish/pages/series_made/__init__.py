"""The chapter on how the series are made: one year taken apart, conflicts, sensitivity, and the simulation study."""

from analysis.publish.pages.series_made.calendar import months_chart, rates_chart, windows_chart
from analysis.publish.pages.series_made.conflicts import (
    choices_table,
    conflicts_table,
    heaviest_table,
    known_table,
    moves_table,
    year_conflicts_table,
)
from analysis.publish.pages.series_made.fit import expected_chart, study_chart, study_table, totals_chart
from analysis.publish.pages.series_made.words import words
