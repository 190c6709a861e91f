"""What a figure counts: the verb or noun nearest to it that goes with its unit."""

from __future__ import annotations

import re

from analysis.intake.counted import Counted
from analysis.intake.indicator_words import EAST_MEANS, EAST_TERMS, WEST_MEANS, WEST_TERMS
from analysis.intake.lookup import class_of, first_in, settled
from analysis.intake.meaning import PARTS, STOCKS, Meaning
from analysis.intake.proportions import change_of, of_proportion
from analysis.intake.told_by import told_by
from analysis.readings.lexicon import quick

_ONE_BY_ONE = re.compile(r"分别|respectively")
# The counts that two changes told one by one are of, by name: 批次和数量分别增长; the number and value rose ...
_NAMED = re.compile(
    r"(?P<a>[\u4e00-\u9fff]{2,8})[和与及、](?P<b>[\u4e00-\u9fff]{2,8}?)(?:同比|环比|较[^,;。\d]{2,6}|比[^,;。\d]{2,6})?分别"
    r"|(?P<c>[a-z]+)(?: of [a-z ]{2,30})? and (?:the |their )?(?P<d>[a-z]+)(?: of [a-z ]{2,30})?"
    r" (?:rose|fell|grew|increased|dropped)"
)
_NAMES = (
    ("money", re.compile(r"案值|货值|价值|金额|值$|^(?:value|worth|amount)")),
    ("seizure", re.compile(r"批次|批数|票数|^(?:shipments|seizures|consignments)")),
    ("person", re.compile(r"人数|人次|嫌疑人|^(?:suspects|arrests|people|defendants)")),
    ("case", re.compile(r"案件|案数|破案|立案数|起数|件数|宗数|立案|^cases")),
    ("item", re.compile(r"数量|件数|货物|商品|^(?:items|articles|quantity|number|pieces|volume)")),
)
# What stands on a day: in force, 现有, now has; people who took part in an action are counted over it.
_STANDING = quick(
    r"\bin force\b|\b(?:was|is|are|were) enforcing\b|\b(?:now|currently) (?:has|have|had|holds?|employs?)\b"
    r"|\bactive (?:sellers?|buyers?|users?|shops?|listings?)"
    r"|\b(?:for|on) sale\b|现有|现存|且有效|有效的?(?:知识产权|备案|专利|商标)|在册|在岗|在售|活跃"
)
_BY_THEN = re.compile(r"截至[^,。;]{2,12},[^。;\d]{0,24}备案[^,;。\d]{0,8}$")
_TOOK_PART = re.compile(
    r"took part|taking part|participated|deployed|mobili[sz]ed|行动[^,;。]{0,8}投入|投入警力|出动"
)
_LED_TO = re.compile(r"[ a-z%]*(?<![a-z])to (?:(?:about|around|some|nearly|more than|over|almost|just) )*$")
_GENUINE = quick(
    r"genuine|originals?\b|would have (?:cost|sold|fetched)|正品|msrp|suggested retail|retail (?:price|value)"
)
# Measure words of no one unit, by what the nouns beside them say; 件 of an item where no 案 stands near.
_LAST = 0.45  # how sure what is usual of a unit is
_DEFAULT = {
    "case": ("cases_investigated", "investigated"), "person": ("suspects_arrested", "arrested"),
    "place": ("dens_destroyed", ""), "gang": ("gangs_destroyed", ""), "item": ("items_seized", "seized"),
    "seizure": ("seizures", "seized"),
    "listing": ("listings_removed", "removed"), "store": ("stores_closed", "removed"),
    "website": ("websites_closed", "removed"),
    "account": ("accounts_blocked", ""), "lead": ("leads_referred", "reported"),
    "request": ("takedown_requests", "reported"),
    "action": ("enforcement_actions", ""), "firm": ("members", ""),
    "weight": ("weight_seized", "seized"), "money": ("value_involved", ""),
}  # fmt: skip


