"""Growth a year of the Chinese counts, as printed and per denominator: a figure and its table."""

from __future__ import annotations

import math
from itertools import chain

import pandas as pd

from analysis.dataset import Dataset
from analysis.models import Trend
from analysis.publish import marks, style
from analysis.publish.chart import Chart
from analysis.publish.pages.what_comes_next.looks import (
    PER,
    RATED,
    percent,
    rates,
    span,
    title,
    trends_source,
)
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import capital, counted
from analysis.rounding import written
from analysis.scrutiny.growth import COUNT, Rate
from analysis.series import denominator

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
    return Chart(
        name="fig-growth",
        figure=style.finish(figure),
        title=growth_title(found),
        alt=f"Points with intervals, growth a year, {len(labels)} series. "
        + " ".join(
            f"{name}: {'; '.join(group['told'])}." for name, group in rows.groupby("title", sort=False)
        ),
        note="Marks: growth a year of a line through the logs of the printed years since 2011, the four marks of a "
        "series over the years that have both figures, at least five. Bars: 95% intervals that allow for errors that "
        f"hang together from year to year. {CHANGED}: what is counted changed within these years, so that the growth "
        "mixes both counts.",
        source=_source(dataset, found),
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


def _source(dataset: Dataset, found: tuple[Rate, ...]) -> str:
    """Return the source line of the trends: the readings used, and the table of denominators."""
    below = set(chain.from_iterable(denominator(dataset, per)["context_ids"] for per in PER if per != COUNT))
    rows = len({one for one in below if one})
    return trends_source(dataset, found, f"Denominators: {rows} rows of context.csv.")
