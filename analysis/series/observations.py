"""Readings as observations: what each one says of the grid, how exactly, and which share an error.

A flow says log m(window) = y, a growth rate log m(window) - log m(base) = y, a share that the mean logit over
the window is y, a stock or a price that the log of a value is y. Hedges enter by their moments (`moments`), a
one-sided figure ("up to", or an open end) as an inequality only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.arguments import column, words
from analysis.dataset.dates import days
from analysis.errors import InputError, shown
from analysis.readings import intervals
from analysis.series.bases import GROWTH, with_bases
from analysis.series.cells import Cells, cells_between, day_numbers
from analysis.series.exact_years import SHARPEST, by_counter, exact_years
from analysis.series.late_frames import LateFrames
from analysis.series.moments import log_moments, logit_moments

Array = NDArray[np.float64]
COLUMNS = ("value", "unit", "hedge", "window_start", "window_end", "kind")
# What a kind and a unit are together; kinds of different families do not belong in one call.
FLOW, STOCK, SHARE, RATE = "flow", "stock", "share", "rate"
COUNTED_TO_THE_UNIT = 0.5  # an exact count v stands for [v - 1/2, v + 1/2]
# Hedges that leave one side open, and the end their density falls from (see `moments`): +1 the lower, -1 the upper.
FALLING = {"more_than": 1.0, "at_least": 1.0, "nearly": -1.0}


@dataclass(frozen=True)
class Observations(LateFrames):
    """Readings on a grid; n readings, `cells` cells.

    `weights` and `base` (n by cells) are days of the window and of the base in each cell (base is zero but for
    growth; a share's and a rate's weights sum to one; a stock's is one on its cell). `y` and `variance` are
    the moments of the logarithm (logit for shares). `side` is 0 for these, +1 where y is a lower and -1 where
    it is an upper bound only. `family` numbers the release whose error a reading shares (-1: its own alone).
    `exact` are the readings that give a year exactly (see `exact_years`), a US fiscal year where `fiscal`.
    """

    LATE = ("frame",)

    names: NDArray[np.object_]
    quantity: str
    cells: Cells
    weights: Array
    base: Array
    y: Array
    variance: Array
    side: Array
    family: NDArray[np.int64]
    growth: NDArray[np.bool_]
    frame: pd.DataFrame
    exact: NDArray[np.bool_]
    fiscal: bool

    def __len__(self) -> int:
        """Return the number of readings."""
        return len(self.y)

    @property
    def linear(self) -> bool:
        """Whether an expectation is a mean of cells (shares), not the log of a sum."""
        return self.quantity == SHARE

    @property
    def scale(self) -> float:
        """What a modelled value is multiplied by to be in the readings' unit: 100 for shares in percent."""
        return 100.0 if self.linear and (self.frame["unit"] == "percent").all() else 1.0

    def take(self, rows: NDArray[np.int64]) -> Observations:
        """Return some of the readings, by position, on the same grid."""
        return Observations(
            self.names[rows],
            self.quantity,
            self.cells,
            self.weights[rows],
            self.base[rows],
            self.y[rows],
            self.variance[rows],
            self.side[rows],
            self.family[rows],
            self.growth[rows],
            self.frame.iloc[rows],
            self.exact[rows],
            self.fiscal,
        )


def observe(
    readings: pd.DataFrame,
    *,
    start: str | date | None = None,
    end: str | date | None = None,
    hedge_model: str = "default",
    halves: bool = False,
    fiscal: bool = False,
) -> Observations:
    """Return readings of one key as observations on the grid of their windows.

    Growth readings are measured against the same dates one year earlier for windows up to a year, else
    against the preceding window of equal length, unless `base_start` and `base_end` say otherwise. A figure
    that is repeated (same window, kind, unit, value and hedge) enters once: the first by its id, and as printed by
    who counted where any of them is. Exact years (`fiscal` ones where the series counts these) have their rounding
    for a variance, but `SHARPEST`, and no reporting error. A counted zero
    stands for [0, 1/2]; a zero price, and a fall by 100 percent, have no logarithm and are refused. Readings
    without a `reading_id` are named by their place in the frame.

    Raises
    ------
    InputError
        If a column or window is missing, kinds do not belong together, a value is not finite or not positive,
        a window lies outside `start` to `end`, or growth readings have no level to start from. The sentence
        names the reading and what would be right.
    """
    frame = _checked(readings)
    quantity = _quantity(frame)
    if frame["kind"].isin(GROWTH).any():
        frame = with_bases(frame)
    else:  # none has a base, whatever its row says
        frame["base_start"] = frame["base_end"] = pd.Series(pd.NaT, frame.index, dtype="datetime64[ns]")
    told = frame["rejected"] if "rejected" in frame else pd.Series(False, index=frame.index)
    frame = _once(frame, by_counter(frame), np.asarray(told.fillna(False), dtype=bool))
    frame[["low", "high"]] = intervals(frame, model=hedge_model)[["low", "high"]]
    cells = _grid(frame, start, end, halves)
    weights, base = _weights(frame, quantity, cells)
    y, variance, side = _moments(frame, quantity)
    exact = np.zeros(len(frame), dtype=bool)
    if quantity != STOCK:
        exact = exact_years(frame, fiscal=fiscal, flow=quantity == FLOW)
    variance = np.where(exact, np.maximum(variance, SHARPEST**2), variance)
    growth = frame["kind"].isin(GROWTH).to_numpy(dtype=bool)
    _refuse_unanchored(frame, growth, side)
    names = frame["reading_id"].to_numpy(dtype=object)
    made = (names, quantity, cells, weights, base, y, variance, side)
    return Observations(*made, _families(frame), growth, frame, exact, fiscal)


def _once(frame: pd.DataFrame, counted: NDArray[np.bool_], rejected: NDArray[np.bool_]) -> pd.DataFrame:
    """Return each figure once, `counted` where any print of it is, and `rejected` where all are."""
    groups = frame.groupby([*_SAME, "base_start", "base_end"], dropna=False, sort=False).ngroup().to_numpy()
    first = np.sort(np.unique(groups, return_index=True)[1])
    some = np.bincount(groups, counted) > 0
    none = np.bincount(groups, ~rejected) > 0
    found = frame.iloc[first].reset_index(drop=True)
    found["counted"], found["rejected"] = some[groups[first]], ~none[groups[first]]
    return found


# Years of a window, and of a grid: a typed 1820 or 2205 for 2020 is a slip.
LONGEST_WINDOW, MOST_YEARS = 100, 250
_SAME = ["window_start", "window_end", "kind", "unit", "value", "value_high", "hedge"]


def _checked(readings: pd.DataFrame) -> pd.DataFrame:
    """Return a copy in a fixed order with all columns and complete windows, or refuse."""
    missing = [name for name in COLUMNS if name not in readings.columns]
    if missing:
        raise InputError(
            f"reconstruct() needs the columns {', '.join(COLUMNS)}; missing: {', '.join(missing)}."
        )
    if readings.empty:
        raise InputError("There is no reading to reconstruct a series from; give at least one.")
    frame = readings.copy()
    if "reading_id" not in frame:
        frame["reading_id"] = [f"row {number}" for number in range(len(frame))]
    for name in ("unit", "hedge", "kind", "reading_id"):
        frame[name] = words(frame[name], name)
    twice = frame["reading_id"].duplicated()
    _refuse_rows(frame, twice, "stands in two rows; give each reading an id of its own")
    for name in ("value", "value_high"):
        frame[name] = column(frame[name]) if name in frame else np.nan
    for name in ("window_start", "window_end", "base_start", "base_end"):
        frame[name] = days(frame[name], name, frame["reading_id"]) if name in frame else pd.NaT
    frame.loc[frame["kind"] == STOCK, "window_start"] = frame["window_end"]
    _refuse_rows(frame, ~np.isfinite(frame["value"]), "has no finite value; give the figure as printed")
    no_window = frame["window_start"].isna() | frame["window_end"].isna()
    _refuse_rows(
        frame, no_window, "has no complete window; give window_start and window_end, or leave it out"
    )
    _refuse_rows(
        frame, frame["window_start"] > frame["window_end"], "ends before it starts; swap the two days"
    )
    long = frame["window_end"].dt.year - frame["window_start"].dt.year >= LONGEST_WINDOW
    _refuse_rows(frame, long, f"has a window of more than {LONGEST_WINDOW} years; look at its two days")
    # The fit must not depend on the order of rows, to the last bit.
    order = [*_SAME, "reading_id"]
    return frame.sort_values(order, kind="stable", ignore_index=True)


def _refuse_rows(frame: pd.DataFrame, wrong: pd.Series, what: str) -> None:
    """Raise InputError naming the first row of a kind."""
    if wrong.any():
        row = frame[wrong].iloc[0]
        raise InputError(f"Reading {shown(row['reading_id'])} {what}.")


def _quantity(frame: pd.DataFrame) -> str:
    """Return what the readings are of, or refuse kinds that do not belong together."""
    level = frame[~frame["kind"].isin(GROWTH)]
    percent = level["unit"] == "percent"
    kinds = level["kind"].where(~(percent & level["kind"].isin(["flow", "share"])), SHARE)
    kinds = kinds.replace({"price": RATE, "rate": RATE})
    found = sorted(set(kinds)) or [FLOW]
    if len(found) > 1 or found[0] not in (FLOW, STOCK, SHARE, RATE):
        raise InputError(
            f"Readings of the kinds {', '.join(found)} do not belong in one series; give flows (with growth "
            "rates), or stocks, or shares, or prices alone."
        )
    units = sorted(set(level["unit"]))
    if len(units) > 1:
        raise InputError(f"Readings in {', '.join(units)} do not belong in one series; give one unit.")
    if found[0] != FLOW and len(level) < len(frame):
        raise InputError(f"Growth rates speak of flows only; leave them out of a series of kind {found[0]}.")
    odd = frame["kind"].isin(GROWTH) & ~frame["unit"].isin(["percent", "ratio"])
    _refuse_rows(
        frame, odd, "is a growth rate in neither percent nor ratio (0.35 for 35 percent); convert it"
    )
    return found[0]


def _grid(frame: pd.DataFrame, start: str | date | None, end: str | date | None, halves: bool) -> Cells:
    """Return the grid from the first window (or `start`) to the last (or `end`)."""
    first, last = frame["window_start"].min(), frame["window_end"].max()
    if frame["base_start"].notna().any():
        first, last = min(first, frame["base_start"].min()), max(last, frame["base_end"].max())
    try:
        begin = pd.Timestamp(str(start)) if start else first
        until = pd.Period(str(end)).end_time if end else last
        if pd.isna(begin) or pd.isna(until):  # the text "nan" or "NaT"
            raise ValueError
    except (ValueError, OverflowError, AttributeError):  # a period of no time has no end
        raise InputError(
            f"start {shown(start)} to end {shown(end)} is no span; write days such as 2010-01-01."
        ) from None
    if begin > until:
        raise InputError(f"start {begin:%Y-%m-%d} is after end {until:%Y-%m-%d}; swap the two.")
    if until.year - begin.year >= MOST_YEARS:
        far = frame.loc[[frame["window_start"].idxmin(), frame["window_end"].idxmax()], "reading_id"]
        raise InputError(
            f"The series would run from {begin:%Y-%m-%d} to {until:%Y-%m-%d}, more than {MOST_YEARS} years; look at "
            f"the windows of readings {far.iloc[0]!r} and {far.iloc[1]!r}, and at start and end."
        )
    outside = (frame["window_start"] < begin) | (frame["window_end"] > until)
    outside |= (frame["base_start"] < begin) | (frame["base_end"] > until)
    where = f"has a window outside {begin:%Y-%m-%d} to {until:%Y-%m-%d}; widen start and end, or leave it out"
    _refuse_rows(frame, outside, where)
    return cells_between(begin, until, halves=halves)


def _weights(frame: pd.DataFrame, quantity: str, cells: Cells) -> tuple[Array, Array]:
    """Return days of window and of base in each cell, scaled as the quantity asks."""
    end = day_numbers(frame["window_end"])
    weights = cells.overlap(day_numbers(frame["window_start"]), end)
    base = np.zeros_like(weights)
    if quantity in (SHARE, RATE):
        weights /= weights.sum(axis=1, keepdims=True)
    if quantity == STOCK:
        weights = (weights > 0).astype(float)
    grown = frame["base_start"].notna().to_numpy() & frame["kind"].isin(GROWTH).to_numpy()
    if grown.any():
        rows = frame[grown]
        base[grown] = cells.overlap(day_numbers(rows["base_start"]), day_numbers(rows["base_end"]))
    return weights, base


def _moments(frame: pd.DataFrame, quantity: str) -> tuple[Array, Array, Array]:
    """Return y, its variance and its side; a bound has the variance 0."""
    low, high = (frame[name].to_numpy(dtype=float).copy() for name in ("low", "high"))
    grown = frame["kind"].isin(GROWTH).to_numpy()
    bounded = frame["hedge"].isin(["less_than", "up_to"]).to_numpy()
    exact_count = (low == high) & ~grown & ~bounded & (quantity in (FLOW, STOCK))
    low[exact_count] -= COUNTED_TO_THE_UNIT
    high[exact_count] += COUNTED_TO_THE_UNIT
    if (
        quantity == SHARE
    ):  # 0 and 100 percent are themselves, but have no logit: the fit takes them as rounded
        at_end = (low == high) & (low * (100.0 - low) == 0) & (frame["unit"] == "percent").to_numpy()
        low, high = np.where(at_end & (low > 0), low - 0.5, low), np.where(at_end & (low == 0), 0.5, high)
    scale = np.where((frame["unit"] == "percent").to_numpy() & (grown | (quantity == SHARE)), 100.0, 1.0)
    low, high = np.divide(low, scale) + grown, np.divide(high, scale) + grown
    wrong = (
        "is not above 0; a flow, stock, share or price must be"
        if not grown.any()
        else ("is not above 0, or falls by 100 percent or more; neither has a logarithm")
    )
    values = frame["value"].to_numpy(dtype=float) / scale
    negative = np.where(grown, values <= -1, (values < 0) | (high <= 0))
    _refuse_rows(frame, pd.Series(negative, index=frame.index), wrong)
    if quantity == SHARE:
        over = pd.Series(values > 1, index=frame.index)
        _refuse_rows(frame, over, "is a share above 100 percent; mend the value")
    side = np.where(np.isinf(high), 1.0, 0.0)
    open_below = (frame["hedge"] == "nearly").to_numpy() & (low <= 0) & ~grown
    side[bounded | open_below | np.isneginf(low)] = -1.0
    side[bounded & grown & (values < 0)] = 1.0  # "down less than 5 percent" has a floor
    low = np.maximum(low, 0.0)
    falling: Array = np.array(frame["hedge"].map(FALLING).fillna(0.0), dtype=np.float64)
    falling[grown | (low <= 0)] = 0.0
    return *_log_or_logit(low, high, side, falling, quantity), side


def _log_or_logit(low: Array, high: Array, side: Array, falling: Array, quantity: str) -> tuple[Array, Array]:
    """Return the moments of two-sided intervals, and the transformed bound of one-sided ones."""
    y, variance = np.empty(len(low)), np.zeros(len(low))
    bound = np.where(side > 0, low, high)
    two = side == 0
    if quantity == SHARE:
        y[two], variance[two] = logit_moments(low[two], high[two])
        clipped = np.clip(bound, 1e-4, 1 - 1e-4)
        y[~two] = np.log(clipped / (1 - clipped))[~two]
    else:
        y[two], variance[two] = log_moments(low[two], high[two], falling[two])
        y[~two] = np.log(np.maximum(bound[~two], np.finfo(float).tiny))
    return y, variance


def _families(frame: pd.DataFrame) -> NDArray[np.int64]:
    """Number the releases; a reading without a source, and a growth rate, stands alone."""
    if "source_id" not in frame:
        return np.full(len(frame), -1, dtype=np.int64)
    source = frame["source_id"].astype(str).where(~frame["kind"].isin(GROWTH), "")
    codes, _ = pd.factorize(source.where(~source.isin(["", "nan", "None"])), sort=True)
    counts = np.bincount(codes[codes >= 0], minlength=codes.max(initial=-1) + 1)
    shared = (codes >= 0) & (counts[np.maximum(codes, 0)] > 1 if len(counts) else False)
    return np.where(shared, codes, -1).astype(np.int64)


def _refuse_unanchored(frame: pd.DataFrame, growth: NDArray[np.bool_], side: Array) -> None:
    """Refuse a series without a single level."""
    if growth.all():
        raise InputError(
            f"All {len(frame)} readings are growth rates ({frame['reading_id'].iloc[0]!r} is the first); "
            "a level is needed to start from, add at least one."
        )
    if (side[~growth] != 0).all():
        raise InputError(
            f"All levels are one-sided bounds ({frame['reading_id'].iloc[0]!r} is the first); add a figure with "
            "two ends, or use the default hedge model."
        )
