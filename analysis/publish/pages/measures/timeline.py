"""The timeline: every measure by date and instrument, campaigns as bars, and those that come back every year."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.marks import row_axis
from analysis.publish.marks_time import calendar_axis, draw_windows
from analysis.publish.names import names
from analysis.publish.words import listed
from analysis.readings.windows import decimal_year
from analysis.scrutiny.campaigns import FAMILIES, at_once, campaigns, families
from analysis.scrutiny.measure_dates import dated

LOOKS = {
    "CN": ("o", style.GROUPS[0]),
    "US": ("s", style.GROUPS[1]),
    "EU": ("^", style.GROUPS[2]),
    "JP": ("D", style.GROUPS[4]),
}
KNOWN, UNKNOWN = style.GROUPS[0], style.tint(style.GROUPS[0], 0.25)
APART = 0.46  # years between the middles of two marks on one level
LANE_GAP = 1.6  # levels between lanes


def levels(starts: Sequence[float], ends: Sequence[float]) -> list[int]:
    """Return for each bar (start to end, sorted by start) the lowest level on which it overlaps no other."""
    taken: list[float] = []
    found = []
    for start, end in zip(starts, ends, strict=True):
        level = next((place for place, until in enumerate(taken) if until <= start), len(taken))
        taken[level : level + 1] = [end]
        found.append(level)
    return found


def coloured(bars: pd.DataFrame) -> pd.DataFrame:
    """Return campaigns with their colour: pale where an end is not known."""
    return bars.assign(colour=bars["known"].map({True: KNOWN, False: UNKNOWN}))


def timeline_chart(dataset: Dataset) -> Chart:
    """Draw the measures by date: a lane an instrument, a mark's shape for the place, campaigns as bars."""
    frame, bars, words = dated(dataset), coloured(campaigns(dataset)), names("instrument")
    points = frame[frame["kind"] != "campaign"].explode("instruments")
    lanes = points.groupby("instruments").size().sort_values(ascending=False)
    figure, axes = style.subplots(size=(style.WIDTH, 6.6))
    base, ticks = 0.0, {}
    for instrument in lanes.index:
        height = _dots(axes, points[points["instruments"] == instrument], base)
        ticks[f"{words[instrument]}\n({lanes[instrument]})"] = base + height / 2
        base += height + LANE_GAP
        axes.axhline(base - LANE_GAP / 2 - 0.25, color=style.PALE, lw=0.8)
    rows = levels(
        [decimal_year(day) for day in bars["start"]], [decimal_year(day) + 0.08 for day in bars["end"]]
    )
    draw_windows(axes, bars.assign(place=[base + row for row in rows]), height=0.7)
    ticks[f"campaigns\n({len(bars)})"] = base + max(rows) / 2
    axes.set_yticks(list(ticks.values()), list(ticks))
    axes.margins(y=0.02)
    axes.invert_yaxis()
    calendar_axis(axes, frame["date"].min(), max(frame["date"].max(), bars["end"].max()))
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    figure.legend(
        handles=_legend(),
        loc="outside upper center",
        ncols=3,
        columnspacing=1.2,
        handletextpad=0.4,
        fontsize=9,
    )
    counts = frame["place"].map(names("place")).value_counts()
    return Chart(
        name="fig-measures-timeline",
        figure=style.finish(figure),
        title=f"Half of the {len(frame)} dated measures began in {int(frame['year'].median())} or later, "
        "often months apart",
        alt=f"A time axis from {frame['year'].min()} to {frame['year'].max()} with {len(frame)} measures: "
        f"{listed([f'{count} of {place}' for place, count in counts.items()])}. "
        "Lanes by instrument, without campaigns: "
        + ", ".join(f"{words[str(name)]} {count}" for name, count in lanes.items())
        + f". {len(bars)} campaigns as bars, most of them from 2016 on. Every lane thickens towards the end.",
        note="A mark stands where the measure took effect, or was announced where the day of effect is not known; "
        "a measure with several instruments stands in each of their lanes. Hollow marks are dated by month or year. "
        "Pale bars are campaigns whose start or end was not printed; they run to the end of the year.",
        source=f"Source: {len(frame)} rows of measures.csv. {version_line(dataset)}",
        frame=frame,
    )


def _dots(axes: Axes, points: pd.DataFrame, base: float) -> float:
    """Draw a lane's measures from `base` downwards so that none hides another; return its height."""
    at = [decimal_year(day) for day in points["date"]]
    rows = levels(at, [x + APART for x in at])
    for x, level, place, known in zip(at, rows, points["place"], points["precision"], strict=True):
        marker, colour = LOOKS[place]
        inside = colour if known == "day" else style.PAPER
        axes.plot(x, base + level, marker, ms=4.4, mec=colour, mew=1.0, mfc=inside)
    return float(max(rows))


def _legend() -> list[Line2D]:
    """Return the shapes with their names, and what a hollow mark and a pale bar are."""
    places = names("place")
    handles = [
        Line2D([], [], marker=marker, color=colour, ls="none", ms=5, label=places[place])
        for place, (marker, colour) in LOOKS.items()
    ]
    hollow = Line2D([], [], marker="o", mfc=style.PAPER, mec=KNOWN, ls="none", ms=5, label="day unknown")
    pale = Line2D([], [], color=UNKNOWN, lw=6, label="campaign, end or start not printed")
    return [*handles, hollow, pale]


def campaigns_chart(dataset: Dataset) -> Chart:
    """Draw the editions of the yearly campaigns as bars, a row a family."""
    editions = coloured(families(dataset))
    figure, axes = style.subplots(size=(style.WIDTH, 2.9))
    draw_windows(axes, editions)
    for bar in axes.patches:
        bar.set_edgecolor(style.PAPER)  # so that two editions in a row are two bars
    row_axis(axes, [f"{family}\n({body})" for family, (_, body) in FAMILIES.items()], letters=9)
    calendar_axis(axes, editions["start"].min(), editions["end"].max())
    counts = at_once(editions)
    full = [str(year) for year in counts[counts == counts.max()].index]
    together = (
        f"all {len(FAMILIES)}" if counts.max() == len(FAMILIES) else f"{counts.max()} of {len(FAMILIES)}"
    )
    held = "; ".join(
        f"{family}: {', '.join(str(year) for year in editions.loc[editions['family'] == family, 'year'])}"
        for family in FAMILIES
    )
    return Chart(
        name="fig-measures-campaigns",
        figure=style.finish(figure),
        title=f"In {listed(full)} {together} yearly campaigns ran",
        alt=f"Bars by date, one row a campaign family. Editions held, by year of their beginning: {held}.",
        note="Dark bars run from the printed start to the printed end; pale bars have a start, an end or both that no "
        "text gives, and fill the rest of the year. Years without a bar are editions we hold no text on, not years "
        "without a campaign.",
        source=f"Source: {len(editions)} rows of measures.csv. {version_line(dataset)}",
        frame=editions,
    )
