"""Many patterns looked for at once, each under its name, in about the time of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Patterns under names; of two that begin at one place the earlier counts.

    `anywhere` finds a place where one of them stands, `named` tells there which. Within a named group no branch is
    passed over by its first letter, so that the names alone would be looked for at every place.
    """

    anywhere: re.Pattern[str]
    named: re.Pattern[str]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches of a text in order, `lastgroup` the name of each."""
        at = 0
        while near := self.anywhere.search(text, at):
            match = self.named.match(text, near.start())
            if match is None:  # the two hold the same words
                return
            yield match
            at = max(match.end(), near.start() + 1)


def lexicon(patterns: Mapping[str, str], edge: str = "") -> Lexicon:
    """Return patterns as one lexicon; `edge` stands before all of them, as (?<![a-z]) does."""
    named = "|".join(f"(?P<{name}>{words})" for name, words in patterns.items())
    return Lexicon(
        re.compile(f"{edge}(?:{'|'.join(patterns.values())})"), re.compile(f"{edge}(?:{named})")
    )
