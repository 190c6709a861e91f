"""The defensible designs of a question: every series, span, lag, trend, impact and denominator, crossed.

A design is a set of periods with its columns; the multiverse fits each by several families and error models, and
once more without its most outlying year. The effect is always the mean over the first three periods affected.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from analysis.arguments import checked, least
from analysis.results import Result
from analysis.scrutiny.question import Question, Series
from analysis.series.thresholds import FEWEST_AFTER, FEWEST_BEFORE

Array = NDArray[np.float64]
LAGS = (0, 1)
TRENDS = ("linear", "none")
IMPACTS = ("step", "step+ramp")
SPANS = ("all", "without the first", "without the last", "without both")
FIRST = 3  # periods over which the effect is read


@dataclass(frozen=True, repr=False)
class Specification(Result):
    """One design: names of its choices, `y`, `offset` (log) and columns `matrix` (n, p); `contrast` (p) the effect."""

    series: str
    span: str
    lag: int
    trend: str
    impact: str
    denominator: str
    y: Array
    offset: Array
    matrix: Array
    contrast: Array
    first: NDArray[np.bool_]


@checked
def specifications(
    question: Question, *, lags: tuple[Annotated[int, least(0)], ...] = LAGS
) -> list[Specification]:
    """Return every admissible design: at least 4 periods before, 3 from the start on, and 2 more than columns."""
    told = {"reconstructed": question.main, **question.variants}
    found = []
    for name, denominator, span, lag in itertools.product(told, ("", *question.offsets), SPANS, lags):
        series = _span(told[name], span)
        offset = question.log_offset(denominator, series.time)
        known = np.isfinite(offset)
        time, y, offset = series.time[known], series.y[known], offset[known]
        start = question.at + lag
        before, after = int((time < start).sum()), int((time >= start).sum())
        if before < FEWEST_BEFORE or after < FEWEST_AFTER:
            continue
        for trend, impact in itertools.product(TRENDS, IMPACTS):
            if impact == "step+ramp" and trend == "none":
                continue  # a slope that bends from nothing is no counterfactual
            matrix, contrast, first = columns_of(time, start, trend, impact)
            if len(time) >= matrix.shape[1] + 2:
                choices = (name, span, lag, trend, impact, denominator)
                found.append(Specification(*choices, y, offset, matrix, contrast, first))
    return found


def _span(series: Series, span: str) -> Series:
    """Return a series without its first period, its last, both or neither."""
    head = int(span in ("without the first", "without both"))
    tail = len(series.time) - int(span in ("without the last", "without both"))
    return Series(series.time[head:tail], series.y[head:tail])


def columns_of(
    time: NDArray[np.int64], start: int, trend: str, impact: str
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Return the columns, the contrast of the primary estimand, and the first three periods affected."""
    step = (time >= start).astype(float)
    ramp = step * (time - start).astype(float)
    first = (time >= start) & (time < start + FIRST)
    if not first.any():  # a gap right after the start: the first periods there are
        first = (time >= start) & (np.cumsum(step) <= FIRST)
    columns: list[Array] = [np.ones(len(time))]
    contrast = [0.0]
    if trend == "linear":
        columns.append((time - time.mean()) / 10.0)
        contrast.append(0.0)
    columns.append(step)
    contrast.append(1.0)
    if impact == "step+ramp":
        columns.append(ramp)
        contrast.append(float(ramp[first].mean()))
    return np.column_stack(columns), np.array(contrast), first
