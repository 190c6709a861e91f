"""Readings printed of a simulated truth: windows, hedges, errors and releases, all drawn from one generator.

Windows come in four regimes: `yearly` (whole years), `nested` (from 1 January to the end of a quarter, to
October, November, 24 December or the year's end), `random` ("since May", a campaign of some months, any two
days, "the past five years") and `mixed` (all three). A growth reading compares a window of at most a year with
the same dates a year earlier. `error` is a standard deviation on the log scale; with `shared` every release
has one error for all its readings. A gross error (`outliers`, a probability) multiplies a figure by 1.5 to 2,
divides it by as much, or slips a digit. A whole year without a hedge is the register's own print (`tier` primary):
what it counted is the truth by definition, so that such a figure does not err. All others are retold (secondary).
"""

from __future__ import annotations

from operator import itemgetter

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.series.simulate import Truth
from analysis.series.whole_years import year_of

WINDOWS = ("yearly", "nested", "random", "mixed")
YEAR_TO_DATE_ENDS = ("03-31", "06-30", "09-30", "10-31", "11-30", "12-24", "12-31")
YEAR_TO_DATE_SHARES = (0.10, 0.20, 0.15, 0.10, 0.15, 0.10, 0.20)
HEDGE_SHARES = {"exact": 0.50, "more_than": 0.28, "at_least": 0.04, "nearly": 0.08, "about": 0.10}
PRINTED = {
    "exact": "",
    "more_than": "more than ",
    "at_least": "at least ",
    "nearly": "nearly ",
    "about": "about ",
}
SMALLEST_TOTAL = 30  # windows with fewer counts are drawn again


def printed_readings(
    rng: np.random.Generator,
    truth: Truth,
    n: int,
    *,
    windows: str = "mixed",
    hedges: bool = True,
    error: float = 0.0,
    shared: bool = False,
    outliers: float = 0.0,
    growth: float = 0.0,
    register: bool = True,
) -> pd.DataFrame:
    """Print `n` readings of a truth, a share `growth` of them as changes on the same dates a year earlier.

    Returns the columns that `reconstruct` takes, with `tier`, plus `true_value`: the window's exact total, or the
    exact change in percent. At least one reading is a flow. Without `register` no print is the register's own.

    Raises
    ------
    InputError
        If n is below 1, the regime is unknown, or a share or the error is out of range.
    """
    _check(n, windows, error, outliers, growth)
    table = _windows(rng, truth, n, windows)
    _add_releases(rng, table, shared)
    change = _growth_rows(rng, truth, table, growth)
    total = truth.totals(table["window_start"], table["window_end"]).astype(float)
    base = np.ones(n)
    base[change] = truth.totals(table["base_start"][change], table["base_end"][change])
    hedge = rng.choice(list(HEDGE_SHARES), n, p=list(HEDGE_SHARES.values())).astype(object)
    if not hedges:
        hedge[:] = "exact"
    own = register & (hedge == "exact") & ~change & year_of(table, fiscal=False).notna().to_numpy()
    told = total / base * np.where(own, 1.0, _errors(rng, table, error, outliers))
    hedge, step, value = _print(rng, told, change, hedge, hedges)
    table["true_value"] = np.where(change, 100 * (total / base - 1), total)
    table["value"], table["hedge"], table["printed_step"] = value, hedge, step
    table["value_high"] = np.nan
    table["unit"] = np.where(change, "percent", "case")
    table["tier"] = np.where(own, "primary", "secondary")
    table["kind"] = np.where(change, "change", "flow")
    table["as_printed"] = [_as_printed(*row) for row in zip(value, hedge, step, change, strict=True)]
    unstated = change & (rng.random(n) < 0.5)  # the same dates a year earlier are the convention
    table.loc[unstated, ["base_start", "base_end"]] = pd.NaT
    return table


def _check(n: int, windows: str, error: float, outliers: float, growth: float) -> None:
    """Refuse what makes no readings."""
    if n < 1:
        raise InputError(f"At least 1 reading must be printed, not {n}.")
    if windows not in WINDOWS:
        raise InputError(f"There are no windows {windows!r}; use one of {', '.join(WINDOWS)}.")
    if not (0 <= outliers <= 1 and 0 <= growth < 1 and 0 <= error < 1):
        raise InputError("outliers, growth and error must be from 0 to below 1.")


