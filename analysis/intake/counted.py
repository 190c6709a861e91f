"""The figures of a sentence, each at its place in the text, and the numbers that are none."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from analysis.intake.linked import continued, in_local_money, without_than
from analysis.intake.sentences import Sentence
from analysis.readings.figure import Figure
from analysis.readings.figures import find_figures
from analysis.readings.lexicon import quick
from analysis.readings.unit_words import UNITS

_MONEY = frozenset(unit for unit in UNITS if unit.isupper())
_DIGITS = re.compile(r"[0-9][0-9.,]*")
_ANY = re.compile(
    r"[0-9零一二三四五六七八九十百千万亿两数几双半倍翻]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|[a-z]+teen|twenty|[a-z]+ty|half|halved|doubl|trebl|tripl|hundred|thousand|million|billion|dozen|score|several)"
)
_CJK = re.compile(r"[\u4e00-\u9fff]")
_LONGEST = re.compile(r"(?:[0-9][,. ']?){41}")
# "one" and 一 count only where a person, a site or a machine stands behind them.
_ONE = re.compile(r" (?:man|woman|suspect|person|arrest|people|defendant)|[名处家台辆](?=[,;。、)]|$)")
_ONE_TAKEN = re.compile(r" [a-z]+ (?:was|were) (?:also )?(?:arrested|detained|charged|convicted)")
_SINGLE = re.compile(r"(?:one|an?|一|single)")
_PLACE_BEFORE = quick(
    r"(?:捣毁|端掉|打掉|查获|查封|抓获|刑拘|拘留|逮捕|arrest(?:ed|ing)?|detain(?:ed|ing)?)[^,;]{0,24}$"
)
# Words behind a number that no reader takes for a figure of enforcement.
_IDLE = re.compile(
    r"[- ]?(?:way|pronged|step|stop|star|digit|square|storey|minutes?|hours?|levels?|aspects?|types? of measures)"
    r"(?![a-z])|[个项条]?[^,;。\d]{0,6}(?:工作机制|意见|建议|措施|举措|制度|任务)|个?(?:方面|环节|阶段|层级|维度|步骤|关键|统筹|全覆盖|要素|小时|分钟|平方|条龙|步走|大类任务|项(?:措施|任务|举措|制度|机制))"
)
_PHONE = quick(
    r"(?:热线|电话|拨打|致电|(?<![a-z])(?:hotline|tel\.?|phone|ext\.?|extension|call(?:ing)?|dial)(?![a-z]))[^,;]{0,8}$"
)
_CODE = re.compile(
    r" ?(?:cfr|u\.s\.c|usc)\b|-[0-9]{3,4}(?:-|\b)|[*×x][0-9]"
    r"| (?:(?!(?:from|in|on|at|of|to|and)\b)[a-z]+ ){1,2}(?:street|avenue|road|boulevard|lane|square)(?= ?[,.;]|$)"
    r"|号[^,;。\d]{0,4}(?:楼|室|院)"
)
_CODE_BEFORE = quick(
    r"(?:cfr |u\.s\.c\.? ?(?:§ ?)?|usc |§§? ?|\(0[0-9]{1,3}\) ?|[0-9]-|[*×x]|-[0-9]{3}-|copyright |\u00a9 ?)$"
)
_NAME_BEFORE = re.compile(
    r"(?:^|[\s(])[\"“][a-z ]{3,20} $|(?:sword net|kunlun|cloud sword|iron fist|longteng|昆仑|剑网|龙腾|铁拳|云剑) ?$"
)
_ACT_BEFORE = quick(
    r"(?<![a-z])(?:act|law|decree|directive|question|bill|docket|petition|bulletin|notice) (?:no\.? ?|number )?$"
)
_PENALTY = quick(
    r"(?:maximum|liable|punishable|face up to|faces? (?:a )?fines?)[^,;.]{0,60}$"
    r"|(?:最高(?:可处)?|可(?:并)?处|处以)[^,;。]{0,8}$"
)
_LAW = re.compile(
    r"imprisonment|in (?:prison|jail)|republic act"
    r"|under (?:the )?[a-z ]{0,30}(?:act|law|code)\b|offenders"
    r"|ordinance|liable|punishable|以下罚款|可处|刑法"
)
_UP_TO_REWARD = quick(
    r"最高(?:可|给予|可获)?[^,;。\d]{0,4}(?:奖励|奖金|奖)[^,;。\d]{0,6}$|奖励(?:金额)?最高[^,;。\d]{0,6}$"
    r"|(?<![a-z])(?:rewards?|bount(?:y|ies)) (?:of )?up to[^,;.\d]{0,8}$"
)
_ABOVE = re.compile(r"[万亿]?元以[上下](?:的|[0-9案])")
_THROUGH = re.compile(r"[^,;.。\d]{0,16}?(?:to|and|or|至|到|-|~) ?(?:[a-z]{0,3}[$€£¥₱]?)")
_EACH = re.compile(
    r" ?(?:yuan|dollars|euros|million|thousand)* ?(?:each|apiece|per case)\b|[万亿]?元(?:以上|以下)的?(?:案|大要案)"
)
_HALF_TIME = re.compile(r" ?(?:years?|months?|hours?|days?)\b")
_PUBLIC = re.compile(
    r" ?(?:of )?(?:fans|followers|viewers|consumers|visitors|buyers|users|subscribers|名?粉丝|网友)"
)
# The number of a heading or of an entry of a list: "3. By right", 表1.
_HEADING = re.compile(r"[0-9]{1,2}[.)、] ?(?![0-9])")
_TABLE = re.compile(r"(?:^|[ (])(?:[图表]|table |figure |chart |annex )$")
# What is told of a price, of how many ways police took, or of the cases that a text prints, counts nothing enforced.
_PRICE = quick(r"(?:标价|售价|单价|成本(?!投入)|进价|原价|零售价)[^,;。:、\d]{0,8}$")
_SHARED_OUT = re.compile(r"(?:兵分|分成|分为)$")
_PUBLISHED = re.compile(r"[起件个批](?:[^,;。\d]{0,8})?(?:典型案[例件]|指导性案例|示范案例|预警名单)")
_PLAN = quick(
    r"(?:下一步|今后将?|计划|拟|力争|目标是)[^;。]{0,40}$"
    r"|(?<![a-z])(?:plans? to|planning to|aims? to|intends? to|a target of)[^;.]{0,60}$"
)
_RULED = re.compile(r"倍(?:的)?(?:适用|惩罚性)")
_UNION = re.compile(r" (?:eu )?member states")
_DESCRIBED = re.compile(
    r" (?:models?|varieties|kinds|types|styles|sides|parties|aspects)\b|(?:个)?(?:型号|款式|品类|大类|类别)"
)
# The number of a record, a licence or a document: Registration Number: 130349, 备案号, 文号.
_RECORD = quick(
    r"(?:(?<![a-z])(?:registration|licen[cs]e|reference|document|permit|serial|batch|publishing[a-z ]*)"
    r" ?(?:numbers?|nos?\.?|code)?|备案号"
    r"|许可证号?|文号|编号|证号|批准文号|批号|代码)[::]? ?[a-z-]{0,6}$"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_ZIP = re.compile(r"[0-9]{5}")
_THREATENED = "a penalty that a law threatens"
_COUNTED_HALF = re.compile(r"half (?:of|a|the)|(?<=over )half|半数")
_WHY = (
    (re.compile(r"第$|(?<![a-z])(?:no|nos|art|article|articles|section|rule|chapter|phase|item|paragraph)\.? ?$"), None,
     "the number of an article, a rule or a place in a list"),
    (None, re.compile(r"(?:年|月|日|号|时|点|fy|th\b|st\b|nd\b|rd\b)"), "a date"),
    (None, re.compile(r"[- ]?(?:years?|months?|weeks?|days?|hours?|minutes?)|个?(?:余|多)?(?:小时|分钟|天|周|个月|岁)"),
     "a length of time or an age"),
    (None, re.compile(r"(?:万|亿|千|百)?(?:余|多)?(?:元|美元|人|件)以[上下]"), "a threshold"),
    (re.compile(r"[\"“‘'《「]$|[-·.][0-9]*$"), None, "the name of an operation, a law or a case"),
    (None, re.compile(r"[·.-][0-9]+"), "the name of an operation, a law or a case"),
    (re.compile(r"[a-z]-?$"), None, "a part of a name"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure at its place.

    Attributes
    ----------
    figure
        What `analysis.readings` reads.
    sentence
        Where it stands.
    low, high
        Its characters in the plain form of the sentence, hedge and unit included.
    index
        The how manieth figure of its sentence, from 0.
    """

    figure: Figure
    sentence: Sentence
    low: int
    high: int
    index: int

    @property
    def span(self) -> tuple[int, int]:
        """Its characters in the text."""
        return self.sentence.at(self.low), self.sentence.at(self.high)

    @property
    def money(self) -> bool:
        """Whether it is a sum."""
        return self.figure.unit in _MONEY


