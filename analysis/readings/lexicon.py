"""Many patterns looked for at once, each under its name, in about the time of one."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_MOST = 40  # alternatives that groups may make of one
_REPEATED = tuple("?*+{")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Patterns under names; of two that begin at one place the earlier counts.

    `anywhere` finds a place where one of them may stand, `named` tells there which does. Within a named group no
    word is passed over by its first letter, so that the names alone would all be tried at every place.
    """

    anywhere: re.Pattern[str]
    named: re.Pattern[str]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches of a text in order, `lastgroup` the name of each."""
        at = 0
        while near := self.anywhere.search(text, at):
            match = self.named.match(text, near.start())
            if match:
                yield match
            at = max(match.end() if match else 0, near.start() + 1)


def lexicon(patterns: Mapping[str, str], edge: str = "") -> Lexicon:
    """Return patterns as one lexicon; `edge` stands before all of them, as (?<![a-z]) does."""
    named = "|".join(f"(?P<{name}>{words})" for name, words in patterns.items())
    plain = branched("|".join(patterns.values()))
    return Lexicon(re.compile(f"{edge}{plain}"), re.compile(f"{edge}(?:{named})"))


@dataclass(frozen=True, slots=True, eq=False)
class Quick:
    """A pattern of many words that most texts hold none of: `anywhere` finds where it may begin."""

    anywhere: re.Pattern[str]
    exact: re.Pattern[str]

    def search(self, text: str, low: int = 0, high: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match between two characters, as that of the pattern itself."""
        near = self.anywhere.search(text, low, high)
        return self.exact.search(text, near.start(), high) if near else None


def quick(pattern: str) -> Quick:
    """Return a pattern that is looked for letter by letter first."""
    nameless = re.sub(r"\(\?P<\w+>", "(?:", pattern)
    return Quick(re.compile(branched(nameless)), re.compile(pattern))


def branched(pattern: str) -> str:
    """Return a pattern of many words as one that branches letter by letter.

    It begins where the pattern does, or where a word of it stands behind another letter; of plain
    words it takes the longest. A hundred words are told from a place in text in a few steps, not in a hundred.
    """
    return _by_letters(_flat(pattern))


def _by_letters(alternatives: Iterable[str]) -> str:
    """Return alternatives as one pattern that branches letter by letter, up to their first group.

    Groups further on are not multiplied out: places by what follows them would be millions of letters.
    """
    heads: dict[str, list[str]] = defaultdict(list)
    for words in alternatives:
        plain = (words[:1].isalnum() or words[:1] in tuple(" '-")) and not words[1:].startswith(_REPEATED)
        heads[words[:1] if plain else ""].append(words[1:] if plain else words)
    other = heads.pop("", [])
    parts = [head + (_by_letters(rest) if len(rest) > 1 else rest[0]) for head, rest in heads.items()]
    return f"(?:{'|'.join([*parts, *other])})"


def _flat(pattern: str, most: int = _MOST) -> Iterator[str]:
    """Yield the alternatives of a pattern, those of small groups at its beginning (`(?:the )?court`) one by one.

    Of one alternative become `most` at most.
    """
    for words in _split(pattern):
        words = words.removeprefix(r"\b").removeprefix("(?<![a-z])")
        close = _closed(words) if words.startswith("(?:") else 0
        rest = words[close + 1 :]
        optional, rest = rest[:1] == "?", rest.removeprefix("?")
        inside = list(_split(words[3:close])) if close else []
        if 0 < len(inside) <= most and not rest.startswith(_REPEATED):
            inside += [""] if optional else []
            for one in inside:
                yield from _flat(one + rest, most // len(inside))
        else:
            yield words


def _split(pattern: str) -> Iterator[str]:
    """Yield the alternatives of a pattern."""
    low = 0
    for at, sign, depth in _signs(pattern):
        if sign == "|" and depth == 0:
            yield pattern[low:at]
            low = at + 1
    yield pattern[low:]


def _closed(pattern: str) -> int:
    """Return the place at which the group closes that a pattern opens with."""
    return next(at for at, sign, depth in _signs(pattern) if sign == ")" and depth == 0)


def _signs(pattern: str) -> Iterator[tuple[int, str, int]]:
    """Yield the places of | and ) with the depth of groups around them; none within a set or behind a backslash."""
    depth, within = 0, False
    for match in re.finditer(r"\\.|[][()|]", pattern):
        sign = match[0]
        if within:
            within = sign != "]"
        elif sign == "[":
            within = True
        elif sign == "(":
            depth += 1
        elif sign in "|)":
            depth -= sign == ")"
            yield match.start(), sign, depth
