"""The chapter "Effects": six hypotheses told."""

from analysis.publish.pages.effects.curves import curve_chart
from analysis.publish.pages.effects.story import story_chart
from analysis.publish.pages.effects.words import stories_table, words
