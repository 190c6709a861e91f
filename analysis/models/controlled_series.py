"""Controlled interrupted time series: the difference between treated and controls as one series.

    d_t = mean log y_treated,t - mean log y_controls,t
        = a + b t + c step_t [+ d ramp_t] [+ harmonics] + u_t,   u_t AR(1), rho integrated out (`integrated`),

step_t = 1 from the measure on, ramp_t = step_t (t - at) (Lopez Bernal, Cummins, Gasparrini 2018, Int J Epidemiol
47(6), 2082, doi 10.1093/ije/dyy135; columns as in `design`). The trend b takes up a steady drift of the groups apart,
which difference in differences does not; it may be left out. The effect is the mean of the event's part over the
window. With steps alone the periods after the window are left out, as in single series, so that c is the mean over
the window and nothing later.

A permutation of the treated units, by the same least squares contrast, stands beside.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from analysis.errors import InputError
from analysis.models.autoregression import distances, fittable
from analysis.models.design import ENDING, EVENT_TERMS, event_columns, harmonic_columns, independent
from analysis.models.integrated import LOWEST, integrated_fit
from analysis.models.panel import Array, Grid, column_of, require_balanced

IMPACTS = tuple(name for name in EVENT_TERMS if name != "lagged")


@dataclass(frozen=True)
class Course:
    """What a controlled series is made of besides level and event.

    `trend` (a drift apart), `harmonics` pairs with their `period` in periods of the panel, further `dates` of
    events, the last period `until` of a pulse, and the `lowest` rho.
    """

    impact: str = "step"
    trend: bool = True
    harmonics: int = 0
    period: float = 12
    dates: tuple[Hashable, ...] = ()
    until: Hashable | None = None
    lowest: float = LOWEST


@dataclass(frozen=True)
class ControlledSeries:
    """A controlled interrupted time series, on the log scale.

    `estimate` with `lower`, `upper` and `p`; `rho` the mean autocorrelation and `df` the degrees of freedom; `effect`
    (periods,) the gap from the measure on with its band's `half_width`; `scores` (units,) every unit's own least
    squares contrast, for the permutation.
    """

    estimate: float
    lower: float
    upper: float
    p: float
    rho: float
    df: float
    effect: Array
    half_width: Array
    scores: Array


def controlled_series(given: Grid, course: Course, *, level: float) -> ControlledSeries:
    """Fit the difference between the treated units and the controls as a segmented series.

    Raises
    ------
    InputError
        If the impact is unknown or its end missing, the panel has empty cells, a date is outside it, or the periods
        are too few for the coefficients.
    """
    if course.impact not in IMPACTS:
        raise InputError(
            f"Impact {course.impact!r} is unknown for design 'cits'; choose {' or '.join(IMPACTS)}."
        )
    used = given.cut() if course.impact == "step" else given
    require_balanced(used, "cits")
    design, shape = _design(given, used, course)
    _check_length(used, design, course.impact)
    difference = used.log_y[: used.treated].mean(axis=0) - used.log_y[used.treated :].mean(axis=0)
    response, design = fittable(difference, design)
    contrast = shape[used.window].mean(axis=0)
    fit = integrated_fit(response[None], design, distances(used.time, len(design)), lowest=course.lowest)
    after = slice(used.start, None)
    mixture = fit.tested(np.vstack([contrast, shape[after]]))
    low, high = (ends[0] for ends in mixture.interval(level))
    # before the measure the effect is zero by construction, and so is its band
    effect, band = np.zeros(len(shape)), np.zeros(len(shape))
    effect[after] = mixture.mean[0, 1:]
    band[after] = (high[1:] - low[1:]) / 2
    return ControlledSeries(
        float(mixture.mean[0, 0]),
        float(low[0]),
        float(high[0]),
        float(mixture.two_sided()[0, 0]),
        float(fit.rho[0]),
        fit.df,
        effect,
        band,
        used.log_y @ np.linalg.pinv(design).T @ contrast,
    )


def _design(given: Grid, used: Grid, course: Course) -> tuple[Array, Array]:
    """Return the regressors, and the same with all but those of the events set to zero."""
    origin = used.time[used.start]
    since = used.time - origin
    starts = [0.0, *(_place(given, date) - origin for date in course.dates)]
    if np.any(np.diff(starts) <= 0):
        raise InputError("Several dates must be in order of time, each once.")
    if (course.impact in ENDING) != (course.until is not None):
        raise InputError(
            "`until`, the last period in force, belongs to impact pulse or pulse+after, and to these only."
        )
    if course.impact in ENDING and course.dates:
        raise InputError(
            f"Impact {course.impact} takes one date; give several dates to step, ramp or step+ramp."
        )
    end = None if course.until is None else _place(given, course.until) - origin
    if end is not None and end < 0:
        raise InputError(f"The pulse ends at {course.until} before it starts; give an `until` no earlier.")
    event = [column(since) for column in event_columns(course.impact, starts, end).values()]
    waves = harmonic_columns(since, course.harmonics, course.period).values()
    plain = [np.ones_like(since), *([since] if course.trend else [])]
    design = np.column_stack([*plain, *event, *waves])
    kept = independent(design)  # of a later date the window may hold no period
    shape = np.zeros_like(design)
    events = slice(len(plain), len(plain) + len(event))
    shape[:, events] = design[:, events]
    return design[:, kept], shape[:, kept]


def _place(given: Grid, period: Hashable) -> float:
    """Return a period's place in time. Raises InputError where the panel has none such."""
    column = column_of(given.periods, period)
    if column is None:
        raise InputError(
            f"The panel has no period {period!r}; it runs from {given.periods[0]} to {given.periods[-1]}."
        )
    return float(given.time[column])


def _check_length(used: Grid, design: Array, impact: str) -> None:
    after = used.log_y.shape[1] - used.start
    needed = 2 if impact in ("ramp", "step+ramp") else 1
    at = used.periods[used.start]
    if after < needed:
        raise InputError(f"{after} period from {at} on, at least {needed} are needed for {impact}.")
    least = design.shape[1] + 2 - after
    if used.start < max(least, 3):
        raise InputError(
            f"{used.start} periods before {at}, at least {max(least, 3)} are needed for {impact} with AR(1) errors; "
            "design 'did' asks for 2."
        )
