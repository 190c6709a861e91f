"""Items against value: what one counted item would be worth, and the pairs that do not fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.pages.cases.rows import KIND_WORDS, SMALL, case_rows, source_of
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import HEDGE_WORDS, between, number

ODD_FROM = 50_000  # yuan an item: at or above it a pair of prints is flagged
MARKERS = dict(zip(KIND_WORDS, "os^Dv", strict=True))
COLORS = dict(zip(KIND_WORDS, style.PALETTE, strict=False))
# Our reading of the flagged pairs, from the notes of each row.
REMARKS = {
    "cn-2011-liquor-184": "The ministry's estimate if all had been sold as genuine; labels and boxes were seized too.",
    "fj-2017-putian-websites": "The value comes from sales records, the items from one seizure.",
    "fj-2024-fuqing-livestream-luxury": "Value involved in the whole case; the bags counted may be a part.",
    "gd-2012-73-bags": "The texts speak of far more bags sold than are counted here.",
    "gd-2014-guangzhou-lv-billion": "Materials for many more bags were seized; the year is not printed.",
    "gd-2020-hurricane183-watches": "Odd for fakes, possible for genuine watches; the basis is not said.",
    "hb-2019-suixian-liquor": "Packaging and security chips were seized too.",
    "hl-2020-machinery": "Plausible: the items are loaders and forklifts.",
    "js-2015-kunshan-injections": "The items are bottles at one of four sellers.",
    "jx-2020-jewellery": "The data hold no explanation.",
    "sd-2020-0508-phones": "No phone costs that much; the sum is more likely that of the whole case.",
    "sh-2018-qingpu-websites": "Sales of many websites; the items may be only what was found.",
    "sh-2019-dubai-luxury": "Priced as genuine, over seizures in two countries.",
    "sh-2021-fengxian-jewelry": "An upper bound, printed as high as.",
    "sh-2023-minhang-novels": "The value is income from adverts in reading apps; the items are novels.",
    "zj-2017-taizhou-cosmetics": "The items are boxes, the value is a street value; the month is from another text.",
}


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
    figure, axes = style.subplots(size=(5.8, 5.8))
    _lines(axes)
    for kind in KIND_WORDS:
        _marks(axes, kind, both[both["value_kind"] == kind])
    axes.plot(flagged["items"].astype(float), flagged["value_cny"].astype(float), "o", ms=11, mfc="none",
              mec="#111111", mew=1.0)  # fmt: skip
    _name(axes, flagged, "sd-2020-0508-phones", "Shandong 5.08", (13, 1.2e9))
    _name(axes, flagged, "gd-2020-hurricane183-watches", "Hurricane 183", (13, 4.5e9))
    axes.set_xlabel("items, as counted")
    axes.set_ylabel("value in yuan, as printed")
    for axis in ("x", "y"):
        style.short_axis(axes, axis)
    axes.legend(
        loc="lower right", fontsize=SMALL, handletextpad=0.2, borderaxespad=0.2, ncols=2, columnspacing=0.8
    )
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


def _lines(axes: Axes) -> None:
    """Set the log axes and draw the lines of equal value an item."""
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(10, 3e8)
    axes.set_ylim(1e4, 2e11)
    axes.set_aspect("equal")  # so that a line of equal worth rises at 45 degrees
    axes.minorticks_off()
    axes.xaxis.grid(visible=True)
    for each, x in ((1, 1.3e5), (100, 8e6), (10_000, 8e5), (1_000_000, 4e3)):
        ends = np.array([10.0, 3e8])
        axes.plot(ends, ends * each, color="#b5b5b5", lw=0.9, ls="--", zorder=0)
        words: dict[str, Any] = {
            "fontsize": SMALL,
            "color": "#666666",
            "rotation": 45,
            "rotation_mode": "anchor",
        }
        axes.text(x, x * each * 1.12, f"{number(each)} yuan each", va="bottom", ha="left", zorder=0, **words)


def _marks(axes: Axes, kind: str, rows: pd.DataFrame) -> None:
    """Draw the cases of one kind of value with the bars of their intervals."""
    x, y = rows["items"].astype(float), rows["value_cny"].astype(float)
    low, high = rows["value_cny_low"], rows["value_cny_high"]
    closed = low > 0
    axes.vlines(x[closed], low[closed], high[closed], color=COLORS[kind], lw=1, alpha=0.5)
    axes.vlines(x[~closed], axes.get_ylim()[0], high[~closed], color=COLORS[kind], lw=0.9, ls=":")
    axes.hlines(y, rows["items_low"], rows["items_high"], color=COLORS[kind], lw=1, alpha=0.5)
    axes.plot(x, y, MARKERS[kind], ms=4.5, mfc=COLORS[kind], mec="white", mew=0.4, label=KIND_WORDS[kind])


def _name(axes: Axes, flagged: pd.DataFrame, case: str, text: str, place: tuple[float, float]) -> None:
    """Name a flagged case, with a thin line to its mark. Raises InputError where it is not flagged."""
    rows = flagged[flagged["case_id"] == case]
    if rows.empty:
        raise InputError(f"Case {case!r} is not among the flagged; take its name off the figure.")
    at = (float(rows["items"].iloc[0]), float(rows["value_cny"].iloc[0]))
    line = {"arrowstyle": "-", "color": "#444444", "lw": 0.7, "shrinkA": 0, "shrinkB": 5}
    axes.annotate(text, at, place, fontsize=9, ha="left", va="center", weight="bold", arrowprops=line)


def odd_table(dataset: Dataset) -> HtmlTable:
    """Return the flagged cases: items, value and its kind as printed, yuan an item, and what may explain it."""
    return table(
        [_row(row) for _, row in odd(case_rows(dataset)).iterrows()],
        caption=f"Cases that print {number(ODD_FROM)} yuan an item or more",
        right=("Yuan an item",),
        wide=True,
    )


def _row(row: pd.Series[Any]) -> dict[str, object]:
    """Return one flagged case as a row of the table."""
    low, high = float(row["each_low"]), float(row["each_high"])
    return {
        "Case": f"{row['name']} ({row['year']})",
        "Items": f"{HEDGE_WORDS[str(row['items_hedge'])]}{number(float(row['items']))}",
        "Value, yuan": f"{HEDGE_WORDS[str(row['value_hedge'])]}{number(float(row['value_cny']))} "
        f"({KIND_WORDS[str(row['value_kind'])]})",
        "Yuan an item": between(low, high, 2),
        "Our reading": REMARKS.get(str(row["case_id"]), "Not looked into yet."),
    }
