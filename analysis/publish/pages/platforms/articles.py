"""The founding articles' claims and what checks say, and the words of the chapter."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.sampling import sample_size_for, simple_random_half_width
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import at_end
from analysis.publish.pages.platforms.leads import totals_that_fit, value_words
from analysis.publish.pages.platforms.windows import removal_words
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, table
from analysis.publish.touch import lead
from analysis.publish.words import between, day, listed, number, plain, quote, window
from analysis.series.lookup import by_id
from analysis.series.sample_buys import BUYS, SUSPECTED, programme

# The articles by year: the beginning of their readings' ids, and their table's caption.
ARTICLES = {
    2014: ("plat-seed2-", "Every figure of the article of 18 December 2014 on Taobao and the police"),
    2016: ("plat-seed3-", "Every figure of the China Daily article of 17 May 2016"),
    2017: ("plat-seed4-", "Every figure of the Xinhua article of 19 September 2017"),
}
COLUMNS = ("year", "reading_id", "unit", "what", "remark")
REFERENCE = re.compile(r"\[([\w-]+)\]")  # in a remark it stands for another reading's figure and window


def article_remarks(year: int) -> list[dict[str, str]]:
    """Return the rows of a founding article: reading_id, the unit in words, what is counted, a remark.

    Raises InputError where no founding article is of that year.
    """
    if year not in ARTICLES:
        raise InputError(
            f"No founding article on platforms is of {year}; they are of {listed([str(one) for one in ARTICLES])}."
        )
    rows = remarks("platform-articles", COLUMNS, key="reading_id")
    return [row for row in rows if row["year"] == str(year)]


def founding_rows(dataset: Dataset, year: int) -> list[dict[str, object]]:
    """Return the rows of a founding article's table: what, figure with hedge, window, remark.

    Raises
    ------
    InputError
        If no founding article is of that year, or the data hold a figure of it that the table of remarks lacks.
    """
    rows, ids = article_remarks(year), dataset.readings["reading_id"]
    lacking = set(ids[ids.str.startswith(ARTICLES[year][0])]) - {row["reading_id"] for row in rows}
    if lacking:
        raise InputError(
            f"remarks/platform-articles.csv has no row for reading {min(lacking)!r} of {year}; add it."
        )
    return [_row(dataset, row) for row in rows]


def _row(dataset: Dataset, row: dict[str, str]) -> dict[str, object]:
    """Return one figure as a row of the table, the references of its remark told.

    A reference may be retired: where it became the row's own reading, the two prints are one, and none is elsewhere.
    """
    name, elsewhere_ids = row["reading_id"], REFERENCE.findall(row["remark"])
    if name in map(dataset.current_id, elsewhere_ids):
        raise InputError(
            f"remarks/platform-articles.csv: the remark on {name!r} gives its own figure as another; take it out."
        )
    named = by_id(dataset, [name, *elsewhere_ids])

    def elsewhere(found: re.Match[str]) -> str:
        return f"{quote(named[found[1]], unit=False)} ({when(named[found[1]])})"

    reading = named[name]
    return {
        "Figure": f"{quote(reading, unit=False)} {row['unit']}",
        "What": row["what"],
        "Window": when(reading),
        "Remark": REFERENCE.sub(elsewhere, row["remark"]),
    }


def when(reading: pd.Series[Any]) -> str:
    """Write a reading's window for a table; what was not printed is said to be so."""
    start, end, note = reading["window_start"], reading["window_end"], plain(str(reading["window_note"]))
    if pd.isna(end):
        said_so = "" if note == "not given" else f" ({note})"
        return f"not published{said_so}" if pd.isna(start) else f"from {day(start)}, no end published"
    if reading["kind"] == "stock":
        return f"at {day(end)}"
    return day(end) if start == end else window(start, end)


def founding_table(dataset: Dataset, year: int) -> HtmlTable:
    """Return the table of a founding article. Raises InputError as `founding_rows` does."""
    return table(founding_rows(dataset, year), caption=ARTICLES[year][1], wide=True)


PREVALENCES = (0.5, 0.1, 0.01)
FEWEST_EXPECTED = 5  # fakes in the sample below which the normal approximation is not drawn
SIZES = np.logspace(2, 6.5, 91)
ONE_GROUP = 100  # buys in one brand or category, to show how precision goes with a split
EXAMPLE = 0.1  # the prevalence that prose takes as its example


