"""Fiscal years of any first month, and their months, quarters and halves, as windows."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from analysis.arguments import checked
from analysis.errors import InputError, shown
from analysis.readings.windows import Window

Named = Literal["start", "end"]

# First day of the government's fiscal year, and which of its two calendar years its single number names. Where a
# government prints both years (2022-23), the number is the first of them.
FISCAL_YEARS: dict[str, tuple[str, Named]] = {
    "AU": ("07-01", "end"),
    "CA": ("04-01", "start"),
    "GB": ("04-01", "start"),
    "HK": ("04-01", "start"),
    "IN": ("04-01", "end"),
    "JP": ("04-01", "start"),
    "KE": ("07-01", "end"),
    "NZ": ("07-01", "end"),
    "SG": ("04-01", "start"),
    "UK": ("04-01", "start"),
    "US": ("10-01", "end"),
}
_FIRST_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])")


@checked
def fiscal_year(
    number: int, jurisdiction: str | None = None, start: str | None = None, named: Named | None = None
) -> Window:
    """Return a fiscal year: US 2019 is 2018-10-01 to 2019-09-30, JP and GB 2019 run from April to March 2020.

    The British government's year is the one of its printed statistics (April to March), not the tax year. Known by
    name: AU, KE and NZ from July, named by the year they end in; IN from April, by the year it ends in; CA, GB, HK, JP
    and SG from April, by the year they begin in; US from October, by the year it ends in.

    Parameters
    ----------
    number
        The year's name, a calendar year.
    jurisdiction
        Whose year it is; or else
    start
        Its first day as month and day, "04-01".
    named
        Whether `number` is the calendar year of the first day (start, as it is where only `start` is given) or of
        the last (end).

    Raises
    ------
    InputError
        `number` is no year, neither or both of `jurisdiction` and `start` are given, the jurisdiction's fiscal
        year is not known here, or `start` is no day that every year has.

    Examples
    --------
    >>> window = fiscal_year(2019, "US")
    >>> f"{window.start} to {window.end}"
    '2018-10-01 to 2019-09-30'
    >>> str(fiscal_year(2022, start="04-01").end)
    '2023-03-31'
    """
    return fiscal_months(number, 1, 12, jurisdiction, start, named)


@checked
def fiscal_half(
    number: int,
    half: Literal[1, 2],
    jurisdiction: str | None = None,
    start: str | None = None,
    named: Named | None = None,
) -> Window:
    """Return a half of a fiscal year, see `fiscal_year`: the second of US 2019 is April to September 2019.

    Raises
    ------
    InputError
        As `fiscal_year`; or `half` is neither 1 nor 2.
    """
    return fiscal_months(number, 6 * half - 5, 6 * half, jurisdiction, start, named)


@checked
def fiscal_quarter(
    number: int,
    quarter: Literal[1, 2, 3, 4],
    jurisdiction: str | None = None,
    start: str | None = None,
    named: Named | None = None,
) -> Window:
    """Return a quarter of a fiscal year, see `fiscal_year`: the first of US 2020 is October to December 2019.

    Raises
    ------
    InputError
        As `fiscal_year`; or `quarter` is none of 1 to 4.
    """
    return fiscal_months(number, 3 * quarter - 2, 3 * quarter, jurisdiction, start, named)


@checked
def fiscal_months(
    number: int,
    first: int,
    last: int,
    jurisdiction: str | None = None,
    start: str | None = None,
    named: Named | None = None,
) -> Window:
    """Return the months `first` to `last` (1 to 12) of a fiscal year, see `fiscal_year`, as one window.

    Raises
    ------
    InputError
        As `fiscal_year`; or `first` and `last` are no months of a year in order.

    Examples
    --------
    >>> window = fiscal_months(2024, 1, 2, "US")
    >>> f"{window.start} to {window.end}"
    '2023-10-01 to 2023-11-30'
    """
    if not 1 <= number <= 9999:
        raise InputError(f"number {shown(number)} is not a year: use a whole number such as 2020")
    if not 1 <= first <= last <= 12:
        raise InputError(
            f"first {shown(first)} and last {shown(last)} are no months of a year: use 1 to 12, in order"
        )
    (month, day), by = _first_day(jurisdiction, start, named)
    begins = number - (by == "end" and (month, day) != (1, 1))
    if not 1 <= begins < 9998:
        raise InputError(f"fiscal year {number} lies outside the calendar: use a year from 2 to 9997")
    opening = _month_on(begins, month, day, first - 1)
    return Window(opening, _month_on(begins, month, day, last) - timedelta(days=1))


def _month_on(year: int, month: int, day: int, months: int) -> date:
    """Return the day that lies so many months after a year's month and day."""
    ahead, index = divmod(month - 1 + months, 12)
    return date(year + ahead, index + 1, day)


def _first_day(
    jurisdiction: str | None, start: str | None, named: Named | None
) -> tuple[tuple[int, int], Named]:
    """Return month and day of a fiscal year's first day, and which end names it."""
    if (jurisdiction is None) == (start is None):
        raise InputError(
            "give either the jurisdiction or the start of the fiscal year: fiscal_year(2022, 'US') or "
            "fiscal_year(2022, start='04-01')"
        )
    by: Named = "start"
    if start is None:
        if jurisdiction not in FISCAL_YEARS:
            known = ", ".join(sorted(FISCAL_YEARS))
            raise InputError(
                f"no fiscal year is known for {shown(jurisdiction)}: use one of {known}, or give its start"
            )
        start, by = FISCAL_YEARS[jurisdiction]
    found = _FIRST_DAY.fullmatch(start)
    if not found:
        raise InputError(
            f"start {shown(start)} is no first day of a year: give month and day, to the 28th, as 04-01"
        )
    return (int(found[1]), int(found[2])), named or by