@dataclass(frozen=True, slots=True)
class Passed:
    """A number that is no figure of the text, and why."""

    start: int
    end: int
    why: str


def figures_of(sentence: Sentence, local: str) -> tuple[list[Counted], list[Passed]]:
    """Return the figures of a sentence, and the numbers in it that are none; `local` is whose dollar a bare one is."""
    plain = sentence.plain
    if not _ANY.search(plain):
        return [], []
    if _LONGEST.search(plain):
        passed = [
            Passed(sentence.start, sentence.end, "a number of more than 40 digits, which no print holds")
        ]
        return [], passed
    kept, spans, none = _read(plain, local)
    counted = [
        Counted(figure, sentence, low, high, index)
        for index, (figure, (low, high)) in enumerate(zip(kept, spans, strict=True))
    ]
    return counted, [Passed(sentence.at(low), sentence.at(high), why) for low, high, why in none]


@lru_cache(maxsize=4096)
def _read(
    plain: str, local: str
) -> tuple[tuple[Figure, ...], tuple[tuple[int, int], ...], tuple[tuple[int, int, str], ...]]:
    """Return the figures of a plain sentence, the characters of each, and the numbers that are none."""
    found = find_figures(plain)
    kept: list[Figure] = []
    passed: list[tuple[int, int, str]] = []
    for figure in found:
        why = _idle(plain, figure, kept)
        if not why and passed and passed[-1][2] == _THREATENED and figure.unit in _MONEY:
            why = (
                _THREATENED
                if _THROUGH.fullmatch(plain, _end_of(passed[-1], plain), figure.numeral.start)
                else ""
            )
        if why:
            passed.append((figure.numeral.start, figure.numeral.end, why))
        else:
            kept.append(without_than(plain, in_local_money(figure, plain, local), kept))
    kept = continued(plain, kept)
    spans = tuple(_placed(plain, figure, index, kept) for index, figure in enumerate(kept))
    return tuple(kept), spans, (*passed, *_rest(plain, found))


