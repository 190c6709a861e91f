"""Shares and removals as platforms print them: hedges as intervals, windows with the rates they imply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.ticker import MaxNLocator

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import draw_rows, make_room, row_axis, told
from analysis.publish.marks_time import DAY, calendar_axis
from analysis.publish.words import between, number, quote, window
from analysis.readings.windows import decimal_year
from analysis.series.lookup import by_id, chosen
from analysis.series.removals import removals

SHARES = (
    ("plat-seed2-05", "gangs that sell fakes,\nfrom ten areas"),
    ("plat-seed2-06", "jewellery and watch cases,\nin South China"),
    ("plat-seed2-07", "outdoor sports cases,\nfrom the southeast"),
    ("plat-seed2-08", "textile cases,\nfrom East China"),
    ("plat-map2017-03", "gangs on a map of 2017,\nfrom five provinces"),
)
ANOTHER_METHOD = "plat-map2017-03"
WHOLE = 100  # percent; an axis of shares runs to it

UNDATED = "plat-bb201403-01"
SAME_COUNT = ("plat-bb2014-01", "plat-sil2014-02", "plat-cnet2014-02")
REMOVED_2015, REMOVED_2016 = "plat-fortune2016-01", "plat-gt2016-01"
YEAR_2013 = ("plat-mm2013-01", "plat-tcr2013-01")


def shares_chart(dataset: Dataset) -> Chart:
    """Draw where Taobao said in 2014 that its cases come from, each share with what its hedge allows."""
    found = chosen(dataset, [name for name, _ in SHARES]).assign(label=[label for _, label in SHARES])
    other = found["reading_id"] == ANOTHER_METHOD
    rows = found.assign(
        colour=other.map({True: style.RIVAL, False: style.PRINT}),
        marker=other.map({True: "D", False: "o"}),
        hollow=other,
        left=True,
        note=[f"{quote(row, unit=False)}%" for _, row in found.iterrows()],
    )
    figure, axes = style.subplots(size=(style.WIDTH, 3.2))
    draw_rows(axes, rows, width=6, letters=9.5)
    row_axis(axes, rows["label"], letters=10)
    axes.axhline(len(SHARES) - 1.5, color=style.RULE, linewidth=0.8)
    axes.set_xlim(0, WHOLE)
    axes.set_xlabel("percent of the gangs or cases counted")
    said = told(rows, lambda row: f"{quote(row)} of {row['label']}")
    return Chart(
        name="platforms-shares",
        figure=style.finish(figure),
        title="Taobao placed most cases of 2014 in a few regions, in tenths of a base it did not publish",
        alt=f"Dots with intervals on a scale from 0 to {WHOLE} percent. {said}.",
        measure="Percent of gangs or cases, by region, Taobao's own count for 2014",
        note="Percent of gangs or cases among those found, 1 January to 12 December 2014, by Taobao's own "
        "count. Bands: what the hedge allows; these shares were published in tenths, so a band is up to ten "
        "points wide. Below the line, hollow: a map of 2017 made by another method, from closed shops.",
        source=source_line(dataset, found),
        frame=rows,
    )


def removals_chart(dataset: Dataset) -> Chart:
    """Draw each count of listings removed: its window, and beside it the yearly rate that it implies."""
    found = removals(dataset)
    same = found["reading_id"].isin(SAME_COUNT)
    rows = found.assign(
        colour=same.map({True: style.RIVAL, False: style.PRINT}),
        marker=same.map({True: "D", False: "o"}),
        hollow=found["taken"],
        value=found["rate"] / 1e6,
        low=found["rate_low"] / 1e6,
        high=found["rate_high"] / 1e6,
        note=[f"{rate / 1e6:.0f}" for rate in found["rate"]],
    )
    figure, (left, right) = style.subplots(1, 2, size=(style.WIDTH, 5.4), sharey=True, width_ratios=(1.5, 1))
    for place, row in enumerate(rows.to_dict("records")):
        ends = [decimal_year(row["start"]), decimal_year(row["end"] + DAY)]
        left.plot(ends, [place] * 2, ":" if row["taken"] else "-", color=row["colour"], linewidth=4,
                  solid_capstyle="butt", dash_capstyle="butt")  # fmt: skip
    draw_rows(right, rows, width=6, letters=9)
    row_axis(left, [_row_label(row) for _, row in found.iterrows()], letters=10)
    right.grid(visible=True, axis="x")
    right.grid(visible=False, axis="y")
    calendar_axis(left, found["start"].min(), found["end"].max())
    left.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
    left.set_xlabel("window")
    right.set_xlim(left=0)
    right.set_xlabel("million a year")
    make_room(right)
    count, first, second, undated = by_id(dataset, [SAME_COUNT[0], *YEAR_2013, UNDATED]).values()
    return Chart(
        name="platforms-removals",
        figure=style.finish(figure),
        title=f"{number(count['value'])} removals stand under three windows; the year 2013 alone is given "
        f"{number(first['value'])} or {number(second['value'])}",
        alt=f"Windows as bars and the rates they imply as dots. {told(found, _removal_in_words)}.",
        measure="Listings removed: window of each count, and the rate a year that it implies, Alibaba",
        note="Left: the window of each count. Right: the rate a year that it implies, with the interval of "
        "its hedge or rounding. Orange diamonds: the same count under three windows. Dotted, hollow: an end "
        "of the window was not published and is taken from other texts or from the day of the text. The counts "
        "differ in what they hold (all, proactive, suspected) and are not joined. Left out, without any "
        f"window: {quote(undated)}.",
        source=source_line(dataset, found),
        frame=rows,
    )


def _row_label(row: pd.Series[Any]) -> str:
    """Return what stands beside a count: its figure, and what it holds where that is not all."""
    kind = str(row["basis"]) or str(row["detail"])
    text = quote(row, unit=False)
    return f"{text},\n{kind}" if kind else text


def _removal_in_words(row: Mapping[str, Any]) -> str:
    """Say a count, its window and its rate."""
    taken = ", one end not published" if row["taken"] else ""
    return (
        f"{quote(row, unit=False)} ({window(row['start'], row['end'])}{taken}): "
        f"{between(row['rate_low'] / 1e6, row['rate_high'] / 1e6)} million a year"
    )


def removal_words(dataset: Dataset) -> dict[str, str]:
    """Say whether 2013 fits inside a longer window of the same count, and how two proactive counts compare."""
    longer, year, more, before, after = by_id(
        dataset, [SAME_COUNT[1], *YEAR_2013, REMOVED_2015, REMOVED_2016]
    ).values()
    fits = (bool(year["low"] <= longer["high"]), bool(more["low"] <= longer["high"]))
    first_alone = (
        "the first fits only because so round a figure may hide a smaller one, the second not at all"
    )
    verdicts = {
        (True, False): first_alone,
        (True, True): "both fit, by their rounding",
        (False, False): "neither fits",
    }
    return {
        "removed_longer": window(longer["window_start"], longer["window_end"]),
        "removed_verdict": verdicts.get(fits, "only the second fits"),
        "removed_ratio": between(after["low"] / before["high"], after["high"] / before["low"], 2),
    }
