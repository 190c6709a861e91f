"""All estimates with their intervals: those that can be identified named, the others sorted and grey."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.pages.ledger.grades import counted, ledger_source
from analysis.publish.pages.ledger.names import brief_measure, brief_series
from analysis.publish.pages.ledger.rows import Row, interval, rows
from analysis.rounding import written

MARKERS = {"A": "*", "B": "s", "C": "o", "D": "x"}
COLORS = {"A": style.BLUE, "B": style.GREEN, "C": style.ORANGE, "D": "#9b9b9b"}
LEAST, MOST = 1 / 8, 8.0  # ratios beyond which an interval is cut
TICKS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


def estimated(found: Iterable[Row], *, identifiable: bool) -> list[Row]:
    """Return the hypotheses with an estimate, of one kind, the largest estimate first."""
    chosen = [one for one in found if one.primary is not None and one.identifiable is identifiable]
    return sorted(chosen, key=lambda one: (-one.primary.estimate if one.primary else 0.0, one.hypothesis_id))


def forest_chart(dataset: Dataset) -> Chart:
    """Draw every estimate of the ledger with its 95% interval, as a ratio to the counterfactual."""
    found = rows(dataset)
    named, grey = estimated(found, identifiable=True), estimated(found, identifiable=False)
    heights = [0.62 * len(named) + 0.4, 0.055 * len(grey) + 0.4]
    figure, (top, bottom) = style.subplots(
        2, 1, size=(5.8, sum(heights) + 0.9), height_ratios=heights, sharex=True
    )
    _named(top, named)
    _unnamed(bottom, grey)
    bottom.set_xlabel("recorded figures relative to the counterfactual")
    told = "; ".join(
        f"{one.measure}, {one.series}: {interval(one.primary)}, grade {one.letter}" for one in named
    )
    return Chart(
        name="fig-ledger-forest",
        figure=style.finish(figure),
        title=_title(named),
        alt=f"Points with 95% intervals on a ratio scale. Identifiable: {told}. Below, in grey, {len(grey)} estimates "
        f"that cannot be identified, from {_ends(grey)}, with no names.",
        note="Each line: the mean change of the first three years against the counterfactual, with its 95% interval; "
        f"arrows where it goes beyond a factor of {MOST:g}. Star: grade A, square: B, circle: C, grey cross: D, "
        "where the number is no effect of the measure. Upright ticks: the smallest change that 80 of 100 such "
        f"series would show. {len(found) - len(named) - len(grey)} hypotheses have no estimate.",
        source=ledger_source(dataset),
    )


def _title(named: list[Row]) -> str:
    """Say how many of the identifiable intervals exclude no change."""
    clear = sum(bool(one.primary and (one.primary.lower > 1 or one.primary.upper < 1)) for one in named)
    count = counted(clear).capitalize()
    return (
        f"{count} of the {len(named)} identifiable estimates can be told from no change by its 95% interval"
    )


def _ends(grey: list[Row]) -> str:
    """Return the range of estimates in words."""
    ratios = [one.primary.estimate for one in grey if one.primary]
    return (
        f"{written(min(ratios), '.2g')} to {written(max(ratios), '.2g')} times the counterfactual"
        if ratios
        else "none"
    )


def _named(axes: Axes, found: list[Row]) -> None:
    """Draw the identifiable ones, each under its name."""
    for place, one in enumerate(found):
        _line(axes, place, one, width=1.8)
        test = one.primary
        if test and math.isfinite(test.detectable):
            for edge in (test.detectable, 1 / test.detectable):
                if LEAST < edge < MOST:
                    axes.plot(edge, place, "|", ms=9, mew=1.2, color="#444444", zorder=1)
        name = f"{brief_measure(one)} → {brief_series(one)}"
        ground = {
            "facecolor": "white",
            "edgecolor": "none",
            "pad": 0.6,
        }  # the upright at one runs behind the words
        axes.text(LEAST, place - 0.36, name, size=9, va="center", bbox=ground, zorder=4)
    axes.set_ylim(len(found) - 0.4, -0.75)
    axes.set_title("Can be identified")
    _frame(axes)


def _unnamed(axes: Axes, found: list[Row]) -> None:
    """Draw those that cannot be identified, grey and without names."""
    for place, one in enumerate(found):
        _line(axes, place, one, width=0.8)
    axes.set_ylim(len(found), -1)
    axes.set_title(f"Cannot be identified ({len(found)} estimates)")
    _frame(axes)


def _line(axes: Axes, place: int, one: Row, *, width: float) -> None:
    """Draw one estimate with its interval, cut at the frame with an arrow."""
    test = one.primary
    if test is None:
        return
    color = COLORS[one.letter]
    low, high = (float(np.clip(edge, LEAST, MOST)) for edge in (test.lower, test.upper))
    axes.plot([low, high], [place, place], color=color, lw=width, solid_capstyle="butt", zorder=2)
    for edge, limit, arrow in ((test.lower, LEAST, "<"), (test.upper, MOST, ">")):
        if edge <= limit if arrow == "<" else edge >= limit:
            axes.plot(limit, place, arrow, color=color, ms=4 if width > 1 else 2, clip_on=False, zorder=3)
    size = {"A": 11.0, "B": 6.5, "C": 6.5}.get(one.letter, 3.2)
    at = float(np.clip(test.estimate, LEAST, MOST))
    axes.plot(at, place, MARKERS[one.letter], color=color, ms=size, mew=1.0, zorder=4, gid=one.hypothesis_id)


def _frame(axes: Axes) -> None:
    """Set the ratio scale and the line of no change."""
    axes.set_xscale("log")
    axes.set_xlim(LEAST, MOST)
    axes.set_xticks(TICKS)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"×{value:g}"))
    axes.minorticks_off()
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.grid(visible=True, axis="x")
    axes.axvline(1, color="#444444", lw=1.0, zorder=1)
    axes.spines["left"].set_visible(False)