def checks_chart(dataset: Dataset) -> Chart:
    """Draw the half-width of a 95% interval against the size of a random sample, the programme marked."""
    found = programme(dataset)
    buys, said = sum(found.buys) / 2, quote(by_id(dataset, [BUYS])[BUYS], unit=False)
    figure, axes = style.subplots(size=(style.WIDTH, 3.9))
    axes.set(xscale="log", yscale="log")
    axes.margins(x=0)
    axes.axvspan(*found.buys, color=style.GROUPS[3], alpha=0.45, linewidth=0)
    shares = (*PREVALENCES, found.suspected)
    for share, place, mark in zip(shares, (0, 2, 4, 1), "os^D", strict=True):
        colour = style.GROUPS[place]
        sizes = SIZES[SIZES * share >= FEWEST_EXPECTED]
        points = [100 * simple_random_half_width(share, n) for n in sizes]
        asked = {"reading_id": SUSPECTED if share == found.suspected else BUYS}
        (line,) = axes.plot(sizes, points, color=colour)
        lead(line, [asked] * len(sizes))
        (dot,) = axes.plot(buys, 100 * simple_random_half_width(share, buys), mark, color=colour)
        lead(dot, [asked])
        at_end(axes, sizes[-1], points[-1], f"{_percent(share)} fakes", colour, letters=9.5)
    axes.annotate("the programme's\nbuys a year", (found.buys[0], 0.97), (-6, 0), textcoords="offset points",
                  xycoords=axes.get_xaxis_transform(), ha="right", va="top", fontsize=9.5)  # fmt: skip
    axes.set_xlabel("test buys, drawn at random")
    axes.set_ylabel("95% interval, ± points")
    style.short_axis(axes, "x")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.minorticks_off()
    axes.grid(axis="x")
    reached = [
        f"{_points(simple_random_half_width(share, buys))} points where {_percent(share)} of listings are fakes"
        for share in shares
    ]
    return Chart(
        name="platforms-checks",
        figure=style.finish(figure),
        title=f"Drawn at random, {said} buys would fix a share of fakes to a fraction "
        "of a point; no text says that they were",
        alt="Four falling straight lines on logarithmic axes: the half-width of a 95% interval shrinks with "
        f"the square root of the sample. At {said} buys it is {listed(reached)}.",
        measure="Half-width of a 95 percent interval, percentage points, by the number of buys",
        note="Half-width of a 95% interval for the share of fakes, in percentage points, by the size of a simple "
        "random sample (Cochran 1977). Yellow: the buys a year that the hedge allows. The lowest share is the "
        "one Alibaba publishes for suspected fakes in 2017, of orders in one text, of returns in others. A line begins "
        f"where {FEWEST_EXPECTED} fakes are expected. A calculation, not a measurement: test buys usually go where "
        "fakes are suspected.",
        source=source_line(dataset, [BUYS, SUSPECTED]),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.3g}%"


def _points(half_width: float) -> str:
    """Write a half-width in percentage points."""
    return f"{100 * half_width:#.2g}"


def check_words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the programme that prose quotes."""
    found = programme(dataset)
    precision = sorted(simple_random_half_width(EXAMPLE, n) for n in found.buys)
    return {
        "cost_a_buy": f"{between(*found.yuan_a_buy)} yuan",
        "listings_a_buy": between(*found.listings_a_buy),
        "shops_a_buy": f"{math.floor(found.shops_a_buy[0])} to {math.ceil(found.shops_a_buy[1])}",
        "example": _percent(EXAMPLE).replace("%", " percent"),
        "precision": f"{_points(precision[0])} to {_points(precision[1])}",
        "one_group": number(ONE_GROUP),
        "precision_one_group": f"{_points(simple_random_half_width(EXAMPLE, ONE_GROUP))}",
        "needed_for_a_point": number(sample_size_for(0.01, EXAMPLE)),
    }


PLATFORMS = (
    *("Alibaba", "Amazon", "Tencent", "Douyin", "Etsy", "Pinduoduo", "TikTok", "eBay", "JD", "Kuaishou"),
    *("Xiaohongshu", "Temu"),
)


def words(dataset: Dataset) -> dict[str, str]:
    """Return every computed word of the chapter, by the name of its glue.

    Raises InputError if a reading that they rest on is missing.
    """
    reporters = dataset.readings["reporter"].astype(str)
    return {
        "platform_readings": number(int(reporters.isin(PLATFORMS).sum())),
        "alibaba_readings": number(int((reporters == "Alibaba").sum())),
        "totals_that_fit": listed(totals_that_fit(dataset)),
        **value_words(dataset),
        **check_words(dataset),
        **removal_words(dataset),
    }
