"""A part of a country or a union that a sentence in English names, and the operation that a whole text is on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from analysis.intake.breadths import OPERATION
from analysis.intake.reporter_words import COUNTRIES
from analysis.intake.window_bonds import Time

_NAME = r"(?:[A-Z][\w'’.-]*[a-z](?: (?:of |and |upon )?[A-Z][\w'’-]+)*)"
_PORT = re.compile(
    rf"\b(?i:port|airport|seaport|city|county|borough) of (?P<a>{_NAME})"
    r"|\b(?P<b>(?:[A-Z][\w'-]+ ){1,3}(?:International )?(?:Airport|Seaport|Mail Facility|Port of Entry|Docks|Port))\b"
)
_WHO = (
    r"(?i:officers|agents|officials|investigators|inspectors|police|customs|authorities|hub|teams?|specialists|cbp"
    r"|hsi)"
)
_SOMEWHERE = re.compile(
    rf"\b{_WHO}\b(?: [a-z-]+){{0,2}}? (?:in|at|near) (?:the )?(?:[Pp]ort of )?(?P<a>{_NAME})"
    rf"|(?:^|[.;] |[\"“])In (?:the )?(?P<b>{_NAME})(?: alone)?,"
    rf"|(?:^|[.;] )(?P<c>{_NAME}) alone (?:reported|seized|detained|accounted|made)"
)
# Whole countries and unions, and what a sentence opens with that is no place: In December, In Operation Vulcan,.
_NOWHERE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sept?|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter|Fiscal|Financial|FY|Q[1-4]|H[12]|Operation|Phase|Part"
    r"|Project|Table|Figure|Annex|Total|Addition|All|IPR?|Trade|Super|Christmas|Court|Parliament|Customs)\b"
)
_WHOLE = {
    "US": ("United States", "US", "U.S", "America"),
    "GB": ("United Kingdom", "UK", "U.K", "Britain", "Great Britain", "England"),
    "EU": ("European Union", "EU", "Europe", "Member States", "Union"),
    "CN": ("China",), "HK": ("Hong Kong",), "JP": ("Japan",), "KR": ("Korea", "South Korea"), "CA": ("Canada",),
    "NZ": ("New Zealand",), "AU": ("Australia",), "PH": ("Philippines",), "CH": ("Switzerland",), "IE": ("Ireland",),
    "TH": ("Thailand",), "IN": ("India",), "ES": ("Spain",), "IT": ("Italy",), "FR": ("France",), "DE": ("Germany",),
    "ZZ": ("World",),
}  # fmt: skip
# Whose police or customs they are, where a union or Europol adds up.
_STATES = "|".join((*COUNTRIES, "British", "Greek", "Serbian"))
_ADJECTIVES = frozenset(
    (
        *COUNTRIES,
        *["British", "Greek", "Serbian", "American", "Canadian", "Chinese", "Indian", "Japanese", "Korean"],
    )
)
_COUNTRIES = frozenset(
    (
        *(name for names in _WHOLE.values() for name in names),
        *(words.split(" ", 1)[1] for words in COUNTRIES.values()),
    )
)
_OF_A_STATE = re.compile(
    rf"\b(?:{_STATES}) (?:[a-z]+ ){{0,2}}(?:police|customs|authorities|officers|inspectors)\b"
)
_SOME_STATES = re.compile(
    r"(?i)(?:^|[.,;] |\b(?:and|while) )(?:the )?(?:[a-z]+|[0-9]+) "
    r"(?:(?:leading|largest|top) )?member states (?:together |alone )?"
    r"(?:accounted|were responsible|made up|stood for|reported|seized|detained)\b"
)
_ONE_PART = re.compile(
    r"(?i)\b(?:one|a) (?:[a-z]+ ){0,3}?(?:borough|council|county|city|town|district|seaport|airport)\b"
    r"(?! (?:of the|police|centre|center))"
)
_AGAIN = re.compile(
    r"(?:They|It|He|She|Officers there|The (?:parcels|goods|items|shipments|packages|officers))\b"
)
_WIDER = re.compile(
    r"(?i)(?:^|[.;] )(?:last|this) year\b|\bas (?:at|of) (?:the )?end[- ]"
    r"|\b(?:nationwide|nationally|across the (?:country|eu|european union|united states|uk|nation)|every year"
    r"|each year"
    r"|a year|annual|yearly|fiscal year|FY ?[0-9]|total of the year|so far this year|year[- ]to[- ]date"
    r"|(?:in|during|for) (?:this|last|the previous) year\b(?!'s)"
    r"|(?:in|for|over|during) the (?:first|second|last|past) (?:[a-z]+ |[0-9]{1,2} )?(?:half|quarter|quarters|months)"
    r"|(?:financial|calendar) year)\b"
)
_WHOLLY = re.compile(
    r"(?i)\b(?:nationwide|nationally|across the (?:country|european union|united states|nation))\b"
)
_OPERATION = re.compile(r"(?i)\b(?:operation|campaign|crackdown|blitz|sweep)\b")
_YEARLY = re.compile(
    r"(?i)\b(?:in|for|during|throughout|since(?: [a-z]+\.? [0-9]{1,2},)?) (?:19|20)[0-9]{2}\b(?! and)"
)
_REVIEW = re.compile(r"(?i)\b(?:reviews?|annual|yearly|statistics|year in review)\b")
_EDITION = re.compile(r"(?i)\b(?:edition|round|phase|operation)\b")
_EAST = re.compile(r"[\u4e00-\u9fff]")


@lru_cache(maxsize=4096)
def part_in(text: str, jurisdiction: str, before: str) -> str:
    """Return the part of a jurisdiction that a printed sentence in English is on, blank where it names none.

    `before` is that of the sentence before it in its paragraph, which "They ..." goes on to tell of.
    """
    if _EAST.search(text) or jurisdiction.startswith("CN-"):
        return ""
    if _WHOLLY.search(text):
        return ""
    if jurisdiction in ("EU", "") and (state := _OF_A_STATE.search(text) or _SOME_STATES.search(text)):
        return state[0]
    whole = _WHOLE.get(jurisdiction, ())
    for found in (*_PORT.finditer(text), *_SOMEWHERE.finditer(text)):
        name = str(found[str(found.lastgroup)])
        if _NOWHERE.match(name) or name.removesuffix(".") in whole:
            continue
        if jurisdiction == "ZZ" and name in _COUNTRIES:
            continue  # of a platform's work in the world a country is counted under its own code
        return name
    if jurisdiction and (match := _ONE_PART.search(text)):
        return match[0]
    return before if _AGAIN.match(text) else ""


def of_one_place(title: str, jurisdiction: str) -> str:
    """Return the port or the place that a headline is on: CBP officers in Memphis, Cincinnati CBP."""
    if named := part_in(title, jurisdiction, ""):
        return named
    match = re.match(rf"({_NAME}) (?:CBP|HSI|Customs|Border Force)\b", title)
    whole = _WHOLE.get(jurisdiction, ())
    if match is None or _EAST.search(title) or match[1] in whole or match[1] in _ADJECTIVES:
        return ""
    return match[1]


def of_operation(title: str) -> bool:
    """Tell whether a headline in English is on an operation, so that what the text counts is of it."""
    if _EAST.search(title) or _REVIEW.search(title) or is_wider(title):
        return False
    return _OPERATION.search(title) is not None


@lru_cache(maxsize=4096)
def is_wider(text: str) -> bool:
    """Tell whether a sentence looks beyond the operation or the port that its text is on."""
    yearly = _YEARLY.search(text) is not None and not _EDITION.search(text)
    return yearly or _WIDER.search(text) is not None


class Scenes:
    """Where a text in English is, sentence by sentence: at a part of a jurisdiction, on an operation, or beyond both.

    What a headline is on holds until a sentence looks further, and not again within that paragraph.
    """

    def __init__(self, title: str, jurisdiction: str) -> None:
        self._jurisdiction = jurisdiction
        self._port, self._operation = of_one_place(title, jurisdiction), of_operation(title)
        self._part, self._wider = "", False
        self._named = _EAST.search(title) is not None and OPERATION.search(title) is not None
        self._ran: tuple[date | None, date | None] | None = None

    def marked(self, times: list[Time]) -> list[Time]:
        """Return windows, those of the campaign that a headline in Chinese is on marked: the first of its text.

        A window from New Year's Day on is the year's.
        """
        if not self._named:
            return times
        for time in times:
            if self._ran is None and time.start and time.days > 1:
                self._ran = time.start, time.end
        if self._ran is None or self._ran[0] is None or (self._ran[0].month, self._ran[0].day) == (1, 1):
            return times
        return [replace(one, campaign=one.campaign or (one.start, one.end) == self._ran) for one in times]

    def of(self, text: str, same: bool) -> tuple[str, bool]:
        """Return the part that a sentence is on, and whether it is on the operation; `same` as the paragraph before."""
        self._part = part_in(text, self._jurisdiction, self._part if same else "")
        self._wider = is_wider(text) or (self._wider and same)
        return self._part or ("" if self._wider else self._port), self._operation and not self._wider