def _end_of(passed: tuple[int, int, str], plain: str) -> int:
    """Return the place behind a sum that was passed over, its scale and unit with it."""
    tail = _TAIL.match(plain, passed[1])
    return tail.end() if tail and "to" not in tail[0].split() else passed[1]


def _idle(plain: str, figure: Figure, kept: list[Figure]) -> str:  # noqa: C901 - a list of reasons
    """Return why a figure that can be read is none of the text's subject; blank where it is one."""
    start, end = figure.numeral.start, figure.numeral.end
    printed = plain[start:end]
    before = plain[max(0, start - 70) : start]
    if _IDLE.match(plain, end):
        return "a list of measures, or a size"
    if (
        _PHONE.search(before)
        or _CODE.match(plain, end)
        or _CODE_BEFORE.search(before)
        or re.match("0[0-9]", printed)
    ):
        return "a telephone number, a size of screen or the number of a rule"
    if _ACT_BEFORE.search(before) and figure.numeral.plain and not figure.unit:
        return "the number of an article, a rule or a place in a list"
    if _ZIP.fullmatch(printed) and not figure.unit and re.search(r", ?[a-z]{2} $", before):
        return "a part of an address"
    if _RECORD.search(before) and figure.numeral.plain and not figure.unit:
        return "the number of a record or a document"
    if _NAME_BEFORE.search(before) and figure.numeral.plain:
        return "a part of a name"
    if _YEAR.fullmatch(printed) and not figure.unit and figure.hedge == "exact" and not figure.measure:
        return "a year"
    if figure.foreign and figure.unit is None:
        return "in a unit that the dataset has not"
    if figure.unit in _MONEY and (_EACH.match(plain, end) or _ABOVE.match(plain, end)):
        return "a threshold"
    if figure.unit in _MONEY and _UP_TO_REWARD.search(before):
        return "a reward that is offered"
    if printed.endswith("half") and _HALF_TIME.match(plain, end):
        return "a length of time"
    if figure.unit in _MONEY and _PENALTY.search(before) and _LAW.search(plain):
        return _THREATENED
    if (start == 0 and _HEADING.match(plain)) or _TABLE.search(before):
        return "the number of a heading"
    if (figure.unit in _MONEY and _PRICE.search(before)) or _SHARED_OUT.search(before):
        return "a price, or a way of working"
    if _PLAN.search(before):
        return "a plan"
    if (
        _PUBLISHED.match(plain, end)
        or _RULED.match(plain, end)
        or (printed == "27" and _UNION.match(plain, end))
    ):
        return "cases that a text prints, or the size of a club"
    if _PUBLIC.match(plain, end) or _DESCRIBED.match(plain, end):
        return "people or kinds, which nobody enforced against"
    small = (
        figure.value < 13
        and not _ONE.match(plain, end)
        and not printed[:1].isdigit()
        and figure.numeral.high is None
    )
    if small and not figure.unit and not figure.measure and printed.isascii():
        return "a small number in words, of no unit"
    if _SINGLE.fullmatch(printed) and figure.numeral.high is None:
        taken = _ONE.match(plain, end) and _PLACE_BEFORE.search(plain, max(0, start - 40), start)
        if not (taken or (_ONE.match(plain, end) and _ONE_TAKEN.match(plain, end))):
            return "an article, no count"
    if (
        kept
        and figure.aside
        and figure.unit in _MONEY
        and kept[-1].unit in _MONEY
        and kept[-1].unit != figure.unit
    ):
        between = plain[kept[-1].numeral.end : start]
        if "(" in between or len(between) < 12:
            return "the sum before it in another currency"
    if figure.aside and not _in_brackets(plain, start):
        return "describes the figure behind it"
    return ""


