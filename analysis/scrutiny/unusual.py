"""Was it unusual: the departure of a series from its own course, and where it ranks in the whole record.

The test is the contrast of `analysis.models.integrated`: log y on a line, a step that holds for the first three periods
(later ones are left out) and a step for every break in what is counted. The rank compares its p with that of the
same test at every other series and date of the record that could have one, each on its own noise: an empirical
reference, calibrated on dates at which, for all that is registered, nothing began (negative controls; Schuemie, Ryan,
DuMouchel, Suchard, Madigan 2014, doi 10.1002/sim.5925, for the idea).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.change import ENDS
from analysis.models.integrated import integrated_contrast, integrated_fit
from analysis.results import Result
from analysis.rounding import at_least
from analysis.scrutiny.primary import LOWEST_RHO
from analysis.scrutiny.reach import starting
from analysis.scrutiny.record import record

Array = NDArray[np.float64]
FEWEST_BEFORE, FEWEST_AFTER = 3, 2
AROUND = 1  # years on either side of a negative control in which nothing may begin


@dataclass(frozen=True, repr=False)
class Unusual(Result):
    """Departure of a series from its own course over the first three periods.

    `estimate` (a ratio, or a ratio of odds for shares) with `lower` and `upper` of 95%, two-sided `p`; `missing` the
    share of the uncertainty that is the series' own. `n_before` and `n_after` count periods. `rank` is the share of
    the `ranked` series and dates of the record that are at least as unusual, `rank_quiet` the same among the
    `quiet` ones; missing where the record cannot hold it.
    """

    estimate: float
    lower: float
    upper: float
    p: float
    missing: float
    n_before: int
    n_after: int
    rank: float
    ranked: int
    rank_quiet: float
    quiet: int


def departed(
    z: Array, time: NDArray[np.int64], at: int, *, breaks: tuple[int, ...] = (), draws: Array | None = None
) -> tuple[float, float, float, float, float]:
    """Return estimate, lower, upper, p and the missing share of the departure of a series z (n, logs) from `at` on.

    Raises
    ------
    InputError
        If fewer than three periods lie before or two in the three periods from `at` on, or the breaks leave no degrees
        of freedom.
    """
    used = time < at + ENDS
    before, after = int((time < at).sum()), int((used & (time >= at)).sum())
    if before < FEWEST_BEFORE or after < FEWEST_AFTER:
        raise InputError(too_short(before, after))
    design = design_of(time[used], at, breaks)
    y = z[used] if draws is None else draws[:, used]
    contrast = np.eye(design.shape[1])[2]
    found = integrated_contrast(y, design, contrast, time[used], lowest=LOWEST_RHO, pool=draws is not None)
    return tuple(float(part) for part in (found.estimate, found.lower, found.upper, found.p, found.missing))  # type: ignore[return-value]


def too_short(before: int, after: int) -> str:
    """Say that a series is too short on either side."""
    return (
        f"{before} informed periods before and {after} in the three from the measure on; "
        f"{FEWEST_BEFORE} and {FEWEST_AFTER} are needed"
    )


def design_of(time: NDArray[np.int64], at: int, breaks: tuple[int, ...] = ()) -> Array:
    """Return a constant, a line, the step at `at`, and a step for each break that can be told from these (n, p)."""
    columns = [np.ones(len(time)), (time - at).astype(float), (time >= at).astype(float)]
    for year in sorted(set(breaks)):
        step = (time >= year).astype(float)
        wider = np.column_stack([*columns, step])
        if np.linalg.matrix_rank(wider) == wider.shape[1]:
            columns.append(step)
    return np.column_stack(columns)


@checked
@lru_cache(maxsize=4)
def reference(dataset: Dataset) -> pd.DataFrame:
    """Return the test at every series and date of the record that can have one: series_id, at, p, quiet.

    Estimates stand for the series, without draws; `quiet` where no measure that touches the series began from the year
    before to the year after.
    """
    rows = []
    for name, one in record(dataset).items():
        for at in map(int, one.time):
            p = _p(one.z, one.time, at)
            if np.isfinite(p):
                quiet = not one.control and not starting(dataset, name, at - AROUND, at + AROUND)
                rows.append((name, at, p, quiet or one.control))
    return pd.DataFrame(rows, columns=["series_id", "at", "p", "quiet"])


def ranked(dataset: Dataset, series_id: str, at: int) -> tuple[float, int, float, int]:
    """Return the share of the record at least as unusual as a series at a date, and the size; then of quiet dates."""
    table = reference(dataset)
    own = table[(table["series_id"] == series_id) & (table["at"] == at)]
    others, quiet = table.drop(own.index), table.drop(own.index).query("quiet")
    if own.empty or others.empty:
        return (np.nan, len(others), np.nan, len(quiet))
    p = float(own["p"].iloc[0])
    share, apart = ((1 + int(at_least(p, rows["p"]).sum())) / (1 + len(rows)) for rows in (others, quiet))
    return (share, len(others), apart, len(quiet))


def _p(z: Array, time: NDArray[np.int64], at: int) -> float:
    """Return p of the departure at a date, NaN where there is none."""
    used = time < at + ENDS
    if (time < at).sum() < FEWEST_BEFORE or (used & (time >= at)).sum() < FEWEST_AFTER:
        return float("nan")
    y, design = z[used], design_of(time[used], at)
    residual = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    if np.abs(residual).max() <= 1e-9 * max(1.0, float(np.abs(y).max())):
        return float("nan")
    fit = integrated_fit(y[None], design, np.diff(time[used]).astype(float), lowest=LOWEST_RHO)
    # As the prior has it: these are ranked among one another, and to hold each to its size takes too long.
    return float(fit.mixture(np.eye(3)[2:3]).two_sided()[0, 0])
