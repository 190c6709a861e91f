"""The country whose fiscal years a text means: that of its counter, or else the one that its first sentences name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.readings.fiscal import FISCAL_YEARS

_NAMED = tuple(
    (code, re.compile(words))
    for code, words in (
        ("IN", r"\bindian?\b|new delhi|\bdelhi police\b|\bcrores?\b|\blakhs?\b"),
        ("KE", r"\bkenyan?\b|nairobi|\bkshs?\b"),
        ("GB", r"£|\buk\b|united kingdom|trading standards|city of london police|\bpipcu\b"),
        ("AU", r"\baustralian?\b|canberra"),
        ("NZ", r"new zealand"),
        ("CA", r"\bcanada\b|\bcanadian\b|ottawa"),
        ("HK", r"hong kong"),
        ("SG", r"\bsingapore\b"),
        ("JP", r"\bjapan\b|\bjapanese\b"),
    )
)


def home_of(jurisdiction: str, openings: Iterable[str]) -> str | None:
    """Return the code of `FISCAL_YEARS` that a text's years are of, None where the usual ones are meant.

    `jurisdiction` is that of the body that the text speaks of, `openings` the plain forms of its first sentences.
    """
    if jurisdiction:
        return jurisdiction if jurisdiction in FISCAL_YEARS else None
    words = " ".join(openings)
    counts = [(len(pattern.findall(words)), code) for code, pattern in _NAMED]
    most, code = max(counts, key=lambda one: one[0])
    return code if most else None
