"""The grade of a bundle: what was compared, whether it stands out among all bundles, or what is excluded.

- A: p below 0.05 after Benjamini-Hochberg over bundles, a comparison, and bounds that let trends part as much as they
  ever did before (Rambachan, Roth 2023, doi 10.1093/restud/rdad018) exclude no effect.
- B: p below 0.05 after Benjamini-Hochberg.
- C: tested; the interval says what is excluded. So too where what is counted changes in the same period, by a break
  that is not the measure's own: the test then holds both.
- D: too short, fewer than three informed periods before or two in the three from the measure on.

Placebos, multiverse and leave-one-out are shown with their counts and decide nothing.
"""

from __future__ import annotations

from analysis.arguments import checked
from analysis.errors import InputError
from analysis.rounding import above
from analysis.scrutiny.grades import MOST_P, Grade

MEANING: dict[str, str] = {
    "A": "Stands out from chance, and beside others",
    "B": "Stands out from chance",
    "C": "Tested; the figures do not decide",
    "D": "Too short to test",
}


@checked
def letter(
    p_adjusted: float | None,
    *,
    too_short: str = "",
    compared: bool = False,
    honest: bool = False,
    coinciding: bool = False,
    excluded: str = "",
) -> Grade:
    """Return the grade of a bundle and its reasons.

    Parameters
    ----------
    p_adjusted
        p after Benjamini-Hochberg over bundles; None where none was tested.
    too_short
        why it could not be tested.
    compared, honest
        whether there is a comparison, and whether its bounds exclude no effect.
    coinciding
        whether what is counted changes in the same period.
    excluded
        what the interval excludes, in words.

    Raises
    ------
    InputError
        If p is not between 0 and 1.
    """
    if p_adjusted is None:
        return Grade("D", (too_short or "it was not tested",))
    if not 0 <= p_adjusted <= 1:
        raise InputError(f"p_adjusted must be between 0 and 1, not {p_adjusted!r}.")
    chance = f"p {p_adjusted:.3f} after Benjamini-Hochberg over bundles"
    if coinciding:
        return Grade("C", ("what is counted changes in the same period", chance, excluded))
    if not above(MOST_P, p_adjusted):
        return Grade("C", (f"{chance}, not below {MOST_P:g}", excluded))
    if not compared:
        return Grade("B", (chance, "there is no comparison", excluded))
    if not honest:
        return Grade(
            "B", (chance, "bounds under unequal trends include no effect or are not known", excluded)
        )
    return Grade("A", (chance, "bounds under unequal trends exclude no effect", excluded))
