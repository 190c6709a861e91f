"""The printed words that name a unit: currency signs, percent signs, measure words and nouns."""

from __future__ import annotations

import re

# Units whose printed digits are rounded, though no scale word stands by them, and which may be below zero.
PROPORTIONS = ("percent", "percentage_point", "ratio")
UNITS = (
    "case", "person", "place", "item", "seizure", "CNY", "USD", "EUR", "JPY", "KRW", "GBP", "HKD", "AED", "AUD", "CAD",
    "CHF", "CZK", "DKK", "HUF", "NOK", "PHP", "PLN", "RUB", "SEK", "THB", "TWD", "UAH", "ZAR", "kilogram", "percent",
    "percentage_point", "ratio", "listing", "store", "lead", "request", "action", "gang", "firm",
)  # fmt: skip

# A difference of two percentages; looked for before the percentage.
_POINTS = re.compile(r"[ -]?\(?(?:percentage points?|百分点|个百分点|个点|ポイント)")
_PERCENT = re.compile(
    r"[ -]?\(?(?:%|percent|per cent|pct|pour cent|prozent|por ciento|por cento|per cento"
    r"|procent|proc\b|prosenttia|퍼센트|パーセント)"
)
_TENTHS = re.compile(r"[成割]")
_RATIO = re.compile(
    r"倍|배| ?-?times?(?= (?:as|more|the|higher|larger|that|over|from|greater)\b|[^a-z]*$)|-?fold\b"
)

_CURRENCY_BEFORE = {
    "TWD": r"nt ?\$",
    "CAD": r"ca?n?\$|cad",
    "AUD": r"(?<![a-z])au?\$|aud",
    "CHF": r"chf",
    "PHP": r"₱|php|(?<![a-z])p",
    "ZAR": r"(?<![a-z])r|zar",
    "AED": r"dhs?|aed",
    "UAH": r"uah",
    "HKD": r"hk\$|hkd",
    "USD": r"(?<![a-z])(?:us ?)?\$|usd|(?<![a-z])us\$",
    "EUR": r"€|eur|euros?",
    "GBP": r"£|gbp",
    "CNY": r"rmb|cny|cn¥|人民币",
    "JPY": r"jpy|jp¥",
    "KRW": r"krw|₩",
}
_CURRENCY_BEHIND = {
    "AUD": r"australian dollars?",
    "CAD": r"canadian dollars?",
    "CHF": r"(?:swiss |schweizer )?(?:francs|franken)\b|chf",
    "SEK": r"kronor|sek\b",
    "CZK": r"korun|kc\b|kč|czk",
    "PLN": r"zł|zl\b|pln",
    "HUF": r"forint|huf",
    "RUB": r"руб|rubles?",
    "THB": r"(?:thai )?baht|thb",
    "UAH": r"hryvnia|uah",
    "kilogram": r"kg\b|kilograms?\b",
    "HKD": r"港元|港币|hk dollars|hkd",
    "USD": r"美元|美金|us dollars?|u\.s\. dollars?|usd|dollars?|ドル|달러",
    "EUR": r"欧元|€|eur\b|euros?\b|eur[ao]t?\b|evrov|d'euros|d euros|ユーロ|유로",
    "GBP": r"英镑|£|gbp|pounds?|ポンド",
    "JPY": r"日元|円|yen|jpy",
    "KRW": r"韩元|won\b|krw|원|ウォン",
    "CNY": r"元|人民币|(?:chinese )?yuan|rmb|cny|renminbi",
}
_BEFORE = {unit: re.compile(rf"(?:{words})[ (]*$") for unit, words in _CURRENCY_BEFORE.items()}
_BEHIND = {
    unit: re.compile(rf"[ -]?\(?(?:de |d'|of )?(?:{words})") for unit, words in _CURRENCY_BEHIND.items()
}
# Measure words that name one unit; 件, 个, 条, 家 and 次 count many things and need a noun beside them.
_MEASURES = {
    "case": r"[起宗]",
    "person": r"人(?!次|民)|名|명",
    "place": r"处|곳",
    "seizure": r"批",
    "item": r"点|점|개|[台瓶册只双盒箱支辆粒片枚]",
    "gang": r"伙",
}
_MEASURE = re.compile(" ?[余多]?(?:" + "|".join(f"(?P<{u}>{w})" for u, w in _MEASURES.items()) + ")")
_VAGUE_MEASURE = r" ?[余多]?(?:[件个条家次户部건]|人次)?"
_NOUNS_EAST = {
    "gang": r"团伙|犯罪网络",
    "place": r"窝点|工厂|作坊|仓库|场所|国家|省份|城市",
    "store": r"店铺|网店|网站|商铺",
    "listing": r"链接",
    "firm": r"品牌|企业|公司|权利人|出版社",
    "lead": r"线索",
    "case": r"案件|案(?=[0-9])",
    "person": r"嫌疑人|罪犯|容疑者",
}
_NOUN_EAST = re.compile("|".join(f"(?P<{unit}>{words})" for unit, words in _NOUNS_EAST.items()))
_NOUN_BEHIND = re.compile(rf"{_VAGUE_MEASURE}[^でをの、,(。0-9]{{0,5}}?(?:{_NOUN_EAST.pattern})")
_NEAR = 8

