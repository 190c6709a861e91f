"""Growth a year of the Chinese counts, as printed and per denominator."""

from __future__ import annotations

import math
from itertools import chain

from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.models import Trend
from analysis.publish import style
from analysis.publish.chart import Chart, Source, source_line, version_line
from analysis.publish.pages.what_comes_next.found import COUNT, PER, RATED, Rate, growth, title
from analysis.publish.pages.what_comes_next.wording import counted, percent, span
from analysis.publish.tables import HtmlTable, table
from analysis.rounding import written
from analysis.series import denominator, printed_years

# Per: marker, colour, and how far below the row it is drawn.
LOOKS = {
    COUNT: ("o", style.INK, -0.27),
    "express_parcels": ("s", style.ORANGE, -0.09),
    "online_retail_total": ("^", style.BLUE, 0.09),
    "trademarks_valid": ("D", style.PURPLE, 0.27),
}
SHORT = {
    COUNT: "the count itself",
    "express_parcels": "per parcel",
    "online_retail_total": "per yuan of online retail",
    "trademarks_valid": "per trademark in force",
}
TICKS = (-0.67, -0.5, -0.25, 0, 0.33, 1)
CHANGED = "†"


def sure(rate: Rate) -> int:
    """Return 1 where a trend surely rises, -1 where it surely falls, 0 where its interval holds no growth."""
    return (rate.trend.lower > 0) - (rate.trend.upper < 0)


def growth_chart(dataset: Dataset) -> Chart:
    """Draw growth a year with its interval: a row a series, a mark for the count and for each denominator."""
    found = growth(dataset)
    shown = [name for name in RATED if any(one.series_id == name for one in found)]
    figure, axes = style.subplots(size=(5.8, 5.6))
    for per, (marker, color, offset) in LOOKS.items():
        _marks(axes, [one for one in found if one.per == per], shown, marker, color, offset, SHORT[per])
    daggered = {one.series_id for one in found if one.changed}
    names = [RATED[name] + (f" {CHANGED}" if name in daggered else "") for name in shown]
    axes.set_yticks(range(len(shown)), names)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    for edge in range(len(shown) - 1):
        axes.axhline(edge + 0.5, color=style.PALE, lw=0.8)
    axes.axvline(0, color=style.GREY, lw=1)
    axes.set_xticks(
        [math.log1p(tick) for tick in TICKS], [written(tick, "+.0%").replace("+0%", "0") for tick in TICKS]
    )
    axes.set_xlabel("growth a year (equal steps are equal factors)")
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    axes.legend(loc="lower left", bbox_to_anchor=(-0.42, 1.0), ncols=2, handletextpad=0.3, columnspacing=1.2)
    return Chart(
        name="fig-growth",
        figure=style.finish(figure),
        title=growth_title(found),
        alt=f"Points with intervals, growth a year, {len(shown)} series. "
        + " ".join(_told(dataset, name, [one for one in found if one.series_id == name]) for name in shown),
        note="Marks: growth a year of a line through the logs of the printed years since 2011, the four marks of a "
        "series over the years that have both figures, at least five. Bars: 95% intervals that allow for errors that "
        f"hang together from year to year. {CHANGED}: what is counted changed within these years, so that the growth "
        "mixes both counts.",
        source=rates_source(dataset),
    )


def growth_title(found: tuple[Rate, ...]) -> str:
    """Say how many trends are told from no growth, counts and rates apart."""
    counts = [sure(one) for one in found if one.per == COUNT]
    rates = [sure(one) for one in found if one.per != COUNT]
    return (
        f"{counted(sum(map(abs, counts))).capitalize()} of {len(counts)} counts can be told from no growth, and "
        f"{counted(sum(map(abs, rates)))} of {len(rates)} rates"
    )


def _marks(
    axes: Axes, rates: list[Rate], shown: list[str], marker: str, color: str, offset: float, label: str
) -> None:
    """Draw one kind of rate: a mark and its interval in the row of each series."""
    places = [shown.index(one.series_id) + offset for one in rates]
    trends = [one.trend for one in rates]
    lower, upper = [one.slope_lower for one in trends], [one.slope_upper for one in trends]
    axes.hlines(places, lower, upper, color=color, lw=1.6, alpha=0.6)
    axes.plot([one.slope for one in trends], places, marker, color=color, ms=5.5, ls="none", label=label)


def _told(dataset: Dataset, series_id: str, rates: list[Rate]) -> str:
    """Say one row of the chart."""
    said = [
        f"{PER[one.per]} {percent(one.trend.growth)} a year ({span(one.trend.lower, one.trend.upper)})"
        for one in rates
    ]
    return f"{title(dataset, series_id)}: {'; '.join(said)}."


def growth_table(dataset: Dataset) -> HtmlTable:
    """Return every trend with its years, growth and the time in which it doubles or halves."""
    rows = [
        {
            "series": title(dataset, one.series_id) + (f" {CHANGED}" if one.changed else ""),
            "told": PER[one.per],
            "years": f"{one.years[0]} to {one.years[-1]} ({len(one.years)})",
            "growth a year": percent(one.trend.growth),
            "95% interval": span(one.trend.lower, one.trend.upper),
            "doubles or halves": doubling(one.trend),
        }
        for one in growth(dataset)
    ]
    count = len({one.series_id for one in growth(dataset)})
    caption = f"Growth a year of {count} series, as counted and per denominator"
    return table(rows, caption=caption, right=("growth a year",), wide=True, folded=True)


def doubling(found: Trend) -> str:
    """Say how long a series takes to double or halve, with the interval; where it is not certain, say so."""
    one = found.doubling
    verb = {"doubling": "doubles", "halving": "halves"}[one.kind]
    if not one.certain:
        return f"not certain that it {verb}"
    middle, low, high = (written(value, ".1f") for value in (one.estimate, one.lower, one.upper))
    return f"{verb} in {middle} years ({low} to {high})"


def rates_source(dataset: Dataset) -> Source:
    """Return the source line of the trends: the readings used, and the table of denominators."""
    used: set[str] = set()
    for one in growth(dataset):
        frame = printed_years(dataset, one.series_id).table
        used |= set(frame.loc[frame["year"].isin(one.years), "reading_id"])
    below = set(chain.from_iterable(denominator(dataset, per)["context_ids"] for per in PER if per != COUNT))
    line = source_line(dataset, sorted(used))
    version = version_line(dataset)
    rows = len({one for one in below if one})
    return line.worded(f"{line.removesuffix(version)}Denominators: {rows} rows of context.csv. {version}")
