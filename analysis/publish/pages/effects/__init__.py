"""The chapter "Effects": what is excluded of all bundles, six stories, and averages over measures."""

from analysis.publish.pages.effects.averages import averages_table
from analysis.publish.pages.effects.curves import curves_chart, curves_table
from analysis.publish.pages.effects.exclusions import exclusions_chart
from analysis.publish.pages.effects.story import story_card, story_chart
from analysis.publish.pages.effects.words import words
