"""Where the finer figure lies: in steps beyond the coarse print, and in percent of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.pages.more_than.found import HEDGE_NAMES, chosen_pairs, keyed, pairs_source, plain
from analysis.series import calibration

# Dots nearer than this (in units of the axis) are stacked; pairs beyond EDGE steps stand at the edge.
BIN, LIFT, EDGE = 0.045, 0.115, 1.12
# What each hedge leaves open under the default model, in steps; for nearly and about at most.
OPEN = {"more_than": (0.0, 1.0), "nearly": (-1.0, 0.0), "about": (-1.0, 1.0), "exact": (-0.5, 0.5)}
DIGIT_NAMES = {1: "one digit", 2: "two digits", 3: "three or more"}


def stacked(places: np.ndarray, width: float = BIN) -> np.ndarray:
    """Return how many dots of the same bin stand before each: 0, 1, 2, ... in the order given."""
    bins = pd.Series(np.round(np.asarray(places, float) / width).astype(int))
    return bins.groupby(bins).cumcount().to_numpy()


def places_chart(dataset: Dataset) -> Chart:
    """Draw where the finer figure lies within the printed step, a row a hedge."""
    found = chosen_pairs(dataset)
    table = keyed(calibration.positions(found), "hedge")
    figure, axes = style.subplots(size=(5.8, 4.6))
    shown = [name for name in HEDGE_NAMES if name in table]
    if not shown:
        raise InputError(
            "No pair bears a hedge that this chart draws; look at the frame that pairs() returns."
        )
    for row, hedge in enumerate(shown):
        _places_row(axes, found[found["hedge"] == hedge], hedge, row)
    axes.axvline(0, color="#555555", lw=1)
    axes.set_yticks(
        np.arange(len(shown)) - 0.3, [f"{HEDGE_NAMES[one]}\n(n = {table[one]['n']})" for one in shown]
    )
    axes.set_ylim(len(shown) - 0.7, -0.95)
    axes.set_xlim(-1.24, 1.24)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["1 below", "½", "as printed", "½", "1 above"])
    axes.set_xlabel("distance of the finer figure, in printed steps")
    axes.grid(visible=False)
    more = table.get("more_than")
    half = found[(found["hedge"] == "more_than") & found["inside_tight"]]
    title = (
        f"Behind “more than” the finer figure lies in the lower half of the step {len(half)} times in {more['n']}"
        if more is not None
        else "Where the finer figure lies within the printed step"
    )
    return Chart(
        name="fig-places",
        figure=style.finish(figure),
        title=title,
        alt="Dots on a line, a row a hedge, at the distance of the finer figure from the coarse print in printed "
        "steps. " + " ".join(_row_words(found, hedge, table[hedge]) for hedge in shown),
        note="One dot a coarse print. Shaded: what the default model leaves open (for “nearly” and “about” at most, "
        "since a tenth of the value is the limit there). Filled: inside its own interval; hollow: outside; "
        "triangles lie beyond the edge. One printed step is one unit of the last digit printed.",
        source=pairs_source(dataset, found),
    )


def _places_row(axes: Axes, group: pd.DataFrame, hedge: str, row: int) -> None:
    """Draw one hedge: the open interval, the dots, and triangles for what lies beyond the edge."""
    low, high = OPEN[hedge]
    axes.fill_between([low, high], row - 0.75, row + 0.12, color=style.PALE, lw=0)
    at = group["position"].clip(-EDGE, EDGE).to_numpy(float)
    height = row - LIFT * stacked(at)
    inside = group["inside"].to_numpy(bool)
    beyond = (group["position"].abs() > EDGE).to_numpy(bool)
    axes.plot(at[inside], height[inside], "o", color=style.INK, ms=5)
    near = ~inside & ~beyond
    axes.plot(at[near], height[near], "o", mfc="white", mec=style.ORANGE, mew=1.5, ms=5.5)
    for mark, side in (("<", at < 0), (">", at > 0)):
        axes.plot(
            at[beyond & side], height[beyond & side], mark, mfc="white", mec=style.ORANGE, mew=1.5, ms=6
        )


def _row_words(found: pd.DataFrame, hedge: str, row: Mapping[str, Any]) -> str:
    """Say what one row shows."""
    group = found[found["hedge"] == hedge]
    name = plain(HEDGE_NAMES[hedge])
    return (
        f"{name[0].upper()}{name[1:]}: {row['n']} pairs, half of them between {row['q25']:.2f} and {row['q75']:.2f} "
        f"steps, median {row['median']:.2f}, {int((~group['inside']).sum())} outside the interval."
    )


def above_chart(dataset: Dataset) -> Chart:
    """Draw by how many percent the finer figure exceeds what "more than" names, by the digits printed."""
    found = chosen_pairs(dataset)
    found = found[found["hedge"] == "more_than"].sort_values("above")
    if found.empty:
        raise InputError("No pair bears the hedge more_than; there is nothing to draw by printed digits.")
    found = found.assign(row=found["digits"].clip(upper=3))
    figure, axes = style.subplots(size=(5.8, 2.9))
    medians = {}
    for row, (digits, group) in enumerate(found.groupby("row")):
        at = group["above"].to_numpy(float)
        axes.plot(at, row - 0.14 * stacked(at, 0.3), "o", color=style.INK, ms=5)
        medians[int(str(digits))] = (float(np.median(at)), len(group), float(at.max()))
        axes.plot([np.median(at)] * 2, [row + 0.08, row + 0.26], color=style.ORANGE, lw=3)
        axes.text(
            float(np.median(at)),
            row + 0.3,
            f"median {np.median(at):.1f}%",
            color=style.ORANGE,
            va="top",
            size=9,
        )
    names = [f"{DIGIT_NAMES[digits]}\n(n = {n})" for digits, (_, n, _) in medians.items()]
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.35, -0.95)
    axes.axvline(0, color="#555555", lw=1)
    axes.set_xlabel("finer figure above the figure named, %")
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    first, last = min(medians), max(medians)
    return Chart(
        name="fig-above",
        figure=style.finish(figure),
        title=f"Behind “more than” and one digit the median excess is {medians[first][0]:.1f}%, behind "
        f"{DIGIT_NAMES[last]} {medians[last][0]:.1f}%",
        alt="Dots on a line of percent, a row for each number of significant digits printed. "
        + " ".join(
            f"{DIGIT_NAMES[digits].capitalize()}: {n} pairs, median {median:.2f}%, largest {largest:.1f}%."
            for digits, (median, n, largest) in medians.items()
        ),
        note="Percent by which the finer figure exceeds the figure behind “more than”, by the significant digits of "
        "the coarse print (“8,000” has one, “41 million” two). Left of zero the finer figure contradicts the hedge.",
        source=pairs_source(dataset, found),
    )
