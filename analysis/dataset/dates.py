"""Dates known to the day, the month or the year, and what was printed first."""

from __future__ import annotations

import calendar
from collections.abc import Iterator

import pandas as pd


def last_day(published: str) -> str:
    """Return the last day that a partial date can mean, as YYYY-MM-DD ("" stays "")."""
    if len(published) == 4 and published.isdigit():
        return f"{published}-12-31"
    if len(published) == 7 and published[5:].isdigit() and 1 <= int(published[5:]) <= 12:
        return f"{published}-{calendar.monthrange(int(published[:4]), int(published[5:]))[1]:02d}"
    return published


def in_order(first: pd.Series[str], second: pd.Series[str]) -> pd.Series[bool]:
    """True where one partial date is not after another, or either is blank: 2011 is not before 2011-11-09."""
    pairs = zip(first, second, strict=True)
    fits = [not (a and b) or a[: len(b)] <= b[: len(a)] for a, b in pairs]
    return pd.Series(fits, index=first.index, dtype=bool)


def vintage_rules(frame: pd.DataFrame) -> Iterator[tuple[str, str, pd.Series[bool]]]:
    """Yield the rules of vintages.csv (column, sentence, rows that obey): no print is before and after another."""
    back = set(zip(frame["later_id"], frame["first_id"], strict=True))
    fits = [pair not in back for pair in zip(frame["first_id"], frame["later_id"], strict=True)]
    yield (
        "later_id",
        "must not be first in another row of the same two",
        pd.Series(fits, index=frame.index, dtype=bool),
    )
