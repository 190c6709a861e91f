"""The fit: the monthly band, and what it expects of each reading against what was printed."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.pages.series_made.taken import (
    SERIES,
    YEAR,
    drawn,
    off,
    readings_taken,
    short_quote,
)
from analysis.publish.pages.series_made.windows import HALO, calendar, day_number, rate_box
from analysis.publish.words import between, number, window
from analysis.rounding import above, written
from analysis.series import reconstructed
from analysis.series.thresholds import LEAST_INFORMED

FACTOR = 2.0


def months(dataset: Dataset) -> pd.DataFrame:
    """Return the year's months that are estimated, as cases a day.

    Columns: period, start, end (the first of the next month), estimate, lower, upper, informed, thin (whether the
    windows say less of the month than smoothness does, or its band is wider than a factor of two).
    """
    table = reconstructed(dataset, SERIES).monthly
    found = table[table["period"].str.startswith(f"{YEAR}-") & table["estimate"].notna()].copy()
    found["start"] = pd.to_datetime(found["period"] + "-01")
    found["end"] = found["start"] + pd.offsets.MonthBegin(1)
    days = (found["end"] - found["start"]).dt.days
    for name in ("estimate", "lower", "upper"):
        found[name] = found[name] / days
    found["thin"] = (found["informed"] < LEAST_INFORMED) | above(found["upper"], FACTOR * found["lower"])
    return found.reset_index(drop=True)


def months_chart(dataset: Dataset) -> Chart:
    """Draw the monthly band of the year with the readings behind it."""
    found, frame = months(dataset), drawn(readings_taken(dataset))
    figure, axes = style.subplots(size=(5.8, 3.7))
    for _, row in frame.iterrows():
        rate_box(axes, row, style.ORANGE if row["doubted"] else style.GREY, alpha=0.35)
    for _, row in found.iterrows():
        _month_box(axes, row)
    axes.hlines(found["estimate"], found["start"], found["end"], color=style.BLUE, lw=2)
    axes.set_ylim(0, 1.04 * found["upper"].max())
    axes.set_ylabel("cases a day")
    calendar(axes)
    axes.set_xlim(pd.Timestamp(YEAR - 1, 12, 24), pd.Timestamp(YEAR + 1, 1, 8))
    for _, row in frame[frame["doubted"]].iterrows():
        axes.annotate(
            f"{short_quote(row)}: doubted", (row["window_start"], row["rate_low"]), (3, -3),
            textcoords="offset points", color=style.ORANGE, fontsize=9, va="top", bbox=HALO,
        )  # fmt: skip
    year = reconstructed(dataset, SERIES).yearly.set_index("period").loc[str(YEAR)]
    lower, upper = year[["lower", "upper"]].to_numpy(dtype=float)
    whole, factor = upper / lower, (found["upper"] / found["lower"]).median()
    widest = found.iloc[int((found["upper"] / found["lower"]).to_numpy().argmax())]
    return Chart(
        name="fig-taken-months",
        figure=style.finish(figure),
        title=f"The band of a month spans a factor of {written(factor, '.1f')}, "
        f"that of the whole year {written(whole, '.1f')}",
        alt=f"Boxes of the 90% band of {len(found)} months, cases a day. "
        + "; ".join(
            f"{row['period']}: {number(row['estimate'], 2)}, band {between(row['lower'], row['upper'], 2)}"
            for _, row in found.iterrows()
        )
        + f". {int(found['thin'].sum())} are hatched; the widest is {widest['period']}.",
        note="Blue boxes: 90% band of each month, with a dash at the estimate; hatched where the windows say less of "
        "the month than smoothness does, or the band is wider than a factor of two. Grey and orange lines: the counts "
        "of the figures above as rates, orange where the fit doubts them.",
        source=source_line(dataset, frame),
    )


def _month_box(axes: Axes, row: pd.Series[Any]) -> None:
    """Draw one month's band."""
    start, end = day_number(row["start"]), day_number(row["end"])
    if row["thin"]:
        look: dict[str, Any] = {
            "facecolor": "none",
            "edgecolor": (style.BLUE, 0.5),
            "hatch": "////",
            "lw": 0.5,
        }
    else:
        look = {"facecolor": (style.BLUE, 0.22), "edgecolor": "none"}
    axes.add_patch(
        Rectangle((start, row["lower"]), end - start, row["upper"] - row["lower"], zorder=1, **look)
    )


def expected_chart(dataset: Dataset) -> Chart:
    """Draw how far each reading of the year lies from what the fit expects of it."""
    frame = readings_taken(dataset)
    ends = [off(row) for _, row in frame.iterrows()]
    figure, axes = style.subplots(size=(5.8, 5.0))
    for place, ((_, row), (low, high)) in enumerate(zip(frame.iterrows(), ends, strict=True)):
        colour = style.ORANGE if row["doubted"] else style.BLUE
        axes.plot([low, high], [place, place], color=colour, lw=6, solid_capstyle="butt", alpha=0.5)
        look = {"mfc": "white" if row["doubted"] else colour, "mec": colour}
        axes.plot((low + high) / 2, place, "o", ms=5.5, **look)
    axes.axvline(0, color="#555555", lw=1)
    axes.set_yticks(range(len(frame)), [_label(row) for _, row in frame.iterrows()], fontsize=9)
    axes.set_ylim(len(frame) - 0.5, -0.6)
    axes.set_xlabel("printed, against what the fit expects, %")
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    doubted = frame[frame["doubted"]]
    names = ["no", "One", "Two", "Three", "Four", "Five"]
    count = names[len(doubted)] if len(doubted) < len(names) else str(len(doubted))
    return Chart(
        name="fig-taken-expected",
        figure=style.finish(figure),
        title=f"{count} of {len(frame)} readings of {YEAR} stand far from what the others leave room for",
        alt="Bars, one a reading. "
        + "; ".join(
            f"{_label(row).replace(chr(10), ', ')}: {written(low, '+.0f')}% to "
            f"{written(high, '+.0f')}%{', doubted' if row['doubted'] else ''}"
            for (_, row), (low, high) in zip(frame.iterrows(), ends, strict=True)
        )
        + ".",
        note="Bar: the interval of the printed figure as a percentage above or below the fit's expectation of it (for "
        "growth, of the ratio). Orange and hollow: doubted readings, which got an error of their own.",
        source=source_line(dataset, frame),
    )


def _label(row: pd.Series[Any]) -> str:
    """Return a reading and its window on two lines."""
    return f"{short_quote(row)}\n{window(row['window_start'], row['window_end'])}"
