"""What a figure counts: the verb or noun nearest to it that goes with its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.dataset.vocabularies import INDICATOR_UNITS
from analysis.intake.counted import Counted
from analysis.intake.indicator_words import CLASSES, EAST_MEANS, EAST_TERMS, NOUNS, WEST_MEANS, WEST_TERMS, Term

_CJK = re.compile(r"[\u4e00-\u9fff]")
_CLAUSE = re.compile(r"[,;:.，；：。(]")
_CLAUSE_WEST = re.compile(r"[;.(]|, (?:while|but|up|down|an? )|(?<=[a-z]) (?:while|whereas)\b")
_CUSTOMS = ("GACC", "CBP", "EC", "CBSA", "UKBorderForce", "HMRC")
_SHARE = re.compile(r"占|(?:account(?:ed|ing)?|made up|mak(?:es?|ing) up|represent\w*|share|of (?:all|the|which|these|those|them|goods)|per ?cent of|% of|with)")
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


def meaning_of(
    figure: Counted, figures: list[Counted], reporter: str, earlier: list[Meaning], before_it: list[Meaning]
) -> Meaning:
    """Return what a figure counts.

    `earlier` are the meanings of the figures before it in its sentence, `before_it` those of the text.
    """
    unit = figure.figure.unit or ""
    plain = figure.sentence.plain
    floor = figures[figure.index - 1].high if figure.index else 0
    limit = figures[figure.index + 1].low if figure.index + 1 < len(figures) else len(plain)
    zone, behind = plain[floor : figure.low], plain[figure.figure.numeral.end : limit]
    if unit in ("percent", "percentage_point", "ratio"):
        return _of_proportion(figure, zone, behind, earlier, before_it, reporter)
    kind, unit, noun = _class_of(figure, zone, behind, reporter)
    found = _nearest(plain, zone, behind, floor, kind)
    if found is None and kind in ("website", "account"):
        found = _nearest(plain, zone, behind, floor, "store")
    if found is None:
        indicator, stage = _DEFAULT.get(kind, ("other", ""))
        reason, sure = f"the usual one of its unit ({kind or 'none'}): no verb or noun tells it", 0.45
        same = [one for one in earlier[::-1] if one.unit == unit and not one.relation]
        if same:
            indicator, stage, reason, sure = same[0].indicator, same[0].stage, "as the figure before it", 0.7
    else:
        (indicator, stage), words = found
        reason, sure = f"{words}, with {noun or unit}", 0.9
    indicator, stage, unit = _settled(indicator, stage, unit, reporter, plain)
    if figure.figure.kind == "difference":
        return Meaning(indicator, stage, unit, f"change_of:{indicator}", "change", f"{reason}; a difference", sure - 0.1)
    relation = f"mean_of:{indicator}" if figure.figure.kind == "mean" else ""
    return Meaning(indicator, stage, unit, relation, _kind(indicator), reason, sure)


def _kind(indicator: str) -> str:
    return "stock" if indicator in ("members", "staff", "brands", "participants") else "flow"


def _settled(indicator: str, stage: str, unit: str, reporter: str, plain: str) -> tuple[str, str, str]:
    """Return indicator, stage and unit as the dataset has them of a reporter."""
    customs = reporter in _CUSTOMS or "Customs" in reporter
    if customs:
        if indicator == "cases_investigated" and unit in ("case", "seizure") and re.search(r"查获|扣|seiz|detain|intercept", plain):
            indicator, stage = "seizures", "seized"
        if indicator in ("items_seized", "seizures", "value_seized") and reporter in ("GACC", "EC", "JapanCustoms"):
            stage = "detained_at_border"
        if unit == "case" and indicator == "seizures":
            unit = "seizure"
    if indicator in ("cases_concluded", "cases_accepted") and re.search(r"一审|first[- ]instance", plain):
        stage = "first_instance"
    if indicator in ("cases_concluded", "cases_accepted") and re.search(r"二审|second[- ]instance|appeal", plain):
        stage = "second_instance"
    allowed = INDICATOR_UNITS.get(indicator, ())
    if unit not in allowed and len(allowed) <= 3 and not unit.isupper() and allowed:
        unit = allowed[0]
    return indicator, stage, unit


def _class_of(figure: Counted, zone: str, behind: str, reporter: str) -> tuple[str, str, str]:
    """Return the class, the unit and the noun of what a figure counts."""
    unit = figure.figure.unit or ""
    if figure.money:
        return "money", unit, ""
    near = re.split(r"[,;:.，；。]", zone)[-1][-16:] if _CJK.search(figure.sentence.plain) else ""
    after = re.match(r"[^,;.，；。\d]{0,40}", behind)
    words = after[0] if after else ""
    if unit in ("store", "item", "action", "case", "firm", "listing", "") and (told := _noun(near, words, figure)):
        noun, of_unit, kind = told
        if unit in ("", "store") or (unit in ("item", "case", "action", "firm", "listing") and _PIECES.match(behind)):
            return kind, of_unit, noun
    if unit:
        return CLASSES.get(unit, unit), unit, ""
    return ("item", "item", "") if _PIECES.match(behind) or not reporter else ("", "item", "")


def _noun(near: str, behind: str, figure: Counted) -> tuple[str, str, str] | None:
    """Return the noun nearest to a figure, with the unit and the class that it names."""
    best: tuple[int, tuple[str, str, str]] | None = None
    east = bool(near)
    for pattern, unit, kind in NOUNS:
        for match in pattern.finditer(behind):
            rank = match.start() + (6 if east else 0)
            if kind == "seizure" and east and match[0] == "批" and match.start() > 0:
                continue
            if best is None or rank < best[0]:
                best = (rank, (match[0], unit, kind))
            break
        for match in pattern.finditer(near) if east else ():
            rank = len(near) - match.end()
            if best is None or rank < best[0]:
                best = (rank, (match[0], unit, kind))
    return best[1] if best else None


def _nearest(
    plain: str, zone: str, behind: str, floor: int, kind: str
) -> tuple[tuple[str, str], str] | None:
    """Return what the nearest words say that go with a class: between the figures, behind it, then before them."""
    east = bool(_CJK.search(plain))
    pattern, terms = (EAST_TERMS, EAST_MEANS) if east else (WEST_TERMS, WEST_MEANS)
    own = _last(pattern, terms, zone, kind)
    cut = (_CLAUSE if east else _CLAUSE_WEST).search(behind)
    clause = behind[: cut.start()] if cut else behind
    if not east and not cut and len(clause) > 90:
        clause = clause[:90]
    ahead = _first(pattern, terms, clause, kind)
    if own and ahead and not east and re.match(r"[ a-z'-]{0,40}?\b(?:were|was|have been|had been|being|are)\b", clause):
        return ahead
    if own:
        return own
    return ahead or _last(pattern, terms, plain[:floor], kind)


def _last(pattern: re.Pattern[str], terms: list[Term], text: str, kind: str) -> tuple[tuple[str, str], str] | None:
    """Return what the last words of a text say that go with a class."""
    found = None
    for match in pattern.finditer(text):
        term = terms[int(str(match.lastgroup)[1:])]
        if kind in term.means:
            found = term.means[kind], match[0]
    return found


def _first(pattern: re.Pattern[str], terms: list[Term], text: str, kind: str) -> tuple[tuple[str, str], str] | None:
    """Return what the first words of a text say that go with a class."""
    for match in pattern.finditer(text):
        term = terms[int(str(match.lastgroup)[1:])]
        if kind in term.means:
            return term.means[kind], match[0]
    return None


def _of_proportion(
    figure: Counted, zone: str, behind: str, earlier: list[Meaning], before_it: list[Meaning], reporter: str
) -> Meaning:
    """Return what a percentage is of: the change of a quantity, or a share of one."""
    unit = figure.figure.unit or ""
    growth = figure.figure.kind in ("growth", "index", "difference", "multiple")
    counts = [one for one in earlier if one.kind != "change" and one.indicator != "share"]
    if growth:
        own = _quantity(zone, reporter)
        base = own or (counts[-1] if counts else None) or next(
            (one for one in reversed(before_it) if one.kind != "change" and one.indicator != "share"), None
        ) or _quantity(behind, reporter)  # fmt: skip
        if base is None:
            return Meaning("other", "", unit, "change_of:unstated", "change", "no quantity is named that grew", 0.3)
        reason = f"a change of {base.indicator}: {base.reason}"
        return replace(
            base, unit=unit, relation=f"change_of:{base.indicator}", kind="change", reason=reason, sure=0.85 if own else 0.8
        )
    whole = _quantity(behind, reporter) or _quantity(zone, reporter) or (counts[-1] if counts else None)
    name = whole.indicator if whole else "unstated"
    stage = whole.stage if whole else ""
    sure = 0.85 if _SHARE.search(zone + behind) else 0.6
    return Meaning("share", stage, unit, f"share_of:{name}", "flow", "a percentage that no word of change stands by", sure)


def _quantity(words: str, reporter: str) -> Meaning | None:
    """Return the quantity that words name by themselves: arrests rose, 立案数同比上升."""
    if _CJK.search(words):
        pattern, terms = EAST_TERMS, EAST_MEANS
    else:
        pattern, terms = WEST_TERMS, WEST_MEANS
    found = None
    for match in pattern.finditer(words):
        term = terms[int(str(match.lastgroup)[1:])]
        kind = term.first
        noun = next(
            (one for pat, _, one in NOUNS if one in term.means and pat.search(words, max(0, match.start() - 12))), None
        )
        indicator, stage = term.means[noun or kind]
        indicator, stage, _ = _settled(indicator, stage, "", reporter, words)
        found = Meaning(indicator, stage, "", "", "flow", match[0])
    return found
