"""Trends and breaks: how series grew, and where their level moved."""

from __future__ import annotations

import math
from itertools import chain
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.models import Trend
from analysis.publish import marks, style
from analysis.publish.chart import Chart
from analysis.publish.marks_time import years_axis
from analysis.publish.pages.what_comes_next.looks import (
    ABROAD,
    PER,
    RATED,
    percent,
    rates,
    searched,
    span,
    title,
    trends_source,
)
from analysis.publish.tables import HtmlTable, table
from analysis.publish.touch import lead, lead_names
from analysis.publish.words import capital, counted, listed
from analysis.rounding import written
from analysis.scrutiny.growth import COUNT, Rate, breaks_found, survivors
from analysis.scrutiny.measure_dates import dated
from analysis.series import denominator

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
    place = rows.get_yaxis_transform()
    for row, one in enumerate(series):
        rows.text(1.01, row, written(one.p, ".2f"), transform=place, va="center", fontsize=9)
    rows.text(1.01, -0.75, "p", transform=place, va="bottom", fontsize=9, style="italic")
    first = min(one.years[0] for one in series)
    frame = dated(dataset)
    counts = frame.loc[frame["place"] == "CN", "year"].value_counts().sort_index()
    shown = counts[counts.index >= first]
    below.bar(shown.index, shown, color=style.MEASURE, width=0.8)
    first_of = frame[frame["place"] == "CN"].drop_duplicates("year")
    lead_names(
        below,
        {
            str(year): f"measures.html#measure-{one}"
            for year, one in zip(first_of["year"], first_of["measure_id"], strict=True)
        },
    )
    below.set_ylabel("China's measures\na year")
    years_axis(below, [first, max(shown.index.max(), *(one.years[-1] for one in series))])
    return Chart(
        name="fig-breaks",
        figure=style.finish(figure),
        title=breaks_title(dataset),
        alt=f"Rows of dots on a time axis, one a series. {' '.join(_told(dataset, one) for one in series)} Below, "
        f"bars: measures of China's by year, most in {counts.idxmax()} ({counts.max()}).",
        measure="First year of a new trend, by series, and measures in China a year",
        note="Small dots: published years. Diamond and bar: first year of the new trend, and the 95% interval of that "
        "year. Dotted vertical lines: what is counted changed. At the right: bootstrap p of no break against one. "
        "Below: China's measures by the year in which they began.",
        source=trends_source(dataset, series, "Measures: measures.csv."),
    )


def _row(axes: Axes, place: int, one: Rate) -> None:
    """Draw one series in its row."""
    (dots,) = axes.plot(one.years, [place] * len(one.years), "o", color=style.REST, ms=3, ls="none")
    lead(dots, [{"series_id": one.series_id}] * len(one.years))
    for year in one.changed:
        axes.vlines(year - 0.5, place - 0.38, place + 0.38, color=style.INK, lw=1.3, ls=":")
    rows = one.breaks.rename(columns={"period": "value", "lower": "low", "upper": "high"})
    look: dict[str, Any] = {
        "place": place,
        "marker": "D",
        "colour": style.GROUPS[1],
        "series_id": one.series_id,
    }
    marks.draw_rows(axes, rows.assign(**look), width=7, mark=7)


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
    told = [
        f"break in {row['period']:.0f} (95% interval {row['lower']:.0f} to {row['upper']:.0f}), growth a year from "
        f"{percent(row['growth_before'])} to {percent(row['growth_after'])}"
        for row in one.breaks.to_dict("records")
    ] or ["no break"]
    changed = f"; counted otherwise from {listed([str(y) for y in one.changed])}" if one.changed else ""
    span = f"{one.years[0]} to {one.years[-1]}"
    return (
        f"{title(dataset, one.series_id)}, {span}: {'; '.join(told)} (p = {written(one.p, '.2f')}){changed}."
    )


# Per: what the legend calls it, marker and colour, from the top of a row down.
LOOKS = {
    COUNT: ("the count itself", "o", style.INK),
    "express_parcels": ("per parcel", "s", style.GROUPS[1]),
    "online_retail_total": ("per yuan of online retail", "^", style.GROUPS[0]),
    "trademarks_valid": ("per trademark in force", "D", style.GROUPS[4]),
}
STEP = 0.18  # between the marks of a row
TICKS = (-0.67, -0.5, -0.25, 0, 0.33, 1)
CHANGED = "†"


