"""Everything scrutiny finds on one registered hypothesis, and its grade but for what depends on the others.

p after Benjamini-Hochberg depends on all hypotheses tested; so the grade is given in `ledger`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arguments import Seed, checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models import Comparison, common_periods, compared
from analysis.results import Result
from analysis.rounding import at_least
from analysis.scrutiny.ask import ask, informed_periods
from analysis.scrutiny.identifiability import (
    LEAST_INFORMED,
    Identifiability,
    identifiable,
    measures_in_window,
)
from analysis.scrutiny.leave_out import Move, largest_move
from analysis.scrutiny.left_out import left_out_series
from analysis.scrutiny.question import Question
from analysis.scrutiny.registered import hypothesis
from analysis.scrutiny.scrutinise import Scrutiny, scrutinise, without


@dataclass(frozen=True, repr=False)
class Assessment(Result):
    """What was found on one hypothesis.

    `scrutiny` is None where the primary specification cannot be fitted, and `failure` says why; `comparison`
    likewise with `comparison_failure`. `measures` are ids of all other measures in the same window, whatever
    their instrument. `moved` is the reading whose absence moves the primary estimate (log) most.
    """

    hypothesis_id: str
    identifiability: Identifiability
    measures: tuple[str, ...]
    question: Question | None
    scrutiny: Scrutiny | None
    failure: str
    comparison: Comparison | None
    comparison_failure: str
    moved: Move | None


@checked
def assess(dataset: Dataset, hypothesis_id: str, *, seed: Seed = 0) -> Assessment:
    """Return everything found on a hypothesis. Raises InputError if there is none of this id."""
    one = hypothesis(dataset, hypothesis_id)
    window = tuple(measures_in_window(dataset, hypothesis_id)["measure_id"])
    try:
        question = ask(dataset, hypothesis_id)
        periods = informed_periods(dataset, one.series_id)
    except InputError as error:
        bare = identifiable(dataset, hypothesis_id)
        return Assessment(hypothesis_id, bare, window, None, None, str(error), None, "", None)
    found = identifiable(dataset, hypothesis_id, periods=periods)
    comparison, obstacle = _comparison(dataset, hypothesis_id, question)
    try:
        scrutiny = scrutinise(question, seed=seed)
    except InputError as error:
        return Assessment(
            hypothesis_id, found, window, question, None, str(error), comparison, obstacle, None
        )
    estimates = without(question, left_out_series(dataset, one, question))
    moved = largest_move(estimates, scrutiny.primary.log) if estimates else None
    return Assessment(hypothesis_id, found, window, question, scrutiny, "", comparison, obstacle, moved)


def _comparison(dataset: Dataset, hypothesis_id: str, question: Question) -> tuple[Comparison | None, str]:
    """Return the controlled series of a hypothesis that registered comparison series, or why there is none."""
    row = dataset.hypotheses.set_index("hypothesis_id").loc[hypothesis_id]
    names = [name for name in str(row["comparison"]).split(";") if name]
    if not names:
        return None, ""
    try:
        frame = common_periods(_panel(dataset, hypothesis_id, names))
        impact = question.impact if question.impact in ("step", "step+ramp") else "step"
        return compared(frame, str(row["series_id"]), question.at, design="cits", impact=impact), ""
    except InputError as error:
        return None, str(error)


def _panel(dataset: Dataset, hypothesis_id: str, names: list[str]) -> pd.DataFrame:
    """Return the treated and the comparison series of a hypothesis as a long frame over its span."""
    one = hypothesis(dataset, hypothesis_id)
    parts = []
    for name in (one.series_id, *names):
        table = informed_periods(dataset, name)
        usable = table["period"].between(one.start, one.end) & at_least(table["informed"], LEAST_INFORMED)
        table = table[usable & table["estimate"].notna()]
        columns = {"unit": name, "period": table["period"], "y": table["estimate"], "exposure": np.nan}
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)
