"""What words tell of a window before the day of the text is known, and the days that they then stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.readings.window_words.campaigns import YEAR, Campaign, has_name
from analysis.readings.window_words.feasts import Ends, golden_week
from analysis.readings.window_words.found import Basis, Form
from analysis.readings.window_words.moments import (
    Point,
    Scene,
    days_on,
    joined,
    months_on,
    moved,
    printed,
    shifted,
    told,
)

ROLLING = "counted back from the text's date"
WHOLE_YEARS = "whole calendar years before the text's"
PLAN = "lies after the text's date"
ENDED = "ended by the text's date"
TO_DATE = "up to the text's date"


@dataclass(frozen=True, slots=True)
class Told:
    """Words that name a window.

    Attributes
    ----------
    at, to
        The characters it was read from.
    form
        What kind of words they are.
    a, b
        The stretches of the calendar they name.
    count, unit
        A length: 3 and "month".
    years
        By how many years the same period is another year's; None where a point names the year.
    about
        The words that may name a campaign.
    """

    at: int
    to: int
    form: Form
    a: Point | None = None
    b: Point | None = None
    count: int = 0
    unit: str = ""
    years: int | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """Days, basis and what was taken for granted."""

    start: date | None
    end: date | None
    basis: Basis
    reason: str = ""


def read(one: Told, scene: Scene, before: Ends | None, campaigns: tuple[Campaign, ...]) -> Read | None:
    """Return the days that words stand for, None where they name none.

    `before` is the window told before them, which "the same period" points to.
    """
    match one.form:
        case "period" | "range" | "compared":
            return _stretch(one, scene)
        case "since":
            return _since(one, scene)
        case "as_of":
            return _as_of(one, scene)
        case "now":
            return Read(None, scene.today, "text_date")
        case "recent":
            return Read(None, scene.today, "unknown", "no length is told")
        case "last":
            return _last(one, scene.today)
        case "length_to":
            return _length_to(one, scene)
        case "same_period":
            return _same_period(one, scene, before)
        case "campaign":
            return _campaign(one, scene, campaigns)
        case _:
            return Read(None, None, "unknown", "only a length is told")


def begun_and_lasted(start: date, one: Told, scene: Scene) -> Read:
    """Return the days of a length that began on a known day."""
    end = days_on(_on(start, one.count, one.unit), -1)
    return _clipped(start, end, "text_date", scene.today, "its length counted from its first day")


def _golden(point: Point, scene: Scene) -> Point:
    """Return a point whose golden week, where it is one without a name, is the one that had begun last."""
    if point.feast != "golden":
        return point
    return moved(point, feast="national" if point.dated else golden_week(scene.today))


def _stretch(one: Told, scene: Scene) -> Read | None:
    """Return the days of one point, or from one to another, ended by the day of the text."""
    if one.a is None:
        return None
    first = _golden(one.a, scene)
    ends = joined(first, one.b, scene) if one.b else told(first, scene)
    if ends is None:
        return None
    points = (first, one.b) if one.b else (first,)
    by_text = not any(map(printed, points)) or any(point.dated and not printed(point) for point in points)
    fiscal = "the fiscal year taken is that of the government" if first.fiscal else ""
    return _clipped(*ends, "text_date" if by_text else "printed", scene.today, fiscal)


def _clipped(start: date, end: date, basis: Basis, today: date, reason: str = "") -> Read:
    """Return a window whose end is no later than the text, unless all of it is."""
    if start > today:
        return Read(start, end, basis, PLAN)
    if end > today:
        return Read(start, today, "text_date", ENDED)
    return Read(start, end, basis, reason)


def _since(one: Told, scene: Scene) -> Read | None:
    """Return the days from the first of a point to the text's."""
    if one.a is None:
        return None
    ends = told(_golden(one.a, scene), scene, over=False)
    if ends is None:
        return None
    if ends[0] > scene.today:
        return Read(ends[0], None, "unknown", PLAN)
    return Read(ends[0], scene.today, "text_date", TO_DATE if printed(one.a) else "")


