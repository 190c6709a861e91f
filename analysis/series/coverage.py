"""What is covered: which years of which series somebody printed, and on which two prints contradict each other.

A series is held to its own span: from the first to the last year that any reading of it touches. What lies beyond
(the years before a platform opened, say) nobody could print, and counts neither as printed nor as missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.series.families import single_series
from analysis.series.pair_kinds import erring
from analysis.series.printed_years import PrintedYears, has_years, printed_years
from analysis.series.remembered import SERIES_TABLES, remembered
from analysis.series.whole_years import years_touched

# What a year of a series may be.
NOTHING, PART, ONE, SEVERAL, CONFLICT, BEYOND = range(6)
SPAN = (
    26  # years that are looked at: the last one that anybody printed, and the quarter of a century before it
)
GREATEST = np.iinfo(np.int64).max
WIDE = 1.1  # prints further apart than this are more than a revision


@remembered(*SERIES_TABLES)
def all_yearly(dataset: Dataset) -> tuple[PrintedYears, ...]:
    """Return the printed years of every series that has any, in the order of series.csv: some seconds of work."""
    return tuple(printed_years(dataset, one) for one in single_series(dataset) if has_years(dataset, one))


def span(dataset: Dataset) -> range:
    """Return the years that are looked at: `SPAN` of them, up to the last whole year that is printed.

    Raises
    ------
    InputError
        If no reading of any series covers a whole year.
    """
    printed = [one.table["year"].max() for one in all_yearly(dataset)]
    if not printed:
        raise InputError("No reading of any series covers a whole year; there are no years to look at.")
    last = int(max(printed))
    return range(last - SPAN + 1, last + 1)


def year_states(dataset: Dataset, found: Sequence[PrintedYears] | None = None) -> pd.DataFrame:
    """Return a frame of series by year of `span`, each a state.

    The state is `NOTHING`, `PART`, `ONE`, `SEVERAL` or `CONFLICT` within the series' own span, `BEYOND` outside it.
    `found` are the series, every one with whole years where it is left out.
    """
    states = _all_states(dataset)
    return states.loc[[one.definition.series_id for one in found]] if found else states.copy()


@remembered(*SERIES_TABLES)
def _all_states(dataset: Dataset) -> pd.DataFrame:
    """Return the state of each year of every series with whole years."""
    years = span(dataset)
    found = {one.definition.series_id: _states(one, years) for one in all_yearly(dataset)}
    return pd.DataFrame(found, index=years).T


def _states(one: PrintedYears, years: range) -> NDArray[np.int64]:
    """Return the state of each year of one series."""
    row = np.full(len(years), BEYOND)
    parts, year = _parts(one), one.table["year"].to_numpy(dtype=np.int64)
    printed = one.readings["year"].to_numpy(dtype=np.int64)  # set aside or not; they touch no other year
    first, last = min(printed.min(), parts.min(initial=GREATEST)), max(printed.max(), parts.max(initial=0))
    row[_stretch(first, last, years)] = NOTHING
    for begins, ends in parts:
        row[_stretch(begins, ends, years)] = PART
    several = one.table["readings"].to_numpy(dtype=np.int64) > 1
    state = np.where(one.table["conflict"], CONFLICT, np.where(several, SEVERAL, ONE))
    inside = np.isin(year, years)
    row[year[inside] - years.start] = state[inside]
    return row


def _parts(one: PrintedYears) -> NDArray[np.int64]:
    """Return the first and the last year that each reading of other windows than whole years touches, in rows."""
    if not len(one.partial):
        return np.empty((0, 2), dtype=np.int64)
    found: NDArray[np.int64] = (
        years_touched(one.partial, fiscal=one.definition.fiscal).dropna().to_numpy(np.int64)
    )
    return found


def _stretch(first: int, last: int, years: range) -> slice:
    """Return where in `years` the years from `first` to `last` stand."""
    return slice(max(first - years.start, 0), max(last + 1 - years.start, 0))


def share_printed(states: pd.DataFrame) -> float:
    """Return the share of the years within the series' own spans of which somebody printed the whole."""
    return float(whole(states).sum() / within(states).sum())


def within(states: ArrayLike) -> NDArray[Any]:
    """Tell of each state whether its year lies in the series' own span."""
    return np.isin(np.asarray(states), (BEYOND,), invert=True)


def whole(states: ArrayLike) -> NDArray[Any]:
    """Tell of each state whether somebody printed the whole year."""
    return np.isin(np.asarray(states), (ONE, SEVERAL, CONFLICT))


def years_told_twice(dataset: Dataset) -> int:
    """Return how many years of all series have two or more whole-year prints: those that could contradict."""
    return sum(int((one.table["readings"] > 1).sum()) for one in all_yearly(dataset))


def conflicting_years(dataset: Dataset, found: Sequence[PrintedYears] | None = None) -> pd.DataFrame:
    """Return the years on which two whole-year prints contradict each other, widest first.

    Not where a retelling erred, a later print restates the earlier, or two things are counted (conflicts.csv).

    Columns: series_id, title, unit, label, low and high (the smallest and the largest print), ratio, low_reading and
    high_reading (which print them), values (every print of the year that is not told wrongly).

    Raises
    ------
    InputError
        If there is none, since a page then speaks of nothing.
    """
    return _conflicting(dataset, found) if found else _all_conflicting(dataset).copy(deep=False)


@remembered(*SERIES_TABLES)
def _all_conflicting(dataset: Dataset) -> pd.DataFrame:
    """Return `conflicting_years` of every series."""
    return _conflicting(dataset, all_yearly(dataset))


def _conflicting(dataset: Dataset, found: Sequence[PrintedYears]) -> pd.DataFrame:
    """Return `conflicting_years` of some series."""
    rows = []
    for one in found:
        for _, year in one.table[one.table["conflict"]].iterrows():
            told = (one.readings["year"] == year["year"]) & ~one.readings["reading_id"].isin(erring(dataset))
            prints = one.readings[told].sort_values(["value", "reading_id"])
            least, most = prints.iloc[0], prints.iloc[-1]
            rows.append(
                {
                    "series_id": one.definition.series_id,
                    "title": one.definition.title,
                    "unit": one.definition.unit,
                    "label": year["label"],
                    "low": least["value"],
                    "high": most["value"],
                    "ratio": most["value"] / least["value"],
                    "low_reading": least["reading_id"],
                    "high_reading": most["reading_id"],
                    "values": tuple(prints["value"]),
                }
            )
    if not rows:
        raise InputError("No two whole-year prints contradict each other; there are no conflicts to show.")
    return pd.DataFrame(rows).sort_values(["ratio", "series_id"], ascending=[False, True], ignore_index=True)
