"""Families of series: one row of series.csv for as many series as there are units, each named `family/unit`."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.dataset.series_rules import VARIES, WORLD
from analysis.series.key import KEPT, UNIT_MARK, Definition, declared, levels_of, readings_where

PART = "."  # between the subject of a crime and the detail that names it
REST = ("", "other", "OTHER")  # what is none of the units of a family that takes any


@checked
def single_series(dataset: Dataset) -> list[str]:
    """Return the ids of series.csv that stand for one series each, in the order of the table."""
    return [str(name) for name in dataset.series.loc[dataset.series["by"] == "", "series_id"]]


@checked
def families(dataset: Dataset) -> list[str]:
    """Return the ids of series.csv that stand for a family of series."""
    return [str(name) for name in dataset.series.loc[dataset.series["by"] != "", "series_id"]]


@checked
def every_series(dataset: Dataset) -> list[str]:
    """Return the ids of all series: the single ones, then `family/unit` for each unit of each family."""
    units = [f"{name}{UNIT_MARK}{unit}" for name in families(dataset) for unit in units_of(dataset, name)]
    return [*single_series(dataset), *units]


@checked
@lru_cache(maxsize=KEPT)
def units_of(dataset: Dataset, family: str) -> tuple[str, ...]:
    """Return the units of a family: words that its readings with a complete window hold; none of a single series.

    Where the row names words, these; where it says ``*``, each but the rest, and of origins none that sums up several.

    Raises
    ------
    InputError
        If series.csv has no such row.
    """
    found = declared(dataset, family)
    if not found.by:
        return ()
    if found.drawn_from:
        column = dataset.border_lines[found.by].astype(str)
        return tuple(sorted(taken(found, set(column))))
    readings = readings_where(dataset, wide(found))
    complete = readings["window_end"].notna() & (readings["window_start"].notna() | (found.kind == "stock"))
    kept = readings[complete & ~readings["reading_id"].isin(found.set_aside) & at_home(readings, found.by)]
    return tuple(sorted(taken(found, set(unit_words(kept, found.by)))))


def unit_words(readings: pd.DataFrame, by: str) -> pd.Series[str]:
    """Return the unit that each reading would belong to in a family of this kind."""
    if by == "crime":
        detail = readings["detail"].astype(str)
        return readings["subject"].astype(str) + (PART + detail).where(detail != "", "")
    column = {"province": "jurisdiction", "border": "jurisdiction", "platform": "reporter"}.get(by, by)
    return readings[column].astype(str)


def at_home(readings: pd.DataFrame, by: str) -> pd.Series[bool]:
    """Tell which readings are of a whole country or the world, where platforms are the units."""
    whole: pd.Series[bool] = readings["jurisdiction"].astype(str).str.len() == 2
    return whole | (by != "platform")


def wide(found: Definition) -> dict[str, tuple[str, ...]]:
    """Return the words of a family's readings, whatever their unit."""
    where = levels_of(found)
    if found.by in ("province", "border", "platform"):
        del where["jurisdiction"]
    return where


def taken(found: Definition, words: set[str]) -> set[str]:
    """Return the words that are units of a family."""
    if found.by == "province":
        return {word for word in words if word.startswith(f"{found.jurisdiction}-")}
    if found.by == "border":
        return {word for word in words if len(word) == 2 and word != WORLD}
    if found.by in VARIES and any(column in found.key for column in VARIES[found.by]):
        named = found.key.get(found.by, ())
        return {word for word in words if word and (found.by == "crime" or word in named)}
    return {word for word in words if word not in REST and (found.by != "origin" or "+" not in word)}


def narrowed(dataset: Dataset, found: Definition, unit: str) -> Definition:
    """Return the series of one unit of a family."""
    key, jurisdiction, reporters = dict(found.key), found.jurisdiction, found.reporters
    if found.by == "crime":
        subject, _, detail = unit.partition(PART)
        key |= {"subject": (subject,), "detail": (detail,)}
    elif found.by == "platform":
        reporters = (unit,)
        jurisdiction = _place(dataset, found, unit)
    elif found.by in ("province", "border"):
        jurisdiction = unit
    else:
        key[found.by] = (unit,)
    return replace(
        found,
        series_id=f"{found.series_id}{UNIT_MARK}{unit}",
        title=f"{found.title}: {unit.replace(PART, ', ').replace('_', ' ')}",
        key=key,
        jurisdiction=jurisdiction,
        reporters=reporters,
    )


def _place(dataset: Dataset, found: Definition, platform: str) -> str:
    """Return the country, or the world, for which a platform prints most."""
    return places_of(readings_where(dataset, wide(found) | {"reporter": (platform,)}))


def places_of(readings: pd.DataFrame) -> str:
    """Return the country, or the world, of most of the readings; blank where there is none."""
    places = readings["jurisdiction"].astype(str)
    places = places[places.str.len() == 2]
    return str(places.mode().iloc[0]) if len(places) else ""
