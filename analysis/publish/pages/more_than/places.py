"""Where the finer figure lies: in steps beyond the coarse print, and in percent of it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import marks, style
from analysis.publish.chart import Chart
from analysis.publish.marks_grid import draw_spread
from analysis.publish.pages.more_than.pairs import HEDGE_NAMES, pairs_source, plain
from analysis.publish.tables import keyed
from analysis.publish.words import capital
from analysis.series import calibration
from analysis.series.hedged_pairs import chosen_pairs

# Dots nearer than BIN steps are stacked, LIFT of a row apart where the tallest stack leaves room; pairs beyond EDGE
# steps stand at the edge.
BIN, LIFT, STACK, EDGE = 0.045, 0.115, 0.8, 1.12
# What each hedge leaves open under the default model, in steps; for nearly and about at most.
OPEN = {"more_than": (0.0, 1.0), "nearly": (-1.0, 0.0), "about": (-1.0, 1.0), "exact": (-0.5, 0.5)}
DIGIT_NAMES = {1: "one digit", 2: "two digits", 3: "three or more"}


def placed(found: pd.DataFrame) -> pd.DataFrame:
    """Return pairs with at (position, clipped to the edge), row (of the hedge) and height (of the dot)."""
    at = found["position"].clip(-EDGE, EDGE)
    shown = [name for name in HEDGE_NAMES if name in set(found["hedge"])]
    row = found["hedge"].map(shown.index)
    below = found.groupby([row, (at / BIN).round()]).cumcount()
    lift = min(LIFT, STACK / (1 + below.max()))
    return found.assign(at=at, row=row, height=row - lift * below)


def places_chart(dataset: Dataset) -> Chart:
    """Draw where the finer figure lies within the printed step, a row a hedge."""
    found = chosen_pairs(dataset)
    found = found[found["hedge"].isin(list(HEDGE_NAMES))]
    if found.empty:
        raise InputError(
            "No pair bears a hedge that this chart draws; look at the frame that pairs() returns."
        )
    found = placed(found)
    figure, axes = style.subplots(size=(style.WIDTH, 4.6))
    _draw_places(axes, found)
    rows = found.groupby("row")["hedge"].agg(["first", "size"])
    labels = [f"{HEDGE_NAMES[name]}\n(n = {n})" for name, n in rows.itertuples(index=False)]
    axes.set_yticks(rows.index - 0.3, labels)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["1 below", "½", "as printed", "½", "1 above"])
    axes.set_xlabel("distance of the finer figure, in printed steps")
    return Chart(
        name="fig-places",
        figure=style.finish(figure),
        title=_places_title(found),
        alt="Dots on a line, a row a hedge, at the distance of the finer figure from the coarse print in printed "
        f"steps. {_places_words(found)}",
        note="One dot a coarse print. Shaded: what the default model leaves open (for “nearly” and “about” at most, "
        "since a tenth of the value is the limit there). Filled: inside its own interval; hollow: outside; "
        "triangles lie beyond the edge. One printed step is one unit of the last digit printed.",
        source=pairs_source(dataset, found),
        frame=found,
    )


def _draw_places(axes: Axes, found: pd.DataFrame) -> None:
    """Draw each row: the open interval, the dots, and triangles for what lies beyond the edge."""
    for row, hedge in enumerate(found.groupby("row")["hedge"].first()):
        axes.fill_between(OPEN[hedge], row - 0.75, row + 0.12, color=style.PALE, lw=0)
    beyond = found["position"].abs() > EDGE
    hollow: dict[str, Any] = {"mfc": style.PAPER, "mec": style.DOUBTED, "mew": 1.5, "ms": 5.5}
    for mark, rows, look in (
        ("o", found["inside"], {"color": style.INK, "ms": 5}),
        ("o", ~found["inside"] & ~beyond, hollow),
        ("<", ~found["inside"] & beyond & (found["at"] < 0), hollow),
        (">", ~found["inside"] & beyond & (found["at"] > 0), hollow),
    ):
        axes.plot(found.loc[rows, "at"], found.loc[rows, "height"], mark, **look)
    axes.axvline(0, color=style.RULE, lw=1)
    axes.invert_yaxis()
    axes.grid(visible=False)


def _places_title(found: pd.DataFrame) -> str:
    """Say how many figures behind "more than" lie in the lower half of the step."""
    more = found[found["hedge"] == "more_than"]
    if more.empty:
        return "Where the finer figure lies within the printed step"
    half = int(more["inside_tight"].sum())
    return (
        f"Behind “more than” the finer figure lies in the lower half of the step {half} times in {len(more)}"
    )


def _places_words(found: pd.DataFrame) -> str:
    """Say what each row shows."""
    rows = keyed(calibration.positions(found), "hedge")
    outside = (~found["inside"]).groupby(found["hedge"]).sum()
    return " ".join(
        f"{capital(plain(name))}: {rows[name]['n']} pairs, half of them between {rows[name]['q25']:.2f} and "
        f"{rows[name]['q75']:.2f} steps, median {rows[name]['median']:.2f}, {outside[name]} outside the interval."
        for name in found.groupby("row")["hedge"].first()
    )


def above_chart(dataset: Dataset) -> Chart:
    """Draw by how many percent the finer figure exceeds what "more than" names, by the digits printed."""
    found = chosen_pairs(dataset)
    found = found[found["hedge"] == "more_than"].sort_values("above")
    if found.empty:
        raise InputError("No pair bears the hedge more_than; there is nothing to draw by printed digits.")
    found = found.assign(digits=found["digits"].clip(upper=3)).sort_values(["digits", "above"])
    rows = found.groupby("digits")["above"].agg(["size", "median", "max"]).reset_index()
    rows["name"] = rows["digits"].map(DIGIT_NAMES)
    found = found.assign(row=found["digits"].map(DIGIT_NAMES))
    figure, axes = style.subplots(size=(style.WIDTH, 2.9))
    draw_spread(axes, found, x="above", y="row", color=style.INK, size=5, alpha=0.75)
    for place, median in enumerate(rows["median"]):
        axes.plot([median] * 2, [place - 0.32, place + 0.32], color=style.GROUPS[1], lw=3, zorder=1)
        axes.annotate(
            f"median {median:.1f}%", (median, place + 0.32), (0, -2), textcoords="offset points",
            color=style.GROUPS[1], va="top", size=9,
        )  # fmt: skip
    labels = [f"{row['name']}\n(n = {row['size']})" for row in rows.to_dict("records")]
    marks.row_axis(axes, labels, letters=9.5, at=0)
    marks.make_room(axes, "y")
    axes.set_xlabel("finer figure above the figure named, %")
    first, last = rows.iloc[0], rows.iloc[-1]
    return Chart(
        name="fig-above",
        figure=style.finish(figure),
        title=f"Behind “more than” and one digit the median excess is {first['median']:.1f}%, behind "
        f"{last['name']} {last['median']:.1f}%",
        alt="Dots on a line of percent, a row for each number of significant digits printed. "
        + " ".join(
            f"{capital(row['name'])}: {row['size']} pairs, median {row['median']:.2f}%, largest {row['max']:.1f}%."
            for row in rows.to_dict("records")
        ),
        note="Percent by which the finer figure exceeds the figure behind “more than”, by the significant digits of "
        "the coarse print (“8,000” has one, “41 million” two). Left of zero the finer figure contradicts the hedge.",
        source=pairs_source(dataset, found),
        frame=found,
    )
