"""Forecasts that a release puts on record, and how those of earlier releases fared.

A release writes what each method says of the next periods of every series it can forecast, before anybody has printed
them; a later one scores them against the whole-year readings printed since. So no forecast can be chosen after the
fact. Scores are on the log scale, as in `analysis.models.forecast`.

A series is forecast from its run of printed years without a gap that ends in its last printed one. It takes at least
8 of them, all above zero and not all equal, and a last year no more than 3 before the release.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.forecast import LEAST_POINTS, Forecast, forecast
from analysis.models.scores import covered, interval_score
from analysis.series import PrintedYears, has_years, printed_years
from analysis.series.coverage import all_yearly

STALE = 3
COLUMNS = (
    "forecast_id",
    "version",
    "series_id",
    "period",
    "method",
    "chosen",
    "estimate",
    "lower",
    "upper",
    "level",
    "made_on",
)
SCORE_COLUMNS = ("reading_id", "actual", "low", "high", "log_error", "inside", "interval_score")


def forecastable(dataset: Dataset) -> pd.DataFrame:
    """Return every yearly series with its run of years and why it is not forecast ("" where it is).

    Columns: series_id, first, last, years (of the run), reason.
    """
    rows = [
        (series_id, int(run["year"].iloc[0]), int(run["year"].iloc[-1]), len(run), _reason(run))
        for series_id, run in _runs(dataset).items()
    ]
    return pd.DataFrame(rows, columns=["series_id", "first", "last", "years", "reason"])


def replayed(
    dataset: Dataset, *, horizon: int = 2, level: float = 0.8, since: int | None = None
) -> dict[str, Forecast]:
    """Return the forecast of every series that can be forecast, with its record, by series id.

    `since` leaves out series whose last year is before it. The pooled record of all is
    `analysis.models.forecast.pooled_record(replayed(dataset).values())`.
    """
    listed = forecastable(dataset)
    usable = listed[(listed["reason"] == "") & (listed["last"] >= (since if since is not None else -np.inf))]
    return {str(one): _forecast_of(dataset, str(one), horizon, level) for one in usable["series_id"]}


def forecasts_of(dataset: Dataset, *, horizon: int = 2, level: float = 0.8) -> pd.DataFrame:
    """Return the rows of forecasts.csv for this version: COLUMNS, by series, method and period.

    `chosen` is "yes" for the method that the series' own record prefers (`analysis.models.forecast.RULE`). Numbers
    are rounded to 6 digits, so that a release made twice has the same rows.
    """
    if not dataset.released:
        raise InputError(f"Version {dataset.version} has no date; set `created` in datapackage.json.")
    parts = []
    since = int(dataset.released[:4]) - STALE
    for series_id, made in replayed(dataset, horizon=horizon, level=level, since=since).items():
        table = made.table.assign(
            version=dataset.version,
            series_id=series_id,
            chosen=np.where(made.table["method"] == made.best, "yes", "no"),
            level=level,
            made_on=dataset.released,
        )
        method = table["method"].str.replace(" ", "_")
        table["method"] = method
        table["forecast_id"] = [
            f"{dataset.version}-{series_id}-{period}-{name}"
            for period, name in zip(table["period"], method, strict=True)
        ]
        parts.append(table)
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = pd.concat(parts, ignore_index=True)
    for column in ("estimate", "lower", "upper"):
        rows[column] = [float(f"{value:.6g}") for value in rows[column]]
    return rows.sort_values("forecast_id", ignore_index=True)[list(COLUMNS)]


def score_past(dataset: Dataset, forecasts: pd.DataFrame) -> pd.DataFrame:
    """Return the forecasts of earlier versions whose year has been printed since, with their scores.

    `forecasts` has COLUMNS. Added are SCORE_COLUMNS: the reading picked for the year with its value and interval,
    log_error (log actual - log estimate), inside (is the value within the interval) and interval_score (on logs).
    Forecasts of this version, of years not printed and of series no longer defined are left out; without any the
    frame is empty.

    Raises
    ------
    InputError
        If a column of forecasts is missing.
    """
    if missing := [column for column in COLUMNS if column not in forecasts]:
        raise InputError(f"forecasts.csv has no column {missing[0]!r}; its columns are {', '.join(COLUMNS)}.")
    earlier = forecasts[forecasts["version"].astype(str) != dataset.version]
    actual = _actual(dataset, sorted(set(earlier["series_id"].astype(str))))
    keyed = earlier.assign(series_id=earlier["series_id"].astype(str), period=earlier["period"].astype(int))
    scored = keyed.merge(actual, on=["series_id", "period"], how="inner")
    logs = {
        name: np.log(scored[name].to_numpy(dtype=float)) for name in ("actual", "estimate", "lower", "upper")
    }
    level = scored["level"].to_numpy(dtype=float)
    scores = [
        float(interval_score(y, low, high, one))
        for y, low, high, one in zip(logs["actual"], logs["lower"], logs["upper"], level, strict=True)
    ]
    return scored.assign(
        log_error=logs["actual"] - logs["estimate"],
        inside=covered(logs["actual"], logs["lower"], logs["upper"]),
        interval_score=np.array(scores, dtype=float),
    )[[*COLUMNS, *SCORE_COLUMNS]]


def past_record(scored: pd.DataFrame) -> pd.DataFrame:
    """Return how scored forecasts fared by method: method, n, series, coverage, mean_abs_log_error, interval_score."""
    if scored.empty:
        columns = ["method", "n", "series", "coverage", "mean_abs_log_error", "interval_score"]
        return pd.DataFrame(columns=columns)
    groups = scored.assign(mean_abs_log_error=scored["log_error"].abs()).groupby("method", observed=True)
    return groups.agg(
        n=("period", "size"),
        series=("series_id", "nunique"),
        coverage=("inside", "mean"),
        mean_abs_log_error=("mean_abs_log_error", "mean"),
        interval_score=("interval_score", "mean"),
    ).reset_index()


@lru_cache(maxsize=512)
def _forecast_of(dataset: Dataset, series_id: str, horizon: int, level: float) -> Forecast:
    """Return the forecast of one series from its last run of years."""
    run = _runs(dataset)[series_id]
    return forecast(run["value"], run["year"], horizon, level=level)


@lru_cache(maxsize=2)
def _runs(dataset: Dataset) -> dict[str, pd.DataFrame]:
    """Return the last run of years of every series that has whole years, by series id."""
    runs = {one.definition.series_id: _run(one) for one in all_yearly(dataset)}
    return {name: run for name, run in runs.items() if len(run)}


def _run(series: PrintedYears) -> pd.DataFrame:
    """Return the rows of the last run of years without a gap."""
    table = series.table.sort_values("year")
    years = table["year"].to_numpy(dtype=int)
    breaks = np.flatnonzero(np.diff(years) > 1)
    start = int(breaks[-1]) + 1 if len(breaks) else 0
    return table.iloc[start:].astype({"year": int})[["year", "value", "low", "high", "reading_id"]]


def _reason(run: pd.DataFrame) -> str:
    """Say why a run of years is not forecast, or "" if it is."""
    values = run["value"].to_numpy(dtype=float)
    if len(run) < LEAST_POINTS:
        return f"{len(run)} printed years in a row, {LEAST_POINTS} are needed"
    if not np.all(np.isfinite(values) & (values > 0)):
        return "a value is not above zero"
    return "" if np.ptp(values) > 0 else "all values are equal"


def _actual(dataset: Dataset, series_ids: list[str]) -> pd.DataFrame:
    """Return series_id, period, reading_id, actual, low and high of every printed year above zero."""
    known = set(dataset.series["series_id"])
    parts = [
        printed_years(dataset, one).table.assign(series_id=one)
        for one in series_ids
        if one in known and has_years(dataset, one)
    ]
    columns = ["series_id", "period", "reading_id", "actual", "low", "high"]
    if not parts:
        empty = pd.DataFrame(columns=columns)
        return empty.astype({"series_id": str, "period": int, "actual": float})
    table = pd.concat(parts, ignore_index=True).rename(columns={"year": "period", "value": "actual"})
    return table[table["actual"] > 0].astype({"period": int})[columns]
