"""When the publicised cases are dated, and how their goods were sold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Patch

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.pages.cases.rows import (
    CHANNEL_WORDS,
    HATCH,
    MIRROR_NOTE,
    SMALL,
    case_rows,
    source_of,
    stacked,
)

FADE = LinearSegmentedColormap.from_list("cases", ["#eef4f6", "#64a2bb", "#12394a"])


def by_year(frame: pd.DataFrame) -> pd.DataFrame:
    """Return cases a year, every year of the span: own (a text of its own) and mirror."""
    years = range(frame["year"].min(), frame["year"].max() + 1)
    counts = pd.crosstab(frame["year"], frame["mirror"]).reindex(years, fill_value=0)
    return counts.reindex(columns=[False, True], fill_value=0).set_axis(["own", "mirror"], axis=1)


def by_channel(frame: pd.DataFrame) -> pd.DataFrame:
    """Return cases by channel (rows) and year (columns)."""
    years = range(frame["year"].min(), frame["year"].max() + 1)
    counts = pd.crosstab(frame["channel"].astype(str), frame["year"])
    return counts.reindex(index=list(CHANNEL_WORDS), columns=list(years), fill_value=0)


def years_chart(dataset: Dataset) -> Chart:
    """Draw the cases of each year, and below them how the goods of that year's cases were sold."""
    frame = case_rows(dataset)
    years, channels = by_year(frame), by_channel(frame)
    figure, (top, grid) = style.subplots(
        2, 1, size=(5.8, 5.2), sharex=True, gridspec_kw={"height_ratios": [1, 1.25]}
    )
    stacked(top, years["own"], years["mirror"], wide=False)
    top.set_ylabel("cases dated in the year")
    top.legend(
        handles=[
            Patch(facecolor=style.INK, label="a text of its own"),
            Patch(facecolor="white", edgecolor=style.INK, hatch=HATCH, label="mirror copies only"),
        ],
        loc="upper left",
    )
    _grid(grid, channels)
    live = frame.loc[frame["channel"] == "livestream", "year"].min()
    peak = years.sum(axis=1).idxmax()
    total = years.sum(axis=1)
    return Chart(
        name="cases-years",
        figure=style.finish(figure),
        title=f"{peak} has most of the publicised cases; livestreams appear from {live} on",
        alt="Above, cases by year: "
        + ", ".join(f"{year} {total[year]} (mirror {years['mirror'][year]})" for year in years.index)
        + ". Below, a grid of cases by channel and year; totals: "
        + ", ".join(f"{CHANNEL_WORDS[str(name)]} {row.sum()}" for name, row in channels.iterrows())
        + ".",
        note=f"Cases by year of the bust, report or judgment. {MIRROR_NOTE} Below, cases by channel of sale: a number "
        "in each cell, darker for more, blank for none; totals on the right. Customs seizures count as export; "
        "a channel not told includes pirate sites, apps and cases called only online. The last year is incomplete.",
        source=source_of(dataset, frame),
    )


def _grid(axes: Axes, channels: pd.DataFrame) -> None:
    """Draw the numbers of cases by channel and year as shaded cells."""
    values = channels.to_numpy(dtype=int)
    years = [int(str(year)) for year in channels.columns]
    edges = np.arange(years[0], years[-1] + 2) - 0.5
    look: dict[str, Any] = {"vmin": 1, "vmax": values.max(), "edgecolors": "white", "linewidth": 0.8}
    axes.pcolormesh(edges, np.arange(len(values) + 1), np.ma.masked_equal(values, 0), cmap=FADE, **look)
    middle: dict[str, Any] = {"ha": "center", "va": "center"}
    for row, counts in enumerate(values):
        for year, count in zip(years, counts, strict=True):
            if count:
                ink = "white" if count > 0.55 * values.max() else "#222222"
                axes.text(year, row + 0.5, str(count), fontsize=SMALL, color=ink, **middle)
        axes.text(years[-1] + 1.4, row + 0.5, str(counts.sum()), fontsize=9, weight="bold", **middle)
    axes.set_yticks(np.arange(len(channels)) + 0.5, [CHANNEL_WORDS[name] for name in channels.index])
    axes.invert_yaxis()
    axes.set_xlim(years[0] - 0.6, years[-1] + 2)
    axes.set_xticks([year for year in years if year % 5 == 0])
    axes.grid(visible=False)
    axes.spines[["left", "bottom"]].set_visible(False)
