"""Yearly series from the readings whose window is a year or a fiscal year.

Each year's reading stands as an interval. Where several texts print the same year, one is picked and the
others stay visible. The rule, in order:

1. the source nearest to who counted (primary, agency, secondary, mirror);
2. the narrowest interval relative to its value;
3. the latest publication, since later prints revise earlier ones;
4. the first id, so that the choice does not depend on the order of rows.

Prints that the series sets aside (restated, misprinted, of doubtful scope) are never picked, but for a series
as known on a day before the restatement. A year is a conflict where the intervals of two readings do not meet, and
conflicts.csv does not resolve the pair (see `pair_kinds`).
Nothing is estimated here: a year in which nobody printed a whole-year figure is missing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.dataset.dates import last_day
from analysis.errors import InputError
from analysis.readings import intervals
from analysis.results import Result
from analysis.series.definition import KEPT, TIER_ORDER, Definition, definition, readings_of
from analysis.series.late_frames import LateFrames
from analysis.series.pair_kinds import contradict
from analysis.series.whole_years import year_of

RULE = (
    "of several prints of one year: the source nearest to who counted, then the narrowest interval, "
    "then the latest publication"
)


@dataclass(frozen=True, repr=False)
class PrintedYears(LateFrames, Result):
    """One yearly series.

    `table` has one row a year: year, label, value, low, high, hedge, reading_id, source_id, tier, readings
    (how many print the year), conflict (do two of them contradict each other). `readings` holds every whole-year
    reading with low, high, year and picked; `partial` those of the same key over other windows.
    """

    LATE = ("readings", "partial")

    definition: Definition
    table: pd.DataFrame
    readings: pd.DataFrame
    partial: pd.DataFrame
    model: str

    @property
    def competing(self) -> pd.DataFrame:
        """Readings that were not picked, though their interval excludes the picked one's."""
        years, year = (frame["year"].to_numpy(dtype=np.int64) for frame in (self.table, self.readings))
        place = np.minimum(np.searchsorted(years, year), len(years) - 1)  # the table is sorted by year
        low, high = (self.table[name].to_numpy(dtype=float)[place] for name in ("low", "high"))
        ends = {name: self.readings[name].to_numpy(dtype=float) for name in ("low", "high")}
        apart = (years[place] == year) & ((ends["high"] < low) | (ends["low"] > high))
        return self.readings.take(np.flatnonzero(apart)) if apart.any() else self.readings.iloc[:0]


@checked
def printed_years(
    dataset: Dataset,
    series_id: str,
    *,
    model: str = "default",
    as_of: str | None = None,
    mirrors: bool = True,
) -> PrintedYears:
    """Return the yearly series `series_id`, its hedges read by hedge model `model`.

    `mirrors=False` leaves out what survives only as a copy on an unrelated host: the sensitivity check.

    `as_of` (YYYY-MM-DD) leaves out what was published later, or at an unknown date: the series as it was
    known on that day. A source dated by month or year counts from the end of it.

    Raises
    ------
    InputError
        If the series or the hedge model is unknown, or no reading covers a whole year.
    """
    kept = _yearly(dataset, series_id, model, as_of, mirrors)
    frames = {name: getattr(kept, name).copy(deep=False) for name in ("table", "readings", "partial")}
    return replace(kept, **frames)  # whoever changes a frame changes a copy


# What a print is picked by, and what the table tells of it.
_TOLD = ["year", "value", "low", "high", "hedge", "reading_id", "source_id", "tier", "published"]