# Counts beside the main ones of a text, which none that is told without a verb goes on with.
_ASIDE = (
    "punitive_damages_cases", "non_prosecution", "protests_lodged", "supervision", "samples_tested", "samples_failed",
)  # fmt: skip
_NOTICES = re.compile(r" (?:[a-z-]+ ){0,3}(?:notices|takedown requests)|[份条件次]?(?:侵权|下架)通知")


def meanings_of(figures: list[Counted], reporters: list[str], before_it: list[Meaning]) -> list[Meaning]:
    """Return what each figure of a sentence counts.

    `reporters` are who counted each, `before_it` the meanings of the figures of the sentences before.
    """
    found: list[Meaning] = []
    told = _one_by_one(figures)
    named = {} if told else _named_before(figures, before_it)
    for figure, reporter in zip(figures, reporters, strict=True):
        base = found[told[figure.index]] if figure.index in told else named.get(figure.index)
        if base is not None:
            meaning = change_of(
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
    parts = [one for one in figures if one.figure.unit in PARTS and one.figure.kind != "level"]
    runs = [(low, size) for size in range(len(parts), 1, -1) for low in range(len(parts) - size + 1)]
    for low, size in runs:
        group = parts[low : low + size]
        first = group[0].index
        if [one.index for one in group] == list(range(first, first + size)) and first >= size:
            between = figures[0].sentence.plain[figures[first - 1].high : group[0].low]
            if size == 2 and (named := _by_name(between, figures[:first])):
                return {one.index: place for one, place in zip(group, named, strict=True)}
            if _ONE_BY_ONE.search(between) or "respectively" in figures[0].sentence.plain:
                return {one.index: first - size + place for place, one in enumerate(group)}
    return {}


def _by_name(between: str, counts: list[Counted]) -> list[int]:
    """Return the places of the two counts that words before their changes name; none where one is not told."""
    match = _NAMED.search(between)
    if match is None:
        return []
    found = []
    for words in (match["a"] or match["c"], match["b"] or match["d"]):
        kinds = [kind for kind, pattern in _NAMES if pattern.search(words)]
        own = [one for one in counts if _counts_as(one) in kinds]
        if not own:
            return []
        found.append(own[-1].index)
    return found if found[0] != found[1] else []


def _named_before(figures: list[Counted], before_it: list[Meaning]) -> dict[int, Meaning]:
    """Return the counts of the sentences before that two changes are of by name: 破案数、抓获人数分别上升四成、五成."""
    if len(figures) < 2 or any(one.figure.unit not in PARTS for one in figures[:2]):
        return {}
    match = _NAMED.search(figures[0].sentence.plain[: figures[0].low])
    if match is None:
        return {}
    found: dict[int, Meaning] = {}
    for place, words in enumerate((match["a"] or match["c"], match["b"] or match["d"])):
        kinds = [kind for kind, pattern in _NAMES if pattern.search(words)]
        own = [
            one
            for one in before_it
            if one.kind != "change" and ("money" if one.unit.isupper() else one.unit) in kinds
        ]
        deeds = {told[0][0] for kind in kinds if (told := first_in(EAST_TERMS, EAST_MEANS, words, kind))}
        if own:
            found[place] = next((one for one in reversed(own) if one.indicator in deeds), own[-1])
    return found if len(found) == 2 else {}


def _counts_as(figure: Counted) -> str:
    """Return the class of a count, by its unit or its measure word."""
    unit = figure.figure.unit or {"件": "item", "批次": "seizure"}.get(figure.figure.measure, "")
    return "money" if figure.money else unit


def _meaning_of(
    figure: Counted, figures: list[Counted], reporter: str, earlier: list[Meaning], before_it: list[Meaning]
) -> Meaning:
    """Return what a figure counts, from the words around it and the figures before it."""
    unit = figure.figure.unit or ""
    plain = figure.sentence.plain
    floor = figures[figure.index - 1].high if figure.index else 0
    limit = figures[figure.index + 1].low if figure.index + 1 < len(figures) else len(plain)
    zone, behind = plain[floor : figure.low], plain[figure.figure.numeral.end : limit]
    changed = bool(earlier) and earlier[-1].kind == "change"
    if changed and (len(zone.strip()) < 10 or _LED_TO.search(zone)):  # doubled to 21,700
        zone = plain[figures[figure.index - 2].high if figure.index > 1 else 0 : figure.low]
    if unit in PARTS:
        return of_proportion(figure, figures, zone, behind, earlier, before_it, reporter)
    counts = [one for one in earlier if one.kind != "change" and one.indicator != "share"]
    if figure.figure.kind == "difference" and counts and (not unit or unit == "action"):
        return change_of(counts[-1], counts[-1].unit, "a difference of the count before it", 0.8)
    kind, unit, noun = class_of(figure, zone, behind, [*before_it[-6:], *earlier])
    found = told_by(figure, kind, noun, zone, behind, floor)
    if found is not None and kind == "money" and _GENUINE.search(plain[floor:limit]):
        found = ("value_msrp", "seized"), "the price of genuine goods"
    if found is None:
        (indicator, stage), reason, sure = _usual(
            kind, unit, noun, plain[figure.high :], [*before_it[-6:], *earlier]
        )
        if reporter in ("SPP", "ProvProcuratorate") and (indicator, sure) == ("suspects_arrested", _LAST):
            indicator, stage = "persons_prosecuted", "prosecuted"
        if reporter in ("SPC", "ProvCourt") and (indicator, sure) == ("cases_investigated", _LAST):
            indicator, stage = "cases_concluded", "concluded"
    else:
        (indicator, stage), words = found
        reason, sure = f"{words}, with {noun or unit}", 0.9
    if indicator == "complaints" and _NOTICES.match(behind):
        indicator = "takedown_requests"
    indicator, stage, unit = settled(indicator, stage, unit, reporter, plain)
    if figure.figure.kind == "difference":
        return Meaning(
            indicator, stage, unit, f"change_of:{indicator}", "change", f"{reason}; a difference", sure - 0.1
        )
    relation = f"mean_of:{indicator}" if figure.figure.kind == "mean" else ""
    stock = indicator in STOCKS or _STANDING.search(plain[max(0, figure.low - 40) : limit]) is not None
    stock = stock or (unit == "request" and "in force" in plain)
    stock = stock or _BY_THEN.search(plain, max(0, figure.low - 40), figure.low) is not None
    stock = stock and not (indicator == "staff" and _TOOK_PART.search(plain))
    return Meaning(indicator, stage, unit, relation, "stock" if stock else "flow", reason, sure)


def _usual(
    kind: str, unit: str, noun: str, after: str, before: list[Meaning]
) -> tuple[tuple[str, str], str, float]:
    """Return what a figure counts that no near word tells: as told later, as the one before it, or as is usual."""
    later = first_in(WEST_TERMS, WEST_MEANS, after, kind) if kind == "person" else None
    if later:
        return later[0], later[1], 0.7
    before = [one for one in before if one.indicator not in _ASIDE or one in before[-1:]]
    if before and before[-1].indicator in _ASIDE[1:] and unit in ("case", "person", "item"):
        before = (
            before[:-1] if any(one.unit == unit and one.indicator not in _ASIDE for one in before) else before
        )
    same = next((one for one in reversed(before) if one.unit == unit and not one.relation), None)
    if same:
        return (same.indicator, same.stage), "as the figure before it", 0.7
    usual = _DEFAULT.get(kind, ("other", ""))
    if kind == "firm" and noun.startswith(("brand", "品牌")):
        usual = ("brands", "")
    return usual, f"the usual one of its unit ({kind or 'none'}): no verb or noun tells it", _LAST
