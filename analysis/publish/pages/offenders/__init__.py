"""The chapter on what happens to offenders: outcomes, fines as bounds, thresholds, arrests beside all crimes."""

from analysis.publish.pages.offenders.arrests import arrests_chart
from analysis.publish.pages.offenders.fines import fines_chart, gain_chart, links_table
from analysis.publish.pages.offenders.outcomes import outcomes_chart, punitive_table
from analysis.publish.pages.offenders.thresholds import thresholds_chart
from analysis.publish.pages.offenders.words import words
