"""Feasts and weeks that stand for days: golden weeks, the week of 26 April, the shopping days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

Ends = tuple[date, date]
# First day of the Chinese year, month and day, by the Hong Kong Observatory's Gregorian-Lunar conversion tables.
_NEW_YEAR: Mapping[int, tuple[int, int]] = MappingProxyType({
    1995: (1, 31), 1996: (2, 19), 1997: (2, 7), 1998: (1, 28), 1999: (2, 16), 2000: (2, 5), 2001: (1, 24),
    2002: (2, 12), 2003: (2, 1), 2004: (1, 22), 2005: (2, 9), 2006: (1, 29), 2007: (2, 18), 2008: (2, 7),
    2009: (1, 26), 2010: (2, 14), 2011: (2, 3), 2012: (1, 23), 2013: (2, 10), 2014: (1, 31), 2015: (2, 19),
    2016: (2, 8), 2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1),
    2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13),
    2030: (2, 3), 2031: (1, 23), 2032: (2, 11), 2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
})  # fmt: skip
_FIXED: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {  # month, first day, number of days
        "national": (10, 1, 7),
        "may_day": (5, 1, 5),
        "may_week": (5, 1, 7),
        "ip_week": (4, 20, 7),
        "ip_day": (4, 26, 1),
        "consumer_day": (3, 15, 1),
        "singles_day": (11, 11, 1),
        "june_18": (6, 18, 1),
        "new_year": (1, 1, 1),
    }
)
_GOLDEN = ("spring", "may_week", "national")
_LAST_MAY_WEEK = 2007  # from 2008 the first of May had three days, later five


def feast_days(name: str, year: int) -> Ends | None:
    """Return the days of a feast in a year, None where it had none or the table ends.

    The golden weeks are seven days: of the National Day from 1 October (since 1999), of May from 1 May (2000 to
    2007), of the Spring Festival from the first day of the Chinese year. The publicity week of intellectual
    property is 20 to 26 April.
    """
    if name == "spring":
        if year not in _NEW_YEAR:
            return None
        first = date(year, *_NEW_YEAR[year])
        return first, first + timedelta(days=6)
    if name == "may_week" and not 2000 <= year <= _LAST_MAY_WEEK:
        return None
    month, day, length = _FIXED[name]
    first = date(year, month, day)
    return first, first + timedelta(days=length - 1)


def golden_week(today: date) -> str:
    """Return which golden week had begun last on a day."""
    begun = [
        (ends[0], name)
        for name in _GOLDEN
        for year in (today.year, today.year - 1)
        if year >= 1 and (ends := feast_days(name, year)) and ends[0] <= today
    ]
    return max(begun)[1] if begun else "national"
