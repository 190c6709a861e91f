"""The record that averages and ranks are taken over: every series with its informed years, on a scale of differences.

Counts and values stand as logs, shares as the log of their odds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.rounding import at_least
from analysis.scrutiny.question import informed_periods
from analysis.scrutiny.reach import CONTROLS
from analysis.series import definition, reconstruct_all, single_series
from analysis.series.remembered import SERIES_TABLES, remembered
from analysis.series.thresholds import LEAST_INFORMED

Array = NDArray[np.float64]
LEAST = 5
CHINA = ("police", "justice", "administration", "china_customs")


@dataclass(frozen=True)
class Recorded:
    """A series of the record: `z` at the periods `time`; its group, its family of related series, whether a control."""

    series_id: str
    z: Array
    time: NDArray[np.int64]
    group: str
    family: str
    control: bool
    fiscal: bool


@remembered(*SERIES_TABLES)
def record(dataset: Dataset) -> dict[str, Recorded]:
    """Return every single series with at least five informed years, by id."""
    known = reconstruct_all(dataset, progress=False)
    found = {}
    for name in single_series(dataset):
        if isinstance(known[name], str):
            continue
        try:
            one = recorded(dataset, name)
        except InputError:
            continue
        if len(one.z) >= LEAST and np.ptp(one.z) > 0:
            found[name] = one
    return found


def recorded(dataset: Dataset, series_id: str) -> Recorded:
    """Return the informed years of one series. Raises InputError if it cannot be reconstructed."""
    own, table = definition(dataset, series_id), informed_periods(dataset, series_id)
    y = table["estimate"].to_numpy(dtype=float)
    with np.errstate(invalid="ignore"):
        usable = at_least(table["informed"].to_numpy(dtype=float), LEAST_INFORMED) & (y > 0)
        usable &= (y < 100) | (own.unit != "percent")
    reporters = "+".join(own.reporters[:1])
    tracks = "+".join(sorted(own.key.get("track", ())))
    return Recorded(
        series_id=series_id,
        z=scaled(y[usable], own.unit),
        time=table["period"].to_numpy(dtype=np.int64)[usable],
        group=own.group,
        family=f"{reporters} {tracks}",
        control=bool(CONTROLS & set(own.key.get("subject", ()))),
        fiscal=own.fiscal,
    )


def scaled(y: Array, unit: str) -> Array:
    """Return figures on the scale of differences: logs, or log odds of percentages."""
    return np.asarray(np.log(y / (100 - y)) if unit == "percent" else np.log(y))
