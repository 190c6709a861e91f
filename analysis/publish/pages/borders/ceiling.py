"""The OECD's estimates of world trade in fakes: one edition at a time, and mostly a ceiling."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.words import HEDGE_WORDS
from analysis.series import PrintedYears, printed_years

WORLD, SHARE = "oecd-world-trade", "oecd-world-share"
BILLION = 1e9


def ceiling_chart(dataset: Dataset) -> Chart:
    """Draw the OECD estimates by edition, unjoined, each with its printed hedge."""
    figure, (left, right) = style.subplots(1, 2, size=(5.8, 3.7), width_ratios=(1.25, 1))
    found = [printed_years(dataset, WORLD), printed_years(dataset, SHARE)]
    _editions(left, found[0], BILLION, 640)
    _editions(right, found[1], 1.0, 4.2)
    left.set_title("billion dollars", fontsize=10)
    right.set_title("percent of world trade", fontsize=10)
    for axes in (left, right):
        axes.set_xlabel("year of the data")
    readings = pd.concat([one.readings for one in found])
    return Chart(
        name="borders-oecd",
        figure=style.finish(figure),
        title="The OECD's estimates are ceilings of separate editions, not points of a trend",
        alt=f"World trade in fakes, billion dollars: {_told(found[0], BILLION)}. "
        f"Percent of world trade: {_told(found[1], 1.0)}.",
        note="One column an edition, with the hedge as printed; nothing joins them, since each edition scales "
        "its own seizure files. A flat top line is a ceiling, an upward arrow a floor, a dot a figure printed "
        "as a level, though the method makes it a ceiling too. For 2005 one text has a floor and another a "
        "ceiling. Goods made and sold at home are left out.",
        source=source_line(dataset, readings),
    )


def hedges_of(series: PrintedYears, year: int) -> list[str]:
    """Return the hedges with which a year is printed, each once, the picked print's first."""
    rows = series.readings[series.readings["year"] == year].sort_values("picked", ascending=False)
    return list(dict.fromkeys(str(hedge) for hedge in rows["hedge"]))


def _editions(axes: Axes, series: PrintedYears, scale: float, top: float) -> None:
    """Draw one column an edition, evenly spaced, with its hedges above."""
    rows = series.table.to_dict("records")
    for place, row in enumerate(rows):
        hedges = hedges_of(series, row["year"])
        _edition(axes, place, row["value"] / scale, hedges, top)
        said = "\nor ".join(HEDGE_WORDS[hedge].strip() for hedge in hedges if HEDGE_WORDS[hedge])
        words = f"{said}\n{row['value'] / scale:g}" if said else f"{row['value'] / scale:g}"
        lift = 26 if "at_least" in hedges else 6
        axes.annotate(words, (place, row["value"] / scale), (0, lift), textcoords="offset points", ha="center",
                      fontsize=9, linespacing=1.1)  # fmt: skip
    axes.set_xticks(range(len(rows)), [str(row["year"]) for row in rows])
    axes.set_xlim(-0.6, len(rows) - 0.4)
    axes.set_ylim(0, top)


def _edition(axes: Axes, place: int, value: float, hedges: list[str], top: float) -> None:
    """Draw one edition: a shaded column under a ceiling, an arrow over a floor, a dot for a level."""
    ceiling, floor = "up_to" in hedges, "at_least" in hedges
    axes.bar(place, value, width=0.62, color=style.BLUE, alpha=0.18 if ceiling else 0.07, linewidth=0)
    if ceiling:
        axes.plot([place - 0.31, place + 0.31], [value, value], color=style.BLUE, lw=2.2)
    if floor:
        arrow: dict[str, Any] = {"arrowstyle": "->", "color": style.ORANGE, "lw": 1.8}
        axes.annotate("", (place, value + top * 0.075), (place, value), arrowprops=arrow)
    if not ceiling and not floor:
        axes.plot(place, value, "o", color=style.BLUE)


def _told(series: PrintedYears, scale: float) -> str:
    """List editions with their hedges for the alt text."""
    return "; ".join(
        f"data of {row['year']} "
        f"{' or '.join(HEDGE_WORDS[hedge].strip() or 'printed as' for hedge in hedges_of(series, row['year']))} "
        f"{row['value'] / scale:g}"
        for row in series.table.to_dict("records")
    )
