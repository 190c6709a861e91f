"""The pairs that the chapter rests on, found once, and the names under which they are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.chart import Source, source_line
from analysis.series import calibration

# In drawing order. An unhedged print that is coarser than another one was rounded.
HEDGE_NAMES = {
    "more_than": "more than",
    "nearly": "nearly",
    "about": "about",
    "exact": "no hedge,\nrounded",
}


@lru_cache(maxsize=4)
def every_pair(dataset: Dataset) -> pd.DataFrame:
    """Return all pairs, of one key or of one series."""
    return calibration.pairs(dataset, loose=True)


def chosen_pairs(dataset: Dataset) -> pd.DataFrame:
    """Return one pair a coarse print, without misprints, other scopes and prints set aside."""
    return calibration.one_each(every_pair(dataset))


def hedged(found: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs whose coarse print bears a hedge."""
    return found[found["hedge"] != "exact"]


def pairs_source(dataset: Dataset, found: pd.DataFrame) -> Source:
    """Return the source line of both sides of pairs."""
    ids: Iterable[str] = pd.unique(pd.concat([found["hedged_id"], found["exact_id"]]))
    return source_line(dataset, ids)


def keyed(frame: pd.DataFrame, *names: str) -> dict[Any, dict[str, Any]]:
    """Return the rows of a frame as dictionaries, under the value of a column, or the values of several."""
    rows = [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
    return {row[names[0]] if len(names) == 1 else tuple(row[one] for one in names): row for row in rows}


def plain(name: str) -> str:
    """Return a name of `HEDGE_NAMES` on one line."""
    return name.replace("\n", " ")
