"""Stretches of the calendar that words name, and the days they stand for, seen from the day of the text."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from analysis.errors import InputError
from analysis.readings.fiscal import Named, fiscal_months
from analysis.readings.window_words.feasts import Ends, feast_days

Grain = Literal["day", "month", "span", "year"]
_BACK = 9  # years that a day without a year may lie back: 29 February comes every fourth year, 1900 excepted


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of the calendar as told, before anybody knows the day of the text.

    Attributes
    ----------
    at, to
        The characters it was read from.
    first, last
        Month and day of its ends; day 31 is the last of whatever month, month 0 the month `ago`.
    year
        The printed year of `first`, or None.
    offset
        Years from the text's (0 this year, -1 last year), where the year is told so; else None.
    ago
        Months, weeks or days from the text's, where it is told so: ("month", 1) is last month, ("weekday", 0) the
        latest Monday.
    shift
        By how many years the year of `last` is ahead.
    grain
        Day, month, span (quarters, halves, ranges of months) or year.
    same
        The year is the one told last ("that year").
    fiscal
        First and last month of a fiscal year, where it is one; `first` and `last` are then void.
    feast
        Name of a feast whose days move from year to year.
    bare
        Nothing but four digits stands there.
    paired
        Two years of which the second has two digits, 2024-25: a fiscal year where the scene has such.
    """

    at: int
    to: int
    first: tuple[int, int] = (1, 1)
    last: tuple[int, int] = (12, 31)
    year: int | None = None
    offset: int | None = None
    ago: tuple[str, int] | None = None
    shift: int = 0
    grain: Grain = "year"
    same: bool = False
    fiscal: tuple[int, int] | None = None
    feast: str = ""
    bare: bool = False
    paired: bool = False

    @property
    def dated(self) -> bool:
        """Whether the words tell the year, printed or by the text's."""
        return self.same or self.ago is not None or self.year is not None or self.offset is not None


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known where a window is read: the text's day, the year told last, and whose fiscal year is meant."""

    today: date
    that_year: int | None = None
    fiscal: tuple[str, Named] = ("10-01", "end")
    pairs: bool = False  # whether 2024-25 is a fiscal year


@lru_cache(maxsize=4096)
def day_of(year: int, month: int, day: int) -> date | None:
    """Return a day, the 31st standing for the last of its month; None where there is none."""
    if not (1 <= year <= 9998 and 1 <= month <= 12):
        return None
    length = monthrange(year, month)[1]
    if day == 31:
        return date(year, month, length)
    return date(year, month, day) if 1 <= day <= length else None


def months_on(day: date, months: int, whole: bool = False) -> date:
    """Return the day so many months later, or the last of its month; with `whole` a month's last day stays one."""
    years, index = divmod(day.month - 1 + months, 12)
    year, month = min(max(day.year + years, 1), 9998), index + 1
    length = monthrange(year, month)[1]
    ends = whole and day.day == monthrange(day.year, day.month)[1]
    return date(year, month, length if ends else min(day.day, length))


