"""The chapter on prosecutors and courts: its charts, its tables and the words that its prose takes from the data."""

from analysis.publish.pages.justice.counts import (
    civil_chart,
    criminal_chart,
    holding_chart,
    own_acts_chart,
    path_chart,
    scopes_chart,
)
from analysis.publish.pages.justice.tables import disagreements_table, outcomes_table, terms_table, words
