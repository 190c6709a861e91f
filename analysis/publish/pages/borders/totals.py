"""What the three borders count and what they say it is worth: consignments, the pieces in them, retail values."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import Drawn, break_notes, draw_intervals, draw_series, readings_of_all
from analysis.publish.marks import log_axis
from analysis.publish.marks_time import years_axis
from analysis.publish.words import between, listed
from analysis.series.ratios import ratio

MARKS_NOTE = (
    "Dots: the print that was picked, bars: what its hedge or rounding allows, hollow: a rival print that "
    "excludes it. Lines join consecutive years counted alike. "
    f"{BAND_NOTE}"
)
US, EU, JAPAN = style.GROUPS[:3]
PANELS = (
    ("us-seizures", "US: shipments (thousand)", 1e3, US),
    ("us-items", "US: items (million)", 1e6, US),
    ("eu-border-cases", "EU: cases (thousand)", 1e3, EU),
    ("eu-border-items", "EU: articles (million)", 1e6, EU),
    ("jp-cases", "Japan: cases (thousand)", 1e3, JAPAN),
    ("jp-items", "Japan: items (million)", 1e6, JAPAN),
)
VALUES = (("eu-border-value", "EU (billion euros)", 1e9, EU), ("jp-value", "Japan (billion yen)", 1e9, JAPAN))
RETAIL, DOMESTIC = "us-msrp", "us-value-domestic"


def totals_chart(dataset: Dataset) -> Chart:
    """Draw consignments and items at the US, EU and Japanese borders."""
    figure, grid = style.subplots(3, 2, size=(5.8, 6.4), sharex=True)
    drawn = [_panel(axes, dataset, *spec) for axes, spec in zip(grid.flat, PANELS, strict=True)]
    years_axis(grid[0, 0], _years(drawn), every=8)
    return Chart(
        name="borders-totals",
        figure=style.finish(figure),
        title="Consignments and the pieces in them follow different paths at all three borders",
        alt=f"Six panels, consignments left, items right. {'. '.join(one.alt for one in drawn)}.",
        note="US fiscal years run from October to September and are named after the year in which they end. "
        f"Scales differ between panels. {MARKS_NOTE} {break_notes(drawn)}",
        source=source_line(dataset, readings_of_all(drawn)),
    )


def values_chart(dataset: Dataset) -> Chart:
    """Draw the value of what was stopped, by border and basis, and the ratio of the two US bases."""
    figure, grid = style.subplots(2, 2, size=(5.8, 5.0))
    drawn = _united_states(grid[0, 0], dataset)
    drawn += [_panel(axes, dataset, *spec) for axes, spec in zip(grid[1], VALUES, strict=True)]
    for axes in (grid[0, 0], *grid[1]):
        years_axis(axes, _years(drawn), every=10)
    rows = ratio(dataset, RETAIL, DOMESTIC)
    draw_intervals(grid[0, 1], rows, width=8)
    grid[0, 1].margins(y=0.5)
    grid[0, 1].set_ylim(bottom=0)
    grid[0, 1].set_title("US: retail / domestic", fontsize=9.5)
    years_axis(grid[0, 1], rows["year"], fiscal=True, every=1)
    return Chart(
        name="borders-values",
        figure=style.finish(figure),
        title="One year's US seizures have two values, "
        f"{between(float(rows['low'].min()), float(rows['high'].max()), 2)} times apart, and no fixed rate joins them",
        alt=f"Four panels. {'. '.join(one.alt for one in drawn)}. Retail price over domestic value: "
        f"{ratio_words(dataset)}.",
        note="US values on a logarithmic scale: retail price of the genuine article (circles), and domestic "
        "value, which is landed cost and profit (squares). EU and Japan: price of the genuine article. "
        f"Currencies and bases differ, so levels are not compared. {MARKS_NOTE} {break_notes(drawn)}",
        source=source_line(dataset, readings_of_all(drawn)),
    )


def ratio_words(dataset: Dataset) -> str:
    """Say the ratio of retail price to domestic value in each fiscal year that prints both, with its interval."""
    rows = ratio(dataset, RETAIL, DOMESTIC).to_dict("records")
    return listed([f"{between(row['low'], row['high'])} in FY {row['year']}" for row in rows])


def _panel(axes: Axes, dataset: Dataset, series_id: str, title: str, scale: float, colour: str) -> Drawn:
    """Draw one series in a panel with its unit in the title and zero on the axis."""
    drawn = draw_series(axes, dataset, series_id, color=colour, scale=scale)
    axes.set_title(title, fontsize=9.5)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    return drawn


def _united_states(axes: Axes, dataset: Dataset) -> list[Drawn]:
    """Draw both US bases on a logarithmic axis of million dollars."""
    drawn = [
        draw_series(axes, dataset, RETAIL, color=US, scale=1e6, label="retail price"),
        draw_series(
            axes, dataset, DOMESTIC, color=style.GROUPS[4], marker="s", scale=1e6, label="domestic value"
        ),
    ]
    log_axis(axes, "y")
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 3)))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.set_title("US (million dollars)", fontsize=9.5)
    axes.legend(loc="upper left", fontsize=9, handlelength=1.2, frameon=True, framealpha=1, edgecolor="none")
    return drawn


def _years(drawn: list[Drawn]) -> list[int]:
    """Return the years of all series that share an axis."""
    return [year for one in drawn for year in one.years]
