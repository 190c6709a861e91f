"""One origin treated, seen at several borders: China's export campaign of 2017 at Japan, the US, the EU and Korea.

At each border the origins are the units. What China's goods lose others may gain, where parcels are sent round through
them or inspectors turn to them; the comparison then counts it twice. Two ends are told: the gap to the others, right
where nothing moves over, and the change of the origin's share, right where all that it loses goes to the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.arguments import Year, checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.change import ENDS
from analysis.models.stacked import Stacked, stacked
from analysis.results import Result
from analysis.scrutiny.beside import balanced

DESTINATIONS: dict[str, str] = {
    "Japan": "jp-cases-by-origin",
    "United States": "us-msrp-by-origin",
    "European Union": "eu-share-items-by-provenance",
    "Korea": "kr-seizures-by-origin",
}
LONGTENG, LONGTENG_AT = "cn-2017-longteng", 2018  # it ran from September to November 2017


@dataclass(frozen=True, repr=False)
class StackedBorders(Result):
    """An origin at several borders before and after a period.

    `test` combines its ranks; `table` has a row a border: destination, family, units, first and last year, gap (log,
    to the mean of the others), share (log change of its share, the other end) and rank. `left_out` says why a border is
    not there.
    """

    origin: str
    at: int
    test: Stacked
    table: pd.DataFrame
    left_out: dict[str, str]


@checked
@lru_cache(maxsize=8)
def stacked_borders(dataset: Dataset, origin: str = "CN", at: Year = LONGTENG_AT) -> StackedBorders:
    """Return how an origin fared beside all others at several borders, from a period on.

    Raises
    ------
    InputError
        If no border has the origin and two others about the period.
    """
    rows, panels, left_out = [], [], {}
    for place, family in DESTINATIONS.items():
        try:
            frame = balanced(dataset, family, origin, at)
        except InputError as error:
            left_out[place] = str(error)
            continue
        wide = frame.pivot(index="unit", columns="period", values="y")
        moved = departures_of(wide, at)
        own = float(moved[origin])
        others = moved.drop(origin)
        panels.append([own, *others])
        share = departures_of(wide / wide.sum(), at)[origin]
        rank = int((moved.sub(moved.mean()).abs() >= abs(own - moved.mean())).sum())
        years = [int(year) for year in wide.columns]
        gap = own - float(others.mean())
        rows.append((place, family, len(wide), years[0], years[-1], gap, float(share), rank))
    if not panels:
        raise InputError(f"No border has {origin} and two other origins about {at}; ask for another period.")
    columns = ["destination", "family", "units", "first", "last", "gap", "share", "rank"]
    return StackedBorders(origin, at, stacked(panels), pd.DataFrame(rows, columns=columns), left_out)


def departures_of(wide: pd.DataFrame, at: int) -> pd.Series[float]:
    """Return each unit's mean log over three periods from `at` on less that over the three before (units by years)."""
    logs = pd.DataFrame(np.log(wide.to_numpy(dtype=float)), index=wide.index, columns=wide.columns)
    years = np.array([int(year) for year in wide.columns])
    before = logs.loc[:, (years < at) & (years >= at - ENDS)].mean(axis=1)
    after = logs.loc[:, (years >= at) & (years < at + ENDS)].mean(axis=1)
    moved: pd.Series[float] = after - before
    return moved
