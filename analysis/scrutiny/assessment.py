"""Everything scrutiny finds on one registered hypothesis, but for what depends on the others.

p after Benjamini-Hochberg depends on all hypotheses tested; so the grade is given in `ledger`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models import Comparison, common_periods, compared
from analysis.results import Result
from analysis.scrutiny.checks import Scrutiny, scrutinise, without
from analysis.scrutiny.hypothesis import Hypothesis, hypothesis
from analysis.scrutiny.identifiability import Identifiability, identifiable, measures_in_window
from analysis.scrutiny.leave_one_out import Move, largest_move, left_out_series
from analysis.scrutiny.primary import Primary
from analysis.scrutiny.question import Question, ask, informed_periods, usable_periods


@dataclass(frozen=True, repr=False, kw_only=True)
class Assessment(Result):
    """What was found on one hypothesis.

    `measures` are ids of all other measures in the same window, whatever their instrument. `question` is None where
    the series cannot be reconstructed, `scrutiny` where the primary specification cannot be fitted, and `failure`
    says why; `comparison` likewise with `comparison_failure`. `moved` is the reading whose absence moves the primary
    estimate (log) most.
    """

    hypothesis: Hypothesis
    identifiability: Identifiability
    measures: tuple[str, ...]
    question: Question | None = None
    scrutiny: Scrutiny | None = None
    failure: str = ""
    comparison: Comparison | None = None
    comparison_failure: str = ""
    moved: Move | None = None

    @property
    def primary(self) -> Primary | None:
        """The primary test, None where no model could be fitted."""
        return self.scrutiny.primary if self.scrutiny else None


@checked
def assess(dataset: Dataset, hypothesis_id: str | Hypothesis) -> Assessment:
    """Return everything found on a hypothesis. Raises InputError if there is none of this id."""
    one = hypothesis(dataset, hypothesis_id)
    window = tuple(measures_in_window(dataset, one)["measure_id"])
    try:
        question = ask(dataset, one)
        periods = informed_periods(dataset, one.series)
    except InputError as error:
        bare = identifiable(dataset, one)
        return Assessment(hypothesis=one, identifiability=bare, measures=window, failure=str(error))
    found = identifiable(dataset, one, periods=periods)
    comparison, obstacle = _comparison(dataset, one, question)
    scrutiny, failure, moved = None, "", None
    try:
        scrutiny = scrutinise(question)
    except InputError as error:
        failure = str(error)
    else:
        estimates = without(question, left_out_series(dataset, one.series_id, question))
        moved = largest_move(estimates, scrutiny.primary.log) if estimates else None
    return Assessment(
        hypothesis=one,
        identifiability=found,
        measures=window,
        question=question,
        scrutiny=scrutiny,
        failure=failure,
        comparison=comparison,
        comparison_failure=obstacle,
        moved=moved,
    )


def _comparison(dataset: Dataset, one: Hypothesis, question: Question) -> tuple[Comparison | None, str]:
    """Return the controlled series of a hypothesis that registered comparison series, or why there is none."""
    if not one.comparison:
        return None, ""
    try:
        frame = common_periods(comparison_panel(dataset, one))
        impact = question.impact if question.impact in ("step", "step+ramp") else "step"
        return compared(frame, one.series_id, question.at, design="cits", impact=impact), ""
    except InputError as error:
        return None, str(error)


def comparison_panel(dataset: Dataset, one: Hypothesis) -> pd.DataFrame:
    """Return the informed periods of a hypothesis' series and of its comparison series over its span.

    A long frame, as `compared` takes it: unit (the series' id), period, y, exposure (none). Raises InputError if one
    of them cannot be reconstructed.
    """
    parts = []
    for name in (one.series_id, *one.comparison):
        table = informed_periods(dataset, name)
        table = table[usable_periods(table, one)]
        columns = {"unit": name, "period": table["period"], "y": table["estimate"], "exposure": np.nan}
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)
