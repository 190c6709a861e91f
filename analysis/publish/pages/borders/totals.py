"""What the three borders count: consignments on the left, the pieces in them on the right."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import Drawn, break_notes, draw_series

MARKS_NOTE = (
    "Dots: the print that was picked, bars: what its hedge or rounding allows, hollow: a rival print that "
    "excludes it. Lines join consecutive years counted alike. "
    f"{BAND_NOTE}"
)
PANELS = (
    ("us-seizures", "US: shipments (thousand)", 1e3, style.BLUE),
    ("us-items", "US: items (million)", 1e6, style.BLUE),
    ("eu-border-cases", "EU: cases (thousand)", 1e3, style.ORANGE),
    ("eu-border-items", "EU: articles (million)", 1e6, style.ORANGE),
    ("jp-cases", "Japan: cases (thousand)", 1e3, style.GREEN),
    ("jp-items", "Japan: items (million)", 1e6, style.GREEN),
)


def panel(
    axes: Axes, dataset: Dataset, series_id: str, title: str, scale: float, colour: str, marker: str = "o"
) -> Drawn:
    """Draw one series in a panel with its unit in the title and zero on the axis."""
    drawn = draw_series(axes, dataset, series_id, color=colour, marker=marker, scale=scale)
    axes.set_title(title, fontsize=9.5)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    return drawn


def readings_drawn(drawn: list[Drawn]) -> pd.DataFrame:
    """Return the readings behind drawn series: those picked and their rivals."""
    return pd.concat([one.series.readings for one in drawn]).drop_duplicates("reading_id")


def totals_chart(dataset: Dataset) -> Chart:
    """Draw consignments and items at the US, EU and Japanese borders. Raises InputError for an unknown series."""
    figure, grid = style.subplots(3, 2, size=(5.8, 6.4), sharex=True)
    drawn = [panel(axes, dataset, *spec) for axes, spec in zip(grid.flat, PANELS, strict=True)]
    grid[0, 0].set_xlim(2000, 2026)
    for axes in grid.flat:
        axes.set_xticks([2001, 2009, 2017, 2025])
    return Chart(
        name="borders-totals",
        figure=style.finish(figure),
        title="Consignments and the pieces in them follow different paths at all three borders",
        alt=f"Six panels, consignments left, items right. {'. '.join(one.alt for one in drawn)}.",
        note="US fiscal years run from October to September and are named after the year in which they end. "
        f"Scales differ between panels. {MARKS_NOTE} {break_notes(drawn)}",
        source=source_line(dataset, readings_drawn(drawn)),
    )
