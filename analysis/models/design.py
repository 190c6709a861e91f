"""The design of an interrupted time series: which columns a segmented regression has, and what may be asked of it.

    eta_t = a + b t + c step_t + d ramp_t + sum_k [s_k sin(2 pi k t / P) + c_k cos(2 pi k t / P)] + covariates

step_t = 1 from the start of the measure on, ramp_t = step_t (t - start), pulse_t = 1 from the start to `until`, both
included (Wagner et al. 2002, J Clin Pharm Ther 27(4), 299, doi 10.1046/j.1365-2710.2002.00430.x; Lopez Bernal,
Cummins, Gasparrini 2017, doi 10.1093/ije/dyw098). A lagged measure starts `lag` periods after its date.

With several dates each has columns of its own (step, step2, ...): a campaign and its end, a law and its amendment.

The counterfactual has the events' columns at zero. The effect k periods after the start is the contrast of the two
designs at start + k; the primary estimand is its mean over the first three periods. A step alone would carry what
happened later into that mean: so it is estimated without the periods after the window (`windowed`), in single series
as in controlled ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import numbers, several
from analysis.errors import InputError
from analysis.models.time_axis import TimeAxis
from analysis.series.thresholds import FEWEST_AFTER, FEWEST_BEFORE

Array = NDArray[np.float64]

Mask = NDArray[np.bool_]

IMPACTS = ("step", "ramp", "step+ramp", "pulse", "pulse+after", "lagged")
EVENT_TERMS = {
    "step": ("step",),
    "lagged": ("step",),
    "ramp": ("ramp",),
    "step+ramp": ("step", "ramp"),
    "pulse": ("pulse",),
    "pulse+after": ("pulse", "after"),
}
ENDING = ("pulse", "pulse+after")
FEWEST_FROM = dict.fromkeys(IMPACTS, FEWEST_AFTER) | dict.fromkeys(ENDING, 1)  # periods from the event on
WINDOW = 3  # periods from the start on over which the effect is averaged
LEAST_DF = 2
RATIOS = {"at once": (0,), "after 1": (1,), "after 3": (3,), "mean of first 3": (0, 1, 2)}


@dataclass(frozen=True)
class Design:
    """A segmented design.

    `matrix` (n, p) with columns `terms`; `counterfactual` (n, p) the same without the event; `effects` (4, p) the
    contrasts of the rows of `RATIOS` (NaN where the series ends before); `after` (n, bool) the periods from the
    start on; `start` the number of the first of them; `level` whether the events move a level alone.
    """

    axis: TimeAxis
    terms: tuple[str, ...]
    matrix: Array
    counterfactual: Array
    effects: Array
    after: Mask
    start: float
    level: bool

    @property
    def n_before(self) -> int:
        """Periods before the start of the effect."""
        return int((~self.after).sum())

    @property
    def n_after(self) -> int:
        """Periods from the start of the effect on."""
        return int(self.after.sum())


def segmented(
    axis: TimeAxis,
    at: Any,
    *,
    impact: str = "step+ramp",
    until: Any = None,
    lag: int = 0,
    harmonics: int = 0,
    period: float = 12,
    covariates: pd.DataFrame | Mapping[str, ArrayLike] | None = None,
    trend: bool = True,
) -> Design:
    """Return the design of a series with periods `axis` and a measure at `at`, or several in order of time.

    `at` and `until` are written as the series' periods are; `lag` counts periods; `period` is the length of the
    yearly pattern in units of time; `covariates` are columns by name; without `trend` the course is level.

    Raises
    ------
    InputError
        If the impact is unknown, the event lies outside the series, either side has too few periods, a covariate
        does not fit, or the columns depend on each other.
    """
    _check_choices(impact, harmonics, period / axis.unit)
    starts = [date + lag * axis.unit for date in _dates(axis, at)]
    start = starts[0]
    end = _end(axis, impact, until, starts)
    _check_sides(axis, start, impact, end)
    event = event_columns(impact, starts, end)
    others = harmonic_columns(axis.numbers, harmonics, period) | _covariates(
        covariates, len(axis.numbers), event
    )
    columns = {"intercept": np.ones(len(axis.numbers))} | ({"trend": axis.numbers} if trend else {})
    columns |= {name: column(axis.numbers) for name, column in event.items()} | others
    matrix = np.column_stack(list(columns.values()))
    terms = tuple(columns)
    _check_independent(matrix, terms)
    counterfactual = matrix.copy()
    counterfactual[:, [terms.index(name) for name in event]] = 0.0
    effects = _effects(axis, terms, event, start)
    level = impact in ("step", "lagged")
    return Design(axis, terms, matrix, counterfactual, effects, _from(axis.numbers, start), start, level)


def windowed(design: Design) -> tuple[Mask, Mask] | None:
    """Return the rows and columns from which the primary estimand is estimated, None where all are.

    Where events move the level alone, these are the periods up to the end of the window, and the columns that
    these periods can tell apart. Where they leave fewer than two degrees of freedom, all are used.
    """
    axis = design.axis
    rows: Mask = axis.numbers < design.start + (WINDOW - 0.5) * axis.unit
    if not design.level or rows.all():
        return None
    kept = independent(design.matrix[rows])
    if rows.sum() < kept.sum() + LEAST_DF or design.effects[-1, ~kept].any():
        return None
    return rows, kept


def independent(matrix: Array) -> Mask:
    """Return which columns (p) do not follow from those before them."""
    kept: list[int] = []
    for k in range(matrix.shape[1]):
        earlier, column = matrix[:, kept], matrix[:, k]
        rest = column - earlier @ np.linalg.lstsq(earlier, column, rcond=None)[0] if kept else column
        if np.linalg.norm(rest) > 1e-8 * np.linalg.norm(column - (column.mean() if kept else 0.0)):
            kept.append(k)
    return np.isin(np.arange(matrix.shape[1]), kept)


def _dates(axis: TimeAxis, at: Any) -> list[float]:
    """Return the numbers of one date or several. Raises InputError where they are out of order."""
    dates = [axis.number_of(one) for one in (at if several(at) else [at])]
    if not dates or np.any(np.diff(dates) <= 0):
        raise InputError("Several dates must be in order of time, each once, and at least one.")
    if dates[-1] > axis.numbers[-1] and len(dates) > 1:
        raise InputError(f"The event at {at[-1]} is outside the series, which ends in {axis.labels[-1]}.")
    return dates


def _from(numbers: Array, start: float) -> Mask:
    """True from `start` on, a rounding error allowed."""
    result: Mask = numbers >= start - 1e-9 * max(1.0, abs(start))
    return result


def event_columns(impact: str, starts: list[float], end: float | None) -> dict[str, Callable[[Array], Array]]:
    """Return the events' columns, by name, as functions of the periods."""
    columns: dict[str, Callable[[Array], Array]] = {}
    for place, start in enumerate(starts, start=1):
        for name in EVENT_TERMS[impact]:
            columns[name if place == 1 else f"{name}{place}"] = partial(_event_column, name, start, end)
    return columns


