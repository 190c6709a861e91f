"""What all windows say together: quarters beside the readings that they were made from, and counts to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import draw_band, says_little
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import panels as small_multiples
from analysis.publish.marks_time import DAY, calendar_axis
from analysis.publish.touch import lead
from analysis.publish.words import between, capital, counted, day, listed, quote, rate, window
from analysis.readings.windows import decimal_year
from analysis.series import Reconstruction, reconstructed
from analysis.series.lookup import added, by_id, chosen
from analysis.series.observed import observed

HEAD = 1.28  # the height of a panel, in its highest count: above it stands the legend
FLOOR = 0.06  # of a panel's height, below which no rate is written


@dataclass(frozen=True)
class Steps:
    """Readings with one start and one count, the shortest window first.

    A rate stands above its stretch of line, below it where its position is in `below`.
    """

    word: str
    colour: str
    marker: str
    ids: tuple[str, ...]
    below: tuple[int, ...] = ()


@dataclass(frozen=True)
class Panel:
    """One year or campaign.

    `apart` are readings drawn hollow and not joined, each with the last day at which it is placed: of another
    stage or start, or without a printed window.
    """

    title: str
    steps: tuple[Steps, ...]
    apart: tuple[tuple[str, str], ...] = ()


def _solved(*ids: str, word: str = "solved", below: tuple[int, ...] = ()) -> Steps:
    return Steps(word, style.GROUPS[0], "o", ids, below)


PANELS = (
    Panel(
        "Bright Sword 2010-11",
        (_solved("police-0066", "police-0077", "police-0083", word="since November"),),
        apart=(("police-0449", "2011-06-30"), ("police-0433", "2011-12-31")),
    ),
    Panel(
        "2012",
        (
            _solved("police-0359", "adm-0753", word="IPR and fakes", below=(0, 1)),
            Steps("fake or shoddy", style.GROUPS[4], "D", ("police-0161",)),
        ),
        apart=(("adm-0889", "2012-12-31"),),
    ),
    Panel("2014", (_solved("adm-0204", "police-0353", "adm-0746", "adm-0266"),)),
    Panel(
        "2020",
        (
            _solved("police-0001", "police-0019", "police-0023", word="since January"),
            Steps("since May", style.GROUPS[1], "s", ("police-0015", "plat-seed0-02"), below=(0, 1)),
        ),
    ),
    Panel(
        "2021",
        (
            _solved("police-0032", "police-0051", "police-0053", word="since January"),
            Steps("since 20 April", style.GROUPS[1], "s", ("police-0045",), below=(0,)),
        ),
    ),
    Panel("2024 (filed, not solved)", (Steps("filed", style.GROUPS[2], "^", ("police-0448", "adm-0840")),)),
)


def nested_rates(dataset: Dataset, steps: Steps) -> pd.DataFrame:
    """Return the readings of `steps` with what each adds to the one before: add_low, add_high, add_days.

    Counts are cases; the first reading adds its own count over its own window. `middle` is the middle of each
    count's interval, `pace_low` and `pace_high` are cases a day. Raises InputError where two windows do not nest.
    """
    frame = chosen(dataset, steps.ids)
    rows = [(float(frame["low"].iloc[0]), float(frame["high"].iloc[0]), int(frame["days"].iloc[0]))]
    rows += [added(frame.iloc[i], frame.iloc[i + 1]) for i in range(len(frame) - 1)]
    low, high, days = zip(*rows, strict=True)
    frame = frame.assign(add_low=low, add_high=high, add_days=days, middle=(frame["low"] + frame["high"]) / 2)
    return frame.assign(
        pace_low=frame["add_low"] / frame["add_days"], pace_high=frame["add_high"] / frame["add_days"]
    )


def nested_chart(dataset: Dataset) -> Chart:
    """Draw counts to date in small panels: cases so far, with the cases a day between two prints."""
    figure, grid = small_multiples([panel.title for panel in PANELS], height=2.15, sharex=False, letters=11)
    said, ids = [], []
    for axes, panel in zip(grid, PANELS, strict=True):
        frames = [(steps, nested_rates(dataset, steps)) for steps in panel.steps]
        apart = chosen(dataset, [name for name, _ in panel.apart])
        _draw_panel(axes, frames, apart, [pd.Timestamp(last) for _, last in panel.apart])
        ids += [*apart.index, *(name for steps, _ in frames for name in steps.ids)]
        said.append(f"{panel.title}: {'; '.join(_steps_in_words(steps, frame) for steps, frame in frames)}")
    for axes in grid[::2]:
        axes.set_ylabel("cases so far")
    hollow = by_id(dataset, [name for panel in PANELS for name, _ in panel.apart])
    handled, whole, fakes = (quote(row) for row in hollow.values())
    return Chart(
        name="police-nested",
        figure=style.finish(figure),
        title="Between two figures of one count the pace jumps, most of all in the last week of 2020",
        alt=f"Six panels of counts to date, with the pace between two published figures. {'. '.join(said)}. Bright "
        f"Sword as a whole: {whole}, window not stated. Fake goods alone in 2012: {fakes}.",
        measure="Cases counted so far, by the end of each window, China's police",
        note="Cases counted so far, by the end of each window; a bar at a mark is the interval that its hedge or "
        "rounding allows. A line joins readings with one start, one stage and one scope, and carries the cases "
        f"a day that it implies. Hollow, not joined: {handled}, handled, from October 2010; {whole}, the "
        "whole of Bright Sword, a total without a published window, placed at the end of 2011; and "
        f"{fakes} of 2012, of fake goods alone.",
        source=source_line(dataset, ids),
    )


def _draw_panel(
    axes: Axes, frames: list[tuple[Steps, pd.DataFrame]], apart: pd.DataFrame, placed: list[pd.Timestamp]
) -> None:
    """Draw one panel, from the first day of its windows to the last, and a head taller than its highest count."""
    rows = pd.concat([frame for _, frame in frames])
    top = HEAD * max(rows["high"].max(), apart["high"].max() if len(apart) else 0)
    for steps, frame in frames:
        _draw_steps(axes, steps, frame, top)
    for last, (_, row) in zip(placed, apart.iterrows(), strict=True):
        at, ends = decimal_year(last + DAY), (last.month, last.day) == (12, 31)
        (mark,) = axes.plot(at, row["value"], "o", mfc=style.PAPER, mec=style.INK, mew=1.3, ms=5.5, zorder=5)
        lead(mark, [row.to_dict()])
        axes.annotate(
            quote(row, unit=False), (at, row["value"]), (-7, 4) if ends else (7, -7),
            ha="right" if ends else "left", fontsize=style.SMALL, **style.BESIDE,
        )  # fmt: skip
    last = max(*rows["window_end"], *placed)
    calendar_axis(axes, rows["window_start"].min(), pd.Timestamp(last.year, 12, 31), months=6, pad=0.1)
    axes.set_ylim(0, top)
    style.short_axis(axes)
    axes.legend(loc="upper left", fontsize=style.SMALL, handlelength=0.6, borderpad=0.1, labelspacing=0.25)


def _draw_steps(axes: Axes, steps: Steps, frame: pd.DataFrame, top: float) -> None:
    """Draw one count: marks with intervals, the lines between them, and the rates on the lines.

    `top` is the height of the panel, in cases; a label keeps clear of the panel's floor.
    """
    rows = frame.to_dict("records")
    times = [decimal_year(rows[0]["window_start"]), *(decimal_year(row["window_end"] + DAY) for row in rows)]
    middles = [0.0, *frame["middle"]]
    (joint,) = axes.plot(times, middles, color=steps.colour, lw=1.2)
    lead(joint, [rows[0], *rows])  # it begins at nothing on the first day of the windows
    for i, row in enumerate(rows):
        ends = [row["low"], row["high"]]
        axes.plot([times[i + 1]] * 2, ends, color=steps.colour, lw=4.5, alpha=0.4, solid_capstyle="butt")
        below = i in steps.below
        along = 0.5 if i else 0.95 if below else 0.7  # the first label keeps clear of the axes
        x = times[i] + along * (times[i + 1] - times[i])
        y = max(middles[i] + along * (middles[i + 1] - middles[i]), FLOOR * top)
        axes.annotate(
            rate(row["pace_low"], row["pace_high"], joint="–"), (x, y), (9, -4) if below else (-6, 4),
            ha="left" if below else "right", fontsize=style.SMALL, color=steps.colour, **style.BESIDE,
        )  # fmt: skip
    (marks,) = axes.plot(times[1:], middles[1:], steps.marker, color=steps.colour, ms=4.5, label=steps.word)
    lead(marks, rows)


def _steps_in_words(steps: Steps, frame: pd.DataFrame) -> str:
    """List one count's readings with the rates between them."""
    parts = [
        f"{quote(row, unit=False)} by {day(row['window_end'])} ({rate(row['pace_low'], row['pace_high'])} a day)"
        for _, row in frame.iterrows()
    ]
    return f"{steps.word}, {', '.join(parts)}"


