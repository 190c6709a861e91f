"""How large cases are, what they are valued at, and what one item would be worth."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.addresses import cases_address
from analysis.publish.chart import Chart
from analysis.publish.links import SOURCES_PAGE
from analysis.publish.marks import legend_above, log_axis
from analysis.publish.marks_grid import draw_spread
from analysis.publish.pages.cases.rows import KIND_COLOURS, KIND_WORDS, draw_intervals, ends, source_of
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, table
from analysis.publish.touch import lead, lead_panel
from analysis.publish.words import HEDGE_WORDS, between, capital, number
from analysis.series.single_cases import ODD_FROM, case_rows, median_of, odd, per_item, with_number

PANELS = (
    ("suspects", "suspects caught", style.GROUPS[0]),
    ("dens", "dens closed", style.GROUPS[2]),
    ("items", "items seized or sold, as counted", style.GROUPS[4]),
)
MEDIAN_FROM = 5  # fewer cases have no median worth drawing
LEAST_TALL = 30  # cases; a panel of fewer is as tall as one of so many


def ranks_of(frame: pd.DataFrame) -> pd.Series[float]:
    """Return, for rows in order of size, the percentage of them that are no bigger in rank."""
    return pd.Series(100 * (np.arange(len(frame)) + 0.5) / max(len(frame), 1), index=frame.index)


def sizes_chart(dataset: Dataset) -> Chart:
    """Draw the cases in order of size, three panels on log axes, each case with the interval of its hedge."""
    frame = case_rows(dataset)
    figure, panels = style.subplots(3, 1, size=(style.WIDTH, 7.2))
    said = [_size_panel(axes, frame, *panel) for axes, panel in zip(panels, PANELS, strict=True)]
    panels[0].legend(loc="upper left", fontsize=9)
    figure.supylabel("percent of the cases that state it", fontsize=10)
    low, high = median_of(frame, "suspects")
    return Chart(
        name="cases-sizes",
        figure=style.finish(figure),
        title=f"Half of the cases that tell it caught {between(low, high, 3)} suspects or fewer",
        alt=f"Three panels of cases in order of size, on log axes. {' '.join(said)}",
        measure="Suspects caught, dens closed and items of each publicised case, China",
        note="One dot a case, in order of size, at the published number. The bar is the interval that its hedge and "
        "rounding allow. Hollow: known from mirror copies only. Stepped line: the same order without those. Vertical "
        "line: the median. Items are counted as published (pieces, pairs, boxes, bottles, cigarettes), so the lowest "
        "panel orders unlike things.",
        source=source_of(dataset, frame),
    )


def _size_panel(axes: Axes, frame: pd.DataFrame, name: str, label: str, colour: str) -> str:
    """Draw one number's panel and say it in words."""
    log_axis(axes)
    axes.set_xlim(*ends(frame, name))
    rows = with_number(frame, name).astype({name: float})
    own = rows[~rows["mirror"]]
    draw_intervals(axes, rows, name, ranks_of(rows), colour)
    steps: dict[str, Any] = {
        "stat": "percent",
        "color": style.TEXT,
        "lw": 1.0,
        "label": "without mirror copies",
    }
    draw_spread(axes, own, x=name, kind="ecdf", **steps)
    lead_panel(axes, cases_address("order", "suspects down" if name == "suspects" else "value down"))
    low, high = _median(axes, rows, name, style.GROUPS[1])
    axes.set(xlabel=label, ylabel="", yticks=range(0, 101, 25))
    axes.set_ylim(bottom=0)
    axes.xaxis.grid(visible=True)
    axes.minorticks_off()
    text = f"median {between(low, high, 3)}\n{len(rows)} cases state it,\n{len(frame) - len(rows)} do not"
    axes.text(0.98, 0.06, text, transform=axes.transAxes, ha="right", va="bottom", fontsize=9)
    return (
        f"{capital(label)}: {len(rows)} cases from {rows[name].min():,.0f} to {rows[name].max():,.0f}, median "
        f"{between(low, high, 3)}, without mirror copies {between(*median_of(own, name), 3)}."
    )


def _median(axes: Axes, rows: pd.DataFrame, name: str, colour: str) -> tuple[float, float]:
    """Draw the median of the prints in the span that hedges allow it, and return that span."""
    low, high = median_of(rows, name)
    axes.axvspan(low, high, color=colour, alpha=0.5, lw=0, zorder=0)
    axes.axvline(float(rows[name].median()), color=colour, lw=1.3, ls="--", zorder=0)
    return low, high


