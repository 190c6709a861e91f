"""Exact years: a whole year that who counted prints exactly, and that nobody contradicts, is that year.

A series tells what a register counted. Where the register's own print (its source is `COUNTERS`) gives a whole year
without a hedge, nothing is left to estimate but the rounding: neither smoothness nor the prior on reporting error
moves it. A year is left to the model where another print without a hedge contradicts it beyond the rounding of
both: one of the same year, or, of a flow, one of a part that exceeds the whole. A print that a verdict rejects (see
`pair_kinds`) contradicts nobody and gives no year; the one that is quoted in its place is as the counter's own. Of
several prints that agree the sharpest stands. A counted zero, and a share of 0 or 100 percent, are themselves, whoever
prints them. What else is rounded down to nothing (a step as large as its figure) has no logarithm, and stays with the
model as well.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.rounding import above
from analysis.series.bases import GROWTH
from analysis.series.whole_years import year_of

COUNTERS = ("primary", "agency")
# The sd on the log scale that an exact year enters the fit with, at least: a tenth of the smallest reporting error
# of the grid. A count of a million, to the unit, has 3e-7, which would cost the Hessian all its digits. `pins` then
# sets the year itself.
SHARPEST = 1e-4


def by_counter(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which readings come from a source of who counted, or are quoted by a verdict in the place of one."""
    found = np.zeros(len(frame), dtype=bool)
    if "tier" in frame:
        found |= frame["tier"].astype(str).isin(COUNTERS).to_numpy(dtype=bool)
    if "upheld" in frame:
        found |= frame["upheld"].fillna(False).to_numpy(dtype=bool)
    return found


def limits(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which readings are at an end of what can be: counted zeros, shares of 0 and 100 percent."""
    value, unit = frame["value"], frame["unit"]
    whole = (unit == "percent") & (value == 100)
    ends = (
        ((value == 0) | whole) & (frame["hedge"] == "exact") & ~frame["kind"].isin((*GROWTH, "price", "rate"))
    )
    return np.asarray(ends, dtype=bool)


def exact_years(frame: pd.DataFrame, *, fiscal: bool, flow: bool = True) -> NDArray[np.bool_]:
    """Tell which readings are exact years; at most one a year.

    Parameters
    ----------
    frame
        Readings of one quantity with reading_id, window_start, window_end, kind, unit, value, hedge, low, high,
        `counted` (whether who counted prints it: see `by_counter`) and `rejected` (whether a verdict rejects it).
    fiscal
        Whether years are US fiscal ones.
    flow
        Whether a part cannot exceed its whole: true of totals, not of shares and prices.
    """
    firm = ((frame["hedge"] == "exact") & ~frame["kind"].isin(GROWTH) & ~frame["rejected"]).to_numpy(
        dtype=bool
    )
    at_end = limits(frame)
    places = np.flatnonzero(firm & year_of(frame, fiscal=fiscal).notna().to_numpy())
    low, high = frame["low"].to_numpy(dtype=float), frame["high"].to_numpy(dtype=float)
    start, end = frame["window_start"].to_numpy(), frame["window_end"].to_numpy()
    found = np.zeros(len(frame), dtype=bool)
    for first in np.unique(start[places]):
        same = places[start[places] == first]
        own = same[(frame["counted"].to_numpy()[same] & (low[same] > 0)) | at_end[same]]
        if not len(own) or above(low[same].max(), high[same].min()):
            continue
        best = own[np.lexsort([frame["reading_id"].to_numpy()[own].astype(str), high[own] - low[own]])[0]]
        part = firm & (start >= first) & (end <= end[best])
        if not (flow and above(low[part], high[best]).any()):
            found[best] = True
    return found
