"""Platforms side by side: what each published of one thing, in a year's terms, and where nobody published it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import panels, told
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, table
from analysis.publish.touch import lead
from analysis.publish.words import between, number, quote
from analysis.readings.windows import decimal_year
from analysis.series.lookup import by_id

COLUMNS = ("what", "platform", "reading_id")
WHAT = {
    "suspects": "suspects caught",
    "value": "value of cases, yuan",
    "stores": "stores closed",
    "complaints": "complaints received",
    "removed": "listings removed",
    "refused": "listings refused",
    "accounts": "accounts penalised",
    "seized": "items seized",
    "members": "brands enrolled",
}
STOCK = "members"  # a state at a date, no count over a window
FIRST, LAST = 2014, 2025
PLATFORMS = ("Alibaba", "Tencent", "Amazon", "Douyin", "TikTok")  # with a colour of their own
COLOURS = {name: style.GROUPS[place] for place, name in enumerate(PLATFORMS)}
OTHERS = "others"
MARKERS = {"Etsy": "s", "Pinduoduo": "D", "eBay": "^", "Lazada": "v", "JD": "P", "Temu": "X"}
YEAR = 365.25
DAY = 1 / YEAR


@lru_cache(maxsize=8)
def side_by_side(dataset: Dataset) -> pd.DataFrame:
    """Return the readings that may be compared: what, platform, the print with its window, and a year's rate.

    Columns: what, platform, reading_id, printed (in words), begin, end (decimal years), year (the one that holds the
    middle of the window), whole (the window is that calendar year), value, low, high (a year; of brands, at a date).
    """
    asked = remarks("platforms-side", COLUMNS, key="reading_id")
    found = by_id(dataset, [row["reading_id"] for row in asked])
    return pd.DataFrame([_line(row, found[row["reading_id"]]) for row in asked])


def _line(asked: Mapping[str, str], reading: pd.Series[Any]) -> dict[str, object]:
    """Return one reading as a line."""
    end = decimal_year(reading["window_end"]) + DAY
    stock = asked["what"] == STOCK
    begin = end if stock else decimal_year(reading["window_start"])
    scale = 1.0 if stock else YEAR / float(reading["days"])
    if not stock and abs(scale - 1) < 0.01:
        scale = 1.0  # a calendar year is a year
    year = reading["window_end"].year if stock else int((begin + end) / 2)
    ends = {name: scale * float(reading[name]) for name in ("value", "low", "high")}
    return {
        **asked, "printed": quote(reading, unit=False), "begin": begin, "end": end, "year": year,
        "whole": scale == 1.0, **ends,
    }  # fmt: skip


def together(dataset: Dataset) -> pd.Series[int]:
    """Return how many platforms published a thing for a year, by what and year, most first."""
    counts = side_by_side(dataset).groupby(["what", "year"])["platform"].nunique()
    return counts.sort_values(ascending=False, kind="stable")


def side_chart(dataset: Dataset) -> Chart:
    """Draw each thing in a panel: every platform's prints as a rate a year over their windows (log axes)."""
    found = side_by_side(dataset)
    figure, every = panels(list(WHAT.values()), cols=3, height=1.75, letters=9)
    for axes, what in zip(every, WHAT, strict=True):
        axes.set_yscale("log")
        _marks(axes, found[found["what"] == what])
        axes.set_xlim(FIRST - 0.3, LAST + 1.6)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
        axes.yaxis.set_major_locator(LogLocator(numticks=5))
        style.short_axis(axes, "y")
        axes.yaxis.set_minor_formatter(NullFormatter())
        axes.tick_params(labelsize=style.SMALL)
    figure.legend(
        handles=_keys(found), loc="outside lower center", ncols=5, fontsize=style.SMALL, frameon=False
    )
    most = int(together(dataset).drop(STOCK, level="what").max())
    return Chart(
        name="platforms-side",
        figure=style.finish(figure),
        title=f"No more than {number(most)} platforms published the same count for the same year",
        alt=f"Nine panels of published figures by platform, 2014 to 2025, on log axes. {told(found, _says)}.",
        measure="Counts a year on log axes, each platform on itself",
        note="Bars: as long as the window, as tall as the hedge allows; counts a year. Each platform "
        "counts by its own rule.",
        source=source_line(dataset, found),
        frame=found,
    )


