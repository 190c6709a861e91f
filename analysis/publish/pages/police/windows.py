"""One count, two windows, two rates: Kunlun 2020 reading by reading, and online cases of every autumn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import draw_rows, log_axis, make_room
from analysis.publish.marks_time import calendar_axis, draw_windows, years_axis
from analysis.publish.touch import lead
from analysis.publish.words import day, listed, number, quote, rate, window
from analysis.scrutiny.online_rates import FROM_JANUARY, FROM_LAUNCH, online_rates
from analysis.series.lookup import daily
from analysis.series.solved_2020 import SCOPES, windows_readings

COLOURS = dict(zip(SCOPES, (*style.GROUPS[:2], style.RULE), strict=True))


def kunlun_chart(dataset: Dataset) -> Chart:
    """Draw each count of 2020 as a bar over its window, and beside it the cases a day it implies (log axis)."""
    found = windows_readings(dataset)
    rows, heads = _placed(daily(found[found["days"].notna()]))
    figure, (left, right) = style.subplots(1, 2, size=(style.WIDTH, 4.9), sharey=True, width_ratios=(1.75, 1))
    draw_windows(left, rows.drop(columns="note"))
    log_axis(right)
    right.minorticks_off()
    draw_rows(right, rows, mark=5)
    for scope, place in heads.items():
        left.annotate(
            scope, (0.02, place), xycoords=left.get_yaxis_transform(), color=COLOURS[scope], weight="bold",
            fontsize=9.5, va="center",
        )  # fmt: skip
    left.set_yticks(rows["place"], rows["label"], fontsize=9)
    left.set_ylim(rows["place"].max() + 0.65, -0.7)
    calendar_axis(left, rows["start"].min(), rows["end"].max(), months=6)
    right.tick_params(axis="y", left=False, labelleft=False)
    left.set_xlabel("window")
    right.set_xlabel("cases a day")
    for axes in (left, right):
        axes.grid(axis="y", visible=False)
        axes.grid(axis="x", visible=True)
    make_room(right)
    lines = "; ".join(f"{scope}: {_rates_in_words(rows[rows['scope'] == scope])}" for scope in heads)
    undated = found[found["days"].isna()]
    left_out = listed(
        [f"{quote(row)} ({window(row['window_start'], row['window_end'])})" for _, row in undated.iterrows()]
    )
    return Chart(
        name="police-kunlun-2020",
        figure=style.finish(figure),
        title="The same count over two windows is two rates: Kunlun 2020, reading by reading",
        alt=f"Bars over the calendar from {rows['start'].min():%B %Y} to {rows['end'].max():%B %Y}, each with the "
        f"cases a day it implies. {lines}.",
        measure="Cases solved: window of each count, and cases a day, China's police, 2020",
        note="Left: the window of each count of solved cases, as published. Right: cases a day if spread evenly over "
        "the window, a log axis; beside each dot the interval that the hedge allows. A month without a day is taken "
        f"from its first day. Not drawn, since an end of the window is missing: {left_out}.",
        source=source_line(dataset, [name for ids in found["ids"] for name in ids]),
        frame=rows,
    )


def _placed(whole: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, float]]:
    """Return the counts scope by scope as rows to draw, and the place of each scope's heading above its rows."""
    heads: dict[str, float] = {}
    parts, at = [], 0.0
    for scope in SCOPES:
        part = whole[whole["scope"] == scope]
        heads[scope] = at
        parts.append(part.assign(place=at + 1 + np.arange(len(part)), colour=COLOURS[scope]))
        at += len(part) + 1.15
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(
        start=rows["window_start"],
        end=rows["window_end"],
        label=[quote(row, unit=False) for _, row in rows.iterrows()],
        value=(rows["rate_low"] * rows["rate_high"]) ** 0.5,
        low=rows["rate_low"],
        high=rows["rate_high"],
        note=[
            rate(low, high, joint="–") for low, high in zip(rows["rate_low"], rows["rate_high"], strict=True)
        ],
    ), heads