def _in_brackets(plain: str, start: int) -> bool:
    return plain.count("(", max(0, start - 60), start) > plain.count(")", max(0, start - 60), start)


_UPPER = re.compile(r"[^,;.。]{0,12}?[0-9][0-9.,]*[万亿]?")
_LEAD = re.compile(
    r"(?:(?:more|less|fewer|greater) than|over|above|nearly|almost|about|around|approximately|some|roughly|close to"
    r"|up to|at least|as many as|under|exceeding|an estimated|超过|突破|近|约|逾|超|达|不到|至少|多达"
    r"|上|将近|接近|百分之"
    r"|us ?\$|hk ?\$|nt ?\$|[$€£¥]|rmb|cny|usd|eur|hkd|人民币|\s)+$"
)
_NO_NOUN = (
    "and|an?|the|every|each|per|that|which|who|in|of|to|from|by|for|on|at|or|as|with|were|was|are|had|have|has"
    "|while|but|up|down|compared|than|so|since|during|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
)
_TAIL = re.compile(
    rf"[余多]?(?:个百分点|[万亿]?(?:元|美元|欧元|港元|港币|日元)"
    r"|[%件起名人处个家批吨台次箱条瓶支枚宗户辆双张册套箱艘倍成份例]|公斤|千克)"
    rf"(?:次|余|多)?(?:以上|左右)?|[- ]?(?:percentage points?|percent|per cent|%|(?!(?:{_NO_NOUN})(?![a-z]))[a-z]+)"
)


def _placed(plain: str, figure: Figure, index: int, kept: list[Figure]) -> tuple[int, int]:
    """Return the characters of a figure, its hedge and unit with it."""
    start, end = figure.numeral.start, figure.numeral.end
    floor = kept[index - 1].numeral.end if index else 0
    limit = kept[index + 1].numeral.start if index + 1 < len(kept) else len(plain)
    lead = _LEAD.search(plain, max(floor, start - 40), start)
    low = lead.start() if lead else start
    while low < start and plain[low] == " ":
        low += 1
    if (
        figure.high is not None and figure.numeral.high is None
    ):  # a printed range: its upper end stands behind
        upper = _UPPER.match(plain, end)
        end = upper.end() if upper else end
        limit = max(limit, end)
    tail = _TAIL.match(plain, end)
    high = min(tail.end(), limit) if tail else end
    return low, max(high, end)


def _rest(plain: str, found: list[Figure]) -> list[tuple[int, int, str]]:
    """Return the numbers in digits that are no figures, with the reason that their surroundings tell."""
    # Within the digits of a figure, or behind those of a range, whose upper end stands there.
    spans = [(one.numeral.start, one.numeral.end + 14 * (one.high is not None)) for one in found]
    starts = [low for low, _ in spans]
    passed = []
    for match in _DIGITS.finditer(plain):
        at = match.start()
        before = bisect_right(starts, at)
        if any(at < high for _, high in spans[max(0, before - 3) : before]):
            continue
        passed.append((at, at + len(match[0].rstrip(".,")), _why(plain, match)))
    return passed


def _why(plain: str, match: re.Match[str]) -> str:
    """Return why a number is no figure."""
    before = plain[max(0, match.start() - 24) : match.start()]
    number = match[0].rstrip(".,")
    for ahead, behind, why in _WHY:
        if (ahead is None or ahead.search(before)) and (behind is None or behind.match(plain, match.end())):
            return why
    return "a year" if re.fullmatch(r"(?:19|20)[0-9]{2}", number) else "a date, a label or a part of a name"