def _marks(axes: Any, rows: pd.DataFrame) -> None:
    """Draw one panel's prints."""
    for row in rows.to_dict("records"):
        colour = COLOURS.get(row["platform"], style.INK)
        middle = (row["begin"] + row["end"]) / 2
        axes.plot([row["begin"], row["end"]], [row["value"]] * 2, color=colour, lw=1.6, solid_capstyle="butt")
        axes.plot([middle] * 2, [max(row["low"], 1.0), row["high"]], color=colour, lw=4, alpha=0.35,
                  solid_capstyle="butt")  # fmt: skip
        (mark,) = axes.plot(middle, row["value"], MARKERS.get(row["platform"], "o"), color=colour, ms=4.2)
        lead(mark, [row])
    low, high = rows["low"].clip(lower=1).min(), rows["high"].max()
    axes.set_ylim(low / 2.5, high * 2.5)


def _keys(found: pd.DataFrame) -> list[Line2D]:
    """Return the key of platforms, those with a colour first."""
    met = list(dict.fromkeys(found["platform"]))
    ordered = [*(name for name in PLATFORMS if name in met), *(name for name in met if name not in PLATFORMS)]
    return [
        Line2D(
            [], [], ls="", marker=MARKERS.get(name, "o"), color=COLOURS.get(name, style.INK), ms=5, label=name
        )
        for name in ordered
    ]


def _says(row: Mapping[Any, Any]) -> str:
    """Say one print."""
    return f"{row['platform']}, {WHAT[row['what']]}, {row['year']}: {row['printed']}"


def side_table(dataset: Dataset) -> HtmlTable:
    """Return what each platform published by year, as a rate where the window is no calendar year."""
    found = side_by_side(dataset)
    rows: list[dict[str, object]] = []
    for (what, platform), lines in found.groupby(["what", "platform"], sort=False):
        row: dict[str, object] = {"Counted": WHAT[str(what)], "Platform": platform}
        for year in range(FIRST, LAST + 1):
            cells = [_cell(line) for line in lines[lines["year"] == year].to_dict("records")]
            row[f"{year}"] = ", ".join(cells)
        rows.append(row)
    return table(
        rows,
        caption="What platforms published, by the year of the window's middle; a star: the window is no whole "
        "year, and the count is scaled to one",
        right=[f"{year}" for year in range(FIRST, LAST + 1)],
        wide=True,
    )


def _cell(line: Mapping[Any, Any]) -> str:
    """Return one print for the table: short, with a star where it was scaled."""
    value = style.short(float(f"{line['value']:.3g}"))
    return value if line["whole"] else f"{value}*"


def side_words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the chapter's opening."""
    found = side_by_side(dataset)
    rows = found.set_index("reading_id")
    counts = together(dataset).drop(STOCK, level="what")
    alone = int((counts == 1).sum())
    refused, removed = (
        {name: float(rows[name][one]) for name in ("low", "high")}
        for one in ("p2-clitber-2025-tiktokshop-01", "p2-clitber-2025-tiktokshop-02")
    )
    suspects = found[found["what"] == "suspects"]
    last = {name: lines.iloc[-1] for name, lines in suspects.groupby("platform")}
    seized = found[found["what"] == "seized"]
    return {
        "side_readings": f"{len(found)} readings",
        "side_platforms": f"{found['platform'].nunique()} platforms",
        "side_cells": f"{len(counts)}",
        "side_alone": f"{alone}",
        "side_most": number(int(counts.max())),
        "side_ali": f"{last['Alibaba']['printed']} suspects in {last['Alibaba']['year']}",
        "side_tencent": f"{last['Tencent']['printed']} in {last['Tencent']['year']}",
        "side_refused": between(refused["low"] / removed["high"], refused["high"] / removed["low"], 2),
        "side_seized_first": f"{seized.iloc[0]['printed']} in {seized.iloc[0]['year']}",
        "side_seized_last": f"{seized.iloc[-1]['printed']} in {seized.iloc[-1]['year']}",
    }
