"""What a figure counts: the verb or noun nearest to it that goes with its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from analysis.dataset.vocabularies import INDICATOR_UNITS
from analysis.intake.counted import Counted
from analysis.intake.indicator_words import (
    CLASSES,
    EAST_MEANS,
    EAST_TERMS,
    NOUNS,
    WEST_MEANS,
    WEST_TERMS,
    Term,
)
from analysis.readings.unit_words import STANDS_FOR

_CJK = re.compile(r"[\u4e00-\u9fff]")
_CLAUSE = re.compile(r"[,;:.，；：。(]")
_CLAUSE_WEST = re.compile(r"[;.(]|, (?:while|but|up|down|an? )|(?<=[a-z]) (?:while|whereas)\b")
_CUSTOMS = ("GACC", "CBP", "EC", "CBSA", "UKBorderForce", "HMRC")
_PARTS = ("percent", "percentage_point", "ratio")
STOCKS = ("members", "staff", "brands", "participants")
_ONE_BY_ONE = re.compile(r"分别|respectively")
_GENUINE = re.compile(r"genuine|msrp|suggested retail|retail (?:price|value)")
_ON = re.compile(r"[a-z %]*, (?:up|down|a rise|a fall|an increase|a decrease)")
_SURVEY = re.compile(r"survey|poll(?:ed)?\b|respondents|shoppers|受访|问卷|调查显示")
_PASSIVE = re.compile(r"[ a-z'-]{0,40}?\b(?:were|was|have been|had been|being|are)\b")
_VERB_BEHIND = re.compile(r" (?:were|was|have been|had been) [a-z]+")
_TO = re.compile(r"(?:%| ?percent| ?per ?cent|个百分点)?(?:,| year[- ]on[- ]year)? ?(?:to|至|到) ?$")
_SHARE = re.compile(
    r"占|(?:account(?:ed|ing)?|made up|mak(?:es?|ing) up|represent\w*|share|of (?:all|the|which|these|those|them|goods)|per ?cent of|% of|with)"
)
# Measure words of no one unit, by what the nouns beside them say; 件 of an item where no 案 stands near.
_PIECES = re.compile(r"[件个家批次处条项套份宗例部]")
_DEFAULT = {
    "case": ("cases_investigated", "investigated"), "person": ("suspects_arrested", "arrested"),
    "place": ("regions_counted", ""), "gang": ("gangs_destroyed", ""), "item": ("items_seized", "seized"),
    "seizure": ("seizures", "seized"), "listing": ("listings_removed", "removed"), "store": ("stores_closed", "removed"),
    "website": ("websites_closed", "removed"), "account": ("accounts_blocked", ""), "lead": ("leads_referred", "reported"),
    "request": ("takedown_requests", "reported"), "action": ("enforcement_actions", ""), "firm": ("members", ""),
    "weight": ("weight_seized", "seized"), "money": ("value_involved", ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure counts.

    Attributes
    ----------
    indicator, stage, unit
        Words of the dataset's vocabularies.
    relation
        "change_of:..." or "share_of:...", blank for a count.
    kind
        flow, stock or change.
    reason, sure
        Why, and how sure from 0 to 1.
    """

    indicator: str
    stage: str
    unit: str
    relation: str = ""
    kind: str = "flow"
    reason: str = ""
    sure: float = 0.9


def is_stock(meaning: Meaning) -> bool:
    """Tell whether a figure is of what stands on a day, or is its change."""
    return meaning.kind == "stock" or meaning.relation.removeprefix("change_of:") in STOCKS


def meanings_of(figures: list[Counted], reporters: list[str], before_it: list[Meaning]) -> list[Meaning]:
    """Return what each figure of a sentence counts.

    `reporters` are who counted each, `before_it` the meanings of the figures of the sentences before.
    """
    found: list[Meaning] = []
    told = _one_by_one(figures)
    for figure, reporter in zip(figures, reporters, strict=True):
        base = found[told[figure.index]] if figure.index in told else None
        if base is not None:
            meaning = _change_of(
                base, figure.figure.unit or "", "told one by one with the counts before", 0.85
            )
        else:
            meaning = _meaning_of(figure, figures, reporter, found, before_it)
        found.append(meaning)
    return found