SERIES = "mps-cases-solved"
QUARTER = 0.25
LONG_DAYS = 366  # a window above this is drawn thinner: it says little of any quarter
ROOM = 1.04  # the height of a panel, in its highest box or window


def quarters(found: Reconstruction) -> pd.DataFrame:
    """Return the quarters that are estimated, in units a day: year (its start), estimate, lower, upper, hatched."""
    table = found.quarterly.dropna(subset=["estimate"])
    periods = pd.PeriodIndex(table["period"], freq="Q")
    days = (periods.end_time.normalize() - periods.start_time).days + 1
    rates = table[["estimate", "lower", "upper"]].div(days, axis=0)
    return rates.assign(
        year=periods.year + (periods.quarter - 1) * QUARTER,
        informed=table["informed"],
        period=[f"{one.year} Q{one.quarter}" for one in periods],
        printed=False,
        hatched=says_little(table),
    ).reset_index(drop=True)


def windows_used(found: Reconstruction) -> pd.DataFrame:
    """Return the counts that entered: start and end (decimal years), days, rate, rate_low, rate_high, doubted."""
    frame = observed(found).query("not growth")
    return frame.assign(
        start=frame["window_start"].map(decimal_year),
        end=(frame["window_end"] + DAY).map(decimal_year),
        rate=(frame["low"] + frame["high"]) / 2 / frame["days"],
    )


