"""Which series a figure would join, and which it only resembles: by the keys that series.csv declares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset
from analysis.series.families import at_home, unit_words, units_of, wide
from analysis.series.key import UNIT_MARK, Definition, defined, levels_of
from analysis.series.material import growth_key, with_bases_told

FEW = 2  # more differences than these, and it is another matter altogether
OWN = ("reporter", "jurisdiction")  # who counts, and where: a series of another counter is no near one


@dataclass(frozen=True)
class Near:
    """A series that a figure only resembles: `differs` holds the column, the figure's word and the series' words."""

    series: Definition
    differs: tuple[tuple[str, str, tuple[str, ...]], ...]


def series_of(dataset: Dataset, figure: pd.DataFrame) -> tuple[str, ...]:
    """Return the ids of the series that one figure (a frame of one row, typed) would join, single ones first."""
    row = {str(name): str(value) for name, value in figure.iloc[0].items()}
    single, members = [], []
    for found in _definitions(dataset):
        where = wide(found)
        growth = row["kind"] == "change"
        if growth:
            if found.kind != "flow" or found.unit == "percent" or not with_bases_told(figure).iloc[0]:
                continue
            where = growth_key(found, where)
        if any(row[column] not in words for column, words in where.items()):
            continue
        if not found.by:
            single.append(found.series_id)
        elif at_home(figure, found.by).iloc[0]:
            unit = str(unit_words(figure, found.by).iloc[0])
            if unit in units_of(dataset, found.series_id):
                members.append(f"{found.series_id}{UNIT_MARK}{unit}")
    return (*single, *members)


def near_series(dataset: Dataset, figure: pd.DataFrame) -> list[Near]:
    """Return the single series of the same counter that a figure misses by one or two words, the nearest first.

    An indicator and its stage are one difference, and so are an indicator in cases and in persons.
    """
    row = {str(name): str(value) for name, value in figure.iloc[0].items()}
    found = []
    for series in _definitions(dataset):
        levels = levels_of(series)
        if series.by or any(row[name] not in levels.get(name, (row[name],)) for name in OWN):
            continue
        differs = tuple(
            (name, row[name], words) for name, words in levels.items() if row[name] not in words and words
        )
        names = {name for name, _, _ in differs}
        if {"indicator", "unit"} <= names:  # sites beside cases: nobody would compare them
            continue
        if differs and _weight(list(names)) <= FEW:
            found.append(Near(series, differs))
    return sorted(found, key=lambda one: (_weight([n for n, _, _ in one.differs]), one.series.series_id))


def _weight(names: list[str]) -> int:
    """Return how many things differ: what was counted, at which stage and in which unit is one."""
    return len({"counted" if name in ("indicator", "stage", "unit") else name for name in names})


@lru_cache(maxsize=8)
def _definitions(dataset: Dataset) -> tuple[Definition, ...]:
    """Return the rows of series.csv that readings make."""
    rows = dataset.series.astype(str).to_dict("records")
    every = (defined({str(name): str(cell) for name, cell in row.items()}) for row in rows)
    return tuple(one for one in every if not one.drawn_from)
