"""Growth or level: whether a figure says how much something changed, by what it is a multiple, and its sign."""

from __future__ import annotations

import re
from decimal import Decimal

from analysis.readings.lexicon import quick
from analysis.readings.numeral import Numeral

_DOWN = (
    r"(?<![a-z])(?:down|f[ae]ll(?:s|ing|en)?|dropp?(?:s|ed|ing)?|decreas\w*|declin\w*|reduc\w*|slump\w*|plung\w*"
    r"|shrank|shrunk|cut|lost|slash\w*|sank|tumbl\w*|plummet\w*|disminu\w*|descen\w*|caida|calo|riduzione|rucklaufig|baisse|recul|zuruck|spadek|pokles|daling|decremento|diminu\w*|gesunken|ruckgang)(?![a-z])"
    r"|下降|下滑|下跌|降低|减少|回落|降幅|跌幅|缩减|降$|减|감소"
)
_RISEN = r"(?<!made )(?<!make )(?<!makes )(?<!making )up"
_UP = (
    rf"(?<![a-z])(?:{_RISEN}|r[io]se[sn]?|rising|increas\w*|gr[eo]w\w*|climb\w*|jump\w*|surg\w*|soar\w*|hausse"
    r"|augment\w*|anstieg|gestiegen|zunahme|aument\w*|increment\w*|crec\w+|crescita|stijging|wzrost)(?![a-z])|增长|增加|上升|提高|增|[升涨]幅|증가"
)
_MINUS = re.compile(r"(?:^|[( :])(?:-|minus )$|[▲△] ?$")
CHANGE = re.compile(rf"(?P<down>{_DOWN})|(?P<up>{_UP})")
_DOWN_BEHIND = re.compile(
    rf"[) ]*(?:的|の|も|(?:[a-z-]+ )?)(?:{_DOWN}|less(?![a-z])|menos|moins|weniger|줄|하락|떨어|低下|下回|"
    r"fewer(?![a-z])|lower(?![a-z]))(?!了?[少低]?[至到为])"  # 由61.7%下降至54%: a level that fell
)
_LEVEL = re.compile(
    r"(?:(?<![a-z])(?:to|at|tot|auf|below|above|from)|(?<![至幅])(?<!幅[度约达])[至到为]) ?"
    r"(?:[a-z]{2,3}\$|[$€£]|[a-z]+ than )?$"
)
# 比去年同期低0.8个百分点; 最低 and 至少 are hedges.
_LOWER = re.compile(r"[比较][^,;。\d]{1,14}(?<![至不最])[低少](?:了|约|近|出|超过?)*$")
_UNIT_BEHIND = re.compile(r"[ -]?(?:%|percent(?!age)|per cent|percentage points?)")
_CLAUSE = re.compile(r"[;。;]")
_HEDGES = r"(?:了|约|近|超过?|逾|达|将近|大约|至少|不到|高达| ?by| ?of| ?an?"
_HEDGES += r"| ?(?:nearly|almost|about|around|some|over|more than|at least|"
_HEDGES += r"approximately|roughly|up to|as much as|less than))*"
# 增长1.7倍 grows by 170 percent; 增长到1.7倍 and 是去年的1.7倍 are multiples.
# In a list (1.2倍、29%、1倍) the verb stands once.
_GROWS = re.compile(
    rf"(?:增长|上升|增加|上涨|提高|提升|激增|猛增|剧增|陡增|暴增|飙升|增幅|扩大|高出|多出|增多|暴涨|攀升|长){_HEDGES} ?"
    rf"(?:[\d.一二两三四五六七八九十几数近约超过余多]+(?:倍|%)?[余多]?[、,和及与]?)*$"
)
_GROWS_LATIN = re.compile(
    rf"(?<![a-z])(?:increas(?:ed?|es|ing)|grow[ns]?|grew|r[io]ses?n?|rising|{_RISEN}|surg(?:ed?|ing)|climb(?:ed|ing)?"
    rf"|jump(?:ed)?|soar(?:ed)?|expanded){_HEDGES} $"
)
# Words that are a change by themselves: 翻两番 is four times, growth of 300 percent.
_TURNS = re.compile(
    r"翻了?(?:整整)?(?:近|约|超过?|将近)?(?P<turns>[一两二三123])番|翻(?P<double>倍|番)(?!了?[一两二三\d])"
    r"|翻了?(?:近|约|超过?|将近)?(?P<once>[一1]倍)|(?P<zero>零)增长|(?P<half>腰斩|减半)"
)
_TURNS_LATIN = re.compile(
    r"(?<![a-z])(?:(?P<half>halved|halving)|(?P<double>doubled|doubling|doublement|verdopp\w+|duplicad[oa]s?|verdubbel\w*"
    r"|raddoppi\w+|podwoi\w+)|(?P<treble>trebled|tripled|trebling|tripling|triplement|verdreifach\w*)"
    r"|(?P<fourfold>quadrupled|quadrupling|vervierfach\w*))(?![a-z])"
)
# One of these stands in whatever the pattern above finds; most sentences hold none.
_TURN_WORDS = ("hal", "doubl", "doppel", "verdopp", "duplicad", "verdubbel", "raddoppi", "podwoi", "treb", "tripl",
               "verdreifach", "quadrupl", "vervierfach")  # fmt: skip
