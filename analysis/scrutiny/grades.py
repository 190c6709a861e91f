"""The grade of a finding: a total function of what scrutiny found.

Grades, with p the primary specification's after Benjamini-Hochberg:

- D: not identifiable, or nobody has shown that it is.
- C: identifiable, but the figures do not decide: one of the checks below failed or could not be made. Only where there
  are placebos can one be said not to stand out from them.
- B: p below 0.05; at least 8 placebos, of which at most 10% are as extreme; at least 90% of the multiverse of the
  estimate's sign, and more than at placebo dates.
- A: B, and a comparison design that holds: joint leads with p above 0.1, and bounds after Rambachan and Roth
  (2023, Review of Economic Studies 90:2555, doi 10.1093/restud/rdad018) that exclude no effect.

A check that could not be made (None or NaN) counts as failed. A comparison whose pre-trend or bounds fail
adds nothing: the grade is the one the same numbers have without it, B at best, and its reasons say so. This
keeps the grade monotone: no result that gets worse, and no check left out, ever improves it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.errors import InputError
from analysis.results import Result
from analysis.rounding import above, at_least, level_with, written

Letter = Literal["A", "B", "C", "D"]

MOST_P = 0.05
FEWEST_PLACEBOS = 8
MOST_EXTREME = 0.10
LEAST_OF_ONE_SIGN = 0.90
LEAST_PRETREND_P = 0.10

_FLAGS = ("identifiable", "comparison", "honest_excludes_zero")
_SHARES = ("p_adjusted", "placebo_share", "multiverse_share", "multiverse_placebo_share", "pretrend_p")


@dataclass(frozen=True, repr=False)
class Evidence(Result):
    """What the checks of one hypothesis gave; None or NaN where a check could not be made.

    Attributes
    ----------
    identifiable
        Whether the effect can be identified; `obstacles` are the reasons why not.
    comparison
        Whether the estimate comes from a comparison design (controlled ITS, DiD, synthetic control).
    p_adjusted
        p of the primary specification after Benjamini-Hochberg.
    placebos, placebo_share
        Number of placebo dates and units, and the share of them at least as extreme as the estimate.
    multiverse_share, multiverse_placebo_share
        Share of specifications with the sign of the primary estimate, and the same share at placebo dates.
    pretrend_p
        p of the joint test of the leads; comparison designs only.
    honest_excludes_zero
        Whether the bounds after Rambachan and Roth exclude no effect; comparison designs only.

    Raises
    ------
    InputError
        If a probability or share is outside 0 to 1, a count is negative, or a yes-or-no is neither.
    """

    identifiable: bool | None
    obstacles: tuple[str, ...] = ()
    comparison: bool | None = None
    p_adjusted: float | None = None
    placebos: int | None = None
    placebo_share: float | None = None
    multiverse_share: float | None = None
    multiverse_placebo_share: float | None = None
    pretrend_p: float | None = None
    honest_excludes_zero: bool | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.name != "obstacles":
                # numpy's and pandas' kinds of missing become None here, so that no rule has to know them.
                object.__setattr__(self, field.name, _clean(field.name, getattr(self, field.name)))


@dataclass(frozen=True, repr=False)
class Grade(Result):
    """A grade and what decided it.

    `reasons` are clauses: for D and C what stood in the way, for B why it is no A, for A what holds.
    """

    letter: Letter
    reasons: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """One sentence: the grade's meaning and its reasons."""
        return f"{MEANING[self.letter]}: {'; '.join(self.reasons)}."


MEANING: dict[str, str] = {
    "A": "Identified with a comparison",
    "B": "Identified without a comparison",
    "C": "Identifiable, but the figures do not decide",
    "D": "Not identifiable",
}


@checked
def grade(evidence: Evidence) -> Grade:
    """Return the grade of what the checks gave; every `Evidence` has one."""
    if evidence.identifiable is not True:
        return Grade("D", _obstacles(evidence))
    passed, failed = _sorted(_core(evidence))
    if failed:
        return Grade("C", failed)
    if evidence.comparison is not True:
        return Grade("B", ("there is no comparison series",))
    held, broken = _sorted(_comparison(evidence))
    if broken:
        return Grade("B", tuple(f"the comparison adds nothing, {clause}" for clause in broken))
    return Grade("A", passed + held)


