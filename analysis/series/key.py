"""What a row of series.csv declares, and the readings that hold the words it names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.dataset import Dataset
from analysis.dataset.notes import plain
from analysis.dataset.shared import shared
from analysis.dataset.vocabularies import SERIES_KEYS
from analysis.errors import InputError, shown
from analysis.results import Result

# In a cell of series.csv: a blank dimension, any, and what joins alternatives.
BLANK, ANY, OR = "-", "*", "|"
UNIT_MARK = "/"  # between a family and its unit
TIER_ORDER = ("primary", "agency", "secondary", "mirror")
# Results kept for a dataset, which never changes: several times the number of series.
KEPT = 2048


@dataclass(frozen=True, repr=False)
class Definition(Result):
    """The key of one series. A reading belongs to it where every part of its key is named here.

    `key` holds, for each dimension, the words taken; a blank word takes readings without one, and a dimension
    that is not in it takes any. No `reporters` takes whoever counted.

    A unit of a family has the id `family/unit`; `by` says what the units are, and is blank for a single series.
    """

    series_id: str
    title: str
    counts: str
    group: str
    frequency: str
    reporters: tuple[str, ...]
    jurisdiction: str
    indicators: tuple[str, ...]
    key: Mapping[str, tuple[str, ...]]
    channels: tuple[str, ...]
    unit: str
    kind: str
    set_aside: tuple[str, ...]
    caveats: str
    by: str = ""
    drawn_from: str = ""
    controls: tuple[str, ...] = ()

    @property
    def fiscal(self) -> bool:
        """Whether the series runs over fiscal years."""
        return self.frequency == "fiscal_year"


@lru_cache(maxsize=KEPT)
def declared(dataset: Dataset, series_id: str) -> Definition:
    """Return what a row of series.csv says, be it a series or a family. Raises InputError where there is none."""
    rows = _rows(dataset)
    if series_id not in rows:
        known = list(dataset.series["series_id"])
        near = [name for name in known if name.split("-")[0] == series_id.split("-")[0]]
        hint = f"there are {', '.join(near)}" if near else "`python -m analysis series` lists them"
        raise InputError(f"series.csv has no series {shown(series_id)}; {hint}.")
    return defined(rows[series_id])


@lru_cache(maxsize=64)
def _rows(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Return the rows of series.csv by id, the first where there are two."""
    table = dataset.series.astype(str)
    rows = (dict(zip(table.columns, row, strict=True)) for row in table.itertuples(index=False, name=None))
    return {row["series_id"]: row for row in reversed(list(rows))}


def defined(row: dict[str, str]) -> Definition:
    """Turn a row of series.csv into a definition."""

    def several(name: str, joint: str = ";") -> tuple[str, ...]:
        return tuple(part for part in row[name].split(joint) if part)

    key = {
        name: tuple("" if part == BLANK else part for part in row[name].split(OR))
        for name in SERIES_KEYS
        if row[name] != ANY
    }
    return Definition(
        series_id=row["series_id"],
        title=row["title"],
        counts=plain(row["counts"]),
        group=row["group"],
        frequency=row["frequency"],
        reporters=several("reporters"),
        jurisdiction=row["jurisdiction"],
        indicators=several("indicators"),
        key=key,
        channels=several("channels"),
        unit=row["unit"],
        kind=row["kind"],
        set_aside=several("set_aside"),
        caveats=plain(row["caveats"]),
        by=row["by"],
        drawn_from=row["drawn_from"],
        controls=several("controls"),
    )


def levels_of(wanted: Definition) -> dict[str, tuple[str, ...]]:
    """Return the words that the readings of a series hold in each column; growth rates are told apart from them."""
    where = {
        "indicator": wanted.indicators,
        "reporter": wanted.reporters,
        "jurisdiction": (wanted.jurisdiction,),
        "channel": wanted.channels,
        "unit": (wanted.unit,),
        "kind": (wanted.kind,),
        **wanted.key,
    }
    return {column: words for column, words in where.items() if words}


def readings_where(dataset: Dataset, where: Mapping[str, Collection[str]]) -> pd.DataFrame:
    """Return the readings that hold one of the words given for each column, with their sources' details."""
    return every_told(dataset).take(places_where(dataset, where)).reset_index(drop=True)


@shared("readings", "sources")
def sorted_readings_where(dataset: Dataset, where: tuple[tuple[str, tuple[str, ...]], ...]) -> pd.DataFrame:
    """Return `readings_where` by window, then id; the index tells the order that they had.

    Nobody may change the frame: it is made once of the columns and words in `where`.
    """
    places = places_where(dataset, dict(where))
    order = np.argsort(_by_window(dataset)[places])
    return every_told(dataset).take(places[order]).set_axis(order, axis=0)


def places_where(dataset: Dataset, where: Mapping[str, Collection[str]]) -> NDArray[np.int64]:
    """Return the places, in the table, of the readings that hold one of the words given for each column."""
    belongs = np.ones(len(dataset.readings), dtype=bool)
    for column, words in where.items():
        places = _places(dataset, column)
        held = np.zeros(len(belongs), dtype=bool)
        for word in words:
            if word in places:
                held[places[word]] = True
        belongs &= held
    return np.flatnonzero(belongs)


@shared("readings", "sources")
def every_told(dataset: Dataset) -> pd.DataFrame:
    """Return all readings with their sources' details; nobody may change the frame."""
    return _merged(dataset, dataset.readings)


@shared("readings")
def _by_window(dataset: Dataset) -> NDArray[np.int64]:
    """Return the rank of each reading by its window, then its id."""
    order = dataset.readings.reset_index(drop=True).sort_values(["window_start", "window_end", "reading_id"])
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order.index.to_numpy()] = np.arange(len(order))
    return ranks


@shared("readings")
def _places(dataset: Dataset, column: str) -> dict[str, NDArray[np.int64]]:
    """Return the places of the readings that hold each word of a column."""
    codes, words = pd.factorize(dataset.readings[column].astype(object))
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(words) + 1))
    return {word: order[ends[code] : ends[code + 1]] for code, word in enumerate(words)}


def with_sources(dataset: Dataset, readings: pd.DataFrame) -> pd.DataFrame:
    """Return readings with the tier, date, publisher, title, address and language of their sources."""
    if readings is dataset.readings:
        return every_told(dataset).copy(deep=False)  # whoever changes it changes a copy
    return _merged(dataset, readings)


def _merged(dataset: Dataset, readings: pd.DataFrame) -> pd.DataFrame:
    details = dataset.sources[["source_id", "tier", "published", "publisher", "title", "url", "language"]]
    return readings.merge(details, on="source_id", how="left", validate="many_to_one")