def growth_chart(dataset: Dataset) -> Chart:
    """Draw growth a year with its interval: a row a series, a mark for the count and for each denominator."""
    found = rates(dataset)
    rows = _rows(dataset, found)
    labels = list(dict.fromkeys(rows["label"]))
    figure, axes = style.subplots(size=(style.WIDTH, 5.6))
    marks.draw_rows(axes, rows, width=1.6)
    marks.row_axis(axes, labels, letters=9.5, at=0)
    for edge in range(len(labels) - 1):
        axes.axhline(edge + 0.5, color=style.PALE, lw=0.8)
    axes.set_xticks(
        [math.log1p(tick) for tick in TICKS], [written(tick, "+.0%").replace("+0%", "0") for tick in TICKS]
    )
    axes.set_xlabel("growth a year (equal steps are equal factors)")
    marks.legend_above(figure, axes)
    below = set(chain.from_iterable(denominator(dataset, per)["context_ids"] for per in PER if per != COUNT))
    beside = f"Denominators: {len(below - {''})} rows of context.csv."
    return Chart(
        name="fig-growth",
        figure=style.finish(figure),
        title=growth_title(found),
        alt=f"Points with intervals, growth a year, {len(labels)} series. "
        + " ".join(
            f"{name}: {'; '.join(group['told'])}." for name, group in rows.groupby("title", sort=False)
        ),
        measure="Growth in percent a year, of counts and of rates, by series",
        note="Marks: growth a year of a line through the logs of the published years since 2011. The four marks of a "
        "series stand for the years that have both figures, at least five. Bars: 95% intervals that allow for errors "
        f"that hang together from year to year. {CHANGED}: what is counted changed within these years, so that the "
        "growth mixes both counts.",
        source=trends_source(dataset, found, beside),
        frame=rows,
    )


def _rows(dataset: Dataset, found: tuple[Rate, ...]) -> pd.DataFrame:
    """Return a row a mark: where it stands, on the log scale, how it looks, and what is told of it."""
    shown = list(dict.fromkeys(one.series_id for one in found))
    daggered = {one.series_id for one in found if one.changed}
    rows = []
    for one in found:
        name, marker, colour = LOOKS[one.per]
        fit = one.trend
        rows.append(
            {
                "series_id": one.series_id,
                "title": title(dataset, one.series_id),
                "label": RATED[one.series_id] + (f" {CHANGED}" if one.series_id in daggered else ""),
                "place": shown.index(one.series_id) + STEP * (list(LOOKS).index(one.per) - 1.5),
                "value": fit.slope,
                "low": fit.slope_lower,
                "high": fit.slope_upper,
                "marker": marker,
                "colour": colour,
                "alpha": 0.6,
                "legend": name,
                "told": f"{PER[one.per]} {percent(fit.growth)} a year ({span(fit.lower, fit.upper)})",
            }
        )
    return pd.DataFrame(rows)


def growth_title(found: tuple[Rate, ...]) -> str:
    """Say how many trends are told from no growth, counts and rates apart."""
    counts = [one.sure for one in found if one.per == COUNT]
    others = [one.sure for one in found if one.per != COUNT]
    return (
        f"{capital(counted(sum(map(abs, counts))))} of {len(counts)} counts can be told from no growth, and "
        f"{counted(sum(map(abs, others)))} of {len(others)} rates"
    )


def growth_table(dataset: Dataset) -> HtmlTable:
    """Return every trend with its years, growth and the time in which it doubles or halves."""
    found = rates(dataset)
    rows = [
        {
            "series": title(dataset, one.series_id) + (f" {CHANGED}" if one.changed else ""),
            "told": PER[one.per],
            "years": f"{one.years[0]} to {one.years[-1]} ({len(one.years)})",
            "growth a year": percent(one.trend.growth),
            "95% interval": span(one.trend.lower, one.trend.upper),
            "doubles or halves": doubling(one.trend),
        }
        for one in found
    ]
    caption = (
        f"Growth a year of {len({one.series_id for one in found})} series, as counted and per denominator"
    )
    return table(rows, caption=caption, right=("growth a year",), wide=True, folded=True)


def doubling(found: Trend) -> str:
    """Say how long a series takes to double or halve, with the interval; where it is not certain, say so."""
    one = found.doubling
    verb = {"doubling": "doubles", "halving": "halves"}[one.kind]
    if not one.certain:
        return f"not certain that it {verb}"
    middle, low, high = (written(value, ".1f") for value in (one.estimate, one.lower, one.upper))
    return f"{verb} in {middle} years ({low} to {high})"
