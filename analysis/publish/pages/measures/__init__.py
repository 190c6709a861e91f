"""The chapter on measures: a timeline, what falls together, which hypotheses have rivals, and a first look at years."""

from analysis.publish.pages.measures.timeline import (
    campaigns_chart,
    lag_table,
    measures_table,
    precision_table,
    timeline_chart,
    words,
)
from analysis.publish.pages.measures.together import (
    first_look_chart,
    heat_chart,
    hypotheses_chart,
    hypotheses_table,
    neighbours_chart,
    rivals_chart,
)