def _obstacles(evidence: Evidence) -> tuple[str, ...]:
    """Return why an effect is not identifiable, never empty."""
    unknown = "whether it is identifiable was not checked"
    unnamed = unknown if evidence.identifiable is None else "the reasons were not given"
    return evidence.obstacles or (unnamed,)


def _sorted(checks: list[tuple[bool, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the clauses of the checks that passed and of those that failed."""
    passed = tuple(clause for good, clause in checks if good)
    return passed, tuple(clause for good, clause in checks if not good)


def _core(evidence: Evidence) -> list[tuple[bool, str]]:
    """Return the checks that A and B share, each with its clause."""
    return [_chance(evidence), *_placebo(evidence), *_multiverse(evidence)]


def _chance(evidence: Evidence) -> tuple[bool, str]:
    p = evidence.p_adjusted
    if p is None:
        return False, "no p after Benjamini-Hochberg"
    good = bool(above(MOST_P, p))
    return good, f"p {_probability(p)} after Benjamini-Hochberg{'' if good else f', not below {MOST_P:g}'}"


def _placebo(evidence: Evidence) -> list[tuple[bool, str]]:
    number, share = evidence.placebos, evidence.placebo_share
    if number is None or number < FEWEST_PLACEBOS:
        count = "no" if not number else f"{number}"
        noun = "placebo" if number == 1 else "placebos"
        return [(False, f"{count} {noun}, at least {FEWEST_PLACEBOS} are needed")]
    if share is None:
        return [(False, f"{number} placebos, but their estimates are missing")]
    good = bool(at_least(MOST_EXTREME, share))
    limit = "" if good else f", more than {written(MOST_EXTREME, '.0%')}"
    return [(good, f"{written(share, '.0%')} of {number} placebos as extreme{limit}")]


def _multiverse(evidence: Evidence) -> list[tuple[bool, str]]:
    share, placebo = evidence.multiverse_share, evidence.multiverse_placebo_share
    if share is None:
        return [(False, "no multiverse")]
    good = bool(at_least(share, LEAST_OF_ONE_SIGN))
    limit = "" if good else f", less than {written(LEAST_OF_ONE_SIGN, '.0%')}"
    checks = [(good, f"{_share(share)} of the multiverse of the estimate's sign{limit}")]
    if placebo is None:
        return [*checks, (False, "no multiverse at placebo dates")]
    beyond = bool(above(share, placebo))
    return [*checks, (beyond, f"{'' if beyond else 'not '}beyond the {_share(placebo)} at placebo dates")]


def _comparison(evidence: Evidence) -> list[tuple[bool, str]]:
    """Return the checks of a comparison design, each with its clause."""
    p, bounds = evidence.pretrend_p, evidence.honest_excludes_zero
    if p is None:
        trend = (False, "its pre-trend was not tested")
    elif above(p, LEAST_PRETREND_P):
        trend = (True, f"no pre-trend (joint leads p {_probability(p)})")
    else:
        trend = (False, f"the series diverged before the measure (joint leads p {_probability(p)})")
    if bounds is None:
        return [trend, (False, "its bounds under unequal trends were not computed")]
    words = "exclude" if bounds else "include"
    return [trend, (bounds, f"bounds under unequal trends {words} no effect")]


def _share(value: float) -> str:
    """Print a share so that 89.6% is not read as the 90% it falls short of."""
    return written(value, ".0%" if level_with(value, round(value, 2), scale=1) else ".1%")


def _probability(p: float) -> str:
    return "below 0.001" if above(0.001, p) else written(p, ".3f")


def missing(value: Any) -> bool:
    """Tell whether a single value is None, NaN, NaT or NA."""
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _clean(name: str, value: Any) -> Any:
    """Return one item of evidence in plain Python, or refuse what it cannot be."""
    if missing(value):
        return None
    if name in _FLAGS:
        if isinstance(value, (bool, np.bool_)):
            return bool(value)
        raise InputError(f"{name} must be true, false or None, not {value!r}.")
    number = _number(value)
    if name in _SHARES:
        if 0 <= number <= 1:
            return number
        raise InputError(f"{name} must be between 0 and 1, or None, not {value!r}.")
    if number.is_integer() and number >= 0:
        return int(number)
    raise InputError(f"{name} must be a whole number, 0 or more, or None, not {value!r}.")


def _number(value: Any) -> float:
    """Return a value as a float, NaN where it is none."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
