"""Which readings speak of the same quantity: the key of a series, as series.csv declares it."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.dataset.notes import plain
from analysis.dataset.shared import shared
from analysis.errors import InputError, shown
from analysis.series.families import narrowed, units_of
from analysis.series.key import (
    KEPT,
    TIER_ORDER,
    UNIT_MARK,
    Definition,
    declared,
    levels_of,
    readings_where,
    sorted_readings_where,
    with_sources,
)
from analysis.series.line_sums import line_sums

__all__ = [
    "KEPT",
    "TIER_ORDER",
    "Definition",
    "breaks_of",
    "definition",
    "readings_of",
    "readings_where",
    "with_sources",
]


@checked
@lru_cache(maxsize=KEPT)
def definition(dataset: Dataset, series_id: str) -> Definition:
    """Return the definition of a series; a retired id is followed to the one that stands for it now.

    Raises
    ------
    InputError
        If series.csv has no such series (the sentence names those that sound alike), it is a family of them, or the
        family has no such unit.
    """
    family, _, unit = _retired(dataset).get(series_id, series_id).partition(UNIT_MARK)
    found = declared(dataset, family)
    if not found.by and not unit:
        return found
    if found.by and unit in units_of(dataset, family):
        return narrowed(dataset, found, unit)
    if not found.by:
        raise InputError(f"Series {family!r} is no family, it has no unit {shown(unit)}; ask for {family!r}.")
    units = ", ".join(units_of(dataset, family))
    if unit:
        raise InputError(f"Family {family!r} has no unit {shown(unit)}; its units by {found.by} are {units}.")
    raise InputError(
        f"{family!r} is a family of series by {found.by}: name one, {family}{UNIT_MARK}UNIT with one of "
        f"{units}, or ask for panel(data, {family!r})."
    )


@lru_cache(maxsize=64)
def _retired(dataset: Dataset) -> dict[str, str]:
    """Return the series that stands now for each retired id."""
    rows = dataset.aliases[dataset.aliases["table"] == "series"]
    return dict(zip(rows["alias_id"], rows["kept_id"], strict=True))


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
    if wanted.drawn_from:
        return line_sums(dataset, wanted)
    found = sorted_readings_where(dataset, tuple(levels_of(wanted).items()))
    if found.empty:
        raise InputError(f"No reading in readings.csv has the key of series {series_id!r}; mend its row.")
    return found


@checked
def breaks_of(dataset: Dataset, series_id: str) -> pd.DataFrame:
    """Return the breaks of a series, or of its family, by date: date, what_changed, certainty."""
    asked = {series_id, series_id.partition(UNIT_MARK)[0]}
    breaks, places = _breaks(dataset)
    return breaks.take(sorted({place for name in asked for place in places.get(name, ())}))


@shared("breaks")
def _breaks(dataset: Dataset) -> tuple[pd.DataFrame, dict[str, list[int]]]:
    """Return all breaks by date, and the places in them of each series and family."""
    found = dataset.breaks.sort_values("date", kind="stable")
    found["what_changed"] = found["what_changed"].map(plain).astype(found["what_changed"].dtype)
    places: dict[str, list[int]] = {}
    for place, names in enumerate(found["series"].astype(str)):
        for name in names.split(";"):
            places.setdefault(name, []).append(place)
    return found, places