def _rates_in_words(rows: pd.DataFrame) -> str:
    """List readings with their windows and daily rates."""
    said = [
        f"{row['label']} over {window(row['start'], row['end'])}, {rate(row['low'], row['high'])} a day"
        for row in rows.to_dict("records")
    ]
    return ", ".join(said)


def online_chart(dataset: Dataset) -> Chart:
    """Draw online cases a day around the November sales, counted since January and since the campaign began."""
    rates = online_rates(dataset)
    figure, panels = style.subplots(2, 1, size=(style.WIDTH, 4.4), sharex=True, sharey=True)
    bases = {basis: rates[rates["basis"] == basis] for basis in (FROM_JANUARY, FROM_LAUNCH)}
    for axes, (basis, rows), colour in zip(panels, bases.items(), style.GROUPS, strict=False):
        _draw_autumns(axes, rows, colour)
        axes.set_title(basis, color=colour)
        years_axis(axes, rates["year"], every=1)
        axes.set_ylim(bottom=0)
        axes.set_ylabel("cases a day")
        make_room(axes, "y")
    lines = "; ".join(
        f"{basis}: {', '.join(_in_words(row) for _, row in rows.iterrows())}" for basis, rows in bases.items()
    )
    years = set(rates["year"])
    missing = [str(year) for year in range(min(years), max(years)) if year not in years]
    gap = f" No count was found for {listed(missing)}, and the line breaks there." if missing else ""
    return Chart(
        name="police-online",
        figure=style.finish(figure),
        title="Online cases a day rise every year, or hardly change: it depends on the window",
        alt=f"Two panels of online counterfeit cases a day, told around the November sales. {lines}.",
        measure="Online cases a day, China's police",
        note="Cases a day: the published count over the days of its window. A bar is the interval that the hedge "
        'allows. Below each: the count (+ for "more than") and the days. A hollow mark: no text states this start; '
        f"the campaign's launch is supposed.{gap}",
        source=source_line(dataset, rates["reading_id"].drop_duplicates()),
        frame=rates,
    )


def _draw_autumns(axes: Axes, rows: pd.DataFrame, colour: str) -> None:
    """Draw one panel: intervals with marks, joined only between neighbouring years."""
    rows = rows.assign(value_a_day=(rows["rate_low"] + rows["rate_high"]) / 2)
    for _, run in rows.groupby((rows["year"].diff() != 1).cumsum()):
        (joint,) = axes.plot(run["year"], run["value_a_day"], color=colour, lw=1, alpha=0.6)
        lead(joint, run)
    for row in rows.to_dict("records"):
        year, low, high = row["year"], row["rate_low"], row["rate_high"]
        axes.plot([year] * 2, [low, high], color=colour, lw=9, alpha=0.4, solid_capstyle="butt")
        inside = colour if row["printed"] else style.PAPER
        (mark,) = axes.plot(year, row["value_a_day"], "o", color=colour, mfc=inside, ms=5, mew=1.4)
        lead(mark, [row])
        count = f"{number(row['value'])}{'+' if row['hedge'] == 'more_than' else ''}\n{row['days']:.0f} d"
        words: dict[str, Any] = {"textcoords": "offset points", "ha": "center", "fontsize": style.SMALL}
        axes.annotate(rate(low, high, joint="–"), (year, high), (0, 6), **words)
        axes.annotate(count, (year, low), (0, -7), va="top", color=style.TEXT, **words)


def _in_words(row: pd.Series[Any]) -> str:
    """Write one count with its window, and whether that window is printed."""
    supposed = "" if row["printed"] else " (start supposed)"
    return (
        f"{quote(row, unit=False)} from {day(row['window_start'])} to {day(row['window_end'])}{supposed}, "
        f"{rate(row['rate_low'], row['rate_high'])} a day"
    )
