"""Grades and estimates: how many hypotheses have which, what stands in the way, and every interval."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, Source, version_line
from analysis.publish.marks import cut, draw_bars, draw_rows, make_room, told
from analysis.publish.pages.ledger.wording import FAULTS, anchor, brief_pair, counted, entries, interval, pair
from analysis.publish.tables import Link
from analysis.rounding import written
from analysis.scrutiny.ledger import Entry
from analysis.scrutiny.tallies import by_fault, by_grade, estimated, excluding

SHORT = {
    "A": "A  stands out, with comparison",
    "B": "B  stands out from placebo",
    "C": "C  the figures do not decide",
    "D": "D  cannot be identified",
}
COLOURS = dict(zip("ABCD", (style.GROUPS[0], style.GROUPS[2], style.GROUPS[1], style.REST), strict=True))


def grades_chart(dataset: Dataset) -> Chart:
    """Draw the number of hypotheses by grade, and by what makes them not identifiable."""
    found = entries(dataset)
    grades, faults = by_grade(found), by_fault(found)
    figure, (top, bottom) = style.subplots(2, 1, size=(style.WIDTH, 4.4), height_ratios=[4, 4.6])
    draw_bars(top, grades.rename(SHORT), colour=list(COLOURS.values()))
    top.set_title(f"Grades of {len(found)} hypotheses")
    named = faults.rename(FAULTS)
    draw_bars(bottom, named["all"], colour=style.REST, label="among others")
    bottom.barh(
        named.index, named["alone"], color=style.INK, height=0.66, hatch="//", edgecolor=style.PAPER, label="alone"
    )  # fmt: skip
    bottom.set_title("What stands in the way")
    bottom.legend(loc="lower right", title="obstacle stands")
    for axes in (top, bottom):
        make_room(axes)
    said = ", ".join(f"{letter} {count}" for letter, count in grades.items())
    told = "; ".join(f"{name}: {row['all']}, alone {row['alone']}" for name, row in named.iterrows())
    return Chart(
        name="fig-ledger-grades",
        figure=style.finish(figure),
        title=f"{grades['D']} of {len(found)} hypotheses cannot be identified; "
        f"{counted(grades['A'] + grades['B'], 'stands', 'stand')} out from placebo",
        alt=f"Two sets of bars. Hypotheses by grade: {said}. What makes the others not identifiable: {told}.",
        note="Too few: fewer than four informed years before, or three from the first affected on. A rival: another "
        "measure of the same instrument that could reach the series, in the same or a neighbouring year. "
        "A hypothesis may meet several; hatched: it is the only one.",
        source=ledger_source(dataset),
        frame=faults,
    )


def ledger_source(dataset: Dataset, shown: Sequence[Entry] | None = None) -> Source:
    """Return the source line of a chart of the ledger, which leads to the rows of the hypotheses shown."""
    found = entries(dataset) if shown is None else shown
    count = f"{len(found)} row{'s' if len(found) > 1 else ''}"
    text = (
        f"Source: {count} of hypotheses.csv, the series and measures that they name. {version_line(dataset)}"
    )
    trail: list[dict[str, object]] = [
        {
            "hypothesis": Link(one.hypothesis.hypothesis_id, f"ledger.html#{anchor(one)}"),
            "measure": one.hypothesis.measure_id,
            "series": one.hypothesis.series_id,
            "grade": one.letter,
        }
        for one in found
    ]
    return Source.of(text, trail, "hypotheses")


MARKERS = {"A": "*", "B": "s", "C": "o", "D": "x"}
MOST = 8.0  # the ratio beyond which, or below its inverse, an interval is cut
TICKS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


def estimates(found: Sequence[Entry]) -> pd.DataFrame:
    """Return one row an estimate as it is drawn: ratios cut to what the frame holds, and how it is said.

    Columns: hypothesis_id, value, low, high, below and above (whether the interval goes on beyond the frame),
    detectable (a ratio above 1), colour, marker, label, and said for the alt text.
    """
    rows = []
    for one in found:
        test = one.primary
        assert test is not None  # `estimated` leaves out the others
        rows.append(
            {
                "hypothesis_id": one.hypothesis.hypothesis_id,
                **{"value": test.estimate, "low": test.lower, "high": test.upper},
                **{"below": test.lower <= 1 / MOST, "above": test.upper >= MOST},
                "detectable": test.detectable,
                **{"colour": COLOURS[one.letter], "marker": MARKERS[one.letter]},
                "label": brief_pair(one),
                "said": f"{pair(one)}: {interval(test)}, grade {one.letter}",
            }
        )
    frame = pd.DataFrame(rows)
    frame[["value", "low", "high"]] = frame[["value", "low", "high"]].clip(1 / MOST, MOST)
    return frame


def forest_chart(dataset: Dataset) -> Chart:
    """Draw every estimate of the ledger with its 95% interval, as a ratio to the counterfactual."""
    found = entries(dataset)
    named = estimates(estimated(found, identifiable=True))
    grey = estimates(estimated(found, identifiable=False))
    heights = [0.62 * len(named) + 0.4, 0.055 * len(grey) + 0.4]
    figure, (top, bottom) = style.subplots(
        2, 1, size=(style.WIDTH, sum(heights) + 0.9), height_ratios=heights, sharex=True
    )
    _frame(top, "Can be identified")
    _rows(top, named, width=1.8, mark=6.5)
    _names(top, named)
    _frame(bottom, f"Cannot be identified ({len(grey)} estimates)")
    _rows(bottom, grey, width=0.8, mark=3.2)
    bottom.margins(y=0.02)
    bottom.invert_yaxis()
    bottom.set_xlabel("recorded figures relative to the counterfactual")
    clear = excluding(estimated(found, identifiable=True))
    who = f"{counted(clear).capitalize()} of the {len(named)} identifiable estimates can"
    if len(named) == 1:
        who = f"The one identifiable estimate {'can' if clear else 'cannot'}"
    ratios = [one.primary.estimate for one in estimated(found, identifiable=False) if one.primary]
    low, high = (written(end, ".2g") for end in (min(ratios), max(ratios)))
    ends = f"{low} to {high} times the counterfactual"
    return Chart(
        name="fig-ledger-forest",
        figure=style.finish(figure),
        title=f"{who} be told from no change by its 95% interval",
        alt=f"Points with 95% intervals on a ratio scale. Identifiable: {told(named, '{said}')}. Below, in grey, "
        f"{len(grey)} estimates that cannot be identified, from {ends}, with no names.",
        note="Each line: the mean change of the first three years against the counterfactual, with its 95% interval. "
        f"Arrows where it goes beyond a factor of {MOST:g}. Star: grade A, square: B, circle: C, grey cross: D, "
        "where the number is no effect of the measure. Upright ticks: the smallest change that 80 of 100 such "
        f"series would show. {len(found) - len(named) - len(grey)} hypotheses have no estimate.",
        source=ledger_source(dataset),
        frame=pd.concat([named, grey], ignore_index=True),
    )


def _rows(axes: Axes, rows: pd.DataFrame, *, width: float, mark: float) -> None:
    """Draw estimates with their intervals, an arrow where one goes on beyond the frame."""
    draw_rows(axes, rows.assign(alpha=1.0), width=width, mark=mark)
    for place, row in enumerate(rows.to_dict("records")):
        for beyond, limit, arrow in ((row["below"], 1 / MOST, "<"), (row["above"], MOST, ">")):
            if beyond:
                (drawn,) = axes.plot(
                    limit, place, arrow, color=row["colour"], ms=mark * 0.6, clip_on=False, zorder=3
                )
                cut(drawn)


def _names(axes: Axes, rows: pd.DataFrame) -> None:
    """Write each name over its row, and mark the smallest changes that it could have shown."""
    # The upright at one runs behind the words.
    ground = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.6}
    for place, row in enumerate(rows.to_dict("records")):
        for edge in (row["detectable"], 1 / row["detectable"]):
            if math.isfinite(edge) and 1 / MOST < edge < MOST:
                axes.plot(edge, place, "|", ms=9, mew=1.2, color=style.TEXT, zorder=1)
        axes.text(1 / MOST, place - 0.36, row["label"], size=9, va="center", bbox=ground, zorder=4)
    axes.set_ylim(len(rows) - 0.4, -0.75)


def _frame(axes: Axes, title: str) -> None:
    """Set the ratio scale, which is the same whatever is drawn, and the line of no change."""
    axes.set_title(title)
    axes.set_xscale("log")
    axes.set_xlim(1 / MOST, MOST)
    axes.xaxis.set_major_locator(FixedLocator(TICKS))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"×{value:g}"))
    axes.minorticks_off()
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.grid(visible=True, axis="x")
    axes.axvline(1, color=style.TEXT, lw=1.0, zorder=1)
    axes.spines["left"].set_visible(False)
