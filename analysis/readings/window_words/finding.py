"""From a text and its date to the windows that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

import pandas as pd

from analysis.arguments import checked
from analysis.errors import InputError, shown
from analysis.readings.fiscal import FISCAL_YEARS
from analysis.readings.window_words import chinese_forms, english_forms
from analysis.readings.window_words.campaigns import Campaign, campaigns_in
from analysis.readings.window_words.feasts import Ends
from analysis.readings.window_words.found import Basis, FoundWindow, check_text, published_days
from analysis.readings.window_words.moments import Scene, printed, shifted
from analysis.readings.window_words.told import Read, Told, begun_and_lasted, read, year_told

Language = Literal["zh", "en"]
_BETWEEN = re.compile(r"[\s,，、:：()（）]{0,3}(?:and |up |had |have )?")
_FEW_WORDS = re.compile(r"[,，]?[\u4e00-\u9fff]{0,10}[,，]?")
_CJK = re.compile(r"[\u4e00-\u9fff]")
# What happened up to a day of the running year, and no word tells since when: 截至6月30日,破获案件1222宗.
_HAPPENED = re.compile(
    r"[^。;；!！?？\n]{0,40}?(?:破获|侦破|查处|查办|查获|查扣|抓获|刑拘|逮捕|起诉|立案|审结|办结|新收|受理|收缴|扣留|捣毁|打掉|移送|下架|删除|罚没)"
    r"|(?i:[^.;\n]{0,60}?\b(?:solved|cracked|arrested|seized|confiscated|detained|prosecuted|investigated|handled|concluded"
    r"|destroyed|removed|intercepted)\b)"
)
_STATED = ("period", "range", "since", "last", "length_to", "campaign")
# Of words that overlap, the longer; of equally long ones, by this order.
_RANK = {form: rank for rank, form in enumerate(
    ("range", "length_to", "since", "same_period", "as_of", "compared", "last", "duration", "campaign", "recent", "now",
     "period")
)}  # fmt: skip


@checked
def find_windows(
    text: str,
    published: date | str,
    language: Language | None = None,
    campaigns: pd.DataFrame | None = None,
    jurisdiction: str | None = None,
) -> tuple[FoundWindow, ...]:
    """Return the windows that a text in Chinese or English names, in order, none overlapping another.

    Days without a year are the latest that had come about on the text's date: "since May" in a text of 9 November
    2020 begins on 2020-05-01 and ends with the text, "in the first half" of March 2021 is that of 2020. A window
    that the text's date falls into ends there; one that begins later is a plan, and `reason` says so. "As of" and
    "by" tell an end alone, unless the words before them tell the beginning (今年以来,截至5月底). "The same period"
    is the window told before it, in another year.

    Parameters
    ----------
    text
        Plain text, up to 1 MB as UTF-8.
    published
        Its date; "2020-11" or "2020" where no more is known: what differs over its days is then left open.
    language
        "zh" or "en"; both by default.
    campaigns
        Measures with title, effective and ended (and kind, if there), for words such as 专项行动开展以来.
    jurisdiction
        Whose fiscal years are meant, see `fiscal_year`. By default fiscal years are those of the United States,
        financial years those of the United Kingdom.

    Raises
    ------
    InputError
        `text` is empty, larger than 1 MB or holds control characters; `published` is no date or lies after today;
        the language or the fiscal year of the jurisdiction is not known; `campaigns` lacks a column.

    Examples
    --------
    >>> found, = find_windows("solved more than 1,400 cases since May", "2020-11-09")
    >>> f"{found.start} to {found.end}, {found.basis}: {found.words}"
    '2020-05-01 to 2020-11-09, text_date: since May'
    """
    check_text(text, "text")
    first, last = published_days(published)
    if jurisdiction is not None and jurisdiction not in FISCAL_YEARS:
        known = ", ".join(sorted(FISCAL_YEARS))
        raise InputError(
            f"jurisdiction {shown(jurisdiction)} has no fiscal year known here: use one of {known}"
        )
    known_campaigns = campaigns_in(campaigns)
    stated = _apart(_all(text, language))
    early = _read_all(stated, text, first, known_campaigns, jurisdiction)
    if first == last:
        return _found(early, text)
    late = _read_all(stated, text, last, known_campaigns, jurisdiction)
    both = {(one.at, one.to): reading for one, reading in late}
    agreed = [(one, _agreed(reading, both.get((one.at, one.to)))) for one, reading in early]
    return _found(agreed, text)


@checked
def read_window(
    words: str,
    published: date | str,
    language: Language | None = None,
    campaigns: pd.DataFrame | None = None,
    jurisdiction: str | None = None,
) -> FoundWindow | None:
    """Return the window that a phrase names, None where it names none.

    Of several the first with both ends known is meant, or else the first. Arguments as in `find_windows`.

    Raises
    ------
    InputError
        As `find_windows`.

    Examples
    --------
    >>> found = read_window("今年1至6月", "2022-07-20")
    >>> f"{found.start} to {found.end}"
    '2022-01-01 to 2022-06-30'
    """
    check_text(words, "words")
    found = find_windows(words, published, language, campaigns, jurisdiction)
    return next((one for one in found if one.window), found[0] if found else None)


def _all(text: str, language: Language | None) -> Iterator[Told]:
    """Yield what each grammar finds in a text."""
    if language != "en" and _CJK.search(text):
        yield from chinese_forms.windows(text)
    if language != "zh":
        yield from english_forms.windows(text)
    elif not _CJK.search(text):
        yield from chinese_forms.windows(text)


def _apart(stated: Iterable[Told]) -> list[Told]:
    """Return windows in the order of the text, of overlapping ones the longest."""
    kept: list[Told] = []
    for one in sorted(stated, key=lambda one: (one.at, -one.to, _RANK[one.form])):
        if not kept or one.at >= kept[-1].to:
            kept.append(one)
        elif one.to - one.at > kept[-1].to - kept[-1].at:
            kept[-1] = one
    return kept


def _read_all(
    stated: list[Told], text: str, today: date, campaigns: tuple[Campaign, ...], jurisdiction: str | None
) -> list[tuple[Told, Read]]:
    """Return each window with its days, one told before another being known to it."""
    readings: list[tuple[Told, Read]] = []
    before: Ends | None = None
    stood: date | None = None  # the last end told alone
    that_year: int | None = None
    for one in stated:
        named = FISCAL_YEARS[jurisdiction or (one.about if one.about in FISCAL_YEARS else "US")]
        scene = Scene(today, that_year, named, pairs=jurisdiction not in (None, "US"))
        reading = read(one, scene, before, campaigns)
        if reading is None:
            continue
        that_year = year_told(one, scene) or that_year
        if before is None and one.form == "as_of":
            reading = _from_january(one, reading, text)
            stood = reading.end
        elif (
            before is None
            and stood
            and one.form == "same_period"
            and (years := -1 if one.a else one.years or 0)
        ):
            reading = Read(
                None, shifted((stood, stood), years)[1], "text_date", "the day told before, a year back"
            )
        if readings and (merged := _merged(readings[-1], (one, reading), text, scene)):
            readings[-1] = merged
            reading = merged[1]
        else:
            readings.append((one, reading))
        weekday = one.a is not None and one.a.ago is not None and one.a.ago[0].endswith("weekday")
        if (
            readings[-1][0].form in _STATED and reading.start and reading.end and not weekday
        ):  # said on Tuesday
            before = reading.start, reading.end
    return readings


def _from_january(one: Told, reading: Read, text: str) -> Read:
    """Return an end told alone as the year to date, where the first window of a text is of what happened."""
    told_end = reading.start is None and reading.end is not None and one.a is not None
    if not told_end or reading.end is None or one.a is None or printed(one.a):
        return reading
    if (reading.end.month, reading.end.day) == (12, 31) or not _HAPPENED.match(text, one.to):
        return reading
    return Read(date(reading.end.year, 1, 1), reading.end, "text_date", "taken as counted from 1 January")


def _merged(
    earlier: tuple[Told, Read], later: tuple[Told, Read], text: str, scene: Scene
) -> tuple[Told, Read] | None:
    """Return one window of two that stand together: a beginning and an end (今年以来,截至5月底), or a length."""
    (one, first), (two, second) = earlier, later
    whole = Told(one.at, two.to, "range", one.a or two.a, one.b)
    lasted = two.form == "duration" and two.count and one.form == "since"
    if lasted and first.start and _FEW_WORDS.fullmatch(text, one.to, two.at):  # 自2023年起,海关总署连续两年
        return whole, begun_and_lasted(first.start, two, scene)
    if not _BETWEEN.fullmatch(text, one.to, two.at):
        return None
    if two.form == "since" and second.start:
        if one.form == "as_of" and first.end and first.end >= second.start:
            return whole, Read(second.start, first.end, first.basis)
        if one.form == "duration" and one.count:
            return whole, begun_and_lasted(second.start, one, scene)
    if first.start is None:
        return None
    if two.form in ("as_of", "now") and second.end:
        running = one.form in ("since", "campaign") or (
            one.a is not None and one.a.grain == "year" and not one.b
        )
        within = second.end >= first.start and (one.form != "period" or second.end.year == first.start.year)
        if running and within:
            basis: Basis = "campaign" if first.basis == "campaign" else second.basis
            return whole, Read(first.start, second.end, basis)
    return None


def _agreed(one: Read, other: Read | None) -> Read:
    """Return what holds whatever the day of the text."""
    if other is None:
        return Read(None, None, "unknown", "the text's date is not known to the day")
    start = one.start if one.start == other.start else None
    end = one.end if one.end == other.end else None
    if (start, end) == (one.start, one.end):
        return Read(start, end, one.basis, one.reason)
    return Read(start, end, "unknown", "the text's date is not known to the day")


def _found(readings: list[tuple[Told, Read]], text: str) -> tuple[FoundWindow, ...]:
    """Return the public form of readings."""
    return tuple(
        FoundWindow(
            reading.start,
            reading.end,
            reading.basis,
            one.form,
            text[one.at : one.to],
            (one.at, one.to),
            reading.reason,
        )
        for one, reading in readings
    )
