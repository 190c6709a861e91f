"""China's customs by year: batches, items, items a batch, and the rights that owners put on record."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import break_notes, draw_series
from analysis.publish.words import between
from analysis.series import printed_years

SMALL = 8.5
FIRST, LAST = 2006.3, 2025.2


def items_a_batch(dataset: Dataset) -> pd.DataFrame:
    """Return year, low and high: items detained for each batch, in the years that print both."""
    items, batches = (
        printed_years(dataset, f"gacc-{name}").table.set_index("year")[["low", "high"]].add_suffix(f"_{name}")
        for name in ("items", "batches")
    )
    both = items.join(batches, how="inner")
    low, high = both["low_items"] / both["high_batches"], both["high_items"] / both["low_batches"]
    return pd.DataFrame({"low": low, "high": high}).reset_index()


def customs_chart(dataset: Dataset) -> Chart:
    """Draw batches (with those in the mail), items, items a batch, and recordals."""
    figure, axes = style.subplots(2, 2, size=(5.8, 5.4), sharex=True)
    ((batches, items), (each, rights)) = axes
    drawn = [
        draw_series(batches, dataset, "gacc-batches", color=style.BLUE),
        draw_series(
            batches, dataset, "gacc-mail-batches", color=style.ORANGE, marker="s", join=False
        ),  # 2018: baggage
        draw_series(items, dataset, "gacc-items", color=style.GREEN, marker="^"),
        draw_series(rights, dataset, "gacc-recordals", color=style.PURPLE, marker="v"),
    ]
    ratio = items_a_batch(dataset)
    _ratio(each, ratio)
    batches.text(2019.3, 64_500, "all", color=style.BLUE, ha="center", fontsize=9.5)
    batches.text(2016.9, 8_500, "in the mail", color=style.ORANGE, ha="center", fontsize=9.5)
    titles = ("Batches", "Items", "Items a batch", "Rights put on record")
    for ax, title in zip(axes.flat, titles, strict=True):
        _finish(ax, title)
    spoken = "; ".join(
        f"{row['year']} {between(row['low'], row['high'], 3)}" for row in ratio.to_dict("records")
    )
    readings = pd.concat([one.series.readings for one in drawn]).drop_duplicates("reading_id")
    return Chart(
        name="administration-customs",
        figure=style.finish(figure),
        title="China's customs: batches and items part company",
        alt="Four panels by year. " + "; ".join(one.alt for one in drawn) + f". Items a batch: {spoken}.",
        note="Detained at the border for suspected infringement. A mark is a printed year, a bar what its hedge "
        "allows, a hollow mark another print that excludes it; lines join only consecutive years. Items a batch "
        "is a quotient of two printed totals, drawn as the interval that their hedges allow. The count in the "
        f"mail includes baggage in 2018. {BAND_NOTE} {break_notes(drawn)}".strip(),
        source=source_line(dataset, readings),
    )


def _ratio(axes: Axes, ratio: pd.DataFrame) -> None:
    """Draw items a batch as intervals with their middles."""
    axes.vlines(ratio["year"], ratio["low"], ratio["high"], color=style.INK, lw=5, alpha=0.35)
    axes.plot(ratio["year"], (ratio["low"] + ratio["high"]) / 2, "D", color=style.INK, ms=4.5)


def _finish(axes: Axes, title: str) -> None:
    """Set title, scales and ticks of a panel; it starts at zero."""
    axes.set_title(title)
    axes.set_xlim(FIRST, LAST)
    axes.set_xticks([2010, 2015, 2020, 2025], ["2010", "2015", "2020", "2025"])
    axes.set_ylim(0, axes.get_ylim()[1] * 1.08)
    axes.tick_params(labelsize=SMALL)
    style.short_axis(axes)
