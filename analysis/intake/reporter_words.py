"""Who counts, by the words that texts call them: patterns for the dataset's reporters.

Each entry is a reporter of the dataset, a jurisdiction, and the words in Chinese and in English. {place} stands for a
province or a city of China, {any} for anything a name may begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from analysis.dataset.borders import REPORTERS_AT_BORDERS
from analysis.dataset.vocabularies import REPORTERS
from analysis.intake.place_words import EAST, WEST
from analysis.readings.lexicon import Lexicon, lexicon

PLATFORMS = frozenset(
    ("Alibaba", "JD", "Pinduoduo", "Douyin", "Kuaishou", "Xiaohongshu", "Tencent", "Amazon", "eBay", "Etsy", "Meta",
     "TikTok", "Lazada", "Shopee", "Temu")
)  # fmt: skip
POLICE = ("MPS", "PSB")
# Reporter, of a place, words in Chinese, words in English. The specific ones stand first.
_CHINA: tuple[tuple[str, str, str], ...] = (
    ("SPP", r"最高人民?检察院|最高检|全国检察机关|全国检察院", r"supreme people'?s procuratorate|\bspp\b|procuratorates? (?:nationwide|across china|across the country)"),
    ("SPC", r"最高人民法院|最高法(?!检)|全国(?:各级)?(?:人民)?法院|各级法院|知识产权法庭", r"supreme people'?s court|\bspc\b|(?:chinese |china's )?courts (?:nationwide|across china|across the country|at all levels)"),
    ("MPS", r"公安部|全国公安机关|全国公安", r"ministry of public security|\bmps\b|public security organs|police (?:nationwide|across china|across the country)|chinese police|china'?s police"),
    ("GACC", r"海关总署|全国海关|中国海关", r"general administration of customs|\bgacc?\b|china customs|chinese customs|china'?s customs"),
    ("SAMR", r"国家市场监[督管]\w{0,4}总局|市场监管总局|全国市场监管部门|全国市场监管系统", r"state administration for market regulation|\bsamr\b|market regulators? (?:nationwide|across china|across the country)"),
    ("SAIC", r"国家工商\w{0,6}总局|工商总局|全国工商(?:机关|和市场监管部门|系统|部门)?", r"state administration (?:for|of) industry and commerce|\bsaic\b|industry and commerce authorities"),
    ("AQSIQ", r"质检总局|国家质量监督检验检疫总局|质检系统|全国质检", r"general administration of quality supervision|\baqsiq\b"),
    ("NCAC", r"国家版权局|版权(?:局|执法|行政|管理|监管)*部门", r"national copyright administration|\bncac\b|copyright (?:authorities|administrations?)"),
    ("CNIPA", r"国家知识产权局|知识产权(?:管理|局)(?:部门|系统)?|专利管理部门", r"(?:china )?national intellectual property administration|\bcnipa\b|\bsipo\b|state intellectual property office"),
    ("NLG", r"全国打击侵(?:犯知识产)?权\w{0,12}领导小组|全国双打办|双打办", r"national leading group"),
    ("STMA", r"国家烟草专卖局|烟草专卖(?:部门|局)|烟草部门|全国烟草", r"state tobacco monopoly|tobacco (?:monopoly )?(?:authorities|administration|bureaus?)"),
    ("NMPA", r"国家药监局|国家药品监督管理局|药监部门|药品监管部门", r"national medical products administration|\bnmpa\b|drug regulators?"),
    ("SPB", r"国家邮政局", r"state post bureau"),
    ("CCA", r"中国消费者协会|中消协", r"china consumers'? association"),
    ("SHDF", r"扫黄打非\w{0,4}办公室|扫黄打非部门", r"anti-pornography|office against pornography"),
    ("Alibaba", r"阿里巴巴|阿里|淘宝|天猫", r"alibaba|taobao|tmall"),
    ("JD", r"京东", r"\bjd(?:\.com)?\b"),
    ("Pinduoduo", r"拼多多", r"pinduoduo"),
    ("Douyin", r"抖音", r"douyin"),
    ("Kuaishou", r"快手", r"kuaishou"),
    ("Xiaohongshu", r"小红书", r"xiaohongshu|rednote"),
    ("Tencent", r"腾讯|微信", r"tencent|wechat|weixin"),
)  # fmt: skip
_LOCAL: tuple[tuple[str, str, str], ...] = (
    ("PSB", r"(?:省|市|自治区|县|区)?(?:各地|各级|全省|全市)?(?:公安(?:机关|厅|局|分局|部门|经侦|民警)?|警方|经侦)", r"(?:police|public security(?: bureau| department| organs)?)"),
    ("ProvProcuratorate", r"(?:省|市|自治区|县|区)?(?:各级|全省|全市)?(?:人民)?检察(?:院|机关)", r"(?:people'?s )?procuratorates?"),
    ("ProvCourt", r"(?:省|市|自治区|县|区)?(?:各级|全省|全市|三级)?(?:高级|中级|高|中|互联网|知识产权)?(?:(?:人民)?法院|法庭)", r"(?:high |intermediate |internet |intellectual property |higher )?(?:people'?s )?courts?"),
    ("GACC", r"(?:市|口岸|关区|机场)?海关", r"customs"),
    ("SAMR", r"(?:省|市|自治区|县|区)?(?:各级|全省|全市)?市场监[督管](?:管理)?(?:局|部门|系统)?", r"(?:provincial |municipal )?(?:market (?:regulators?|supervision|regulation)(?: administration| authorit(?:y|ies)| bureaus?)?|administration for market regulation)"),
    ("STMA", r"(?:省|市)?烟草专卖局", r"tobacco monopoly (?:administration|bureau)"),
)  # fmt: skip
# A city, a county or a district that no list names: 某某市公安局. What looks alike and is none stands in front.
_SOME_PLACE = (
    r"(?![\u4e00-\u9fff]{0,3}(?:[全各本我该外城县]市|[全各本该]县|[全各本该地社园片辖城景山小郊市]区|自治区|[与和及同在由]))"
    r"[\u4e00-\u9fff]{2,3}[市县区]"
)
# "Police in east China's Shandong Province".
_PART = r"(?:(?:north|south|east|west|central)(?:east|west)?(?:ern)? |eastern |southern )?"
# Bodies named without a place: whose they are, the text tells.
GENERIC: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("MPS", "PSB"), r"公安机关|警方|公安(?!部)", r"\bpolice\b|public security"),
    (("SPP", "ProvProcuratorate"), r"检察机关|检察院", r"procuratorates?|prosecutors"),
    (("SPC", "ProvCourt"), r"(?<!知识产权)法院", r"\bcourts?\b"),
    (("GACC",), r"海关", r"\bcustoms\b"),
    (("SAMR",), r"市场监管部门", r"market (?:regulators?|supervision authorities)"),
)
_PLATFORMS = ("Amazon", "eBay", "Etsy", "Meta", "TikTok", "Lazada", "Shopee", "Temu")
_ABROAD: tuple[tuple[str, str, str], ...] = (
    ("CBP", "US", r"u\.?s\.? customs and border protection|customs and border protection|\bcbp\b"),
    ("ICE-HSI", "US", r"homeland security investigations|\bhsi\b|immigration and customs enforcement"),
    ("DHS-OHSS", "US", r"office of homeland security statistics"),
    ("USTR", "US", r"\bustr\b|united states trade representative"),
    ("EUIPO", "EU", r"\beuipo\b|european union intellectual property office"),
    ("EC", "EU", r"european commission|european anti-fraud office|\bolaf\b|\bdg taxud\b|eu customs|customs (?:authorities )?(?:in|of) the (?:eu|european union)|member states"),
    ("Europol", "EU", r"\beuropol\b"),
    ("SpanishInterior", "ES", r"guardia civil"),
    ("UKIPO", "GB", r"\bukipo\b|(?:uk )?intellectual property office \((?:uk)?ipo\)|uk intellectual property office|(?<!european union )(?<!union )(?<!hungarian )(?<!swedish )(?<!benelux )(?<!korean )the intellectual property office(?! of)|\bthe ipo\b(?!'s? (?:of|raised|price))"),
    ("UKBorderForce", "GB", r"(?<!australian )border force(?! australia)"),
    ("HMRC", "GB", r"\bhmrc\b|hm revenue"),
    ("HongKongCustoms", "HK", r"hong kong customs|customs and excise department"),
    ("JapanCustoms", "JP", r"japan customs|japanese customs|japan'?s (?:ministry of finance|customs)"),
    ("KoreaCustoms", "KR", r"korea customs|korean customs"),
    ("CBSA", "CA", r"canada border services|\bcbsa\b"),
    ("RCMP", "CA", r"\brcmp\b|royal canadian mounted police"),
    ("OECD", "ZZ", r"\boecd\b"),
    ("WCO", "ZZ", r"world customs organi[sz]ation|\bwco\b"),
    ("IrishRevenue", "IE", r"revenue commissioners|irish revenue|irish customs|ireland'?s revenue"),
    ("NCIPR", "PH", r"national committee on (?:intellectual property rights|ipr)|\bncipr\b"),
    ("PhilippinesCustoms", "PH", r"(?:philippine )?bureau of customs|philippines?'? customs|\bboc\b"),
    ("DIP", "TH", r"department of intellectual property"),
    ("SARS", "ZA", r"south african (?:revenue service|customs)|south africa's customs|\bsars\b"),
    ("HIPO", "HU", r"hungarian intellectual property office|\bhipo\b"),
    ("CroatianInspectorate", "HR", r"croatian state inspectorate|state inspectorate"),
    ("RomanianBorderPolice", "RO", r"romanian border police"),
    ("SpanishInterior", "ES", r"spanish interior ministry|spain'?s (?:interior ministry|ministry of the interior)"),
    ("SpanishTaxAgency", "ES", r"spanish tax agency|spain'?s tax agency|agencia tributaria"),
    ("HungarianCustoms", "HU", r"national tax and customs administration|hungarian (?:tax and )?customs|hungary's customs|customs (?:officers |authorit(?:y|ies) )?(?:in|of) hungary"),
    ("UAECustoms", "AE", r"(?:uae )?federal customs authority|uae customs|federal authority for identity"),
    ("AustralianCustoms", "AU", r"australian border force|australian customs|australia's customs|\babf\b"),
    ("RussianCustoms", "RU", r"russian customs|russia'?s federal customs service"),
    ("ITIF", "US", r"\bitif\b|information technology and innovation foundation"),
    ("GAO", "US", r"government accountability office"),
)  # fmt: skip
# Bodies that the dataset has no word for: what they counted is nobody else's.
_NAMELESS: tuple[tuple[str, str], ...] = (
    (
        "GB",
        r"police intellectual property crime unit|\bpipcu\b|city of london police|(?<!chartered )trading standards|ministry of justice",
    ),
    ("KE", r"anti-counterfeit (?:authority|agency)(?: of kenya)?|kenya revenue authority"),
    (
        "IN",
        r"central consumer protection authority|\bccpa\b|directorate of revenue intelligence|(?:delhi|mumbai|kolkata|hyderabad|bengaluru|indian) police|food safety and standards authority",
    ),
    ("EU", r"economic interest grouping of customs"),
)
_ABROAD_EAST = (
    ("HongKongCustoms", "HK", r"香港海关"), ("EUIPO", "EU", r"欧盟知识产权局"), ("CBP", "US", r"美国海关"),
    ("JapanCustoms", "JP", r"日本海关"), ("KoreaCustoms", "KR", r"韩国关税厅|韩国海关"), ("EC", "EU", r"欧盟委员会"),
)  # fmt: skip
# What border bodies call themselves in English.
_OWN_NAMES = {
    "SwissCustoms": r"federal office for customs and border security|\bfocbs\b|\bbazg\b",
    "PolishCustoms": r"national revenue administration(?: of poland)?|polish (?:tax|treasury) administration",
    "EstonianCustoms": r"estonian tax and customs board|tax and customs board",
    "ItalianCustoms": r"customs and monopolies agency|italian customs and monopolies",
    "PortugueseCustoms": r"portuguese tax and customs authority",
    "UkrainianCustoms": r"state customs service of ukraine",
    "SaudiCustoms": r"zakat, tax and customs authority|\bzatca\b",
    "TurkishCustoms": r"(?:turkey's|turkiye's|turkish) (?:ministry of trade|trade ministry|customs enforcement)",
    "GermanCustoms": r"\bzollfahndung\w*|german central customs authority|main customs office",
    "DutchCustoms": r"dutch customs administration|\bfiod\b",
    "NZCustoms": r"new zealand customs service|nz customs",
}
COUNTRIES = {
    "French": "FR France", "German": "DE Germany", "Italian": "IT Italy", "Spanish": "ES Spain", "Dutch": "NL Netherlands",
    "Belgian": "BE Belgium", "Austrian": "AT Austria", "Swiss": "CH Switzerland", "Polish": "PL Poland",
    "Portuguese": "PT Portugal", "Swedish": "SE Sweden", "Danish": "DK Denmark", "Irish": "IE Ireland",
    "Finnish": "FI Finland", "Norwegian": "NO Norway", "Czech": "CZ (?:Czech Republic|Czechia)", "Slovak": "SK Slovakia",
    "Slovenian": "SI Slovenia", "Hungarian": "HU Hungary", "Romanian": "RO Romania", "Bulgarian": "BG Bulgaria",
    "Croatian": "HR Croatia", "Maltese": "MT Malta", "Thai": "TH Thailand", "Taiwan": "TW Taiwan", "Dubai": "AE-DU Dubai",
    "Australian": "AU Australia", "Russian": "RU Russia", "Saudi": "SA Saudi Arabia", "Turkish": "TR (?:Turkey|Turkiye)",
    "Philippines": "PH Philippines", "New Zealand": "NZ New Zealand", "Luxembourg": "LU Luxembourg",
    "Chilean": "CL Chile", "Cypriot": "CY Cyprus", "Estonian": "EE Estonia", "Latvian": "LV Latvia",
    "Lithuanian": "LT Lithuania", "Ukrainian": "UA Ukraine",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A reporter that words name, with its place."""

    start: int
    end: int
    reporter: str
    jurisdiction: str
    words: str
    local: bool = False
    generic: bool = False