def _windows(rng: np.random.Generator, truth: Truth, n: int, regime: str) -> pd.DataFrame:
    """Draw n windows with enough counts in them, sorted by their end."""
    years = np.arange(truth.first_year, pd.Timestamp(truth.end).year + 1)
    picks: list[tuple[pd.Timestamp, pd.Timestamp]] = []
    fresh = list(rng.permutation(years))
    while len(picks) < n:
        kind = regime if regime != "mixed" else str(rng.choice(WINDOWS[:3], p=[0.3, 0.35, 0.35]))
        if kind == "yearly":
            year = fresh.pop() if fresh else rng.choice(years)
            window = pd.Timestamp(f"{year}-01-01"), pd.Timestamp(f"{year}-12-31")
        elif kind == "nested":
            end = rng.choice(YEAR_TO_DATE_ENDS, p=YEAR_TO_DATE_SHARES)
            year = rng.choice(years)
            window = pd.Timestamp(f"{year}-01-01"), pd.Timestamp(f"{year}-{end}")
        else:
            window = _any_window(rng, int(rng.choice(years)))
        inside = window[1] <= pd.Timestamp(truth.end)
        if inside and truth.totals([window[0]], [window[1]])[0] >= SMALLEST_TOTAL:
            picks.append(window)
    picks.sort(key=itemgetter(1, 0))
    table = pd.DataFrame(picks, columns=["window_start", "window_end"])
    table.insert(0, "reading_id", [f"sim-{i:04d}" for i in range(n)])
    return table


def _any_window(rng: np.random.Generator, year: int) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Draw "since May" or a campaign (months), any two days, or some whole years."""
    start = pd.Timestamp(year=year, month=int(rng.integers(1, 13)), day=1)
    way = rng.random()
    if way < 0.55:
        return start, start + pd.DateOffset(months=int(rng.integers(1, 19))) - pd.Timedelta(days=1)
    if way < 0.88:
        start += pd.Timedelta(days=int(rng.integers(0, 28)))
        return start, start + pd.Timedelta(days=int(rng.integers(30, 550)))
    return pd.Timestamp(f"{year}-01-01"), pd.Timestamp(f"{year + int(rng.integers(1, 5))}-12-31")


def _add_releases(rng: np.random.Generator, table: pd.DataFrame, shared: bool) -> None:
    """Name the release of each reading: one to four neighbours in time where shared, otherwise its own."""
    new = rng.random(len(table)) < (0.4 if shared else 1.0)
    table["source_id"] = [f"release-{i:04d}" for i in np.cumsum(new)]


def _growth_rows(rng: np.random.Generator, truth: Truth, table: pd.DataFrame, growth: float) -> np.ndarray:
    """Choose the growth readings and set their bases, the same dates a year earlier."""
    year = pd.DateOffset(years=1)
    base_start, base_end = table["window_start"] - year, table["window_end"] - year
    possible = ((base_end < table["window_start"]) & (base_start >= pd.Timestamp(truth.start))).to_numpy()
    chosen: np.ndarray = possible & (rng.random(len(table)) < growth)
    if possible.any() and chosen.all():
        chosen[0] = False
    for i in np.flatnonzero(chosen):
        chosen[i] = truth.totals([base_start[i]], [base_end[i]])[0] >= SMALLEST_TOTAL
    table["base_start"], table["base_end"] = base_start.where(chosen), base_end.where(chosen)
    return chosen


def _errors(rng: np.random.Generator, table: pd.DataFrame, error: float, outliers: float) -> np.ndarray:
    """Return the factor by which each figure is wrong."""
    release = pd.factorize(table["source_id"])[0]
    factor: np.ndarray = np.exp(error * rng.normal(size=len(table)))[release]
    gross = np.exp(rng.uniform(np.log(1.5), np.log(2), len(table)) * rng.choice([-1, 1], len(table)))
    slip = np.where(rng.random(len(table)) < 0.2, 10.0 ** rng.choice([-1, 1], len(table)), gross)
    factor *= np.where(rng.random(len(table)) < outliers, slip, 1.0)
    return factor


def _print(
    rng: np.random.Generator, told: np.ndarray, change: np.ndarray, hedge: np.ndarray, rounds: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return hedge, printed step and printed value of figures told as totals, or as ratios where `change`.

    Half of the exact totals are rounded where `rounds`.
    """
    n = len(told)
    size = np.where(change, np.abs(100 * (told - 1)), told)
    sign = np.where(change & (told < 1), -1.0, 1.0)
    digits = np.where(rng.random(n) < 0.6, 2, 3)
    coarse = rng.random(n) < 0.5  # half of the exact flows are rounded
    tenth = rng.random(n) < 0.3
    step = np.maximum(10.0 ** (np.floor(np.log10(np.maximum(size, 1))) - digits + 1), 1)
    hedge = np.where(change & (size < 10), "exact", hedge)
    step = np.where((hedge == "exact") & ~(coarse & rounds), 1.0, step)
    step = np.where(change, np.where(tenth, 0.1, 1.0), step)
    units = size / step
    printed = np.round(units)
    printed = np.where(np.isin(hedge, ["more_than", "at_least"]), np.floor(units + 1e-9), printed)
    printed = np.where(hedge == "nearly", np.ceil(units - 1e-9), printed)
    return hedge, step, np.round(sign * printed * step, 1)


def _as_printed(value: float, hedge: str, step: float, change: bool) -> str:
    """Return the figure in words: "more than 11,000 cases", "down 12%"."""
    if change:
        return f"{'down' if value < 0 else 'up'} {PRINTED[hedge]}{abs(value):.{int(step < 1)}f}%"
    return f"{PRINTED[hedge]}{value:,.0f} cases"
