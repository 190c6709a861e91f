"""Bundles: a series and a period, with every measure that could have moved it then. The bundle is what is tested.

Measures that begin in one period and touch one series cannot be told apart by that series: their effect is joint. The
bundles are those that registered hypotheses name, each once. A measure is in the bundle where it touches the series and
begins in the period, or in that of a measure whose hypothesis names series and period with a lag; `near` holds
those that touch the series and begin in the year before or the two years after, and so move the same comparison.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError, shown
from analysis.results import Result, Results
from analysis.scrutiny.hypothesis import Hypothesis, hypothesis
from analysis.scrutiny.reach import starting
from analysis.series import breaks_of
from analysis.series.runs import first_year

MARK = "@"
BEFORE, AFTER = 1, 2  # periods on either side in which another measure moves the same comparison


@dataclass(frozen=True, repr=False)
class Bundle(Result):
    """A series and the first period affected, with what could have moved it then.

    `measures` are joint, `near` begin close by; `breaks` are the periods (by break id) from which the series counts
    something else, without those that are the mechanism of a measure of the bundle, which `own` holds. `expected` is
    increase, decrease or either; `start` the first period used, `fiscal` whether periods are US fiscal years.
    """

    bundle_id: str
    series_id: str
    at: int
    measures: tuple[str, ...]
    near: tuple[str, ...]
    hypotheses: tuple[str, ...]
    expected: str
    start: int
    fiscal: bool
    breaks: dict[str, int]
    own: tuple[str, ...]
    comparison: tuple[str, ...]

    @property
    def coinciding(self) -> tuple[str, ...]:
        """Breaks that fall on the first period affected and are no measure's own."""
        return tuple(name for name, year in self.breaks.items() if year == self.at)


@checked
@lru_cache(maxsize=4)
def bundles(dataset: Dataset) -> dict[str, Bundle]:
    """Return the bundles that registered hypotheses name, by id (series, @, period), in the order of hypotheses.csv.

    Hypotheses by month have none.
    """
    grouped: dict[str, list[Hypothesis]] = {}
    for name in dataset.hypotheses["hypothesis_id"]:
        try:
            one = hypothesis(dataset, str(name))
        except InputError:  # by month
            continue
        grouped.setdefault(f"{one.series.series_id}{MARK}{one.at}", []).append(one)
    return Results({name: _bundle(dataset, name, held) for name, held in grouped.items()})


@checked
def bundle(dataset: Dataset, name: str) -> Bundle:
    """Return a bundle by its own id or by that of one of its hypotheses.

    Raises
    ------
    InputError
        If there is none.
    """
    listed = bundles(dataset)
    for one in listed.values():
        if name == one.bundle_id or name in one.hypotheses:
            return one
    raise InputError(
        f"There is no bundle {shown(name)}; give the id of a hypothesis, or a series, @ and a period."
    )


def _bundle(dataset: Dataset, name: str, held: list[Hypothesis]) -> Bundle:
    """Return one bundle."""
    series, at, fiscal = held[0].series, held[0].at, held[0].fiscal
    joint = {one.measure_id for one in held}
    for period in {at, *(one.made for one in held)}:
        joint |= set(starting(dataset, series.series_id, period, period))
    firsts = _first_editions(dataset)
    near = set(starting(dataset, series.series_id, at - BEFORE, at + AFTER)) - joint
    own = _own(dataset, joint)
    table = breaks_of(dataset, series.series_id)
    years = {
        str(row["break_id"]): first_year(pd.Timestamp(row["date"]), fiscal=fiscal)
        for row in table.to_dict("records")
    }
    return Bundle(
        bundle_id=name,
        series_id=series.series_id,
        at=at,
        measures=tuple(sorted(joint)),
        near=tuple(sorted(near - {firsts.get(one, "") for one in joint})),
        hypotheses=tuple(one.hypothesis_id for one in held),
        expected=_expected([one.direction for one in held]),
        start=min(one.start for one in held),
        fiscal=fiscal,
        breaks={one: year for one, year in years.items() if one not in own},
        own=tuple(sorted(own & set(years))),
        comparison=tuple(dict.fromkeys(other for one in held for other in one.comparison)),
    )


def _first_editions(dataset: Dataset) -> dict[str, str]:
    rows = dataset.measures
    return dict(zip(rows["measure_id"].astype(str), rows["edition_of"].astype(str), strict=True))


def _own(dataset: Dataset, measures: set[str]) -> set[str]:
    """Return the breaks that are the mechanism of some measures."""
    cells = dataset.measures.loc[dataset.measures["measure_id"].isin(measures), "own"].astype(str)
    return {name for cell in cells for name in cell.split(";") if name}


def _expected(directions: list[str]) -> str:
    """Return what all hypotheses of a bundle expect, either where they do not agree."""
    found = set(directions)
    return found.pop() if len(found) == 1 else "either"
