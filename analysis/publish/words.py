"""How figures are written in prose, for this room: the words themselves stand in `analysis.readings.words`."""

from analysis.dataset.notes import plain
from analysis.readings.words import (
    EXACT,
    HEDGE_WORDS,
    MINUS,
    MONEY_WORDS,
    SMALL,
    UNIT_WORDS,
    between,
    capital,
    counted,
    day,
    estimate,
    listed,
    number,
    quote,
    rate,
    signed_percent,
    window,
)

__all__ = [
    "EXACT",
    "HEDGE_WORDS",
    "MINUS",
    "MONEY_WORDS",
    "SMALL",
    "UNIT_WORDS",
    "between",
    "capital",
    "counted",
    "day",
    "estimate",
    "listed",
    "number",
    "plain",
    "quote",
    "rate",
    "signed_percent",
    "window",
]
