"""Windows in Chinese: what stands around stretches of the calendar (自…以来), and lengths (近五年, 历时三个月)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.readings.window_words import chinese
from analysis.readings.window_words.moments import Point
from analysis.readings.window_words.told import Told

_TO = re.compile(
    r"\s*(?:[0-9]{1,2}[时点])?(?:起|开始|启动|展开|部署|打响|以来)?[,，]?\s*(?:持续)?(?:至|到|-+|截至|截止|截止到|直到)\s*"
)
_FROM = re.compile(r"(?:自从|自|从|由)\s*$")
_UNTIL = re.compile(r"(?:截至|截止|截止到|截至到|直到|直至|迄至|至|到)\s*$")
_STRONG_UNTIL = re.compile(r"(?:截至|截止|截止到|截至到|直到|直至|迄至)\s*$")
_ONWARD = re.compile(
    r"\s*(?:份)?(?:以来|至今|迄今|起至今|开始至今|到现在|到目前|以后|之后|起(?![诉因草])|开始)"
)
_LATER = re.compile(r"[^,，。；;、：:!?！？\n]{0,24}?(?:以来|至今|迄今)")
_BY = re.compile(r"\s*(?:为止|止(?![损付])|之?前(?!后))")
_CLOSED = re.compile(r"(?:期间|为止|止|之间)")
_THAN = re.compile(r"[比较与和同]\s*$")
_MORE = re.compile(r"(?:同期)?(?:相比|同期|上升|下降|增|减|提高|降低|多|少|翻|高出|低|持平|相当|基本持平)")
_NOW = re.compile(
    r"(?:截至|截止|截止到|到)(?:目前|现在|当前|发稿|发稿时|今日|今天|昨日|昨天|记者发稿)(?:为止)?|迄今(?:为止)?|至今|目前|累计至今"
)
_HALF_YEAR = re.compile(
    r"(?:最近|过去|近)(?:的)?半年(?:以?来|多|间|里)?|(?<![上下前后一])半年(?:以来|来|多来)"
)
_START = re.compile(
    r"年初以来|(?:开年|新年|元旦|岁首)以来|(?:今年|本年度?)(?:以来|至今|迄今|截至目前|到目前为止)"
)


def _length(tag: str) -> str:
    """Return the pattern of a length: 5年, 三个月, 十余天."""
    count = rf"(?P<{tag}n>[0-9]{{1,3}}|[一二两三四五六七八九十]{{1,3}})"
    return rf"{count}(?P<{tag}more>余|多|几)?个?(?P<{tag}unit>年|月|周|星期|天|日)(?P<{tag}more2>多|余)?"


_LAST = re.compile(
    rf"(?P<pre>最近|过去|近|此前|前|这)(?:的|这)?(?:一段)?{_length('')}(?P<post>以来|来|间|内|里|中)?(?![初底末度月])"
    rf"|(?<![0-9.第]){_length('k')}(?:以来|来(?![自到])|间(?![谍隔接断]))"
)
_RECENT = re.compile(r"近(?:些|几|数)?年(?:以?来|间)?|近几个?月(?:以?来)?|最近几年(?:来)?")
_LASTING = re.compile(rf"(?:历时|连续|为期|持续了?|耗时|历经|开展了?|经过)(?:近|约|长达|达|了)?{_length('')}")
_SAME = re.compile(r"(?P<of>去年|上年|前年|上一年)?(?:的)?(?:同期|同一时期|同时期)")
_EVENT = re.compile(
    r"(?:行动|战役|会战|整治|专项|工作|活动|执法|斗争)[”\"」]?自?"
    r"(?:开展|启动|部署|实施|发起|打响|展开|组织开展)?(?P<how>以来|至今|期间|中[,，])"
)
_DATED = re.compile(r"[0-9一二三四五六七八九十][年月日号]|季度|半年")
_ABOUT = re.compile(r"[^,，。；;：:!?！？\n\s]*$")
_UNITS = {"年": "year", "月": "month", "周": "week", "星期": "week", "天": "day", "日": "day"}


def windows(text: str) -> Iterator[Told]:
    """Yield what a text in Chinese tells of windows; overlapping ones too, the longer to be preferred."""
    folded = chinese.fold(text)
    yield from _lengths(folded)
    stretches = list(chinese.points(folded))
    for place, point in enumerate(stretches):
        following = stretches[place + 1] if place + 1 < len(stretches) else None
        yield from _around(folded, point, following)


def _around(folded: str, point: Point, following: Point | None) -> Iterator[Told]:
    """Yield the windows that begin with a point, by what stands before and after it."""
    until = _UNTIL.search(folded, max(0, point.at - 5), point.at)
    since = None if until else _FROM.search(folded, max(0, point.at - 3), point.at)
    at = since.start() if since else point.at
    near = following is not None and following.at - point.to <= 8 and not following.feast
    if following and near and _TO.fullmatch(folded, point.to, following.at):
        closed = _CLOSED.match(folded, following.to)
        yield Told(at, closed.end() if closed else following.to, "range", a=point, b=following)
        return
    if (same := _SAME.match(folded, point.to)) and not same["of"]:
        yield Told(point.at, same.end(), "same_period", a=point)
        return
    limit = min(following.at if following else len(folded), point.to + 32)
    onward = None if until else _ONWARD.match(folded, point.to, limit)
    later = None if onward or point.feast else _LATER.match(folded, point.to, limit)
    by = _BY.match(folded, point.to)
    if ended := onward or later:
        yield Told(at, ended.end(), "since", a=point)
    elif until and (point.grain in ("day", "month") or _STRONG_UNTIL.search(folded, until.start(), point.at)):
        yield Told(until.start(), by.end() if by else point.to, "as_of", a=point)
    elif by:
        yield Told(point.at, by.end(), "as_of", a=point)
    elif _THAN.search(folded, max(0, point.at - 2), point.at) and _MORE.match(folded, point.to):
        yield Told(point.at, point.to, "compared", a=point)
    else:
        yield Told(point.at, point.to, "period", a=point)


def _lengths(folded: str) -> Iterator[Told]:
    """Yield windows told without a stretch of the calendar: lengths, up to now, the same period, campaigns."""
    for found in _NOW.finditer(folded):
        yield Told(found.start(), found.end(), "now")
    for found in _START.finditer(folded):
        yield Told(found.start(), found.end(), "since", a=Point(found.start(), found.end(), offset=0))
    for found in _RECENT.finditer(folded):
        yield Told(found.start(), found.end(), "recent")
    for found in _HALF_YEAR.finditer(folded):
        yield Told(found.start(), found.end(), "last", count=6, unit="month")
    for found in _LAST.finditer(folded):
        yield from _last(found)
    for found in _LASTING.finditer(folded):
        yield Told(
            found.start(), found.end(), "duration", count=_number(found["n"]), unit=_UNITS[found["unit"]]
        )
    for found in _SAME.finditer(folded):
        years = {"去年": -1, "上年": -1, "上一年": -1, "前年": -2}.get(found["of"] or "", 0)
        yield Told(found.start(), found.end(), "same_period", years=years)
    yield from _events(folded)


def _events(folded: str) -> Iterator[Told]:
    """Yield campaigns by their names: 昆仑行动开展以来, “春雷”行动中."""
    for found in _EVENT.finditer(folded):
        about = _ABOUT.search(folded, max(0, found.start() - 30), found.start())
        at = about.start() if about else found.start()
        quoted = folded.rfind("“", at, found.start())
        if quoted > at and _DATED.search(folded, at, quoted):
            at = quoted  # 今年3月至6月的“春雷”行动中: the days are told before it
        words = folded[at : found.end()]
        if found["how"] in ("以来", "至今") or "“" in words or '"' in words:
            near = folded[max(0, at - 60) : found.end()]
            yield Told(at, found.end(), "campaign", about=words + "\n" + near)


def _last(found: re.Match[str]) -> Iterator[Told]:
    """Yield the last so many years: 近五年, 过去三个月, 三年来."""
    words, unit, more = found["n"], found["unit"], found["more"] or found["more2"]
    if words is None:
        words, unit, more = found["kn"], found["kunit"], found["kmore"] or found["kmore2"]
    elif found["pre"] == "前" and (unit != "年" or not found["post"]):
        return  # 前三个月 are the first of the year
    elif found["pre"] == "这" and unit == "日":
        return
    if unit == "月" and "个" not in found[0]:
        return  # 近5月
    if unit == "日" and not found["pre"]:
        return
    count = _number(words)
    yield Told(found.start(), found.end(), "last", count=0 if more else count, unit=_UNITS[unit])


def _number(words: str) -> int:
    return int(words) if words.isdigit() and words.isascii() else chinese.number(words)
