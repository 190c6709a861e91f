"""Whether a reading may be quoted: by itself, with something said beside it, or not. Nothing is judged here anew.

What conflicts.csv and vintages.csv decide of pairs comes first, then what a series makes of the reading, then how it
was come by. Every answer says why, and names the other readings that it speaks of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from analysis.dataset import Dataset
from analysis.publish.links import source_words
from analysis.series.pair_kinds import Pair, PairKind, pair_kinds, rejected

QUOTE, WITH, NOT = "quote", "quote with", "do not quote"
KINDS = {
    "official": "two official figures contradict each other",
    "retelling": "one text retells the figure wrongly",
    "two_quantities": "two quantities under one name",
    "revision": "a later published figure restates an earlier one",
    "unknown": "the two contradict each other, and why is not known",
}
APART = re.compile(
    r"^\d+: (?P<other>\S+) is .*; the two exclude each other$"
)  # as readings_series.csv says it
_ORDER = (NOT, WITH, QUOTE)


class Quoting(NamedTuple):
    """May a reading be quoted (`word`), why, and beside which others it was judged."""

    word: str
    why: str
    others: tuple[str, ...] = ()


@lru_cache(maxsize=4)
def quoting(dataset: Dataset) -> dict[str, Quoting]:
    """Return the answer on every reading, by its id."""
    said: dict[str, list[Quoting]] = defaultdict(list)
    for pair, known in pair_kinds(dataset).items():
        for name, other in (pair, pair[::-1]):
            said[name].append(_of_pair(name, other, pair, known))
    for name, told in _roles(dataset).items():
        if all(role == "set_aside" for role, _ in told):
            said[name].append(Quoting(WITH, f"set aside in its series: {told[0][1]}"))
        others = dict.fromkeys(found["other"] for _, why in told if (found := APART.match(why)))
        if others:
            said[name].append(
                Quoting(WITH, "another published figure of the same year excludes it", tuple(others))
            )
    for name, source in zip(dataset.readings["reading_id"], dataset.readings["source_id"], strict=True):
        if warning := source_words(dataset, str(source)).warning:
            said[str(name)].append(Quoting(WITH, warning))
    return {str(name): _worst(said.get(str(name), [])) for name in dataset.readings["reading_id"]}


@lru_cache(maxsize=4)
def rivals(dataset: Dataset) -> dict[str, list[tuple[str, PairKind]]]:
    """Return with which others each reading is paired in the tables, and what they say of the pair."""
    found: dict[str, list[tuple[str, PairKind]]] = defaultdict(list)
    for (a, b), known in pair_kinds(dataset).items():
        found[a].append((b, known))
        found[b].append((a, known))
    return dict(found)


def _of_pair(name: str, other: str, pair: Pair, known: PairKind) -> Quoting:
    """Return what one pair says of one of its readings."""
    out, why = rejected(pair, known.verdict), KINDS[known.kind]
    if name in out:
        return Quoting(NOT, why + (": quote neither" if other in out else ": quote the other"), (other,))
    if known.verdict == "quote_each":
        return Quoting(WITH, f"{why}: say what it counts", (other,))
    if other in out:
        return Quoting(QUOTE, f"{why}: this is the one to quote", (other,))
    return Quoting(WITH, f"{why}: quote both, each with its source", (other,))


def _worst(said: list[Quoting]) -> Quoting:
    """Return the strictest answer, with the others that all answers of its kind name."""
    if not said:
        return Quoting(QUOTE, "")
    word = min((one.word for one in said), key=_ORDER.index)
    same = [one for one in said if one.word == word]
    others = dict.fromkeys(other for one in same for other in one.others)
    return Quoting(word, "; ".join(dict.fromkeys(one.why for one in same)), tuple(others))


def _roles(dataset: Dataset) -> dict[str, list[tuple[str, str]]]:
    """Return what each reading is in its series, and why, by its id."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    table = dataset.readings_series
    for name, role, why in zip(
        *(table[one].astype(str) for one in ("reading_id", "role", "why")), strict=True
    ):
        found[name].append((role, why))
    return found
