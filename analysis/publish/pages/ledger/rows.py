"""The ledger's rows: each registered hypothesis with its names, what scrutiny found, and one sentence of reasons."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from analysis.dataset import Dataset
from analysis.publish.words import listed
from analysis.rounding import above, settled, written
from analysis.scrutiny.identifiability import FEWEST_AFTER, FEWEST_BEFORE
from analysis.scrutiny.ledger import Entry, ledger
from analysis.scrutiny.primary import Primary
from analysis.scrutiny.scrutinise import Scrutiny

FAULTS = {
    "before": "too few years before",
    "after": "too few years after",
    "rivals": "a rival measure beside it",
    "breaks": "the count changes inside the span",
}
MEANINGS = {
    "A": "Stands out from placebo, and beside a comparison series",
    "B": "Stands out from placebo, without a comparison series that holds",
    "C": "Identifiable, but it cannot be told from placebo",
    "D": "The effect cannot be identified",
}
MOST = 100.0  # a change beyond this factor is said as a bound: no campaign multiplies a count a hundredfold


@dataclass(frozen=True)
class Row:
    """A hypothesis as the ledger prints it: names, the entry with all its numbers, and its sentence."""

    hypothesis_id: str
    measure_id: str
    measure: str
    series_id: str
    series: str
    group: str
    direction: str
    at: int
    lag: int
    fiscal: bool
    entry: Entry
    sentence: str

    @property
    def anchor(self) -> str:
        """The id of the row on the page."""
        return f"ledger-{self.hypothesis_id}"

    @property
    def letter(self) -> str:
        """The grade."""
        return self.entry.grade.letter

    @property
    def faults(self) -> tuple[str, ...]:
        """Which rules of identifiability failed."""
        return self.entry.assessment.identifiability.faults

    @property
    def identifiable(self) -> bool:
        """Whether the grade is not D."""
        return self.letter != "D"

    @property
    def scrutiny(self) -> Scrutiny | None:
        """What the checks gave, None where no model could be fitted."""
        return self.entry.assessment.scrutiny

    @property
    def primary(self) -> Primary | None:
        """The primary test, None where no model could be fitted."""
        return self.scrutiny.primary if self.scrutiny else None


@lru_cache(maxsize=4)
def rows(dataset: Dataset) -> tuple[Row, ...]:
    """Return every registered hypothesis, in the order of hypotheses.csv; none is dropped."""
    measures = dataset.measures.set_index("measure_id")["title"].astype(str)
    series = dataset.series.set_index("series_id")
    entries = ledger(dataset, progress=False)
    found = []
    for one in dataset.hypotheses.to_dict("records"):
        entry = entries[one["hypothesis_id"]]
        fiscal = one["frequency"] == "fiscal_year"
        found.append(
            Row(
                hypothesis_id=one["hypothesis_id"],
                measure_id=one["measure_id"],
                measure=measures[one["measure_id"]],
                series_id=one["series_id"],
                series=str(series.loc[one["series_id"], "title"]),
                group=str(series.loc[one["series_id"], "group"]),
                direction=str(one["direction"]),
                at=int(one["at"]),
                lag=int(one["lag"]),
                fiscal=fiscal,
                entry=entry,
                sentence=sentence(entry, int(one["at"]), "fiscal years" if fiscal else "years"),
            )
        )
    return tuple(found)


def row(dataset: Dataset, hypothesis_id: str) -> Row:
    """Return one hypothesis of the ledger. Raises KeyError for an id that is not registered."""
    return {one.hypothesis_id: one for one in rows(dataset)}[hypothesis_id]


def sentence(entry: Entry, at: int, periods: str = "years") -> str:
    """Return the reasons of a grade as one sentence, from what the checks gave."""
    if entry.grade.letter != "D":
        return f"{MEANINGS[entry.grade.letter]}: {'; '.join(entry.grade.reasons)}."
    found = entry.assessment.identifiability
    said = {
        "before": f"{_count(found.n_before, periods)} before {at} where {FEWEST_BEFORE} are needed",
        "after": f"{_count(found.n_after, periods)} from {at} on where {FEWEST_AFTER} are needed",
        "rivals": _rivals(len(found.rivals), periods),
        "breaks": f"what is counted changes inside the span ({listed([day[:4] for day in found.breaks])})"
        if found.breaks
        else "",
    }
    clauses = [said[fault] for fault in found.faults]
    if entry.assessment.failure and not {"before", "after"} & set(found.faults):
        failure = entry.assessment.failure.rstrip(".")
        clauses.append(f"and no model could be fitted ({failure})")
    return f"{MEANINGS['D']}: {'; '.join(clauses or entry.grade.reasons)}."


def _count(number: int, periods: str) -> str:
    noun = periods.removesuffix("s") if number < 2 else periods
    return f"{'no' if number == 0 else f'only {number}'} informed {noun}"


def _rivals(number: int, periods: str) -> str:
    """Say how many measures of the same instrument stand beside one."""
    near = f"the same or a neighbouring {periods.removesuffix('s')}"
    noun = "measure works" if number == 1 else "measures work"
    return f"{number} other {noun} through the same instrument in {near}"


def change(ratio: float) -> str:
    """Write a ratio to the counterfactual as a change in percent: `+12%`, `−8.4%`, `beyond +9,900%`.

    NaN is `not known`, and an endless bound `no bound`.
    """
    if math.isnan(ratio):
        return "not known"
    if math.isinf(ratio):
        return "no bound"
    if ratio > MOST:
        return f"beyond +{100 * (MOST - 1):,.0f}%"
    percent = settled(100 * (settled(ratio) - 1))
    text = f"{abs(percent):,.1f}" if abs(percent) < 9.95 else f"{abs(percent):,.0f}"
    if float(text.replace(",", "")) == 0:
        return "0%"
    return f"{'+' if percent > 0 else '−'}{text}%"


def interval(primary: Primary | None) -> str:
    """Write an estimate with its 95% interval, as changes in percent."""
    if primary is None:
        return "none"
    return f"{change(primary.estimate)} ({change(primary.lower)} to {change(primary.upper)})"


def probability(p: float) -> str:
    """Write a p value: `0.032`, `below 0.001`, or a dash where there is none."""
    return "–" if math.isnan(p) else "below 0.001" if above(0.001, p) else written(p, ".3f")


def share(value: float | None) -> str:
    """Write a share in percent, a dash where there is none."""
    return "–" if value is None or math.isnan(value) else f"{written(100 * value, '.0f')}%"
