"""The chapter on platforms: what they say about themselves, above all Alibaba."""

from analysis.publish.pages.platforms.articles import checks_chart, founding_table, words
from analysis.publish.pages.platforms.leads import arrests_chart, funnel_chart
from analysis.publish.pages.platforms.windows import removals_chart, shares_chart
