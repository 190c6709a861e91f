"""What enters the reconstruction of a series of series.csv: its readings and growth rates, less what is set aside."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import pandas as pd
from pandas.api.typing import NaTType

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.dataset.shared import shared
from analysis.errors import InputError
from analysis.series.definition import KEPT, definition, readings_of
from analysis.series.key import Definition, every_told, levels_of, places_where, sorted_readings_where
from analysis.series.pair_kinds import judged

_YEAR = re.compile(r"\d{4}")
_WINDOW = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")
# What relation_base says that the convention of growth readings covers: a year earlier, or the span before.
_CONVENTION = ("previous_year", "same_period_last_year", "previous_period")
_PREVIOUS = "previous_period"
Day = pd.Timestamp | NaTType


@checked
def material(dataset: Dataset, series_id: str, *, mirrors: bool = True) -> pd.DataFrame:
    """Return the readings that a series is reconstructed from, in the columns of `readings_of`, and two more.

    `rejected` tells the readings that a verdict of conflicts.csv, or a later edition, sets another in the place of;
    `upheld` those others.
    Growth rates of the same key are among them where the series counts a flow, with base_start and base_end.
    Left out are prints that the series sets aside, readings without a complete window, and with
    `mirrors=False` what survives only as a copy on an unrelated host.

    Raises
    ------
    InputError
        If the series is unknown, or nothing is left.
    """
    wanted = definition(dataset, series_id)
    found = readings_of(dataset, series_id)
    if wanted.kind == "flow" and wanted.unit != "percent" and not wanted.drawn_from:
        grown = growth_of(dataset, series_id)
        found = pd.concat([found, grown]) if len(grown) else found
    ended, begun = (found[name].notna().to_numpy() for name in ("window_end", "window_start"))
    complete = ended & (begun | (found["kind"] == "stock").to_numpy())
    ids = found["reading_id"].tolist()
    wanting = complete & np.array([name not in wanted.set_aside for name in ids], dtype=bool)
    if not mirrors:
        wanting &= (found["tier"] != "mirror").to_numpy()
    if not wanting.any():
        raise InputError(
            f"Series {series_id!r} has no reading with a complete window; see its readings with `show`."
        )
    if not wanting.all():  # to take rows of so many columns costs more than all the rest
        found = found.take(np.flatnonzero(wanting))
        ids = found["reading_id"].tolist()
    wrong, right = judged(dataset, set(ids))
    return found.assign(rejected=[name in wrong for name in ids], upheld=[name in right for name in ids])


def material_digest(dataset: Dataset, series_id: str) -> str:
    """Return 16 hexadecimal digits that tell a series' readings from any others, blank where it has none."""
    try:
        readings = material(dataset, series_id)
    except InputError:
        return ""
    # As the study's stored table has it: told in another way, every series would count as changed.
    told = repr([(str(name), column.astype(object).tolist()) for name, column in readings.items()])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@checked
def growth_of(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the growth rates of a series' key whose base is known, with base_start and base_end (or NaT)."""
    return _growth_of(dataset, series_id).copy(deep=False)  # whoever changes it changes a copy


@lru_cache(maxsize=KEPT)
def _growth_of(dataset: Dataset, series_id: str) -> pd.DataFrame:
    wanted = definition(dataset, series_id)
    where = growth_key(wanted, levels_of(wanted))
    if not len(places_where(dataset, where)):  # most series have none
        return _no_growth(dataset)
    found = sorted_readings_where(dataset, tuple(where.items())).copy(deep=False)
    bases = _bases(found)
    found["base_start"] = pd.to_datetime(pd.Series([base[0] for base in bases], index=found.index))
    found["base_end"] = pd.to_datetime(pd.Series([base[1] for base in bases], index=found.index))
    return found[_told(found)]


@shared("readings", "sources")
def _no_growth(dataset: Dataset) -> pd.DataFrame:
    """Return the growth rates of a series that has none."""
    blank = pd.to_datetime(pd.Series([], dtype=object))
    return every_told(dataset).iloc[:0].reset_index(drop=True).assign(base_start=blank, base_end=blank)


def growth_key(wanted: Definition, levels: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the words that the growth rates of a series hold, from those that its levels hold."""
    return {name: words for name, words in levels.items() if name != "indicator"} | {
        "kind": ("change",),
        "unit": ("percent",),
        "relation": tuple(f"change_of:{name}" for name in wanted.indicators),
    }


def with_bases_told(readings: pd.DataFrame) -> pd.Series[bool]:
    """Tell which growth rates say what they are against, so that a series can take them."""
    starts = [start for start, _ in _bases(readings)]
    return _told(readings.assign(base_start=pd.to_datetime(pd.Series(starts, index=readings.index))))


def _told(growth: pd.DataFrame) -> pd.Series[bool]:
    told: pd.Series[bool] = growth["relation_base"].isin(_CONVENTION) | growth["base_start"].notna()
    return told


def _bases(readings: pd.DataFrame) -> list[tuple[Day, Day]]:
    """Return `_base` of each growth rate."""
    columns = (readings[name].tolist() for name in ("relation_base", "window_start", "window_end"))
    return [_base(str(base), start, end) for base, start, end in zip(*columns, strict=True)]


def _base(base: str, start: Day, end: Day) -> tuple[Day, Day]:
    """Return the window a growth rate is measured against; NaT where the convention says it."""
    if match := _WINDOW.fullmatch(base):
        return pd.Timestamp(match[1]), pd.Timestamp(match[2])
    if pd.isna(start) or pd.isna(end):
        return pd.NaT, pd.NaT
    if base == _PREVIOUS:
        day = pd.Timedelta(days=1)
        return start - (end - start) - day, start - day
    if _YEAR.fullmatch(base) and start.year == end.year:
        years = pd.DateOffset(years=start.year - int(base))
        last = end - years
        return start - years, last + pd.offsets.MonthEnd(0) if (end + pd.Timedelta(days=1)).day == 1 else last
    return pd.NaT, pd.NaT
