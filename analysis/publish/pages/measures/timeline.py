"""The timeline: every measure by date and instrument, campaigns as bars."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.dataset import Dataset
from analysis.dataset.dates import last_day
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.pages.measures.dates import INSTRUMENTS, PLACES, dated, first_day
from analysis.publish.words import listed

LOOKS = {
    "CN": ("o", style.BLUE),
    "US": ("s", style.ORANGE),
    "EU": ("^", style.GREEN),
    "JP": ("D", style.PURPLE),
}
APART = 0.46  # years between the middles of two marks on one level
LANE_GAP = 1.6  # levels between lanes


def as_year(day: pd.Timestamp) -> float:
    """Return a day as a fraction of its year: 2020.5 is 1 July 2020."""
    return float(day.year + (day.day_of_year - 1) / 365.25)


def levels(starts: Sequence[float], ends: Sequence[float]) -> list[int]:
    """Return for each bar (start to end, sorted by start) the lowest level on which it overlaps no other."""
    taken: list[float] = []
    found = []
    for start, end in zip(starts, ends, strict=True):
        level = next((place for place, until in enumerate(taken) if until <= start), len(taken))
        taken[level : level + 1] = [end]
        found.append(level)
    return found


def spans(dataset: Dataset) -> pd.DataFrame:
    """Return the campaigns as bars: start and end in years, known (both printed), sorted by start.

    An end that is not known stands at the end of the year in which the campaign began.
    """
    frame = dated(dataset)
    frame = frame[frame["kind"] == "campaign"]
    start = frame["begins"].map(first_day)
    until = frame["ended"].where(frame["ended"] != "", frame["year"].astype(str)).map(last_day)
    printed = (frame["ended"] != "") & (frame["begins"].str.len() > 4)
    bars = frame.assign(
        start=start.map(as_year), end=pd.to_datetime(until).map(as_year) + 1 / 365, known=printed
    )
    return bars.sort_values(["start", "end", "measure_id"], ignore_index=True)


def timeline_chart(dataset: Dataset) -> Chart:
    """Draw the measures by date: a lane an instrument, a mark's shape for the place, campaigns as bars."""
    frame = dated(dataset)
    points = frame[frame["kind"] != "campaign"]
    lanes = points.explode("instruments").groupby("instruments").size().sort_values(ascending=False)
    figure, axes = style.subplots(size=(5.8, 6.6))
    base, ticks = 0.0, []
    for instrument in lanes.index:
        height = _dots(
            axes, points[points["instrument"].str.split(";").map(set).map({instrument}.issubset)], base
        )
        ticks.append((base + height / 2, f"{INSTRUMENTS[instrument]}\n({lanes[instrument]})"))
        base += height + LANE_GAP
        axes.axhline(base - LANE_GAP / 2 - 0.25, color="#d9d9d9", lw=0.7)
    bars = spans(dataset)
    height = _bars(axes, bars, base)
    ticks.append((base + height / 2, f"campaigns\n({len(bars)})"))
    axes.set_yticks([place for place, _ in ticks], [name for _, name in ticks])
    axes.set_ylim(base + height + 1, -1)
    axes.set_xlim(frame["year"].min() - 0.5, frame["year"].max() + 1.5)
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    _legend(axes)
    return _timeline_words(dataset, figure, lanes, len(bars))


def _dots(axes: Axes, points: pd.DataFrame, base: float) -> float:
    """Draw a lane's measures from `base` downwards so that none hides another; return its height."""
    at = [as_year(day) for day in points["date"]]
    rows = levels(at, [x + APART for x in at])
    for x, level, place, known in zip(at, rows, points["place"], points["precision"], strict=True):
        marker, color = LOOKS[place]
        axes.plot(
            x, base + level, marker, ms=4.4, mec=color, mew=1.0, mfc=color if known == "day" else "white"
        )
    return float(max(rows))


def _bars(axes: Axes, bars: pd.DataFrame, base: float) -> float:
    """Draw the campaigns from `base` downwards; return the height."""
    rows = levels(list(bars["start"]), list(bars["end"] + 0.08))
    for bar, level in zip(bars.to_dict("records"), rows, strict=True):
        axes.barh(
            base + level,
            bar["end"] - bar["start"],
            left=bar["start"],
            height=0.7,
            color=style.BLUE if bar["known"] else "#bcd6e6",
        )
    return float(max(rows))


def _legend(axes: Axes) -> None:
    """Name the shapes and what a hollow mark and a pale bar are."""
    handles = [
        Line2D([], [], marker=marker, color=color, ls="none", ms=5, label=PLACES[place])
        for place, (marker, color) in LOOKS.items()
    ]
    handles.append(
        Line2D([], [], marker="o", mfc="white", mec=style.BLUE, ls="none", ms=5, label="day unknown")
    )
    handles.append(Line2D([], [], color="#bcd6e6", lw=6, label="campaign, end or start not printed"))
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(-0.34, 1.0),
        ncols=3,
        columnspacing=1.2,
        handletextpad=0.4,
    )


def _timeline_words(dataset: Dataset, figure: Figure, lanes: pd.Series[int], campaigns: int) -> Chart:
    """Put the timeline's words to it."""
    frame = dated(dataset)
    middle_year = int(frame["year"].median())
    places = frame["place"].map(PLACES).value_counts()
    counted = listed([f"{count} of {place}" for place, count in places.items()])
    return Chart(
        name="fig-measures-timeline",
        figure=style.finish(figure),
        title=f"Half of the {len(frame)} dated measures began in {middle_year} or later, often months apart",
        alt=f"A time axis from {frame['year'].min()} to {frame['year'].max()} with {len(frame)} measures: {counted}. "
        "Lanes by instrument, without campaigns: "
        + ", ".join(f"{INSTRUMENTS[str(name)]} {count}" for name, count in lanes.items())
        + f". {campaigns} campaigns as bars, most of them from 2016 on. Every lane thickens towards the end.",
        note="A mark stands where the measure took effect, or was announced where the day of effect is not known; "
        "a measure with several instruments stands in each of their lanes. Hollow marks are dated by month or year. "
        "Pale bars are campaigns whose start or end was not printed; they run to the end of the year.",
        source=f"Source: {len(frame)} rows of measures.csv. {version_line(dataset)}",
    )
