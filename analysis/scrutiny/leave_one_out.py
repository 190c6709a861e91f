"""Leave one out: how far an estimate moves when one reading, source or period is not there."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.results import Result
from analysis.rounding import level_with, settled
from analysis.scrutiny.question import Question, Series
from analysis.series.sensitivity import sensitivity_of


@dataclass(frozen=True, repr=False)
class Move(Result):
    """The largest move of an estimate.

    `left_out` is the id without which it moves most, `estimate` what it is then, `move` the difference from the
    full one. `sign_changes` are the ids without which the estimate has the other sign (or is 0), `failed`
    those without which it cannot be had; both sorted. Without any usable estimate `left_out` is blank and the
    numbers are NaN.
    """

    left_out: str
    estimate: float
    move: float
    sign_changes: tuple[str, ...]
    failed: tuple[str, ...]


@checked
def largest_move(estimates: Mapping[str, float], full: float) -> Move:
    """Return the largest move among `estimates`, by the id left out, from the `full` estimate.

    Estimates are on a scale where 0 is no effect (log ratios). Among equal moves the first id is taken, so
    that the order of rows does not matter.

    Raises
    ------
    InputError
        If nothing was left out, or the full estimate is not finite.
    """
    if not math.isfinite(full):
        raise InputError(f"The full estimate is {full!r}; a move is measured from a finite one.")
    if not len(estimates):
        raise InputError("Nothing was left out; give at least one estimate by the id left out.")
    by_id = sorted((str(name), float(value)) for name, value in estimates.items())
    usable = [(name, value) for name, value in by_id if math.isfinite(value)]
    failed = tuple(name for name, value in by_id if not math.isfinite(value))
    if not usable:
        return Move("", math.nan, math.nan, (), failed)
    name, value = max(usable, key=lambda one: settled(abs(one[1] - full)))
    signs = {one: 0.0 if level_with(other, 0, scale=1) else math.copysign(1, other) for one, other in usable}
    turned = tuple(
        one for one, other in usable if signs[one] * full <= 0 and not level_with(other, full, scale=1)
    )
    return Move(name, value, value - full, turned, failed)


def left_out_series(dataset: Dataset, series_id: str, question: Question) -> dict[str, Series]:
    """Return the question's primary series as it would be without each reading, by reading id.

    Each estimate moves by the ratio that leaving the reading out moves it at fixed smoothness; periods that are
    no longer informed are missing.
    """
    frame = sensitivity_of(dataset, series_id)
    frame = frame[frame["variant"] == "left_out"]
    periods = frame["period"].astype(str).str.removeprefix("FY").astype(int)
    found = {}
    for name, rows in frame.assign(year=periods).groupby("left_out", sort=True):
        moves = dict(zip(rows["year"], rows["move"].astype(float), strict=True))
        factor = np.array([moves.get(int(year), 1.0) for year in question.main.time])
        kept = np.isfinite(factor)
        found[str(name)] = Series(question.main.time[kept], question.main.y[kept] * factor[kept])
    return found