def values_chart(dataset: Dataset) -> Chart:
    """Draw every printed value as an interval on a log axis of yuan, one panel for each kind of value."""
    frame = case_rows(dataset)
    valued = frame[frame["value_cny"].notna()]
    counts = valued["value_kind"].value_counts()
    ratios = [max(int(counts.get(kind, 0)), LEAST_TALL) for kind in KIND_WORDS]
    figure, panels = style.subplots(
        len(KIND_WORDS), 1, size=(style.WIDTH, 7.4), sharex=True, gridspec_kw={"height_ratios": ratios}
    )
    log_axis(panels[0])
    panels[0].set_xlim(*ends(valued, "value_cny"))
    said = [_value_panel(axes, valued, kind) for axes, kind in zip(panels, KIND_WORDS, strict=True)]
    panels[-1].set_xlabel("yuan, as published")
    return Chart(
        name="cases-values",
        figure=style.finish(figure),
        title="Five kinds of value, none of which may be added to another",
        alt=f"Five panels of published values in yuan on one log axis, cases in order of size. {' '.join(said)}",
        measure="Value of each publicised case, yuan, by what the value is of, China",
        note="One dot a case, at the published value in yuan. The bar is the interval that its hedge and rounding "
        "allow, a dotted bar an upper bound (up to). Hollow: known from mirror copies only. Vertical line: the median "
        "of the kind, where it has enough cases. Values are not deflated. "
        f"{len(frame) - len(valued)} cases state no value in yuan.",
        source=source_of(dataset, valued),
    )


def _value_panel(axes: Axes, valued: pd.DataFrame, kind: str) -> str:
    """Draw one kind of value and say it in words."""
    rows = with_number(valued[valued["value_kind"] == kind], "value_cny")
    ranks = pd.Series(np.arange(len(rows)) + 0.5, index=rows.index)
    draw_intervals(axes, rows, "value_cny", ranks, KIND_COLOURS[kind])
    words = f"{len(rows)} cases"
    told = f"{capital(KIND_WORDS[kind])}: {words}"
    if not rows.empty:
        told += f" from {number(rows['value_cny'].min())} to {number(rows['value_cny'].max())} yuan"
    if len(rows) >= MEDIAN_FROM:
        low, high = _median(axes, rows, "value_cny", style.RULE)
        words += f"\nmedian\n{' to '.join(style.short(float(f'{end:.3g}')) for end in (low, high))}"
        told += f", median {between(low, high, 3)}"
    label: dict[str, Any] = {
        "xycoords": "axes fraction",
        "textcoords": "offset points",
        "ha": "right",
        "va": "top",
    }
    axes.annotate(KIND_WORDS[kind], (0, 1), (-8, 0), fontsize=9.5, weight="bold", **label)
    axes.annotate(words, (0, 1), (-8, -14), fontsize=9, **label)
    margin = max(2.0, 0.04 * len(rows))
    axes.set_ylim(-margin, max(len(rows), 1) + margin)
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.xaxis.grid(visible=True)
    axes.minorticks_off()
    axes.spines["left"].set_visible(False)
    return f"{told}."


EQUAL = (1, 100, 10_000, 1_000_000)  # yuan an item, each a line
NO_REMARK = "Not looked into yet."
MARKERS = dict(zip(KIND_WORDS, "os^Dv", strict=True))


def items_chart(dataset: Dataset) -> Chart:
    """Draw items against value on log axes, with lines of equal yuan an item; the flagged are ringed."""
    frame = case_rows(dataset)
    both, flagged = per_item(frame), odd(frame)
    figure, axes = style.subplots(size=(style.WIDTH, 5.5))
    _lines(axes, both)
    for kind in KIND_WORDS:
        _marks(axes, kind, both[both["value_kind"] == kind])
    x, y = flagged["items"].astype(float), flagged["value_cny"].astype(float)
    (rings,) = axes.plot(x, y, "o", ms=11, mfc="none", mec=style.TEXT, mew=1.0)
    lead(rings, _pages(flagged))
    _name(axes, flagged, "sd-2020-0508-phones", "Shandong 5.08", (-5, 40))
    _name(axes, flagged, "gd-2020-hurricane183-watches", "Hurricane 183", (-55, 43))
    axes.set_xlabel("items, as counted")
    axes.set_ylabel("value in yuan, as published")
    legend_above(figure, axes, cols=3)
    worst = flagged.iloc[:6]
    return Chart(
        name="cases-items",
        figure=style.finish(figure),
        title=f"In {len(flagged)} of {len(both)} cases an item would be worth {number(ODD_FROM)} yuan or more",
        alt=f"Scatter of {len(both)} cases, items against value on log axes; {len(flagged)} are ringed. Most yuan an "
        "item: " + ", ".join(f"{row['name']} {number(row['each'], 2)}" for _, row in worst.iterrows()) + ".",
        measure="Value in yuan against items, of each publicised case that states both, China",
        note="One mark a case that states both. The shape says what the value is of, the bars are the intervals that "
        "hedges and rounding allow, dotted for an upper bound (up to). Grey diagonals: equal yuan an item. Ringed: "
        f"{number(ODD_FROM)} yuan an item or more. Items and value need not speak of the same goods, so a mark is a "
        "check, not a price.",
        source=source_of(dataset, both),
    )


