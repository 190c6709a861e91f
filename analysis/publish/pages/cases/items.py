"""Items against value: what one counted item would be worth, and the pairs that do not fit."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.marks import legend_above, log_axis
from analysis.publish.pages.cases.rows import KIND_COLOURS, KIND_WORDS, case_rows, ends, source_of
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import HEDGE_WORDS, between, number

ODD_FROM = 50_000  # yuan an item: at or above it a pair of prints is flagged
EQUAL = (1, 100, 10_000, 1_000_000)  # yuan an item, each a line
NO_REMARK = "Not looked into yet."
MARKERS = dict(zip(KIND_WORDS, "os^Dv", strict=True))


def per_item(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the cases that print items and value, with yuan an item: each, each_low and each_high."""
    both = frame[frame["items"].notna() & frame["value_cny"].notna() & (frame["items_low"] > 0)]
    return both.assign(
        each=both["value_cny"].astype(float) / both["items"].astype(float),
        each_low=both["value_cny_low"] / both["items_high"],
        each_high=both["value_cny_high"] / both["items_low"],
    )


def odd(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the flagged cases, most yuan an item first: those that print `ODD_FROM` or more."""
    both = per_item(frame)
    return both[both["each"] >= ODD_FROM].sort_values("each", ascending=False, kind="stable")


def items_chart(dataset: Dataset) -> Chart:
    """Draw items against value on log axes, with lines of equal yuan an item; the flagged are ringed."""
    frame = case_rows(dataset)
    both, flagged = per_item(frame), odd(frame)
    figure, axes = style.subplots(size=(style.WIDTH, 5.5))
    _lines(axes, both)
    for kind in KIND_WORDS:
        _marks(axes, kind, both[both["value_kind"] == kind])
    x, y = flagged["items"].astype(float), flagged["value_cny"].astype(float)
    axes.plot(x, y, "o", ms=11, mfc="none", mec=style.TEXT, mew=1.0)
    _name(axes, flagged, "sd-2020-0508-phones", "Shandong 5.08", (-5, 40))
    _name(axes, flagged, "gd-2020-hurricane183-watches", "Hurricane 183", (-55, 43))
    axes.set_xlabel("items, as counted")
    axes.set_ylabel("value in yuan, as printed")
    legend_above(figure, axes, cols=3)
    worst = flagged.iloc[:6]
    return Chart(
        name="cases-items",
        figure=style.finish(figure),
        title=f"In {len(flagged)} of {len(both)} cases an item would be worth {number(ODD_FROM)} yuan or more",
        alt=f"Scatter of {len(both)} cases, items against value on log axes; {len(flagged)} are ringed. Most yuan an "
        "item: " + ", ".join(f"{row['name']} {number(row['each'], 2)}" for _, row in worst.iterrows()) + ".",
        note="One mark a case that prints both; the shape says what the value is of, the bars are the intervals that "
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
    axes.plot(
        x, y, MARKERS[kind], ms=4.5, mfc=KIND_COLOURS[kind], mec=style.PAPER, mew=0.4, label=KIND_WORDS[kind]
    )


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
        caption=f"Cases that print {number(ODD_FROM)} yuan an item or more",
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
