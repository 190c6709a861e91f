"""How the words of windows are bound to figures: compared with, told one by one, close by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.intake.counted import Counted
from analysis.intake.meaning import PARTS
from analysis.intake.sentences import Sentence
from analysis.readings.lexicon import quick
from analysis.readings.window_words import FoundWindow
from analysis.readings.window_words.moments import months_on, shifted

_HELD_AGAINST = re.compile(
    r"(?:比|较|与|同|跟|[多高低少好优大强]于|超过)(?:上一?年|去年)?$"
    r"|(?i:(?<![a-z])(?:compared (?:with|to)|than|against|versus|vs\.?|over|from|on)"
    r"(?: (?:that|those|the))?"
    r"(?: (?:figure|level)s?)?(?: (?:in|of|for|at))?(?: the| a)?\s*)$"
    r"|(?i:\bas (?:many|much|large|high|often)(?: [a-z]+){0,2} as(?: (?:in|during|for))?(?: the)?\s*)$"
)
_AGAINST_FIGURE = re.compile(
    r"(?i)\b(?:from|against|compared (?:with|to)|than|versus|vs\.?"
    r"|(?:twice|double|triple|treble|half|times)(?= the))\s+"
    r"(?:the\s+|about\s+|some\s+|nearly\s+|more than\s+|over\s+)*(?:[a-z]{1,3}|[a-z]{0,2}[$€£¥₱])?\s?$"
)
_AND_ALSO = re.compile(r",? (?:and|or) (?:the |about |some )*(?:[a-z]{0,3}[$€£¥₱]?)")
_AND_ON = re.compile(r"[^,;:.()\d]{0,40}?\band\b(?! (?:fell|rose|up|down)\b)[^,;:.()\d]{0,40}")
_APART = re.compile(
    r"[;:()]|(?i:\b(?:while|whereas|but|up|down|from|compared|than|including|of which|against|after|before|followed)\b)"
)
_MULTIPLE_OF = re.compile(
    r"(?i)\b(?:twice|double|triple|treble|half|times) (?:the|that|those)(?: [a-z]+){0,2} (?:of|in|from)(?: the)? ?$"
)
_COMPARED_LIST = re.compile(
    r"(?i)\b(?:compared (?:with|to)|(?<!action )against|versus|vs\.?)\s(?=[^;:()]*[0-9])"
    r"(?:(?!\b(?:compared|against|versus)\b)[^;:()]){1,120}?\b(?:in|during|for|of)(?: the)?\s+$"
)
_NUMBER_OF = re.compile(r"(?i)\b(?:number|level|figure|total|count|tally|rate)s? $")
_TIMES = re.compile(r"的?[约近超过]*[0-9.一二两三四五六七八九十]+倍|(?:的|同期)?(?:相比|持平)")
_COMPARED = re.compile(r"[比较与同跟和]$|(?i:\b(?:over|than|from|against|with|to|on|in|of)(?: the)?\s*)$")
_CHANGED = re.compile(r"(?:相比|上升|下降|增|减|提高|降低|多|少)")
_YEARS = re.compile(
    r"(?:between |from |从|自)?((?:19|20)[0-9]{2})(?:年?(?:至|到)| and | to )((?:19|20)[0-9]{2})年?(?:间|期间|之间)?"
)
_CAME_FROM = quick(
    r"\b(?:up|down|rose|fell|dropped|grew|increased?|decreased?|declined?|jumped|rising|falling|risen|fallen|improved)\b"
    r"[^,;.\d]{0,24}\bfrom (?:(?:about|around|some|nearly|over|the|more than|us|hk) ?)*[$€£]?$"
)
# What the whole text covers: windows told later hold in their paragraph alone.
COVERS = re.compile(
    r"(?i)for the period|\bcover(?:s|ing)? (?:the )?(?:period|year)|本报告(?:所?涵盖|统计)|统计(?:期|周期|时段)|报告期"
)
# A clause that holds one window above another and prints no figure: 下半年办案数量明显多于上半年.
_COMPARES = re.compile(r"[,，;；][^,，;；。\d]*[多少高低]于[^,，;；。\d]*(?=[,，;；。]|$)")
_RELATIVE = re.compile(r"(?i)[本该这今]|this|the (?:year|quarter|month)")
_FROM_EAST = re.compile(r"[由从自]$")
_LED_TO_EAST = re.compile(
    r"年?度?的?[约近超]?[\d.,]+[^,;，；。\d]{0,10}?(?:[降升增减提涨跌扩缩]|回落|攀升)[^,;，；。\d]{0,4}[至到为]"
)
_ITS_OWN = re.compile(r"(?:则?[为是]|仅[为有]?|有)[约近超逾]?[\d一二三四五六七八九十]")
# The half-year or the quarter before that of the text: 91.7% six months earlier, in the previous quarter.
_SPAN_BEFORE = re.compile(
    r"(?:%| ?per ?cent)?(?: [a-z]+){0,3}? (?:(?P<months>six|three|6|3) months (?:earlier|before|ago|previously)"
    r"|(?:in|for|during) the (?:previous|preceding|prior) (?:half[- ]year|(?P<half>half)|(?P<quarter>quarter)))\b"
)
_EAST = re.compile(r"[\u4e00-\u9fff]")
_YEAR = 366  # days of the longest year


@dataclass(frozen=True, slots=True)
class Time:
    """The window of a figure, and how it is known.

    Attributes
    ----------
    start, end
        First and last day; None where not told.
    basis
        A word of the dataset's vocabulary: printed, text_date, unknown.
    words
        The words that name it.
    reason
        Why it is this figure's.
    sure
        0 to 1.
    campaign
        Whether the words name a campaign, or stand beside one.
    borrowed
        Whether the words tell an end alone, and the first day is that of another window.
    """

    start: date | None = None
    end: date | None = None
    basis: str = "unknown"
    words: str = ""
    reason: str = "no words before or after it name a window"
    sure: float = 0.2
    campaign: bool = False
    borrowed: bool = False

    @property
    def days(self) -> int:
        """Its length in days, 0 where an end is open."""
        return (self.end - self.start).days + 1 if self.start and self.end else 0


def holds(whole: Time, part: Time) -> bool:
    """Tell whether a window lies within another."""
    if not (whole.start and whole.end and part.start and part.end):
        return False
    return whole.start <= part.start and part.end <= whole.end


def close_by(gap: str) -> bool:
    """Tell whether what stands between a figure and a window in English binds the two."""
    return len(gap) <= 60 and not re.search(
        r"[,;:()，；]|\band (?:[a-z]+ed|also|then|made|took|found|led)\b"
        r"|\b(?:while|but|up|down|compared|than|after|before|which|who)\b|\d",
        gap,
    )


def counting(found: list[FoundWindow], sentence: Sentence) -> list[FoundWindow]:
    """Return windows without those of clauses that hold one above another and print no figure."""
    idle = [(match.start(), match.end()) for match in _COMPARES.finditer(sentence.text)]
    return [one for one in found if not any(low <= one.span[0] - sentence.start < high for low, high in idle)]


def held_in(
    found: list[FoundWindow], text: str, figures: list[Counted], sentence: Sentence
) -> list[FoundWindow]:
    """Return the windows that figures are compared with: with 242 in 2017 and 615 in 2014, both."""
    against: list[FoundWindow] = []
    for one in found:
        joined = against and any(
            _AND_ALSO.fullmatch(text, against[-1].span[1], figure.span[0])
            and close_by(text[figure.span[1] : one.span[0]])
            for figure in figures
            if against[-1].span[1] < figure.span[0] and figure.span[1] <= one.span[0]
        )
        if joined or held_against(one, text, figures, sentence):
            against.append(one)
    return against


def compared_from(one: FoundWindow, text: str, sentence: Sentence) -> int | None:
    """Return where words of comparing begin whose figures are of a window: compared with 1,010 and 143,000 in 2024."""
    match = _COMPARED_LIST.search(text[sentence.start : one.span[0]])
    return None if match is None else sentence.start + match.start()


def _held_in_chinese(one: FoundWindow, text: str, figures: list[Counted]) -> bool | None:
    """Tell whether a figure is held against 去年同期 or 由2022年的 (61.7%降至54%), None where other signs tell."""
    low, high = one.span
    if one.words.isascii() and _NUMBER_OF.search(text[max(0, low - 24) : low]):
        return True
    if _FROM_EAST.search(text, max(0, low - 2), low) and _LED_TO_EAST.match(text, high):
        return True
    if one.form != "same_period":
        return None
    if _ITS_OWN.match(text, high):
        return any(figure.span[1] <= low for figure in figures)
    if _COMPARED.search(text[max(0, low - 12) : low]):
        return None
    return _TIMES.match(text, high) is not None or _CHANGED.match(text, high) is not None


def held_against(one: FoundWindow, text: str, figures: list[Counted], sentence: Sentence) -> bool:
    """Tell whether a window is what a figure is compared with."""
    if (told := _held_in_chinese(one, text, figures)) is not None:
        return told
    if one.form in ("compared", "same_period") or _TIMES.match(text, one.span[1]):
        return True
    for figure in figures:  # up from $2.6 billion in 2022
        low, high = figure.span
        if 0 <= one.span[0] - high < 40 and _AGAINST_FIGURE.search(text[max(sentence.start, low - 32) : low]):
            between = text[high : one.span[0]]
            if not re.search(r"[0-9]|\bto\b", between) and (
                figure.figure.unit not in PARTS
                or (figure.figure.unit == "percent" and figure.figure.kind == "level")
            ):
                return True
    at = compared_from(one, text, sentence)
    if at is not None and any(at < figure.span[0] < one.span[0] for figure in figures):
        return True
    before = text[max(0, one.span[0] - 36) : one.span[0]]
    if _MULTIPLE_OF.search(before):
        return True
    if not _HELD_AGAINST.search(before):
        return False
    if re.search(r"(?i)\b(?:from|over|on)(?: the)?\s*$", before):  # up 5% from 2022; but: cases from 2022
        near = [one_ for one_ in figures if 0 <= one.span[0] - one_.span[1] < 40]
        return any(one_.figure.unit in ("percent", "percentage_point", "ratio") for one_ in near)
    return True


def begun(windows: Sequence[FoundWindow], place: int, one: FoundWindow, held: Time | None) -> Time | None:
    """Return the running window of the same year that stands before an end told alone: 2014, by 12 December.

    `place` is that of the end among the windows of the text; of a campaign it is where the window carried on is.
    """
    if place == 0:
        return None
    last = windows[place - 1]
    near = one.span[0] - last.span[1] < 120
    if last.start and last.end and one.end and last.start <= one.end <= last.end and near:
        return Time(last.start, last.end, campaign=bool(held and held.campaign and held.start == last.start))
    return None


def same_told(windows: Sequence[FoundWindow], place: int, floor: int) -> bool:
    """Tell whether "the same period" is of a window before it in its sentence: from January to June, against ....

    `place` is its place among the windows of the text, `floor` the first character of its sentence.
    """
    last = windows[place - 1] if place else None
    if last is None or last.form not in ("range", "period", "since") or last.span[0] < floor:
        return False
    return not (
        last.start is None or last.end is None or (last.form != "since" and _RELATIVE.match(last.words))
    )


def ended(own: list[FoundWindow], published: date) -> list[FoundWindow]:
    """Return windows, the running ones ended by the day that their sentence names: 截至10月底, ... 今年 ..."""
    ends = [one.end for one in own if one.form == "as_of" and one.end]
    if len(ends) != 1:
        return own
    return [
        replace(one, end=ends[0])
        if one.start and one.end == published and one.form in ("since", "period") and one.start <= ends[0]
        else one
        for one in own
    ]


def runs_on(base: Time, one: FoundWindow) -> bool:
    """Tell whether a window before an end told alone goes on to it: not last year's, where the words are "so far"."""
    return base.end is None or one.end is None or one.form != "now" or base.end.year >= one.end.year


