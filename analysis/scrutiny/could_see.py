"""What the tests of the bundles could have seen at all, and how many stand out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from analysis.arguments import checked
from analysis.errors import InputError
from analysis.results import Result
from analysis.scrutiny.answers import Answer


@dataclass(frozen=True, repr=False)
class CouldSee(Result):
    """What tests could see.

    `bundles` are those asked, `tested` those with a test, `standing` those of grade A or B. `middle` and `finest` are
    the median and the least of the factors by which a count had to depart from its own course to be told from it
    (half the width of a 95% interval on the log scale).
    """

    bundles: int
    tested: int
    standing: int
    middle: float
    finest: float


@checked
def could_see(answers: Mapping[str, Answer]) -> CouldSee:
    """Return what the tests of these bundles could have seen.

    Raises
    ------
    InputError
        If no bundle was tested.
    """
    tests = [one.unusual for one in answers.values() if one.unusual is not None]
    sizes = [math.sqrt(one.upper / one.lower) for one in tests if one.lower > 0 and math.isfinite(one.upper)]
    if not sizes:
        raise InputError(f"None of {len(answers)} bundles has a test with two ends; nothing could be seen.")
    return CouldSee(
        bundles=len(answers),
        tested=len(tests),
        standing=sum(one.letter in "AB" for one in answers.values()),
        middle=median(sizes),
        finest=min(sizes),
    )
