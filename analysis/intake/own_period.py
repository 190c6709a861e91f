"""Windows told by the period that a text is on: during the year, in the previous year, 2022/23, 三年间, 上年."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from analysis.intake.window_bonds import Time
from analysis.readings.window_words import FoundWindow, read_window
from analysis.readings.window_words.moments import months_on, shifted

_LEAST, _MOST = 360, 366  # days of a year that a text is on
_SHORT, _SHORT_MOST = 90, 92  # days of a quarter that it is on
_THE_QUARTER = re.compile(r"(?i)(?:during |in |over |for )?(?:the|this) quarter|[本该]季度?")
_QUARTER_BEFORE = re.compile(r"(?i)(?:the )?(?:last|previous|preceding|prior) quarter|上一?个?季度")
_THE_YEAR = re.compile(
    r"(?i)(?:(?:during|in|over|for|throughout) )?the year"
    r"|the (?:whole|full|entire|calendar) year|year(?:'s|-)? ?end|年内|全年"
)
_ITS_END = re.compile(r"(?i)(?:end|close) of the year|year(?:'s|-)? ?end")
_YEAR_BEFORE = re.compile(
    r"(?i)(?:the )?(?:previous|preceding|prior) year|(?:the )?year (?:before|earlier)|上年度?|上一年度?|前一年"
)
_LENGTH_BEFORE = re.compile(
    r"(?i)(?:previous|preceding|prior) (?P<n>12|twelve|six|6|three|3|nine|9)[ -]months?(?: period)?"
)
_MONTHS_OF = {"12": 12, "twelve": 12, "6": 6, "six": 6, "3": 3, "three": 3, "9": 9, "nine": 9}
_SLASHED = re.compile(r"((?:19|20)[0-9]{2})(?:\s?[/-]\s?| to )((?:20)?[0-9]{2})")
_YEARS = 365.25
_MONTHS = re.compile(r"(?i)month|月")
STATED = re.compile(
    r"(?i)\b(?:for|covers?|covering|over|in) the (?:reporting |review |12-month |twelve-month )?period\b"
    r"|\breport(?:ing)? (?:covers|period)\b|报告期|统计期|统计周期|本报告(?:涵盖|覆盖|统计)"
)  # words by which a text states the period that it is on


def in_own_period(
    found: Sequence[FoundWindow], base: Time | None, told: Sequence[FoundWindow], published: date
) -> tuple[list[FoundWindow], set[int]]:
    """Return the windows of a sentence by the year that the text is on, and the places of those a year before it.

    "During the year" of a report on last year is that year and not the running one, "in the previous year" the one
    before it, and 三年间 the three years that the text has named. `base` is the window carried so far, `told` all
    windows of the text.
    """
    done: list[FoundWindow] = []
    former: set[int] = set()
    for place, one in enumerate(found):
        changed = _several(one, told) if one.form == "last" else None
        if changed is None and base and base.start and base.end and _LEAST <= base.days <= _MOST:
            days = base.start, base.end
            changed = _of_year(one, days, published)
            if changed is None and _YEAR_BEFORE.fullmatch(one.words.strip()):
                changed = _moved(one, *shifted(days, -1))
                if one.form != "compared":
                    former.add(place)
        nearest = Time(done[-1].start, done[-1].end) if done and done[-1].start and done[-1].end else base
        if changed is None and nearest and (length := _LENGTH_BEFORE.fullmatch(one.words.strip())):
            changed = _before(one, nearest, _MONTHS_OF[length["n"].lower()])
            former |= {place} if changed else set()
        elif changed is None and base and base.start and base.end and _SHORT <= base.days <= _SHORT_MOST:
            changed = _of_quarter(one, (base.start, base.end), published)
        one = changed or one
        if one.form in ("period", "length_to", "range") and one.start and one.end and place not in former:
            days_of_it = (one.end - one.start).days + 1
            base = Time(one.start, one.end) if _LEAST <= days_of_it <= _MOST else base
        done.append(one)
    return done, former


def of_printed_year(found: list[FoundWindow], published: date) -> list[FoundWindow]:
    """Return windows of which "... of the year" is of a year printed right before them."""
    for place in range(1, len(found)):
        one, last = found[place], found[place - 1]
        if one.words.endswith("the year") and last.end and last.basis == "printed" and one.start:
            again = read_window(f"{one.words.removesuffix('the year')}{last.end.year}", published)
            if again and again.window:
                found[place] = replace(one, start=again.start, end=again.end, basis=again.basis)
    return found


def _of_year(one: FoundWindow, year: tuple[date, date], published: date) -> FoundWindow | None:
    """Return the text's own year, or its last day, where words name "the year"; 2022/23 of a year from July to June."""
    words = " ".join(one.words.split())
    if year[1].year >= published.year and year[1] == published:
        return None
    if _ITS_END.search(words) and one.form in ("period", "as_of", "compared"):
        return _moved(one, year[1] if one.start else None, year[1])
    if _THE_YEAR.fullmatch(words) and one.form == "period":
        return _moved(one, *year)
    if (
        one.form == "last"
        and not _MONTHS.search(words)
        and _years(one) == 1
        and 0 <= (published - year[1]).days <= _MOST
    ):
        return _moved(one, *year)  # 过去一年 of a yearly report
    if words.lower().endswith("of the year") and year[0].month == 1:
        again = read_window(f"{words[: -len('the year')]}{year[0].year}", published)
        return _moved(one, again.start, again.end) if again and again.window else None
    slashed = _SLASHED.fullmatch(words)
    if (
        slashed
        and one.start is not None
        and one.start.month == 1  # and no fiscal year of the text's country
        and (year[1] > date(year[0].year, 12, 31))
        and int(slashed[2]) % 100 == (int(slashed[1]) + 1) % 100
    ):
        return _moved(one, *shifted(year, int(slashed[1]) - year[0].year))
    return None


def _before(one: FoundWindow, base: Time, months: int) -> FoundWindow | None:
    """Return so many months before a window that lasts as long: compared with the previous 12 months."""
    if (
        base.start is None
        or base.end is None
        or months_on(base.start, months) != base.end + timedelta(days=1)
    ):
        return None
    return _moved(one, months_on(base.start, -months), base.start - timedelta(days=1))


def _of_quarter(one: FoundWindow, quarter: tuple[date, date], published: date) -> FoundWindow | None:
    """Return the text's own quarter, or that before it, where words name it: 本季度 of a report on the last one."""
    if not 0 <= (published - quarter[1]).days <= _MOST:
        return None
    words = one.words.strip()
    if _THE_QUARTER.fullmatch(words):
        return _moved(one, *quarter)
    if _QUARTER_BEFORE.fullmatch(words):
        return _moved(one, months_on(quarter[0], -3), quarter[0] - timedelta(days=1))
    return None


def _several(one: FoundWindow, told: Sequence[FoundWindow]) -> FoundWindow | None:
    """Return the years that the text has named where as many are told: 三年来 of a report on 2021 to 2023."""
    count = _years(one)
    if count < 2:
        return None
    for other in told:
        if other.span[0] >= one.span[0]:
            break
        if other.form in ("range", "period") and other.basis == "printed" and _years(other) == count:
            return _moved(one, other.start, other.end)
    return None


def _years(one: FoundWindow) -> int:
    """Return how many years a window lasts, 0 where an end is open."""
    return round(((one.end - one.start).days + 1) / _YEARS) if one.start and one.end else 0


def _moved(one: FoundWindow, start: date | None, end: date | None) -> FoundWindow:
    return replace(one, start=start, end=end, basis="text_date", reason="by the period that the text is on")