_LATIN_GROWTH = {"half": -50, "double": 100, "treble": 200, "fourfold": 300}
_INDEX = quick(
    r"(?:前年|前期|前月|対前年)(?:度|同[期月])?比(?:で|の|は)?(?:约)?$"
    r"|(?:为|是|于|达|到)(?:上年|去年|前年|上期|同期|上月|\d年)(?:同期|全年|同月)?(?:水平|总量|数量)?的(?:近|约|超)?$"
)
_CHANGE_BEHIND = re.compile(r"[%) ]*(?:の|で)?(?:大幅)?(?:な)?(?:增|减|上|低|伸|プラス|マイナス|高)")
_BARE_CHANGE = quick(
    r"(?:(?:比|较)[^,;。]{1,12}?|同比|环比)[^,;。\d至到为]{0,4}(?P<up>增加|上升|增长|增多|多|提高)(?:了|近|约|超过?)*$"
    r"|(?:(?:比|较)[^,;。]{1,12}?|同比|环比)[^,;。\d至到为]{0,4}(?P<down>减少|下降|降低|少)(?:了|近|约|超过?)*$"
    r"|(?<![a-z])(?P<rise>(?:increase|rise|gain) of|(?:up|increased|rose|grew) by)(?: [a-z]+)? $"
    r"|(?<![a-z])(?P<fall>(?:decrease|fall|drop|decline|reduction) of|"
    r"(?:down|decreased|fell|dropped|declined) by)(?: [a-z]+)? $"
)
# "27 fewer than the year before", "311 more than in 2024".
_BARE_BEHIND = re.compile(
    r" (?:[a-z]+ ){0,2}?(?P<way>fewer|less|more) than (?:in |during |for |at |that of )?(?:the |a |that )?"
    r"(?:end of )?(?:(?:same |previous |prior |preceding |last )?(?:year|period|month|quarter|half)|(?:19|20)[0-9]{2}"
    r"|last|(?:twelve|six|three|12|6|3) months (?:before|earlier|ago|previously))"
)
_REACH = 200  # characters of a list of multiples behind its verb
_MEAN_BEFORE = quick(
    r"(?:(?:日|月|年|人|户|案|件|周|店)均|平均(?:每[天日月年人件案周])?|每[天日月年周]|均)[^,;。\d]{0,8}$"
    r"|(?<![a-z])(?:(?:on|an|the) (?:daily |monthly |annual )?average(?: of)?|"
    r"averag(?:ed|ing)|daily|im schnitt)(?: [a-z]+){0,3} $"
)
_MEAN_BEHIND = re.compile(
    r"(?:[^,;.\d]{0,40}?)(?<![a-z])(?<!in )(?<!within )(?<!during )(?<!over )"
    r"(?:(?:per|an?|each|every) (?:day|night|month|week|year|hour)"
    r"(?! (?:earlier|ago|before|later|on year))"
    r"|chaque (?:jour|mois|annee)"
    r"|par (?:jour|mois|an)|pro (?:tag|monat|jahr)|al (?:dia|mes)|on average)(?![a-z])"
)


_UP_BEHIND = re.compile(
    r"[%) ]*(?:以上)?(?:の|的)?(?:증가|늘|增(?![加长]?[至到为])|上升(?![至到为])"
    r"|(?:[a-z-]+ )?(?:increase|rise|growth|jump|hike|more|higher|larger|greater)(?![a-z]))"
)


