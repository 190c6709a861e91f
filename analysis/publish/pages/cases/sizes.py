"""How big the publicised cases are: people caught, sites closed, items seized."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.pages.cases.rows import (
    SMALL,
    case_rows,
    draw_intervals,
    median_of,
    source_of,
    with_number,
)
from analysis.publish.words import between

PANELS = (
    ("suspects", "suspects caught", style.BLUE, (0.7, 1_000)),
    ("dens", "dens closed", style.GREEN, (0.7, 1_000)),
    ("items", "items seized or sold, as counted", style.PURPLE, (10, 3e8)),
)


def ranks_of(frame: pd.DataFrame) -> pd.Series[float]:
    """Return, for rows in order of size, the percentage of them that are no bigger in rank."""
    return pd.Series(100 * (np.arange(len(frame)) + 0.5) / max(len(frame), 1), index=frame.index)


def sizes_chart(dataset: Dataset) -> Chart:
    """Draw the cases in order of size, three panels on log axes, each case with the interval of its hedge."""
    frame = case_rows(dataset)
    figure, panels = style.subplots(3, 1, size=(5.8, 7.2))
    said = [_panel(axes, frame, *panel) for axes, panel in zip(panels, PANELS, strict=True)]
    panels[0].text(0.75, 70, "line: without\nmirror copies", fontsize=SMALL + 0.5, va="center")
    figure.supylabel("percent of the cases that print it", fontsize=10)
    low, high = median_of(frame, "suspects")
    return Chart(
        name="cases-sizes",
        figure=style.finish(figure),
        title=f"Half of the cases that print it caught {between(low, high, 3)} suspects or fewer",
        alt=f"Three panels of cases in order of size, on log axes. {' '.join(said)}",
        note="One dot a case, in order of size, at the printed number; the bar is the interval that its hedge and "
        "rounding allow. Hollow: known from mirror copies only. Stepped line: the same order without those. Upright: "
        "the median. Items are counted as printed (pieces, pairs, boxes, bottles, cigarettes), so the lowest panel "
        "orders unlike things.",
        source=source_of(dataset, frame),
    )


def _panel(
    axes: Axes, frame: pd.DataFrame, name: str, label: str, color: str, limits: tuple[float, float]
) -> str:
    """Draw one number's panel and say it in words."""
    axes.set_xscale("log")
    axes.set_xlim(*limits)
    rows = with_number(frame, name)
    draw_intervals(axes, rows, name, ranks_of(rows), color)
    own = rows[~rows["mirror"]]
    axes.step(own[name].astype(float), ranks_of(own), where="post", color="#333333", lw=1.0)
    low, high = median_of(frame, name)
    axes.axvspan(low, high, color=style.ORANGE, alpha=0.5, lw=0)
    axes.axvline(float(rows[name].median()), color=style.ORANGE, lw=1.3, ls="--", zorder=0)
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 25, 50, 75, 100])
    axes.set_xlabel(label)
    style.short_axis(axes, "x")
    axes.xaxis.grid(visible=True)
    axes.minorticks_off()
    text = f"median {between(low, high, 3)}\n{len(rows)} cases print it,\n{len(frame) - len(rows)} do not"
    axes.text(0.98, 0.06, text, transform=axes.transAxes, ha="right", va="bottom", fontsize=SMALL + 0.5)
    own_low, own_high = median_of(own, name)
    return (
        f"{label.capitalize()}: {len(rows)} cases from {rows[name].min():,} to {rows[name].max():,}, median "
        f"{between(low, high, 3)}, without mirror copies {between(own_low, own_high, 3)}."
    )
