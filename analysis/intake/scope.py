"""What a figure is about: subject, track, product, origin, mode, channel and programme, by the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from analysis.dataset import Dataset
from analysis.dataset.dimensions import PRODUCTS, STAGES, SUBJECTS, TRACKS
from analysis.readings.lexicon import branched, quick
from analysis.readings.window_words.campaigns import _NAMES as CAMPAIGN_NAMES

# The first that fits is the subject; what stands before the figure in its sentence is asked before the whole text.
_SUBJECTS: tuple[tuple[str, str], ...] = (
    (
        "ipr_and_counterfeit",
        r"侵(?:犯知识产)?权(?:和|及|与|、)?(?:制售)?假冒(?:伪劣)?|侵权假冒|infring\w+ (?:of (?:ipr|intellectual property[a-z ]*) )?and counterfeit|counterfeit\w* and (?:ipr|infring)|ipr infringement and",
    ),
    (
        "counterfeit_and_shoddy",
        r"制售(?:假冒)?伪劣|生产、?销售伪劣|假冒伪劣|伪劣商品|fake and shoddy|counterfeit and shoddy|substandard",
    ),
    ("trade_secret", r"商业秘密|trade secrets?"),
    ("trademark", r"商标|trademarks?"),
    ("copyright", r"著作权|版权|侵权盗版|盗版|copyright|piracy|pirated"),
    ("patent", r"专利|patents?"),
    ("geographical_indication", r"地理标志|geographical indication"),
    ("unfair_competition", r"不正当竞争|unfair competition"),
    ("food_drug", r"食品药品|食药|food and drug"),
    ("ipr", r"知识产权|侵权|\bipr?\b|intellectual property|infring"),
    ("counterfeit_goods", r"假冒|售假|制假|假货|假烟|仿冒|counterfeit|fakes?\b"),
)
_ANY_SUBJECT = re.compile(branched("|".join(words for _, words in _SUBJECTS)))
_SUBJECT = tuple((name, re.compile(words)) for name, words in _SUBJECTS)
_PRODUCT_WORDS = (
    ("tobacco", r"假烟|卷烟|烟草|香烟|cigarettes?|tobacco"), ("alcohol", r"白酒|假酒|酒(?!店)|liquor|wine|spirits"),
    ("pharmaceuticals", r"药品|假药|medicines?|pharmaceuticals?|drugs|pills"), ("personal_care", r"化妆品|香水|cosmetics?|perfumes?|skincare"),
    ("footwear", r"运动鞋|鞋|footwear|shoes|sneakers|trainers"), ("apparel", r"服装|衣服|服饰|apparel|clothing|garments|jerseys|t-shirts"),
    ("bags", r"箱包|手袋|皮包|handbags?|\bbags\b|wallets"), ("watches", r"手表|钟表|watches"), ("jewellery", r"首饰|珠宝|jewell?e?ry"),
    ("toys", r"玩具|盲盒|toys?"), ("phones", r"手机|phones?|smartphones?"), ("auto_parts", r"汽车配件|汽配|机油|auto parts|vehicle parts|car parts|airbags"),
    ("books_media", r"图书|教材|书籍|books?|publications"), ("labels_packaging", r"标识|标签|包装|labels?|packaging"),
    ("agricultural", r"农资|种子|化肥|农药|seeds|pesticides?|fertili[sz]er"), ("consumer_electronics", r"电子产品|耳机|electronics|headphones|earphones"),
    ("food", r"食品|food"), ("films", r"影视|电影|films?\b|movies"), ("sports", r"体育用品|sports goods"),
)  # fmt: skip
_ANY_PRODUCT = re.compile(branched("|".join(words for name, words in _PRODUCT_WORDS if name in PRODUCTS)))
_PRODUCT = tuple((name, re.compile(words)) for name, words in _PRODUCT_WORDS if name in PRODUCTS)
_MODES = (
    ("express", r"快件|快递|express"), ("mail", r"邮递|邮件|邮寄|international mail|\bmail\b|postal"), ("cargo", r"货运|货物渠道|cargo"),
    ("ecommerce", r"跨境电商|e-commerce shipments"), ("sea", r"海运|by sea|sea freight"), ("traveller", r"旅检|旅客|travell?ers?|passengers?"),
    ("de_minimis", r"de minimis"),
)  # fmt: skip
_MODE = tuple((name, re.compile(words)) for name, words in _MODES)
_ONLINE = quick(r"网络|互联网|网上|线上|电商|直播|online|internet|live-?stream|e-commerce|websites?|platform")
_ORIGIN = quick(
    r"(?:originat\w+ (?:from|in)|from|shipped from|来自|原产) ?(?:mainland )?(china|hong kong|turkey|türkiye|india|thailand|vietnam|中国|香港)"
)
_ORIGINS = {"china": "CN", "hong kong": "HK", "turkey": "TR", "türkiye": "TR", "india": "IN", "thailand": "TH", "vietnam": "VN",
            "中国": "CN", "香港": "HK"}  # fmt: skip
_CIVIL = re.compile(r"民事|civil")
_CRIMINAL = quick(r"刑事|犯罪|criminal|crime|sentenc|convict|arrest|抓获|逮捕|刑拘|判处")
_ADMIN = re.compile(r"行政|administrative")
_PLATFORMS = ("Alibaba", "JD", "Pinduoduo", "Douyin", "Kuaishou", "Xiaohongshu", "Tencent", "Amazon", "eBay", "Etsy", "Meta",
              "TikTok", "Lazada", "Shopee", "Temu")  # fmt: skip
_CUSTOMS = ("GACC", "CBP", "EC", "CBSA", "UKBorderForce", "DHS-OHSS", "WCO")
_CRIME = ("MPS", "PSB", "SPP", "ProvProcuratorate", "ICE-HSI", "Europol", "RCMP")


@dataclass(frozen=True, slots=True)
class Programme:
    """A campaign by the words that name it."""

    name: str
    words: str
    year: str


@dataclass(frozen=True, eq=False, slots=True)
class Programmes:
    """The campaigns of a record, and one pattern of all their names; told apart by identity, so that caches are quick."""

    each: tuple[Programme, ...]
    words: re.Pattern[str]


@lru_cache(maxsize=4)
def programmes_of(data: Dataset) -> Programmes:
    """Return the programmes of the readings, with the words that texts name them by."""
    east = {english: name for name, english in CAMPAIGN_NAMES.items() if english.isascii()}
    found = []
    for code in sorted(set(data.readings["programme"]) - {""}):
        parts = re.fullmatch(r"(.*?)(?:-((?:19|20)[0-9]{2}))?(?:-[0-9]{2})?", str(code))
        if parts is None:
            continue
        stem = parts[1].replace("operation-", "")
        english = stem.replace("-", " ")
        if len(english) < 5 or english in ("special campaign", "ipr special campaign"):
            continue
        words = [re.escape(english), *(re.escape(zh) for en, zh in east.items() if en == english)]
        found.append(Programme(str(code), "|".join(words), parts[2] or ""))
    return Programmes(tuple(found), re.compile("|".join(one.words for one in found) or "(?!)"))


@lru_cache(maxsize=4096)
def programme_in(words: str, year: int | None, programmes: Programmes) -> str:
    """Return the programme that words name, of the year printed beside it, or else of `year`; blank where none."""
    best = ""
    if not programmes.words.search(words):
        return best
    for one in programmes.each:
        match = re.search(one.words, words)
        if match is None:
            continue
        near = re.search(r"(?:19|20)[0-9]{2}", words[match.end() : match.end() + 12])
        wanted = near[0] if near else str(year or "")
        if one.year == wanted:
            return one.name
        if not one.year and not best:
            best = one.name
    return best


@lru_cache(maxsize=4096)
def subject_of(near: str, title: str, text: str) -> tuple[str, str]:
    """Return the subject that the nearest words name, and why."""
    for words, reason in (
        (near, "named in its sentence"),
        (title, "named in the title"),
        (text, "named in the text"),
    ):
        if named := _subject_in(words):
            return named[0], f"{reason}: {named[1]}"
    return "other", "no word names a subject"


@lru_cache(maxsize=4096)
def _subject_in(words: str) -> tuple[str, str] | None:
    """Return the first subject that words name, with the word, None where they name none."""
    if _ANY_SUBJECT.search(words):
        for name, pattern in _SUBJECT:
            if (match := pattern.search(words)) and name in SUBJECTS:
                return name, match[0]
    return None


@lru_cache(maxsize=4096)
def track_of(reporter: str, near: str, indicator: str) -> tuple[str, str]:
    """Return the track, by who counts and the words of the sentence."""
    if reporter in ("SPC", "ProvCourt"):
        for name, pattern in (("civil", _CIVIL), ("criminal", _CRIMINAL), ("administrative", _ADMIN)):
            if pattern.search(near):
                return name, "a court, and a word of its sentence"
        return "all_courts", "a court"
    if reporter in _PLATFORMS:
        return "platform", "a platform counts"
    if reporter in _CUSTOMS or "Customs" in reporter:
        return "border", "customs count"
    if reporter in _CRIME or indicator in (
        "suspects_arrested",
        "persons_prosecuted",
        "arrests_approved",
        "persons_convicted",
    ):
        return "criminal", "police or prosecutors count, or persons are"
    if reporter in ("OECD", "EUIPO") or indicator in ("losses_estimate", "trade_value_estimate"):
        return "estimate", "a modelled figure"
    return (
        ("administrative", "an administration counts") if reporter else ("other", "who counts is not known")
    )


@lru_cache(maxsize=4096)
def product_of(near: str) -> str:
    """Return the one product that words name, blank where none or several are."""
    if not _ANY_PRODUCT.search(near):
        return ""
    names = [name for name, pattern in _PRODUCT if pattern.search(near)]
    return names[0] if len(names) == 1 else ""


@lru_cache(maxsize=4096)
def mode_of(near: str) -> str:
    """Return the one mode of transport that words name."""
    names = [name for name, pattern in _MODE if pattern.search(near)]
    return names[0] if len(names) == 1 else ""


@lru_cache(maxsize=4096)
def origin_of(near: str) -> str:
    """Return the origin that words name."""
    match = _ORIGIN.search(near)
    return _ORIGINS[match[1]] if match else ""


@lru_cache(maxsize=4096)
def channel_of(track: str, near: str) -> str:
    """Return the channel: of customs the border, online where the sentence says so."""
    if track == "border":
        return "border"
    return "online" if track == "platform" or _ONLINE.search(near) else "all"


_VOCABULARIES = {"stage": STAGES, "track": TRACKS, "product": PRODUCTS, "subject": SUBJECTS}


def known(column: str, word: str) -> str:
    """Return a word where the dataset's vocabulary has it, else blank."""
    return word if word in _VOCABULARIES[column] else ""