def _lines(axes: Axes, both: pd.DataFrame) -> None:
    """Set the log axes and draw the lines of equal value an item, each named where it enters the frame."""
    for axis in ("x", "y"):
        log_axis(axes, axis)
    (left, right), (bottom, top) = ends(both, "items"), ends(both, "value_cny")
    axes.set(xlim=(left, right), ylim=(bottom, top))
    axes.set_aspect("equal")  # so that a line of equal worth rises at 45 degrees
    axes.minorticks_off()
    axes.xaxis.grid(visible=True)
    for each in EQUAL:
        axes.axline((1, each), (10, 10 * each), color=style.REST, lw=0.9, ls="--", zorder=0)
        x = max(left, bottom / each)
        axes.annotate(
            f"{number(each)} yuan each", (x, x * each), (2, 6), textcoords="offset points", ha="left", va="bottom",
            rotation=45, rotation_mode="anchor", fontsize=style.SMALL, color=style.RULE, zorder=0,
        )  # fmt: skip


def _marks(axes: Axes, kind: str, rows: pd.DataFrame) -> None:
    """Draw the cases of one kind of value with the bars of their intervals."""
    x, y = rows["items"].astype(float), rows["value_cny"].astype(float)
    low, high = rows["value_cny_low"], rows["value_cny_high"]
    closed = low > 0
    axes.vlines(x[closed], low[closed], high[closed], color=KIND_COLOURS[kind], lw=1, alpha=0.5)
    axes.vlines(x[~closed], axes.get_ylim()[0], high[~closed], color=KIND_COLOURS[kind], lw=0.9, ls=":")
    axes.hlines(y, rows["items_low"], rows["items_high"], color=KIND_COLOURS[kind], lw=1, alpha=0.5)
    (dots,) = axes.plot(
        x, y, MARKERS[kind], ms=4.5, mfc=KIND_COLOURS[kind], mec=style.PAPER, mew=0.4, label=KIND_WORDS[kind]
    )
    lead(dots, _pages(rows))


def _pages(rows: pd.DataFrame) -> list[dict[str, str]]:
    """Return where cases lead: to their sources."""
    return [{"address": f"{SOURCES_PAGE}{name}"} for name in rows["source_id"]]


def _name(axes: Axes, flagged: pd.DataFrame, case: str, text: str, place: tuple[float, float]) -> None:
    """Name a flagged case, `place` points from its mark, with a thin line to it. InputError if not flagged."""
    rows = flagged[flagged["case_id"] == case]
    if rows.empty:
        raise InputError(f"Case {case!r} is not among the flagged; take its name off the figure.")
    at = (float(rows["items"].iloc[0]), float(rows["value_cny"].iloc[0]))
    line = {"arrowstyle": "-", "color": style.TEXT, "lw": 0.7, "shrinkA": 0, "shrinkB": 5}
    axes.annotate(text, at, place, ha="right", weight="bold", fontsize=9, arrowprops=line, **style.BESIDE)


def odd_table(dataset: Dataset) -> HtmlTable:
    """Return the flagged cases: items, value and its kind as printed, yuan an item, and what may explain it."""
    said = {
        row["case_id"]: row["remark"] for row in remarks("cases_items", ("case_id", "remark"), key="case_id")
    }
    return table(
        [
            _row(row, said.get(str(row["case_id"]), NO_REMARK))
            for _, row in odd(case_rows(dataset)).iterrows()
        ],
        caption=f"Cases that imply {number(ODD_FROM)} yuan an item or more",
        right=("Yuan an item",),
        wide=True,
    )


def _row(row: pd.Series[Any], remark: str) -> dict[str, object]:
    """Return one flagged case as a row of the table."""
    low, high = float(row["each_low"]), float(row["each_high"])
    return {
        "Case": f"{row['name']} ({row['year']})",
        "Items": f"{HEDGE_WORDS[str(row['items_hedge'])]}{number(float(row['items']))}",
        "Value, yuan": f"{HEDGE_WORDS[str(row['value_hedge'])]}{number(float(row['value_cny']))} "
        f"({KIND_WORDS[str(row['value_kind'])]})",
        "Yuan an item": between(low, high, 2),
        "Our reading": remark,
    }
