"""Stretches of the calendar in English: 12 December 2019, May, the first half of last year, FY2020 Q1, 2018-2020."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from analysis.readings.window_words.english_numbers import (
    FEASTS,
    LENGTHS,
    MONTHS,
    NTHS,
    NUMBERS,
    ORDINALS,
    WEEKDAYS,
    month_of,
    number,
)
from analysis.readings.window_words.moments import Point, moved

_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|"
    r"sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?![a-z])"
)
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9]|[.,][0-9])"
_Y4 = r"(?:19|20)[0-9]{2}(?![0-9]|[.,:][0-9]|%|\s?(?:per\s?cent|million|billion))"
_REL = (
    r"(?:(?:the\s+)?(?:(?P<{0}rel>last|this|previous|prior|current|same|preceding|that|following|same\s+calendar)"
    r"(?:\s+calendar)?\s+year(?:'s)?(?!-)|year\s+(?P<{0}before>before(?:\s+last)?|earlier)"
    r"|(?P<{0}the>(?<=the\s)year)(?![a-z]|\s+(?:before|to|ago|end|[0-9]))))"
)


def _of_year(tag: str) -> str:
    """Return the pattern of a year that follows a month or a part: of 2019, last year."""
    rel = _REL.format(tag)
    year = rf"(?:(?:calendar\s+|(?:the\s+)?year\s+)?(?P<{tag}y>{_Y4})|{rel})"
    return rf"(?:(?:\s+period(?=\s+(?:of|in)\b))?\s*,?\s*(?:(?:of|in|for)\s+)?{year})?"


_COUNT = r"(?:[0-9]{1,2}|" + "|".join(NUMBERS) + r")"
_NTH = "|".join(sorted(ORDINALS, key=len, reverse=True))
_FISCAL = r"(?:fy|f\.y\.|fiscal(?:\s+years?)?(?:\s+\(fy\))?|financial\s+years?(?:\s+\(fy\))?)"
_FISCAL_PART = (
    rf"(?:(?:the\s+)?(?P<fpart>q[1-4]|h[12]|(?:{_NTH})\s+(?:quarter|half)|first\s+{_COUNT}\s+(?:months|quarters))"
    r"\s*(?:of|in)?\s*(?:the\s+)?)?"
)
_FISCAL_YEAR = (
    rf"(?:{_FISCAL}[\s-]?(?P<fy>(?:19|20)[0-9]{{2}}|(?<=fy)[0-9]{{2}}|(?<=fy\s)[0-9]{{2}})"
    r"(?:\s?[-/]\s?(?P<fy2>(?:20)?[0-9]{2}))?(?![0-9])|"
    r"(?P<xy>(?:19|20)[0-9]{2})(?:\s?[-/]\s?(?P<xy2>(?:20)?[0-9]{2}))?\s+(?:fiscal|financial)\s+year|"
    r"(?:the\s+)?(?P<frel>last|this|previous|current|past)\s+(?:fiscal|financial)\s+year)"
    r"(?:[\s,-]*(?P<fpart2>q[1-4]|h[12]))?"
)
_ISO = (
    r"(?P<iso>(?:19|20)[0-9]{2}(?P<sep>[-/.])(?:1[0-2]|0?[1-9])(?P=sep)(?:3[01]|[12][0-9]|0?[1-9]))(?![0-9])"
    r"|(?P<isomonth>(?:19|20)[0-9]{2}-(?:1[0-2]|0[1-9]))(?![0-9-])"
    r"|(?P<years>(?:19|20)[0-9]{2}\s?[-/]\s?(?:(?:19|20)[0-9]{2}|[0-9]{2}))(?![0-9]|[.,][0-9]|%)"
    r"(?!\s+(?:fiscal|financial))"
)
_DAY_MONTH = (
    rf"(?P<d1>{_DAY})\s*(?:-|to|and|through|until)\s*(?P<d2>{_DAY})\s+(?:of\s+)?(?P<dm>{_MONTH}){_of_year('d')}"
    rf"|(?P<e>{_DAY})\s+(?:of\s+)?(?P<em>{_MONTH}){_of_year('e')}"
)
_MONTH_DAY = (
    rf"(?P<mm>{_MONTH})\s+(?P<m1>{_DAY})\s*(?:-|to|through|until)\s*(?P<m2>{_DAY})(?!\s+{_MONTH}){_of_year('m')}"
    rf"|(?P<nm>{_MONTH})\s+(?P<n>{_DAY}){_of_year('n')}|(?P<om>{_MONTH}){_of_year('o')}"
)
_EDGE = (
    r"(?:the\s+)?(?P<edge>end|close|start|beginning|early|late|mid)(?:\s+of(?:\s+the)?\s+|-|\s+)"
    rf"(?:(?P<gm>{_MONTH})(?:\s+(?P<gd>{_DAY}))?{_of_year('g')}|(?P<hy>{_Y4})|{_REL.format('h')}"
    r"|(?P<hmonth>(?:this|last)\s+month))"
    r"|(?P<yearend>(?:the\s+)?year(?:'s\s+|-\s?|\s+)end)(?![a-z])"
)
_PART = (
    rf"(?:the\s+)?(?P<part>(?:{_NTH})(?:\s+|-)(?:half|quarter)|(?:first|opening)\s+{_COUNT}\s+(?:months|quarters))(?![a-z])"
    rf"{_of_year('p')}"
)
_SHORT = (
    rf"(?P<qy0>{_Y4})[\s,-]*(?P<q0>q[1-4]|h[12])(?![a-z0-9])"
    rf"|(?P<q>[qh][1-4]|[1-4]q|[12]h)(?![a-z0-9])(?:[\s/,-]*(?:of\s+)?(?P<qy>{_Y4}))?"
)
_FEAST = (
    rf"(?:(?P<fy0>{_Y4})\s+)?(?P<feast>(?:(?:national\s+day|spring\s+festival|may\s+day|labou?r\s+day)\s+)?golden\s+week"
    r"(?:\s+holidays?)?|(?:national\s+day|spring\s+festival)\s+holidays?|4[.·]26\s+(?:publicity\s+)?week"
    r"|(?:national\s+)?(?:ip|ipr|intellectual\s+property(?:\s+rights)?)\s+(?:publicity|awareness)\s+week"
    rf"|singles'?\s+day|double\s+11|world\s+(?:ip|intellectual\s+property)\s+day)(?![a-z]){_of_year('w')}"
)
_PLAN = (
    r"(?:(?:the\s+)?first\s+(?P<pfirst>two|three|four|[2-4])\s+years\s+of\s+)?(?:the\s+)?(?P<pn>1[0-5]|[89]|eighth|ninth|"
    r"tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth)(?:th)?\s+five-?\s?year\s+plan(?:\s+period)?"
)
_WHOLE = r"(?:the\s+)?(?P<whole>(?:whole|full|entire)\s+year)(?!\s+of|[\s,]+(?:19|20)[0-9])"
_AGO = r"(?P<ago>yesterday|today|(?:last|this)\s+(?:month|week|quarter))(?![a-z])"
_WEEKDAY = (
    rf"(?:(?P<past>last)\s+|this\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})"
    rf"(?![a-z]|\s+(?:to|through)\s|,?\s+\(?(?:{_DAY}\s+)?{_MONTH}|\s+market)"
)
_LAST_MONTH = rf"(?P<lm>last|this|past)\s+(?P<lmm>{_MONTH})"
_YEAR = rf"(?P<y>{_Y4})"
_DIGITS = re.compile("|".join((_ISO, _FISCAL_YEAR, _DAY_MONTH, _PART, _SHORT, _FEAST, _PLAN, _YEAR)))
_MONTHLY = re.compile(_MONTH_DAY)
_WORDY = re.compile("|".join((
    _FISCAL_PART + _FISCAL_YEAR, _EDGE, _LAST_MONTH, _WEEKDAY, _PART, _SHORT, _FEAST, _WHOLE, _AGO, _PLAN,
    _REL.format("r"),
)))  # fmt: skip
_OPENING = """
the fy f fiscal financial q1 q2 q3 q4 h1 h2 end close start beginning early late mid last this past national spring may
labour labor golden ip ipr intellectual singles double world whole full entire yesterday today previous prior current
same preceding that following year eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
"""
_OPENERS = frozenset((*_OPENING.split(), *ORDINALS, *WEEKDAYS))
_WORDS = re.compile(r"(?<![0-9][.,])(?<![$€£¥])[a-z0-9]+")
AFTER_MONTH = re.compile(rf"(?<![a-z]){_MONTH}\s+$")
_SMALL = re.compile(r"\b(?:since|in|until|during|last|this)\s+$")
_OFFSETS = {
    "last": -1, "previous": -1, "prior": -1, "past": -1, "preceding": -1, "this": 0, "current": 0, "following": 1,
}  # fmt: skip


def points(folded: str, text: str) -> Iterator[Point]:
    """Yield the stretches of the calendar that a text names, in order; `folded` is the text folded."""
    to = 0
    for opener in _WORDS.finditer(folded):
        at = opener.start()
        if at < to:
            continue
        point = _point_at(folded, text, at, opener[0])
        if point:
            to = point.to
            yield point


def _point_at(folded: str, text: str, at: int, word: str) -> Point | None:
    """Return the stretch that begins at a word, None where none does."""
    found = None
    if word[0] in "0123456789":
        found = _DIGITS.match(folded, at)
    elif word[:3] in MONTHS and (
        text[at].isupper() or word[:3] not in ("may", "mar") or _SMALL.search(folded, max(0, at - 8), at)
    ):
        found = _MONTHLY.match(folded, at)
    if found is None and (word in _OPENERS or word.startswith("fy")):
        found = _WORDY.match(folded, at)
    return _point(found) if found else None


def fiscal_kind(folded: str, point: Point) -> str:
    """Return whose fiscal year a text means where nobody says: US, or GB for a financial year or a printed pair."""
    words = folded[point.at : point.to].lower()
    return "GB" if point.fiscal and ("financial" in words or point.shift == 1) else "US"


def _point(found: re.Match[str]) -> Point | None:
    """Return what a match stands for, None where it is no stretch of the calendar."""
    got = defaultdict(lambda: None, found.groupdict())
    told = [_READER_OF[key] for key, words in got.items() if words is not None and key in _READER_OF]
    return _READERS[min(told)][1](Point(found.start(), found.end()), got) if told else None


def _iso(base: Point, got: dict[str, Any]) -> Point | None:
    if got["isomonth"]:
        year, month = map(int, got["isomonth"].split("-"))
        return _days(base, (month, 1), (month, 31), "month", {"year": year})
    year, month, day = map(int, re.split(r"[-/.]", got["iso"]))
    return _days(base, (month, day), (month, day), "day", {"year": year})


def _years(base: Point, got: dict[str, Any]) -> Point | None:
    first, last = (int(part) for part in re.findall("[0-9]+", got["years"]))
    short = last < 100
    last += first // 100 * 100 if short else 0
    paired = short and last - first == 1  # 2024-25
    return moved(base, year=first, shift=last - first, paired=paired) if 0 < last - first < 100 else None


def _fiscal(base: Point, got: dict[str, Any]) -> Point | None:
    """Return a fiscal year, or a part of it."""
    part = got["fpart"] or got["fpart2"]
    months = _months(part) if part else (1, 12)
    if got["frel"]:
        return moved(base, fiscal=months, offset=_OFFSETS[got["frel"].lower()])
    words, second = (got["fy"], got["fy2"]) if got["fy"] else (got["xy"], got["xy2"])
    year = int(words) + (2000 if len(words) == 2 else 0)
    shift = (int(second) - year) % 100 if second else 0  # 2016/17 is one year, 2016-2019 are four
    if second and (not 0 < shift <= 30 or (shift > 1 and months != (1, 12))):
        return None
    return moved(base, fiscal=months, year=year, shift=shift)


def _day_month(base: Point, got: dict[str, Any]) -> Point | None:
    """Return a day, or days of one month."""
    for tag, first, last, month in (("d", "d1", "d2", "dm"), ("e", "e", "e", "em"), ("m", "m1", "m2", "mm"),
                                    ("n", "n", "n", "nm")):  # fmt: skip
        if got[month]:
            days = [int(re.match("[0-9]+", got[key])[0]) for key in (first, last)]  # type: ignore[index]
            index = month_of(got[month])
            if days[0] > days[1]:
                return None
            return _days(base, (index, days[0]), (index, days[1]), "day", _year(got, tag))
    return None


def _edge(base: Point, got: dict[str, Any]) -> Point | None:
    """Return the end, the beginning or the middle of a month or a year."""
    if got["yearend"]:
        return _days(base, (12, 31), (12, 31), "month", {"offset": 0})
    edge = {"end": "end", "close": "end", "start": "early", "beginning": "early"}.get(
        got["edge"].lower(), got["edge"].lower()
    )
    if got["gm"] or got["hmonth"]:
        days = {"end": (31, 31), "early": (1, 10), "mid": (11, 20), "late": (21, 31)}[edge]
        if got["hmonth"]:
            count = int(got["hmonth"].lower().startswith("last"))
            return moved(base, ago=("month", count), first=(0, days[0]), last=(0, days[1]), grain="day")
        month = month_of(got["gm"])
        if got["gd"]:
            days = (int(re.match("[0-9]+", got["gd"])[0]),) * 2  # type: ignore[index]
        return _days(base, (month, days[0]), (month, days[1]), "month", _year(got, "g"))
    ends = {
        "end": ((12, 31), (12, 31)),
        "early": ((1, 1), (3, 31)),
        "mid": ((5, 1), (8, 31)),
        "late": ((10, 1), (12, 31)),
    }
    year = {"year": int(got["hy"])} if got["hy"] else _year(got, "h")
    return _days(base, *ends[edge], "month", year or {"offset": 0})


def week_from(point: Point) -> Point:
    """Return the seven days that begin with a day."""
    month, day = point.first
    length = LENGTHS[month - 1]
    if day + 6 <= length:
        return moved(point, last=(month, day + 6))
    return moved(point, last=(month % 12 + 1, day + 6 - length), shift=month // 12)


def _months_of(base: Point, got: dict[str, Any]) -> Point | None:
    """Return a month."""
    month = month_of(got["lmm"] or got["om"])
    year = {} if got["lmm"] else _year(got, "o")
    if got["lm"] and got["lm"].lower() == "last":
        return moved(base, ago=("past month", month), first=(0, 1), last=(0, 31), grain="month")
    if got["lm"] and got["lm"].lower() == "this":
        year = {"offset": 0}
    return _days(base, (month, 1), (month, 31), "month", year)


def _part(base: Point, got: dict[str, Any]) -> Point | None:
    """Return a half, a quarter, or the first months of a year."""
    words = got["part"] or got["q"] or got["q0"]
    year = _year(got, "p")
    printed = got["qy"] or got["qy0"]
    if printed:
        year = {"year": int(printed)}
    months = _months(words)
    return _days(base, (months[0], 1), (months[1], 31), "span", year) if months[1] <= 12 else None


def _months(words: str) -> tuple[int, int]:
    """Return first and last month of Q1, H2, second quarter, first ten months."""
    plain = words.lower().replace("-", " ")
    short = re.fullmatch(r"([qh])([1-4])|([1-4])([qh])", plain)
    if short:
        kind, nth = (short[1], int(short[2])) if short[1] else (short[4], int(short[3]))
        length = 3 if kind == "q" else 6
        return length * (nth - 1) + 1, length * nth
    parts = plain.split()
    if len(parts) == 3:
        return 1, number(parts[1]) * (3 if parts[2] == "quarters" else 1)
    nth = ORDINALS[parts[0]]
    if parts[1] == "half":
        return (1, 6) if nth == 1 else (7, 12)
    return 3 * nth - 2, 3 * nth


def _feast(base: Point, got: dict[str, Any]) -> Point | None:
    words = got["feast"].lower()
    name = next(name for word, name in FEASTS if word in words)
    year = {"year": int(got["fy0"])} if got["fy0"] else _year(got, "w")
    return moved(base, feast=name, grain="day", **year)


def _ago(base: Point, got: dict[str, Any]) -> Point | None:
    words = got["ago"].lower().split()
    if len(words) == 1:
        return moved(base, ago=("day", int(words[0] == "yesterday")), grain="day")
    return moved(base, ago=(words[1], int(words[0] == "last")), first=(0, 1), last=(0, 31), grain="month")


def _weekday(base: Point, got: dict[str, Any]) -> Point | None:
    """Return the latest day of that name."""
    name = "past weekday" if got["past"] else "weekday"
    return moved(base, ago=(name, WEEKDAYS.index(got["weekday"].lower())), grain="day")


def _plan(base: Point, got: dict[str, Any]) -> Point | None:
    words = got["pn"].lower()
    nth = int(words) if words.isdigit() else 8 + NTHS.index(words)
    return moved(base, year=1951 + 5 * nth, shift=number(got["pfirst"]) - 1 if got["pfirst"] else 4)


def _whole(base: Point, got: dict[str, Any]) -> Point | None:
    """Return a whole year."""
    if got["whole"]:
        return moved(base, grain="span")
    return moved(base, year=int(got["y"]), bare=True) if got["y"] else moved(base, **_year(got, "r"))


def _year(got: dict[str, Any], tag: str) -> dict[str, Any]:
    """Return the fields of the year that follows."""
    if got.get(f"{tag}y"):
        return {"year": int(got[f"{tag}y"])}
    if got[f"{tag}before"]:
        return {"offset": -2 if "last" in got[f"{tag}before"].lower() else -1}
    if got[f"{tag}the"]:
        return {"offset": 0}
    words = (got[f"{tag}rel"] or "").lower()
    if words in ("same", "that") or words.startswith("same"):
        return {"same": True}
    return {"offset": _OFFSETS[words]} if words else {}


def _days(
    base: Point, first: tuple[int, int], last: tuple[int, int], grain: str, year: dict[str, Any]
) -> Point | None:
    """Return a point between two days of a year, None where there is no such day."""
    for month, day in (first, last):
        if not (1 <= month <= 12 and (day == 31 or day <= LENGTHS[month - 1])):
            return None
    return moved(base, first=first, last=last, grain=grain, **year)


_READERS = (
    (("iso", "isomonth"), _iso), (("years",), _years), (("fy", "xy", "frel"), _fiscal),
    (("dm", "em", "mm", "nm"), _day_month), (("edge", "yearend"), _edge), (("lmm", "om"), _months_of),
    (("part", "q", "q0"), _part), (("feast",), _feast), (("ago",), _ago), (("weekday",), _weekday), (("pn",), _plan),
    (("whole", "y", "rrel", "rbefore", "rthe"), _whole),
)  # fmt: skip
_READER_OF = {key: place for place, (keys, _) in enumerate(_READERS) for key in keys}
