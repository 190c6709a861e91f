"""Which readings speak of which series, and what each series does with them: the table readings_series.csv.

A reading of a series is used (picked for its year by the rule of `printed_years`, or taken as a growth rate or a stock
on its day), competing (another was picked for its year), partial (its window is no year) or set aside. All series are
told together, in whole columns, so that `validate` can ask each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.dataset import Dataset
from analysis.dataset.failure import Failure, shown
from analysis.dataset.load import typed
from analysis.dataset.tables import TABLES
from analysis.errors import InputError
from analysis.readings import intervals
from analysis.series.families import at_home, places_of, taken, unit_words, wide
from analysis.series.key import Definition, defined
from analysis.series.material import growth_key, with_bases_told
from analysis.series.printed_years import ranked
from analysis.series.whole_years import year_of

Places = NDArray[np.int64]
TABLE = TABLES["readings_series"]
_KEYS = ["series_id", "member", "year"]
_ASIDE = "the series sets it aside"
_OPEN = "its window has no start or no end"
_GROWTH = "a growth rate, which informs the reconstruction"
_STOCK = "a stock on its day"
_REASONS = ("nearer to who counted", "narrower", "published later", "the first by id")


def memberships(dataset: Dataset) -> pd.DataFrame:
    """Return readings_series.csv for a dataset: its columns as text, sorted by id.

    Sums of border_lines.csv are no readings and have no row.
    """
    return _told(dataset.readings, dataset.sources, dataset.series)


def outdated(tables: Mapping[str, pd.DataFrame]) -> list[Failure]:
    """Return the first row in which readings_series.csv is not what the other tables make it.

    Parameters
    ----------
    tables
        Tables by name, their cells as text, as `analysis.dataset.validate.validate` hands them to its checks. Where
        one is missing, or a cell cannot be read, nothing is asked: that is a failure of its own.
    """
    asked = ("readings", "sources", "series")
    if not {*asked, TABLE.name} <= set(tables):
        return []
    try:
        wanted = _told(*(typed(TABLES[name], tables[name]) for name in asked))
    except (InputError, ValueError, KeyError):  # cells that break other rules, which name them
        return []
    rows = (frame[TABLE.columns].to_numpy().tolist() for frame in (tables[TABLE.name], wanted))
    first = _first_difference(*rows)
    return [] if first is None else [first]


def _first_difference(held: list[list[str]], wanted: list[list[str]]) -> Failure | None:
    """Return the first row that differs as a failure, None where none does."""
    again = "run `python -m analysis release`, which makes the table anew"
    if held == wanted:
        return None
    number = next((n for n, (a, b) in enumerate(zip(held, wanted, strict=False)) if a != b), None)
    if number is None:
        number = min(len(held), len(wanted))
    extra, lacking = held[number : number + 1], wanted[number : number + 1]
    if extra and lacking and extra[0][0] == lacking[0][0]:
        place = next(n for n, (a, b) in enumerate(zip(extra[0], lacking[0], strict=True)) if a != b)
        sentence = f"must be {shown(lacking[0][place])!r} by the readings and series; {again}"
        return Failure(TABLE.name, extra[0][0], TABLE.columns[place], extra[0][place], sentence)
    if lacking and (not extra or lacking[0][0] < extra[0][0]):
        return Failure(TABLE.name, lacking[0][0], TABLE.id, "", f"is missing; {again}")
    return Failure(TABLE.name, extra[0][0], TABLE.id, extra[0][0], f"follows from no reading; {again}")


def _told(readings: pd.DataFrame, sources: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Return the table from its typed tables."""
    details = sources.set_index("source_id")[["tier", "published", "language"]]
    frame = readings.join(details, on="source_id", validate="many_to_one").reset_index(drop=True)
    words = _Words(frame)
    parts = [
        part
        for row in series.astype(str).to_dict("records")
        for part in _of_series(words, frame, defined({str(name): cell for name, cell in row.items()}))
    ]
    columns = {
        name: np.concatenate([np.empty(0, kind), *(part[name] for part in parts)])
        for name, kind in _LONG.items()
    }
    told = _roles(pd.DataFrame(columns).join(frame, on="place"))
    told["link_id"] = told["reading_id"].astype(str) + ".in." + told["series_id"]
    return told[TABLE.columns].astype("str").sort_values(TABLE.id, ignore_index=True)


