"""How the chapter draws its counts: one colour and one shape a stage, each count named beside its marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE
from analysis.publish.chart import source_line
from analysis.publish.lines import Drawn, draw_series

SMALL = 9.0
MARK_NOTE = (
    "A mark is the print that was picked, a bar behind it the interval that its hedge or rounding allows, a "
    "hollow mark a rival print that excludes it. A line joins consecutive years of one count and nothing else. "
    f"{BAND_NOTE}"
)


@dataclass(frozen=True)
class Count:
    """One yearly series with its colour and mark, its name in the drawing and where that name stands."""

    series_id: str
    colour: str
    marker: str
    name: str
    at: tuple[float, float]


def draw_counts(axes: Axes, dataset: Dataset, counts: Iterable[Count]) -> list[Drawn]:
    """Draw each count in its look and name it in its colour; return what was drawn.

    Raises InputError for an unknown series or one without whole years.
    """
    drawn = []
    for count in counts:
        drawn.append(draw_series(axes, dataset, count.series_id, color=count.colour, marker=count.marker))
        axes.text(*count.at, count.name, color=count.colour, fontsize=SMALL, weight="bold", va="center")
    return drawn


def axes_of(axes: Axes, unit: str, top: float, years: tuple[float, float]) -> None:
    """Give a panel its unit, its top and its span of years; values in thousands are written short."""
    axes.set_ylabel(unit)
    axes.set_ylim(0, top)
    axes.set_xlim(*years)
    style.short_axis(axes)


def source_of(dataset: Dataset, drawn: Iterable[Drawn], more: Iterable[str] = ()) -> str:
    """Return the source line of all whole-year readings that were drawn, and of single ones beside them."""
    ids = [str(name) for one in drawn for name in one.series.readings["reading_id"]]
    return source_line(dataset, list(dict.fromkeys([*ids, *more])))


def in_alt(drawn: Iterable[Drawn]) -> str:
    """Say several series for an alt text."""
    return ". ".join(one.alt for one in drawn)


def shared_years(first: Drawn, second: Drawn) -> pd.DataFrame:
    """Return the years that two series both print: year, value_first, value_second."""
    columns = ["year", "value"]
    return first.series.table[columns].merge(
        second.series.table[columns], on="year", suffixes=("_first", "_second")
    )
