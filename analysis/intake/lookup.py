"""The noun that a figure counts, and the nearest verb or noun that goes with it."""

from __future__ import annotations

import re
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
from analysis.intake.meaning import PARTS, Meaning
from analysis.intake.reporter_words import PLATFORMS
from analysis.readings.lexicon import Lexicon
from analysis.readings.unit_words import STANDS_FOR

CJK = re.compile(r"[\u4e00-\u9fff]")
_CLAUSE = re.compile(r"[,;:.，；：。(]")
_CLAUSE_WEST = re.compile(r"[;.(]|, (?:while|but|up|down|an? )|(?<=[a-z]) (?:while|whereas)\b")
_PIECES = re.compile(r"[余多]?[件个家批次处条项套份宗例部]")
_NUMBER_OF = re.compile(r"(?<![a-z])(?:number|total|tally|count)s? of ((?:[a-z'-]+ ?){1,4})")
PASSIVE = re.compile(r"[ a-z'-]{0,40}?\b(?:were|was|have been|had been|being|are)\b")
_PASSIVE_EAST = re.compile(r"[名人余多]{0,2}[^,;。\d]{0,8}(?<!均未)被")
# A noun that no list has: "134 trading bodies responded" count no persons, whatever the figure before counts.
_OTHER_NOUN = re.compile(
    r" (?!(?:[a-z]+ )?(?:days|weeks|months|years)\b)"
    r"(?!(?:were|was|are|is|have|had|has|of|in|to|from|by|for|at|on|as|and|or|than|more|fewer|less|that|which|who"
    r"|compared|during|since|while|after|before|following|with|under|because|when|where|respectively|last|this|per|each|times|others)\b)"
    r"(?:[a-z-]+ ){0,2}?(?!(?:days|weeks|months|years)\b)[a-z-]{3,}[a-rt-z]s(?![a-z])"
)
_CASES_OF = re.compile(r"[余多]?件[0-9.]+[万余]?[人名]")  # 移送线索505件577人
_RINGS = re.compile(r" (?:[a-z]+ ){0,2}rings\b")
_JEWELS = re.compile(r"jewel|bracelet|necklace|earring|watches|pendant|shipments?\b|parcels?\b")
_VISITS = re.compile(r"[余多]?[家户个车店人]次")
# "Operation Aphrodite: 6.2 million fakes" counts no operations.
_OPERATION = re.compile(r"\b(?:operation|project|phase) [a-z0-9-]+(?: [ivx0-9]+)? ?: ?$")
_OF_THEM = re.compile(r",? of (?:them|these|those|which)\b")
_OF_WHOM = re.compile(r" of wh(?:om|ose)\b")
# "followed by bags (4,310) and shoes (2,087)": what the first of the list counts.
_NEXT_IN_LIST = re.compile(
    r"(?:followed by|ahead of|before|and|then|,)(?: the)?(?: [a-z-]+){1,3} (?:\(|with |at )$"
)
_VERB_BEHIND = re.compile(
    r" (?:(?:were|was|have been|had been) [a-z]+"
    r"|(?:reported|referred|handed over|charged|arrested|detained|questioned|released|sentenced)"
    r" (?:to|by|in|for|on|after)\b)"
)
_OF_NOTICES = re.compile(
    r"知识产权投诉|侵权投诉|权利人[^,;。\d]{0,4}投诉"
    r"|(?:infringement|rights? (?:holder|owner)s?'?|ip|ipr|copyright|trademark) complaints?"
)
_IN_PLACES = re.compile(
    r" (?:other |different )?(countries|provinces|cities|jurisdictions"
    r"|territories|regions|(?:member )?states|municipalities)\b"
)
_IN_PROVINCES = re.compile(
    r"[余多]?个(?:[^,;。\d]{0,3}?)(省(?![级厅局])|国家|地区|城市|市(?![场级局])|区县|县(?![级局]))(?![^,;。\d]{0,3}[院局厅])"
)
_OF_MANY = re.compile(r" of (?!the\b|these\b|those\b|them\b)")  # dozens of accounts
_TIMES_OF = re.compile(r"[余多]?[个家户店]次")
_HEAD_NOUN = re.compile(r" (?:after|for|by|from|with|following|under|due to|in response|through)\b.*")
_CUSTOMS = ("GACC", "CBP", "EC", "CBSA", "UKBorderForce", "HMRC")


