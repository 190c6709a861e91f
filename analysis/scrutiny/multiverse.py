"""The multiverse: the effect under every defensible specification, fitted in batches.

Each design of `specifications` is fitted by least squares on logs (model, HAC, GLSAR and AR(1) errors), by least
squares on the scale itself (the same) and by Poisson regression (quasi, HAC), with every year, without the most
outlying one, and without the two most outlying (Simonsohn, Simmons, Nelson 2020, Nature Human Behaviour 4, 1208,
doi 10.1038/s41562-020-0912-z). No loop runs over fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.arguments import checked, least
from analysis.models.batched import Fits, least_squares, poisson
from analysis.results import Result
from analysis.rounding import above, level_with, settled
from analysis.scrutiny.question import Question
from analysis.scrutiny.specifications import Specification, specifications
from analysis.threads import one_thread

Array = NDArray[np.float64]
LOG, LEVEL, COUNT = "log", "level", "count"
ENGINES = (
    (LOG, "model"),
    (LOG, "hac"),
    (LOG, "glsar"),
    (LOG, "ar1"),
    (LEVEL, "model"),
    (LEVEL, "hac"),
    (LEVEL, "glsar"),
    (LEVEL, "ar1"),
    (COUNT, "quasi"),
    (COUNT, "hac"),
)
OUTLIERS = ("left out", "two left out")
COLUMNS = ["series", "span", "lag", "trend", "impact", "denominator", "outlier", "family", "errors"]


@dataclass(frozen=True, repr=False)
class Multiverse(Result):
    """Every specification: choices, estimate (log ratio), se, t, p. `share` is that of one sign (see `share_of`)."""

    table: pd.DataFrame

    def __len__(self) -> int:
        """Return the number of specifications."""
        return len(self.table)

    def share_of(self, sign: float) -> float:
        """Return the share of specifications whose estimate has the sign of `sign`; NaN without any."""
        estimates = self.table["estimate"].to_numpy()
        return float((_signs(estimates) == np.sign(sign)).mean()) if len(estimates) else float("nan")

    @property
    def share_significant(self) -> float:
        """Share of specifications with p below 0.05."""
        return float(above(0.05, self.table["p"]).mean()) if len(self.table) else float("nan")


@checked
@one_thread
def multiverse(question: Question, *, lags: tuple[Annotated[int, least(0)], ...] = (0, 1)) -> Multiverse:
    """Return the effect of a question's measure under every admissible specification.

    An empty table where no design is admissible. Fits whose columns depend on each other are left out.
    """
    designs = specifications(question, lags=lags)
    parts = []
    for columns in sorted({design.matrix.shape[1] for design in designs}):
        parts += _fitted([design for design in designs if design.matrix.shape[1] == columns])
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*COLUMNS, *_NUMBERS])
    kept = np.isfinite(table["estimate"].astype(float)) & np.isfinite(table["t"].astype(float))
    return Multiverse(table[kept].reset_index(drop=True))


_NUMBERS = ("estimate", "se", "t", "p")


def _signs(estimates: Array) -> Array:
    """Return the signs of log ratios; an effect of nothing has none, whatever its last bits say."""
    return np.where(level_with(estimates, 0.0, scale=1.0), 0.0, np.sign(estimates))


@dataclass(frozen=True)
class Stack:
    """Designs of one number of columns, padded to one length: arrays of F designs by n periods."""

    y: Array
    x: Array
    weights: Array
    offset: Array
    contrast: Array
    first: Array


def _stack(designs: list[Specification]) -> Stack:
    """Pad designs at the end."""
    n, p = max(len(design.y) for design in designs), designs[0].matrix.shape[1]
    size = (len(designs), n)
    y, weights, offset, first = (np.zeros(size) for _ in range(4))
    x = np.zeros((*size, p))
    for row, design in enumerate(designs):
        length = len(design.y)
        y[row, :length], weights[row, :length], offset[row, :length] = design.y, 1.0, design.offset
        x[row, :length], first[row, :length] = design.matrix, design.first
    contrast = np.stack([design.contrast for design in designs])
    return Stack(y, x, weights, offset, contrast, first)


def _fitted(designs: list[Specification]) -> list[pd.DataFrame]:
    """Return the fits of designs with one number of columns, with every year and without up to two outliers."""
    stack = _stack(designs)
    choices = pd.DataFrame(
        [(d.series, d.span, d.lag, d.trend, d.impact, d.denominator) for d in designs], columns=COLUMNS[:6]
    )
    parts = [_engines(stack, choices.assign(outlier="kept"))]
    for name in OUTLIERS:
        spare = stack.weights.sum(axis=1) >= stack.x.shape[2] + 3
        if not spare.any():
            break
        stack, choices = _without_outlier(stack, spare), choices[spare]
        parts.append(_engines(stack, choices.assign(outlier=name)))
    return parts


def _without_outlier(stack: Stack, rows: NDArray[np.bool_]) -> Stack:
    """Give the year with the largest residual (least squares on logs) a column of its own.

    A year that has one already has no residual left, so that a second call takes the next. Of residuals of one
    size (of two years with a term of their own, say) the first year's is taken.
    """
    y, x, weights = _logs(stack)[rows], stack.x[rows], stack.weights[rows]
    fits = least_squares(y, x, weights)
    apart = np.abs(y - (x @ fits.beta[..., None])[..., 0]) * weights
    dummy = np.zeros_like(y)
    dummy[np.arange(len(y)), settled(apart).argmax(axis=1)] = 1.0
    contrast = np.concatenate([stack.contrast[rows], np.zeros((len(y), 1))], axis=1)
    wider = np.concatenate([x, dummy[..., None]], axis=2)
    return Stack(stack.y[rows], wider, weights, stack.offset[rows], contrast, stack.first[rows])


def _logs(stack: Stack) -> Array:
    """Return log y less the offset; zero where padded."""
    return np.where(stack.weights > 0, np.log(np.where(stack.y > 0, stack.y, 1.0)) - stack.offset, 0.0)


def _engines(stack: Stack, choices: pd.DataFrame) -> pd.DataFrame:
    """Return the fits of one stack by every family and error model."""
    logs = _logs(stack)
    rates = np.where(stack.weights > 0, stack.y / np.exp(stack.offset), 0.0)
    mean = rates.sum(axis=1) / stack.weights.sum(axis=1)
    scaled = rates / mean[:, None]
    # Counts in the units of their mean: 100 a period, so that the fit does not depend on the unit.
    counts = 100 * stack.y / (stack.y.sum(axis=1) / stack.weights.sum(axis=1))[:, None]
    frames = []
    for family, errors in ENGINES:
        if family == COUNT:
            fits = poisson(counts, stack.x, stack.offset, stack.weights, errors=errors)
        else:
            values = logs if family == LOG else scaled
            fits = least_squares(values, stack.x, stack.weights, errors=errors)
        frames.append(_numbers(fits, stack, family, choices.assign(family=family, errors=errors)))
    return pd.concat(frames, ignore_index=True)


def _numbers(fits: Fits, stack: Stack, family: str, choices: pd.DataFrame) -> pd.DataFrame:
    """Return estimate, se, t and p of the contrast beside the choices; level effects as log ratios."""
    estimate = (fits.beta * stack.contrast).sum(axis=1)
    across = (fits.cov @ stack.contrast[..., None])[..., 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        se = np.sqrt((stack.contrast * across).sum(axis=1))
        t = estimate / se
        p = 2 * stats.t.sf(np.abs(t), np.maximum(fits.df, 1))
        if family == LEVEL:
            fitted = (stack.x @ fits.beta[..., None])[..., 0]
            reached = (fitted * stack.first).sum(axis=1) / stack.first.sum(axis=1)
            ratio = reached / (reached - estimate)
            # A counterfactual at or below zero has no ratio; the sign of the effect is all that is left.
            estimate = np.where((ratio > 0) & (reached > 0), np.log(np.abs(ratio)), estimate)
    return choices.assign(estimate=estimate, se=se, t=t, p=p)
