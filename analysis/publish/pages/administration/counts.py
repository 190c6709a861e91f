"""The administrations' yearly counts side by side: each has its own law, its own unit and its own end."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import Drawn, break_notes, draw_series, readings_of_all
from analysis.publish.marks import panels
from analysis.publish.marks_time import years_axis

FIRST, SECOND, THIRD, _, FIFTH, SIXTH = style.GROUPS
# The panels' titles, and in each the series with colour, marker and name.
PANELS = {
    "Fakes and infringement": (
        ("nlg-cases", SIXTH, "D", "all administrations"),
        ("saic-ipr-counterfeit-cases", FIRST, "o", "trade and industry"),
    ),
    "Trademarks": (
        ("saic-trademark-violations", THIRD, "^", "all violations"),
        ("saic-trademark-cases", FIRST, "o", "infringement"),
        ("samr-trademark-patent-cases", SECOND, "s", "with patents"),
    ),
    "Patents": (
        ("cnipa-patent-infringement-disputes", FIRST, "o", "disputes"),
        ("cnipa-patent-passing-off", SECOND, "s", "passing-off"),
    ),
    "Copyright": (("ncac-copyright-cases", FIFTH, "v", "cases"),),
}
UNJOINED = ("saic-trademark-cases",)  # some years count cases filed, others cases investigated


def counts_chart(dataset: Dataset) -> Chart:
    """Draw the yearly cases of the administrations, a panel a subject, each from zero on its own scale."""
    figure, every = panels(list(PANELS), height=2.6, letters=10.5)
    drawn = [
        one
        for axes, lines in zip(every, PANELS.values(), strict=True)
        for one in _panel(axes, dataset, lines)
    ]
    years, rows = [year for one in drawn for year in one.years], readings_of_all(drawn)
    years_axis(every[0], years, every=5)
    return Chart(
        name="administration-counts",
        figure=style.finish(figure),
        title="Hardly any count of the administrations runs unchanged through 2018",
        alt=f"Four panels of cases a year, from {min(years)} to {max(years)}. {'; '.join(one.alt for one in drawn)}.",
        note="Cases a year; every panel has its own scale. A mark is a printed year, a bar behind it what its "
        f"hedge allows; lines join only consecutive years counted alike. Where patents are named among the trademarks, "
        f"the market regulators count both together. {BAND_NOTE} {break_notes(drawn)}",
        source=source_line(dataset, rows),
        frame=rows,
    )


def _panel(axes: Axes, dataset: Dataset, lines: tuple[tuple[str, str, str, str], ...]) -> list[Drawn]:
    """Draw one panel's series with a legend above the marks; return what was drawn."""
    drawn = []
    for series_id, colour, marker, name in lines:
        join = series_id not in UNJOINED
        drawn.append(draw_series(axes, dataset, series_id, color=colour, marker=marker, join=join))
        axes.plot([], [], marker, color=colour, ms=5, label=name)
    axes.margins(y=0.1 + 0.13 * len(lines))  # the legend stands above the marks
    axes.set_ylim(bottom=0)
    legend = axes.legend(
        loc="upper left", bbox_to_anchor=(0.02, 1), borderaxespad=0, borderpad=0.2, fontsize=style.SMALL,
        handletextpad=0.2, frameon=True, framealpha=1, edgecolor="none",
    )  # fmt: skip
    legend.set_zorder(5)
    axes.tick_params(labelsize=style.SMALL)
    axes.set_ylabel("cases")
    style.short_axis(axes)
    return drawn
