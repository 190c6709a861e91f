"""The years of two series, with how far windows inform each."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE, band
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import Drawn, draw_series
from analysis.publish.pages.series_made.taken import SERIES, WIDE
from analysis.publish.pages.series_made.windows import COLOURS, NAMES
from analysis.publish.words import between, number
from analysis.rounding import written
from analysis.series import reconstructed

FIRST = 2016


def totals_chart(dataset: Dataset) -> Chart:
    """Draw the yearly totals of the series and of its wider neighbour, each year with its share of information."""
    figure, panels = style.subplots(2, 1, size=(5.8, 5.6), sharex=True)
    told = []
    for axes, name in zip(panels, (SERIES, WIDE), strict=True):
        drawn = draw_series(axes, dataset, name, color=COLOURS[name])
        told.append((name, drawn))
        _informed(axes, drawn)
        axes.set_title(NAMES[name], fontsize=10)
        axes.set_ylabel("cases")
        style.short_axis(axes)
    panels[1].set_xlim(FIRST - 0.6, 2022.6)
    panels[1].set_xticks(range(FIRST, 2023))
    unprinted = years(dataset, SERIES).query("not printed")["year"]
    return Chart(
        name="fig-taken-years",
        figure=style.finish(figure),
        title=f"{unprinted.max()} is printed nowhere; a total of five years, less the others, gives it a band",
        alt="Two panels of yearly boxes, from 2016. "
        + " ".join(f"{NAMES[name]}: {_in_words(years(dataset, name))}." for name, _ in told),
        note="At the foot: how far windows inform each year, in percent. Dots: whole-year prints with their intervals, "
        f"hollow where a rival print excludes the first. {BAND_NOTE}",
        source=source_line(dataset, _readings(dataset)),
    )


def years(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the drawn years of a series: columns of `bands.band`, from 2016 on."""
    found = band(dataset, series_id)
    return found[found["year"] >= FIRST].reset_index(drop=True)


def _informed(axes: Axes, drawn: Drawn) -> None:
    """Write each year's share of information at the foot of the panel."""
    shown = drawn.band[drawn.band["year"] >= FIRST]
    axes.set_ylim(0, 1.05 * shown["upper"].max())
    for _, row in shown.iterrows():
        axes.annotate(
            written(row['informed'], ".0%"), (row["year"], 0), (0, 3), textcoords="offset points",
            ha="center", va="bottom", fontsize=9, color="#444444",
        )  # fmt: skip


def _in_words(found: pd.DataFrame) -> str:
    """List years with band and information."""
    return "; ".join(
        f"{row['year']}: {number(row['estimate'], 3)}, band {between(row['lower'], row['upper'])}, informed "
        f"{written(row['informed'], '.0%')}{'' if row['printed'] else ', not printed'}"
        for _, row in found.iterrows()
    )


def _readings(dataset: Dataset) -> list[str]:
    """Return the readings of both series that end in or after the first year drawn."""
    names = []
    for series_id in (SERIES, WIDE):
        frame = reconstructed(dataset, series_id).observations.frame
        names += list(frame.loc[frame["window_end"].dt.year >= FIRST, "reading_id"])
    return names
