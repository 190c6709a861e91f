"""Which readings speak of the same quantity: the key of a series, as series.csv declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

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
    retired = dataset.aliases[dataset.aliases["table"] == "series"].set_index("alias_id")["kept_id"]
    wanted = str(retired.get(series_id, series_id))
    rows = dataset.series[dataset.series["series_id"] == wanted]
    if rows.empty:
        known = list(dataset.series["series_id"])
        near = [name for name in known if name.split("-")[0] == series_id.split("-")[0]]
        hint = f"there are {', '.join(near)}" if near else "`python -m analysis series` lists them"
        raise InputError(f"series.csv has no series {shown(series_id)}; {hint}.")
    return _definition({str(name): str(value) for name, value in rows.iloc[0].items()})


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
    counted = dataset.readings["indicator"].isin(wanted.indicators)
    frame = dataset.readings[counted & dataset.readings["reporter"].isin(wanted.reporters)]
    belongs = (
        (frame["jurisdiction"] == wanted.jurisdiction)
        & frame["channel"].isin(wanted.channels)
        & (frame["unit"] == wanted.unit)
        & (frame["kind"] == wanted.kind)
    )
    for name, words in wanted.key.items():
        belongs &= frame[name].isin(words)
    found = frame[belongs]
    if found.empty:
        raise InputError(f"No reading in readings.csv has the key of series {series_id!r}; mend its row.")
    return with_sources(dataset, found).sort_values(["window_start", "window_end", "reading_id"])


@checked
def breaks_of(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the breaks of a series, by date: date, what_changed, certainty."""
    listed = dataset.breaks["series"].str.split(";").map(lambda names: series_id in names)
    return dataset.breaks[listed].sort_values("date")


def with_sources(dataset: Dataset, readings: pd.DataFrame) -> pd.DataFrame:
    """Return readings with the tier, date, publisher, title, address and language of their sources."""
    details = dataset.sources[["source_id", "tier", "published", "publisher", "title", "url", "language"]]
    return readings.merge(details, on="source_id", how="left", validate="many_to_one")