def _event_column(name: str, start: float, end: float | None, numbers: Array) -> Array:
    """Return one of an event's columns at the periods `numbers`."""
    step = _from(numbers, start).astype(float)
    if name == "step":
        return step
    if name == "ramp":
        ramp: Array = step * (numbers - start)
        return ramp
    assert end is not None
    within = numbers <= end + 1e-9 * max(1.0, abs(end))
    pulse: Array = step * (within if name == "pulse" else ~within)
    return pulse


def harmonic_columns(numbers: Array, harmonics: int, period: float) -> dict[str, Array]:
    """Return sin1, cos1, sin2, cos2, ..."""
    columns: dict[str, Array] = {}
    for k in range(1, harmonics + 1):
        angle = 2 * np.pi * k * numbers / period
        columns |= {f"sin{k}": np.sin(angle), f"cos{k}": np.cos(angle)}
    return columns


def _covariates(
    given: pd.DataFrame | Mapping[str, ArrayLike] | None, n: int, taken: Mapping[str, Any]
) -> dict[str, Array]:
    """Return the covariates by name. Raises InputError where one does not fit the series."""
    columns: dict[str, Array] = {}
    for name, values in () if given is None else given.items():
        column = numbers(values, f"covariate {name!r}")
        if str(name) in {"intercept", "trend", *taken}:
            raise InputError(f"Covariate {name!r} has the name of a term of the model; rename it.")
        if column.shape != (n,):
            raise InputError(f"Covariate {name!r} has {column.size} values; the series has {n} periods.")
        if not np.all(np.isfinite(column)):
            raise InputError(
                f"Covariate {name!r} is missing or infinite in {int((~np.isfinite(column)).sum())} "
                "periods; it must be known in all of them."
            )
        columns[str(name)] = column
    return columns


