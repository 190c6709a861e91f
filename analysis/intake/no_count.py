"""Numbers that are an hour, an age, a telephone number, a limit, a way of working, or parts of a figure told before."""

from __future__ import annotations

import re

from analysis.readings.figure import Figure
from analysis.readings.unit_words import UNITS

MONEY = frozenset(unit for unit in UNITS if unit.isupper())
# The hour of a day, ages, hotlines by their number, and what somebody had done before.
_HOUR = re.compile(
    r"[时点](?:[0-9半一整]|许|左右|多(?!家|个|起)|[,,;。、]|$|在|举|至|起|分)"
    r"| ?(?:[ap]\.?m\b\.?|o'?clock|hours? (?:on|gmt))"
)
_HOUR_BEFORE = re.compile(r"(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|深夜|当晚|夜间)$")
_AGED = re.compile(r"\b(?:aged?|ages)(?: (?:between|from|of))?(?: ?[0-9]{1,2}(?:,| and| to| or)?)* ?$")
_HOTLINE = re.compile(r"(?:123[0-9]{2}|9[56][0-9]{3}|110)")
_COUNTED_BEHIND = re.compile(
    r"[余多]?[万亿千百件起人名个家批条次台只双瓶箱元处户份吨枚支盒套张项款种%]| ?[a-z]"
)
_DONE_BEFORE = re.compile(r"(?:曾因|曾被|曾受|previously)[^,;。]{0,24}$")
_ABROAD = re.compile(r"(?:^|[ (:])\+[0-9]{1,3}[0-9 ()-]*$|(?:^|[ (:])\+$")
_DIGITS_APART = re.compile(r" [0-9]{4}(?![0-9,.])")
_OLD = re.compile(
    r"(?: and [0-9]{2})?, (?:face|were|are|both|who|of|from|was|has|had|pleaded|admitted|appeared)\b"
)
_TIMES_BEFORE = re.compile(r" (?:before|already|previously)\b")
_TIMES_VALUE = re.compile(
    r"(?: times)? the (?:value|amount|price|market value)\b|(?: times)? the [a-z ]{0,20}value"
)
_TEAMS = re.compile(r"个[^,;。\d]{0,8}(?:小?组|路|片区|梯队)")
_EXEMPT = re.compile(
    r"(?: [a-z-]+){0,3} (?:exemption|threshold|allowance|limit|cap)\b| de minimis"
    r"| or (?:less|under|below|more|above|over)\b(?!,? (?:than|worth))"
)
_PACKED = re.compile(r" (?:[a-z]+ )?(?:carton boxes|cartons|cardboard boxes|pallets|suitcases)(?! of)")
_SUM_OF = re.compile(
    r"[^;.\d]{0,16}\b(?:comprising|namely|made up of|consisting of|all of them)\b[^;.\d]{0,12}"
)
_CODE_OF_AREA = re.compile(r"(?<![0-9])0[0-9]{2,4}[ -]$")
_DIGITS_BEFORE = re.compile(r"(?<![0-9,.])[0-9]{3,4} $")


def no_count(plain: str, figure: Figure, before: str, kept: list[Figure]) -> str:
    """Return why a number of a plain sentence counts nothing, blank where no sign here tells.

    `before` is what stands before it, `kept` the figures of the sentence so far.
    """
    start, end = figure.numeral.start, figure.numeral.end
    if _by_clock(plain, figure, before):
        return "an hour of a day, or an age"
    if _called(plain, figure, before):
        return "a telephone number"
    if _limits(plain, figure, before):
        return "a limit that a rule sets"
    if _DONE_BEFORE.search(before):
        return "what was done before, and not by the text's counter"
    if before.endswith("分") and _TEAMS.match(plain, end):
        return "a price, or a way of working"
    if before.endswith("in ") and _PACKED.match(plain, end):
        return "how goods were packed"
    same = kept and kept[-1].unit == figure.unit == "person" and kept[-1].value == figure.value
    if same and _SUM_OF.search(plain[kept[-1].numeral.end : start]):
        return "the parts of the figure before it"
    return ""


def _by_clock(plain: str, figure: Figure, before: str) -> bool:
    """Tell whether a number is an hour or an age."""
    end = figure.numeral.end
    hour = _HOUR_BEFORE.search(before) or (figure.value <= 24 and _HOUR.match(plain, end))
    if not figure.unit and hour:
        return True
    if figure.value < 100 and _AGED.search(before) and not figure.measure:
        return True
    return (
        16 <= figure.value < 100
        and re.search(r"[a-z], (?:[0-9]{2} and )?$", before) is not None
        and bool(_OLD.match(plain, end))
    )


def _called(plain: str, figure: Figure, before: str) -> bool:
    """Tell whether a number is of a telephone."""
    end = figure.numeral.end
    printed = plain[figure.numeral.start : end]
    if (not printed.startswith("0") and _ABROAD.search(before)) or _CODE_OF_AREA.search(before):
        return True
    if _HOTLINE.fullmatch(printed) and not _COUNTED_BEHIND.match(plain, end):
        return True
    parts = not figure.unit and re.fullmatch(r"[0-9]{3,4}", printed)
    return bool(parts and (_DIGITS_APART.match(plain, end) or _DIGITS_BEFORE.search(before)))


def _limits(plain: str, figure: Figure, before: str) -> bool:
    """Tell whether a number is that of a rule, a threshold, or a penalty by the value."""
    end = figure.numeral.end
    if re.search(r"[0-9]\($", before) and plain.startswith(")", end):
        return True
    if figure.unit == "ratio":
        of_value = _TIMES_VALUE.match(plain, end) and re.search(r"penalt|\bfines?\b|liable", plain)
        return bool(_TIMES_BEFORE.match(plain, end) or of_value)
    return figure.unit in MONEY and _EXEMPT.match(plain, end) is not None