def negative(text: str, numeral: Numeral, floor: int, limit: int, unit: str | None) -> bool:
    """Tell whether a figure is below zero: by its sign, or as a percentage by how much something fell."""
    before = _CLAUSE.split(text[floor : numeral.start])[-1]
    if _MINUS.search(text, max(0, numeral.start - 8), numeral.start):
        return True
    if unit not in ("percent", "percentage_point") or _LEVEL.search(before):
        return False
    changes = list(CHANGE.finditer(before))
    if changes:
        return changes[-1].lastgroup == "down"
    if _LOWER.search(before):
        return True
    unit_read = _UNIT_BEHIND.match(text, numeral.end, limit)
    behind = text[unit_read.end() if unit_read else numeral.end : limit]
    return _DOWN_BEHIND.match(behind) is not None


def find_turns(text: str) -> list[Numeral]:
    """Return the words of a normalised `text` that are a growth by themselves, in percent.

    翻一番 and "doubled" are 100, 翻两番 300, "trebled" 200, "halved" -50, 零增长 0. 翻三倍 is read in two ways by its
    readers and 成倍 names no number: these are no figures.
    """
    found = []
    for match in () if text.isascii() else _TURNS.finditer(text):
        group = str(match.lastgroup)
        turns = {"一": 1, "1": 1, "两": 2, "二": 2, "2": 2, "三": 3, "3": 3}.get(
            match.group("turns") or "", 1
        )
        value = {"zero": 0, "half": -50}.get(group, 100 * (2**turns - 1))
        found.append(_turn(match.start(group), match.end(group) + (group == "turns"), value))
    for match in _TURNS_LATIN.finditer(text) if any(word in text for word in _TURN_WORDS) else ():
        found.append(_turn(match.start(), match.end(), _LATIN_GROWTH[str(match.lastgroup)]))
    return found


def _turn(start: int, end: int, value: int) -> Numeral:
    """Return the numeral of a word that is a growth; it is a round one, printed to ten percent."""
    return Numeral(start, end, Decimal(value), Decimal(10), plain=False, meaning="percent", growth=True)


def grows_by_multiple(text: str, numeral: Numeral, unit: str | None) -> bool:
    """Tell whether a multiple says by how much something grew (增长1.7倍), not what it became (是去年的1.7倍)."""
    if unit != "ratio" or numeral.meaning:
        return False
    before = text[: numeral.start]
    if re.match(r"[余多]?倍", text[numeral.end :]):
        return _GROWS.search(before) is not None
    return (
        re.match(r"[ -]?times", text[numeral.end :]) is not None and _GROWS_LATIN.search(before) is not None
    )


def kind_of_figure(text: str, numeral: Numeral, floor: int, limit: int, unit: str | None) -> str:
    """Return which of `KINDS` a figure is, from the words beside it; a multiple that grows is no longer one here."""
    before = _CLAUSE.split(text[floor : numeral.start])[-1]
    behind = text[numeral.end : limit]
    if unit == "ratio":
        return "multiple"
    if unit == "percentage_point":
        return "difference"
    if unit == "percent":
        if numeral.growth:
            return "growth"
        if _INDEX.search(before) and not _CHANGE_BEHIND.match(behind):
            return "index"
        changed = CHANGE.search(before) is not None and _LEVEL.search(before) is None
        east = not text.isascii() and _GROWS.search(text, max(0, numeral.start - _REACH), numeral.start)
        unit_read = _UNIT_BEHIND.match(behind)
        words = behind[unit_read.end() :] if unit_read else behind
        grown = east or _UP_BEHIND.match(words) or _INDEX.search(before) or _LOWER.search(before)
        return "growth" if changed or grown or _DOWN_BEHIND.match(words.lstrip("% ")) else "level"
    if _BARE_CHANGE.search(before) or _BARE_BEHIND.match(text, numeral.end):
        return "difference"
    return "mean" if _MEAN_BEFORE.search(before) or _MEAN_BEHIND.match(behind) else "level"


def fell(text: str, numeral: Numeral, floor: int) -> bool:
    """Tell whether a difference in counts or sums is a fall: 比上年减少500件."""
    match = _BARE_CHANGE.search(text, floor, numeral.start)
    if match is None:
        behind = _BARE_BEHIND.match(text, numeral.end)
        return behind is not None and behind["way"] != "more"
    return match.lastgroup in ("down", "fall")
