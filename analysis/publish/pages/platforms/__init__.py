"""The chapter on platforms: what they say about themselves, above all Alibaba."""

from analysis.publish.pages.platforms.articles import founding_table
from analysis.publish.pages.platforms.checks import checks_chart
from analysis.publish.pages.platforms.leads import arrests_chart, funnel_chart
from analysis.publish.pages.platforms.windows import removals_chart, shares_chart
from analysis.publish.pages.platforms.words import words

__all__ = [
    "arrests_chart",
    "checks_chart",
    "founding_table",
    "funnel_chart",
    "removals_chart",
    "shares_chart",
    "words",
]