def of_another(one: FoundWindow, figures: list[Counted], high: int, text: str, growth: bool) -> bool:
    """Tell whether a window that stands behind a figure is closely bound to a later one, and not to both.

    In "74 raids and the arrest of 190 people in 2025" it is of both.
    """
    if not growth and not _APART.search(text, high, one.span[0]):
        return False  # raided four sites and seized 600 items worth $5,000 in May
    return any(
        high < other.span[0]
        and 0 <= one.span[0] - other.span[1] < 12
        and not _AND_ON.fullmatch(text, high, other.span[0])
        for other in figures
    )


def later_year(own: list[FoundWindow]) -> FoundWindow | None:
    """Return the later year of two that a change lies between: increased 76% between 2014 and 2015."""
    for one in own:
        years = _YEARS.fullmatch(one.words.lower())
        if years and one.start and one.end and one.end.year - one.start.year == int(years[2]) - int(years[1]):
            return replace(one, start=date(one.end.year, 1, 1))
    return None


def came_from(figure: Counted, held: Time, share: bool) -> Time | None:
    """Return the window a year before that of the text, for the level that a change came from: down from 14,890.

    Of what is told "six months earlier" it is the half-year before; of a share nothing else is.
    """
    if earlier := _span_before(figure, held):
        return earlier
    if share or not _CAME_FROM.search(figure.sentence.plain, max(0, figure.low - 48), figure.low):
        return None
    if held.start is None or held.end is None or held.days > _YEAR:
        return None
    start, end = shifted((held.start, held.end), -1)
    return replace(held, start=start, end=end, reason="what it was before: a year earlier", sure=0.5)


