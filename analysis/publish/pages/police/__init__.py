"""The chapter on police campaigns: its charts, its table and the words that its prose takes from the data."""

from analysis.publish.pages.police.named import cases_table, words
from analysis.publish.pages.police.together import nested_chart, together_chart
from analysis.publish.pages.police.windows import kunlun_chart, online_chart
from analysis.publish.pages.police.years import cases_chart, value_chart
