"""The series of a question as it would be without each of its readings."""

from __future__ import annotations

import numpy as np

from analysis.dataset import Dataset
from analysis.scrutiny.question import Question, Series
from analysis.scrutiny.registered import Hypothesis
from analysis.series.sensitivity import sensitivity_of


def left_out_series(dataset: Dataset, one: Hypothesis, question: Question) -> dict[str, Series]:
    """Return the question's primary series without each reading, by reading id.

    Each estimate moves by the ratio that leaving the reading out moves it at fixed smoothness; periods that are
    no longer informed are missing.
    """
    frame = sensitivity_of(dataset, one.series_id)
    frame = frame[frame["variant"] == "left_out"]
    periods = frame["period"].astype(str).str.removeprefix("FY").astype(int)
    found = {}
    for name, rows in frame.assign(year=periods).groupby("left_out", sort=True):
        moves = dict(zip(rows["year"], rows["move"].astype(float), strict=True))
        factor = np.array([moves.get(int(year), 1.0) for year in question.main.time])
        kept = np.isfinite(factor)
        found[str(name)] = Series(question.main.time[kept], question.main.y[kept] * factor[kept])
    return found
