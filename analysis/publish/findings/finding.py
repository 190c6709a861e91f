"""What a finding is: a sentence that may be quoted, with its number, its standing or grade, and its trail.

It is said in two languages, by the same code from the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.errors import InputError
from analysis.results import Result

ONE_TEXT = "one text"
AGREE = "several texts agree"
DISAGREE = "texts disagree"
COMPUTED = "computed"
ESTIMATED = "estimated"
EXPLORATORY = "exploratory"
GRADED = "graded"


LANGUAGES = {"en": "English", "zh": "Chinese"}


@dataclass(frozen=True, repr=False)
class Words(Result):
    """What a finding says in a language: its headline, its sentence, and its figure with the hedge."""

    headline: str
    sentence: str
    value: str


@dataclass(frozen=True, repr=False)
class Finding(Result):
    """A sentence that may be quoted.

    `value` is the figure with its hedge; `low` and `high`, in `unit`, are the interval that the hedge leaves open,
    the 90 percent band of an estimate, or the 95 percent interval of an effect. `standing` says on what it rests;
    `readings` is the trail and `chapter` the page that tells it. A finding on an effect is `GRADED` and has a
    `grade` (A to D), a `verdict` and its `hypotheses`, the rows of the ledger behind it; other findings have no
    grade, since a grade says whether an effect is identified. `series` are the series it is about. `chinese` says
    the same in Chinese.
    """

    name: str
    headline: str
    sentence: str
    value: str
    low: float
    high: float
    unit: str
    standing: str
    readings: tuple[str, ...]
    chapter: str
    grade: str = ""
    verdict: str = ""
    hypotheses: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    chinese: Words | None = field(default=None, repr=False)

    @property
    def badge(self) -> str:
        """How the finding stands, in words: its grade and verdict, or its standing."""
        return f"grade {self.grade}: {self.verdict}" if self.standing == GRADED else self.standing

    def words(self, language: str) -> Words:
        """Return headline, sentence and figure in a language (en, zh); InputError where it has none in it."""
        if language not in LANGUAGES:
            raise InputError(f"There is no language {language!r} here; choose of: {', '.join(LANGUAGES)}.")
        english = Words(self.headline, self.sentence, self.value)
        found = english if language == "en" else self.chinese
        if found is None:
            raise InputError(f"Finding {self.name!r} has no words in {LANGUAGES[language]}; give `chinese`.")
        return found