Meant = tuple[str, str, bool, bool]  # reporter, jurisdiction, of a place, of a kind


def _abroad() -> list[tuple[str, str, str]]:
    """Return the reporters abroad: the listed ones, and customs services by the meanings in the dataset."""
    listed = list(_ABROAD)
    known = {name for name, _, _ in listed}
    for name, meaning in REPORTERS_AT_BORDERS.items():
        words = re.sub(r" \(.*|, .*| and .*|:.*", "", meaning)
        begin = next((begin for begin in COUNTRIES if words.startswith(begin)), "")
        if name not in known and begin and "customs" in f"{name} {words}".lower():
            code, country = COUNTRIES[begin].lower().split(" ", 1)
            of = rf"(?:the )?{country}(?:'s|s')?|{begin.lower()}"
            national = rf"(?:{of}) (?:national |state |federal |tax and |revenue and )?customs|customs (?:administration |service |officers |authorit(?:y|ies) )?(?:of|in) (?:the )?{country}"
            own = f"|{_OWN_NAMES[name]}" if name in _OWN_NAMES else ""
            listed.append((name, code.upper(), f"{re.escape(words.lower())}|{national}{own}"))
    listed += [(name, "ZZ", rf"\b{name.lower()}\b") for name in _PLATFORMS if name in REPORTERS]
    return listed


