"""The administrations' yearly counts side by side: each has its own law, its own unit and its own end."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import Drawn, break_notes, draw_series

SMALL = 8.5
FIRST, LAST = 2003.2, 2025.4


@dataclass(frozen=True)
class Line:
    """One series with how it is drawn and called in its panel."""

    series_id: str
    colour: str
    marker: str
    name: str
    join: bool = True


PANELS: dict[str, tuple[Line, ...]] = {
    "Fakes and infringement": (
        Line("nlg-cases", style.GREY, "D", "all administrations"),
        Line("saic-ipr-counterfeit-cases", style.BLUE, "o", "trade and industry"),
    ),
    "Trademarks": (
        Line("saic-trademark-violations", style.GREEN, "^", "all violations"),
        Line("saic-trademark-cases", style.BLUE, "o", "infringement", join=False),  # filed and investigated
        Line("samr-trademark-patent-cases", style.ORANGE, "s", "with patents"),
    ),
    "Patents": (
        Line("cnipa-patent-infringement-disputes", style.BLUE, "o", "disputes"),
        Line("cnipa-patent-passing-off", style.ORANGE, "s", "passing-off"),
    ),
    "Copyright": (Line("ncac-copyright-cases", style.PURPLE, "v", "cases"),),
}


def counts_chart(dataset: Dataset) -> Chart:
    """Draw the yearly cases of the administrations, a panel a subject, each from zero on its own scale."""
    figure, axes = style.subplots(2, 2, size=(5.8, 5.6), sharex=True)
    drawn: list[Drawn] = []
    for ax, (title, lines) in zip(axes.flat, PANELS.items(), strict=True):
        drawn += _panel(ax, dataset, title, lines)
    told = break_notes(drawn)
    readings = pd.concat([one.series.readings for one in drawn])
    return Chart(
        name="administration-counts",
        figure=style.finish(figure),
        title="Hardly any count of the administrations runs unchanged through 2018",
        alt="Four panels of cases a year, from 2004 to 2024. " + "; ".join(one.alt for one in drawn) + ".",
        note="Cases a year; every panel has its own scale. A mark is a printed year, a bar behind it what its "
        f"hedge allows; lines join only consecutive years counted alike. Where patents are named among the trademarks, "
        f"the market regulators count both together. {BAND_NOTE} {told}",
        source=source_line(dataset, readings),
    )


def _panel(axes: Axes, dataset: Dataset, title: str, lines: tuple[Line, ...]) -> list[Drawn]:
    """Draw one panel's series with a legend above the marks; return what was drawn."""
    drawn = [
        draw_series(axes, dataset, line.series_id, color=line.colour, marker=line.marker, join=line.join)
        for line in lines
    ]
    handles = [
        Line2D([], [], color=line.colour, marker=line.marker, ls="none", ms=5, label=line.name)
        for line in lines
    ]
    axes.set_title(title)
    axes.set_xlim(FIRST, LAST)
    axes.set_xticks([2005, 2010, 2015, 2020, 2025], ["2005", "2010", "2015", "2020", "2025"])
    highest = max(float(one.series.table["high"].max()) for one in drawn)
    axes.set_ylim(0, highest * (1.2 + 0.13 * len(lines)))
    legend = axes.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0.02, 1), borderaxespad=0, borderpad=0.2,
        fontsize=SMALL, handletextpad=0.2, frameon=True, framealpha=1, edgecolor="none",
    )  # fmt: skip
    legend.set_zorder(5)
    axes.tick_params(labelsize=SMALL)
    axes.set_ylabel("cases")
    style.short_axis(axes)
    return drawn
