"""Years in which related series moved together, and growth against the number of measures that began.

Neither chooses hypotheses: every series of China's counters and every measure that can touch it enters. Series of one
reporter and track are a family, related by their cases, and count as one. Exploratory, as `averages`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

import numpy as np
import pandas as pd

from analysis.arguments import Seed, checked, least
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.results import Result
from analysis.rounding import at_least
from analysis.scrutiny.reach import touching
from analysis.scrutiny.record import CHINA, record

LEAST_STEPS, LEAST_FAMILIES = 5, 3
SMALLEST = 0.05  # a series whose growth hardly varies does not decide alone


@dataclass(frozen=True, repr=False)
class CommonYears(Result):
    """Years in which China's counters moved together.

    `table` has a row a year: year, departure (log, of the families' mean growth from their usual one), families,
    controls (that of the control series, all crimes and all cases), and p: of the families' departures, each on its own
    spread, their sum over the root of their number, against the largest of any year where each family's years are
    shuffled. `families` names them.
    """

    table: pd.DataFrame
    families: tuple[str, ...]
    draws: int


@dataclass(frozen=True, repr=False)
class DoseResponse(Result):
    """Growth on the number of measures that began: `estimate` (log, a measure more), `sd` under no response, and `p`.

    `lower` and `upper` are the estimate with 1.96 times `sd` on either side; `years` and `series` count what
    entered, `measures` those that began in these years and touch one of them.
    """

    kind: str
    lag: int
    estimate: float
    sd: float
    lower: float
    upper: float
    p: float
    years: int
    series: int
    measures: int


@checked
@lru_cache(maxsize=8)
def common_years(dataset: Dataset, *, draws: Annotated[int, least(99)] = 4000, seed: Seed = 0) -> CommonYears:
    """Return the years in which China's counters moved together, each family of related series counted once.

    Raises
    ------
    InputError
        If fewer than three families have a year in common.
    """
    steps = _steps(dataset)
    own, control = steps[~steps["control"]], steps[steps["control"]]
    wide = own.pivot_table(index="family", columns="year", values="growth", aggfunc="mean", observed=True)
    wide = wide.loc[:, wide.notna().sum() >= LEAST_FAMILIES]
    if wide.empty:
        raise InputError(f"No year has the growth of {LEAST_FAMILIES} families; the record is too small.")
    beside = control.groupby("year")["growth"].mean()
    actual = wide.mean()
    own_cells = wide.to_numpy()
    cells: np.ndarray = own_cells / np.maximum(np.nanstd(own_cells, axis=1, ddof=1, keepdims=True), SMALLEST)
    rng, together = np.random.default_rng(seed), _together(cells)
    largest = np.array([_together(_shuffled(cells, rng)).max() for _ in range(draws)])
    table = pd.DataFrame(
        {
            "year": actual.index.astype(int),
            "departure": actual.to_numpy(),
            "families": wide.notna().sum().to_numpy(),
            "controls": beside.reindex(actual.index).to_numpy(),
            "p": [(1 + np.sum(at_least(largest, float(one)))) / (draws + 1) for one in together.tolist()],
        }
    )
    return CommonYears(table, tuple(map(str, wide.index)), draws)


@checked
@lru_cache(maxsize=32)
def dose_response(
    dataset: Dataset,
    kind: str = "campaign",
    *,
    lag: int = 0,
    draws: Annotated[int, least(99)] = 4000,
    seed: Seed = 0,
) -> DoseResponse:
    """Return how growth goes with the number of measures of a kind (of measures.csv) that touch a series and begin.

    b = sum w x d / sum w x^2 over series and years, d the growth of a series less its usual one, x the number of
    measures less its mean, w one over the variance of the series' growth; yearly editions count in each of their
    years. The reference distribution moves the measures of whole years to other years, for all series at once, so that
    series that move together stay together.

    Raises
    ------
    InputError
        If no such measure began in these years.
    """
    steps = _steps(dataset)
    steps = steps[~steps["control"]]
    years = list(range(int(steps["year"].min()), int(steps["year"].max()) + 1))
    names = sorted(steps["series_id"].unique())
    grid = steps.pivot(index="series_id", columns="year", values="growth").reindex(index=names, columns=years)
    growth = grid.to_numpy()
    known = np.isfinite(growth)
    begun, ids = _begun(dataset, names, years, kind, lag)
    if not ids:
        raise InputError(
            f"No measure of kind {kind!r} began in {years[0]} to {years[-1]}; name another kind."
        )
    spread = np.maximum(np.nanstd(growth, axis=1, ddof=1), SMALLEST)
    weight = np.where(known, spread[:, None] ** -2.0, 0.0)
    rng = np.random.default_rng(seed)
    actual = _slope(begun, growth, weight)
    drawn = np.array([_slope(begun[:, rng.permutation(len(years))], growth, weight) for _ in range(draws)])
    sd = float(np.nanstd(drawn))
    return DoseResponse(
        kind=kind,
        lag=lag,
        estimate=actual,
        sd=sd,
        lower=actual - 1.96 * sd,
        upper=actual + 1.96 * sd,
        p=float((1 + np.sum(np.abs(drawn) >= abs(actual))) / (draws + 1)),
        years=len(years),
        series=len(names),
        measures=len(ids),
    )


def _steps(dataset: Dataset) -> pd.DataFrame:
    """Return the growth from year to year of China's yearly series less each one's median, where it has five."""
    parts = []
    for one in record(dataset).values():
        if one.group not in CHINA or one.fiscal:
            continue
        near = np.flatnonzero(np.diff(one.time) == 1)
        if len(near) >= LEAST_STEPS:
            growth = np.diff(one.z)[near]
            columns = {"series_id": one.series_id, "family": one.family, "control": one.control}
            parts.append(
                pd.DataFrame({**columns, "year": one.time[near + 1], "growth": growth - np.median(growth)})
            )
    if not parts:
        raise InputError("No series of China's counters has five years of growth; the record is too small.")
    return pd.concat(parts, ignore_index=True)


def _together(cells: np.ndarray) -> np.ndarray:
    """Return how far the families (rows, on their own spread) stand from usual together, for each year."""
    together: np.ndarray = np.abs(np.nansum(cells, axis=0)) / np.sqrt(np.isfinite(cells).sum(axis=0))
    return together


def _shuffled(cells: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return each family's known years in another order."""
    made = cells.copy()
    for row in made:
        known = np.isfinite(row)
        row[known] = rng.permutation(row[known])
    return made


def _begun(
    dataset: Dataset, names: list[str], years: list[int], kind: str, lag: int
) -> tuple[np.ndarray, set[str]]:
    """Return how many measures of a kind touch each series and began in each year (less the lag), and their ids."""
    counts, ids = np.zeros((len(names), len(years))), set()
    for row, name in enumerate(names):
        rows = touching(dataset, name)
        rows = rows[rows["kind"] == kind]
        for measure, year in zip(rows["measure_id"], rows["first"] + lag, strict=True):
            if years[0] <= year <= years[-1]:
                counts[row, int(year) - years[0]] += 1
                ids.add(str(measure))
    return counts, ids


def _slope(begun: np.ndarray, growth: np.ndarray, weight: np.ndarray) -> float:
    """Return the slope of growth on what began, each series about its own weighted means."""
    total = weight.sum(axis=1, keepdims=True)
    dose = begun - (weight * begun).sum(axis=1, keepdims=True) / total
    filled = np.where(weight > 0, growth, 0.0)
    moved = filled - (weight * filled).sum(axis=1, keepdims=True) / total
    below = float(np.sum(weight * dose**2))
    return float(np.sum(weight * dose * moved) / below) if below > 0 else float("nan")