def _one_by_one(figures: list[Counted]) -> dict[int, int]:
    """Return the counts that changes are of where both are told one by one (分别, respectively), by place."""
    if not figures or not _ONE_BY_ONE.search(figures[0].sentence.plain):
        return {}
    parts = [one for one in figures if one.figure.unit in _PARTS and one.figure.kind != "level"]
    for size in range(len(parts), 1, -1):
        group = parts[:size]
        first = group[0].index
        if [one.index for one in group] == list(range(first, first + size)) and first >= size:
            between = figures[0].sentence.plain[figures[first - 1].high : group[0].low]
            if _ONE_BY_ONE.search(between) or "respectively" in figures[0].sentence.plain:
                return {one.index: first - size + place for place, one in enumerate(group)}
    return {}


def _meaning_of(
    figure: Counted, figures: list[Counted], reporter: str, earlier: list[Meaning], before_it: list[Meaning]
) -> Meaning:
    """Return what a figure counts, from the words around it and the figures before it."""
    unit = figure.figure.unit or ""
    plain = figure.sentence.plain
    floor = figures[figure.index - 1].high if figure.index else 0
    limit = figures[figure.index + 1].low if figure.index + 1 < len(figures) else len(plain)
    zone, behind = plain[floor : figure.low], plain[figure.figure.numeral.end : limit]
    if earlier and earlier[-1].kind == "change" and len(zone.strip()) < 10:  # doubled to 21,700
        zone = plain[figures[figure.index - 2].high if figure.index > 1 else 0 : figure.low]
    if unit in _PARTS:
        return _of_proportion(figure, figures, zone, behind, earlier, before_it, reporter)
    kind, unit, noun = _class_of(figure, zone, behind, [*before_it[-6:], *earlier])
    found = _nearest(plain, zone, behind, floor, kind)
    if found is None and kind in ("website", "account"):
        found = _nearest(plain, zone, behind, floor, "store")
    if kind == "person" and _SURVEY.search(plain) and (found is None or not _PASSIVE.match(behind)):
        found = ("survey", ""), "a survey"
    if found is not None and kind == "money" and _GENUINE.search(plain[floor:limit]):
        found = ("value_msrp", "seized"), "the price of genuine goods"
    if found is None:
        indicator, stage = _DEFAULT.get(kind, ("other", ""))
        if kind == "firm" and noun.startswith(("brand", "品牌")):
            indicator = "brands"
        reason, sure = f"the usual one of its unit ({kind or 'none'}): no verb or noun tells it", 0.45
        same = [one for one in [*before_it[-6:], *earlier][::-1] if one.unit == unit and not one.relation]
        later = _first(WEST_TERMS, WEST_MEANS, plain[figure.high :], kind) if kind == "person" else None
        if later:
            (indicator, stage), reason, sure = later[0], later[1], 0.7
        elif same:
            indicator, stage, reason, sure = same[0].indicator, same[0].stage, "as the figure before it", 0.7
    else:
        (indicator, stage), words = found
        reason, sure = f"{words}, with {noun or unit}", 0.9
    indicator, stage, unit = _settled(indicator, stage, unit, reporter, plain)
    if figure.figure.kind == "difference":
        return Meaning(
            indicator, stage, unit, f"change_of:{indicator}", "change", f"{reason}; a difference", sure - 0.1
        )
    relation = f"mean_of:{indicator}" if figure.figure.kind == "mean" else ""
    return Meaning(indicator, stage, unit, relation, "stock" if indicator in STOCKS else "flow", reason, sure)


def _settled(indicator: str, stage: str, unit: str, reporter: str, plain: str) -> tuple[str, str, str]:
    """Return indicator, stage and unit as the dataset has them of a reporter."""
    customs = reporter in _CUSTOMS or "Customs" in reporter
    if customs:
        if indicator in ("cases_investigated", "cases_solved") and unit in ("case", "seizure", ""):
            indicator, stage = "seizures", "seized"
        if indicator in ("items_seized", "seizures", "value_seized") and reporter in (
            "GACC",
            "EC",
            "JapanCustoms",
        ):
            stage = "detained_at_border"
        if unit == "case" and indicator == "seizures":
            unit = "seizure"
        if (
            indicator == "value_seized"
            and reporter in ("CBP", "EC", "EUIPO")
            and not re.search(r"domestic", plain)
        ):
            indicator = "value_msrp"
    if indicator in ("cases_concluded", "cases_accepted") and re.search(r"一审|first[- ]instance", plain):
        stage = "first_instance"
    if indicator in ("cases_concluded", "cases_accepted") and re.search(
        r"二审|second[- ]instance|appeal", plain
    ):
        stage = "second_instance"
    allowed = INDICATOR_UNITS.get(indicator, ())
    if indicator in ("samples_tested", "samples_failed") and unit in ("seizure", "case"):
        unit = "item"
    if (
        unit
        and unit not in allowed
        and allowed
        and (unit == "item" or unit in STANDS_FOR.get(allowed[0], ()))
    ):
        unit = allowed[0]
    return indicator, stage, unit


