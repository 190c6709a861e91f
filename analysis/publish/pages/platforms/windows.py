"""Shares and removals as platforms print them: hedges as intervals, windows with the rates they imply."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.pages.platforms.prints import one, prints
from analysis.publish.words import between, number, quote, window
from analysis.series import readings_of

SHARES = (
    ("plat-seed2-05", "gangs that sell fakes,\nfrom ten areas"),
    ("plat-seed2-06", "jewellery and watch cases,\nin South China"),
    ("plat-seed2-07", "outdoor sports cases,\nfrom the southeast"),
    ("plat-seed2-08", "textile cases,\nfrom East China"),
    ("plat-map2017-03", "gangs on a map of 2017,\nfrom five provinces"),
)
ANOTHER_METHOD = "plat-map2017-03"

# Ends of windows that the texts do not print, and what is taken for them.
TAKEN_START = {
    "plat-scmp2012-01": pd.Timestamp("2010-05-10"),  # printed as "in the past two years"
    "plat-bb2014-01": pd.Timestamp("2013-01-01"),  # where two other texts begin the same count
}
TAKEN_END = {"plat-cnet2014-02": pd.Timestamp("2014-12-23")}  # the day of the text
# Every count of listings removed that is drawn: all, proactive, and one of suspected fakes.
REMOVED = ("alibaba-listings-removed", "alibaba-listings-removed-proactive")
SUSPECTED, UNDATED = "plat-tcr201405-01", "plat-bb201403-01"
SAME_COUNT = ("plat-bb2014-01", "plat-sil2014-02", "plat-cnet2014-02")
REMOVED_2015, REMOVED_2016, DOUBLED = "plat-fortune2016-01", "plat-gt2016-01", "plat-alz301-01"
YEAR_2013 = ("plat-mm2013-01", "plat-tcr2013-01", "plat-tcr201405-01")


def shares_chart(dataset: Dataset) -> Chart:
    """Draw where Taobao said in 2014 that its cases come from, each share with what its hedge allows."""
    found = prints(dataset, [name for name, _ in SHARES])
    figure, axes = style.subplots(size=(5.8, 3.2))
    for place, (name, row) in enumerate(found.iterrows()):
        other = name == ANOTHER_METHOD
        colour = style.ORANGE if other else style.BLUE
        axes.plot([row["low"], row["high"]], [place] * 2, color=colour, linewidth=6, alpha=0.35,
                  solid_capstyle="butt")  # fmt: skip
        axes.plot(row["value"], place, "D" if other else "o", color=colour,
                  markerfacecolor="white" if other else colour)  # fmt: skip
        axes.annotate(f"{quote(row, unit=False)}%", (row["low"], place), (-7, 0), textcoords="offset points",
                      ha="right", va="center", fontsize=9.5)  # fmt: skip
    axes.axhline(len(SHARES) - 1.5, color=style.GREY, linewidth=0.8)
    axes.set_yticks(range(len(SHARES)), [label for _, label in SHARES])
    axes.set_ylim(len(SHARES) - 0.5, -0.5)
    axes.set_xlim(0, 100)
    axes.set_xlabel("percent of the gangs or cases counted")
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    told = [
        f"{quote(row)} of {label}".replace("\n", " ")
        for (_, row), (_, label) in zip(found.iterrows(), SHARES, strict=True)
    ]
    return Chart(
        name="platforms-shares",
        figure=style.finish(figure),
        title="Taobao placed most cases of 2014 in a few regions, in tenths of a base it did not print",
        alt=f"Dots with intervals on a scale from 0 to 100 percent. {'; '.join(told)}.",
        note="Percent of gangs or cases among those found, 1 January to 12 December 2014, by Taobao's own "
        "count. Bands: what the hedge allows; these shares were printed in tenths, so a band is up to ten "
        "points wide. Below the line, hollow: a map of 2017 made by another method, from closed shops.",
        source=source_line(dataset, found),
    )


def removals(dataset: Dataset) -> pd.DataFrame:
    """Return the counts of listings removed that have a window, with the yearly rate each implies.

    Adds to the readings of the two series and the one of suspected fakes start, end (dates, taken where not
    printed), taken (bool), low and high (listings), rate, rate_low and rate_high (listings a year). Of prints
    that agree in value and window the first stays. Counts without any window are left out.
    """
    ids_drawn = [name for one_of in REMOVED for name in readings_of(dataset, one_of)["reading_id"]]
    found = prints(dataset, [*ids_drawn, SUSPECTED])
    ids = found["reading_id"]
    found = found.assign(
        start=found["window_start"].fillna(ids.map(TAKEN_START)),
        end=found["window_end"].fillna(ids.map(TAKEN_END)),
        taken=ids.isin([*TAKEN_START, *TAKEN_END]),
    )
    found = found[found["start"].notna() & found["end"].notna()]
    found = found.drop_duplicates(["value", "hedge", "start", "end"])
    years = (found["end"] + pd.Timedelta(days=1)).map(_year) - found["start"].map(_year)
    found = found.assign(
        rate=found["value"] / years, rate_low=found["low"] / years, rate_high=found["high"] / years
    )
    return found.sort_values(["start", "end", "reading_id"])


def removals_chart(dataset: Dataset) -> Chart:
    """Draw each count of listings removed: its window, and beside it the yearly rate that it implies."""
    found = removals(dataset)
    figure, (left, right) = style.subplots(1, 2, size=(5.8, 5.4), sharey=True, width_ratios=(1.5, 1))
    for place, (_, row) in enumerate(found.iterrows()):
        _draw_removal(left, right, place, row)
    left.set_yticks(range(len(found)), [_row_label(row) for _, row in found.iterrows()])
    left.invert_yaxis()
    left.set_xlim(2010, 2017)
    left.set_xticks(range(2010, 2018, 2))
    left.set_xlabel("window")
    right.set_xlim(0, 490)
    right.set_xlabel("million a year")
    for axes in (left, right):
        axes.grid(axis="x")
        axes.grid(visible=False, axis="y")
    single = prints(dataset, [YEAR_2013[0], YEAR_2013[1]])
    same = one(dataset, SAME_COUNT[0])
    return Chart(
        name="platforms-removals",
        figure=style.finish(figure),
        title=f"{number(same['value'])} removals stand under three windows; the year 2013 alone is given "
        f"{number(single['value'].iloc[0])} or {number(single['value'].iloc[1])}",
        alt=_removals_alt(found),
        note="Left: the window of each count. Right: the rate a year that it implies, with the interval of "
        "its hedge or rounding. Orange diamonds: the same count under three windows. Dotted, hollow: an end "
        "of the window was not printed and is taken from other texts or from the day of the text. The counts "
        "differ in what they hold (all, proactive, suspected) and are not joined. Left out, without any "
        f"window: {quote(one(dataset, UNDATED))}.",
        source=source_line(dataset, found),
    )


def _draw_removal(left: Axes, right: Axes, place: int, row: pd.Series[Any]) -> None:
    """Draw one count in both panels."""
    same = row["reading_id"] in SAME_COUNT
    colour = style.ORANGE if same else style.BLUE
    ends = [_year(row["start"]), _year(row["end"] + pd.Timedelta(days=1))]
    left.plot(ends, [place] * 2, ":" if row["taken"] else "-", color=colour, linewidth=4,
              solid_capstyle="butt", dash_capstyle="butt")  # fmt: skip
    million = [row[key] / 1e6 for key in ("rate_low", "rate_high")]
    right.plot(million, [place] * 2, color=colour, linewidth=6, alpha=0.35, solid_capstyle="butt")
    right.plot(row["rate"] / 1e6, place, "D" if same else "o", color=colour,
               markerfacecolor="white" if row["taken"] else colour)  # fmt: skip
    right.annotate(f"{row['rate'] / 1e6:.0f}", (million[1], place), (6, 0), textcoords="offset points",
                   va="center", fontsize=9)  # fmt: skip


def _year(date: pd.Timestamp) -> float:
    """Return a day as a decimal year."""
    return float(date.year + (date.day_of_year - 1) / (366 if date.is_leap_year else 365))


def _row_label(row: pd.Series[Any]) -> str:
    """Return what stands beside a count: its figure, and what it holds where that is not all."""
    kind = str(row["basis"]) or str(row["detail"])
    text = quote(row, unit=False)
    return f"{text},\n{kind}" if kind else text


def _removals_alt(found: pd.DataFrame) -> str:
    """Say every count, its window and its rate."""
    rows = [
        f"{quote(row, unit=False)} ({window(row['start'], row['end'])}"
        f"{', one end not printed' if row['taken'] else ''}): "
        f"{between(row['rate_low'] / 1e6, row['rate_high'] / 1e6)} million a year"
        for _, row in found.iterrows()
    ]
    return f"Windows as bars and the rates they imply as dots. {'; '.join(rows)}."


def removal_words(dataset: Dataset) -> dict[str, str]:
    """Return the counts of listings removed that prose quotes, and whether 2013 fits inside a longer window."""
    longer, year, more = (one(dataset, name) for name in (SAME_COUNT[1], *YEAR_2013[:2]))
    fits = (bool(year["low"] <= longer["high"]), bool(more["low"] <= longer["high"]))
    before, after = one(dataset, REMOVED_2015), one(dataset, REMOVED_2016)
    verdicts = {
        (
            True,
            False,
        ): "the first fits only because so round a figure may hide a smaller one, the second not at all",
        (True, True): "both fit, by their rounding",
        (False, False): "neither fits",
    }
    return {
        "removed_same": quote(longer, unit=False),
        "removed_longer": window(longer["window_start"], longer["window_end"]),
        "removed_2013": quote(year, unit=False),
        "removed_2013_more": quote(more, unit=False),
        "removed_verdict": verdicts.get(fits, "only the second fits"),
        "removed_2015": quote(before, unit=False),
        "removed_2016": quote(after, unit=False),
        "removed_ratio": between(after["low"] / before["high"], after["high"] / before["low"], 2),
        "removed_doubled": quote(one(dataset, DOUBLED)),
    }
