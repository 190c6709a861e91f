"""How the ledger says its entries: short names, changes in percent, and one sentence of reasons."""

from __future__ import annotations

import math
from functools import lru_cache

from analysis.dataset import Dataset
from analysis.publish import words
from analysis.publish.estimates import NO_ESTIMATE, too_wide
from analysis.publish.names import names
from analysis.publish.words import listed, signed_percent
from analysis.rounding import above, settled, written
from analysis.scrutiny.ledger import Entry, ledger
from analysis.scrutiny.primary import Primary
from analysis.series.thresholds import FEWEST_AFTER, FEWEST_BEFORE

FAULTS = {
    "before": "too few years before",
    "after": "too few years after",
    "rivals": "a rival measure beside it",
    "breaks": "the count changes inside the span",
}
MEANINGS = {
    "A": "Stands out from placebo, and beside a comparison series",
    "B": "Stands out from placebo, without a comparison series that holds",
    "C": "Identifiable, but the figures do not decide",
    "D": "The effect cannot be identified",
}
NO_PLACEBO = "no placebo is possible with so short a record"
MOST = 100.0  # a change beyond this factor is said as a bound: no campaign multiplies a count a hundredfold


@lru_cache(maxsize=4)
def entries(dataset: Dataset) -> tuple[Entry, ...]:
    """Return every registered hypothesis with what was found, in the order of hypotheses.csv; none is dropped."""
    return tuple(ledger(dataset, progress=False).values())


def anchor(one: Entry) -> str:
    """Return the id of an entry's row on the ledger's page."""
    return f"ledger-{one.hypothesis.hypothesis_id}"


def pair(one: Entry) -> str:
    """Name measure and series: `Kunlun 2019, police cases`."""
    return f"{one.hypothesis.measure}, {one.hypothesis.series.title}"


def brief_pair(one: Entry, joint: str = " → ", most: int = 34) -> str:
    """Return the short names of measure and series from names.csv (longer phrases first), cut to so many characters.

    They are for the labels of drawings; the table beside them gives the full titles.
    """
    measure, series = one.hypothesis.measure, one.hypothesis.series.title
    for phrase, word in names("short series").items():
        series = series.replace(phrase, word)
    measure = names("short measure").get(one.hypothesis.measure_id, short(measure, most))
    return joint.join((measure, short(series, most)))


def short(title: str, most: int = 34) -> str:
    """Return a title cut to so many characters, at a word's end."""
    if len(title) <= most:
        return title
    return title[: most - 1].rsplit(" ", 1)[0].rstrip(",:;") + " …"


def has_placebos(one: Entry) -> bool:
    """Tell whether the record of a hypothesis is long enough for dates at which nothing is supposed to have begun."""
    return one.scrutiny is not None and one.scrutiny.placebos.n > 0


def sentence(one: Entry) -> str:
    """Return the reasons of a grade as one sentence, from what the checks gave."""
    if one.identifiable:
        if one.letter == "C" and not has_placebos(one):
            return f"Identifiable, but {NO_PLACEBO}: {'; '.join(one.grade.reasons)}."
        return f"{MEANINGS[one.letter]}: {'; '.join(one.grade.reasons)}."
    found, at = one.identifiability, one.hypothesis.at
    periods = "fiscal years" if one.hypothesis.fiscal else "years"
    said = {
        "before": f"{_count(found.n_before, periods)} before {at} where {FEWEST_BEFORE} are needed",
        "after": f"{_count(found.n_after, periods)} from {at} on where {FEWEST_AFTER} are needed",
        "rivals": _rivals(len(found.rivals), periods),
        "breaks": f"what is counted changes inside the span ({listed([day[:4] for day in found.breaks])})"
        if found.breaks
        else "",
    }
    clauses = [said[fault] for fault in found.faults]
    if one.failure and not {"before", "after"} & set(found.faults):
        clauses.append(f"and no model could be fitted ({one.failure.rstrip('.')})")
    return f"{MEANINGS['D']}: {'; '.join(clauses or one.grade.reasons)}."


def _count(number: int, periods: str) -> str:
    """Say how many informed periods there are where more are needed."""
    noun = periods.removesuffix("s") if number < 2 else periods
    return f"{'no' if number == 0 else f'only {number}'} informed {noun}"


def _rivals(number: int, periods: str) -> str:
    """Say how many measures of the same instrument stand beside one."""
    near = f"the same or a neighbouring {periods.removesuffix('s')}"
    noun = "measure works" if number == 1 else "measures work"
    return f"{number} other {noun} through the same instrument in {near}"


def counted(number: int, one: str = "", many: str = "") -> str:
    """Write a count with its verb, figures from two on: `none stands`, `one stands`, `5 stand`."""
    return words.counted(number, one, many) if number < 2 else f"{number:,} {many}".strip()


def change(ratio: float) -> str:
    """Write a ratio to the counterfactual as a change in percent: `+12%`, `−8.4%`, `beyond +9,900%`.

    NaN is `not known`, and an endless bound `no bound`.
    """
    return signed_percent(settled(settled(ratio) - 1) if math.isfinite(ratio) else ratio, most=MOST - 1)


def interval(primary: Primary | None) -> str:
    """Write an estimate with its 95% interval, as changes in percent; none where that is wider than tenfold."""
    if primary is None:
        return "none"
    if too_wide(primary.lower, primary.upper):
        return f"{NO_ESTIMATE} (its 95% interval is wider than a factor of ten)"
    return f"{change(primary.estimate)} ({change(primary.lower)} to {change(primary.upper)})"


def probability(p: float) -> str:
    """Write a p value: `0.032`, `below 0.001`, or a dash where there is none."""
    return "–" if math.isnan(p) else "below 0.001" if above(0.001, p) else written(p, ".3f")


def share(value: float | None) -> str:
    """Write a share in percent, a dash where there is none."""
    return "–" if value is None or math.isnan(value) else f"{written(100 * value, '.0f')}%"
