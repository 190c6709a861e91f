"""Measures that look like one: the same place, an issuer and the instruments in common, dates within a month.

A law entered twice would become a rival of itself. Whether two rows are one measure, a person must say: such a pair is
refused until distinct.csv names it with what tells the two apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd

NEAR = 31  # days


def alike(measures: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the pairs of measures that look like one, as ids in the order of the rows.

    Parameters
    ----------
    measures
        The cells of measures.csv as text. Two rows are alike where they share jurisdiction, instruments and an
        issuer, and were announced, or came into force, within NEAR days of each other. A year alone is no date.
    """
    pairs = []
    for _, rows in measures.groupby(["jurisdiction", measures["instrument"].map(_words)], sort=False):
        for one, other in combinations(rows.to_dict("records"), 2):
            if _issuers(one["issuer"]) & _issuers(other["issuer"]) and _near(one, other):
                pairs.append((one["measure_id"], other["measure_id"]))
    return sorted(pairs)


def _words(cell: str) -> str:
    """Return the words of a list in one order."""
    return ";".join(sorted(cell.split(";")))


def _issuers(cell: str) -> set[str]:
    return {name.strip().casefold() for name in cell.split(";")}


def _near(one: Mapping[Any, str], other: Mapping[Any, str]) -> bool:
    """Tell whether two measures were announced, or came into force, within NEAR days."""
    for column in ("announced", "effective"):
        first, second = _day(one[column]), _day(other[column])
        if first and second and abs((first - second).days) <= NEAR:
            return True
    return False


def _day(cell: str) -> date | None:
    """Return a date, of a month its first day; None where the cell holds less, or no date."""
    try:
        return date.fromisoformat(cell if len(cell) > len("2019-04") else f"{cell}-01")
    except ValueError:
        return None