@lru_cache(maxsize=KEPT)
def _yearly(dataset: Dataset, series_id: str, model: str, as_of: str | None, mirrors: bool) -> PrintedYears:
    key = definition(dataset, series_id)
    found = readings_of(dataset, series_id)
    if not mirrors:
        found = found[found["tier"] != "mirror"]
    if as_of is not None:
        found = found[_known_by(found["published"], as_of)]
    found = found.assign(year=year_of(found, fiscal=key.fiscal))
    is_whole = found["year"].notna().to_numpy(dtype=bool)
    if not is_whole.any():
        raise InputError(
            f"No reading of series {series_id!r} that is asked for covers a whole year; see its parts with `show`."
        )
    whole = (found if is_whole.all() else found.take(np.flatnonzero(is_whole))).reset_index(drop=True)
    partial = found.iloc[:0] if is_whole.all() else found.take(np.flatnonzero(~is_whole))
    ends = intervals(whole, model=model)
    whole = whole.assign(low=ends["low"], high=ends["high"])
    told = whole[_TOLD]  # rows of few columns are taken much faster
    aside = told["reading_id"].isin(key.set_aside)
    picked = _pick(told[~aside])
    if as_of is not None:  # a first print stood for its year until it was restated
        first = _pick(told[aside & ~told["year"].isin(picked["year"])])
        picked = pd.concat([picked, first]).sort_values("year")
    whole = whole.assign(picked=whole["reading_id"].isin(picked["reading_id"]))
    table = _table(dataset, picked, told, fiscal=key.fiscal)
    return PrintedYears(key, table, whole, partial, model)


def _known_by(published: pd.Series[str], day: str) -> pd.Series[bool]:
    """True where a partial date had certainly passed by `day`. Raises InputError if `day` is no date."""
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        raise InputError(f"{day!r} is not a day; write YYYY-MM-DD, for example 2015-06-30.") from None
    return (published != "") & (published.map(last_day) <= day)


def _pick(whole: pd.DataFrame) -> pd.DataFrame:
    """Return the picked reading of each year."""
    order = _ranks(whole, ["year"])[0]
    first = np.unique(whole["year"].to_numpy(dtype=np.int64)[order], return_index=True)[1]
    return whole.iloc[order[first]]


def ranked(whole: pd.DataFrame, within: list[str]) -> pd.DataFrame:
    """Return whole-year readings, of each group in the columns `within` the one to pick first.

    Adds what they are ranked by: tier_rank, from 0 for a primary source, and width, of the interval relative to the
    value; then come the date of publication and the id.
    """
    order, tier, width = _ranks(whole, within)
    return whole.iloc[order].assign(tier_rank=tier[order], width=width[order])


def _ranks(
    whole: pd.DataFrame, within: list[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the order of whole-year readings (see `ranked`), and the tier and width of each."""
    tier = np.array([TIER_ORDER.index(str(one)) for one in whole["tier"]], dtype=np.int64)
    low, high, value = (whole[name].to_numpy(dtype=float) for name in ("low", "high", "value"))
    with np.errstate(divide="ignore", invalid="ignore"):
        width = ((high - low) / np.abs(value)).round(9)
    keys = [*(_places(whole[name]) for name in within), tier, width]
    keys += [-_places(whole["published"]), _places(whole["reading_id"])]
    return np.lexsort(keys[::-1]), tier, width


def _places(column: pd.Series) -> NDArray[np.int64]:
    """Return the place of each cell in the order of the column; blank ones come last."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy(dtype=np.int64)
    else:
        codes = pd.factorize(column, sort=True)[0]
    return np.where(codes < 0, len(column) + codes.max(initial=0), codes)


def _table(dataset: Dataset, picked: pd.DataFrame, whole: pd.DataFrame, *, fiscal: bool) -> pd.DataFrame:
    """Return one row a year."""
    years = whole["year"].to_numpy(dtype=np.int64)
    columns = ["year", "value", "low", "high", "hedge", "reading_id", "source_id", "tier"]
    table = picked[columns].reset_index(drop=True)
    table.insert(1, "label", ("FY " if fiscal else "") + table["year"].astype(str))
    rows = [np.flatnonzero(years == year) for year in table["year"].to_numpy(dtype=np.int64)]
    low, high = (whole[name].to_numpy(dtype=float) for name in ("low", "high"))
    apart = [bool(low[one].max() > high[one].min()) for one in rows]
    prints = whole[["reading_id", "low", "high"]]
    table["readings"] = pd.array([len(one) for one in rows], dtype="Int64")
    table["conflict"] = [
        far and contradict(dataset, prints.iloc[one]) for far, one in zip(apart, rows, strict=True)
    ]
    return table


@checked
@lru_cache(maxsize=KEPT)
def has_years(dataset: Dataset, series_id: str) -> bool:
    """Tell whether any reading of a series covers a whole year."""
    key = definition(dataset, series_id)
    return bool(year_of(readings_of(dataset, series_id), fiscal=key.fiscal).notna().any())
