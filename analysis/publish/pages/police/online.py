"""Online cases told around the November sales, under two readings of their windows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.pages.police.scales import SMALL, compact, spoken
from analysis.publish.words import day, number, quote
from analysis.series.lookup import by_id, daily

FROM_JANUARY = "Since January"
FROM_LAUNCH = "Since the campaign began"


@dataclass(frozen=True)
class Autumn:
    """One year's count: the reading with the window since January, and what gives the later start.

    `launch` is a reading that prints the later start, or the measure whose date is supposed to be it.
    """

    year: int
    january: str
    launch: str


AUTUMNS = (
    Autumn(2020, "plat-seed1-01", "plat-seed0-01"),
    Autumn(2021, "police-0180", "police-0365"),
    Autumn(2023, "police-0442", "cn-2023-kunlun"),
    Autumn(2024, "police-0181", "cn-2024-kunlun"),
)


def online_rates(dataset: Dataset) -> pd.DataFrame:
    """Return two rows a year: year, basis, printed (is this window printed with the count?), rate_low, rate_high.

    Rates are cases a day. Where no text prints the later start, the campaign's launch among the measures
    stands in for it, and `printed` is False. Raises InputError for a launch that is in neither table.
    """
    rows = []
    for autumn in AUTUMNS:
        first = by_id(dataset, [autumn.january])[autumn.january]
        rows.append((autumn.year, FROM_JANUARY, True, first))
        rows.append((autumn.year, FROM_LAUNCH, *_since_launch(dataset, autumn.launch, first)))
    frame = pd.DataFrame([row[3] for row in rows]).reset_index(drop=True)
    return daily(frame).assign(
        year=[row[0] for row in rows], basis=[row[1] for row in rows], printed=[row[2] for row in rows]
    )


def _since_launch(dataset: Dataset, launch: str, first: pd.Series[Any]) -> tuple[bool, pd.Series[Any]]:
    """Return the reading since the campaign began: as printed, or the same count over a supposed window."""
    if launch in set(dataset.readings["reading_id"]):
        return True, by_id(dataset, [launch])[launch]
    rows = dataset.measures[dataset.measures["measure_id"] == launch]
    if rows.empty:
        raise InputError(
            f"Neither readings.csv nor measures.csv has {launch!r}; name the window's start there."
        )
    start = pd.Timestamp(str(rows.iloc[0]["effective"]))
    days = (first["window_end"] - start).days + 1
    return False, pd.Series({**first, "window_start": start, "days": days})


def online_chart(dataset: Dataset) -> Chart:
    """Draw online cases a day around the November sales, counted since January and since the campaign began."""
    rates = online_rates(dataset)
    figure, panels = style.subplots(1, 2, size=(5.8, 3.3), sharey=True)
    for axes, basis, colour in zip(
        panels, (FROM_JANUARY, FROM_LAUNCH), (style.BLUE, style.ORANGE), strict=True
    ):
        _draw(axes, rates[rates["basis"] == basis], colour)
        axes.set_title(basis, color=colour)
        axes.set_xlim(2019.4, 2024.6)
        axes.set_xticks([2020, 2021, 2022, 2023, 2024])
    panels[0].set_ylim(0, 9.4)
    panels[0].set_ylabel("cases a day")
    lines = "; ".join(
        f"{basis}: {', '.join(_in_words(row) for _, row in rates[rates['basis'] == basis].iterrows())}"
        for basis in (FROM_JANUARY, FROM_LAUNCH)
    )
    return Chart(
        "police-online",
        style.finish(figure),
        "Online cases a day rise every year, or hardly change: it depends on the window",
        f"Two panels of online counterfeit cases a day, told around the November sales. {lines}.",
        "Cases a day: the printed count over the days of its window. A bar is the interval that the hedge allows. "
        "Below each: the count (+ for \"more than\") and the days. A hollow mark: no text prints this start; the "
        "campaign's launch is supposed. No count was found for 2022, and the line breaks there.",
        source_line(dataset, rates["reading_id"].drop_duplicates()),
    )  # fmt: skip


def _draw(axes: Axes, rows: pd.DataFrame, colour: str) -> None:
    """Draw one panel: intervals with marks, joined only between neighbouring years."""
    middle = (rows["rate_low"] + rows["rate_high"]) / 2
    for run in (rows["year"] <= 2021, rows["year"] >= 2023):
        axes.plot(rows.loc[run, "year"], middle[run], color=colour, lw=1, alpha=0.6)
    for (_, row), at in zip(rows.iterrows(), middle, strict=True):
        axes.plot(
            [row["year"]] * 2,
            [row["rate_low"], row["rate_high"]],
            color=colour,
            lw=9,
            alpha=0.4,
            solid_capstyle="butt",
        )
        axes.plot(
            row["year"], at, "o", color=colour, mfc=colour if row["printed"] else "white", ms=5, mew=1.4
        )
        axes.annotate(
            compact(row["rate_low"], row["rate_high"]), (row["year"], row["rate_high"]), (0, 6),
            textcoords="offset points", ha="center", fontsize=SMALL,
        )  # fmt: skip
        axes.annotate(
            f"{number(row['value'])}{'+' if row['hedge'] == 'more_than' else ''}\n{row['days']:.0f} d",
            (row["year"], row["rate_low"]), (0, -7), textcoords="offset points", ha="center", va="top",
            fontsize=SMALL, color="#444444",
        )  # fmt: skip


def _in_words(row: pd.Series[Any]) -> str:
    """Write one count with its window, and whether that window is printed."""
    rate = spoken(row["rate_low"], row["rate_high"])
    supposed = "" if row["printed"] else " (start supposed)"
    return (
        f"{quote(row, unit=False)} from {day(row['window_start'])} to {day(row['window_end'])}{supposed}, "
        f"{rate} a day"
    )
