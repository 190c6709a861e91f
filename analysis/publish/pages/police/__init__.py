"""The chapter on police campaigns: its charts, its table and the words that its prose takes from the data."""

from analysis.publish.pages.police.named import cases_table
from analysis.publish.pages.police.nested import nested_chart
from analysis.publish.pages.police.together import together_chart
from analysis.publish.pages.police.windows import kunlun_chart, online_chart
from analysis.publish.pages.police.words import words
from analysis.publish.pages.police.years import cases_chart, value_chart

__all__ = [
    "cases_chart",
    "cases_table",
    "kunlun_chart",
    "nested_chart",
    "online_chart",
    "together_chart",
    "value_chart",
    "words",
]
