"""The numbers that the ledger's prose names."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from analysis.dataset import Dataset
from analysis.publish.pages.ledger.forest import estimated
from analysis.publish.pages.ledger.grades import by_fault, by_grade, counted, passing
from analysis.publish.pages.ledger.power import power_words
from analysis.publish.pages.ledger.rows import Row, change, probability, rows
from analysis.rounding import written
from analysis.scrutiny.grades import FEWEST_PLACEBOS, grade
from analysis.scrutiny.placebo import placebo_dates


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers that the chapter's prose names."""
    found = rows(dataset)
    grades, faults = by_grade(found), by_fault(found)
    clear = [one for one in found if one.identifiable]
    return {
        "hypotheses": str(len(found)),
        "measures_used": str(len({one.measure_id for one in found})),
        "series_used": str(len({one.series_id for one in found})),
        **{f"grade_{str(letter).lower()}": counted(int(number)) for letter, number in grades.items()},
        "identifiable": str(len(clear)),
        **{f"fault_{fault}": str(row["all"]) for fault, row in faults.iterrows()},
        **{f"alone_{fault}": str(row["alone"]) for fault, row in faults.iterrows()},
        "decided": counted(sum(one.entry.verdict.word != "undecided" for one in found), "is", "are"),
        "rivals_most": str(max(len(one.entry.assessment.identifiability.rivals) for one in found)),
        **_estimates(found, clear),
        **_other_rules(dataset, found),
        **_placebos(clear),
        **power_words(),
    }


def _estimates(found: tuple[Row, ...], clear: list[Row]) -> dict[str, str]:
    """Say what the tests gave, and how small a change they could have seen."""
    tested = [one for one in found if one.primary]
    p = [(one.primary.p, one) for one in tested if one.primary]
    smallest, least = min(p, key=lambda pair: pair[0])
    seen = sorted(one.primary.detectable for one in clear if one.primary)
    return {
        "tested": str(len(tested)),
        "untested": str(len(found) - len(tested)),
        "below": counted(sum(value < 0.05 for value, _ in p)),
        "p_smallest": probability(smallest),
        "p_smallest_bh": probability(least.entry.p_bh),
        "p_smallest_pair": f"{least.measure}, {least.series}",
        "chance": written(0.05 * len(tested), ".0f"),
        "seen_best": change(seen[0]) if seen else "nothing",
        "seen_median": change(float(np.median(seen))) if seen else "nothing",
        "intervals_clear": counted(_excluding(estimated(found, identifiable=True)), "leaves", "leave"),
        "intervals_grey": counted(_excluding(estimated(found, identifiable=False)), "lies", "lie"),
    }


def _excluding(found: list[Row]) -> int:
    """Return how many intervals leave out no change."""
    return sum(bool(one.primary and (one.primary.lower > 1 or one.primary.upper < 1)) for one in found)


def _other_rules(dataset: Dataset, found: tuple[Row, ...]) -> dict[str, str]:
    """Say how many would be identifiable under other rules of rivals, and which grades they would have."""
    known = {one.hypothesis_id: one for one in found}
    narrower = passing(dataset, "registered")
    evidence = [known[name].entry.evidence for name in narrower]
    letters = Counter(grade(replace(one, identifiable=True, obstacles=())).letter for one in evidence)
    return {
        "narrower": str(len(narrower)),
        "narrower_ab": counted(letters["A"] + letters["B"]),
        "narrower_c": str(letters["C"]),
        "identical": str(len(passing(dataset, match="identical", reach="jurisdiction"))),
        "anywhere": str(len(passing(dataset, "anywhere"))),
    }


def _placebos(clear: list[Row]) -> dict[str, str]:
    """Say how many placebo dates the identifiable have, and how many years it takes to have enough."""
    have = [one.scrutiny.placebos.n for one in clear if one.scrutiny]
    lengths = [one.entry.assessment.identifiability for one in clear]
    years = [known.n_before + known.n_after for known in lengths]
    return {
        "placebos_needed": str(FEWEST_PLACEBOS),
        "placebos_most": counted(max(have, default=0)),
        "placebos_none": str(sum(number == 0 for number in have)),
        "years_needed": str(years_needed()),
        "years_middle": str(years_needed(middle=True)),
        "years_most": str(max(years, default=0)),
        "years_median": f"{np.median(years):g}" if years else "0",
    }


def years_needed(placebos: int = FEWEST_PLACEBOS, *, middle: bool = False) -> int:
    """Return the fewest years with which a yearly series has so many placebo dates.

    Wherever the measure stands, or with as many years before it as after it where it stands in the `middle`.
    """
    return min(
        before + after
        for before in range(4, 40)
        for after in range(3, 40)
        if (before == after or not middle)
        and len(placebo_dates(np.arange(before + after), before)) >= placebos
    )
