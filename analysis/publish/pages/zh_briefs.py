"""What each chapter says in brief, in Chinese: sentences of remarks/briefs-zh.csv, their figures those of the chapter.

A sentence names each figure by where the chapter has it: `{dropped_2021.1}` is the first figure of those words of the
chapter's prose, and `{year us-msrp 2025}`, `{print adm-0677}`, `{change SERIES 2017 2024}` and `{moved SERIES}` ask as
the roles of the English pages do. No figure is typed, and none of a chapter's words is used in part. Where a chapter's
words take long, only those of its functions are asked that hold what the sentences name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import chinese
from analysis.publish.findings.measures import average_words
from analysis.publish.numbers import change, print_of
from analysis.publish.pages import (
    administration,
    cases,
    check_a_release,
    codebook,
    did_it_work,
    effects,
    every_series,
    evidence,
    funnel,
    guide,
    justice,
    measures,
    more_than,
    offenders,
    platforms,
    police,
    spot_checks,
    where,
)
from analysis.publish.pages.borders.micro import micro_words
from analysis.publish.pages.ledger.words import seen_words
from analysis.publish.pages.series_made.words import conflict_words, move_words, study_words
from analysis.publish.pages.what_comes_next.happened import happened_words
from analysis.publish.pages.what_comes_next.words import forecast_words, growth_words
from analysis.publish.remarks import remarks
from analysis.series import between_years
from analysis.series.lookup import by_id

Words = Mapping[str, object]
WORDS: dict[str, tuple[Callable[[Dataset], Words], ...]] = {
    "did-it-work": (did_it_work.words,), "how-to-read": (guide.words,), "evidence": (evidence.brief_words,),
    "more-than": (more_than.words,), "how-series-are-made": (conflict_words, move_words, study_words),
    "police-campaigns": (police.words,), "justice": (justice.words,), "offenders": (offenders.words,),
    "administration": (administration.words,), "platforms": (platforms.side_words,), "funnel": (funnel.words,),
    "spot-checks": (spot_checks.words,), "cases": (cases.words,), "where": (where.words,), "borders": (micro_words,),
    "measures": (measures.words,), "effects": (effects.words,), "ledger": (seen_words, average_words),
    "what-comes-next": (happened_words, growth_words, forecast_words),
    "check-a-release": (check_a_release.report_words,), "every-series": (every_series.words,),
    "codebook": (codebook.words,),
}  # fmt: skip
PLACE = re.compile(r"\{([^{}]+)\}")
FIGURE_OF = re.compile(r"(\w+)\.(\d)")
SIZES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
HEDGES = {
    "more than": "more_than", "at least": "at_least", "nearly": "nearly", "about": "about",
    "less than": "less_than", "up to": "up_to",
}  # fmt: skip
COUNTED = [
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
]  # fmt: skip
FIGURE = re.compile(
    rf"(?:\b({'|'.join(HEDGES)}) )?([+\u2212-]?)(\d[\d,]*(?:\.\d+)?)(?: ({'|'.join(SIZES)}))?\b"
    rf"|^({'|'.join(COUNTED)})\b"
)
CHANGES = {"rose to": "增至", "rose by": "上升", "fell by": "下降", "moved by": "变动"}
LEAST_WRITTEN = 10_000  # smaller figures stand as the English words have them: 0.60 keeps its zero


def figures(words: str) -> list[str]:
    """Return the figures of an English phrase as Chinese prose writes them, without their units.

    Examples
    --------
    >>> figures("61 percent (60 to 62)"), figures("more than 2 million in 2020"), figures("eight claims")
    (['61', '60', '62'], ['超过200万', '2020'], ['8'])
    """
    found = []
    for hedge, sign, digits, size, counted in FIGURE.findall(words):
        if counted:
            found.append(str(COUNTED.index(counted)))
            continue
        value = float(digits.replace(",", "")) * SIZES.get(size, 1)
        told = chinese.number(value) if value >= LEAST_WRITTEN else digits.replace(",", "")
        found.append(f"{chinese.HEDGE_WORDS[HEDGES[hedge]] if hedge else ''}{sign}{told}")
    return found


@lru_cache(maxsize=4)
def briefs(dataset: Dataset) -> dict[str, str]:
    """Return what each chapter says in brief, by chapter.

    Raises
    ------
    InputError
        If a sentence asks for words that its chapter does not have, or uses some of their figures and drops others.
    """
    rows = remarks("briefs-zh", ("chapter", "words"), key="chapter")
    return {row["chapter"]: _filled(dataset, row["chapter"], row["words"]) for row in rows}


def _filled(dataset: Dataset, chapter: str, template: str) -> str:
    """Write the figures into one chapter's sentences."""
    own = [told for asked in WORDS.get(chapter, ()) for told in asked(dataset).items()]
    words = {name: figures(str(told)) for name, told in own}
    used: dict[str, set[int]] = {}

    def told(match: re.Match[str]) -> str:
        asked = match[1]
        verb, _, rest = asked.partition(" ")
        if rest and verb in VERBS:
            return VERBS[verb](dataset, rest)
        place = FIGURE_OF.fullmatch(asked)
        if place is None or not 0 < int(place[2]) <= len(words.get(place[1], [])):
            raise InputError(f"briefs-zh.csv, {chapter}: the chapter has no figure {{{asked}}}.")
        used.setdefault(place[1], set()).add(int(place[2]))
        return words[place[1]][int(place[2]) - 1]

    text = PLACE.sub(told, template)
    for name, places in used.items():
        if len(places) < len(words[name]):
            raise InputError(
                f"briefs-zh.csv, {chapter}: {{{name}}} has the figures {', '.join(words[name])}; use all of them."
            )
    return text


def _year(dataset: Dataset, asked: str) -> str:
    place, _, form = (part.strip() for part in asked.partition("|"))
    series_id, _, year = place.rpartition(" ")
    return chinese.quote(print_of(dataset, series_id, int(year)), unit=form != "bare")


def _print(dataset: Dataset, asked: str) -> str:
    return chinese.quote(by_id(dataset, [asked])[asked])


def _change(dataset: Dataset, asked: str) -> str:
    """Say a change as the role does with `| told`: from a doubling on as a factor, below it as a percentage."""
    words = change(dataset, f"{asked} | told").text
    verb = next(told for said, told in CHANGES.items() if words.startswith(said))
    sign = "倍" if words.endswith("times") else "%"
    return f"{verb}{'至'.join(f'{one}{sign}' for one in figures(words))}"


def _moved(dataset: Dataset, asked: str) -> str:
    found = between_years(dataset, asked)
    first, last = (chinese.year(label) for label in found.labels)
    return f"{first}至{last}{chinese.moved(found)}"


VERBS: dict[str, Callable[[Dataset, str], str]] = {
    "year": _year,
    "print": _print,
    "change": _change,
    "moved": _moved,
}
