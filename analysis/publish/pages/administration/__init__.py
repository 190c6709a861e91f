"""The chapter on administrations and China's customs: its charts, its table and the words of its prose."""

from analysis.publish.pages.administration.counts import counts_chart, sword_net_chart, transfers_chart
from analysis.publish.pages.administration.customs import customs_chart, modes_chart, vintages_chart
from analysis.publish.pages.administration.words import conflicts_table, words
