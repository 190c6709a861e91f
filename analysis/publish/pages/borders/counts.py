"""What each border counts, what it says it is worth, and from where it says it came."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import (
    Drawn,
    break_notes,
    draw_intervals,
    draw_series,
    lines_of,
    readings_of_all,
    years_of,
)
from analysis.publish.marks import at_ends, log_axis, make_room, told
from analysis.publish.marks_time import years_axis
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, table
from analysis.publish.touch import lead
from analysis.publish.words import HEDGE_WORDS, between, listed, number
from analysis.series import printed_years
from analysis.series.ratios import ratio

MARKS_NOTE = (
    "Dots: published figures; bars: what their hedge or rounding allows; hollow: a rival figure. "
    "Lines join consecutive years counted alike. "
    f"{BAND_NOTE}"
)
US, EU, JAPAN = style.GROUPS[:3]
RETAIL, DOMESTIC = "us-msrp", "us-value-domestic"


def totals_chart(dataset: Dataset) -> Chart:
    """Draw consignments and items at the US, EU and Japanese borders."""
    figure, grid = style.subplots(3, 2, size=(style.WIDTH, 6.4), sharex=True)
    drawn = _panels(grid.flat, dataset, "borders-totals")
    years_axis(grid[0, 0], years_of(drawn), every=8)
    return Chart(
        name="borders-totals",
        figure=style.finish(figure),
        title="Consignments and the pieces in them follow different paths at all three borders",
        alt=f"Six panels, consignments left, items right. {'. '.join(one.alt for one in drawn)}.",
        measure="Consignments and items stopped a year, US, EU and Japan",
        note="US fiscal years run from October to September and are named after the year in which they end. "
        f"Scales differ between panels. {MARKS_NOTE} {break_notes(drawn)}",
        source=source_line(dataset, readings_of_all(drawn)),
    )


def values_chart(dataset: Dataset) -> Chart:
    """Draw the value of what was stopped, by border and basis, and the ratio of the two US bases."""
    figure, grid = style.subplots(2, 2, size=(style.WIDTH, 5.0))
    axes = grid[0, 0]
    drawn = [
        draw_series(axes, dataset, RETAIL, color=US, scale=1e6, label="retail price"),
        draw_series(
            axes, dataset, DOMESTIC, color=style.GROUPS[4], marker="s", scale=1e6, label="domestic value"
        ),
    ]
    log_axis(axes, "y")
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 3)))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.set_title("US (million dollars)", fontsize=9.5)
    axes.legend(loc="upper left", fontsize=9, handlelength=1.2, frameon=True, framealpha=1, edgecolor="none")
    drawn += _panels(grid[1], dataset, "borders-values")
    for axes in (grid[0, 0], *grid[1]):
        years_axis(axes, years_of(drawn), every=10)
    rows = ratio(dataset, RETAIL, DOMESTIC)
    draw_intervals(grid[0, 1], rows, width=8)
    grid[0, 1].margins(y=0.5)
    grid[0, 1].set_ylim(bottom=0)
    grid[0, 1].set_title("US: retail / domestic", fontsize=9.5)
    years_axis(grid[0, 1], rows["year"], fiscal=True, every=1)
    return Chart(
        name="borders-values",
        figure=style.finish(figure),
        title="One year's US seizures have two values, "
        f"{between(float(rows['low'].min()), float(rows['high'].max()), 2)} times apart, and no fixed rate joins them",
        alt=f"Four panels. {'. '.join(one.alt for one in drawn)}. Retail price over domestic value: "
        f"{ratio_words(dataset)}.",
        measure="Value of the goods stopped a year, dollars, euros and yen",
        note="US values on a logarithmic scale: retail price of the genuine article (circles), and domestic "
        "value, which is landed cost and profit (squares). EU and Japan: price of the genuine article. "
        f"Currencies and bases differ, so levels are not compared. {MARKS_NOTE} {break_notes(drawn)}",
        source=source_line(dataset, readings_of_all(drawn)),
    )


def ratio_words(dataset: Dataset) -> str:
    """Say the ratio of retail price to domestic value in each fiscal year that prints both, with its interval."""
    rows = ratio(dataset, RETAIL, DOMESTIC).to_dict("records")
    return listed([f"{between(row['low'], row['high'])} in FY {row['year']}" for row in rows])


def _panels(grid: Iterable[Axes], dataset: Dataset, figure: str) -> list[Drawn]:
    """Draw the one series of each of a figure's panels, its unit in the title and zero on the axis."""
    drawn = []
    for axes, (title, (line,)) in zip(grid, lines_of(figure).items(), strict=True):
        drawn.append(draw_series(axes, dataset, line.series_id, color=line.colour, scale=line.scale))
        axes.set_title(title, fontsize=9.5)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_locator(MaxNLocator(4))
    return drawn


# The panels' titles, and in each the series with name, colour and marker.
EDITIONS = {"oecd-world-trade": ("billion dollars", 1e9), "oecd-world-share": ("percent of world trade", 1.0)}


