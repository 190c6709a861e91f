"""The chapter on administrations and China's customs: its charts, its table and the words of its prose."""

from analysis.publish.pages.administration.counts import counts_chart
from analysis.publish.pages.administration.customs import customs_chart, modes_chart, vintages_chart
from analysis.publish.pages.administration.sword_net import sword_net_chart
from analysis.publish.pages.administration.transfers import transfers_chart
from analysis.publish.pages.administration.words import conflicts_table, words

__all__ = [
    "conflicts_table",
    "counts_chart",
    "customs_chart",
    "modes_chart",
    "sword_net_chart",
    "transfers_chart",
    "vintages_chart",
    "words",
]
