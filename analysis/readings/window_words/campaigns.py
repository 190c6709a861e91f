"""Campaigns that words name, from a frame of measures: since the launch of Kunlun 2020, 昆仑行动开展以来."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.errors import InputError, shown

_COLUMNS = ("title", "effective", "ended")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
# Names in Chinese, and what titles in English call them.
_IPR = "ipr infringement and counterfeit"
_NAMES = {
    "昆仑": "kunlun", "云端": "yunduan", "云剑": "cloud sword", "剑网": "sword net", "龙腾": "longteng",
    "铁拳": "iron fist", "蓝网": "blue net", "净网": "clean net", "红盾网剑": "red shield net sword",
    "网剑": "net sword", "亮剑": "bright sword", "山鹰": "mountain eagle", "春雷": "chunlei",
    "守护消费": "guarding consumption", "守护知识产权": "guarding ip", "夏季百日": "summer hundred days",
    "百日": "hundred-day", "打击侵犯知识产权和制售假冒伪劣": _IPR, "双打": _IPR,
}  # fmt: skip
_LONGEST_FIRST = sorted(_NAMES.items(), key=lambda pair: -len(pair[0]))
# Words that say nothing of which campaign it is.
_PLAIN = """
action campaign special operation police the of and in on for first second third edition against notice people's
livelihood network market supervision a to china national chinese since launch launched launching
"""
_COMMON = frozenset(_PLAIN.split())
_WORD = re.compile(r"[a-z][a-z'-]+")


@dataclass(frozen=True, slots=True)
class Campaign:
    """A measure with the days it ran, as far as they are known, and the words of its title."""

    title: str
    start: date | None
    end: date | None
    earliest: date | None
    year: str
    words: frozenset[str]

    def score(self, about: str) -> int:
        """Return how closely words name it: 0 not at all; with the year more than without."""
        plain, title = about.lower(), self.title.lower()
        years = set(YEAR.findall(about))
        if years and self.year and self.year not in years:
            return 0
        close = 1 + bool(years and self.year)
        if title in plain:
            return 10 * close + len(title)
        for name, english in _LONGEST_FIRST:
            if name in about:
                return close + 5 if english in title else 0
        own = self.words & set(_WORD.findall(plain))
        return close if own and len(own) >= min(2, len(self.words)) else 0


def has_name(words: str) -> bool:
    """Tell whether words hold the Chinese name of a campaign, or a name in quotation marks."""
    return any(name in words for name in _NAMES) or any(mark in words for mark in '“"「')


def campaigns_in(frame: pd.DataFrame | None) -> tuple[Campaign, ...]:
    """Return the campaigns of a frame of measures; with a column `kind`, only those that are campaigns or plans.

    Raises
    ------
    InputError
        A column is missing, or a date is none.
    """
    if frame is None:
        return ()
    missing = [column for column in _COLUMNS if column not in frame.columns]
    if missing:
        raise InputError(f"campaigns needs the columns {', '.join(_COLUMNS)}; missing: {', '.join(missing)}")
    if not frame.columns.is_unique:
        raise InputError("campaigns has two columns of one name: leave one of each")
    if "kind" in frame.columns:
        frame = frame[frame["kind"].isin(("campaign", "plan"))]
    rows = frame.to_dict("records")
    return tuple(_campaign({str(key): cell for key, cell in row.items()}) for row in rows)


def _campaign(row: dict[str, object]) -> Campaign:
    """Return a row of measures as a campaign."""
    title = _text(row["title"])
    start, earliest = _first_day(row["effective"], title, "effective")
    if earliest is None and "announced" in row:
        start, earliest = _first_day(row["announced"], title, "announced")
    end = _last_day(row["ended"], title)
    years = YEAR.findall(title)
    own = frozenset(_WORD.findall(title.lower())) - _COMMON
    return Campaign(title, start, end, earliest, years[0] if len(years) == 1 else "", own)


def _text(cell: object) -> str:
    return "" if cell is None or cell is pd.NaT or cell is pd.NA or cell != cell else str(cell).strip()


def _parts(cell: object, title: str, column: str) -> tuple[int, int | None, int | None] | None:
    """Return year, month and day of a cell, as far as they are told."""
    text = _text(cell)[:10]
    if not text:
        return None
    found = _DATE.fullmatch(text)
    try:
        if found and date(int(found[1]), int(found[2] or 1), int(found[3] or 1)):
            return int(found[1]), int(found[2]) if found[2] else None, int(found[3]) if found[3] else None
    except ValueError:
        pass
    raise InputError(
        f"campaigns: {column} {shown(cell)} of {shown(title)} is no date such as 2020-05-01 or 2020-05"
    )


def _first_day(cell: object, title: str, column: str) -> tuple[date | None, date | None]:
    """Return the first day, None where only a year is known, and the earliest that it may be."""
    parts = _parts(cell, title, column)
    if parts is None:
        return None, None
    earliest = date(parts[0], parts[1] or 1, parts[2] or 1)
    return (earliest if parts[1] else None), earliest


def _last_day(cell: object, title: str) -> date | None:
    """Return the last day that a cell may mean."""
    parts = _parts(cell, title, "ended")
    if parts is None:
        return None
    month = parts[1] or 12
    return date(parts[0], month, parts[2] or monthrange(parts[0], month)[1])