def shipped_chart(dataset: Dataset) -> Chart:
    """Draw China's share at the EU and Japanese borders, and Japan's cases by shipping economy."""
    figure, panels = style.subplots(3, 1, size=(style.WIDTH, 7.6), sharex=True, height_ratios=(1, 1, 1.5))
    shown = lines_of("borders-shipped")
    groups = [
        [draw_series(axes, dataset, one.series_id, color=one.colour, marker=one.marker) for one in lines]
        for axes, lines in zip(panels, shown.values(), strict=True)
    ]
    drawn = [one for group in groups for one in group]
    years = years_of(drawn)
    years_axis(panels[-1], years, every=5)
    log_axis(panels[-1], "y")
    for axes, title, group in zip(panels, shown, groups, strict=True):
        axes.set_title(title, fontsize=10)
        if axes is not panels[-1]:
            axes.set_ylim(bottom=0)
        ends = pd.DataFrame(  # right of all marks, at the height of each one's last
            {
                "x": max(years),
                "y": one.series.table["value"].iloc[-1],
                "label": line.name,
                "colour": line.colour,
            }
            for line, one in zip(shown[title], group, strict=True)
        )
        at_ends(axes, ends, letters=9.5)
        make_room(axes)
    return Chart(
        name="borders-shipped",
        figure=style.finish(figure),
        title="China's share swings in the EU; in Japan it has come first since 2007, and others come and go",
        alt=f"Three panels. {'. '.join(one.alt for one in drawn)}.",
        measure="Percent of a year's articles or cases, by shipping economy, EU and Japan",
        note="Provenance and shipping economy are not origin. The last panel is on a logarithmic scale; years "
        "in which nobody published an economy are missing, not zero. The tall bar in 2004 is a share published as "
        f"a ceiling. {MARKS_NOTE} {break_notes(drawn)}",
        source=source_line(dataset, readings_of_all(drawn)),
    )


def meanings_table(dataset: Dataset) -> HtmlTable:
    """Return what each border's statement of a place means, with how many readings carry it."""
    frame = dataset.readings[dataset.readings["origin"].astype(str) != ""]
    counts = frame.astype({"reporter": str, "origin_basis": str}).value_counts(["reporter", "origin_basis"])
    rows = [
        {
            "Who counts": one["name"],
            "The place named is": one["meaning"],
            "It does not say": one["silent"],
            "Readings": number(int(counts.get((one["reporter"], one["basis"]), 0))),
        }
        for one in remarks("place-meanings", ("reporter", "name", "basis", "meaning", "silent"))
    ]
    return table(rows, caption="What 'from China' means, by who counts", right=("Readings",), wide=True)


def ceiling_chart(dataset: Dataset) -> Chart:
    """Draw the OECD estimates by edition, unjoined, each with its printed hedge."""
    figure, panels = style.subplots(1, 2, size=(style.WIDTH, 3.7), width_ratios=(1.25, 1))
    frames = {series_id: editions(dataset, series_id) for series_id in EDITIONS}
    for axes, (series_id, frame) in zip(panels, frames.items(), strict=True):
        _columns(axes, frame)
        axes.set_title(EDITIONS[series_id][0], fontsize=10)
    says = "data of {year} {told} {value:g}"
    world, share = (told(frame, says) for frame in frames.values())
    return Chart(
        name="borders-oecd",
        figure=style.finish(figure),
        title="The OECD's estimates are ceilings of separate editions, not points of a trend",
        alt=f"World trade in fakes, billion dollars: {world}. Percent of world trade: {share}.",
        measure="World trade in fakes, billion dollars and percent of world trade, by year of the data",
        note="One column an edition, with the hedge as published; nothing joins them, since each edition scales "
        "its own seizure files. A flat top line is a ceiling, an upward arrow a floor, a dot a figure published "
        "as a level, though the method makes it a ceiling too. For 2005 one text has a floor and another a "
        "ceiling. Goods made and sold at home are left out.",
        source=source_line(dataset, pd.concat([printed_years(dataset, name).readings for name in EDITIONS])),
        frame=pd.concat(frames.values()),
    )


def editions(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return one row an edition: year, reading_id, value (in the panel's unit), hedges, told.

    The picked print's hedge comes first; `told` are the hedges in words, `printed as` for a level.
    """
    series, scale = printed_years(dataset, series_id), EDITIONS[series_id][1]
    ranked = series.readings.sort_values("picked", ascending=False)
    hedges = {year: list(dict.fromkeys(rows["hedge"].astype(str))) for year, rows in ranked.groupby("year")}
    found = series.table[["year", "reading_id"]].assign(value=series.table["value"] / scale)
    found["hedges"] = found["year"].map(hedges)
    found["told"] = found["hedges"].map(
        lambda some: " or ".join(HEDGE_WORDS[one].strip() or "published as" for one in some)
    )
    return found


def _columns(axes: Axes, frame: pd.DataFrame) -> None:
    """Draw one column an edition, evenly spaced: shaded under a ceiling, an arrow over a floor, a dot for a level."""
    for place, row in enumerate(frame.to_dict("records")):
        value, hedges = row["value"], row["hedges"]
        ceiling, floor = "up_to" in hedges, "at_least" in hedges
        (bar,) = axes.bar(
            place, value, width=0.62, color=style.PRINT, alpha=0.18 if ceiling else 0.07, linewidth=0
        )
        lead(bar, [row])
        if ceiling:
            axes.plot([place - 0.31, place + 0.31], [value, value], color=style.PRINT, lw=2.2)
        elif not floor:
            (dot,) = axes.plot(place, value, "o", color=style.PRINT)
            lead(dot, [row])
        if floor:
            arrow: dict[str, Any] = {"arrowstyle": "<-", "color": style.DOUBTED, "lw": 1.8}
            axes.annotate("", (place, value), (0, 20), textcoords="offset points", arrowprops=arrow)
        words = "\nor ".join(HEDGE_WORDS[one].strip() for one in hedges if HEDGE_WORDS[one])
        axes.annotate(
            f"{words}\n{value:g}".strip(), (place, value), (0, 26 if floor else 6), ha="center", fontsize=9,
            textcoords="offset points", linespacing=1.1,
        )  # fmt: skip
    axes.set_xticks(range(len(frame)), [str(year) for year in frame["year"]])
    axes.set_xlabel("year of the data")
    axes.set_ylim(bottom=0)
    make_room(axes, "y")