def settled(  # noqa: C901 - one habit of the dataset after another
    indicator: str, stage: str, unit: str, reporter: str, plain: str
) -> tuple[str, str, str]:
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
        if unit == "request" and indicator != "recordals" and re.search(r"applications?\b", plain):
            indicator, stage = "applications_for_action", ""
        if indicator == "cases_concluded":
            indicator, stage = ("items_seized" if unit == "item" else "seizures"), "detained_at_border"
    if indicator in ("cases_concluded", "cases_accepted") and re.search(r"一审|first[- ]instance", plain):
        stage = "first_instance"
    if indicator in ("cases_concluded", "cases_accepted") and re.search(
        r"二审|second[- ]instance|appeal", plain
    ):
        stage = "second_instance"
    if customs and indicator == "takedown_requests":
        indicator, stage = "applications_for_action", ""
    if indicator == "complaints" and reporter in PLATFORMS and _OF_NOTICES.search(plain):
        indicator = "takedown_requests"
    if indicator == "recordals" and reporter in PLATFORMS:
        indicator, unit = "other", "item"
    if indicator == "spot_checks" and unit == "seizure":
        unit = "parcel"
    if indicator == "complaints" and unit == "request":
        unit = "case"
    if indicator == "denominator" and unit == "item":
        unit = "listing"
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


def class_of(  # noqa: C901 - one sign after another, the surest first
    figure: Counted, zone: str, behind: str, earlier: list[Meaning]
) -> tuple[str, str, str]:
    """Return the class, the unit and the noun of what a figure counts."""
    unit = figure.figure.unit or ""
    if figure.money:
        return "money", unit, ""
    east = bool(CJK.search(figure.sentence.plain))
    if regions := _IN_PLACES.match(behind) or _IN_PROVINCES.match(behind):
        return "place", "place", regions[1]
    if east and unit in ("", "store", "place", "item", "action") and _TIMES_OF.match(behind):
        return "action", "action", "次"
    if unit == "request" and east and "抗诉" in zone:
        return "case", "case", "抗诉"
    if east and _CASES_OF.match(behind):
        return "case", "case", "件, and persons"
    if before_units(zone) and re.match(r" (?:[a-z]+ )?units\b", behind):
        return "place", "place", "units"
    if unit == "gang" and _RINGS.match(behind) and _JEWELS.search(figure.sentence.plain):
        return "item", "item", "rings"
    if unit == "action" and east and re.search(r"警力[^,;。]{0,4}$", zone):
        return "person", "person", "人次"
    label = zone.rstrip().endswith((":", "|", "\t")) and not _OPERATION.search(zone)
    near = re.split(r"[,;:.，；。]", zone.rstrip(" :|\t"))[-1] if east or label else ""
    near = _HEAD_NOUN.sub("", near) if label and not east else near
    after = re.match(r"[^,;.，；。\d]{0,60}", behind)
    words = "" if (label and not east) or _VERB_BEHIND.match(behind) else after[0] if after else ""
    piece = _PIECES.match(behind) is not None and east
    if unit == "action" and _VISITS.match(behind):
        return "action", "action", ""
    if not unit and _OF_THEM.match(behind):
        counts = [one for one in earlier if one.unit not in PARTS and not one.unit.isupper()]
        if counts:
            return CLASSES.get(counts[-1].unit, ""), counts[-1].unit, "as the figure before it"
    if not unit and _OF_WHOM.match(behind):
        return "person", "person", "of whom"
    same = [one for one in earlier[-2:] if one.unit not in PARTS and not one.unit.isupper()]
    if not unit and not east and same and _NEXT_IN_LIST.search(zone):
        return CLASSES.get(same[-1].unit, ""), same[-1].unit, "as the figure before it"
    if unit in ("store", "item", "action", "case", "firm", "listing", ""):
        told = noun_in(near[-16:] if east else near, words, east)
        if told is None and not unit and not east:
            number = list(_NUMBER_OF.finditer(zone))
            told = noun_in("", number[-1][1], False) if number else None
            if told is None and not _OTHER_NOUN.match(behind):
                told = noun_in(zone[-90:], "", True)
            if told is None and earlier and earlier[-1].unit in PARTS:  # behind a share: its subject
                told = noun_in(figure.sentence.plain[max(0, figure.low - 120) : figure.low], "", True)
        if told and (unit in ("", "store") or piece or label or _OF_MANY.match(behind)):
            return told[2], told[1], told[0]
    if (
        unit in ("item", "") and piece and re.match("[余多]?[件宗例]", behind)
    ):  # cases where the verb goes with cases alone
        verb = _means(EAST_TERMS, EAST_MEANS, zone)
        if verb and "case" in verb and "item" not in verb:
            return "case", "case", ""
        last = next(
            (one.unit for one in reversed(earlier) if not one.relation and not one.unit.isupper()), ""
        )
        if last in ("case", "item") and (verb is None or ("case" not in verb and "item" not in verb)):
            return last, last, ""
    if unit:
        return CLASSES.get(unit, unit), unit, ""
    verb = (
        _means(WEST_TERMS, WEST_MEANS, clause[0])
        if (clause := _VERB_BEHIND.match(behind)) and not east
        else None
    )
    if verb and next(iter(verb)) in CLASSES.values():
        return next(iter(verb)), next(unit for unit, kind in CLASSES.items() if kind == next(iter(verb))), ""
    counted = [one for one in earlier if one.unit not in PARTS and not one.unit.isupper()]
    if counted and not east and (not _OTHER_NOUN.match(behind) or _NEXT_IN_LIST.search(zone)):
        return CLASSES.get(counted[-1].unit, ""), counted[-1].unit, "as the figure before it"
    return "item", "item", ""


