"""The readings of one year over their windows, as counts and as the daily rate that each alone implies."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import ConciseDateFormatter, MonthLocator, date2num
from matplotlib.patches import Rectangle

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.pages.series_made.taken import (
    SERIES,
    WIDE,
    YEAR,
    drawn,
    one,
    readings_taken,
    short_quote,
)
from analysis.publish.words import between, day, quote, window

DAY = pd.Timedelta(days=1)
NAMES = {SERIES: "Infringement and fakes", WIDE: "All crimes of the Kunlun operations"}
COLOURS = {SERIES: style.BLUE, WIDE: style.PURPLE}
# Two counts of 2020 of which the later one leaves a week for what it adds.
EARLIER, LATER = "police-0019", "police-0023"
HALO = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.6}


def windows_chart(dataset: Dataset) -> Chart:
    """Draw each reading of the year as a bar over its window, as high as its count; two scopes, two panels."""
    frames = {name: drawn(readings_taken(dataset, name)) for name in NAMES}
    figure, panels = style.subplots(
        2, 1, size=(5.8, 5.2), sharex=True, gridspec_kw={"height_ratios": [1.75, 1]}
    )
    for axes, (name, frame) in zip(panels, frames.items(), strict=True):
        for _, row in frame.iterrows():
            _count_bar(axes, row, COLOURS[name])
        axes.set_ylim(0, 1.22 * frame["high"].max())
        axes.set_title(NAMES[name], fontsize=10)
        axes.set_ylabel("cases")
        style.short_axis(axes)
    calendar(panels[1])
    panels[1].set_xlim(pd.Timestamp(YEAR - 1, 12, 20), pd.Timestamp(YEAR + 1, 5, 1))
    both = pd.concat(frames.values())
    return Chart(
        name="fig-taken-windows",
        figure=style.finish(figure),
        title=_title(frames[SERIES]),
        alt=f"Bars over the calendar, in two panels. {_in_words(frames)}",
        note="A bar runs from the first to the last day of its window, at the height of its count; its thickness is "
        "the interval that the hedge allows (thin where that is narrow). Dotted: the count if it grew evenly from "
        f"nothing. Not drawn: growth rates, and totals of several years that hold {YEAR}.",
        source=source_line(dataset, both),
    )


def rates_chart(dataset: Dataset) -> Chart:
    """Draw what each count of the year implies a day, alone, and what two of them imply of the days between."""
    frame = drawn(readings_taken(dataset))
    figure, axes = style.subplots(size=(5.8, 3.9))
    for _, row in frame.iterrows():
        rate_box(axes, row, style.BLUE)
        below = row["reading_id"] == EARLIER  # the later count's box lies just above it
        _label(axes, row, row["rate_low" if below else "rate_high"], style.BLUE, below=below)
    low, high, start, end = last_days(frame)
    width = day_number(end + DAY) - day_number(start)
    rest = Rectangle((day_number(start), low), width, high - low, fill=False, ec=style.ORANGE, lw=1.6)
    axes.add_patch(rest)
    axes.annotate(
        f"{day(start)[:-5]} to {day(end)[:-5]},\nby difference", (start, low), (-6, 0), textcoords="offset points",
        ha="right", va="bottom", color=style.ORANGE, fontsize=9,
    )  # fmt: skip
    axes.set_yscale("log")
    axes.set_ylim(13, 1500)
    axes.set_yticks([20, 50, 100, 200, 500, 1000], ["20", "50", "100", "200", "500", "1,000"])
    axes.minorticks_off()
    axes.set_ylabel("cases a day")
    calendar(axes)
    axes.set_xlim(pd.Timestamp(YEAR - 1, 12, 20), pd.Timestamp(YEAR + 1, 1, 14))
    said = "; ".join(
        f"{quote(row)} over {window(row['window_start'], row['window_end'])}, "
        f"{between(row['rate_low'], row['rate_high'], 2)} a day"
        for _, row in frame.iterrows()
    )
    return Chart(
        name="fig-taken-rates",
        figure=style.finish(figure),
        title="Alone, each count implies another daily rate; two of them leave one week for thousands of cases",
        alt=f"Boxes over the calendar on a log axis of cases a day. {said}. By difference, {day(start)} to "
        f"{day(end)}: {between(low, high, 2)} a day.",
        note="Height of a box: the interval of its count, spread evenly over its window. Orange outline: what the "
        "count to the end of the year leaves for the days after the one before it. Log axis.",
        source=source_line(dataset, frame),
    )


def last_days(frame: pd.DataFrame) -> tuple[float, float, pd.Timestamp, pd.Timestamp]:
    """Return the daily rate, lowest and highest, between the ends of two counts, and the days it is of."""
    first, second = one(frame, EARLIER), one(frame, LATER)
    start, end = first["window_end"] + DAY, second["window_end"]
    days = (end - start).days + 1
    return (
        (second["low"] - first["high"]) / days,
        (second["high"] - first["low"]) / days,
        start,
        end,
    )


def day_number(date: pd.Timestamp) -> float:
    """Return a day as matplotlib's axes count it."""
    return float(date2num(date))  # type: ignore[no-untyped-call]


