"""Kunlun 2020: the ministry's counts side by side, each over its window and as a daily rate."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.pages.police.scales import DAY, SMALL, compact, decimal, spoken
from analysis.publish.words import listed, quote, window
from analysis.series.lookup import daily, with_days

# What each count is of (subject and channel), in the order drawn; the wide count is another scope and stands apart.
SCOPES = {
    "IPR and fake goods": ("ipr_and_counterfeit", "all"),
    "Fakes sold online": ("counterfeit_goods", "online"),
    "With food, drugs and environment": ("food_drug_environment_ipr", "all"),
}
COLOURS = dict(zip(SCOPES, (style.BLUE, style.ORANGE, "#666666"), strict=True))
SAME = ["scope", "value", "hedge", "window_start", "window_end"]


def windows_readings(dataset: Dataset) -> pd.DataFrame:
    """Return the ministry's counts of solved cases of 2020, those without a complete window included.

    One row a scope, value and window, with `scope`, `low`, `high`, `days` and `ids` (the readings that print
    it). Raises InputError where the data hold none.
    """
    frame = dataset.readings
    words = {"|".join(key): scope for scope, key in SCOPES.items()}
    scope = (frame["subject"].astype(str) + "|" + frame["channel"].astype(str)).map(words)
    of_2020 = (frame["window_start"].dt.year == 2020) | (
        frame["window_start"].isna() & (frame["programme"] == "kunlun-2020")
    )
    found = frame[
        (frame["reporter"] == "MPS") & (frame["jurisdiction"] == "CN") & (frame["stage"] == "solved")
        & (frame["unit"] == "case") & (frame["kind"] == "flow") & scope.notna() & of_2020
    ].assign(scope=scope)  # fmt: skip
    if found.empty:
        raise InputError(
            "readings.csv has no solved cases of 2020 by MPS; the Kunlun 2020 figure needs them."
        )
    found = with_days(found).assign(hedge=found["hedge"].astype(str))
    rows = found.groupby(SAME, dropna=False, sort=False).first().reset_index()
    ids = found.groupby(SAME, dropna=False, sort=False)["reading_id"].agg(list).tolist()
    return rows.assign(ids=pd.Series(ids, dtype=object)).sort_values(
        ["window_start", "window_end", "value"], ignore_index=True
    )


def kunlun_chart(dataset: Dataset) -> Chart:
    """Draw each count of 2020 as a bar over its window, and beside it the cases a day it implies (log axis)."""
    found = windows_readings(dataset)
    whole = daily(found[found["days"].notna()])
    undated = found[found["days"].isna()]
    figure, (left, right) = style.subplots(
        1, 2, size=(5.8, 4.9), sharey=True, gridspec_kw={"width_ratios": [1.75, 1]}
    )
    labels: list[tuple[float, str]] = []
    at = 0.0
    for scope, colour in COLOURS.items():
        left.text(2020, at, scope, color=colour, weight="bold", fontsize=9.5, va="center")
        for _, row in whole[whole["scope"] == scope].iterrows():
            at += 1
            _draw_row(left, right, row, at, colour)
            labels.append((at, quote(row, unit=False)))
        at += 1.15
    _finish(left, right, labels, at)
    lines = "; ".join(f"{scope}: {_rows_in_words(whole[whole['scope'] == scope])}" for scope in SCOPES)
    left_out = listed([_undated_in_words(row) for _, row in undated.iterrows()])
    return Chart(
        "police-kunlun-2020",
        style.finish(figure),
        "The same count over two windows is two rates: Kunlun 2020, reading by reading",
        f"Bars over the calendar from January 2020 to April 2021, each with the cases a day it implies. {lines}.",
        "Left: the window of each count of solved cases, as printed. Right: cases a day if spread evenly over "
        "the window, a log axis; beside each dot the interval that the hedge allows. A month without a day is taken "
        f"from its first day. Not drawn, since an end of the window is missing: {left_out}.",
        source_line(dataset, [name for ids in found["ids"] for name in ids]),
    )


def _draw_row(left: Axes, right: Axes, row: pd.Series[Any], at: float, colour: str) -> None:
    """Draw one reading: its window, and the interval of its daily rate with the numbers beside it."""
    start, end = decimal(row["window_start"]), decimal(row["window_end"] + DAY)
    left.barh(at, end - start, left=start, height=0.5, color=colour)
    low, high = row["rate_low"], row["rate_high"]
    right.plot([low, high], [at, at], color=colour, lw=5, solid_capstyle="butt")
    right.plot([(low * high) ** 0.5], [at], "o", color=colour, ms=5)
    right.annotate(
        compact(low, high), (high, at), (6, 0), textcoords="offset points", va="center", fontsize=SMALL
    )


def _finish(left: Axes, right: Axes, labels: list[tuple[float, str]], bottom: float) -> None:
    """Set the axes: the calendar on the left, cases a day on the right."""
    left.set_yticks([at for at, _ in labels], [text for _, text in labels], fontsize=9)
    left.set_ylim(bottom - 0.5, -0.7)
    left.set_xlim(2019.96, 2021.34)
    left.set_xticks([2020, 2020.5, 2021], ["Jan 2020", "Jul 2020", "Jan 2021"])
    left.set_xticks([2020.25, 2020.75, 2021.25], minor=True)
    right.set_xscale("log")
    right.set_xlim(3, 2_000)
    right.set_xticks([10, 100], ["10", "100"])
    right.minorticks_off()
    right.tick_params(axis="y", left=False, labelleft=False)
    left.set_xlabel("window")
    right.set_xlabel("cases a day")
    for axes in (left, right):
        axes.grid(axis="y", visible=False)
        axes.grid(axis="x", visible=True)


def _rows_in_words(rows: pd.DataFrame) -> str:
    """List readings with their windows and daily rates."""
    return ", ".join(
        f"{quote(row, unit=False)} over {window(row['window_start'], row['window_end'])}, "
        f"{spoken(row['rate_low'], row['rate_high'])} a day"
        for _, row in rows.iterrows()
    )


def _undated_in_words(row: pd.Series[Any]) -> str:
    """Write a reading without a complete window: its count and what its text says of the window."""
    return f"{quote(row)} ({window(row['window_start'], row['window_end'])})"