def before_units(zone: str) -> bool:
    """Tell whether what was searched or raided is counted behind, so that units are rooms: searched two units."""
    return re.search(r"\b(?:searched|raided|entered|visited|inspected) (?:the )?$", zone) is not None


def _means(pattern: Lexicon, terms: list[Term], text: str) -> dict[str, tuple[str, str]] | None:
    """Return what the last words of a text mean, by class."""
    found = terms_in(pattern, text)
    return terms[found[-1][0]].means if found else None


@lru_cache(maxsize=16384)
def noun_in(near: str, behind: str, east: bool) -> tuple[str, str, str] | None:
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


def nearest(plain: str, zone: str, behind: str, floor: int, kind: str) -> tuple[tuple[str, str], str] | None:
    """Return what the nearest words say that go with a class: between the figures, behind it, then before them."""
    east = bool(CJK.search(plain))
    pattern, terms = (EAST_TERMS, EAST_MEANS) if east else (WEST_TERMS, WEST_MEANS)
    own = _last(pattern, terms, zone, kind)
    if kind == "request" and not east and (noun := first_in(pattern, terms, behind[:48], kind)):
        return noun  # we received 94,630 properly submitted notices
    cut = (_CLAUSE if east else _CLAUSE_WEST).search(behind)
    clause = behind[: cut.start()] if cut else behind
    ahead = first_in(pattern, terms, clause[:90], kind)
    if own and ahead and (_PASSIVE_EAST if east else PASSIVE).match(clause):
        return ahead
    return own or ahead or _last(pattern, terms, plain[:floor], kind)


def _last(pattern: Lexicon, terms: list[Term], text: str, kind: str) -> tuple[tuple[str, str], str] | None:
    """Return what the last words of a text say that go with a class."""
    for index, words in reversed(terms_in(pattern, text)):
        if kind in terms[index].means:
            return terms[index].means[kind], words
    return None


@lru_cache(maxsize=16384)
def terms_in(pattern: Lexicon, text: str) -> tuple[tuple[int, str], ...]:
    """Return the terms of a text in order: the place of each in its list, and its words."""
    return tuple((int(str(match.lastgroup)[1:]), match[0]) for match in pattern.finditer(text))


def first_in(pattern: Lexicon, terms: list[Term], text: str, kind: str) -> tuple[tuple[str, str], str] | None:
    """Return what the first words of a text say that go with a class."""
    for index, words in terms_in(pattern, text):
        if kind in terms[index].means:
            return terms[index].means[kind], words
    return None
