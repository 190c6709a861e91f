"""What the publicised cases are said to be worth, each kind of value by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.pages.cases.rows import (
    KIND_WORDS,
    SMALL,
    case_rows,
    draw_intervals,
    median_of,
    source_of,
    with_number,
)
from analysis.publish.words import between, number

COLORS = dict(zip(KIND_WORDS, style.PALETTE, strict=False))
MEDIAN_FROM = 5  # fewer cases have no median worth drawing


def values_chart(dataset: Dataset) -> Chart:
    """Draw every printed value as an interval on a log axis of yuan, one panel for each kind of value."""
    frame = case_rows(dataset)
    counts = {
        kind: int(((frame["value_kind"] == kind) & frame["value_cny"].notna()).sum()) for kind in KIND_WORDS
    }
    ratios = [max(counts[kind], 30) for kind in KIND_WORDS]
    figure, panels = style.subplots(
        len(KIND_WORDS), 1, size=(5.8, 7.4), sharex=True, gridspec_kw={"height_ratios": ratios}
    )
    said = [_panel(axes, frame, kind) for axes, kind in zip(panels, KIND_WORDS, strict=True)]
    panels[-1].set_xlabel("yuan, as printed")
    style.short_axis(panels[-1], "x")
    valued = frame[frame["value_cny"].notna()]
    return Chart(
        name="cases-values",
        figure=style.finish(figure),
        title="Five kinds of value, none of which may be added to another",
        alt=f"Five panels of printed values in yuan on one log axis, cases in order of size. {' '.join(said)}",
        note="One dot a case, at the printed value in yuan; the bar is the interval that its hedge and rounding "
        "allow, a dotted bar an upper bound (up to). Hollow: known from mirror copies only. Upright: the median of the "
        "kind, where it has enough cases. Values are not deflated. "
        f"{len(frame) - len(valued)} cases print no value in yuan.",
        source=source_of(dataset, valued),
    )


def _panel(axes: Axes, frame: pd.DataFrame, kind: str) -> str:
    """Draw one kind of value and say it in words."""
    axes.set_xscale("log")
    axes.set_xlim(1e4, 1e10)
    rows = with_number(frame[frame["value_kind"] == kind], "value_cny")
    ranks = pd.Series(np.arange(len(rows)) + 0.5, index=rows.index)
    draw_intervals(axes, rows, "value_cny", ranks, COLORS[kind])
    words = f"{len(rows)} cases"
    told = f"{KIND_WORDS[kind].capitalize()}: {len(rows)} cases"
    if not rows.empty:
        told += f" from {number(rows['value_cny'].min())} to {number(rows['value_cny'].max())} yuan"
    if len(rows) >= MEDIAN_FROM:
        low, high = median_of(rows, "value_cny")
        axes.axvspan(low, high, color=style.GREY, alpha=0.6, lw=0, zorder=0)
        axes.axvline(float(rows["value_cny"].median()), color=style.GREY, lw=1.2, zorder=0)
        words += f"\nmedian\n{' to '.join(style.short(float(f'{end:.3g}')) for end in (low, high))}"
        told += f", median {between(low, high, 3)}"
    _beside(axes, KIND_WORDS[kind], words)
    margin = max(2.0, 0.04 * len(rows))
    axes.set_ylim(-margin, max(len(rows), 1) + margin)
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.xaxis.grid(visible=True)
    axes.minorticks_off()
    axes.spines["left"].set_visible(False)
    return f"{told}."


def _beside(axes: Axes, kind: str, words: str) -> None:
    """Write a panel's kind of value and what is told of it to the left of the panel."""
    label: dict[str, Any] = {
        "xycoords": "axes fraction",
        "textcoords": "offset points",
        "ha": "right",
        "va": "top",
    }
    axes.annotate(kind, (0, 1), (-8, 0), fontsize=9.5, weight="bold", **label)
    axes.annotate(words, (0, 1), (-8, -14), fontsize=SMALL + 0.5, **label)
