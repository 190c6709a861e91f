"""What is found where a text names a window, and what a text must be to be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from analysis.errors import InputError, shown
from analysis.readings.windows import Window
from analysis.results import Result

Basis = Literal["printed", "text_date", "campaign", "unknown"]
Form = Literal[
    "period",
    "range",
    "since",
    "as_of",
    "now",
    "last",
    "length_to",
    "duration",
    "same_period",
    "compared",
    "campaign",
    "recent",
]
LARGEST = 1_048_576  # bytes of text, as UTF-8
_FIRST_DATE = date(1800, 1, 1)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_PUBLISHED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True, repr=False)
class FoundWindow(Result):
    """A window that words of a text name.

    Attributes
    ----------
    start, end
        First and last day, both included; None where the words do not tell it.
    basis
        printed (the text prints the year), text_date (told from the text's date, or ended by it), campaign
        (from the measure that the words name), unknown (nothing but a length, or incomplete).
    form
        What kind of words they are: period (2019, first half), range (from ... to), since, as_of (only the end
        is told), now (so far), last (the past three years), length_to (12 months to August), duration (a length
        alone), same_period (of another year), compared (what a figure is held against: than in 2017), campaign,
        recent (no length told).
    words
        The words, as they stand in the text.
    span
        First character and the one after the last, counted from 0.
    reason
        What was taken for granted; blank where the words leave nothing open.
    """

    start: date | None
    end: date | None
    basis: Basis
    form: Form
    words: str
    span: tuple[int, int]
    reason: str = ""

    @property
    def window(self) -> Window | None:
        """Both ends as a window, None where one is open."""
        return Window(self.start, self.end) if self.start and self.end else None


def check_text(text: str, name: str) -> None:
    """Refuse what cannot be read for windows.

    Raises
    ------
    InputError
        The text is empty, larger than 1 MB, or holds control characters.
    """
    if not text.strip():
        raise InputError(f"{name} is empty: give the words of a text")
    if len(text) > LARGEST or len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise InputError(f"{name} is longer than 1 MB ({LARGEST:,} bytes as UTF-8): give it in parts")
    if found := _CONTROL.search(text):
        raise InputError(
            f"{name} holds the control character U+{ord(found[0]):04X} at {found.start()}: "
            "it is no plain text; convert it, or remove the character"
        )


def published_days(published: date | str) -> tuple[date, date]:
    """Return the first and the last day that a text may be of: 2015 is any day of that year.

    Raises
    ------
    InputError
        It is no date, lies before 1800 or after today.
    """
    days = _days_of(published)
    if days is None or days[0] < _FIRST_DATE:
        raise InputError(
            f"published {shown(published)} is no date since 1800: give datetime.date, or text such as 2020-11-09 "
            "(2020-11 or 2020 where no more is known)"
        )
    today = date.today()
    if days[0] > today:
        raise InputError(
            f"published {shown(str(published))} lies after today, {today}: give the day the text appeared"
        )
    return days[0], min(days[1], today)


def _days_of(published: date | str) -> tuple[date, date] | None:
    if isinstance(published, datetime):
        return None if published.tzinfo or published != published else (published.date(), published.date())
    if isinstance(published, date):
        return published, published
    found = _PUBLISHED.fullmatch(published.strip())
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if day and month:
            return date(year or 0, month, day), date(year or 0, month, day)
        first = date(year or 0, month or 1, 1)
        after = date(first.year + (month in (None, 12)), (month or 12) % 12 + 1, 1)
    except ValueError:
        return None
    return first, after - timedelta(days=1)
