"""From where: provenance in the EU, the shipping economy in Japan, and what each border's word means."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import NullFormatter

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import Drawn, break_notes, draw_series
from analysis.publish.pages.borders.totals import MARKS_NOTE, readings_drawn
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import number

EU_SHARES = (
    ("eu-border-share-items-cn", style.ORANGE, "o"),
    ("eu-border-share-items-hk", style.PURPLE, "s"),
)
JAPAN_SHARES = (
    ("jp-share-cases-cn", style.GREEN, "o"),
    ("jp-share-items-cn", style.BLUE, "D"),
)
# Series, name, colour, marker, and how far its label stands above the last mark, in points.
JAPAN_CASES = (
    ("jp-cases-cn", "China", style.INK, "o", 0),
    ("jp-cases-vn", "Vietnam", style.ORANGE, "s", 0),
    ("jp-cases-kr", "Korea", style.BLUE, "^", 4),
    ("jp-cases-tw", "Taiwan", style.PURPLE, "D", -2),
    ("jp-cases-hk", "Hong Kong", style.GREEN, "v", 2),
    ("jp-cases-ph", "Philippines", style.YELLOW, "P", -4),
)
LABELS_AT = 2024  # the last year of any of these series: names stand to the right of all marks
MEANINGS = (
    ("CBP", "US (CBP)", "origin", "country of origin as recorded", "where it was loaded, or by whom sent"),
    ("DHS-OHSS", "US (statistics office)", "origin", "country of origin as recorded, or unknown",
     "how the origin was found out"),
    ("EC", "EU (Commission)", "provenance", "where the consignment came from",
     "whether it was made there or changed ships there"),
    ("JapanCustoms", "Japan", "shipping", "where the parcel was sent from", "where it was made"),
    ("OECD", "OECD", "provenance", "maker or transit point, not told apart", "which of the two"),
    ("KoreaCustoms", "Korea", "", "not said", "all of the above"),
)  # fmt: skip


def shipped_chart(dataset: Dataset) -> Chart:
    """Draw China's share at the EU and Japanese borders, and Japan's cases by shipping economy."""
    figure, grid = style.subplots(3, 1, size=(5.8, 7.6), sharex=True, height_ratios=(1, 1, 1.5))
    drawn = _shares(grid[0], dataset, EU_SHARES) + _shares(grid[1], dataset, JAPAN_SHARES)
    drawn += _cases(grid[2], dataset)
    grid[0].set_title("EU: percent of articles, by provenance", fontsize=10)
    grid[1].set_title("Japan: percent sent from China", fontsize=10)
    grid[2].set_title("Japan: cases, by shipping economy", fontsize=10)
    grid[0].text(2008, 79, "China", color=style.ORANGE, fontsize=9.5, ha="right")
    grid[0].text(2011.5, 8, "Hong Kong", color=style.PURPLE, fontsize=9.5, ha="right")
    grid[1].text(2014.2, 97, "of cases", color=style.GREEN, fontsize=9.5, va="bottom", ha="center")
    grid[1].text(2019, 66, "of items", color=style.BLUE, fontsize=9.5, va="top", ha="center")
    grid[2].set_xlim(2001.3, 2029.5)
    grid[2].set_xticks(range(2005, 2026, 5))
    return Chart(
        name="borders-shipped",
        figure=style.finish(figure),
        title="China's share swings in the EU; in Japan it has come first since 2007, and others come and go",
        alt=f"Three panels. {'. '.join(one.alt for one in drawn)}.",
        note="Provenance and shipping economy are not origin. The last panel is on a logarithmic scale; years "
        "in which nobody printed an economy are missing, not zero. The tall bar in 2004 is a share printed as "
        f"a ceiling. {MARKS_NOTE} {break_notes(drawn)}",
        source=source_line(dataset, readings_drawn(drawn)),
    )


def _shares(axes: Axes, dataset: Dataset, series: tuple[tuple[str, str, str], ...]) -> list[Drawn]:
    """Draw shares in percent from 0 to 100; their names are written by the caller."""
    drawn = [
        draw_series(axes, dataset, series_id, color=colour, marker=marker)
        for series_id, colour, marker in series
    ]
    axes.set_ylim(0, 108)
    axes.set_yticks([0, 25, 50, 75, 100])
    return drawn


def _cases(axes: Axes, dataset: Dataset) -> list[Drawn]:
    """Draw Japan's cases by shipping economy, each named at its last mark."""
    drawn = []
    for series_id, name, colour, marker, lift in JAPAN_CASES:
        one = draw_series(axes, dataset, series_id, color=colour, marker=marker)
        last = one.series.table.iloc[-1]
        axes.annotate(name, (LABELS_AT, last["value"]), (7, lift), textcoords="offset points",
                      va="center", fontsize=9.5, color=colour)  # fmt: skip
        drawn.append(one)
    axes.set_yscale("log")
    axes.set_yticks([10, 100, 1000, 10_000], ["10", "100", "1,000", "10,000"])
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_ylim(15, 45_000)
    return drawn


def meanings_table(dataset: Dataset) -> HtmlTable:
    """Return what each border's statement of a place means, with how many readings carry it."""
    frame = dataset.readings[dataset.readings["origin"].astype(str) != ""]
    rows = [
        {
            "Who counts": name,
            "The place named is": meaning,
            "It does not say": silent,
            "Readings": number(
                int(((frame["reporter"] == reporter) & (frame["origin_basis"].astype(str) == basis)).sum())
            ),
        }
        for reporter, name, basis, meaning, silent in MEANINGS
    ]
    return table(rows, caption="What 'from China' means, by who counts", right=("Readings",), wide=True)
