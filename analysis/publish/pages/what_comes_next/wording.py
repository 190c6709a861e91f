"""How growth, intervals and small numbers are written in this chapter."""

from __future__ import annotations

from analysis.rounding import written

WORDS = ["none", "one", "two", "three", "four", "five", "six"]
WORDS += ["seven", "eight", "nine", "ten", "eleven", "twelve"]


def counted(number: int) -> str:
    """Write a count in words up to twelve: `none`, `one`, `two`."""
    return WORDS[number] if 0 <= number < len(WORDS) else f"{number:,}"


def percent(growth: float) -> str:
    """Write growth as signed percent, 0.207 as +21%; below 2% with a decimal."""
    return written(growth, "+.1%") if abs(growth) < 0.02 else written(growth, "+.0%")


def in_sentence(title: str) -> str:
    """Return a title as it stands inside a sentence: `items detained`; a short form keeps its capitals."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def span(lower: float, upper: float) -> str:
    """Write an interval of growth: `-3% to +50%`."""
    return f"{percent(lower)} to {percent(upper)}"
