"""Windows in English: what stands around stretches of the calendar (since, as of, from ... to), and lengths."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from analysis.readings.lexicon import quick
from analysis.readings.window_words import english
from analysis.readings.window_words.english_numbers import NUMBERS, fold, number
from analysis.readings.window_words.moments import Point, moved
from analysis.readings.window_words.told import Told

_TO = re.compile(
    r"\s*,?\s*(?:-|(?:to|through|until|till|up\s+to|up\s+until|thru|and\s+up\s+to))(?:\s+the)?\s*"
)
_SEVERAL = re.compile(r"\byears\b")
_AND = re.compile(r"(?:\s*,?\s*and(?:\s+the)?\s*)")
_BETWEEN = re.compile(r"(?:\bbetween\s+(?:the\s+)?)$")
_FROM = re.compile(r"(?:\b(?:(?:during|in|for|over)\s+the\s+period\s+)?from\s+(?:the\s+)?)$")
_SINCE = re.compile(
    r"(?:\b(?:since|(?:launched|started|began|begun|initiated|kicked\s+off)(?:\s+(?:in|on|from))?|starting(?:\s+(?:in|from|on))?|beginning\s+(?:in|from|on)|as\s+from)"
    r"(?:\s+(?:(?:the\s+)?(?:start|beginning|launch|first\s+day|turn)\s+of))?\s+(?:the\s+)?)$"
)
_SINCE_EVENT = re.compile(r"(?:\bsince\s+(?:[a-z0-9'\"-]+\s+){1,9}?(?:in|on)\s+(?:the\s+)?)$")
_ONWARD = re.compile(
    r"(?:\s*,?\s*(?:onwards?|to\s+date|to\s+now|until\s+now|to\s+the\s+present|to\s+present|up\s+to\s+now|so\s+far))\b"
)
_UNTIL = re.compile(r"(?:\b(?:as\s+of|as\s+at|by|until|till|up\s+to|up\s+until|through)\s+(?:the\s+)?)$")
_A_YEAR = re.compile(r"\b(?:a|one)\s+$")
_CHANGED = re.compile(
    r"(?:%|\bper\s?cent|\bpoints|\b(?:up|down|r[io]se|rises|growth|gr[eo]w|gains?|fell|falls?|drop(?:s|ped)?|declined?|higher"
    r"|lower|(?:in|de)creased?|(?:in|de)crease\s+of))[^.;]{0,24}$"
)
_WEEK_OF = re.compile(r"\bweeks?\s+(?:of|in)\s+(?:the\s+)?$")
_PLAIN_TO = re.compile(r"(?:\bto\s+(?:the\s+)?)$")
_ENDED = re.compile(
    r"(?:\b(?P<n>[0-9]{1,2}|[a-z]+)?[\s-]*(?P<unit>year|month|quarter|week|day)s?(?:'s)?\s*"
    r"(?:-?\s*period\s+)?(?:to|ended|ending|ended\s+on|ending\s+on|ending\s+in|ended\s+in|up\s+to|through)\s+(?:the\s+)?)$"
)
_THAN = quick(
    r"\b(?:compared\s+(?:with|to)|in\s+comparison\s+(?:with|to)|against|than|over|versus|vs\.?|(?:up|down|rise|rose|fell|fall|increase[ds]?|decrease[ds]?|grew|growth|drop(?:ped)?)(?:\s+(?:of|by))?"
    r"(?:\s+[0-9.,]+(?:%|\s+per\s?cent|\s+percent))?\s+from|year-on-year\s+from)"
    r"\s+(?:(?:that|those|the\s+(?:figure|number|level)s?)\s+)?(?:(?:in|of|for)\s+)?(?:the\s+)?$"
)
_SAME = re.compile(
    r"(?:\b(?:same|corresponding|comparable)\s+(?:time\s+)?(?:period|months)"
    r"(?P<last>\s+(?:of|in)?\s*(?:the\s+)?(?:last|previous|preceding|prior)\s+year|\s+a\s+year\s+(?:earlier|ago|before)|"
    r"\s+(?:the\s+)?year\s+before)?(?:\s+(?:of|in)\s+(?P<year>(?:19|20)[0-9]{2}))?)"
)
# The year before what is told: a year-ago period, and "a year ago" behind a number or a word that compares.
_YEAR_AGO = re.compile(
    r"\byear-(?:ago|earlier)(?:\s+(?:period|quarter|half|month)s?)?"
    r"|(?:(?<=[0-9] a )|(?<=lion a )|(?<=than a )|(?<=from a )|(?<=with a )|(?<=inst a )|(?<=s a ))year\s+ago"
)
_MONTHS_AGO = re.compile(r"\b(?:12|twelve)\s+months\s+(?:earlier|before|ago|previously)\b")
_A_YEAR = re.compile(r"\b(?:a|one)\s+$")
# "Over 2018" compares behind a word of change; "over the 2019-20 financial year" is a window.
_CHANGED = re.compile(
    r"(?:%|\b(?:per\s?cent|points|up|down|r[io]ses?|risen|growth|gr[eo]w|gains?|fell|falls?|drop(?:s|ped)?|declined?|higher|lower"
    r"|(?:in|de)creased?))[^.;]{0,24}$"
)
_NUMBER = r"(?P<n>[0-9]{1,3}|" + "|".join(NUMBERS) + r")"
_LAST = re.compile(
    r"(?:\b(?:past|last|previous|preceding|recent|latest)\s+"
    rf"(?:(?P<vague>nearly\s+|almost\s+|few\s+|several\s+|more\s+than\s+)?(?:{_NUMBER})?[\s-]*(?P<unit>years|months|weeks|days)"
    r"|(?:(?<=past\s)|(?=decade)(?<=last\s))(?P<one>year|month|week|decade)(?!-|\s+(?:of|has)))(?![a-z-]))"
)
_LASTING = re.compile(
    r"(?:\b(?P<n>[0-9]{1,3}|" + "|".join(NUMBERS) + r")[\s-]+(?P<unit>year|month|week|day)(?:s)?(?:-long)?\s+"
    r"(?:(?:special|joint|nationwide|national|police|enforcement|customs|international|global|intensive)\s+){0,3}"
    r"(?:campaign|operation|crackdown|action|blitz|enforcement|period|sweep)"
    r"|\b(?:lasting|lasted|over\s+a\s+period\s+of|spanning)\s+(?P<k>[0-9]{1,3}|"
    + "|".join(NUMBERS)
    + r")\s+(?P<v>year|month|week|day)s?)"
)
_YEAR_TO_DATE = re.compile(
    r"(?:\b(?:so\s+far\s+this\s+year|this\s+year\s+(?:so\s+far|to\s+date)|year[\s-]to[\s-]date|"
    r"since\s+(?:the\s+)?(?:start|beginning|turn)\s+of\s+(?:the|this)\s+year|earlier\s+this\s+year|"
    r"since\s+(?:the\s+)?new\s+year|since\s+this\s+year)\b)|\bytd\b"
)
_NOW = re.compile(
    r"(?:\b(?:so\s+far|to\s+date|until\s+now|up\s+to\s+now|till\s+now|as\s+of\s+(?:now|today|press\s+time)|currently|at\s+present|as\s+of\s+the\s+date)\b)"
)
_SO_FAR_IN = re.compile(r"(?:\bso\s+far\s+(?:in|during)\s+)$")
_RECENT = re.compile(r"(?:\brecent\s+(?:years|months|weeks)\b)")
_EVENT = re.compile(
    r"(?:\b(?P<how>since|during|under|throughout)\s+(?P<about>(?:the\s+)?(?:(?:start|launch|beginning|launching|inception)\s+of\s+)?"
    r"(?:[\w'\"-]+\s+){0,7}?(?:campaign|operation|crackdown|action|drive|programme|program)(?:\s+(?:19|20)[0-9]{2}|\s+[\w'\"-]+\s+(?:19|20)[0-9]{2})?)"
    r"(?:\s+(?:began|started|was\s+launched|kicked\s+off)(?!\s+(?:in|on)\b))?)"
)
_COUNTED = re.compile(
    r"(?:\s+(?:[a-z-]+\s+)?(?:cases|suspects|people|persons|arrests|items|seizures|shops|stores|websites|companies|"
    r"officers|criminals|products|counterfeits?|pieces|leads|gangs|dens|factories|sites|links|listings|yuan|dollars|euros)\b)"
)
_OF_A_YEAR = re.compile(
    r"\s+(?:calendar|reporting|school)\s+year\b|\s+(?:annual|transparency|brand\s+protection|yearly)\s+(?:[a-z]+\s+){0,2}report\b"
)
_TIME = re.compile(
    r"(?:(?:\b(?:in|of|during|for|since|from|to|until|till|through|by|between|and|early|late|mid|end|years?|than|over|"
    r"throughout|within|campaign|operation|on|action|whole|full|all|calendar|with|vs\.?|versus|at|as)|[(,;:-]|^)\s*)$"
)


_OF_THE = re.compile(r"\b(?:of|in|from|than|for|against|to)\s+the\s+$")


def windows(text: str) -> Iterator[Told]:
    """Yield what a text in English tells of windows; overlapping ones too, the longer to be preferred."""
    folded = fold(text)
    yield from _lengths(folded)
    stretches = list(english.points(folded, text))
    skip = -1
    for place, point in enumerate(stretches):
        following = stretches[place + 1] if place + 1 < len(stretches) else None
        if place == skip or not _is_time(folded, point):
            continue
        one = _range(folded, point, following) if following else None
        if one:
            skip = place + 1
        yield one or _alone(folded, point)


def _is_time(folded: str, point: Point) -> bool:
    """Tell whether four bare digits stand where a year does, and not before what they count."""
    if not point.bare:
        return True
    if point.at and ("\u4e00" <= folded[point.at - 1] <= "\u9fff" or folded[point.at - 1] == "/"):
        return False  # 昆仑2021, 10/11/2019
    if _OF_A_YEAR.match(folded, point.to):
        return True
    if _COUNTED.match(folded, point.to) and not re.search(
        r"(?:\b(?:in|during|for|from)|\b(?:of|in|from|than|for|against|to)\s+the)\s*$",
        folded[max(0, point.at - 12) : point.at],
    ):
        return False
    before = folded[max(0, point.at - 14) : point.at]
    if _OF_THE.search(before) and re.match(r"\s+[a-z]", folded[point.to : point.to + 4]):
        return True  # of the 2018 files
    return bool(_TIME.search(before)) or folded[point.to : point.to + 2].strip() in ("", ",", ":", ";", ")")


def _range(folded: str, point: Point, following: Point) -> Told | None:
    """Return the range from a point to the next, where they are its ends."""
    if following.at - point.to > 16 or following.feast:
        return None
    gap, before = folded[point.to : following.at], folded[max(0, point.at - 40) : point.at]
    between, since = _BETWEEN.search(before), _FROM.search(before)
    to = _TO.fullmatch(gap)
    if not (to or (between and _AND.fullmatch(gap))):
        return None
    if following.bare and point.fiscal and _SEVERAL.search(folded, point.at, point.to):
        following = moved(following, bare=False, fiscal=(1, 12))  # fiscal years 2016 to 2019
    if since is None and between is None and (following.bare != point.bare and following.bare):
        return None  # fell in May to 2019
    opened = between or since
    at = point.at - (len(before) - opened.start()) if opened else point.at
    return Told(at, following.to, "range", a=point, b=following, about=english.fiscal_kind(folded, following))


def _alone(folded: str, point: Point) -> Told:
    """Return the window that one point tells, by what stands before and after it."""
    start = max(0, point.at - 90)
    # Behind the name of a month no word of time stands: "May May May" needs no look back.
    before = (
        ""
        if english.AFTER_MONTH.search(folded, max(0, point.at - 12), point.at)
        else folded[start : point.at]
    )
    about = english.fiscal_kind(folded, point) if point.fiscal else "US"
    onward = _ONWARD.match(folded, point.to)
    if not before and not onward:
        return Told(point.at, point.to, "period", a=point, about=about)
    if (since := _SINCE.search(before) or _SINCE_EVENT.search(before)) or onward:
        opened = since or _FROM.search(before)
        at = start + opened.start() if opened else point.at
        return Told(at, onward.end() if onward else point.to, "since", a=point, about=about)
    if ended := _ENDED.search(before):
        count = _count(ended["n"])
        if count:
            unit, count = ("month", 3 * count) if ended["unit"] == "quarter" else (ended["unit"], count)
            return Told(start + ended.start(), point.to, "length_to", b=point, count=count, unit=unit)
    if other := _of_another(folded, point, before, start, about):
        return other
    if so_far := _SO_FAR_IN.search(before):
        return Told(start + so_far.start(), point.to, "period", a=point, about=about)
    until = _UNTIL.search(before)
    if until is None and not point.bare and point.grain in ("day", "month"):
        until = _PLAIN_TO.search(before)
    if until:
        return Told(start + until.start(), point.to, "as_of", a=point, about=about)
    return Told(point.at, point.to, "period", a=point, about=about)


def _of_another(folded: str, point: Point, before: str, start: int, about: str) -> Told | None:
    """Return a year that something is held against, or the week or the length that a point only names."""
    if point.offset == -1 and folded.startswith("year", point.at) and (one := _A_YEAR.search(before)):
        return Told(start + one.start(), point.to, "same_period", a=point)  # a year earlier
    than = _THAN.search(before) if point.grain in ("year", "span") else None
    if (
        than
        and than[0].startswith("over")
        and (point.grain == "span" or not _CHANGED.search(before[: than.start()]))
    ):
        than = None
    if than:
        return Told(point.at, point.to, "compared", a=point, about=about)
    if point.grain == "day" and point.first == point.last and _WEEK_OF.search(before):
        return Told(point.at, point.to, "period", a=english.week_from(point), about=about)
    if point.grain == "month" and _WEEK_OF.search(before):
        return Told(point.at, point.to, "duration", count=1, unit="week", about=about)
    return None


def _count(words: str | None) -> int:
    """Return a length as told: nothing before the year or the quarter is one, other words are none."""
    if not words or words in ("the", "a", "full", "whole", "financial", "fiscal"):
        return 1
    return int(words) if words.isdigit() else NUMBERS.get(words, 0)


def _lengths(folded: str) -> Iterator[Told]:
    """Yield windows told without a stretch of the calendar: lengths, up to now, the same period, campaigns."""
    for opener in _OPENERS.finditer(folded):
        for pattern, told_by in _BY_OPENER[_KIND.get(opener[0], "number")]:
            if found := pattern.match(folded, opener.start()):
                yield told_by(found)


def _to_date(found: re.Match[str]) -> Told:
    return Told(found.start(), found.end(), "since", a=Point(found.start(), found.end(), offset=0))


def _now(found: re.Match[str]) -> Told:
    return Told(found.start(), found.end(), "now")


def _recent(found: re.Match[str]) -> Told:
    return Told(found.start(), found.end(), "recent")


def _last(found: re.Match[str]) -> Told:
    """Return the last so many years; recent ones where no number is told."""
    unit = (found["unit"] or found["one"]).removesuffix("s")
    count = 1 if found["one"] else 0 if found["vague"] or not found["n"] else number(found["n"])
    if unit == "decade":
        unit, count = "year", 10
    return Told(found.start(), found.end(), "last" if count else "recent", count=count, unit=unit)


def _lasting(found: re.Match[str]) -> Told:
    """Return a length alone."""
    words, unit = (found["n"], found["unit"]) if found["n"] else (found["k"], found["v"])
    return Told(found.start(), found.end(), "duration", count=number(words), unit=unit)


def _same(found: re.Match[str]) -> Told:
    """Return the same period, of another year or not."""
    year = Point(found.start(), found.end(), year=int(found["year"])) if found["year"] else None
    return Told(found.start(), found.end(), "same_period", a=year, years=-1 if found["last"] else 0)


def _year_ago(found: re.Match[str]) -> Told:
    """Return the period told before, a year earlier."""
    return Told(found.start(), found.end(), "same_period", years=-1)


def _event(found: re.Match[str]) -> Told:
    """Return a campaign; "that campaign" is one of the words before it."""
    if length := _LASTING.search(found["about"]):
        at = found.start("about")
        count, unit = number(length["n"] or length["k"]), length["unit"] or length["v"]
        return Told(at + length.start(), at + length.end(), "duration", count=count, unit=unit)
    near = found.string[max(0, found.start() - 200) : found.end()] if "that" in found["about"] else ""
    return Told(found.start(), found.end(), "campaign", about=found["about"] + "\n" + near)


_BY_OPENER: dict[str, tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Told]], ...]] = {
    "since": ((_YEAR_TO_DATE, _to_date), (_EVENT, _event)),
    "now": ((_YEAR_TO_DATE, _to_date), (_NOW, _now), (_YEAR_AGO, _year_ago)),
    "last": ((_LAST, _last), (_RECENT, _recent)),
    "same": ((_SAME, _same),),
    "number": ((_LASTING, _lasting), (_MONTHS_AGO, _year_ago)),
}
_KIND = {
    **dict.fromkeys(("since", "during", "under", "throughout"), "since"),
    **dict.fromkeys(
        ("so", "this", "year", "earlier", "ytd", "to", "until", "up", "till", "as", "currently", "at"), "now"
    ),
    **dict.fromkeys(("past", "last", "previous", "preceding", "recent", "latest"), "last"),
    **dict.fromkeys(("same", "corresponding", "comparable"), "same"),
}
_OPENERS = re.compile(
    r"(?<![a-z0-9.,])(?:[0-9]{1,3}|"
    + "|".join(sorted({*_KIND, *NUMBERS, "lasting", "lasted", "over", "spanning"}))
    + r")(?![a-z0-9])"
)


__all__ = ["windows"]
