"""How often the finer figure lay inside: by hedge under three models, and by language and reporter."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.pages.more_than.found import (
    HEDGE_NAMES,
    chosen_pairs,
    hedged,
    keyed,
    pairs_source,
    plain,
)
from analysis.series import calibration

# Model: its name, marker, colour, and how far below the row it is drawn.
MODELS = {
    "default": ("default: one step", "o", style.INK, -0.22),
    "tight": ("tight: half a step", "s", style.ORANGE, 0.0),
    "open_ended": ("open-ended", "^", style.GREY, 0.22),
}
LANGUAGE_NAMES = {"en": "English", "zh": "Chinese"}
BODY_NAMES = {"CBP": "US customs", "EC": "European Commission", "MPS": "China's police"}
CHINESE, OTHERS = "China, other bodies", "others"


def coverage_chart(dataset: Dataset) -> Chart:
    """Draw the share of pairs inside, by hedge, under the three hedge models."""
    found = chosen_pairs(dataset)
    table = calibration.coverage(found)
    shown = [name for name in HEDGE_NAMES if name in set(table["hedge"])]
    figure, axes = style.subplots(size=(5.8, 4.0))
    for model, (label, marker, color, offset) in MODELS.items():
        rows = table[table["model"] == model].set_index("hedge").loc[shown]
        _points(axes, rows, [place + offset for place in range(len(shown))], color, marker, label)
    counts = table[table["model"] == "default"].set_index("hedge")["n"]
    axes.set_yticks(range(len(shown)), [f"{HEDGE_NAMES[one]}\n(n = {counts[one]})" for one in shown])
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.legend(loc="lower left", bbox_to_anchor=(-0.24, 1.0), ncols=3, handletextpad=0.2, columnspacing=1)
    _share_axis(axes, "inside the interval, % of pairs")
    rows_of = keyed(table, "hedge", "model")
    step, half = rows_of["more_than", "default"], rows_of["more_than", "tight"]
    return Chart(
        name="fig-coverage-hedges",
        figure=style.finish(figure),
        title=f"One step holds {step['inside']} of {step['n']} figures behind “more "
        f"than”, half a step {half['inside']}",
        alt="Points with intervals, three a hedge. "
        + " ".join(
            f"{plain(HEDGE_NAMES[row['hedge']]).capitalize()}, {row['model'].replace('_', '-')}: {row['inside']} of "
            f"{row['n']} inside, {_span(row)}."
            for hedge in shown
            for _, row in table[table["hedge"] == hedge].iterrows()
        ),
        note="Share of pairs whose finer figure lies in the interval of the coarse one, ends included. Bars: 95% "
        "interval of Clopper and Pearson. “About” and rounded prints have no open side, so that two models agree.",
        source=pairs_source(dataset, found),
    )


def grouped(found: pd.DataFrame) -> pd.DataFrame:
    """Return hedged pairs with spoken (language of the coarse print) and body (who counted)."""
    chinese = found["jurisdiction"].str.startswith("CN")
    body = found["reporter"].map(BODY_NAMES)
    body = body.fillna(chinese.map({True: CHINESE, False: OTHERS}))
    return found.assign(spoken=found["language"].map(LANGUAGE_NAMES).fillna("other languages"), body=body)


def groups_chart(dataset: Dataset) -> Chart:
    """Draw the share of hedged pairs inside the default interval, by language and by who counted."""
    found = grouped(hedged(chosen_pairs(dataset)))
    order = {"spoken": [*LANGUAGE_NAMES.values(), "other languages"]}
    order["body"] = [*BODY_NAMES.values(), CHINESE, OTHERS]
    parts = []
    for column, names in order.items():
        table = calibration.coverage(found, column)
        table = table[table["model"] == "default"].set_index(column)
        parts.append(table.loc[[name for name in names if name in table.index]])
    figure, axes = style.subplots(size=(5.8, 4.0))
    rows = pd.concat(parts)
    places = [place + (0.6 if place >= len(parts[0]) else 0) for place in range(len(rows))]
    _points(axes, rows, places, style.INK, "o", "")
    axes.set_yticks(places, [f"{name} (n = {row['n']})" for name, row in rows.iterrows()])
    axes.set_ylim(places[-1] + 0.5, -0.6)
    axes.axhline(len(parts[0]) - 0.2, color="#bbbbbb", lw=0.8)
    _share_axis(axes, "inside the default interval, % of hedged pairs")
    china = found["jurisdiction"].str.startswith("CN")
    return Chart(
        name="fig-coverage-groups",
        figure=style.finish(figure),
        title=f"Only {int(china.sum())} of the {len(found)} hedged pairs are China's: too few to tell reporters apart",
        alt="Points with intervals, above by language, below by who counted. "
        + " ".join(
            f"{name}: {row['inside']} of {row['n']} inside, {_span(row)}." for name, row in rows.iterrows()
        ),
        note="As in the figure before, default model, all hedges together; above the line by the language of the text "
        "that hedges, below it by the body that counted.",
        source=pairs_source(dataset, found),
    )


def _points(axes: Axes, rows: pd.DataFrame, places: list[float], color: str, marker: str, label: str) -> None:
    """Draw shares with their intervals, in percent."""
    axes.hlines(places, 100 * rows["lower"], 100 * rows["upper"], color=color, lw=1.6, alpha=0.6)
    axes.plot(100 * rows["coverage"], places, marker, color=color, ms=6, label=label or None, ls="none")


def _share_axis(axes: Axes, label: str) -> None:
    """Give an axis of shares from 0 to 100 percent."""
    axes.set_xlim(0, 102)
    axes.set_xticks(range(0, 101, 25))
    axes.set_xlabel(label)
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)


def _span(row: pd.Series[Any]) -> str:
    """Say a share and its interval."""
    return f"{row['coverage']:.0%}, interval {row['lower']:.0%} to {row['upper']:.0%}"
