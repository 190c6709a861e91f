"""Which readings speak of the same quantity: the key of a series, as series.csv declares it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_KEYS
from analysis.errors import InputError, shown
from analysis.results import Result

# In a cell of series.csv: a blank dimension, any, and what joins alternatives.
BLANK, ANY, OR = "-", "*", "|"
TIER_ORDER = ("primary", "agency", "secondary", "mirror")
# Results kept for a dataset, which never changes: several times the number of series.
KEPT = 2048


@dataclass(frozen=True, repr=False)
class Definition(Result):
    """The key of one series. A reading belongs to it where every part of its key is named here.

    `key` holds, for each dimension, the words taken; a blank word takes readings without one, and a dimension
    that is not in it takes any.
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

    @property
    def fiscal(self) -> bool:
        """Whether the series runs over fiscal years."""
        return self.frequency == "fiscal_year"


@checked
@lru_cache(maxsize=KEPT)
def definition(dataset: Dataset, series_id: str) -> Definition:
    """Return the definition of a series; a retired id is followed to the one that stands for it now.

    Raises
    ------
    InputError
        If series.csv has no such series; the sentence names those that sound alike.
    """
    wanted = _retired(dataset).get(series_id, series_id)
    rows = dataset.series[dataset.series["series_id"] == wanted]
    if rows.empty:
        known = list(dataset.series["series_id"])
        near = [name for name in known if name.split("-")[0] == series_id.split("-")[0]]
        hint = f"there are {', '.join(near)}" if near else "`python -m analysis series` lists them"
        raise InputError(f"series.csv has no series {shown(series_id)}; {hint}.")
    return _definition({str(name): str(value) for name, value in rows.iloc[0].items()})


@lru_cache(maxsize=64)
def _retired(dataset: Dataset) -> dict[str, str]:
    """Return the series that stands now for each retired id."""
    rows = dataset.aliases[dataset.aliases["table"] == "series"]
    return dict(zip(rows["alias_id"], rows["kept_id"], strict=True))


def _definition(row: dict[str, str]) -> Definition:
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
        counts=row["counts"],
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
        caveats=row["caveats"],
    )


@checked
def readings_of(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the readings that speak of a series, whatever their window, with their sources' details.

    Prints that the series sets aside are among them.

    Columns are those of `readings`, and `tier`, `published`, `publisher`, `title`, `url`, `language` of the
    source. Rows are sorted by window, then id.

    Raises
    ------
    InputError
        If the series is unknown or no reading speaks of it.
    """
    return _readings_of(dataset, series_id).copy(deep=False)  # whoever changes it changes a copy


@lru_cache(maxsize=KEPT)
def _readings_of(dataset: Dataset, series_id: str) -> pd.DataFrame:
    wanted = definition(dataset, series_id)
    where = {
        "indicator": wanted.indicators,
        "reporter": wanted.reporters,
        "jurisdiction": (wanted.jurisdiction,),
        "channel": wanted.channels,
        "unit": (wanted.unit,),
        "kind": (wanted.kind,),
        **wanted.key,
    }
    found = readings_where(dataset, where)
    if found.empty:
        raise InputError(f"No reading in readings.csv has the key of series {series_id!r}; mend its row.")
    return found.sort_values(["window_start", "window_end", "reading_id"])


def readings_where(dataset: Dataset, where: Mapping[str, Collection[str]]) -> pd.DataFrame:
    """Return the readings that hold one of the words given for each column, with their sources' details."""
    belongs = np.ones(len(dataset.readings), dtype=bool)
    for column, words in where.items():
        places = _places(dataset, column)
        held = np.zeros(len(belongs), dtype=bool)
        for word in words:
            held[places.get(word, [])] = True
        belongs &= held
    return _told(dataset).iloc[np.flatnonzero(belongs)].reset_index(drop=True)


@lru_cache(maxsize=64)
def _told(dataset: Dataset) -> pd.DataFrame:
    """Return all readings with their sources' details."""
    return with_sources(dataset, dataset.readings)


@lru_cache(maxsize=1024)
def _places(dataset: Dataset, column: str) -> dict[str, list[int]]:
    """Return the places of the readings that hold each word of a column."""
    found: dict[str, list[int]] = {}
    for place, word in enumerate(dataset.readings[column].astype(object)):
        found.setdefault(word, []).append(place)
    return found


@checked
def breaks_of(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the breaks of a series, by date: date, what_changed, certainty."""
    listed = dataset.breaks["series"].str.split(";").map(lambda names: series_id in names).astype(bool)
    return dataset.breaks[listed].sort_values("date")


def with_sources(dataset: Dataset, readings: pd.DataFrame) -> pd.DataFrame:
    """Return readings with the tier, date, publisher, title, address and language of their sources."""
    details = dataset.sources[["source_id", "tier", "published", "publisher", "title", "url", "language"]]
    return readings.merge(details, on="source_id", how="left", validate="many_to_one")
