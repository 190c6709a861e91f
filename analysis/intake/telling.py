"""Days that count nothing: of telling, of a law, and the ends of a window that is told beside them."""

from __future__ import annotations

import re
from datetime import date

from analysis.intake.sentences import Sentence
from analysis.readings.window_words import FoundWindow

# Words of telling: a day beside them is that of the text, and counts nothing.
_TOLD = re.compile(
    r"(?i)发布|通报|获悉|公布|召开|举行|印发|介绍|表示|消息|报道|讯|电$|披露|透露|新闻|announce|said|says|released?|report(?:ed|s)\b|statement"
    r"|told|press|publish|unveil|conference|issued|updated|posted"
)
_AFTER = re.compile(r"(?i)\b(?:after|before|since|following|ahead of) $")
# The day of a rule: the exemption ended on 29 August, 条例自5月1日起施行.
_OF_A_RULE = re.compile(
    r"(?i)\b(?:exemption|rule|law|act|regulation|order|amendment|scheme|decree|ordinance|directive)\b[^,;.]{0,30}"
    r"\b(?:ended|expired|took effect|came into (?:force|effect)|entered into force|was (?:signed|passed|enacted))"
    r" (?:on|in) (?:the )?$"
)
_IN_FORCE = re.compile(r"(?:起|日)?(?:正式)?(?:施行|实施|生效)")
# How long those who were caught had been at it: had been operating for the past eight months.
_AT_IT = re.compile(
    r"(?i)\b(?:operating|active|running|in (?:business|operation)|producing|selling|manufacturing|trading)\b"
    r"[^,;.\d]{0,24}\b(?:for|since|over|in)(?: the)? $"
)
_DAYS_OF_NEWS = 10
_SHORT = 45  # characters between words of telling and their day
_NAMED_BEHIND = 4  # characters between a window and the campaign whose days it tells
_BESIDE = 40  # characters between a window and the day that it ends on


def counting_days(
    found: list[FoundWindow], text: str, sentence: Sentence, published: date
) -> list[FoundWindow]:
    """Return the windows of a sentence that count something."""
    kept: list[FoundWindow] = []
    for one in found:
        named = one.form == "campaign" and kept and kept[-1].start and kept[-1].end != kept[-1].start
        if named and one.span[0] - kept[-1].span[1] < _NAMED_BEHIND:
            continue  # 今年3月至6月的“春雷”行动中: the days are told
        if _names(one, text, sentence, published) and not (kept and _ends(kept[-1], one)):
            kept.append(one)
    return kept


def _ends(whole: FoundWindow, one: FoundWindow) -> bool:
    """Tell whether a day is only that on which the window before it began or ended: FY 2025, which ended on ...."""
    single = one.end is not None and one.start in (None, one.end) and one.form in ("period", "as_of")
    longer = whole.start is not None and whole.end is not None and whole.start < whole.end
    return single and longer and one.end in (whole.start, whole.end) and one.span[0] - whole.span[1] < _BESIDE


def _names(one: FoundWindow, text: str, sentence: Sentence, published: date) -> bool:
    """Tell whether a window counts something, or is only the day on which something was told or came into force."""
    if one.start and one.start > published:
        return False
    if one.form in ("campaign", "recent") and one.start is None:
        return False
    if one.words.endswith(("'s", "’s")) and _AFTER.search(text[: one.span[0]][-12:]):
        return False  # after last year's game
    before = text[max(sentence.start, one.span[0] - 80) : one.span[0]]
    if one.form in ("last", "since", "recent") and _AT_IT.search(before):
        return False
    if _OF_A_RULE.search(before) or _IN_FORCE.match(text, one.span[1]):
        return False
    single = one.start is not None and one.start == one.end
    near = single and 0 <= (published - (one.start or published)).days <= _DAYS_OF_NEWS
    if near:
        around = text[max(sentence.start, one.span[0] - _SHORT) : min(sentence.end, one.span[1] + _SHORT)]
        if _TOLD.search(around) or one.start == published:
            return False
    return True
