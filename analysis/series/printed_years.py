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

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.dataset.dates import last_day
from analysis.errors import InputError
from analysis.readings import intervals
from analysis.results import Result
from analysis.series.definition import KEPT, TIER_ORDER, Definition, definition, readings_of
from analysis.series.pair_kinds import contradict
from analysis.series.whole_years import year_of

RULE = (
    "of several prints of one year: the source nearest to who counted, then the narrowest interval, "
    "then the latest publication"
)


@dataclass(frozen=True, repr=False)
class PrintedYears(Result):
    """One yearly series.

    `table` has one row a year: year, label, value, low, high, hedge, reading_id, source_id, tier, readings
    (how many print the year), conflict (do two of them contradict each other). `readings` holds every whole-year
    reading with low, high, year and picked; `partial` those of the same key over other windows.
    """

    definition: Definition
    table: pd.DataFrame
    readings: pd.DataFrame
    partial: pd.DataFrame
    model: str

    @property
    def competing(self) -> pd.DataFrame:
        """Readings that were not picked, though their interval excludes the picked one's."""
        picked = self.table.set_index("year")[["low", "high"]].add_prefix("picked_")
        frame = self.readings.join(picked, on="year")
        apart = (frame["high"] < frame["picked_low"]) | (frame["low"] > frame["picked_high"])
        return frame[apart].drop(columns=["picked_low", "picked_high"])


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


@lru_cache(maxsize=KEPT)
def _yearly(dataset: Dataset, series_id: str, model: str, as_of: str | None, mirrors: bool) -> PrintedYears:
    key = definition(dataset, series_id)
    found = readings_of(dataset, series_id)
    if not mirrors:
        found = found[found["tier"] != "mirror"]
    if as_of is not None:
        found = found[_known_by(found["published"], as_of)]
    found = found.assign(year=year_of(found, fiscal=key.fiscal))
    whole, partial = found[found["year"].notna()], found[found["year"].isna()]
    if whole.empty:
        raise InputError(
            f"No reading of series {series_id!r} that is asked for covers a whole year; see its parts with `show`."
        )
    whole = whole.join(intervals(whole, model=model)[["low", "high"]])
    aside = whole["reading_id"].isin(key.set_aside)
    picked = _pick(whole[~aside])
    if as_of is not None:  # a first print stood for its year until it was restated
        first = _pick(whole[aside & ~whole["year"].isin(picked["year"])])
        picked = pd.concat([picked, first]).sort_values("year")
    whole = whole.assign(picked=whole["reading_id"].isin(picked["reading_id"]))
    return PrintedYears(
        key, _table(dataset, picked, whole, fiscal=key.fiscal), whole.reset_index(drop=True), partial, model
    )


def _known_by(published: pd.Series[str], day: str) -> pd.Series[bool]:
    """True where a partial date had certainly passed by `day`. Raises InputError if `day` is no date."""
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        raise InputError(f"{day!r} is not a day; write YYYY-MM-DD, for example 2015-06-30.") from None
    return (published != "") & (published.map(last_day) <= day)


def _pick(whole: pd.DataFrame) -> pd.DataFrame:
    """Return the picked reading of each year."""
    return ranked(whole, ["year"]).drop_duplicates("year").drop(columns=["tier_rank", "width"])


def ranked(whole: pd.DataFrame, within: list[str]) -> pd.DataFrame:
    """Return whole-year readings, of each group in the columns `within` the one to pick first.

    Adds what they are ranked by: tier_rank, from 0 for a primary source, and width, of the interval relative to the
    value; then come the date of publication and the id.
    """
    found = whole.assign(
        tier_rank=whole["tier"].astype(str).map(TIER_ORDER.index),
        width=((whole["high"] - whole["low"]) / whole["value"].abs()).round(9),
    )
    ranks = {"tier_rank": True, "width": True, "published": False, "reading_id": True}
    return found.sort_values([*within, *ranks], ascending=[True] * len(within) + list(ranks.values()))


def _table(dataset: Dataset, picked: pd.DataFrame, whole: pd.DataFrame, *, fiscal: bool) -> pd.DataFrame:
    """Return one row a year."""
    groups = whole.groupby("year")
    apart = {year: contradict(dataset, rows) for year, rows in groups}
    columns = ["year", "value", "low", "high", "hedge", "reading_id", "source_id", "tier"]
    table = picked[columns].reset_index(drop=True)
    table.insert(1, "label", ("FY " if fiscal else "") + table["year"].astype(str))
    table["readings"] = table["year"].map(groups.size())
    table["conflict"] = table["year"].map(apart).astype(bool)
    return table


@checked
@lru_cache(maxsize=KEPT)
def has_years(dataset: Dataset, series_id: str) -> bool:
    """Tell whether any reading of a series covers a whole year."""
    key = definition(dataset, series_id)
    return bool(year_of(readings_of(dataset, series_id), fiscal=key.fiscal).notna().any())
