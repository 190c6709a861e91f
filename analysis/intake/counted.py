"""The figures of a sentence, each at its place in the text, and the numbers that are none."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from analysis.intake.idle import THREATENED, THROUGH, idle
from analysis.intake.linked import continued, in_local_money, without_than
from analysis.intake.no_count import MONEY
from analysis.intake.sentences import Sentence
from analysis.readings.figure import Figure
from analysis.readings.figures import find_figures

_DIGITS = re.compile(r"[0-9][0-9.,]*")
_ANY = re.compile(
    r"[0-9零一二三四五六七八九十百千万亿两数几双半倍翻]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|[a-z]+teen|twenty|[a-z]+ty|half|halved|doubl|trebl|tripl|hundred|thousand|million|billion|dozen|score|several)"
)
_CJK = re.compile(r"[\u4e00-\u9fff]")
_LONGEST = re.compile(r"(?:[0-9][,. ']?){41}")
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
        return self.figure.unit in MONEY


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
        why = idle(plain, figure, kept)
        if not why and passed and passed[-1][2] == THREATENED and figure.unit in MONEY:
            why = (
                THREATENED
                if THROUGH.fullmatch(plain, _end_of(passed[-1], plain), figure.numeral.start)
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


_UPPER = re.compile(r"[^,;.。]{0,12}?[0-9][0-9.,]*[万亿]?")
_LEAD = re.compile(
    r"(?:(?:more|less|fewer|greater) than|over|above|nearly|almost|about|around|approximately|some|roughly|close to"
    r"|up to|at least|as many as|under|exceeding|an estimated|超过|突破|近|约|逾|超|达|不到|至少|多达"
    r"|上|将近|接近|百分之"
    r"|us ?\$|hk ?\$|nt ?\$|[$€£¥]|rmb|cny|usd|eur|hkd|gbp|chf|sek|dkk|nok|czk|pln|huf|thb|人民币|\s)+$"
)
_NO_NOUN = (
    "and|an?|the|every|each|per|that|which|who|in|of|to|from|by|for|on|at|or|as|with|were|was|are|had|have|has"
    "|while|but|between|before|after|during|through|under|until|against|among|across|alone|when|up|down|compared|than|so|since|during|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
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