# Columns of the long table: a reading's place among the readings, and what its series makes of it.
_LONG = {
    "place": int,
    "series_id": object,
    "member": object,
    "growth": bool,
    "aside": bool,
    "fiscal": bool,
    "stock": bool,
}
Part = dict[str, NDArray[Any]]


class _Words:
    """The places of the readings that hold each word of a column."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.ids = frame["reading_id"].to_numpy(dtype=object)
        self.bases_told = np.zeros(len(frame), dtype=bool)
        changes = frame["kind"] == "change"
        self.bases_told[changes] = with_bases_told(frame[changes])
        self.columns: dict[str, _Column] = {}

    def holding(self, where: Mapping[str, tuple[str, ...]]) -> Places:
        """Return the places of the readings that hold one of the words given for each column, in order.

        The column that leaves fewest is asked first: the work grows with what is found, not with the table, since
        a table of more rows has more series.
        """
        asked = []
        for name, words in where.items():
            column = self._coded(name)
            wanted = [column.known[word] for word in words if word in column.known]
            asked.append((int((column.ends[wanted] - column.starts[wanted]).sum()), column, wanted))
        if not asked:
            return np.arange(len(self.frame))
        asked.sort(key=lambda one: one[0])
        _, first, wanted = asked[0]
        runs = [first.order[first.starts[code] : first.ends[code]] for code in wanted]
        places: Places = np.sort(np.concatenate([np.empty(0, dtype=np.int64), *runs]))
        for _, column, wanted in asked[1:]:
            places = places[np.isin(column.codes[places], wanted)]
        return places

    def _coded(self, name: str) -> _Column:
        if name not in self.columns:
            codes, found = pd.factorize(self.frame[name].astype(object))
            order = np.argsort(codes, kind="stable").astype(np.int64)
            ends = np.searchsorted(codes[order], np.arange(len(found)), side="right")
            starts = np.searchsorted(codes[order], np.arange(len(found)), side="left")
            known = {str(word): code for code, word in enumerate(found)}
            self.columns[name] = _Column(known, codes, order, starts, ends)
        return self.columns[name]


@dataclass(frozen=True)
class _Column:
    """A column of words as codes, and the places of each word: those in `order` from its start to its end."""

    known: dict[str, int]
    codes: NDArray[np.intp]
    order: Places
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]


def _of_series(words: _Words, frame: pd.DataFrame, found: Definition) -> Iterator[Part]:
    """Yield the readings of a row of series.csv, and its growth rates, with their unit where it is a family."""
    if found.drawn_from:
        return
    levels = words.holding(wide(found))
    members = np.full(len(levels), "", dtype=object)
    units: set[str] = set()
    if found.by:
        rows = frame.iloc[levels]
        members = unit_words(rows, found.by).to_numpy(dtype=object)
        stock = found.kind == "stock"
        usable = _complete(rows, stock) & ~rows["reading_id"].isin(found.set_aside).to_numpy()
        usable &= at_home(rows, found.by).to_numpy()
        units = taken(found, set(members[usable]))
        kept = np.isin(members, list(units))
        if found.by == "platform":
            kept &= members_at_home(rows, members)
        levels, members = levels[kept], members[kept]
    yield _long(levels, members, found, words.ids, growth=False)
    if found.kind != "flow" or found.unit == "percent":
        return
    grown = words.holding(growth_key(found, wide(found)))
    grown = grown[words.bases_told[grown]]
    if not len(grown):
        return
    rows = frame.iloc[grown]
    members = unit_words(rows, found.by).to_numpy(dtype=object) if found.by else np.full(len(grown), "")
    kept = np.isin(members, list(units)) if found.by else np.ones(len(grown), dtype=bool)
    if found.by == "platform":
        home = dict(zip(frame.iloc[levels]["reporter"], frame.iloc[levels]["jurisdiction"], strict=True))
        kept &= (rows["reporter"].map(home) == rows["jurisdiction"].astype(str)).to_numpy()
    yield _long(grown[kept], members[kept], found, words.ids, growth=True)


def members_at_home(rows: pd.DataFrame, members: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Tell which readings of platforms are of the place for which their platform prints most."""
    homes = {unit: places_of(rows[members == unit]) for unit in set(members)}
    return np.array(
        [homes[unit] == place for unit, place in zip(members, rows["jurisdiction"], strict=True)], bool
    )


