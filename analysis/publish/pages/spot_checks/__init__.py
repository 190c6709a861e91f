"""The chapter on spot checks: every printed check, the claims that checks exclude, and one programme worked out."""

from analysis.publish.pages.spot_checks.forest import claims_table, fakes_chart, quality_chart
from analysis.publish.pages.spot_checks.programme import market_chart, sizes_chart
from analysis.publish.pages.spot_checks.words import words
