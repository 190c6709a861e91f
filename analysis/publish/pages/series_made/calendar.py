"""The year on its calendar: counts over their windows, the rates they imply, and the months of the fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import LogLocator

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import marks, style
from analysis.publish.bands import band, draw_band, says_little
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks_time import calendar_axis, draw_levels
from analysis.publish.tables import keyed
from analysis.publish.touch import lead
from analysis.publish.words import between, capital, counted, day, number, quote, window
from analysis.readings.windows import decimal_year
from analysis.rounding import written
from analysis.series import reconstructed
from analysis.series.observed import observed

SERIES, WIDE = "mps-cases-solved", "kunlun-cases"
YEAR = 2020
FIRST, LAST = pd.Timestamp(YEAR, 1, 1), pd.Timestamp(YEAR, 12, 31)
SINCE = 2016  # the first year drawn of the years around it
LONG = 500  # days; longer windows are told, not drawn
DAY = pd.Timedelta(days=1)
# Two counts of the year of which the later one leaves a week for what it adds.
EARLIER, LATER = "police-0019", "police-0023"


def readings_taken(dataset: Dataset, series_id: str = SERIES) -> pd.DataFrame:
    """Return the readings of a series that speak of the year, growth rates among them, as `observed` tells them.

    Raises
    ------
    InputError
        If the series is unknown, cannot be reconstructed, or has no reading of the year.
    """
    frame = observed(reconstructed(dataset, series_id))
    first = frame["base_start"].fillna(frame["window_start"])
    meets = (first <= LAST) & (frame["window_end"] >= FIRST)
    if not meets.any():
        raise InputError(f"Series {series_id!r} has no reading of {YEAR}; take another series apart.")
    return frame[meets].reset_index(drop=True)


def drawn(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the readings that a calendar of the year can show: levels over at most `LONG` days.

    Columns start and end are those of the window.
    """
    found = frame[~frame["growth"] & (frame["days"] <= LONG)]
    return found.assign(start=found["window_start"], end=found["window_end"])


def one(frame: pd.DataFrame, reading_id: str) -> pd.Series[Any]:
    """Return one reading. Raises InputError where the year has no such reading."""
    rows = frame[frame["reading_id"] == reading_id]
    if rows.empty:
        raise InputError(f"Reading {reading_id!r} is not among those of {YEAR}; mend the chapter's list.")
    return rows.iloc[0]


def last_days(frame: pd.DataFrame) -> tuple[float, float, pd.Timestamp, pd.Timestamp]:
    """Return the daily rate, lowest and highest, between the ends of two counts, and the days it is of."""
    first, second = one(frame, EARLIER), one(frame, LATER)
    start, end = first["window_end"] + DAY, second["window_end"]
    days = (end - start).days + 1
    return (second["low"] - first["high"]) / days, (second["high"] - first["low"]) / days, start, end


def short_quote(row: pd.Series[Any]) -> str:
    """Write a reading as on a chart: `more than 11,000`, `up 12 percent`."""
    return f"up {number(row['value'])} percent" if row["growth"] else quote(row, unit=False)


def off(row: pd.Series[Any]) -> tuple[float, float]:
    """Return how far the ends of a reading's interval lie from what the fit expects of it, in percent."""
    base = 100.0 if row["growth"] else 0.0
    ends = np.array([row["low"], row["high"]], dtype=float) + base
    low, high = 100 * (ends / (row["expected"] + base) - 1)
    return float(low), float(high)


def months(dataset: Dataset) -> pd.DataFrame:
    """Return the year's months that are estimated, as cases a day.

    Columns: period, start, end (the first of the next month), estimate, lower, upper, informed, thin (whether the
    windows say less of the month than smoothness does, or its band is wider than a factor of two).
    """
    table = reconstructed(dataset, SERIES).monthly
    found = table[table["period"].str.startswith(f"{YEAR}-") & table["estimate"].notna()].copy()
    found["start"] = pd.to_datetime(found["period"] + "-01")
    found["end"] = found["start"] + pd.offsets.MonthBegin(1)
    days = (found["end"] - found["start"]).dt.days
    for name in ("estimate", "lower", "upper"):
        found[name] = found[name] / days
    found["thin"] = says_little(found)
    return found.reset_index(drop=True)


