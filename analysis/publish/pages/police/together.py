"""What all windows say together: solved cases by quarter, beside the readings that they were made from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import FACTOR, draw_band
from analysis.publish.chart import Chart, source_line
from analysis.publish.pages.police.scales import DAY, decimal
from analysis.publish.words import between, quote, window
from analysis.rounding import above
from analysis.series import Reconstruction, reconstructed
from analysis.series.thresholds import LEAST_INFORMED

SERIES = "mps-cases-solved"
SPANS = ((2010.7, 2015.1), (2015.9, 2023.1))
TOPS = (330, 165)
QUARTER = 0.25
LONG_DAYS = 366  # a window above this is drawn thinner: it says little of any quarter


def quarters(found: Reconstruction) -> pd.DataFrame:
    """Return the quarters that are estimated, in units a day: year (its start), estimate, lower, upper, hatched."""
    table = found.quarterly.dropna(subset=["estimate"])
    periods = pd.PeriodIndex(table["period"], freq="Q")
    days = (periods.end_time.normalize() - periods.start_time).days + 1
    rates = table[["estimate", "lower", "upper"]].div(days, axis=0)
    unsure = (table["informed"] < LEAST_INFORMED) | above(table["upper"], FACTOR * table["lower"])
    return rates.assign(
        year=periods.year + (periods.quarter - 1) * QUARTER,
        informed=table["informed"],
        printed=False,
        hatched=unsure,
    ).reset_index(drop=True)


def windows_used(found: Reconstruction) -> pd.DataFrame:
    """Return the counts that entered: start and end (decimal years), days, rate, rate_low, rate_high, doubted."""
    frame = found.observations.frame
    doubted = found.core.variance > found.printed.variance
    frame = frame.assign(doubted=doubted)[~found.observations.growth]
    days = (frame["window_end"] - frame["window_start"]).dt.days + 1
    return frame.assign(
        start=frame["window_start"].map(decimal),
        end=(frame["window_end"] + DAY).map(decimal),
        days=days,
        rate=(frame["low"] + frame["high"]) / 2 / days,
        rate_low=frame["low"] / days,
        rate_high=frame["high"] / days,
    )


def together_chart(dataset: Dataset) -> Chart:
    """Draw solved cases a day by quarter with their bands, and each window at its mean rate."""
    found = reconstructed(dataset, SERIES)
    rates, used = quarters(found), windows_used(found)
    figure, panels = style.subplots(2, 1, size=(5.8, 6.0))
    for axes, span, top in zip(panels, SPANS, TOPS, strict=True):
        _panel(axes, rates, used, span)
        axes.set_ylim(0, top)
    growth = int(found.observations.growth.sum())
    widest = rates.iloc[int(np.argmax(rates["upper"] / rates["lower"]))]
    return Chart(
        name="police-together",
        figure=style.finish(figure),
        title="Every window is one level line; the quarters are what they say together",
        alt=f"Two panels of solved cases a day, 2010 to 2014 and 2016 to 2022. {len(used)} windows as level "
        f"lines, {_ends(used)}. {len(rates)} quarters as boxes, {int(rates['hatched'].sum())} of them hatched; "
        f"{_told(rates)}; the widest {_quarter(widest)}.",
        note="Solved cases a day, IPR and fake goods. Blue boxes: each quarter's 90 percent band, with a dash at "
        "the estimate; hatched: informed less by readings than by smoothness, or wider than a factor of two. "
        "Orange lines: each printed count over its window, at its mean rate; thin where the window is longer "
        f"than a year, dotted where the other readings contradict it. {growth} growth rates enter as well and are not "
        "drawn. The pattern of the year is learnt from the years that print parts.",
        source=source_line(dataset, list(found.observations.frame["reading_id"])),
    )


def _panel(axes: Axes, rates: pd.DataFrame, used: pd.DataFrame, span: tuple[float, float]) -> None:
    """Draw the quarters and windows of one span of years."""
    inside = rates[(rates["year"] >= span[0]) & (rates["year"] < span[1])]
    draw_band(axes, inside, color=style.BLUE, left=0.02, width=QUARTER - 0.04)
    for row in used[(used["end"] > span[0]) & (used["start"] < span[1])].to_dict("records"):
        ends = [row["start"], row["end"]]
        axes.fill_between(ends, row["rate_low"], row["rate_high"], color=style.ORANGE, alpha=0.3, lw=0)
        axes.plot(
            ends, [row["rate"]] * 2, ":" if row["doubted"] else "-", color=style.ORANGE,
            lw=1.0 if row["days"] > LONG_DAYS else 2.0, solid_capstyle="butt",
        )  # fmt: skip
    axes.set_xlim(*span)
    first, last = int(span[0]) + 1, int(span[1])
    axes.set_xticks(range(first, last + 1), [str(year) for year in range(first, last + 1)])
    axes.set_ylabel("solved cases a day")


def _ends(used: pd.DataFrame) -> str:
    """Say the lowest and the highest windows by rate."""
    rows = [used.iloc[int(np.argmin(used["rate"]))], used.iloc[int(np.argmax(used["rate"]))]]
    said = [
        f"{quote(row, unit=False)} over {window(row['window_start'], row['window_end'])} at "
        f"{between(row['rate_low'], row['rate_high'], 2)} a day"
        for row in rows
    ]
    return f"from {said[0]} to {said[1]}"


def _quarter(row: pd.Series[Any]) -> str:
    """Say one quarter with its band."""
    year, part = divmod(float(row["year"]), 1)
    return f"{int(year)} Q{int(part / QUARTER) + 1} {between(row['lower'], row['upper'], 2)}"


def _told(rates: pd.DataFrame) -> str:
    """Say the lowest and the highest quarter with their bands."""
    low, high = (rates.iloc[int(pick(rates["estimate"]))] for pick in (np.argmin, np.argmax))
    return f"the lowest {_quarter(low)}, the highest {_quarter(high)} a day"
