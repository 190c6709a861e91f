"""Which readings speak of the same quantity: the key of a series, as series.csv declares it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError

TIER_ORDER = ("primary", "agency", "secondary", "mirror")


@dataclass(frozen=True)
class Definition:
    """The key of one series. A reading belongs to it where every part of its key is named here."""

    series_id: str
    title: str
    counts: str
    frequency: str
    reporters: tuple[str, ...]
    jurisdiction: str
    indicators: tuple[str, ...]
    scopes: tuple[str, ...]
    channels: tuple[str, ...]
    unit: str
    kind: str
    exclude: tuple[str, ...]
    caveats: str

    @property
    def fiscal(self) -> bool:
        """Whether the series runs over fiscal years."""
        return self.frequency == "fiscal_year"


def definition(dataset: Dataset, series_id: str) -> Definition:
    """Return the definition of a series.

    Raises
    ------
    InputError
        If series.csv has no such series; the sentence names those that sound alike.
    """
    rows = dataset.series[dataset.series["series_id"] == series_id]
    if rows.empty:
        known = list(dataset.series["series_id"])
        near = [name for name in known if name.split("-")[0] == series_id.split("-")[0]] or known
        raise InputError(f"series.csv has no series {series_id!r}; there are {', '.join(near)}.")
    row: dict[str, Any] = {str(name): value for name, value in rows.iloc[0].items()}
    split = {name: tuple(row[name].split(";")) for name in ("reporters", "indicators", "channels")}
    split["scopes"] = tuple(row["scopes"].split("|"))
    split["exclude"] = tuple(part for part in row["exclude"].split(";") if part)
    return Definition(**(row | split))


def readings_of(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the readings that speak of a series, whatever their window, with their sources' details.

    Columns are those of `readings`, and `tier`, `published`, `publisher`, `title`, `url`, `language` of the
    source. Rows are sorted by window, then id.

    Raises
    ------
    InputError
        If the series is unknown or no reading speaks of it.
    """
    key = definition(dataset, series_id)
    frame = dataset.readings
    belongs = (
        frame["reporter"].isin(key.reporters)
        & (frame["jurisdiction"] == key.jurisdiction)
        & frame["indicator"].isin(key.indicators)
        & frame["scope_as_collected"].isin(key.scopes)
        & frame["channel"].isin(key.channels)
        & (frame["unit"] == key.unit)
        & (frame["kind"] == key.kind)
        & ~frame["reading_id"].isin(key.exclude)
    )
    found = frame[belongs]
    if found.empty:
        raise InputError(f"No reading in readings.csv has the key of series {series_id!r}; mend its row.")
    return with_sources(dataset, found).sort_values(["window_start", "window_end", "reading_id"])


def with_sources(dataset: Dataset, readings: pd.DataFrame) -> pd.DataFrame:
    """Return readings with the tier, date, publisher, title, address and language of their sources."""
    details = dataset.sources[["source_id", "tier", "published", "publisher", "title", "url", "language"]]
    return readings.merge(details, on="source_id", how="left", validate="many_to_one")
