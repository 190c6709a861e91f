"""The printed words that name a unit: currency signs, percent signs, measure words and nouns."""

from __future__ import annotations

import re

from analysis.readings.lexicon import quick
from analysis.readings.unit_nouns import PAIRS, PLURALS, SINGULARS, compound
from analysis.readings.unit_words_east import COUNTS_OF, east_unit

# Units whose printed digits are rounded, though no scale word stands by them, and which may be below zero.
PROPORTIONS = ("percent", "percentage_point", "ratio")
UNITS = (
    "case", "person", "place", "item", "seizure", "CNY", "USD", "EUR", "JPY", "KRW", "GBP", "HKD", "AED", "AUD", "CAD",
    "CHF", "CZK", "DKK", "HUF", "NOK", "PHP", "PLN", "RUB", "SEK", "THB", "TWD", "UAH", "ZAR",
    "kilogram", "tonne", "parcel", "year", "percent",
    "percentage_point", "ratio", "listing", "store", "lead", "request", "action", "gang", "firm",
)  # fmt: skip

# Words that may count what the dataset calls by another unit: customs' cases are its seizures. No unit of money, weight
# or share stands for another, and none for persons.
STANDS_FOR = {
    "seizure": ("case", "item", "action"),
    "parcel": ("case", "item", "seizure"),
    "line": ("item", "seizure"),
    "request": ("case", "lead"),
    "lead": ("case", "item"),
    "listing": ("item", "store"),
    "item": ("seizure", "listing", "store", "firm"),
    "action": ("store", "case", "place"),
    "place": ("store", "gang"),
    "store": ("firm", "place"),
    "firm": ("store",),
    "gang": ("action",),
    "case": ("seizure", "item"),
    "percent": ("percentage_point",),
}
_COUNTED = frozenset(STANDS_FOR) - {"percent"}

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
    **{
        code: rf"(?<![a-z]){code.lower()}"
        for code in ("SEK", "DKK", "NOK", "CZK", "PLN", "HUF", "RUB", "THB")
    },
}
_CURRENCY_BEHIND = {
    "AUD": r"australian dollars?",
    "CAD": r"canadian dollars?",
    "CHF": r"(?:swiss |schweizer )?(?:francs|franken)\b|chf",
    "SEK": r"(?:swedish )?kronor|sek\b",
    "DKK": r"(?:danish )kron(?:er|e)|dkk\b",
    "NOK": r"(?:norwegian )kron(?:er|e)|nok\b",
    "CZK": r"korun|kc\b|kč|czk",
    "PLN": r"zł|zl\b|pln",
    "HUF": r"forint|huf",
    "RUB": r"руб|rubles?",
    "THB": r"(?:thai )?baht|thb",
    "UAH": r"hryvnia|uah",
    "kilogram": r"kgs?\b|kilograms?\b|kilos?\b|kilogramm?es\b|千克|公斤|킬로그램|キロ(?!メートル)",
    "tonne": r"(?:metric |short )?tonn?e?s?\b|tonnes?\b|tonnen\b|toneladas\b|tonnellate\b|(?<=\d)t\b|公?吨|톤|トン",
    "HKD": r"港元|港币|hk dollars|hkd",
    "USD": r"美元|美金|us dollars?|u\.s\. dollars?|usd|dollars?|ドル|달러",
    "EUR": r"欧元|€|eur\b|euros?\b|eur[ao]t?\b|evrov|d'euros|d euros|ユーロ|유로",
    "GBP": r"英镑|£|gbp|pounds?\b(?! (?:of (?!sterling)|weight))(?! in weight)|ポンド",
    "JPY": r"日元|円|yen|jpy",
    "KRW": r"韩元|won\b|krw|원|ウォン",
    "CNY": r"元|块钱|人民币|(?:chinese )?yuan|rmb|cny|renminbi",
}
_BEFORE = {unit: re.compile(rf"(?:{words})[ (]*$") for unit, words in _CURRENCY_BEFORE.items()}
_BEHIND = {
    unit: re.compile(rf"[ -]?[余多]?\(?(?:de |d'|of )?(?:{words})")
    for unit, words in _CURRENCY_BEHIND.items()
}
# Most figures are no sums: one look for any of the words spares thirty.
_ANY_BEFORE = re.compile(rf"(?:{'|'.join(_CURRENCY_BEFORE.values())})[ (]*$")
_ANY_BEHIND = re.compile(rf"[ -]?[余多]?\(?(?:de |d'|of )?(?:{'|'.join(_CURRENCY_BEHIND.values())})")
# A noun phrase ends at these; its last noun counts ("84,000 law enforcement operations" are operations).
_END_WORDS = """
    in to by at on for over from with since than during and or who which that as per via under against worth
    of were was are is had have been across about between into through within after before
    containing including involving carrying comprising
    totaling totalling valued destined bound holding bearing concealed hidden found seized weighing
    where whose when while producing selling making
"""
_ENDS = frozenset(_END_WORDS.split())
_OPENERS = {"of", "were", "was", "are", "is", "which", "these", "those", "them", "the", "its", "all"}
# "90 (4.0%) cases": what stands in brackets belongs to another figure.
_ASIDE = re.compile(r" ?\([^)]*\)")
# Units that the dataset has not: a figure in one of these is never given in the stead of another.
_FOREIGN = re.compile(
    r"[ -]?(?:pounds?|lbs?\b|ounces?\b|oz\b|grams?\b|grammes?\b|g\b"
    r"|lit(?:er|re)s?\b|l\b(?! an)|gallons?"
    r"|(?:square |cubic )?met(?:er|re)s?\b"
    r"|(?:indian |pakistani )?rupees?\b|(?:kenyan |ugandan )?shillings?\b"
    r"|rupiah\b|dong\b|ringgit\b|pesos?\b(?! ph)|reais\b|naira\b"
    r"|kilomet(?:er|re)s?|km\b|m2\b|hectares?|acres?|(?:square |sq )?f(?:ee|oo)t\b|miles?\b|degrees?"
    r"|[余多]?(?:克|毫克|斤|市斤|磅|盎司|毫?升|平方|立方|平米|米|公里|亩|公顷|度(?!假)|岁|分钟))"
)
_FOREIGN_MONEY = re.compile(
    r"(?:(?<![a-z])(?:rs\.?|inr|kshs?\.?|kes|ugx|tzs|ngn|pkr|bdt|lkr|idr|rp\.?|vnd|myr|rm|sgd|s\$|mxn|brl|r\$|ils"
    r"|egp|ghs)|[₹₦₫₺₪₩](?<!₩))[ ]?$"
)
_LABEL = re.compile(r"([a-z][a-z ,'/-]*)(?: \([a-z ]*\))?: ?(?:[a-z ]+ )?(?:us|hk)?[$€£]?$")
_NO_COUNT = quick(
    r"(?<![a-z])(?:value|worth|price|amount|fines?|loss(?:es)?|revenue|cost|share|rate|percentage)(?![a-z])"
)
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
    near = _currency(text, start, end)
    if near is not None or foreign(text, end) or foreign_money(text, start):
        return near
    near = east_unit(text, start, end, floor, limit)
    if near is not None:
        return near
    aside = _ASIDE.match(text, end)
    return _english(text[aside.end() :] if aside else text[end:limit], one) or _labelled(text[floor:start])


