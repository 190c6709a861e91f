"""The chapter on administrations and China's customs: its charts, its table and the words of its prose."""

from analysis.publish.pages.administration.counts import counts_chart, sword_net_chart, transfers_chart
from analysis.publish.pages.administration.customs import (
    conflicts_table,
    customs_chart,
    modes_chart,
    vintages_chart,
    words,
)
