"""Where trends break, with the intervals of the dates, beside the measures that began in the same years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import marks, style
from analysis.publish.chart import Chart
from analysis.publish.marks_time import years_axis
from analysis.publish.pages.what_comes_next.looks import (
    ABROAD,
    RATED,
    percent,
    searched,
    title,
    trends_source,
)
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import capital, counted, listed
from analysis.rounding import written
from analysis.scrutiny.growth import Rate, breaks_found, measures_between, survivors
from analysis.scrutiny.measure_dates import dated

NAMES = RATED | ABROAD


def found_breaks(dataset: Dataset) -> pd.DataFrame:
    """Return every break of the chapter's series (see `breaks_found`)."""
    return breaks_found(dataset, searched(dataset), dated(dataset))


def breaks_chart(dataset: Dataset) -> Chart:
    """Draw a row a series: its printed years, its breaks with intervals, changes of counting; below, measures."""
    series = searched(dataset)
    figure, (rows, below) = style.subplots(
        2, 1, size=(style.WIDTH, 6.2), sharex=True, gridspec_kw={"height_ratios": [4, 1]}
    )
    for place, one in enumerate(series):
        _row(rows, place, one)
    marks.row_axis(rows, [NAMES[one.series_id] for one in series], letters=9.5)
    _p_values(rows, series)
    first = min(one.years[0] for one in series)
    counts = _measures_by_year(dataset)
    shown = counts[counts.index >= first]
    below.bar(shown.index, shown, color=style.MEASURE, width=0.8)
    below.set_ylabel("China's measures\na year")
    years_axis(below, [first, max(shown.index.max(), *(one.years[-1] for one in series))])
    return Chart(
        name="fig-breaks",
        figure=style.finish(figure),
        title=breaks_title(dataset),
        alt=f"Rows of dots on a time axis, one a series. {' '.join(_told(dataset, one) for one in series)} Below, "
        f"bars: measures of China's by year, most in {counts.idxmax()} ({counts.max()}).",
        note="Small dots: printed years. Diamond and bar: first year of the new trend, and the 95% interval of that "
        "year. Dotted uprights: what is counted changed. At the right: bootstrap p of no break against one. Below: "
        "China's measures by the year in which they began.",
        source=trends_source(dataset, series, "Measures: measures.csv."),
    )


def _row(axes: Axes, place: int, one: Rate) -> None:
    """Draw one series in its row."""
    axes.plot(one.years, [place] * len(one.years), "o", color=style.REST, ms=3, ls="none")
    for year in one.changed:
        axes.vlines(year - 0.5, place - 0.38, place + 0.38, color=style.INK, lw=1.3, ls=":")
    rows = one.breaks.rename(columns={"period": "value", "lower": "low", "upper": "high"})
    marks.draw_rows(axes, rows.assign(place=place, marker="D", colour=style.GROUPS[1]), width=7, mark=7)


def _p_values(axes: Axes, series: tuple[Rate, ...]) -> None:
    """Write the p of no break at the right of each row."""
    place = axes.get_yaxis_transform()
    for row, one in enumerate(series):
        axes.text(1.01, row, written(one.p, ".2f"), transform=place, va="center", fontsize=9)
    axes.text(1.01, -0.75, "p", transform=place, va="bottom", fontsize=9, style="italic")


def _measures_by_year(dataset: Dataset) -> pd.Series[int]:
    """Return how many of China's measures began in each year."""
    frame = dated(dataset)
    counts: pd.Series[int] = frame.loc[frame["place"] == "CN", "year"].value_counts().sort_index()
    return counts


def breaks_title(dataset: Dataset) -> str:
    """Say how many series break, alone and after correction for having searched so many."""
    series = searched(dataset)
    count, kept = sum(len(one.breaks) > 0 for one in series), survivors(series)
    if count == 0:
        return f"None of {len(series)} series has a break in its trend that can be told from wandering"
    return (
        f"{capital(counted(count))} of {len(series)} series {'seems' if count == 1 else 'seem'} to break, "
        f"{counted(kept)} after correction for searching them all"
    )


def _told(dataset: Dataset, one: Rate) -> str:
    """Say one row: its span, its breaks, its changes of counting."""
    told = [_break_words(row) for row in one.breaks.to_dict("records")] or ["no break"]
    changed = f"; counted otherwise from {listed([str(y) for y in one.changed])}" if one.changed else ""
    span = f"{one.years[0]} to {one.years[-1]}"
    return (
        f"{title(dataset, one.series_id)}, {span}: {'; '.join(told)} (p = {written(one.p, '.2f')}){changed}."
    )


def _break_words(row: Mapping[Any, Any]) -> str:
    """Say one break with its interval and the growth on both sides."""
    return (
        f"break in {row['period']:.0f} (95% interval {row['lower']:.0f} to {row['upper']:.0f}), growth a year from "
        f"{percent(row['growth_before'])} to {percent(row['growth_after'])}"
    )


def breaks_table(dataset: Dataset) -> HtmlTable:
    """Return the measures that began within the interval of each break; a row a break and measure."""
    rows = [
        {
            "series": title(dataset, row["series_id"]),
            "break": f"{row['period']:.0f} ({row['lower']:.0f} to {row['upper']:.0f})",
            "began": measure["begins"],
            "measure": measure["title"],
            "kind": str(measure["kind"]).replace("_", " "),
        }
        for _, row in found_breaks(dataset).iterrows()
        for _, measure in measures_between(
            dataset, dated(dataset), row["series_id"], row["lower"], row["upper"]
        ).iterrows()
    ]
    caption = f"The {len(rows)} measures that began within the interval of a break"
    return table(rows, caption=caption, folded=True, wide=True)