def _class_of(figure: Counted, zone: str, behind: str, earlier: list[Meaning]) -> tuple[str, str, str]:
    """Return the class, the unit and the noun of what a figure counts."""
    unit = figure.figure.unit or ""
    if figure.money:
        return "money", unit, ""
    east = bool(_CJK.search(figure.sentence.plain))
    label = zone.rstrip().endswith((":", "|", "\t"))
    near = re.split(r"[,;:.，；。]", zone.rstrip(" :|\t"))[-1] if east or label else ""
    after = re.match(r"[^,;.，；。\d]{0,40}", behind)
    words = "" if label and not east else after[0] if after else ""
    piece = _PIECES.match(behind) is not None and east
    if unit in ("store", "item", "action", "case", "firm", "listing", ""):
        told = _noun(near[-16:] if east else near, words, east)
        if told is None and not unit and not east:
            told = _noun(zone[-60:], "", True)
        if told and (unit in ("", "store") or piece or label):
            return told[2], told[1], told[0]
    if (
        unit in ("item", "") and piece and re.match("[件宗例]", behind)
    ):  # cases where the verb goes with cases alone
        verb = _means(EAST_TERMS, EAST_MEANS, zone)
        if verb and "case" in verb and "item" not in verb:
            return "case", "case", ""
        if verb is None and earlier and earlier[-1].unit in ("case", "item"):
            return earlier[-1].unit, earlier[-1].unit, ""
    if unit:
        return CLASSES.get(unit, unit), unit, ""
    verb = (
        _means(WEST_TERMS, WEST_MEANS, clause[0])
        if (clause := _VERB_BEHIND.match(behind)) and not east
        else None
    )
    if verb and next(iter(verb)) in CLASSES.values():
        return next(iter(verb)), next(unit for unit, kind in CLASSES.items() if kind == next(iter(verb))), ""
    counted = [one for one in earlier if one.unit not in _PARTS and not one.unit.isupper()]
    if counted and not east:
        return CLASSES.get(counted[-1].unit, ""), counted[-1].unit, "as the figure before it"
    return "item", "item", ""


def _means(pattern: re.Pattern[str], terms: list[Term], text: str) -> dict[str, tuple[str, str]] | None:
    """Return what the last words of a text mean, by class."""
    found = _terms_in(pattern, text)
    return terms[found[-1][0]].means if found else None


@lru_cache(maxsize=16384)
def _noun(near: str, behind: str, east: bool) -> tuple[str, str, str] | None:
    """Return the noun nearest to a figure, with the unit and the class that it names."""
    best: tuple[int, tuple[str, str, str]] | None = None
    for pattern, unit, kind in NOUNS:
        match = pattern.search(behind)
        if match and (best is None or match.start() + 6 * east < best[0]):
            best = (match.start() + 6 * east, (match[0], unit, kind))
        for match in pattern.finditer(near):
            rank = len(near) - match.end()
            if best is None or rank < best[0]:
                best = (rank, (match[0], unit, kind))
    return best[1] if best else None


def _nearest(plain: str, zone: str, behind: str, floor: int, kind: str) -> tuple[tuple[str, str], str] | None:
    """Return what the nearest words say that go with a class: between the figures, behind it, then before them."""
    east = bool(_CJK.search(plain))
    pattern, terms = (EAST_TERMS, EAST_MEANS) if east else (WEST_TERMS, WEST_MEANS)
    own = _last(pattern, terms, zone, kind)
    cut = (_CLAUSE if east else _CLAUSE_WEST).search(behind)
    clause = behind[: cut.start()] if cut else behind
    ahead = _first(pattern, terms, clause[:90], kind)
    if own and ahead and not east and _PASSIVE.match(clause):
        return ahead
    return own or ahead or _last(pattern, terms, plain[:floor], kind)


def _last(
    pattern: re.Pattern[str], terms: list[Term], text: str, kind: str
) -> tuple[tuple[str, str], str] | None:
    """Return what the last words of a text say that go with a class."""
    for index, words in reversed(_terms_in(pattern, text)):
        if kind in terms[index].means:
            return terms[index].means[kind], words
    return None


