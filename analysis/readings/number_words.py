"""English number words and their values."""

from __future__ import annotations

from decimal import Decimal

_UNITS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL_WORDS = {word: Decimal(n) for n, word in enumerate(_UNITS.split())} | {
    word: Decimal(10 * n) for n, word in enumerate(_TENS.split(), start=2)
}
SCALE_WORDS = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}
SMALL = "|".join(sorted(SMALL_WORDS, key=len, reverse=True))
SCALE = "|".join(SCALE_WORDS)
