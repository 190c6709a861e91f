"""What a percentage or a multiple is of: the change of a quantity, or a share of one."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from analysis.intake.counted import Counted
from analysis.intake.indicator_words import EAST_MEANS, EAST_TERMS, WEST_MEANS, WEST_TERMS
from analysis.intake.lookup import CJK, class_of, nearest, noun_in, settled
from analysis.intake.meaning import Meaning
from analysis.readings.unit_words import STANDS_FOR

_SHARE = re.compile(
    r"占|(?:account(?:ed|ing)?|made up|mak(?:es?|ing) up|represent\w*|share|of"
    r" (?:all|the|which|these|those|them|goods)|per ?cent of|% of|with)"
)
_TO = re.compile(r"(?:%| ?percent| ?per ?cent|个百分点)?(?:,| year[- ]on[- ]year)? ?(?:to|至|到) ?$")
_BEFORE = 40  # figures of a sentence before a change that it may be of
_ON = re.compile(r"[a-z %]*, (?:up|down|a rise|a fall|an increase|a decrease)")
_TIMES = re.compile(r"[,、]?(?:大?约|几乎|近)?(?:[为是]|相当于)[^,;。\d]{0,14}的(?:大?约|近)?")
_OF_SHARE = re.compile(r"(?: times)? (?:the|that|its) (?:share|proportion|rate)\b")
# What is left of a count before its change: "4,215 counter | notices in 2022, 12% more".
_TAIL = re.compile(r" ?[a-z]+(?: (?:in|during|for|over) (?:the )?[a-z0-9 ]{2,14})?, ")
# The count that a change is of by its bare name: 与上年相比,批次增长4.5%,数量增长10.6%.
_BARE = re.compile(
    r"(?:^|[,;:、])(?:其中|扣留|涉案|涉及)?(批次|批数|数量|件数|人数|起数|案件数|宗数|案值|金额|货值)(?:总?数)?(?:同比|环比|均|又|也|则)*[^,;。\d]{0,6}$"
)
_BARE_UNITS = {"批": ("seizure",), "数量": ("item",), "件数": ("item", "case", "seizure", "request", "lead"),
               "人数": ("person",), "起数": ("case",), "案件": ("case",), "宗数": ("case",)}  # fmt: skip
_NUMBERED = {"件数": ("case", "item", "seizure", "request", "lead")}  # whichever was counted last
_SURVEY = re.compile(
    r"survey|poll(?:ed)?\b|respondents|shoppers|of adults\b"
    r"|(?:adults|people|consumers) (?:[a-z ]{0,20})?(?:admit|would consider)|受访|问卷|调查显示"
)


@lru_cache(maxsize=4096)
def of_survey(plain: str) -> bool:
    """Tell whether a sentence tells of a survey; asked once for all of its figures."""
    return _SURVEY.search(plain) is not None


def change_of(base: Meaning, unit: str, reason: str, sure: float) -> Meaning:
    """Return the change of a quantity."""
    if base.indicator == "share":
        return replace(base, unit=unit, relation="change_of:share", kind="change", reason=reason, sure=sure)
    return replace(
        base,
        unit=unit,
        relation=f"change_of:{base.indicator}",
        kind="change",
        reason=f"{reason} ({base.indicator})",
        sure=sure,
        standing=base.kind == "stock" or base.standing,
    )


def of_proportion(
    figure: Counted,
    figures: list[Counted],
    zone: str,
    behind: str,
    earlier: list[Meaning],
    before_it: list[Meaning],
    reporter: str,
) -> Meaning:
    """Return what a percentage is of: the change of a quantity, or a share of one."""
    unit = figure.figure.unit or ""
    of_whole = re.match(r"(?:%| ?percent| ?per ?cent) of (?:the|all|its|total|those|these)", behind)
    growth = figure.figure.kind in ("growth", "index", "difference", "multiple") and not of_whole
    if unit == "ratio" and _OF_SHARE.match(behind):
        return change_of(Meaning("share", "", unit), unit, "a share that changed", 0.8)
    counts = [one for one in earlier[-_BEFORE:] if one.kind != "change" and one.indicator != "share"]
    if growth:
        own = _led_to(figure, figures, zone, behind, reporter) or _in_noun(behind, counts)
        own = own or _by_bare_name(zone, [*before_it, *counts])
        own = (
            own or None if _TAIL.fullmatch(zone) else own or _quantity(zone, reporter, [*before_it, *earlier])
        )
        base = own or (counts[-1] if counts else None) or next(
            (one for one in reversed(before_it) if one.kind != "change" and one.indicator != "share"), None
        ) or _quantity(behind, reporter, [])  # fmt: skip
        if (
            own
            and own.indicator == "value_seized"
            and re.fullmatch(r"(?:the )?valued?|value of|货值|价值", own.reason.strip())
        ):
            of_money = [one for one in (*before_it, *earlier) if one.indicator.startswith("value_")]
            base = of_money[-1] if of_money else base
        last = earlier[-1] if earlier else None
        if (
            last
            and last.indicator == "share"
            and last.kind != "change"
            and (unit == "percentage_point" or _ON.match(zone) or _TIMES.fullmatch(zone))
        ):
            base = last
        if base is None:
            return Meaning(
                "other", "", unit, "change_of:unstated", "change", "no quantity is named that changed", 0.3
            )
        return change_of(base, unit, base.reason, 0.85 if own else 0.8)
    if of_survey(figure.sentence.plain) and not zone.endswith("response rate of "):
        return Meaning("survey", "", unit, "share_of:respondents", "flow", "a survey", 0.8)
    whole = (
        _quantity(behind, reporter, []) or _quantity(zone, reporter, []) or (counts[-1] if counts else None)
    )
    name, stage = (whole.indicator, whole.stage) if whole else ("unstated", "")
    sure = 0.85 if _SHARE.search(zone + behind) else 0.6
    return Meaning(
        "share",
        stage,
        unit,
        f"share_of:{name}",
        "flow",
        "a percentage that no word of change stands by",
        sure,
    )


def _by_bare_name(zone: str, counts: list[Meaning]) -> Meaning | None:
    """Return the last count that a change is of by its bare name: 批次, 数量, 人数, 案值."""
    match = _BARE.search(zone)
    if match is None:
        return None
    units = next((units for name, units in _BARE_UNITS.items() if match[1].startswith(name)), None)
    for one in reversed(counts):
        counted = one.unit.isupper() if units is None else one.unit in units
        if counted and one.kind != "change" and one.indicator != "share":
            return replace(one, reason=f"{match[1]}, as counted before")
    return None


def _led_to(figure: Counted, figures: list[Counted], zone: str, behind: str, reporter: str) -> Meaning | None:
    """Return what the figure counts that a change led to: fell by 41% to 24.6 million articles."""
    if figure.index + 1 >= len(figures) or not _TO.search(behind):
        return None
    other = figures[figure.index + 1]
    limit = figures[figure.index + 2].low if figure.index + 2 < len(figures) else len(figure.sentence.plain)
    after = figure.sentence.plain[other.figure.numeral.end : limit]
    kind, unit, noun = class_of(other, zone, after, [])
    found = nearest(figure.sentence.plain, zone, after, figure.low, kind)
    if found is None:
        return None
    indicator, stage, _ = settled(*found[0], unit, reporter, figure.sentence.plain)
    return Meaning(indicator, stage, unit, reason=f"{found[1]}, to {noun or unit}")


def _in_noun(behind: str, counts: list[Meaning]) -> Meaning | None:
    """Return the count that the noun behind a change names: 12 per cent in cases."""
    match = re.match(
        r"(?:%| ?percent| ?per ?cent)? (?:in|for) (?:the )?(?:number of |value of )?([a-z]+)", behind
    )
    told = noun_in("", match[1], False) if match else None
    if told is None:
        return None
    for unit in (told[1], *STANDS_FOR.get(told[1], ())):
        for one in reversed(counts):
            if one.unit == unit:
                return one
    return None


def _quantity(words: str, reporter: str, earlier: list[Meaning]) -> Meaning | None:
    """Return the quantity that words name by themselves: arrests rose, 立案数同比上升, the number of suspects fell."""
    east = bool(CJK.search(words))
    pattern, terms = (EAST_TERMS, EAST_MEANS) if east else (WEST_TERMS, WEST_MEANS)
    for clause in reversed(re.split(r"[,;，；。]", words)):
        match = next(pattern.finditer(clause), None)
        told = noun_in(clause[:40], "", True) if clause.strip() else None
        if match is None:
            units = _NUMBERED.get(told[0], (told[1],)) if told else ()
            if told and (same := [one for one in earlier if one.unit in units and one.kind != "change"]):
                return replace(same[-1], reason=f"{told[0]}, as counted before")
            continue
        term = terms[int(str(match.lastgroup)[1:])]
        kind = (
            told[2]
            if told and told[2] in term.means
            else told[1]
            if told and told[1] in term.means
            else term.first
        )
        indicator, stage, _ = settled(*term.means[kind], "", reporter, clause)
        return Meaning(indicator, stage, "", reason=match[0])
    return None