def _span_before(figure: Counted, held: Time) -> Time | None:
    """Return the half-year or the quarter before that of the text, where words behind a figure name it."""
    match = _SPAN_BEFORE.match(figure.sentence.plain, figure.figure.numeral.end)
    if match is None or held.start is None or held.end is None:
        return None
    months = 3 if match["quarter"] or match["months"] in ("three", "3") else 6
    start = months_on(held.start, -months)
    if months_on(held.start, months) != held.end + timedelta(days=1):
        return None
    end = held.start - timedelta(days=1)
    return replace(held, start=start, end=end, reason=f"the {months} months before", sure=0.6)


def year_after(against: list[FoundWindow], published: date) -> Time | None:
    """Return the year behind the one that a change is held against, where nothing else is told: 比2017年增加."""
    for one in against:
        if one.form != "compared" or one.start is None or one.end is None or one.end >= published:
            continue
        if (one.end - one.start).days < _YEAR - 2:
            continue
        start = date(one.end.year + 1, 1, 1)
        end = min(date(start.year, 12, 31), published)
        basis = "printed" if end < published else "text_date"
        return Time(start, end, basis, one.words, "the year behind the one it is held against", 0.5)
    return None


def without_campaign(held: Time | None) -> Time | None:
    """Return a window behind its paragraph: one from New Year's Day on is the year's, and no campaign's."""
    if held and held.campaign and held.start and (held.start.month, held.start.day) == (1, 1):
        return replace(held, campaign=False)
    return held


def day_of_all(behind: FoundWindow, own: list[FoundWindow], figure: Counted) -> bool:
    """Tell whether a day at the end of a sentence in English is that of all its figures: seized 3 bags ... on 2 May."""
    single = behind.start is not None and behind.start == behind.end and own == [behind]
    return single and not _EAST.search(figure.sentence.text)
