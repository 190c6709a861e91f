"""Stretches of the calendar in Chinese: 2020年5月, 今年1至6月, 前三季度, 上半年, 去年底, 国庆黄金周."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analysis.readings.window_words.moments import Point, moved

# Full forms of the characters that the grammar knows, one for one, and full-width signs.
_FOLDED = str.maketrans(
    "來開間當還從幾過兩萬億單財後屆專項動啟啓時爲為號週節黃勞國慶雙歷曆總統計發現並與於際規劃會這該內頭個長餘蓋歲舊聯實產權識傳戰雲龍劍網鐵藍淨崑崙護紅創關續經貫總達區續終結訖織綜",
    "来开间当还从几过两万亿单财后届专项动启启时为为号周节黄劳国庆双历历总统计发现并与于际规划会这该内头个长余盖岁旧联实产权识传战云龙剑网铁蓝净昆仑护红创关续经贯总达区续终结讫织综",
)
_WIDE = {code + 0xFEE0: code for code in range(0x21, 0x7F)} | dict.fromkeys(map(ord, "–—―−~〜～－‐‑‒"), "-")
_WIDE |= {ord("　"): " ", ord("\u00a0"): " ", ord("○"): "〇", ord("Ｏ"): "O"}
_DIGITS = "〇零一二三四五六七八九"
_N = r"(?:(?<![0-9.])[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = r"\s*(?:至|到|-+)\s*"
_YEARS_WORDS = {
    "今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "上年度": -1, "上一年": -1, "上一年度": -1,
    "前年": -2, "大前年": -3, "明年": 1,
}  # fmt: skip
_SAME_YEAR = ("当年", "该年", "同年", "全年", "年内")
_YEAR_WORD = "|".join(sorted((*_YEARS_WORDS, "当年", "该年", "同年", "次年", "翌年"), key=len, reverse=True))
_FEASTS = {
    "国庆": "national", "十一": "national", "五一": "may_day", "春节": "spring", "元旦": "new_year",
    "双11": "singles_day", "双十一": "singles_day", "6·18": "june_18", "4·26": "ip_week", "知识产权宣传周": "ip_week",
    "全国知识产权宣传周": "ip_week", "3·15": "consumer_day", "世界知识产权日": "ip_day", "黄金周": "golden",
}  # fmt: skip
_BY_LENGTH = sorted(_FEASTS, key=lambda word: (word == "黄金周", -len(word)))  # 双十一 before 十一
_FEAST = (
    r"(?:[“\"]?(?:国庆|十一|五一|春节)[”\"]?(?:节|长假)?黄金周|(?:国庆|五一|春节|元旦)节?(?:假期|长假|期间)|黄金周|双11|双十一|"
    r"6·18|[“\"]?4·26[”\"]?(?:知识产权)?(?:宣传)?周|3·15|(?:全国)?知识产权宣传周|世界知识产权日)"
)
_SUB = (
    r"(?:上半年|下半年|前半年|后半年|全年|年初|年底|年末|岁末|首季度?|首月|"
    rf"(?:前|头|首)(?P<firsts>{_N}|两|首)个?(?P<of>季度|季|月)|"
    r"第?(?P<q1>[一二三四1-4])(?:季度?)?(?:\s*[至到、和-]\s*第?(?P<q2>[一二三四1-4]))?季度?(?=度|[^节刊]|$))"
)
_POINT = re.compile(
    r"(?:"
    r"(?P<iso>(?<![0-9])(?:19|20)[0-9]{2}(?P<sep>[-/.])(?:1[0-2]|0?[1-9])(?P=sep)(?:3[01]|[12][0-9]|0?[1-9])(?![0-9]))|"
    r"(?P<years>(?<![0-9])(?:19|20)[0-9]{2}年?(?:\s*(?:至|到|-+|、)\s*)(?:19|20)?[0-9]{2}年度?(?![0-9])(?!\s*[0-9]{1,2}月))|"
    rf"(?P<ago>昨[日天]|今[日天]|前天|(?:上一?|本|这)个?(?:周|星期|季度)|(?:上|本|当|这)个?月)(?:份)?(?P<agoday>{_N}[日号]|底|初|(?<=[周期])[一二三四五六日天](?!个))?|"
    rf"(?P<plan>[“\"]?十(?P<plan_n>[一二三四五六])?五[”\"]?(?:规划)?(?:期间|时期|以来|规划期|[”\"]|(?=[前头][一两二三四]年))"
    r"(?:的?[前头](?P<plan_first>[一两二三四1-4])年)?)|"
    r"(?:(?P<year>(?<![0-9])(?:19|20)[0-9]{2}(?:年度?|(?=全年|上半年|下半年))|[一二][〇零一二三四五六七八九]{3}年度?|"
    rf"(?<![0-9])[0-9]{{2}}年(?=(?:1[0-2]|0?[1-9])月))|(?P<rel>{_YEAR_WORD}))?\s*[的,]?\s*"
    rf"(?:(?P<feast>{_FEAST})|(?P<m1>{_N})(?:月份?)?{_TO}(?P<m2>{_N})月(?:份|(?!\s*{_N}[日号]))"
    rf"|(?P<l1>{_N})、(?P<l2>{_N})月份?(?!\s*{_N}[日号])"
    rf"|(?P<m>{_N})月份?(?:\s*(?P<d1>{_N})[日号]?{_TO}(?P<d2>{_N})[日号](?!\s*起)|\s*(?P<d>{_N})[日号]"
    rf"|(?P<part>上旬|中旬|下旬|初(?!步)|底|末))?|(?P<sub>{_SUB})|(?P<edge>初(?!步)|底|末))?)"
)
_OPENER = re.compile(
    r"(?<![0-9.])[0-9]{1,4}(?![0-9])(?=\s?[年月季至到、/.·-]|全|上半|下半)|(?<![〇零一二三四五六七八九十])[〇零一二三四五六七八九十]{1,4}(?=[年月季至到、-]|\s[年月])"
    r"|今|本|(?<!月)(?<!月份)(?<!月,)当|该|同年|次年|翌年|去年|上|下半年|前|后半年|大前年|明年|全|年[初底末]|岁末|首|头|第|国庆|春节|元旦|黄金周|双[1十]|知识产权宣传周|世界知识|这个?[月周季星]"
    r"|[“\"](?:国庆|十|五一|4·26)|十[一二三四五六]?五|十一|五一|昨"
)
_PART = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "底": (31, 31), "末": (31, 31)}
_LAST_DAY = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def fold(text: str) -> str:
    """Return the text with one form for each character, as long as it was."""
    return text.translate(_WIDE).translate(_FOLDED).replace("•", "·").replace("‧", "·").replace("・", "·")


def number(words: str) -> int:
    """Return a numeral below 100: 11, 十一, 两; or four digits one by one: 二〇二〇."""
    if words.isascii():
        return int(words)
    if len(words) == 4 and "十" not in words:
        return int("".join(str(max(_DIGITS.index(one) - 1, 0)) for one in words))
    words = words.replace("两", "二").replace("首", "一")
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return _DIGITS.index(words[-1]) - 1
    return 10 * (_DIGITS.index(tens) - 1 if tens else 1) + (_DIGITS.index(ones) - 1 if ones else 0)


def points(folded: str) -> Iterator[Point]:
    """Yield the stretches of the calendar that a folded text names, in order."""
    to = 0
    for opener in _OPENER.finditer(folded):
        at = opener.start()
        if at < to:
            continue
        found = _POINT.match(folded, at)
        if found and found.end() > at and (point := _point(found)):
            to = point.to
            yield point


def _point(found: re.Match[str]) -> Point | None:
    """Return what a match stands for, None where it is no stretch of the calendar."""
    got = found.groupdict()
    words = found[0].rstrip(" ,的")
    at, to = found.start(), found.start() + len(words)
    lead = len(words) - len(words.lstrip())
    base = Point(at + lead, to)
    if got["iso"]:
        year, month, day = map(int, re.split(r"[-/.]", got["iso"]))
        return _days(base, month, day, month, day, year=year, grain="day")
    if got["years"]:
        return _years(base, got["years"])
    if got["ago"]:
        return _ago(base, got["ago"], got["agoday"])
    if got["plan"]:
        return _plan(base, got["plan"], got["plan_n"], got["plan_first"])
    fields = _year_of(got)
    if (
        got["year"] is None
        and got["rel"] is None
        and not any(got[key] for key in ("feast", "m1", "l1", "m", "sub"))
    ):
        return None
    return _within(moved(base, **fields), got)


def _year_of(got: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the year that a match names."""
    if got["year"]:
        digits = re.sub(r"年度?", "", got["year"])
        year = number(digits)
        return {"year": year if year > 99 else year + (2000 if year < 50 else 1900)}
    if got["rel"]:
        if got["rel"] in ("次年", "翌年"):
            return {}  # the year after that of the first end: a range over the turn of the year
        return {"same": True} if got["rel"] in _SAME_YEAR else {"offset": _YEARS_WORDS[got["rel"]]}
    return {}


