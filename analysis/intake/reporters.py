"""Who counted a figure: the body named before it in its sentence, or the one that the text speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from analysis.dataset import Dataset
from analysis.intake.cases import Cases
from analysis.intake.counter import Counter
from analysis.intake.place_words import CITIES, EAST, PLACES, PROVINCES, WEST
from analysis.intake.reporter_words import (
    COUNTRIES,
    GENERIC,
    PLATFORMS,
    Named,
    names_in,
)
from analysis.intake.sentences import Sentence
from analysis.readings.lexicon import quick

_CJK = re.compile(r"[\u4e00-\u9fff]")
_PLACE_EAST, _PLACE_WEST = re.compile(EAST), re.compile(rf"\b(?:{WEST})\b")
# Before these words stands who counted; a body behind them only helped, received or was told.
_OTHER_EAST = re.compile(
    r"(?:向|与|会同|联合|配合|协助|由|移送|移交|移送给|推送|通报|支持|提供给|和|及|对|被|同"
    r"|监督|督促|建议|要求|督导)(?:当地|各地|地方|有关|省|市|自治区|区|县)?$"
)
# Behind these words a body only ordered, guided or took over what another did: 公安部挂牌督办, supervised by.
_ORDERS_EAST = re.compile(r"(?:联合)?(?:挂牌|统一)?(?:督办|指挥|交办|指导|协调|组织指挥)")
_ORDERED_WEST = re.compile(
    r"\b(?:supervision|guidance|direction|command|coordination|request|support|help) of (?:the )?$"
)
# Bodies told one after another act together: the first leads.
_LISTED = re.compile(r"、\w{0,4}|(?: ?\([a-z ]{2,12}\))?,? (?:and |the |and the )?")
_TOGETHER = re.compile(
    r"[^,;。]{0,12}?(?:联合|共同|协同|携手|三部门|多部门|两部门)|[^,;.]{0,16}\bjoint(?:ly)?\b"
)
# A platform helps the police of many places: 配合浙江、广东等11个省份公安机关.
_HELPED = re.compile(
    r"(?:配合|协助|协同|联合|会同|支持|支撑|助力|向|与|和|被|由|移送)[^,;。]{0,36}$"
    r"|\b(?:help|assist|support|cooperat|collaborat|work|alongside|together|with|refer|report|supply|suppl|provid|sent|by|to)"
    r"[a-z]*\b[^,;.]{0,48}$"
)
_OWN = quick(r"\b(?:we|our)\b|我们|我[局院关市省厅]|本[院局关厅]|该(?:局|院|关|平台|委员会|总队)")
# A body of a country that the dataset has no word for, by its printed capitals: the National Bureau of Investigation.
_UNKNOWN = re.compile(
    r"\b(?:[A-Z][\w'-]+ (?:of (?:the )?|for (?:the )?|and )?){1,5}"
    r"(?:Bureau|Police|Administration|Agency|Board|Authority|Office|Service|Department|Ministry|Inspectorate|Investigation)\b"
)
_SHORT = re.compile(r" ?\((?:the |以下简称|简称)?[\"“']?([a-z&-]{2,9})[\"”']?\)")
_OTHER_WEST = re.compile(
    r"(?:\b(?:to|with|by|alongside|helped|helping|assist(?:ed|ing)?|supported|and|from|told|before|for|at|against"
    r"|through|under))\s+(?:the |local |chinese |national |law enforcement )*$"
)
_COUNTS = quick(
    r"(?:according to|(?:coordinated|led|run|conducted|carried out|released|published|announced|reported|compiled"
    r"|issued) by|(?:figures|data|statistics|report|research|survey|study) (?:from|by|of)|据|由)\s*(?:the |local )*$"
)
_ABROAD = quick(
    r"(?:spanish|italian|french|german|dutch|british|belgian|portuguese|polish|greek|turkish|thai"
    r"|indian|korean|japanese"
    r"|malaysian|vietnamese|american|us|uk|dubai|australian|canadian|mexican|federal|state"
    r"|metropolitan|city of london|local) (?:and [a-z]+ )?$"
)
# What courts did with what others brought before them: 法院同期改变率.
_JUDGED = re.compile(r"(?:同期)?(?:改变|采纳|改判|再审|裁定|采信|支持)")
_CHINA = re.compile(r"chin|beijing|shanghai|中国|全国|[\u4e00-\u9fff]")
_BEHIND = re.compile(r"(?:\bby|, according to)\s+(?:the |local )*$")
_BARE_PLACE = re.compile(rf"(?:{EAST})(?:省|市)?[为有:]?$")
# Whom a text speaks of: a body named as one who counts, one abroad that is served, one of a kind, one that is served.
_ORDER = ((False, False, False), (False, True, True), (True, False, False), (False, True, False))
_ALL_OF_IT = re.compile(r"(?:全省|全国|全自治区)(?:各级)?$")
# Whose doings Europol tells of without a name: Greek officers, in Poland investigators.
_OFFICERS = r"(?:[Pp]olice|[Cc]ustoms|[Aa]uthorities|[Oo]fficers|[Ii]nspectors|[Ii]nvestigators)"
_LANDS = "|".join(words.split(" ", 1)[1] for words in COUNTRIES.values())
_OF_A_STATE = re.compile(
    rf"\b(?:{'|'.join(COUNTRIES)}|British|Greek|Serbian) (?:[a-z]+ ){{0,2}}{_OFFICERS}\b"
    rf"|\bIn (?:the )?(?:{_LANDS}|Greece|Serbia), (?:the )?(?:[a-z]+ ){{0,2}}{_OFFICERS}\b"
    rf"|\b{_OFFICERS} in (?:the )?(?:{_LANDS}|Greece|Serbia)\b"
    r"|\b(?:Guardia di Finanza|Carabinieri|Polizia|Gendarmerie|Bundespolizei|Marechaussee)\b"
)
_ADD_UP = ("UKIPO", "EUIPO", "NCIPR")  # whose reports bring together what others counted
_UNLISTED = re.compile(r"[\u4e00-\u9fff]{2,3}[市县](?=公安|市场监|人民|检察|法院|烟草|警方)")
_OF_PLACE = {"MPS": "PSB", "SPP": "ProvProcuratorate", "SPC": "ProvCourt"}
_IN_PLACE = re.compile(
    rf"(?:在|位于)(?:{EAST})(?:省|市)?[^,;。]{{0,6}},?$|\bin (?:{WEST})(?: [a-z]+)?,? (?:the |local )?$"
)


@dataclass(slots=True)
class Counters:
    """The bodies of a text, and the one that is carried on from sentence to sentence."""

    main: Counter = field(default_factory=Counter)
    paragraph: int = -1
    here: Counter | None = None
    china: bool = True
    short: dict[str, Named] = field(default_factory=dict)

    def of(self, sentence: Sentence, place: int, one_case: bool) -> Counter:
        """Return who counted what stands at a character of the plain form of a sentence."""
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.here = sentence.paragraph, None
        names = self._named(sentence.plain)
        found = self._subject(sentence, place, one_case)
        bare = _BARE_PLACE.search(sentence.plain, max(0, place - 8), place)
        if bare and (told := _place_in(bare[0])) and (known := found or self.here or self.main).reporter:
            reporter = _OF_PLACE.get(known.reporter, known.reporter)
            return Counter(reporter, *told, f"the place right before it: {bare[0]}", 0.8)
        if found is not None:
            return found
        passive = next(
            (one for one in names if one.start >= place and _BEHIND.search(sentence.plain, 0, one.start)),
            None,
        )
        if passive is not None and (counter := self._counter(passive, sentence)).reporter:
            return counter
        end = sentence.at(place) - sentence.start
        if self.main.reporter == "Europol" and (state := _OF_A_STATE.search(sentence.text, 0, end)):
            return Counter("", "", "", f"named: {state[0]}, of one state", 0.6)
        if self.here is not None:
            return replace(self.here, reason="the body named before it in its paragraph", sure=0.8)
        if self.main.known:
            return replace(self.main, reason="the body that the text speaks of", sure=0.8)
        later = next((one for one in names if one.start >= place), None)
        if later is not None and (counter := self._counter(later, sentence)).reporter:
            return replace(counter, sure=0.6)
        return Counter()

    def _subject(self, sentence: Sentence, place: int, one_case: bool) -> Counter | None:
        """Return the last body before a character that is no helper, and remember those on the way."""
        found, last = None, -1
        names = self._named(sentence.plain)
        for index, name in enumerate(names):
            if name.start >= place:
                break
            if self._only_helps(sentence.plain, name, names[index - 1] if index else None):
                continue
            if name.words == "member states" and self.main.jurisdiction == "EU":
                continue  # whose figures a body of the Union adds up
            if name.reporter == "" and self.main.reporter in _ADD_UP:
                continue
            counter = self._counter(name, sentence, one_case)
            if counter.known or "another country" in counter.reason:
                self._remember(counter, name, one_case)
                found, last = counter, name.end
        return self._own(sentence, max(last, 0), place) or found

    def _named(self, plain: str) -> tuple[Named, ...]:
        """Return the bodies that a sentence names, those by the abbreviation that the text gave them with them."""
        names = names_in(plain)
        for name in names if "(" in plain else ():
            known = None if name.generic else _SHORT.match(plain, name.end)
            if known and known[1] not in self.short and not names_in(known[1]):
                self.short[known[1]] = name
        again = [
            replace(name, start=match.start(), end=match.end(), words=match[0])
            for words, name in self.short.items()
            if words in plain
            for match in re.finditer(rf"\b{re.escape(words)}\b", plain)
        ]
        return tuple(sorted((*names, *again), key=lambda one: one.start)) if again else names

    def _only_helps(self, plain: str, name: Named, before: Named | None) -> bool:
        """Tell whether a body is no counter where it stands: it helps, orders, or is one more of a joint action."""
        if _serves(plain, name):
            return True
        if self.main.reporter in PLATFORMS and name.reporter not in PLATFORMS:
            return _HELPED.search(plain, max(0, name.start - 60), name.start) is not None
        if before is None or not _LISTED.fullmatch(plain, before.end, name.start):
            return False
        return _TOGETHER.match(plain, name.end) is not None or _serves(plain, before)

    def _own(self, sentence: Sentence, low: int, place: int) -> Counter | None:
        """Return the body that the text speaks of where it says "we", or where a body of no own word is named."""
        if not self.main.reporter:
            return None
        if _OWN.search(sentence.plain, low, place):
            return replace(self.main, reason="the text speaks of itself", sure=0.85)
        if self.main.jurisdiction.startswith("CN") or self.main.reporter in PLATFORMS:
            return None
        start, end = sentence.at(low) - sentence.start, sentence.at(place) - sentence.start
        for match in _UNKNOWN.finditer(sentence.text, start, end):
            served = _OTHER_WEST.search(sentence.text[max(0, match.start() - 40) : match.start()].lower())
            if not served and all(one.generic for one in names_in(match[0].lower())):
                return replace(self.main, reason=f"{match[0]}, a body of it", sure=0.6)
        return None

    def start(self, sentences: list[Sentence], source: str, data: Dataset) -> None:
        """Take the first body that a text names as one who counts for the one that it speaks of.

        A generic one (the courts) is taken where none has a name; of a source that is known the publisher speaks
        where the text names nobody.
        """
        self.china = any(_CHINA.search(sentence.plain) for sentence in sentences)
        cases = Cases()
        of_case = {sentence.start: cases.of(sentence, False) for sentence in sentences}
        for generic, served, abroad in _ORDER:
            for sentence in sentences:
                for name in names_in(sentence.plain):
                    if name.local and not (served or generic) and of_case[sentence.start]:
                        continue  # who solved a case of the list is not whom the text speaks of
                    if abroad and name.jurisdiction in ("", "CN"):
                        continue
                    serves = name.words == "member states" or _serves(sentence.plain, name)
                    if name.generic == generic and served == serves:
                        counter = self._counter(name, sentence)
                        if counter.known:
                            self.main = counter
                            return
        row = data.sources[data.sources["source_id"] == source]
        if not row.empty and (names := names_in(str(row.iloc[0]["publisher"]).lower())):
            self.main = self._counter(names[0], sentences[0])

    def _remember(self, counter: Counter, name: Named, one_case: bool) -> None:
        if not one_case or name.local:
            self.here = counter
        if not self.main.known and counter.known:
            self.main = counter

    def _counter(self, name: Named, sentence: Sentence, one_case: bool = False) -> Counter:
        """Return the counter that words name."""
        reason = f"named: {name.words}"
        if name.generic:
            return self._generic(int(name.reporter), name, sentence, one_case)
        if not name.local:
            return Counter(name.reporter, name.jurisdiction, "", reason, 0.95)
        code, region = _place_of(name.words)
        part = (
            match[0]
            if not region and (match := _UNLISTED.match(name.words)) and not _place_in(match[0])
            else ""
        )
        if code == "CN" and self.main.jurisdiction.startswith("CN-"):
            code = self.main.jurisdiction  # a county that no list names is of the text's province
        return Counter(name.reporter, code, region, reason, 0.9, part)

    def _generic(  # noqa: C901 - one sign after another, the surest first
        self, kind: int, name: Named, sentence: Sentence, one_case: bool
    ) -> Counter:
        """Return the body of a kind that the text spoke of before, or the national one."""
        kinds = GENERIC[kind][0]
        if kind == 2 and one_case and self.main.reporter in ("SPP", "ProvProcuratorate"):
            return Counter()  # what a court made of their case
        if _ABROAD.search(
            sentence.plain, max(0, name.start - 30), name.start
        ) and not self.main.jurisdiction.startswith("CN"):
            return Counter("", "", "", f"named: {name.words}, of another country", 0.5)
        near = _IN_PLACE.search(sentence.plain, max(0, name.start - 40), name.start)
        if kind in (0, 1, 2) and (near or one_case):
            told = _place_in(near[0] if near else sentence.plain[: name.start])
            if told and self.main.reporter in (*kinds, ""):
                return Counter(kinds[-1], *told, f"named: {name.words}, with a place", 0.85)
        whole = _ALL_OF_IT.search(sentence.plain, max(0, name.start - 6), name.start)
        for known in (self.main, self.here) if whole else (self.here, self.main):
            if known and (
                known.reporter in kinds
                or (kind == 3 and "Customs" in known.reporter)
                or (kind == 3 and known.reporter in ("CBP", "EC", "UKBorderForce", "CBSA"))
            ):
                return replace(known, reason=f"named: {name.words}, the one named before", sure=0.85)
        if kind in (0, 1, 2) and self.main.jurisdiction.startswith("CN-"):
            return Counter(
                kinds[-1],
                self.main.jurisdiction,
                self.main.region,
                f"named: {name.words}, of the text's place",
                0.7,
            )
        if self.main.jurisdiction not in ("", "CN") and not self.main.jurisdiction.startswith("CN-"):
            return Counter()
        if self.main.reporter and not self.main.jurisdiction.startswith("CN"):
            return Counter()
        if not self.china:
            return Counter()
        found = _place_in(sentence.plain)
        if found and kind in (0, 1, 2):
            return Counter(kinds[-1], *found, f"named: {name.words}, with a place", 0.6)
        return Counter(kinds[0], "CN", "", f"named: {name.words}", 0.6)


def _serves(plain: str, name: Named) -> bool:
    """Tell whether a body is named as a helper or receiver, not as who counted."""
    if name.words in ("法院", "court", "courts") and _JUDGED.match(plain, name.end):
        return True
    if _COUNTS.search(plain, max(0, name.start - 40), name.start):
        return False
    if _ORDERS_EAST.match(plain, name.end) or _ORDERED_WEST.search(
        plain, max(0, name.start - 24), name.start
    ):
        return True
    if _CJK.search(name.words):
        return _OTHER_EAST.search(plain, max(0, name.start - 8), name.start) is not None
    return _OTHER_WEST.search(plain, max(0, name.start - 40), name.start) is not None


def _place_of(words: str) -> tuple[str, str]:
    """Return the code of the province that words name, and the city."""
    found = _place_in(words)
    return found or ("CN", "")


def _place_in(words: str) -> tuple[str, str] | None:
    """Return the province and city that words name, None where they name none."""
    match = _PLACE_EAST.search(words) or _PLACE_WEST.search(words)
    if match is None:
        return None
    name = match[0]
    if name in PROVINCES and name in PLACES:
        return PROVINCES[name], ""
    west = next(
        west for west, code in CITIES.items() if west.isascii() and code == CITIES[name] and _same(west, name)
    )
    return CITIES[name], west.replace("'", "").replace(" ", "-")


def _same(west: str, name: str) -> bool:
    """Tell whether two names stand together in the list of cities."""
    if name.isascii():
        return west == name
    names = list(CITIES)
    return names[names.index(name) + 1] == west