def _compiled() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], Lexicon, Lexicon, list[Meant]]:
    """Return the names by script, with and without the bodies of a place, and what the group of each stands for."""
    east: list[str] = []
    west: dict[str, str] = {}
    meant: list[Meant] = []

    def add(
        reporter: str, country: str, zh: str, en: str, local: bool = False, generic: bool = False
    ) -> None:
        index = len(meant)
        meant.append((reporter, country, local, generic))
        if zh:
            east.append(f"(?P<g{index}>{zh})")
        if en:
            west[f"g{index}"] = en

    for reporter, country, zh in _ABROAD_EAST:
        add(reporter, country, zh, "")
    for reporter, country, en in _abroad():
        add(reporter, country, "", en)
    for country, en in _NAMELESS:
        add("", country, "", en)
    for reporter, zh, en in _CHINA:
        add(reporter, "CN", zh, en)
    for reporter, zh, en in _LOCAL:
        of = rf"(?:{WEST})(?: province| city| municipal(?:ity)?| provincial| autonomous region)?(?:'s)?"
        add(
            reporter,
            "",
            rf"(?:(?:{EAST})(?:省|市|自治区|壮族自治区)?(?:\w{{1,3}}[市县区])?|{_SOME_PLACE})(?:{zh})",
            rf"{of} {en}|{en} (?:in|of|across) (?:the )?(?:[a-z]+ (?:district|city|county)[a-z ]{{0,6}}(?:in|of) |[a-z]+, |{_PART}china'?s )?(?:{WEST})",
            local=True,
        )
    for index, (_, zh, en) in enumerate(GENERIC):
        add(str(index), "", zh, en, generic=True)
    local = tuple(f"(?P<g{index}>" for index, (*_, of_place, _) in enumerate(meant) if of_place)
    plain_east = [one for one in east if not one.startswith(local)]
    plain_west = {group: en for group, en in west.items() if not meant[int(group[1:])][2]}
    return (
        (re.compile("|".join(east)), re.compile("|".join(plain_east))),
        lexicon(west, "(?<![a-z])"),
        lexicon(plain_west, "(?<![a-z])"),
        meant,
    )


