"""Dates known to the day, the month or the year."""

from __future__ import annotations

import calendar


def last_day(published: str) -> str:
    """Return the last day that a partial date can mean, as YYYY-MM-DD ("" stays "")."""
    if len(published) == 4 and published.isdigit():
        return f"{published}-12-31"
    if len(published) == 7 and published[5:].isdigit() and 1 <= int(published[5:]) <= 12:
        return f"{published}-{calendar.monthrange(int(published[:4]), int(published[5:]))[1]:02d}"
    return published
