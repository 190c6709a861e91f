"""The stages of justice and of platforms' leads as inputs of a funnel: draws by year, and counts with their hedges.

A stage is a series; its draws honour the readings, so that a year that nobody printed is as wide as it is. Two stages
are compared over the longest run of years that readings inform in both, since what leaves in a year entered in it and
in the years before.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.arguments import Count, checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.funnel import (
    Conversion,
    EstimatedLag,
    consistency,
    conversion,
    count_ratio,
    estimated_lag,
)
from analysis.series import reconstructed
from analysis.series.lookup import by_id
from analysis.series.remembered import SERIES_TABLES, remembered
from analysis.series.thresholds import LEAST_INFORMED

DRAWS = 100
FIXED = 0.001  # of its value, by which a year may vary that an exact print fixes (see `series.exact_years`)
SAME_YEAR = (1.0,)
COUNTED = ("suspects", "sites")  # what is counted in whole numbers, so that chance has a part in it
VALUE = "value"


@checked
@remembered(*SERIES_TABLES)
def stage_draws(dataset: Dataset, series_id: str, n: Count = DRAWS) -> pd.DataFrame:
    """Return draws of a stage (draws by years), for the years that readings inform; an exact year is its print.

    Raises
    ------
    InputError
        If the series is unknown or cannot be reconstructed.
    """
    found = reconstructed(dataset, series_id)
    table = found.yearly
    kept = (table["estimate"].notna() & (table["informed"] >= LEAST_INFORMED)).to_numpy()
    years = table["period"].astype(int).to_numpy()
    drawn = pd.DataFrame(found.draws(n)[:, kept], columns=years[kept])
    fixed = kept & (table["upper"] <= table["lower"] * (1 + FIXED)).to_numpy()
    for row in table[fixed].to_dict("records"):
        year = int(row["period"])
        drawn[year] = drawn[year].clip(float(row["lower"]), float(row["upper"]))
    return drawn


def stages_together(
    dataset: Dataset, first: str, second: str, since: int = 0
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the draws of two stages over their longest common run of years, from `since` on. Raises InputError."""
    into, out = stage_draws(dataset, first), stage_draws(dataset, second)
    years = _longest_run([int(year) for year in into.columns if year in out.columns and int(year) >= since])
    if not years:
        raise InputError(
            f"Series {first!r} and {second!r} inform no year in common from {since} on; choose others."
        )
    return into[years], out[years]


def _longest_run(years: list[int]) -> list[int]:
    """Return the longest run of consecutive years, the latest of equals."""
    best: list[int] = []
    run: list[int] = []
    for year in sorted(years):
        run = [*run, year] if run and year == run[-1] + 1 else [year]
        best = run if len(run) >= len(best) else best
    return best


@checked
def passed_on(
    dataset: Dataset, first: str, second: str, *, lag: tuple[float, ...] = SAME_YEAR, since: int = 0
) -> Conversion:
    """Return the share of one stage (a series) that reaches the next by year (see `models.funnel.conversion`).

    `since` leaves out years before a change of the count.

    Raises
    ------
    InputError
        If a series is unknown, they inform no year in common, or the years are fewer than the lags.
    """
    return conversion(*stages_together(dataset, first, second, since), lag=lag)


@checked
def lag_between(
    dataset: Dataset, first: str, second: str, *, since: int = 0, years: Count = 2
) -> EstimatedLag:
    """Return after how many years what leaves one stage for the next arrives (see `models.funnel.estimated_lag`).

    Raises
    ------
    InputError
        As `passed_on`, or if there are too few years.
    """
    return estimated_lag(*stages_together(dataset, first, second, since), years=years)


@checked
def what_must_hold(dataset: Dataset, first: str, second: str, *, since: int = 0) -> pd.Series:
    """Return what would have to be true for two stages to be one stream of the same years.

    The row of `models.funnel.consistency`, with first_year and last_year.

    Raises
    ------
    InputError
        If a series is unknown or they inform no year in common.
    """
    into, out = stages_together(dataset, first, second, since)
    row = consistency({first: into, second: out}, lag=SAME_YEAR).iloc[0]
    found: pd.Series = pd.concat(
        [row, pd.Series({"first_year": into.columns[0], "last_year": into.columns[-1]})]
    )
    return found


@checked
def per_entered(dataset: Dataset, programmes: pd.DataFrame) -> pd.DataFrame:
    """Return what one lead (or one case) came to in each programme: suspects, sites, value in yuan.

    `programmes` has a row a programme: `programme`, and the readings `entered`, `suspects`, `sites`, `value` ("" where
    none is printed). The interval of a count is the exact 95 percent Poisson interval given what entered, from the
    least count over the most that entered to the most over the least; that of a value is what the hedges allow.
    Columns: programme, what, estimate, lower, upper.

    Raises
    ------
    InputError
        If a reading is unknown.
    """
    rows = []
    for programme in programmes.to_dict("records"):
        ids = [programme[name] for name in ("entered", *COUNTED, VALUE) if programme[name]]
        prints = by_id(dataset, ids)
        base = prints[programme["entered"]]
        ends = float(base["low"]), float(base["high"])
        for what in (*COUNTED, VALUE):
            if programme[what]:
                found = prints[programme[what]]
                low, high = float(found["low"]), float(found["high"])
                least, most = low / ends[1], high / ends[0]
                if what in COUNTED:
                    exact = count_ratio([np.ceil(low), np.floor(high)], [ends[1], ends[0]])
                    least, most = float(exact["lower"].iloc[0]), float(exact["upper"].iloc[1])
                middle = float(found["value"]) / float(base["value"])
                rows.append((programme["programme"], what, middle, least, most))
    return pd.DataFrame(rows, columns=["programme", "what", "estimate", "lower", "upper"])


@checked
def per_hundred(dataset: Dataset, chains: pd.DataFrame, stages: tuple[str, ...], base: str) -> pd.DataFrame:
    """Return what printed chains leave of a hundred persons of the stage `base`, by place and stage.

    `chains` has a row a place, with a reading under each name of `stages` ("" where none is printed). Columns: place,
    window, stage, count, value, low, high: the ratio that the hedges allow. Places without the base are left out.

    Raises
    ------
    InputError
        If a reading is unknown.
    """
    rows = []
    for chain in chains.to_dict("records"):
        prints = by_id(dataset, [chain[name] for name in stages if chain[name]])
        if not chain[base]:
            continue
        below = prints[chain[base]]
        for stage in stages:
            if chain[stage]:
                row = prints[chain[stage]]
                ends = (
                    100 * float(row["low"]) / float(below["high"]), 100 * float(row["high"]) / float(below["low"])
                )  # fmt: skip
                value = 100 * float(row["value"]) / float(below["value"])
                low, high = ends if stage != base else (value, value)
                rows.append((chain["place"], chain["window"], stage, float(row["value"]), value, low, high))
    return pd.DataFrame(rows, columns=["place", "window", "stage", "count", "value", "low", "high"])