def _within(base: Point, got: dict[str, Any]) -> Point | None:
    """Return the part of a year that a match names, or the whole of it."""
    if got["feast"]:
        name = next(_FEASTS[word] for word in _BY_LENGTH if word in got["feast"])
        return moved(base, feast=name, grain="day")
    if got["m1"] or got["l1"]:
        first, last = number(got["m1"] or got["l1"]), number(got["m2"] or got["l2"])
        if not (1 <= first <= 12 and 1 <= last <= 12):
            return None
        return _days(base, first, 1, last, 31, grain="span")
    if got["m"]:
        return _month(base, got)
    if got["sub"]:
        return _sub(base, got)
    if got["edge"]:
        months = (1, 1, 1, 31) if got["edge"] == "初" else (12, 31, 12, 31)
        return _days(base, *months, grain="month")
    return base


def _month(base: Point, got: dict[str, Any]) -> Point | None:
    """Return a month, a part of it, or days of it."""
    month = number(got["m"])
    if not 1 <= month <= 12:
        return None
    if got["d1"]:
        first, last = number(got["d1"]), number(got["d2"])
        return _days(base, month, first, month, last, grain="day") if first <= last else None
    if got["d"]:
        return _days(base, month, number(got["d"]), month, number(got["d"]), grain="day")
    first, last = _PART.get(got["part"] or "", (1, 31))
    return _days(base, month, first, month, last, grain="month")


