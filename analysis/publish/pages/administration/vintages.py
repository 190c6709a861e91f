"""China's customs totals as they were known on two days: first prints are drawn, not thrown away."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.words import between, day, quote
from analysis.series import PrintedYears, printed_years
from analysis.series.lookup import chosen

SMALL = 8.5
SERIES = {"gacc-batches": "batches", "gacc-items": "items"}
# A year's totals, on a day after the first print and on a day after the later one.
KNOWN = {2013: ("2014-04-30", "2014-12-31"), 2018: ("2019-01-31", "2019-12-31")}
LOOKS = ((style.ORANGE, "o", "white"), (style.BLUE, "o", style.BLUE))


def known(dataset: Dataset) -> pd.DataFrame:
    """Return one row a series, year and day: series, year, on (the day), published, reading_id, low, high.

    Raises InputError where a year has no print on one of its days.
    """
    return pd.DataFrame(
        _row(printed_years(dataset, series_id, as_of=on), series_id, year, on)
        for series_id in SERIES
        for year, days in KNOWN.items()
        for on in days
    )


def _row(found: PrintedYears, series_id: str, year: int, on: str) -> dict[str, object]:
    """Return a year of a series as known on a day."""
    rows = found.table[found.table["year"] == year]
    if rows.empty:
        raise InputError(f"Series {series_id!r} has no print of {year} by {on}; choose another day.")
    told = found.readings.set_index("reading_id")["published"]
    cells = rows.iloc[0]
    kept = {name: cells[name] for name in ("reading_id", "value", "low", "high")}
    return {
        "series": series_id,
        "year": year,
        "on": on,
        "published": pd.Timestamp(str(told[cells["reading_id"]])),
        **kept,
    }


def vintages_chart(dataset: Dataset) -> Chart:
    """Draw batches and items of 2013 and 2018 as known on two days each."""
    found = known(dataset)
    figure, axes = style.subplots(1, 2, size=(5.8, 2.9), sharey=True)
    for ax, (series_id, name) in zip(axes, SERIES.items(), strict=True):
        _panel(ax, found[found["series"] == series_id], name)
    quoted = chosen(dataset, found["reading_id"])
    said = [
        f"{row['year']} {SERIES[row['series']]}, known on {day(pd.Timestamp(row['on']))}: "
        f"{quote(quoted.loc[row['reading_id']], unit=False)} ({between(row['low'], row['high'], 4)})"
        for row in found.to_dict("records")
    ]
    return Chart(
        name="administration-vintages",
        figure=style.finish(figure),
        title="A year of customs figures depends on the day it is read",
        alt="Two panels, four rows each. " + "; ".join(said) + ".",
        note="Batches and items detained by China's customs in 2013 and 2018, each as known on two days. Hollow "
        "marks are first prints, filled ones later prints; bars are what hedges and rounding allow.",
        source=source_line(dataset, found),
    )


def _panel(axes: Axes, found: pd.DataFrame, name: str) -> None:
    """Draw one quantity's prints as rows, the year's first print above its later one."""
    labels = []
    for place, row in enumerate(found.to_dict("records")):
        colour, marker, face = LOOKS[place % 2]
        axes.plot(
            [row["low"], row["high"]], [place, place], color=colour, lw=6, alpha=0.35, solid_capstyle="butt"
        )
        axes.plot(row["value"], place, marker, color=colour, mfc=face, mew=1.4, ms=6.5)
        labels.append(f"{row['year']}, told\n{row['published']:%b %Y}")
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.axhline(1.5, color=style.GREY, lw=0.6)
    axes.set_xlim(0, found["high"].max() * 1.12)
    axes.set_title(name)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.tick_params(labelsize=SMALL)
    style.short_axis(axes, "x")