def _as_of(one: Told, scene: Scene) -> Read | None:
    """Return an end without a beginning: of the day named, the text's where a running year or month is."""
    if one.a is None:
        return None
    ends = told(one.a, scene, over=one.a.grain == "span")
    if ends is None:
        return None
    start, end = ends
    if one.a.first == one.a.last or start > scene.today or end <= scene.today:
        return Read(None, end, "printed" if printed(one.a) else "text_date")
    return Read(None, scene.today, "text_date", ENDED)


def _last(one: Told, today: date) -> Read:
    """Return the last so many years, months, weeks or days.

    Two years or more, told in the first half of a year, are the whole calendar years before it, as reports in
    spring count them; all else is counted back from the day of the text.
    """
    if one.count == 0:
        return Read(None, today, "text_date", "no length is told")
    if one.unit == "year" and one.count > 1 and today.month <= 6 and today.year > one.count:
        start, end = date(today.year - one.count, 1, 1), date(today.year - 1, 12, 31)
        return Read(start, end, "text_date", WHOLE_YEARS)
    return Read(days_on(_on(today, -one.count, one.unit), 1), today, "text_date", ROLLING)


def _on(day: date, count: int, unit: str) -> date:
    """Return the day that is a length later, or earlier."""
    if unit in ("year", "month"):
        return months_on(day, count * (12 if unit == "year" else 1))
    return days_on(day, count * (7 if unit == "week" else 1))


def _length_to(one: Told, scene: Scene) -> Read | None:
    """Return the length that ends with a point: twelve months to August 2005 begin in September 2004."""
    point = one.b or one.a
    if point is None:
        return None
    ends = told(point, scene, over=point.grain != "day")
    if ends is None:
        return None
    after = days_on(ends[1], 1)
    basis: Basis = "printed" if printed(point) else "text_date"
    return _clipped(_on(after, -one.count, one.unit), ends[1], basis, scene.today)


def _same_period(one: Told, scene: Scene, before: Ends | None) -> Read:
    """Return the window told before, in another year."""
    if before is None:
        alone = one.a and _stretch(one, scene)
        return alone or Read(None, None, "unknown", "no period was told before")
    if one.a is None:
        years = one.years or 0
    else:
        ends = told(one.a, scene)
        years = ends[0].year - before[0].year if ends else 0
        if (
            one.a.offset is not None
        ):  # last year's, seen from the text: the year before that of the period told
            years = one.a.offset
    return Read(*shifted(before, years), "text_date", "the period told before, in that year")


def _campaign(one: Told, scene: Scene, campaigns: tuple[Campaign, ...]) -> Read:
    """Return the days of a campaign, from the measure that the words name, up to the text's."""
    found = _named(one.about, scene, campaigns)
    if found is None:
        return Read(None, scene.today, "unknown", "no campaign of that name is known")
    if found.start is None:
        return Read(None, scene.today, "unknown", f"{found.title}: its first day is not known")
    end = min(found.end or scene.today, scene.today)
    return Read(found.start, end, "campaign", found.title)


def _named(about: str, scene: Scene, campaigns: tuple[Campaign, ...]) -> Campaign | None:
    """Return the latest campaign that words name and that had begun on the day of the text.

    Words that name none by themselves (the special action) mean the one named shortly before.
    """
    begun = [one for one in campaigns if one.earliest is None or one.earliest <= scene.today]
    own, _, near = about.partition("\n")
    for words in (own, "" if has_name(own) else YEAR.sub("", near)):
        if named := [one for one in begun if one.score(words)]:
            return max(named, key=lambda one: (one.score(words), one.earliest or date.min))
    return None


def year_told(one: Told, scene: Scene) -> int | None:
    """Return the year that words name, for "that year" after them."""
    point = one.b or one.a
    if point is None or not point.dated:
        return None
    ends = told(point, scene)
    return ends[0].year if ends else None
