"""What falls together: neighbours by year, measures by year and instrument, and rivals of registered hypotheses."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.marks import bar_axis, draw_bars, draw_stacks, make_room, told
from analysis.publish.marks_grid import draw_grid
from analysis.publish.names import names
from analysis.publish.words import listed
from analysis.scrutiny.first_look import rivals, rivals_by_instrument
from analysis.scrutiny.measure_dates import began_by_year, dated, instrument_years

HEATED = ("CN", "US")
BINS = {
    "none": (0, 0),
    "1 or 2": (1, 2),
    "3 to 5": (3, 5),
    "6 to 10": (6, 10),
    "11 to 20": (11, 20),
    "more": (21, 10**6),
}
ALONE, SHARED = style.GROUPS[1], style.tint(style.PRINT, 0.4)
HATCH = "//"


def neighbours_chart(dataset: Dataset) -> Chart:
    """Draw the measures a year, those without a neighbour apart from the rest."""
    counts = began_by_year(dataset)
    figure, axes = style.subplots(size=(style.WIDTH, 3.1))
    parts = counts.rename(columns={"accompanied": "with a neighbour", "alone": "without a neighbour"})
    draw_stacks(
        axes, parts, colours=(SHARED, ALONE), totals=False, upright=True, thick=0.8,
        hatches={"without a neighbour": HATCH},
    )  # fmt: skip
    axes.use_sticky_edges = False  # a part of no height would hold the frame at the top of its bar
    axes.set_ylim(bottom=0)
    axes.set_ylabel("measures that began")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(visible=False, axis="x")
    axes.legend(loc="upper left", reverse=True)
    top = counts.sum(axis=1)
    alone, total = int(counts["alone"].sum()), int(counts.to_numpy().sum())
    years = [f"{count} in {year}" for year, count in counts["alone"].items() if count]
    return Chart(
        name="fig-measures-neighbours",
        figure=style.finish(figure),
        title=f"{alone} of {total} measures have no neighbour of their kind",
        alt=f"Stacked bars of measures a year from {counts.index[0]} to {counts.index[-1]}; most in {top.idxmax()}, "
        f"{top.max()}. Without a neighbour: {listed(years) if years else 'none'}.",
        note="A neighbour is a measure of the same country that shares an instrument and begins in the same year or "
        "in one next to it. Orange and hatched: none in measures.csv, which does not hold every measure.",
        source=f"Source: {total} dated rows of measures.csv. {version_line(dataset)}",
        frame=counts,
    )


def heat_chart(dataset: Dataset) -> Chart:
    """Draw the measures of China and of the United States by year and instrument."""
    words, places = names("instrument"), names("place")
    tables = {place: instrument_years(dataset, place) for place in HEATED}
    tables = {place: table[[one for one in words if one in table]] for place, table in tables.items()}
    figure, panels = style.subplots(
        1, 2, size=(style.WIDTH, 7.2), sharey=True, width_ratios=[table.shape[1] for table in tables.values()]
    )
    most = max(int(table.to_numpy().max()) for table in tables.values())
    for axes, (place, table) in zip(panels, tables.items(), strict=True):
        notes = table.astype(str).where(table > 0, "")
        draw_grid(axes, table.rename(columns=words), notes=notes, limits=(0, most * 1.3))
        axes.set_title(places[place])
        axes.set_xticklabels(axes.get_xticklabels(), rotation=60, ha="right", rotation_mode="anchor")
    peaks = [
        f"{places[place]}: "
        + ", ".join(
            f"{words[name]} {table[name].sum()}, most in {table[name].idxmax()} ({table[name].max()})"
            for name in table.columns
        )
        for place, table in tables.items()
    ]
    china = tables["CN"].to_numpy()
    return Chart(
        name="fig-measures-heat",
        figure=style.finish(figure),
        title=f"In China {(china > 1).sum()} of {(china > 0).sum()} filled years of an instrument hold more than one "
        "measure",
        alt=f"Two grids of year by instrument with the number of measures in each cell. {'; '.join(peaks)}.",
        note="Number of measures that began in the year, campaigns included; a measure with several instruments "
        "counts in each. China with its provinces.",
        source=f"Source: {len(dated(dataset))} dated rows of measures.csv. {version_line(dataset)}",
        frame=pd.concat(tables, names=["place"]),
    )


def by_number(frame: pd.DataFrame) -> pd.Series[int]:
    """Return how many hypotheses have none, 1 or 2, ... rivals (`BINS`)."""
    numbers = frame["rivals"].map(len)
    return pd.Series({name: int(numbers.between(*ends).sum()) for name, ends in BINS.items()})


def rivals_chart(dataset: Dataset) -> Chart:
    """Draw the hypotheses by number of rivals, and by instrument with and without one."""
    frame = rivals(dataset)
    numbers, instruments = by_number(frame), rivals_by_instrument(frame)
    figure, (top, bottom) = style.subplots(
        2, 1, size=(style.WIDTH, 5.0), height_ratios=[len(numbers), len(instruments) + 0.5]
    )
    draw_bars(top, numbers, colour=[ALONE] + [SHARED] * (len(numbers) - 1), height=0.7)
    top.patches[0].set(hatch=HATCH, edgecolor=style.PAPER)
    top.set_title("Registered hypotheses by number of rivals")
    counts = instruments.rename(index=names("instrument"))
    _shares(bottom, counts)
    bottom.set_title("By the measure's instrument")
    shared = len(frame) - int(numbers["none"])
    rows = counts.assign(name=counts.index, whole=counts.sum(axis=1))
    return Chart(
        name="fig-measures-rivals",
        figure=style.finish(figure),
        title=f"{shared} of {len(frame)} registered hypotheses have a rival beside their measure",
        alt="Two sets of bars. Hypotheses by number of rivals: "
        + ", ".join(f"{name} {count}" for name, count in numbers.items())
        + f". With a rival, by instrument: {told(rows, '{name} {shared} of {whole}')}.",
        note="A rival is another measure that shares an instrument, could reach the same series, and begins in the "
        "same or a neighbouring period; parts of one act are not each other's rivals. A measure of several instruments "
        "counts in each; the numbers are those with a rival, of all. Orange and hatched: no rival in measures.csv.",
        source=f"Source: {len(frame)} rows of hypotheses.csv and measures.csv. {version_line(dataset)}",
        frame=rows,
    )


def _shares(axes: Axes, counts: pd.DataFrame) -> None:
    """Draw those with a rival (shared) and those without (alone), and beside each bar how many of all have one."""
    parts = counts.rename(columns={"shared": "with a rival", "alone": "without"})
    draw_stacks(axes, parts, colours=(SHARED, ALONE), totals=False, hatches={"without": HATCH}, thick=0.7)
    for place, (with_one, total) in enumerate(zip(counts["shared"], counts.sum(axis=1), strict=True)):
        axes.annotate(f"{with_one} of {total}", (total, place), (4, 0), fontsize=9, **style.BESIDE)
    bar_axis(axes, bare=True)
    make_room(axes)
    axes.legend(loc="lower right")
