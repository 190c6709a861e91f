"""Value: retail prices against domestic value in the US, and the retail values of the EU and Japan."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullFormatter, NullLocator

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import Drawn, break_notes, draw_series
from analysis.publish.pages.borders.ratios import ratio
from analysis.publish.pages.borders.totals import MARKS_NOTE, panel, readings_drawn
from analysis.publish.words import between, listed

RETAIL, DOMESTIC = "us-msrp", "us-value-domestic"


def values_chart(dataset: Dataset) -> Chart:
    """Draw the value of what was stopped, by border and basis, and the ratio of the two US bases."""
    figure, grid = style.subplots(2, 2, size=(5.8, 5.0))
    drawn = _united_states(grid[0, 0], dataset)
    _ratio_panel(grid[0, 1], dataset)
    drawn.append(panel(grid[1, 0], dataset, "eu-border-value", "EU (billion euros)", 1e9, style.ORANGE))
    drawn.append(panel(grid[1, 1], dataset, "jp-value", "Japan (billion yen)", 1e9, style.GREEN))
    for axes in (grid[0, 0], *grid[1]):
        axes.set_xlim(2002, 2026)
        axes.set_xticks([2005, 2015, 2025])
    return Chart(
        name="borders-values",
        figure=style.finish(figure),
        title=f"One year's US seizures have two values, {_apart(dataset)} times apart, and no fixed rate "
        "joins them",
        alt=f"Four panels. {'. '.join(one.alt for one in drawn)}. Retail price over domestic value: "
        f"{ratio_words(dataset)}.",
        note="US values on a logarithmic scale: retail price of the genuine article (circles), and domestic "
        "value, which is landed cost and profit (squares). EU and Japan: price of the genuine article. "
        f"Currencies and bases differ, so levels are not compared. {MARKS_NOTE} {break_notes(drawn)}",
        source=source_line(dataset, readings_drawn(drawn)),
    )


def ratio_words(dataset: Dataset) -> str:
    """Say the ratio of retail price to domestic value in each fiscal year that prints both, with its interval."""
    rows = ratio(dataset, RETAIL, DOMESTIC).to_dict("records")
    return listed([f"{between(row['low'], row['high'])} in FY {row['year']}" for row in rows])


def _apart(dataset: Dataset) -> str:
    """Say the least and the most that retail prices exceed domestic values by, as `6.2 to 8.1`."""
    rows = ratio(dataset, RETAIL, DOMESTIC)
    return between(float(rows["low"].min()), float(rows["high"].max()), 2)


def _united_states(axes: Axes, dataset: Dataset) -> list[Drawn]:
    """Draw both US bases on a logarithmic axis of million dollars."""
    drawn = [
        draw_series(axes, dataset, RETAIL, color=style.BLUE, scale=1e6),
        draw_series(axes, dataset, DOMESTIC, color=style.PURPLE, marker="s", scale=1e6),
    ]
    axes.set_yscale("log")
    ticks = [100, 300, 1000, 3000, 10_000]
    axes.yaxis.set_major_locator(FixedLocator(ticks))
    axes.set_yticks(ticks, [f"{tick:,}" for tick in ticks])
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_ylim(70, 10_000)
    axes.set_title("US (million dollars)", fontsize=9.5)
    axes.text(2013.2, 2300, "retail\nprice", color=style.BLUE, fontsize=9, ha="center")
    axes.text(2017.5, 150, "domestic\nvalue", color=style.PURPLE, fontsize=9, ha="center", va="center")
    return drawn


def _ratio_panel(axes: Axes, dataset: Dataset) -> None:
    """Draw retail price over domestic value in the years that print both, unjoined."""
    rows = ratio(dataset, RETAIL, DOMESTIC)
    axes.vlines(rows["year"], rows["low"], rows["high"], color=style.INK, lw=8, alpha=0.35)
    axes.plot(rows["year"], rows["value"], "D", color=style.INK, ms=5)
    axes.set_ylim(0, 10)
    axes.set_xlim(2009.3, 2012.7)
    axes.set_xticks(list(rows["year"]), [f"FY {year}" for year in rows["year"]])
    axes.set_title("US: retail / domestic", fontsize=9.5)
