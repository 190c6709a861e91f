"""Figures of no one window: of every year, of a survey, of an edition before the one that a text tells of."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.intake.proportions import of_survey
from analysis.readings.lexicon import quick

_BEHIND = re.compile(
    r"[^,;.，；。\d]{0,30}?\b(?:every|each|per) year\b|[^,;.\d]{0,30}?\bannually\b"
    r"|(?: (?:million|billion|percent|per cent|%))?(?: [a-z]+){0,3} a year\b(?! (?:ago|earlier|before|later|on)|-)"
)
_BEFORE = re.compile(
    r"(?:^|[;,] )(?:every|each) year\b[^;.\d]*$|\b(?:every|each) year (?!to)[^,;.\d]{0,20}$"
    r"|\b(?:annual|yearly) (?:budget|cost|revenue|turnover|income)\b[^,;.\d]{0,24}$"
)
_ASKED = re.compile(r"\b(?:shoppers|consumers|respondents|adults|buyers|citizens)\b")
_EDITION = quick(
    r"(?:previous|last|earlier) (?:edition|round|phase)\b[^;.]*$|compared (?:with|to) the [a-z]+ edition[^;.]*$"
    r"|than (?:in |during )?the (?:[a-z]+|[0-9]+(?:st|nd|rd|th)) (?:edition|round|phase)[^;.]*$"
    r"|over (?:the|its|all|these|those) (?:[a-z]+|[0-9]+) (?:editions|rounds|phases)[^;.]*$"
    r"|(?:上一?[次届轮期]|前一[次届轮期])(?:行动|专项)[^;。]*$"
)
_EDITIONS = re.compile("edition|round|phase|次|届|轮|期")
_REACH = 400  # characters of a sentence before a figure that tell whose it is


@lru_cache(maxsize=4096)
def _signs(plain: str) -> tuple[bool, bool, bool]:
    """Tell whether a sentence may speak of every year, of a survey, of an edition; asked once for all its figures."""
    yearly = "year" in plain or "annual" in plain
    return yearly, _ASKED.search(plain) is not None and of_survey(plain), _EDITIONS.search(plain) is not None


def no_window(plain: str, low: int, end: int, alone: bool, growth: bool) -> str:
    """Return why a figure of a plain sentence has no one window, blank where it may have one.

    `low` is its first character, `end` the one behind its number; `alone` says that its sentence names no window.
    """
    floor = max(0, low - _REACH)
    yearly, survey, edition = _signs(plain)
    if yearly and (_BEHIND.match(plain, end) or _BEFORE.search(plain, floor, low)):
        return "of every year: no one window"
    if alone and survey:
        return "of a survey, whose days are not told"
    if alone and not growth and edition and _EDITION.search(plain, floor, low):
        return "of an edition before the one that the text tells of"
    return ""
