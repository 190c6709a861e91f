"""The chapter on the funnel: what leads came to, what justice passes on, and what would have to hold."""

from analysis.publish.pages.funnel.justice import must_hold_table, shares_chart, steps_chart
from analysis.publish.pages.funnel.platforms import programmes_chart
from analysis.publish.pages.funnel.provinces import provinces_chart
from analysis.publish.pages.funnel.words import words
