"""Every series of a strand in a panel of its own: what is printed, and what all its windows say of each year."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE, band, band_in_words, draw_band
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import draw_series
from analysis.publish.pages.every_series.made import made
from analysis.publish.words import UNIT_WORDS, number
from analysis.series import definition, has_years, readings_of

MOST = 12  # panels of a figure
COLUMNS = 2
ROW, TOP = 1.5, 0.3  # inches
LETTERS = 8.5  # points
HEAD = 1.06  # of the highest mark, so that none is cut by the frame
LINE = 40  # letters of a title's line
MARKS_NOTE = (
    "One panel a series, its own scale, from zero. Dots: the print that was picked, bars: what its hedge or "
    "rounding allows, hollow: a rival print. Lines join consecutive years counted alike; dotted uprights: the "
    "count changed. US borders are told by fiscal years."
)


def charts(dataset: Dataset, group: str) -> Iterator[Chart]:
    """Yield the figures of a strand of series.csv, at most 12 panels each, in the order of the table.

    Raises InputError for an unknown strand.
    """
    if group not in SERIES_GROUPS:
        raise InputError(f"There is no strand {group!r}; there are {', '.join(SERIES_GROUPS)}.")
    names = drawable(dataset, group)
    parts = -(-len(names) // MOST)
    size = -(-len(names) // max(parts, 1))
    for part in range(parts):
        yield _chart(dataset, group, names[part * size : (part + 1) * size], part + 1, parts)


def drawable(dataset: Dataset, group: str) -> list[str]:
    """Return the series of a strand of which anything can be drawn by year; the others stand in a table."""
    listed = dataset.series
    names = [str(name) for name in listed.loc[listed["group"] == group, "series_id"]]
    made(dataset, names)  # on all cores, where they are not kept yet
    return [name for name in names if shown(dataset, name)]


def shown(dataset: Dataset, series_id: str) -> bool:
    """Tell whether a series has something to draw: a reconstructed year, or a stock on its day."""
    return definition(dataset, series_id).kind == "stock" or len(band(dataset, series_id)) > 0


def _chart(dataset: Dataset, group: str, names: list[str], part: int, parts: int) -> Chart:
    """Draw some series of a strand, a panel each."""
    rows = -(-len(names) // COLUMNS)
    figure, grid = style.subplots(rows, COLUMNS, size=(5.8, TOP + ROW * rows), squeeze=False)
    told = [_panel(axes, dataset, name) for axes, name in zip(grid.flat, names, strict=False)]
    for axes in grid.flat[len(names) :]:
        axes.set_visible(False)
    years = pd.concat([band(dataset, name) for name in names])
    alone = int((~years["printed"].astype(bool)).sum())
    called = SERIES_GROUPS[group]
    place = f", part {part} of {parts}" if parts > 1 else ""
    readings = pd.concat([readings_of(dataset, name) for name in names])
    return Chart(
        name=f"every-{group.replace('_', '-')}-{part}",
        figure=style.finish(figure),
        title=f"{called[0].upper()}{called[1:]}{place}: {number(len(years))} years are estimated, "
        + (f"{number(alone)} of them printed by nobody" if alone else "all of them printed"),
        alt=f"{len(names)} panels by year. {'. '.join(told)}.",
        note=f"{MARKS_NOTE} {BAND_NOTE}",
        source=source_line(dataset, readings.drop_duplicates("reading_id")),
    )


def _panel(axes: Axes, dataset: Dataset, series_id: str) -> str:
    """Draw one series with its title and unit; return it in words."""
    found = definition(dataset, series_id)
    if has_years(dataset, series_id):
        told = draw_series(axes, dataset, series_id, color=style.BLUE).alt
    else:
        years = band(dataset, series_id)
        draw_band(axes, years, color=style.BLUE)
        stock = _stocks(axes, dataset, series_id) if found.kind == "stock" else ""
        told = (
            f"{found.title} ({UNIT_WORDS[found.unit]}, no whole year printed){stock}; {band_in_words(years)}"
        )
    title = textwrap.fill(f"{found.title} ({UNIT_WORDS[found.unit]})", LINE)
    axes.set_title(title, fontsize=LETTERS + 0.3, fontweight="normal")
    axes.set_ylim(0, axes.get_ylim()[1] * HEAD)
    axes.yaxis.set_major_locator(MaxNLocator(3))
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True, min_n_ticks=1))
    axes.tick_params(labelsize=LETTERS)
    axes.margins(x=0.06)
    _two_years_at_least(axes)
    style.short_axis(axes)
    return told


def _stocks(axes: Axes, dataset: Dataset, series_id: str) -> str:
    """Draw the prints of a stock on their days; return them in words."""
    prints = readings_of(dataset, series_id).dropna(subset=["window_end"])
    days = prints["window_end"].dt
    axes.plot(days.year + days.dayofyear / 366 - 0.5, prints["value"], "o", color=style.BLUE, ms=4.5)
    if prints.empty:
        return ""
    told = [f"{day:%B %Y} {number(v)}" for day, v in zip(prints["window_end"], prints["value"], strict=True)]
    return f": {', '.join(dict.fromkeys(told))}"


def _two_years_at_least(axes: Axes) -> None:
    """Widen an axis of a single year or two, so that its ticks are years."""
    low, high = axes.get_xlim()
    if high - low < 4:
        middle = (low + high) / 2
        axes.set_xlim(middle - 2, middle + 2)