def _effects(
    axis: TimeAxis, terms: tuple[str, ...], event: Mapping[str, Callable[[Array], Array]], start: float
) -> Array:
    """Return the contrasts (4, p) of the rows of RATIOS."""
    last = axis.numbers[-1] + 1e-6 * axis.unit
    rows = np.zeros((len(RATIOS), len(terms)))
    for row, (name, shifts) in enumerate(RATIOS.items()):
        periods = start + axis.unit * np.array(shifts, dtype=float)
        within = periods[periods <= last]  # a mean is over the periods that the series reaches
        if name != "mean of first 3" and len(within) < len(periods):
            rows[row] = np.nan
            continue
        for term, column in event.items():
            rows[row, terms.index(term)] = column(within).mean()
    return rows


def _end(axis: TimeAxis, impact: str, until: Any, starts: list[float]) -> float | None:
    """Return the number of a pulse's last period. Raises InputError where it is missing or not wanted."""
    if impact not in ENDING:
        if until is not None:
            raise InputError(f"`until` ends a pulse; impact {impact!r} has no end, so leave it out.")
        return None
    if until is None:
        raise InputError("A pulse needs `until`, the last period in which the measure was in force.")
    if len(starts) > 1:
        raise InputError(f"Impact {impact} takes one date; give several dates to step, ramp or step+ramp.")
    end = axis.number_of(until)
    if end < starts[0]:
        raise InputError(
            f"The pulse ends at {until} before it starts; give an `until` no earlier than its start."
        )
    return end


def _check_choices(impact: str, harmonics: int, period: float) -> None:
    """Raise InputError for a choice that there is not; `period` in periods of the series."""
    if impact not in IMPACTS:
        raise InputError(f"Impact {impact!r} is unknown; choose {', '.join(IMPACTS)}.")
    if not (np.isfinite(period) and period > 0):
        raise InputError(f"period, of the yearly pattern, must be above 0, not {period!r}.")
    if harmonics and 2 * harmonics >= period:
        raise InputError(
            f"{harmonics} pairs of harmonics are too many for a period of {period:g}; "
            f"at most {int(np.ceil(period / 2)) - 1}."
        )


def _check_sides(axis: TimeAxis, start: float, impact: str, end: float | None) -> None:
    """Raise InputError where the event is outside the series or a side is too short."""
    first, last = axis.labels[0], axis.labels[-1]
    after = _from(axis.numbers, start)
    if not after.any() or after.all():
        raise InputError(
            f"The event at {axis.label_of(start)} is outside the series, which runs from {first} to {last}; "
            "its start must have periods on both sides."
        )
    place = axis.label_of(start)
    before, least = int((~after).sum()), FEWEST_FROM[impact]
    if before < FEWEST_BEFORE:
        raise InputError(
            f"{_periods(before)} before {place}, at least {FEWEST_BEFORE} are needed for {impact}."
        )
    inside = int(after.sum()) if end is None else int(_event_column("pulse", start, end, axis.numbers).sum())
    if inside < least:
        raise InputError(f"{_periods(inside)} from {place} on, at least {least} are needed for {impact}.")


def _periods(n: int) -> str:
    return f"{n} period{'' if n == 1 else 's'}"


def _check_independent(matrix: Array, terms: tuple[str, ...]) -> None:
    """Raise InputError naming the first column that follows from those before it."""
    n, p = matrix.shape
    if n < p + 2:
        raise InputError(
            f"{_periods(n)} are too few for {p} coefficients ({', '.join(terms)}); give at least {p + 2}."
        )
    for k in range(1, p):
        earlier, column = matrix[:, :k], matrix[:, k]
        centred = column - column.mean()  # large numbers such as years must not hide a dependence
        rest = column - earlier @ np.linalg.lstsq(earlier, column, rcond=None)[0]
        if float(np.linalg.norm(rest)) <= 1e-8 * max(float(np.linalg.norm(centred)), 1e-300):
            raise InputError(
                f"{terms[k]!r} is a combination of {', '.join(terms[:k])} (perfect collinearity); "
                "leave it out or change the model."
            )
