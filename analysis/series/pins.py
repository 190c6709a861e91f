"""Exact years (see `exact_years`) put into what is told of a series: their bands, and their totals in draws.

The fit itself knows them to `SHARPEST` on the log scale, so that little is left to move. A year of which two prints
exclude each other, and no verdict says which to quote, has a band that holds both; and no jump is smoothed so far
that the undoubted print of a year, without a hedge, lies outside its band.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import logit

from analysis.rounding import above
from analysis.series.laplace import Core
from analysis.series.moments import EDGE
from analysis.series.observations import COUNTED_TO_THE_UNIT, Observations
from analysis.series.whole_years import year_of

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Pins:
    """Exact years in the order of their readings: `labels` of the periods; print and ends in the readings' unit."""

    labels: list[str]
    rows: NDArray[np.int64]
    value: Array
    low: Array
    high: Array


def frequency_of(observations: Observations) -> str:
    """Return the frequency that exact years are periods of."""
    return "fiscal" if observations.fiscal else "yearly"


def pins_of(observations: Observations) -> Pins:
    """Return the exact years of a series; an exact count v stands for v - 1/2 to v + 1/2."""
    rows = np.flatnonzero(observations.exact)
    frame = observations.frame.iloc[rows]
    value, low, high = (frame[name].to_numpy(dtype=float) for name in ("value", "low", "high"))
    half = np.where((low == high) & (not observations.linear), COUNTED_TO_THE_UNIT, 0.0)
    ends = frame["window_end"].dt.year
    labels = [f"FY{year}" if observations.fiscal else str(year) for year in ends]
    return Pins(labels, rows, value, np.maximum(low - half, 0.0), high + half)


def with_pins(table: pd.DataFrame, pins: Pins) -> pd.DataFrame:
    """Return a table of periods with estimate, lower and upper of the exact years as they are printed."""
    told = table.set_index("period")
    told.loc[pins.labels, ["estimate", "lower", "upper"]] = np.column_stack([pins.value, pins.low, pins.high])
    return told.reset_index()


def with_prints_held(
    table: pd.DataFrame, observations: Observations, doubted: NDArray[np.bool_]
) -> pd.DataFrame:
    """Return a table of the years (see `frequency_of`) with bands that hold their prints.

    These are all prints of a year in dispute, else those without a hedge that are not `doubted` (one a reading).
    """
    frame = observations.frame
    years = year_of(frame, fiscal=observations.fiscal).astype(float).to_numpy(dtype=float, na_value=np.nan)
    given = ~frame["rejected"].to_numpy(dtype=bool) & ~observations.growth & (observations.side == 0)
    given &= ~np.isnan(years) & ~np.isin(years, years[observations.exact])
    if not given.any():
        return table
    places = {label: place for place, label in enumerate(table["period"])}
    value, low, high = (frame[name].to_numpy(dtype=float) for name in ("value", "low", "high"))
    plain = (frame["hedge"] == "exact").to_numpy(dtype=bool) & ~doubted
    untold = table["estimate"].isna().to_numpy()
    ends = table[["lower", "upper"]].to_numpy(dtype=float).copy()
    for year in np.unique(years[given]):
        rows = given & (years == year)
        if above(low[rows].max(), high[rows].min()):
            least, most = low[rows].min(), high[rows].max()
        elif (rows & plain).any():
            least, most = value[rows & plain].min(), value[rows & plain].max()
        else:
            continue
        place = places[f"FY{year:.0f}" if observations.fiscal else f"{year:.0f}"]
        if not untold[place]:
            ends[place] = min(ends[place, 0], least), max(ends[place, 1], most)
    return table.assign(lower=ends[:, 0], upper=ends[:, 1])


def pinned_cells(z: Array, core: Core, observations: Observations, seed: int) -> Array:
    """Return draws (n by cells) with every exact year's cells scaled to a total inside its rounding.

    The total is spread evenly over the rounding, one for each draw and year: where figures that were rounded alike
    are compared, nothing favours their middles.
    """
    pins = pins_of(observations)
    rng = np.random.default_rng([seed, len(pins.labels)])
    moved = z.copy()
    for row, low, high in zip(pins.rows, pins.low, pins.high, strict=True):
        told = rng.uniform(low, high, len(z)) / observations.scale
        weights = core.weights[row]
        if core.linear:
            share = np.clip(told, EDGE, 1 - EDGE)
            apart = logit(share) - core.level - z @ weights
        else:
            apart = np.log(told) - core.level - np.log(np.exp(z) @ weights)
        moved[:, weights > 0] += apart[:, None]
    return moved