def rate_box(axes: Axes, row: pd.Series[Any], colour: str, *, alpha: float = 0.55) -> None:
    """Draw a reading's daily rate as a box over its window."""
    start, end = day_number(row["window_start"]), day_number(row["window_end"] + DAY)
    corner, span, height = (start, row["rate_low"]), end - start, row["rate_high"] - row["rate_low"]
    axes.add_patch(Rectangle(corner, span, height, facecolor=colour, alpha=alpha, ec=colour, lw=1.2))


def calendar(axes: Axes) -> None:
    """Give a calendar of quarters below an axis, with months as small ticks."""
    locator = MonthLocator(bymonth=(1, 4, 7, 10))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    formats = ["%Y", "%b", "%d", "", "", ""]
    names = ConciseDateFormatter(locator, formats=formats, show_offset=False)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(names)
    axes.xaxis.set_minor_locator(MonthLocator())  # type: ignore[no-untyped-call]


def _count_bar(axes: Axes, row: pd.Series[Any], colour: str) -> None:
    """Draw one count over its window."""
    start, end = day_number(row["window_start"]), day_number(row["window_end"] + DAY)
    axes.plot([start, end], [0, row["value"]], color=colour, lw=0.9, ls=":", alpha=0.8)
    box = Rectangle((start, row["low"]), end - start, row["high"] - row["low"], facecolor=colour, alpha=0.45)
    axes.add_patch(box)
    axes.hlines(row["value"], start, end, color=colour, lw=1.8)
    _label(axes, row, row["high"], colour)


def _label(axes: Axes, row: pd.Series[Any], height: float, colour: str, *, below: bool = False) -> None:
    """Write a reading above the left end of its bar, or below its later half."""
    start = row["window_start"] + (pd.Timedelta(days=row["days"] // 2) if below else pd.Timedelta(0))
    axes.annotate(
        short_quote(row), (day_number(start), height), (2, -3 if below else 3), textcoords="offset points",
        color=colour, fontsize=9, va="top" if below else "bottom", bbox=HALO,
    )  # fmt: skip


def _title(frame: pd.DataFrame) -> str:
    """Say how many counts there are, and on how many days they begin and end."""
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")
    numbers = (len(frame), frame["window_start"].nunique(), frame["window_end"].nunique())
    counts, starts, ends = (words[one] if one < len(words) else str(one) for one in numbers)
    return f"{counts} counts of {YEAR} begin on {starts.lower()} days and end on {ends.lower()}"


def _in_words(frames: dict[str, pd.DataFrame]) -> str:
    """List the counts of each panel with windows and intervals."""
    parts = []
    for name, frame in frames.items():
        rows = "; ".join(
            f"{quote(row)} over {window(row['window_start'], row['window_end'])}, read as "
            f"{between(row['low'], row['high'], 5)}"
            for _, row in frame.iterrows()
        )
        parts.append(f"{NAMES[name]}: {rows}.")
    return " ".join(parts)
