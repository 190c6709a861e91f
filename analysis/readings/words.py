"""How figures are written in prose: with their hedge, their unit, and no digit more than was printed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.errors import InputError
from analysis.rounding import settled, written

EXACT = 12  # digits: prints are exact, and none has more
HEDGE_WORDS = {
    "exact": "", "more_than": "more than ", "at_least": "at least ", "nearly": "nearly ", "about": "about ",
    "less_than": "less than ", "up_to": "up to ", "range": "",
}  # fmt: skip
MONEY_WORDS = {
    "CNY": "yuan", "USD": "dollars", "EUR": "euros", "JPY": "yen", "KRW": "won", "GBP": "pounds",
    "HKD": "Hong Kong dollars", "AED": "dirhams", "AUD": "Australian dollars", "CAD": "Canadian dollars",
    "CHF": "Swiss francs", "CZK": "Czech korunas", "DKK": "Danish kroner", "HUF": "forints", "NOK": "Norwegian kroner",
    "PHP": "Philippine pesos", "PLN": "zlotys", "RUB": "roubles", "SEK": "Swedish kronor", "THB": "baht",
    "TWD": "New Taiwan dollars", "UAH": "hryvnias", "ZAR": "rand",
}  # fmt: skip
UNIT_WORDS = MONEY_WORDS | {
    "case": "cases", "person": "people", "place": "sites", "item": "items", "seizure": "seizures",
    "listing": "listings", "store": "shops", "lead": "leads", "request": "requests", "action": "actions",
    "gang": "gangs", "firm": "firms", "percent": "percent", "percentage_point": "percentage points",
    "ratio": "times", "kilogram": "kilograms", "tonne": "tonnes", "parcel": "parcels", "year": "years",
    "line": "lines",
}  # fmt: skip
SMALL = ("no", *"one two three four five six seven eight nine ten eleven twelve".split())  # noqa: SIM905
MINUS = "\N{MINUS SIGN}"


def number(value: float, digits: int = 4) -> str:
    """Write a number for prose: 11,000; 7.56 million; 172.9 billion. `digits` are the significant ones kept.

    Below a million digits are written out; whole numbers there are not shortened.
    """
    value = settled(value, EXACT)
    if value < 0:
        return f"{MINUS}{number(-value, digits)}"
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{float(f'{value / size:.{digits}g}'):,.10g} {word}"
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{float(f'{value:.{digits}g}'):,.10g}"


def estimate(value: float) -> str:
    """Write an estimate for prose: to three digits, since it is known to no more."""
    return number(float(written(value, ".3g")))


def between(low: float, high: float, digits: int = 3) -> str:
    """Write an interval: `21,000 to 22,000`; an open end is said in words, ends that read alike once."""
    if high == float("inf"):
        return f"above {number(low, digits)}"
    if low == 0:
        return f"below {number(high, digits)}"
    ends = (number(low, digits), number(high, digits))
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def rate(low: float, high: float, *, joint: str = " to ") -> str:
    """Write the interval of a rate with as many digits as tell something: `57 to 62`, `4.5 to 4.8`, `28`."""
    digits = 1 if high < 20 else 0
    first, last = f"{low:,.{digits}f}", f"{high:,.{digits}f}"
    return first if first == last else f"{first}{joint}{last}"


def quote(reading: Mapping[str, Any] | pd.Series[Any], *, unit: bool = True) -> str:
    """Write a reading as it may be quoted, hedge first: `more than 11,000 cases`."""
    hedge, value = str(reading["hedge"]), float(reading["value"])
    text = number(value)
    if hedge == "range":
        text = f"{text} to {number(float(reading['value_high']))}"
    words = f" {UNIT_WORDS[str(reading['unit'])]}" if unit else ""
    return f"{HEDGE_WORDS[hedge]}{text}{words}"


def day(date: pd.Timestamp) -> str:
    """Write a date as 9 November 2020."""
    return f"{date.day} {date:%B %Y}"


def window(start: pd.Timestamp | None, end: pd.Timestamp | None) -> str:
    """Write a window: `2020`, `1 May to 9 November 2020`, or with both years where they differ.

    An end that was not stated (None or NaT) is left out.
    """
    if start is None or pd.isna(start):
        return "window not stated" if end is None or pd.isna(end) else f"to {day(end)}"
    if end is None or pd.isna(end):
        return f"from {day(start)}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
    first = f"{start.day} {start:%B}" if start.year == end.year else day(start)
    return f"{first} to {day(end)}"


def listed(parts: list[str]) -> str:
    """Join words: `a`, `a and b`, `a, b and c`."""
    if not parts:
        raise InputError("There is nothing to list; give at least one word.")
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def counted(count: int, one: str = "", many: str = "", *, none: str = "none") -> str:
    """Write a count in words up to twelve, with its verb or noun where given: `none`, `one stands`, `13 stand`.

    `none` is the word for no thing; `no` before a noun.

    Examples
    --------
    >>> counted(3, "series", "series"), counted(1, "row", "rows"), counted(0, "row", none="no")
    ('three series', 'one row', 'no row')
    """
    word = none if count == 0 else SMALL[count] if 0 < count < len(SMALL) else f"{count:,}"
    return f"{word} {one if count < 2 else many}".strip()


def capital(text: str) -> str:
    """Return a text with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def signed_percent(
    change: float, digits: int | None = None, *, most: float = math.inf, times: float = math.inf
) -> str:
    """Write a change (0.12 is +12%) as a signed percentage with a true minus sign: `+12%`, `−8.4%`, `0%`.

    `digits` are the decimals; left out, changes below ten percent have one. NaN is `not known`, an endless one
    `no bound`, one above `most` is said as a bound: `beyond +9,900%`, and one to `times` the former value or more as
    a factor: `3.1 times`.

    Examples
    --------
    >>> signed_percent(0.12), signed_percent(-0.084), signed_percent(120, most=99)
    ('+12%', '−8.4%', 'beyond +9,900%')
    """
    if math.isnan(change):
        return "not known"
    if math.isinf(change):
        return "no bound"
    if change > most:
        return f"beyond +{100 * most:,.0f}%"
    if 1 + change >= times:
        return f"{number(1 + change, 2)} times"
    percent = settled(100 * change)
    decimals = digits if digits is not None else 1 if abs(percent) < 9.95 else 0
    text = f"{abs(percent):,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        return "0%"
    return f"{'+' if percent > 0 else MINUS}{text}%"
