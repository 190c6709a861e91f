"""Figures over a calendar: windows as bars, dates as points, and axes of years whose ends come from the data."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.publish import style
from analysis.publish.touch import lead, tell
from analysis.publish.words import window
from analysis.readings.windows import decimal_year

DAY = pd.Timedelta(days=1)
MONTHS_UP_TO = 3.0  # years; a shorter axis is labelled with months


def draw_windows(axes: Axes, rows: pd.DataFrame, *, height: float = 0.5) -> None:
    """Draw windows as bars over a calendar, the first on top.

    `rows` has start and end (timestamps, both days inside), and may have place, colour, alpha, hatch and note, and
    label or title, by which a reader is told of the bar.
    """
    for place, row in enumerate(rows.to_dict("records")):
        at = row.get("place", place)
        start, end = decimal_year(row["start"]), decimal_year(row["end"] + DAY)
        look: dict[str, Any] = {"color": row.get("colour", style.PRINT), "alpha": row.get("alpha", 1.0)}
        if row.get("hatch"):
            look |= {"hatch": row["hatch"], "edgecolor": style.PAPER}
        (bar,) = axes.barh(at, end - start, left=start, height=height, **look)
        lead(bar, [row])
        if name := row.get("label", row.get("title")):  # else the axis names it
            tell(bar, [(f"{name}: {window(row['start'], row['end'])}", "")])
        if note := row.get("note"):
            axes.annotate(note, (end, at), (5, 0), fontsize=style.SMALL, color=style.TEXT, **style.BESIDE)


def draw_levels(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw each window's rate as a level line with the box that its hedge allows.

    `rows` has start, end, low, high, and may have value, colour and alpha; rates are in the unit of the upright axis.
    """
    for row in rows.to_dict("records"):
        start, end = decimal_year(row["start"]), decimal_year(row["end"] + DAY)
        colour, low, high = row.get("colour", style.PRINT), row["low"], row["high"]
        level = row.get("value", (low * high) ** 0.5)
        lead(axes.fill_between([start, end], [low] * 2, [high] * 2, color=colour, alpha=0.25, lw=0), [row])
        axes.plot([start, end], [level] * 2, color=colour, lw=1.6, alpha=row.get("alpha", 1.0))


def calendar_axis(
    axes: Axes, first: pd.Timestamp, last: pd.Timestamp, *, pad: float = 0.02, months: int | None = None
) -> None:
    """Set an axis of decimal years from one date to another: months where it is short, else whole years.

    Months stand three apart, six where the axis is longer than a year and a half, or `months` apart from January on.
    """
    start, end = decimal_year(first), decimal_year(last + DAY)
    slack = pad * (end - start)
    axes.set_xlim(start - slack, end + slack)
    if end - start > MONTHS_UP_TO:
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
        return
    step = 3 if end - start <= 1.5 else 6
    days = pd.date_range(first.to_period("M").to_timestamp(), last + DAY, freq=f"{step}MS")
    if months:
        days = pd.date_range(pd.Timestamp(first.year, 1, 1), last + DAY, freq=f"{months}MS")
        days = days[days >= first]
    axes.set_xticks(
        [decimal_year(one) for one in days], [f"{one:%b %Y}" for one in days], fontsize=style.SMALL
    )


def years_axis(
    axes: Axes, years: Any, *, fiscal: bool = False, every: int | None = None, pad: float = 0.7
) -> None:
    """Set an axis of whole years from the first to the last of `years`, labelled FY where they are fiscal."""
    found = np.asarray(list(years), float)
    first, last = int(found.min()), int(found.max())
    step = every or max(1, round((last - first) / 6))
    axes.set_xlim(first - pad, last + pad)
    shown = range(last - (last - first) // step * step, last + 1, step)
    axes.set_xticks(list(shown), [f"FY {year}" if fiscal else str(year) for year in shown])
