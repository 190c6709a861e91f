"""Placebos in time: the same comparison at dates before the measure, when nothing should have happened.

Every period before the measure with two periods before it and a full horizon after it that ends before the measure
is taken as if the measure had begun there, with the figures up to the real date only. p is the rank of the real
|estimate| among them, (1 + #as large) / (dates + 1). Neighbouring placebo windows share figures, so this is a rank
check and no test at a stated level; its smallest attainable value stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arguments import Count, checked
from analysis.errors import InputError
from analysis.models import did, event_study
from analysis.models.controlled_series import Course, controlled_series
from analysis.models.panel import LEAST_BEFORE, Grid, grid
from analysis.models.permutation import assignments
from analysis.models.synthetic import synthetic
from analysis.results import Result
from analysis.rounding import at_least
from analysis.threads import one_thread


@dataclass(frozen=True, repr=False)
class PlaceboDates(Result):
    """A rank check over placebo dates: `table` (at, actual, estimate), its `p` and the smallest attainable `floor`."""

    table: pd.DataFrame
    p: float
    floor: float


@checked
@one_thread
def placebo_dates(
    panel: pd.DataFrame,
    treated: str | Sequence[str],
    at: Hashable,
    *,
    design: str = "did",
    controls: Sequence[str] | None = None,
    horizon: Count = 3,
    impact: str = "step",
    demean: bool = False,
) -> PlaceboDates:
    """Return how the estimate at `at` ranks among those at earlier dates. Arguments as for `compared`.

    Dates at which a unit has no figure on one side, or the design cannot be fitted, are left out.

    Raises
    ------
    InputError
        If the design is unknown, the comparison itself cannot be made, or no earlier date can carry it.
    """
    if design not in _ESTIMATES:
        raise InputError(f"Design {design!r} is unknown; choose one of {', '.join(_ESTIMATES)}.")
    actual = grid(panel, treated, at, controls=controls, horizon=horizon)
    estimate = _estimate(actual, design, impact, demean)
    earlier = panel[panel["period"].isin(actual.periods[: actual.start])]
    rows = [{"at": at, "actual": True, "estimate": estimate}]
    for column in range(LEAST_BEFORE, actual.start):
        start = actual.time[column]
        if start + horizon > actual.time[actual.start] + 1e-9:
            break
        date = actual.periods[column]
        try:
            placebo = grid(earlier, treated, date, controls=actual.units[actual.treated :], horizon=horizon)
            rows.append({"at": date, "actual": False, "estimate": _estimate(placebo, design, impact, demean)})
        except InputError:
            continue
    if len(rows) == 1:
        raise InputError(
            f"No earlier date can stand as a placebo for {at}: it takes {LEAST_BEFORE} periods before and {horizon} "
            "after, all before the measure; shorten the horizon or add earlier periods."
        )
    table = pd.DataFrame(rows)
    sizes = table["estimate"].abs().to_numpy()
    return PlaceboDates(table, float(np.mean(at_least(sizes, sizes[0]))), 1 / len(table))


def _did(given: Grid, *_: object) -> float:
    return float(did.two_way(given.cut(), assignments(len(given.units), given.treated, most=0))[0][0])


def _event(given: Grid, *_: object) -> float:
    return float(np.mean(did.treated_gap(given, event_study.base_before(given))[given.window]))


def _cits(given: Grid, impact: str, *_: object) -> float:
    return controlled_series(given, Course(impact), level=0.95).estimate


def _synthetic(given: Grid, _: str, demean: bool) -> float:
    return float(np.mean(synthetic(given, demean=demean).gap[0, given.window]))


_ESTIMATES: dict[str, Callable[[Grid, str, bool], float]] = {
    "did": _did,
    "cits": _cits,
    "event": _event,
    "synthetic": _synthetic,
}


def _estimate(given: Grid, design: str, impact: str, demean: bool) -> float:
    return _ESTIMATES[design](given, impact, demean)