# The second of each pair, without the bodies of a place, is enough where no place is named, and many times quicker.
EAST_NAMES, _WEST_NAMES, _WEST_PLAIN, MEANT = _compiled()
EAST_PLACE, _WEST_PLACE = re.compile(f"{EAST}|[市县区]"), re.compile(f"(?<![a-z]){WEST}")

# A word that every name in Chinese holds, so that the pattern is tried only near one.
EAST_ANCHOR = re.compile(
    "公安|警方|经侦|检察|最高检|法院|最高法|知识产权法庭|海关|关税厅|市场监|工商|质检|质量监督|版权|知识产权|专利|双打办|领导小组|烟草"
    "|药监|药品监|邮政局|消费者协会|中消协|扫黄打非|阿里|淘宝|天猫|京东|拼多多|抖音|快手|小红书|腾讯|微信|欧盟"
)
_AROUND = 48  # characters on either side of a body's word that its name may take


@lru_cache(maxsize=4096)
def names_in(plain: str) -> tuple[Named, ...]:
    """Return the bodies that a sentence names, in order.

    The many names in Chinese are looked for only around the words that one of them holds.
    """
    found = [] if plain.isascii() else list(_east(plain))
    found += (_WEST_NAMES if _WEST_PLACE.search(plain) else _WEST_PLAIN).finditer(plain)
    return tuple(sorted(map(_named, found), key=lambda one: one.start))


def _named(match: re.Match[str]) -> Named:
    reporter, country, local, generic = MEANT[int(str(match.lastgroup)[1:])]
    return Named(match.start(), match.end(), reporter, country, match[0], local, generic)


def _east(plain: str) -> Iterator[re.Match[str]]:
    """Yield the names in Chinese."""
    to = 0
    stretches = _stretches(EAST_ANCHOR, plain)
    pattern = EAST_NAMES[not (stretches and EAST_PLACE.search(plain))]
    for low, high in stretches:
        at = max(low, to)
        while match := pattern.search(plain, at, high):
            yield match
            at = to = match.end()


def _stretches(anchor: re.Pattern[str], plain: str) -> list[tuple[int, int]]:
    """Return the stretches of a text around an anchor, those that overlap joined."""
    joined: list[tuple[int, int]] = []
    for match in anchor.finditer(plain):
        low, high = max(0, match.start() - _AROUND), min(len(plain), match.end() + _AROUND)
        if joined and low <= joined[-1][1]:
            joined[-1] = joined[-1][0], high
        else:
            joined.append((low, high))
    return joined