def may_count(measure: str, unit: str) -> bool:
    """Tell whether a measure word that names no one unit (件, 家; blank where none stands) may count `unit`."""
    return not measure or unit in COUNTS_OF.get(measure, _COUNTED)


def foreign(text: str, end: int) -> bool:
    """Tell whether a figure that ends at `end` is in a unit that the dataset has not: grams, a pound's weight."""
    return _FOREIGN.match(text, end) is not None


def foreign_money(text: str, start: int) -> bool:
    """Tell whether a sum that begins at `start` is in a money that the dataset has not: rupees, shillings."""
    return _FOREIGN_MONEY.search(text, max(0, start - 8), start) is not None


def _labelled(before: str) -> str | None:
    """Return the unit that a label with a colon names: "Total inspections: 6,000"."""
    label = _LABEL.search(before)
    if label is None or _NO_COUNT.search(label.group(1)):
        return None
    known = [PLURALS[token] for token in _TOKEN.findall(label.group(1)) if token in PLURALS]
    return known[0] if known else None


def _currency(text: str, start: int, end: int) -> str | None:
    """Return the currency whose sign, code or name touches the figure."""
    before = text[max(0, start - 8) : start]
    if _ANY_BEFORE.search(before):
        for unit, pattern in _BEFORE.items():
            if pattern.search(before):
                return unit
    if _ANY_BEHIND.match(text, end):
        for unit, pattern in _BEHIND.items():
            if pattern.match(text, end):
                return unit
    return None


def _elided(words: str) -> str:
    """Return French words without the articles that an apostrophe joins to them: d'articles."""
    return re.sub(r"(?<![a-z])[dl]'(?=[a-z])", "", words)


def _english(behind: str, one: bool) -> str | None:
    """Return the unit of the noun phrase right behind the figure: its last known noun counts."""
    unit, seen = None, False
    before = last = ""
    for token in _TOKEN.findall(_elided(behind).lstrip("+*†").removeprefix("-plus")):
        joins = token == "/" or (token == "and" and unit is None and seen)
        if token in _OPENERS and (not seen or (token == "of" and unit == "item")):
            continue  # "pieces of clues" are clues
        if token == "," and unit is None and last.endswith(("ed", "laced")):
            continue  # "fentanyl-laced, fake pills"
        before, last = last, token
        if not joins and (not token[0].isalpha() or token in _ENDS):
            break
        seen = True
        unit = (
            PAIRS.get(f"{before} {token}")
            or PLURALS.get(token)
            or (SINGULARS.get(token) if one else None)
            or compound(token)
            or unit
        )
    return unit
