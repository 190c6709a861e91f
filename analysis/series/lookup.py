"""Single prints beside each other: readings by id with their intervals, the rates they imply, what one adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, cast

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.readings import intervals
from analysis.series.definition import with_sources


def chosen(dataset: Dataset, ids: Iterable[str], steps: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Return readings in the order of their ids, indexed by id, with low, high and days of the window.

    A retired id is followed to the one that stands for it; ids that became one give one row.

    `steps` gives printed steps that the print does not show, by reading id. `days` is missing where a window's
    start or end is. Raises InputError for an unknown id.
    """
    wanted = list(dict.fromkeys(dataset.current_id(one) for one in ids))
    _all_there(dataset, wanted)
    if not steps:
        return _every_reading(dataset).loc[wanted]
    readings = dataset.readings
    frame = with_sources(dataset, readings[readings["reading_id"].isin(wanted)])
    given = frame["reading_id"].map(steps).astype(float)
    return _by_name(dataset, frame.assign(printed_step=given.fillna(frame["printed_step"]))).loc[wanted]


def _all_there(dataset: Dataset, names: Iterable[str]) -> None:
    """Raise InputError where a reading is none; readings and sources are noted as read, the first time or not."""
    _, _, every = dataset.readings, dataset.sources, _every_reading(dataset)
    if missing := sorted(name for name in names if name not in every.index):
        raise InputError(f"readings.csv has no row {missing[0]!r}; mend what names it.")


@lru_cache(maxsize=8)
def _every_reading(dataset: Dataset) -> pd.DataFrame:
    """Return all readings as `chosen` does: figures ask for a few of them, again and again."""
    return _by_name(dataset, with_sources(dataset, dataset.readings))


@lru_cache(maxsize=8)
def _rows(dataset: Dataset) -> pd.DataFrame:
    """Return all readings with cells as plain objects: of these a row is taken out a hundred times quicker."""
    return _every_reading(dataset).astype(object)


def _by_name(dataset: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    """Return readings with low, high and days, indexed by their ids."""
    found = with_days(frame)[[*dataset.readings.columns, "low", "high", "days"]]
    return found.set_index("reading_id", drop=False).rename_axis(None)


def by_id(dataset: Dataset, ids: Iterable[str]) -> dict[str, pd.Series[Any]]:
    """Return readings as `chosen` does, each under the id that was asked for, retired or not."""
    current = {one: dataset.current_id(one) for one in ids}
    _all_there(dataset, current.values())
    rows = _rows(dataset)
    return {one: cast("pd.Series[Any]", rows.loc[name]) for one, name in current.items()}


def with_days(frame: pd.DataFrame) -> pd.DataFrame:
    """Return readings with low and high (in their unit) and days, both ends of the window included.

    `frame` holds the details of their sources: in which language a count is told decides how it is rounded.
    """
    days = (frame["window_end"] - frame["window_start"]).dt.days + 1
    return frame.join(intervals(frame)[["low", "high"]]).assign(days=days)


def daily(frame: pd.DataFrame) -> pd.DataFrame:
    """Return readings with rate_low and rate_high: their interval spread evenly, per day of the window.

    Raises InputError where a window has no start or no end, since a rate needs both.
    """
    if frame["days"].isna().any():
        row = frame.loc[frame["days"].isna(), "reading_id"].iloc[0]
        raise InputError(f"Reading {row!r} has no complete window; a daily rate needs its start and its end.")
    return frame.assign(rate_low=frame["low"] / frame["days"], rate_high=frame["high"] / frame["days"])


def added(first: pd.Series[Any], second: pd.Series[Any]) -> tuple[float, float, int]:
    """Return what a longer window adds to a shorter one with the same start: least, most, and days added.

    A count cannot shrink, so the least is never below zero. Raises InputError where the windows do not nest.
    """
    days = int((second["window_end"] - first["window_end"]).days)
    if first["window_start"] != second["window_start"] or days <= 0:
        raise InputError(
            f"Reading {second['reading_id']!r} does not extend {first['reading_id']!r}; "
            "give two windows with one start, the shorter first."
        )
    low, high = float(second["low"] - first["high"]), float(second["high"] - first["low"])
    return max(low, 0.0), max(high, 0.0), days
