"""The numbers that the ledger's prose names."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from analysis.dataset import Dataset
from analysis.publish.pages.ledger.forest import estimated, excluding
from analysis.publish.pages.ledger.grades import by_fault, by_grade
from analysis.publish.pages.ledger.power import power_words
from analysis.publish.pages.ledger.wording import change, counted, entries, pair, probability
from analysis.rounding import written
from analysis.scrutiny.grades import FEWEST_PLACEBOS, grade
from analysis.scrutiny.identifiability import RivalRule
from analysis.scrutiny.ledger import Entry, passing
from analysis.scrutiny.placebo import fewest_periods


def words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers that the chapter's prose names."""
    found = entries(dataset)
    grades, faults = by_grade(found), by_fault(found)
    clear = [one for one in found if one.identifiable]
    return {
        "hypotheses": str(len(found)),
        **{f"grade_{str(letter).lower()}": counted(int(number)) for letter, number in grades.items()},
        "identifiable": str(len(clear)),
        **{f"fault_{fault}": str(row["all"]) for fault, row in faults.iterrows()},
        "alone_rivals": str(faults.loc["rivals", "alone"]),
        "decided": counted(sum(one.verdict.word != "undecided" for one in found), "is", "are"),
        "rivals_most": str(max(len(one.identifiability.rivals) for one in found)),
        **_estimates(found, clear),
        **_other_rules(dataset, found),
        **_placebos(clear),
        **power_words(),
    }


def _estimates(found: tuple[Entry, ...], clear: list[Entry]) -> dict[str, str]:
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
        "p_smallest_bh": probability(least.p_bh),
        "p_smallest_pair": pair(least),
        "chance": written(0.05 * len(tested), ".0f"),
        "seen_best": change(seen[0]) if seen else "nothing",
        "seen_median": change(float(np.median(seen))) if seen else "nothing",
        "intervals_clear": counted(excluding(estimated(found, identifiable=True)), "leaves", "leave"),
        "intervals_grey": counted(excluding(estimated(found, identifiable=False)), "lies", "lie"),
    }


def _other_rules(dataset: Dataset, found: tuple[Entry, ...]) -> dict[str, str]:
    """Say how many would be identifiable under other rules of rivals, and which grades they would have."""
    narrower = passing(dataset, found, RivalRule(reach="registered"))
    evidence = [replace(one.evidence, identifiable=True, obstacles=()) for one in narrower]
    letters = Counter(grade(one).letter for one in evidence)
    return {
        "narrower": str(len(narrower)),
        "narrower_ab": counted(letters["A"] + letters["B"]),
        "narrower_c": str(letters["C"]),
        "identical": str(len(passing(dataset, found, RivalRule(match="identical")))),
        "anywhere": str(len(passing(dataset, found, RivalRule(reach="anywhere")))),
    }


def _placebos(clear: list[Entry]) -> dict[str, str]:
    """Say how many placebo dates the identifiable have, and how many years it takes to have enough."""
    have = [one.scrutiny.placebos.n for one in clear if one.scrutiny]
    years = [one.identifiability.n_before + one.identifiability.n_after for one in clear]
    return {
        "placebos_needed": str(FEWEST_PLACEBOS),
        "placebos_most": counted(max(have, default=0)),
        "placebos_none": str(sum(number == 0 for number in have)),
        "years_needed": str(fewest_periods(FEWEST_PLACEBOS)),
        "years_middle": str(fewest_periods(FEWEST_PLACEBOS, middle=True)),
        "years_most": str(max(years, default=0)),
        "years_median": f"{np.median(years):g}" if years else "0",
    }
