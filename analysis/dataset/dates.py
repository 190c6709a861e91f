"""Dates known to the day, the month or the year, and columns of days."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError, shown

EARLIEST, LATEST = pd.Timestamp("1800-01-01"), pd.Timestamp("2200-12-31")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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


def days(cells: Any, name: str, rows: Iterable[object] | None = None) -> pd.Series[pd.Timestamp]:
    """Return a column of days as timestamps, blank cells as NaT.

    A day is a date, a timestamp without time zone, or text as 2020-05-01; a number is none: 2015 would be a
    moment of 1970. `rows` names the rows for the sentence, by default the labels of the column.

    Raises
    ------
    InputError
        If a cell is no day, or lies before 1800 or after 2200.
    """
    column = cells if isinstance(cells, pd.Series) else pd.Series(cells)
    if column.dtype.kind == "M" and getattr(column.dtype, "tz", None) is None:
        found, stamps = column, column.to_numpy()
        wrong = (stamps < EARLIEST.to_datetime64()) | (stamps > LATEST.to_datetime64())
    else:
        found = pd.Series([_day(cell) for cell in column], index=column.index, dtype=object)
        wrong = np.array([_no_day(day) for day in found], dtype=bool)
    for place in np.flatnonzero(wrong)[:1]:
        labels = list(column.index if rows is None else rows)
        raise InputError(
            f"Reading {shown(labels[place])}: {name} {shown(column.iloc[place])} is no day from 1800 to 2200; "
            "give a date, or text such as 2020-05-01."
        )
    return pd.to_datetime(found)


def _day(cell: Any) -> Any:
    """Return a cell as a timestamp or NaT; None where it is no day."""
    if (
        cell is None
        or cell is pd.NaT
        or (isinstance(cell, float) and math.isnan(cell))
        or cell is pd.NA
        or cell == ""
    ):
        return pd.NaT
    if isinstance(cell, np.datetime64):
        cell = pd.Timestamp(cell)
    written = isinstance(cell, str) and _ISO.fullmatch(cell)
    if not written and not (isinstance(cell, dt.date) and getattr(cell, "tzinfo", None) is None):
        return None
    try:
        return pd.Timestamp(cell)
    except ValueError:
        return None


def _no_day(day: Any) -> bool:
    return day is None or (day is not pd.NaT and not EARLIEST <= day <= LATEST)
