"""Figures as the words around them have them: changes told one after another, the base that one is above, dollars."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.readings.figure import Figure
from analysis.readings.printed import DOLLARS, OF_JURISDICTION

_PARTS = ("percent", "percentage_point")
_LINK = re.compile(
    r"(?:%|成(?:以上|多)?|个?百分点| ?percent(?:age points?)?| ?per cent)?(?: in [a-z ]{3,20})?"
    r"[、,]? ?(?:和|及|与|and )?(?:by )?(?:百分之)?"
)
_MORE_THAN = re.compile(
    r"(?:%| ?per ?cent| ?percentage points?| times)? (?:more|fewer|less|higher|lower|greater|larger|smaller)"
    r"(?: [a-z]+){0,2} than (?:the |those |that )"
    r"|(?:%| ?per ?cent)? (?:over|from|on) (?:the |those )$"
)


def without_than(plain: str, figure: Figure, kept: list[Figure]) -> Figure:
    """Return the base of a comparison without the hedge that "more than" would be: 52.6 percent more than the 27."""
    if figure.hedge not in ("more_than", "less_than") or not kept or kept[-1].unit not in (*_PARTS, "ratio"):
        return figure
    gap = plain[kept[-1].numeral.end : figure.numeral.start]
    return replace(figure, hedge="exact") if _MORE_THAN.match(gap) else figure


def continued(plain: str, figures: list[Figure]) -> list[Figure]:
    """Return the figures with the change that a list of percentages goes on telling: 分别下降12.4%、15.1%."""
    done: list[Figure] = []
    for figure in figures:
        last = done[-1] if done else None
        if last is not None and figure.kind == "level" and figure.unit in _PARTS and last.unit in _PARTS:
            changed = last.kind in ("growth", "difference")
            if changed and _LINK.fullmatch(plain, last.numeral.end, figure.numeral.start):
                figure = replace(
                    figure, kind=last.kind, value=-figure.value if last.value < 0 else figure.value
                )
        done.append(figure)
    return done


def in_local_money(figure: Figure, plain: str, local: str) -> Figure:
    """Return a sum with a bare dollar sign in the money of the country that prints it."""
    unit = OF_JURISDICTION.get(local)
    near = plain[max(0, figure.numeral.start - 5) : figure.numeral.end + 12].split(" (")[
        0
    ]  # $523 million (US$67 ...
    if unit in DOLLARS and figure.unit == "USD" and not re.search(r"us|american|美", near):
        return replace(figure, unit=unit)
    if unit in ("HKD", "TWD") and figure.unit == "CNY" and not re.search(r"人民|rmb|yuan|cny", near):
        return replace(figure, unit=unit)
    return figure