def years(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the drawn years of a series: columns of `bands.band`, from 2016 on."""
    found = band(dataset, series_id)
    return found[found["year"] >= SINCE].reset_index(drop=True)


NAMES = {SERIES: "Infringement and fakes", WIDE: "All crimes of the Kunlun operations"}
COLOURS = {SERIES: style.PRINT, WIDE: style.GROUPS[4]}
MONTH = 0.9 / 12  # the width of a month's box, in years: neighbours stay apart


def windows_chart(dataset: Dataset) -> Chart:
    """Draw each reading of the year as a bar over its window, as high as its count; two scopes, two panels."""
    frames = {name: drawn(readings_taken(dataset, name)) for name in NAMES}
    figure, panels = style.subplots(
        2, 1, size=(style.WIDTH, 5.2), sharex=True, gridspec_kw={"height_ratios": [1.75, 1]}
    )
    for axes, (name, frame) in zip(panels, frames.items(), strict=True):
        draw_levels(axes, frame.assign(colour=COLOURS[name]))
        for _, row in frame.iterrows():
            span = [decimal_year(row["start"]), decimal_year(row["end"] + DAY)]
            (rise,) = axes.plot(span, [0, row["value"]], color=COLOURS[name], lw=0.9, ls=":", alpha=0.8)
            lead(rise, [row.to_dict()] * 2)
            _label(axes, row, row["high"], COLOURS[name])
        axes.set_title(NAMES[name], fontsize=10)
        axes.set_ylabel("cases")
        axes.set_ylim(bottom=0)
        style.short_axis(axes)
    both = pd.concat(frames.values())
    calendar_axis(panels[1], min(FIRST, both["start"].min()), max(LAST, both["end"].max()))
    for axes in panels:
        marks.make_room(axes)
        marks.make_room(axes, "y")
    counts = frames[SERIES]
    starts, ends = counts["start"].nunique(), counts["end"].nunique()
    told = " ".join(
        f"{NAMES[name]}: "
        + marks.told(
            frame,
            lambda row: (
                f"{quote(row)} over {window(row['start'], row['end'])}, read as "
                f"{between(row['low'], row['high'], 5)}"
            ),
        )
        + "."
        for name, frame in frames.items()
    )
    return Chart(
        name="fig-taken-windows",
        figure=style.finish(figure),
        title=f"{capital(counted(len(counts), none='no'))} counts of {YEAR} begin on {counted(starts)} days and end on "
        f"{counted(ends)}",
        alt=f"Bars over the calendar, in two panels. {told}",
        measure=f"Cases solved, by the window of the count, China's police, {YEAR}",
        note="A bar runs from the first to the last day of its window, at the height of its count. Its thickness is "
        "the interval that the hedge allows (thin where that is narrow). Dotted: the count if it grew evenly from "
        f"nothing. Not drawn: growth rates, and totals of several years that hold {YEAR}.",
        source=source_line(dataset, both),
        frame=both,
    )


def rates_chart(dataset: Dataset) -> Chart:
    """Draw what each count of the year implies a day, alone, and what two of them imply of the days between."""
    frame = drawn(readings_taken(dataset))
    figure, axes = style.subplots(size=(style.WIDTH, 3.9))
    marks.log_axis(axes, "y")
    for _, row in frame.iterrows():
        _rate_box(axes, row, style.PRINT)
        below = row["reading_id"] == EARLIER  # the later count's box lies just above it
        _label(axes, row, row["rate_low" if below else "rate_high"], style.PRINT, below=below)
    low, high, start, end = last_days(frame)
    first, last = decimal_year(start), decimal_year(end + DAY)
    left = Rectangle((first, low), last - first, high - low, fill=False, ec=style.DOUBTED, lw=1.6)
    lead(axes.add_patch(left), [one(frame, LATER).to_dict()])
    axes.annotate(
        f"{day(start)[:-5]} to {day(end)[:-5]},\nby difference", (first, low), (-6, 0), textcoords="offset points",
        ha="right", va="bottom", color=style.DOUBTED, fontsize=9,
    )  # fmt: skip
    axes.autoscale_view()
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    calendar_axis(axes, min(FIRST, frame["start"].min()), max(LAST, frame["end"].max()))
    axes.set_ylabel("cases a day")
    marks.make_room(axes)
    marks.make_room(axes, "y")
    said = marks.told(
        frame,
        lambda row: (
            f"{quote(row)} over {window(row['start'], row['end'])}, "
            f"{between(row['rate_low'], row['rate_high'], 2)} a day"
        ),
    )
    return Chart(
        name="fig-taken-rates",
        figure=style.finish(figure),
        title="Alone, each count implies another daily rate; two of them leave one week for thousands of cases",
        alt=f"Boxes over the calendar on a log axis of cases a day. {said}. By difference, {day(start)} to "
        f"{day(end)}: {between(low, high, 2)} a day.",
        measure=f"Cases solved a day that each count alone implies, China's police, {YEAR}",
        note="Height of a box: the interval of its count, spread evenly over its window. Orange outline: what the "
        "count to the end of the year leaves for the days after the one before it. Log axis.",
        source=source_line(dataset, frame),
        frame=frame,
    )


def _rate_box(axes: Axes, row: pd.Series[Any], colour: str, *, alpha: float = 0.55) -> None:
    """Draw a reading's daily rate as a box over its window."""
    start, end = decimal_year(row["start"]), decimal_year(row["end"] + DAY)
    corner, height = (start, row["rate_low"]), row["rate_high"] - row["rate_low"]
    box = Rectangle(corner, end - start, height, facecolor=colour, alpha=alpha, ec=colour, lw=1.2)
    lead(axes.add_patch(box), [row.to_dict()])


def _label(axes: Axes, row: pd.Series[Any], height: float, colour: str, *, below: bool = False) -> None:
    """Write a reading above the left end of its bar, or below its later half."""
    start = row["start"] + (pd.Timedelta(days=row["days"] // 2) if below else pd.Timedelta(0))
    axes.annotate(
        short_quote(row), (decimal_year(start), height), (2, -3 if below else 3), textcoords="offset points",
        color=colour, fontsize=9, va="top" if below else "bottom", path_effects=style.HALO,
    )  # fmt: skip


def months_chart(dataset: Dataset) -> Chart:
    """Draw the monthly band of the year with the readings behind it."""
    found, frame = months(dataset), drawn(readings_taken(dataset))
    figure, axes = style.subplots(size=(style.WIDTH, 3.7))
    for _, row in frame.iterrows():
        _rate_box(axes, row, style.DOUBTED if row["doubted"] else style.REST, alpha=0.35)
    boxes = found.assign(year=found["start"].map(decimal_year), hatched=found["thin"], printed=False)
    draw_band(axes, boxes, color=style.PRINT, left=MONTH / 18, width=MONTH, series_id=SERIES)
    for _, row in frame[frame["doubted"]].iterrows():
        axes.annotate(
            f"{short_quote(row)}: doubted", (decimal_year(row["start"]), row["rate_low"]), (3, -3), fontsize=9,
            textcoords="offset points", color=style.DOUBTED, va="top", path_effects=style.HALO,
        )  # fmt: skip
    axes.set_ylim(bottom=0)
    axes.set_ylabel("cases a day")
    calendar_axis(axes, min(FIRST, frame["start"].min()), max(LAST, frame["end"].max()))
    year = keyed(reconstructed(dataset, SERIES).yearly, "period")[str(YEAR)]
    spread = found["upper"] / found["lower"]
    said = marks.told(
        found,
        lambda row: (
            f"{row['period']}: {number(row['estimate'], 2)}, band {between(row['lower'], row['upper'], 2)}"
        ),
    )
    return Chart(
        name="fig-taken-months",
        figure=style.finish(figure),
        title=f"The band of a month spans a factor of {written(spread.median(), '.1f')}, "
        f"that of the whole year {written(year['upper'] / year['lower'], '.1f')}",
        alt=f"Boxes of the 90% band of {len(found)} months, cases a day. {said}. {int(found['thin'].sum())} are "
        f"hatched; the widest is {found['period'].iloc[int(spread.argmax())]}.",
        measure=f"Cases solved a month, China's police, {YEAR}",
        note="Blue boxes: 90% band of each month, with a dash at the estimate. Hatched where the windows say less of "
        "the month than smoothness does, or the band is wider than a factor of two. Grey and orange lines: the counts "
        "of the figures above as rates, orange where the fit doubts them.",
        source=source_line(dataset, frame),
        frame=found,
    )
