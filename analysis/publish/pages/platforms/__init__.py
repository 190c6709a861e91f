"""The chapter on platforms: what they say about themselves, side by side and, most of it, Alibaba's."""

from analysis.publish.pages.platforms.articles import checks_chart, founding_table, words
from analysis.publish.pages.platforms.leads import arrests_chart, funnel_chart
from analysis.publish.pages.platforms.side_by_side import side_chart, side_table, side_words
from analysis.publish.pages.platforms.windows import removals_chart, shares_chart
