"""What the words around a figure say that it counts: the nearest verb or noun, and where another sign is surer."""

from __future__ import annotations

import re

from analysis.intake.counted import Counted
from analysis.intake.indicator_words import WEST_MEANS, WEST_TERMS
from analysis.intake.lookup import PASSIVE, first_in, nearest
from analysis.intake.proportions import of_survey

Meant = tuple[tuple[str, str], str]  # indicator and stage, and the words that say so

# Places of a map, which nobody destroys: in more than 20 provinces.
_REGIONS = re.compile(
    r"[余多]?个?(?:[^,;。\d]{0,4}?)(省|国家|地区|城市|市(?!场)|县|区县)"
    r"|[ a-z-]{0,24}?\b(?=(?:provinces|cities|countries|(?:member )?states|regions|counties|municipalities)\b)([a-z]+)"
)
_BY_NAME = re.compile(r" (?:[a-z]+ ){0,2}?(arrests?|indictments|convictions)\b")
_NAMED_DEEDS = (
    ("arrest", ("suspects_arrested", "arrested")), ("indict", ("indictments", "prosecuted")),
    ("convict", ("persons_convicted", "convicted")),
)  # fmt: skip
_FROM_SHOPS = re.compile(
    r"\bfrom (?:sale|(?:the |shop )?shelves|[a-z ]{0,16}(?:shops|stalls|streets?|markets))\b(?! (?:online|listings))"
    r"|\boff the (?:streets|shelves|market)\b"
)
# A sum that a criminal court orders to be paid is a fine, damages aside.
_OF_A_CRIME = re.compile(
    r"^(?!.*\b(?:damages|compensat|civil|lawsuit|sued))"
    r".*\b(?:proceeds of crime|confiscation order|jailed|sentenced|pleaded guilty"
    r"|found guilty)\b"
)
_PROCEDURES = re.compile(r" (?:[a-z]+ )?(?:procedures|seizures|detentions)\b")


def told_by(figure: Counted, kind: str, noun: str, zone: str, behind: str, floor: int) -> Meant | None:
    """Return what the words around a figure say that it counts, None where none does.

    `kind` and `noun` are the class and the noun of what is counted, `zone` stands before it and `behind` behind it, to
    the figures next to it, `floor` is where the figure before it ends.
    """
    plain = figure.sentence.plain
    found = nearest(plain, zone, behind, floor, kind)
    if kind == "place" and (regions := _REGIONS.match(behind)):
        found = ("regions_counted", ""), regions[1] or regions[2]
    if kind in ("person", "case") and (named := _BY_NAME.match(behind)):
        found = next(told for name, told in _NAMED_DEEDS if named[1].startswith(name)), named[1]
    found = _of_shops_and_courts(found, kind, plain, zone)
    procedures = _PROCEDURES.match(behind) or _PROCEDURES.match(zone)  # opened 6,284 procedures
    if kind == "seizure" and procedures and found and found[0][0] == "spot_checks":
        found = None
    own = noun or (zone if zone.rstrip().endswith(":") else "")  # of a table its label
    if kind == "request" and own and (called := first_in(WEST_TERMS, WEST_MEANS, own, kind)):
        found = found if found and found[0][0] not in ("complaints", "takedown_requests") else called
    if found is None and kind in ("website", "account"):
        found = nearest(plain, zone, behind, floor, "store")
    return _by_noun(found, kind, noun, plain, behind)


def _of_shops_and_courts(found: Meant | None, kind: str, plain: str, zone: str) -> Meant | None:
    """Return goods removed from shops as seized, and what a criminal court orders to be paid as a fine."""
    indicator = found[0][0] if found else ""
    if indicator == "listings_removed" and kind == "item" and _FROM_SHOPS.search(plain):
        return ("items_seized", "seized"), "taken from shops"
    if indicator == "damages_awarded" and _OF_A_CRIME.search(plain):
        return ("fines", "fined"), "ordered by a criminal court"
    if kind == "money" and _FROM_SHOPS.search(plain) and re.search(r"\bremoved\b[^.;]*$", zone):
        return ("value_seized", "seized"), "removed from shops"
    return found


def _by_noun(found: Meant | None, kind: str, noun: str, plain: str, behind: str) -> Meant | None:
    """Return what is counted where its noun is surer than a verb: complaints, brands, those asked in a survey."""
    if kind == "case" and noun.startswith(("report", "complaint")):
        return ("complaints", "reported"), noun
    if kind == "firm" and noun.startswith("brand") and found and found[0][0] == "enforcement_actions":
        return ("brands", ""), noun
    if not of_survey(plain):
        return found
    answered = kind == "firm" and "respon" in behind
    asked = kind == "person" and (found is None or not PASSIVE.match(behind))
    return (("survey", ""), "a survey") if answered or asked else found