def days_on(day: date, days: int) -> date:
    """Return the day so many days later, or the calendar's end on that side."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def ends_of(point: Point, scene: Scene) -> Ends | None:
    """Return both days of a point whose year is known, None where it is not, or names no days."""
    if point.fiscal or (point.paired and scene.pairs):
        return _fiscal(point, scene)
    if point.ago:
        return _ago(point, scene.today)
    year = _year(point, scene)
    return None if year is None else in_year(point, year)


def in_year(point: Point, year: int) -> Ends | None:
    """Return both days of a point in a year."""
    if point.feast:
        return feast_days(point.feast, year)
    start = day_of(year, *point.first)
    end = day_of(year + point.shift, *point.last)
    return None if start is None or end is None or start > end else (start, end)


def latest(point: Point, today: date, over: bool | None = None) -> Ends | None:
    """Return the days of a point without a year in the latest year in which it had begun or, for spans, was over.

    Nothing is told before it happened: a month or a day must have begun on the text's day, a quarter, a half or
    a range of months must be over. `over` asks for either by itself.
    """
    must_end = point.grain == "span" if over is None else over
    for ends in _backwards(point, today.year):
        if (ends[1] if must_end else ends[0]) <= today:
            return ends
    return None


def _backwards(point: Point, year: int) -> Iterator[Ends]:
    """Yield the days of a point year by year, from a year back."""
    for number in range(year, max(year - _BACK, 1), -1):
        if ends := in_year(point, number):
            yield ends


def told(point: Point, scene: Scene, over: bool | None = None) -> Ends | None:
    """Return the days of a point, with or without its year."""
    return ends_of(point, scene) if point.dated or point.fiscal else latest(point, scene.today, over)


def printed(point: Point) -> bool:
    """Tell whether the text itself prints the year of a point."""
    return point.year is not None or point.same


def joined(first: Point, last: Point, scene: Scene) -> Ends | None:
    """Return the days from the first of one point to the last of another; a year that one lacks is the other's.

    Without any year it is the latest in which the second was over. A range over the turn of the year goes back to
    the year before, or on to the year after.
    """
    if first.dated and not last.dated:
        begun = told(first, scene)
        return begun and _after(begun[0], last)
    finished = told(last, scene, over=True)
    if finished is None:
        return None
    if first.dated:
        begun = told(first, scene)
        return (begun[0], finished[1]) if begun and begun[0] <= finished[1] else None
    begun = latest(first, finished[1])
    return begun and (begun[0], finished[1])


def _after(start: date, last: Point) -> Ends | None:
    """Return the days from `start` to the next end of a point without a year."""
    for year in (start.year, start.year + 1):
        ends = in_year(last, year)
        if ends and ends[1] >= start:
            return start, ends[1]
    return None


def shifted(ends: Ends, years: int) -> Ends:
    """Return the same days of another year; the end of February stays the end of a month that begins a window."""
    whole = ends[0].day == 1
    return months_on(ends[0], 12 * years), months_on(ends[1], 12 * years, whole)


def moved(point: Point, **changes: object) -> Point:
    """Return a point with other fields."""
    return replace(point, **changes)  # type: ignore[arg-type]


def _year(point: Point, scene: Scene) -> int | None:
    if point.same:
        return scene.that_year if scene.that_year is not None else scene.today.year
    if point.offset is not None:
        return scene.today.year + point.offset
    return point.year


def _ago(point: Point, today: date) -> Ends | None:
    """Return the days of last month, this week or yesterday; of a month also its nth day."""
    unit, count = point.ago or ("day", 0)
    if unit == "day":
        day = days_on(today, -count)
        return day, day
    if unit.endswith("weekday"):
        day = days_on(today, -((today.weekday() - count) % 7 or 7 * unit.startswith("past")))
        return day, day
    if unit == "week":
        monday = days_on(today, -today.weekday() - 7 * count)
        first, last = point.first[1], point.last[1]  # of the week; 31 is its last
        return days_on(monday, first - 1), days_on(monday, 6 if last == 31 else last - 1)
    if unit == "quarter":
        opening = months_on(today.replace(day=1), -((today.month - 1) % 3) - 3 * count)
        return opening, days_on(months_on(opening, 3), -1)
    if unit == "past month":  # last November, told in November, is the year before's
        count = (today.month - count) % 12 or 12
    month = months_on(today.replace(day=1), -count)
    start = day_of(month.year, month.month, point.first[1])
    end = day_of(month.year, month.month, point.last[1])
    return None if start is None or end is None else (start, end)


def _fiscal(point: Point, scene: Scene) -> Ends | None:
    """Return the days of a fiscal year or of some of its months."""
    first, last = point.fiscal or (1, 12)
    start, named = scene.fiscal
    if point.year is not None and point.shift == 1:
        number, named = point.year, "start"  # 2022-23: the first of two printed years
    elif point.year is not None:
        number = point.year
    else:
        named = "start"
        number = scene.today.year - ((scene.today.month, scene.today.day) < _day(start))
        number += point.offset or 0
    try:
        window = fiscal_months(number, first, last, start=start, named=named)
        end = window.end
        if point.shift > 1:  # FY2016-2019: from the first to the last of them
            end = fiscal_months(number + point.shift, first, last, start=start, named=named).end
    except InputError:
        return None
    return window.start, end


def _day(text: str) -> tuple[int, int]:
    return int(text[:2]), int(text[3:])
