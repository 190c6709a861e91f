"""Numbers, ordinals, feasts and days as English words name them."""

from __future__ import annotations

_PLAIN = str.maketrans(
    "–—―−‐‑‒’‘“”\u00a0\u2009\u202fABCDEFGHIJKLMNOPQRSTUVWXYZ", "-------''\"\"   abcdefghijklmnopqrstuvwxyz"
)
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
    "opening": 1, "closing": 4, "latter": 2, "former": 1,
}  # fmt: skip
FEASTS = (
    ("national", "national"), ("spring", "spring"), ("may day", "may_week"), ("labo", "may_week"),
    ("golden", "golden"), ("singles", "singles_day"), ("double", "singles_day"), ("world", "ip_day"),
    ("week", "ip_week"),
)  # fmt: skip
NTHS = ("eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # of the months, in days
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def month_of(words: str) -> int:
    """Return the number of a month by its first three letters."""
    return MONTHS.index(words[:3].lower()) + 1


def fold(text: str) -> str:
    """Return the text in lower case, with plain dashes and quotation marks, as long as it was."""
    return text.translate(_PLAIN)


def number(words: str) -> int:
    """Return 11 for 11 or eleven."""
    return int(words) if words.isdigit() else NUMBERS[words.lower()]
