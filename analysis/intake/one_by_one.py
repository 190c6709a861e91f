"""Windows told one by one with as many figures: 2020年、2021年分别, respectively, the years of a range, quarters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from analysis.intake.counted import Counted
from analysis.intake.sentences import Sentence
from analysis.intake.window_bonds import Time, holds
from analysis.readings.window_words import FoundWindow
from analysis.readings.window_words.moments import months_on

_TOLD = re.compile(r"分别|依次|respectively")
_TWO_YEARS = re.compile(r"((?:19|20)[0-9]{2})年?(?:、|和|及|与| and )((?:19|20)[0-9]{2})年?")
# Parts of the year that a text is on, none of them named: 四个季度分别, 上、下半年分别.
_PARTS = (
    (re.compile(r"[四各]个?季度|[一1]至[四4]季度|four quarters|each quarter"), 4),
    (re.compile(r"上、?下半年|两个半年|two halves"), 2),
)
_YEAR = 366  # days of the longest year


def one_by_one(
    sentence: Sentence, own: list[FoundWindow], figures: list[Counted], held: Time | None = None
) -> dict[int, Time]:
    """Return windows by the place of figures where as many of both are told one by one: 分别, respectively.

    `held` is the window carried so far, of whose quarters or halves a sentence may tell.
    """
    told = _TOLD.search(sentence.text)
    if told is None:
        return {}
    windows = [one for window in own for one in _years_apart(window)]
    for first in range(len(windows) - 1):
        if found := _paired(windows[first:], figures, windows[-1].span[1]):
            return found
    years = _years_of(windows[-1]) if windows else []
    low = max(windows[-1].span[1], sentence.start + told.start()) if windows else 0
    if years and (found := _paired(years, figures, low)):
        return found
    return _parts_of_year(sentence, own, figures, held)


def _paired(group: Sequence[FoundWindow], figures: list[Counted], low: int) -> dict[int, Time]:
    """Return the windows of the figures behind a character, where enough of one unit stand there."""
    behind = [place for place, one in enumerate(figures) if one.span[0] >= low]
    if not len(behind) >= len(group) >= 2:
        return {}
    if figures[behind[0]].figure.unit != figures[behind[len(group) - 1]].figure.unit:
        return {}
    return {
        place: Time(
            one.start, one.end, one.basis, one.words, "as many windows as figures, told one by one", 0.85
        )
        for place, one in zip(behind, group, strict=False)
    }


def _years_apart(one: FoundWindow) -> list[FoundWindow]:
    """Return the two years of 2020年、2021年, which are told one by one."""
    found = _TWO_YEARS.fullmatch(one.words.strip())
    return [one] if found is None else [_whole(one, int(found[1])), _whole(one, int(found[2]))]


def _years_of(one: FoundWindow) -> list[FoundWindow]:
    """Return the calendar years of a range of a few, none of any other window."""
    if one.start is None or one.end is None:
        return []
    whole = (one.start.month, one.start.day, one.end.month, one.end.day) == (1, 1, 12, 31)
    years = range(one.start.year, one.end.year + 1)
    return [_whole(one, year) for year in years] if whole and 2 <= len(years) <= 10 else []


def _whole(one: FoundWindow, year: int) -> FoundWindow:
    return replace(one, start=date(year, 1, 1), end=date(year, 12, 31))


def _parts_of_year(
    sentence: Sentence, own: list[FoundWindow], figures: list[Counted], held: Time | None
) -> dict[int, Time]:
    """Return the quarters or halves of the text's year for as many figures, where words tell of each."""
    year = Time(own[-1].start, own[-1].end) if own else held
    if year is None or year.start is None or year.days < _YEAR - 1 or year.days > _YEAR:
        return {}
    for words, count in _PARTS:
        match = words.search(sentence.text)
        behind = [one for one in figures if match and one.span[0] >= sentence.start + match.end()]
        if len(behind) < count or len({one.figure.unit for one in behind[:count]}) > 1:
            continue
        length = 12 // count
        starts = [months_on(year.start, length * place) for place in range(count + 1)]
        return {
            one.index: replace(
                year,
                start=start,
                end=date.fromordinal(end.toordinal() - 1),
                reason="parts of its year, one by one",
            )
            for one, (start, end) in zip(behind, pairwise(starts), strict=False)
        }
    return {}


def one_after_another(held: Time, times: list[Time]) -> bool:
    """Tell whether windows are parts of a carried one that a list goes through: 2021年..., 2022年..., 2023年...."""
    apart = [time for time in times if time.days > 1]
    return (
        len(apart) > 1
        and all(holds(held, time) and time.days < held.days for time in apart)
        and all(one.end < two.start for one, two in pairwise(apart) if one.end and two.start)
    )
