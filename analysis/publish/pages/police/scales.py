"""What the police figures share: positions in time, and rates as text."""

from __future__ import annotations

import pandas as pd
from matplotlib.patheffects import withStroke

YEAR_DAYS = 365.25
SMALL = 8.5  # points; the smallest letters of a figure
DAY = pd.Timedelta(days=1)
HALO = [withStroke(linewidth=2.2, foreground="white")]  # keeps letters clear of the uprights


def decimal(date: pd.Timestamp) -> float:
    """Return a date as a point on an axis of years: 1 July 2020 is about 2020.5."""
    start = pd.Timestamp(date.year, 1, 1)
    return float(date.year + (date - start).days / (pd.Timestamp(date.year + 1, 1, 1) - start).days)


def compact(low: float, high: float) -> str:
    """Write a rate's interval for a drawing: `57–62`, `4.5–4.8`, or one number where both read the same."""
    digits = 1 if high < 20 else 0
    first, last = f"{low:,.{digits}f}", f"{high:,.{digits}f}"
    return first if first == last else f"{first}–{last}"


def spoken(low: float, high: float) -> str:
    """Write a rate's interval for prose: `57 to 62`."""
    return compact(low, high).replace("–", " to ")