_NOUNS = {
    "case": "cases lawsuits complaints disputes investigations indictments crimes trials",
    "person": "people persons suspects individuals defendants criminals arrests convictions officers judges "
    "volunteers employees staff accomplices specialists inspectors prosecutors visitors experts offenders",
    "place": "dens workshops factories hideouts plants warehouses locations facilities countries provinces "
    "cities places counties",
    "item": "items pieces products goods articles pills units cigarettes cartons bottles masks tablets "
    "copies toys handbags discs fakes packets publications",
    "seizure": "seizures consignments shipments detentions",
    "listing": "listings links",
    "store": "stores shops websites",
    "lead": "leads clues",
    "request": "requests notices attempts",
    "action": "operations raids inspections campaigns orders",
    "gang": "gangs rings organizations organisations networks groups syndicates",
    "firm": "brands companies firms enterprises merchants manufacturers",
}
_PLURALS = {noun: unit for unit, nouns in _NOUNS.items() for noun in nouns.split()}
# Only a count of one takes a singular; elsewhere it qualifies ("300 gang members", "criminal groups").
_SINGULARS = {noun.removesuffix("s"): unit for noun, unit in _PLURALS.items()}
# A noun phrase ends at these; its last noun counts ("84,000 law enforcement operations" are operations).
_END_WORDS = """
    in to by at on for over from with since than during and or who which that as per via under against worth
    of were was are is had have been across about between into through within after before
"""
_ENDS = frozenset(_END_WORDS.split())
_OPENERS = {"of", "were", "was", "are", "is", "which", "these", "those", "them", "the", "its", "all"}
# "90 (4.0%) cases": what stands in brackets belongs to another figure.
_ASIDE = re.compile(r" ?\([^)]*\)")
_TOKEN = re.compile(r"[a-z][a-z'-]*|[^ ]")


def unit_of(text: str, start: int, end: int, floor: int, limit: int, one: bool = False) -> str | None:
    """Return the dataset's unit that a normalised `text` names for the figure at `start` to `end`, or None.

    `floor` and `limit` are where the figure before ends and the one behind begins; `one` says that
    it counts one thing. Words that count several of the dataset's units (件, 건, 个 alone, "batches",
    "accounts", "applications") name none of them.
    """
    if _POINTS.match(text, end):
        return "percentage_point"
    if text.endswith("百分之", 0, start) or _PERCENT.match(text, end) or _TENTHS.match(text, end):
        return "percent"
    if _RATIO.match(text, end):
        return "ratio"
    near = _currency(text, start, end) or _east(text, start, end, floor, limit)
    if near is not None:
        return near
    aside = _ASIDE.match(text, end)
    return _english(text[aside.end() :] if aside else text[end:limit], one)


def _currency(text: str, start: int, end: int) -> str | None:
    """Return the currency whose sign, code or name touches the figure."""
    before = text[max(0, start - 8) : start]
    for unit, pattern in _BEFORE.items():
        if pattern.search(before):
            return unit
    for unit, pattern in _BEHIND.items():
        if pattern.match(text, end):
            return unit
    return None


def _east(text: str, start: int, end: int, floor: int, limit: int) -> str | None:
    """Return the unit of a Chinese, Japanese or Korean measure word, or of the noun beside a vague one."""
    measure = _MEASURE.match(text, end)
    if measure:
        return measure.lastgroup
    noun = _NOUN_BEHIND.match(text, end, max(end, limit))
    if noun:
        return noun.lastgroup
    before = list(_NOUN_EAST.finditer(text, max(floor, start - _NEAR), start + 1))
    return before[-1].lastgroup if before else None


def _english(behind: str, one: bool) -> str | None:
    """Return the unit of the noun phrase right behind the figure: its last known noun counts."""
    unit, seen = None, False
    for token in _TOKEN.findall(behind.lstrip("+").removeprefix("-plus")):
        joins = token == "/" or (token == "and" and unit is None and seen)
        if token in _OPENERS and (not seen or (token == "of" and unit == "item")):
            continue  # "pieces of clues" are clues
        if not joins and (not token[0].isalpha() or token in _ENDS):
            break
        seen = True
        unit = _PLURALS.get(token) or (_SINGULARS.get(token) if one else None) or unit
    return unit