def together_chart(dataset: Dataset) -> Chart:
    """Draw solved cases a day by quarter with their bands, and each window at its mean rate."""
    found = reconstructed(dataset, SERIES)
    rates, used = quarters(found), windows_used(found)
    runs = [run for _, run in rates.groupby((rates["year"].diff() > 2 * QUARTER).cumsum())]
    figure, panels = style.subplots(len(runs), 1, size=(style.WIDTH, 3.0 * len(runs)), squeeze=False)
    drawn = [_panel(axes, run, used) for axes, run in zip(panels[:, 0], runs, strict=True)]
    spans = listed([f"{int(first)} to {int(np.ceil(last)) - 1}" for first, last in drawn])
    growth = int(found.observations.growth.sum())
    widest = rates.iloc[int(np.argmax(rates["upper"] / rates["lower"]))]
    low, high = (rates.iloc[int(pick(rates["estimate"]))] for pick in (np.argmin, np.argmax))
    ends = [used.iloc[int(pick(used["rate"]))] for pick in (np.argmin, np.argmax)]
    slowest, fastest = (
        f"{quote(row, unit=False)} over {window(row['window_start'], row['window_end'])} at "
        f"{between(row['rate_low'], row['rate_high'], 2)} a day"
        for row in ends
    )
    return Chart(
        name="police-together",
        figure=style.finish(figure),
        title="Every window is one level line; the quarters are what they say together",
        alt=f"{capital(counted(len(runs), 'panel', 'panels'))} of solved cases a day, {spans}. {len(used)} windows "
        f"as level lines, from {slowest} to {fastest}. {len(rates)} quarters as boxes, "
        f"{int(rates['hatched'].sum())} of them hatched; "
        f"the lowest {_quarter(low)}, the highest {_quarter(high)} a day; the widest {_quarter(widest)}.",
        measure="Cases solved a day, infringement and counterfeiting, China's police",
        note="Solved cases a day, IPR and fake goods. Blue boxes: each quarter's 90 percent band, with a dash at "
        "the estimate; hatched: informed less by readings than by smoothness, or wider than a factor of two. "
        "Orange lines: each published count over its window, at its mean rate; thin where the window is longer "
        f"than a year, dotted where the other readings contradict it. {growth} growth rates enter as well and are not "
        "drawn. The pattern of the year is learnt from the years of which parts are published.",
        source=source_line(dataset, list(found.observations.frame["reading_id"])),
        frame=rates,
    )


def _panel(axes: Axes, run: pd.DataFrame, used: pd.DataFrame) -> tuple[float, float]:
    """Draw a run of quarters with no hole in it, and the windows that meet it; return the ends of what is drawn."""
    first, last = run["year"].min(), run["year"].max() + QUARTER
    draw_band(axes, run, color=style.GROUPS[0], left=0.02, width=QUARTER - 0.04, series_id=SERIES)
    inside = used[(used["end"] > first) & (used["start"] < last)]
    for row in inside.to_dict("records"):
        ends = [row["start"], row["end"]]
        box = axes.fill_between(
            ends, row["rate_low"], row["rate_high"], color=style.GROUPS[1], alpha=0.3, lw=0
        )
        lead(box, [row])
        axes.plot(
            ends, [row["rate"]] * 2, ":" if row["doubted"] else "-", color=style.GROUPS[1],
            lw=1.0 if row["days"] > LONG_DAYS else 2.0, solid_capstyle="butt",
        )  # fmt: skip
    first, last = min(first, inside["start"].min()), max(last, inside["end"].max())
    axes.set_xlim(first - 0.1, last + 0.1)
    axes.set_xticks(range(int(np.ceil(first)), int(last) + 1))
    axes.set_ylim(0, ROOM * max(run["upper"].max(), inside["rate_high"].max()))
    axes.set_ylabel("solved cases a day")
    return first, last


def _quarter(row: Mapping[str, Any] | pd.Series[Any]) -> str:
    """Say one quarter with its band."""
    year, part = divmod(float(row["year"]), 1)
    return f"{int(year)} Q{int(part / QUARTER) + 1} {between(row['lower'], row['upper'], 2)}"