@lru_cache(maxsize=16384)
def _terms_in(pattern: re.Pattern[str], text: str) -> tuple[tuple[int, str], ...]:
    """Return the terms of a text in order: the place of each in its list, and its words."""
    return tuple((int(str(match.lastgroup)[1:]), match[0]) for match in pattern.finditer(text))


def _first(
    pattern: re.Pattern[str], terms: list[Term], text: str, kind: str
) -> tuple[tuple[str, str], str] | None:
    """Return what the first words of a text say that go with a class."""
    for index, words in _terms_in(pattern, text):
        if kind in terms[index].means:
            return terms[index].means[kind], words
    return None


def _change_of(base: Meaning, unit: str, reason: str, sure: float) -> Meaning:
    """Return the change of a quantity."""
    if base.indicator == "share":
        return replace(base, unit=unit, relation="change_of:share", kind="change", reason=reason, sure=sure)
    relation = f"change_of:{base.indicator}"
    return replace(
        base, unit=unit, relation=relation, kind="change", reason=f"{reason} ({base.indicator})", sure=sure
    )


def _of_proportion(
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
    counts = [one for one in earlier if one.kind != "change" and one.indicator != "share"]
    if growth:
        own = _led_to(figure, figures, zone, behind, reporter) or _in_noun(behind, counts) or _quantity(
            zone, reporter, [*before_it, *earlier]
        )  # fmt: skip
        base = own or (counts[-1] if counts else None) or next(
            (one for one in reversed(before_it) if one.kind != "change" and one.indicator != "share"), None
        ) or _quantity(behind, reporter, [])  # fmt: skip
        last = earlier[-1] if earlier else None
        if (
            last
            and last.indicator == "share"
            and last.kind != "change"
            and (unit == "percentage_point" or _ON.match(zone))
        ):
            base = last
        if base is None:
            return Meaning(
                "other", "", unit, "change_of:unstated", "change", "no quantity is named that changed", 0.3
            )
        return _change_of(base, unit, base.reason, 0.85 if own else 0.8)
    if _SURVEY.search(figure.sentence.plain):
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


def _led_to(figure: Counted, figures: list[Counted], zone: str, behind: str, reporter: str) -> Meaning | None:
    """Return what the figure counts that a change led to: fell by 41% to 24.6 million articles."""
    if figure.index + 1 >= len(figures) or not _TO.search(behind):
        return None
    other = figures[figure.index + 1]
    limit = figures[figure.index + 2].low if figure.index + 2 < len(figures) else len(figure.sentence.plain)
    after = figure.sentence.plain[other.figure.numeral.end : limit]
    kind, unit, noun = _class_of(other, zone, after, [])
    found = _nearest(figure.sentence.plain, zone, after, figure.low, kind)
    if found is None:
        return None
    indicator, stage, _ = _settled(*found[0], unit, reporter, figure.sentence.plain)
    return Meaning(indicator, stage, unit, reason=f"{found[1]}, to {noun or unit}")


def _in_noun(behind: str, counts: list[Meaning]) -> Meaning | None:
    """Return the count that the noun behind a change names: 12 per cent in cases."""
    match = re.match(
        r"(?:%| ?percent| ?per ?cent)? (?:in|for) (?:the )?(?:number of |value of )?([a-z]+)", behind
    )
    told = _noun("", match[1], False) if match else None
    if told is None:
        return None
    for unit in (told[1], *STANDS_FOR.get(told[1], ())):
        for one in reversed(counts):
            if one.unit == unit:
                return one
    return None


def _quantity(words: str, reporter: str, earlier: list[Meaning]) -> Meaning | None:
    """Return the quantity that words name by themselves: arrests rose, 立案数同比上升, the number of suspects fell."""
    east = bool(_CJK.search(words))
    pattern, terms = (EAST_TERMS, EAST_MEANS) if east else (WEST_TERMS, WEST_MEANS)
    for clause in reversed(re.split(r"[,;，；。]", words)):
        match = pattern.search(clause)
        told = _noun(clause[:40], "", True) if clause.strip() else None
        if match is None:
            if told and (same := [one for one in earlier if one.unit == told[1] and one.kind != "change"]):
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
        indicator, stage, _ = _settled(*term.means[kind], "", reporter, clause)
        return Meaning(indicator, stage, "", reason=match[0])
    return None
