"""Registers of simulated series with a measure whose effect is known, for testing the whole chain.

The daily intensity of year k (0, 1, ..., n - 1) is

    log lambda_k = level + slope (k - (n - 1) / 2) + log(1 + effect) [k >= at] + e_k,

e_k a stationary AR(1) of correlation rho and standard deviation sd. Days are counts around it, Gamma-mixed by
weeks (overdispersed). Of every year a whole-year figure is printed, and of two a part of it, with the hedges of
`analysis.series.simulated_readings`. What is printed is all that the chain sees: `ask_simulated`
reconstructs the series, with draws, as it does for a registered hypothesis; `departure_of` and `lettered` put it to the
ledger's own test and grade.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.rounding import at_least
from analysis.scrutiny.grades import Grade
from analysis.scrutiny.letters import letter
from analysis.scrutiny.multiplicity import benjamini_hochberg
from analysis.scrutiny.question import DRAWS, Question, Series
from analysis.scrutiny.unusual import departed
from analysis.series.reconstruction import reconstruct
from analysis.series.simulate import FIRST_YEAR, Truth
from analysis.series.simulated_readings import printed_readings
from analysis.series.thresholds import FEWEST_AFTER, FEWEST_BEFORE, LEAST_INFORMED

PART_YEAR = (
    2  # part-year readings; from three years with some on a yearly pattern is fitted, at five times the cost
)
WEEKS_SHAPE = 10.0  # of the Gamma: weeks differ by a third
# Of the registered series that print 8 years or more, the middle half differs from a straight line on the log scale
# by 0.29 to 0.49, bends included; slopes run from -0.08 to 0.27 a year.
SD = (0.1, 0.4)
SLOPE = (-0.08, 0.20)
YEARLY_TOTAL = (1_000.0, 100_000.0)


@dataclass(frozen=True)
class Simulated:
    """A series with a known effect: `truth` day by day, `readings` as printed, `printed` whole years as printed.

    `at` is the first year affected, `effect` the true ratio less 1, `rho` and `sd` those of the yearly errors `errors`
    (n), `slope` the trend a year on the log scale.
    """

    truth: Truth
    readings: pd.DataFrame
    printed: Series
    at: int
    effect: float
    rho: float
    sd: float
    slope: float
    errors: NDArray[np.float64]


def simulated(
    rng: np.random.Generator, years: int, *, effect: float = 0.0, rho: float = 0.0, sd: float | None = None
) -> Simulated:
    """Draw a series of `years` years with a measure in its middle third.

    `effect` is the lasting ratio to what would have been, less 1 (0.25: a quarter more), `rho` the yearly errors'
    autocorrelation, `sd` their standard deviation on the log scale, by default drawn from `SD` (log-uniform).

    Raises
    ------
    InputError
        If years are fewer than 7, effect is -1 or less, rho is not from 0 to below 1, or sd is negative.
    """
    _check(years, effect, rho, sd)
    at = _at(rng, years)
    spread = float(np.exp(rng.uniform(*np.log(SD)))) if sd is None else float(sd)
    slope, level = rng.uniform(*SLOPE), rng.uniform(*np.log(YEARLY_TOTAL))
    errors = _ar1(rng, years, rho) * spread
    k = np.arange(years)
    log_total = level + slope * (k - (years - 1) / 2) + np.log1p(effect) * (k >= at) + errors
    truth = _truth(rng, log_total)
    readings = _readings(rng, truth, years)
    whole = _whole_years(readings)
    return Simulated(truth, readings, whole, FIRST_YEAR + at, effect, rho, spread, float(slope), errors)


def ask_simulated(one: Simulated, name: str) -> Question:
    """Return the question that a simulated series asks, reconstructed from what is printed of it.

    Raises
    ------
    InputError
        If the readings make no series.
    """
    found = reconstruct(one.readings)
    table = found.yearly
    usable = _usable(table)
    draws = found.draws(DRAWS, "yearly", released=pd.Timestamp(one.at, 1, 1))
    return Question(
        name=name,
        main=_series(table, usable),
        at=one.at,
        impact="step",
        draws=draws[:, usable],
    )


def departure_of(question: Question) -> tuple[float, float, float, float, float]:
    """Return estimate, lower, upper (logs), p and the missing share of a question by the ledger's test.

    Raises
    ------
    InputError
        If the series is too short on a side.
    """
    draws = None if question.draws is None else np.log(question.draws)
    return departed(np.log(question.main.y), question.main.time, question.at, draws=draws)


def lettered(questions: Sequence[Question]) -> tuple[NDArray[np.float64], tuple[Grade, ...]]:
    """Return p after Benjamini-Hochberg over a register, and the grades of the four answers, a bundle a question.

    No comparison, no break and no second measure is simulated, so B is the best grade.

    Raises
    ------
    InputError
        If two questions have one name.
    """
    tests, short = {}, {}
    for one in questions:
        if one.name in tests or one.name in short:
            raise InputError(f"Two questions are called {one.name!r}; give each a name of its own.")
        try:
            tests[one.name] = departure_of(one)[3]
        except InputError as error:
            short[one.name] = str(error)
    found = dict(zip(tests, benjamini_hochberg(list(tests.values())), strict=True)) if tests else {}
    p_bh = [float(found.get(one.name, np.nan)) for one in questions]
    names = [one.name for one in questions]
    grades = tuple(letter(found.get(name), too_short=short.get(name, "")) for name in names)
    return np.array(p_bh), grades


def _check(years: int, effect: float, rho: float, sd: float | None) -> None:
    """Refuse what makes no series."""
    if years < FEWEST_BEFORE + FEWEST_AFTER:
        raise InputError(
            f"{years} years cannot hold {FEWEST_BEFORE} before a measure and {FEWEST_AFTER} from it on; "
            f"ask for at least {FEWEST_BEFORE + FEWEST_AFTER}."
        )
    if not effect > -1:
        raise InputError(f"An effect of {effect!r} leaves nothing to count; give more than -1.")
    if not 0 <= rho < 1:
        raise InputError(f"rho must be from 0 to below 1, not {rho!r}.")
    if sd is not None and not 0 <= sd < np.inf:
        raise InputError(f"A standard deviation must be 0 or more, not {sd!r}.")


def _at(rng: np.random.Generator, years: int) -> int:
    """Draw the first year affected: in the middle third, with enough years on both sides."""
    first = max(-(-years // 3), FEWEST_BEFORE)
    last = min(2 * years // 3, years - FEWEST_AFTER)
    return int(rng.integers(first, max(first, last) + 1))


def _ar1(rng: np.random.Generator, n: int, rho: float) -> NDArray[np.float64]:
    """Draw a stationary AR(1) series of unit variance."""
    series = rng.standard_normal(n)
    for t in range(1, n):
        series[t] = rho * series[t - 1] + np.sqrt(1 - rho**2) * series[t]
    return series


def _truth(rng: np.random.Generator, log_total: NDArray[np.float64]) -> Truth:
    """Draw the days of years with these expected totals (log), spread evenly over each year."""
    first, last = FIRST_YEAR, FIRST_YEAR + len(log_total)
    days = np.arange(np.datetime64(f"{first}-01-01"), np.datetime64(f"{last}-01-01"))
    year = days.astype("datetime64[Y]").astype(int) + 1970 - first
    intensity = (np.exp(log_total) / np.bincount(year))[year]
    week = np.arange(len(days)) // 7
    busy = rng.gamma(WEEKS_SHAPE, 1 / WEEKS_SHAPE, week[-1] + 1)[week]
    return Truth(first, rng.poisson(intensity * busy), intensity, "register")


def _readings(rng: np.random.Generator, truth: Truth, years: int) -> pd.DataFrame:
    """Print every year once, and parts of some, each in a release of its own."""
    whole = printed_readings(rng, truth, years, windows="yearly")
    part = printed_readings(rng, truth, PART_YEAR, windows="nested")
    table = pd.concat([whole, part], ignore_index=True).drop(columns="true_value")
    table["reading_id"] = [f"sim-{i:04d}" for i in range(len(table))]
    table["source_id"] = [f"release-{i:04d}" for i in range(len(table))]
    return table


def _whole_years(readings: pd.DataFrame) -> Series:
    """Return the figures printed of whole years, the first print of each."""
    start, end = readings["window_start"], readings["window_end"]
    whole = readings[(end - start).dt.days >= 364].drop_duplicates("window_end").sort_values("window_end")
    return Series(whole["window_end"].dt.year.to_numpy(dtype=np.int64), whole["value"].to_numpy(dtype=float))


def _usable(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell which years are informed and estimated."""
    usable: NDArray[np.bool_] = (
        at_least(table["informed"], LEAST_INFORMED) & table["estimate"].notna().to_numpy()
    )
    return usable


def _series(table: pd.DataFrame, usable: NDArray[np.bool_]) -> Series:
    """Return the usable years of a reconstruction."""
    kept = table[usable]
    return Series(
        np.array(kept["period"].astype(int), dtype=np.int64), kept["estimate"].to_numpy(dtype=float)
    )