def _long(
    places: Places, members: NDArray[np.object_], found: Definition, ids: NDArray[np.object_], *, growth: bool
) -> Part:
    """Return readings of one row of series.csv as columns of the long table."""
    n = len(places)
    return {
        "place": places,
        "series_id": np.full(n, found.series_id, dtype=object),
        "member": members.astype(object),
        "growth": np.full(n, growth),
        "aside": np.isin(ids[places], found.set_aside) if found.set_aside else np.zeros(n, dtype=bool),
        "fiscal": np.full(n, found.fiscal),
        "stock": np.full(n, found.kind == "stock"),
    }


def _complete(frame: pd.DataFrame, stock: NDArray[np.bool_] | bool) -> NDArray[np.bool_]:
    """Tell which windows are complete; a stock needs its day alone."""
    start = frame["window_start"].notna().to_numpy() | stock
    return np.asarray(frame["window_end"].notna().to_numpy() & start)


def _roles(long: pd.DataFrame) -> pd.DataFrame:
    """Return the long table with role and why."""
    year = year_of(long, fiscal=False).where(~long["fiscal"], year_of(long, fiscal=True))
    long = long.assign(year=year.where(~long["growth"]))
    whole = long["year"].notna()
    long["role"], long["why"] = "partial", _part_of(long)
    long.loc[long["stock"] & ~whole, ["role", "why"]] = ["used", _STOCK]
    long.loc[long["growth"], ["role", "why"]] = ["used", _GROWTH]
    told = _years(long[whole & ~long["aside"]])
    long.loc[told.index, ["role", "why"]] = told[["role", "why"]]
    complete = _complete(long, long["stock"].to_numpy(dtype=bool))
    long.loc[~complete, ["role", "why"]] = ["set_aside", _OPEN]
    long.loc[long["aside"], ["role", "why"]] = ["set_aside", _ASIDE]
    return long


def _part_of(long: pd.DataFrame) -> pd.Series[str]:
    """Say what part of years a window covers."""
    shift = np.where(
        long["fiscal"], 3, 0
    )  # months from the start of a US fiscal year to that of its calendar year
    first = long["window_start"].dt.year + (long["window_start"].dt.month + shift > 12)
    last = long["window_end"].dt.year + (long["window_end"].dt.month + shift > 12)
    said = pd.Series("covers parts of two years", index=long.index)
    days = (long["window_end"] - long["window_start"]).dt.days + 1
    said[days > 366] = "covers more than a year"
    inside = first == last
    said[inside] = "covers a part of " + last[inside].astype(int).astype(str)
    return said


def _years(whole: pd.DataFrame) -> pd.DataFrame:
    """Return role and why of the readings that print a year."""
    once = whole.drop_duplicates("reading_id")
    ends = intervals(once)[["low", "high"]].set_axis(once["reading_id"])
    frame = whole.join(ends, on="reading_id")
    frame = ranked(frame, _KEYS)
    groups = frame.groupby(_KEYS, sort=False)
    best = groups[["reading_id", "low", "high", "tier_rank", "width", "published"]].transform("first")
    picked = frame["reading_id"] == best["reading_id"]
    size = groups["reading_id"].transform("size")
    year = frame["year"].astype(int).astype(str)
    order = [
        frame["tier_rank"] > best["tier_rank"],
        frame["width"] > best["width"],
        frame["published"] < best["published"],
    ]
    reason = np.select(order, _REASONS[:3], _REASONS[3])
    apart = (frame["high"] < best["low"]) | (frame["low"] > best["high"])
    meets = np.where(apart, "the two exclude each other", "the two agree")
    beaten = year + ": " + best["reading_id"].astype(str) + " is " + reason + "; " + meets
    won = ("prints " + year).where(size == 1, "picked for " + year + " among " + size.astype(str) + " prints")
    return frame.assign(role=np.where(picked, "used", "competing"), why=won.where(picked, beaten))