def _sub(base: Point, got: dict[str, Any]) -> Point | None:
    """Return a half, quarters, the first months, or an edge of a year."""
    words = got["sub"]
    named = {
        "上半年": (1, 1, 6, 31), "前半年": (1, 1, 6, 31), "下半年": (7, 1, 12, 31), "后半年": (7, 1, 12, 31),
        "首季": (1, 1, 3, 31), "首季度": (1, 1, 3, 31),
    }  # fmt: skip
    if words in named:
        return _days(base, *named[words], grain="span")
    if words == "全年":
        return base if base.dated else moved(base, grain="span", first=(1, 1), last=(12, 31))
    if words in ("年初", "首月"):
        return moved(_days(base, 1, 1, 1, 31, grain="month") or base, offset=base.offset)
    if words in ("年底", "年末", "岁末"):
        return _days(base, 12, 31, 12, 31, grain="month")
    if got["firsts"]:
        months = number(got["firsts"]) * (3 if got["of"].startswith("季") else 1)
        return _days(base, 1, 1, months, 31, grain="span") if 1 <= months <= 12 else None
    first, last = number(got["q1"]), number(got["q2"] or got["q1"])
    if not words.rstrip("度").endswith("季") or first > last:
        return None
    return _days(base, 3 * first - 2, 1, 3 * last, 31, grain="span")


def _days(base: Point, month: int, day: int, month2: int, day2: int, **fields: Any) -> Point | None:
    """Return a point from a month and day to another, None where there is no such day."""
    for number_of, one in ((month, day), (month2, day2)):
        if one != 31 and not 1 <= one <= _LAST_DAY[number_of - 1]:
            return None
    return moved(base, first=(month, day), last=(month2, day2), shift=int(month2 < month), **fields)


def _years(base: Point, words: str) -> Point | None:
    """Return 2018-2020年, 2018年至2020年 or 2019-20年 as whole years."""
    first, last = (int(part) for part in re.findall(r"[0-9]+", words))
    last += first // 100 * 100 if last < 100 else 0
    listed = "、" in words and last > first + 1  # 2015、2019年 are two years
    return moved(base, year=first, shift=last - first) if last > first and not listed else None


def _ago(base: Point, words: str, day: str | None) -> Point | None:
    """Return yesterday, this week, last month or a day of it."""
    if words[1] in "日天" or words == "前天":
        return moved(base, ago=("day", {"昨": 1, "今": 0, "前": 2}[words[0]]), grain="day", to=base.at + 2)
    unit = "week" if words[-1] in "周期" else "quarter" if words[-1] == "度" else "month"
    count = int(words[0] == "上")
    if unit == "week" and day:
        nth = "一二三四五六日".index(day.replace("天", "日")) + 1 if len(day) == 1 else 1
        return moved(base, ago=(unit, count), first=(0, nth), last=(0, nth), grain="day")
    if unit != "month" or not day:
        return moved(base, ago=(unit, count), grain="month", last=(0, 31), first=(0, 1))
    days = _PART[day] if day in _PART else (number(day[:-1]),) * 2
    return moved(base, ago=("month", count), first=(0, days[0]), last=(0, days[1]), grain="day")


def _plan(base: Point, words: str, nth: str | None, first: str | None) -> Point | None:
    """Return a five-year plan, or its first years: the eleventh ran from 2006 to 2010, the next five years later."""
    start = 1951 + 5 * (10 + (number(nth) if nth else 0))
    to = base.to - len("以来") if words.endswith("以来") else base.to
    return moved(base, year=start, shift=number(first) - 1 if first else 4, to=to)
