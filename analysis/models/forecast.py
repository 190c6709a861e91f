"""Forecasts of a series of years, quarters or months, with the record that each method would have had on it.

On z = log y, a random walk with drift, exponential smoothing and a local linear trend stand beside the naive
forecast, the last value (`forecast_methods`). The record replays the past: from each origin k only z_1 .. z_k
are used, z_(k+h) is forecast and scored (Tashman 2000, Int J Forecast 16(4), 437, doi
10.1016/S0169-2070(00)00065-0) by absolute error, coverage and interval score (`scores`), all on logs. The scale
of MASE is that of the training part of each origin. Quarters and months have a fixed pattern (`season`), found anew
in each training part and taken as known: the methods see the series without it.

A method that cannot be fitted at an origin drops out there, and the record counts it. With 8 to 25 points there are
few origins, and neighbouring ones share their data: one series' record says little, the pooled one more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Count, Level, checked
from analysis.errors import InputError
from analysis.models.forecast_methods import METHODS, NotFittedError, Path
from analysis.models.points import Years, logs_by_period, missing_periods, named, naming
from analysis.models.scores import covered, interval_score, naive_scale
from analysis.models.season import at, pattern
from analysis.models.told import digits_told, number_told
from analysis.results import Result
from analysis.rounding import above, at_least
from analysis.threads import one_thread

Array = NDArray[np.float64]

LEAST_POINTS = 8
LEAST_TRAINING = 5
LEAST_SEASONS = 3
MOST_ORIGINS = 10
LEAST_ORIGINS = 8
MARGIN = 0.2
# On 40 simulated random walks of 18 points this rule left the naive forecast twice; with 5 origins, 10% and the
# interval score alone it did so six times.
RULE = (
    f"the naive forecast, unless over at least {LEAST_ORIGINS} shared origins another method's interval score and "
    f"its mean absolute scaled error are both lower by {MARGIN:.0%} or more"
)


@dataclass(frozen=True, repr=False)
class Forecast(Result):
    """Forecasts of one series and the record behind them.

    `table`: method, period, estimate (the median), lower, upper, in the unit of y. `record`: method, horizon, n
    (origins scored), dropped (origins at which it could not be fitted), mase, coverage, interval_score, by rolling
    origin on logs. `scores`: the single forecasts behind it (method, origin, horizon, error, scaled_error, covered,
    interval_score). `best` is chosen by `RULE`; `season` is the
    length of the pattern, 1 where there is none; `failed` names methods that cannot be fitted to the whole series.
    """

    table: pd.DataFrame
    record: pd.DataFrame
    scores: pd.DataFrame
    best: str
    failed: tuple[str, ...]
    level: float
    n: int
    season: int = 1

    def summary(self) -> pd.Series:
        """Return the chosen method's forecasts and its record, a short line each."""
        told = {str(row.period): number_told(row.estimate, row.lower, row.upper) for row in self._ahead(6)}
        record = self.record[(self.record["method"] == self.best) & (self.record["horizon"] == 1)].iloc[0]
        told |= {
            "method": self.best,
            "record, one period on": f"{int(record['n'])} origins, MASE {record['mase']:.2f}, "
            f"coverage {record['coverage']:.0%}",
            "points": str(self.n),
            "season": "none" if self.season == 1 else f"{self.season} periods",
            "not fitted": ", ".join(self.failed) or "none",
        }
        return pd.Series(told, name="Forecast", dtype=object)

    def sentence(self) -> str:
        """Return the last period forecast as a sentence."""
        row = self._ahead(len(self.chosen))[-1]
        return (
            f"For {row.period} the {self.best} forecast is {digits_told(row.estimate)}, and "
            f"{digits_told(row.lower)} to {digits_told(row.upper)} with {self.level:.0%} probability."
        )

    def _ahead(self, most: int) -> list[Any]:
        return list(self.chosen.head(most).itertuples())

    @property
    def chosen(self) -> pd.DataFrame:
        """The rows of `table` that belong to the best method."""
        return self.table[self.table["method"] == self.best].reset_index(drop=True)


@checked
@one_thread
def forecast(
    y: ArrayLike,
    time: ArrayLike,
    horizon: Count = 2,
    *,
    methods: str | Sequence[str] = tuple(METHODS),
    level: Level = 0.8,
    season: Count | None = None,
) -> Forecast:
    """Forecast `y` (n values above zero) at the periods `time` (n, none missing) `horizon` periods on.

    Periods are whole numbers, or labels or dates of years, half-years, quarters or months. `methods` are names of
    `forecast_methods.METHODS`; the naive one is always among them, since the others are judged against it. `level` is
    that of the central intervals. `season` is how many periods a fixed pattern has: by default as many as the labels
    have a year, and 1, no pattern, where periods are numbers.

    Raises
    ------
    InputError
        If there are fewer than 8 periods (three years of a season), one is missing or comes twice, a value is
        zero, negative or not finite,
        all are equal, or a method, the horizon or the level is none.
    """
    name = naming(time)
    length = name.per_year if season is None else season
    least = LEAST_POINTS if length == 1 else max(LEAST_POINTS, LEAST_SEASONS * length)
    z, periods = logs_by_period(y, time, least, "a forecast with its record")
    if skipped := missing_periods(periods):
        raise InputError(
            f"A forecast needs every period from {name(periods[0])} to {name(periods[-1])}; "
            f"{named(skipped, name)} is missing."
        )
    chosen = _check(methods, horizon, len(z))
    single = _rolling(z, periods, chosen, horizon, level, length)
    table, failed = _ahead(z, periods, chosen, horizon, level, length)
    best = _best(single, [name for name in chosen if name not in failed])
    for frame, column in ((table, "period"), (single, "origin")):
        frame[column] = [name(number) for number in frame[column]]
    return Forecast(
        table, _record(single, chosen, horizon), single, best, tuple(failed), level, len(z), length
    )


@checked
def pooled_record(forecasts: Iterable[Forecast]) -> pd.DataFrame:
    """Return the record over many series: one row a method and horizon.

    Columns: method, horizon, series, n (forecasts scored), dropped, mase and interval_score (means over series,
    each weighing the same), coverage (over forecasts) with coverage_se (series taken as clusters), and
    beats_naive, the share of series whose mean interval score is below the naive forecast's at the same origins.

    Raises
    ------
    InputError
        If there are no forecasts, or their levels differ.
    """
    all_of = list(forecasts)
    if not all_of:
        raise InputError("There is no forecast whose record could be pooled; give at least one.")
    if len({one.level for one in all_of}) > 1:
        raise InputError(
            "The forecasts have intervals of different levels; make them at one level to pool them."
        )
    frame = pd.concat([one.scores.assign(series=i) for i, one in enumerate(all_of)], ignore_index=True)
    base = frame[frame["method"] == "naive"].set_index(["series", "origin", "horizon"])["interval_score"]
    frame["naive_score"] = base.reindex(
        pd.MultiIndex.from_frame(frame[["series", "origin", "horizon"]])
    ).to_numpy()
    rows = [
        {"method": method, "horizon": horizon, **_pooled(part)}
        for (method, horizon), part in frame.groupby(["method", "horizon"], sort=False)
    ]
    columns = ["method", "horizon", "series", "n", "dropped", "mase"]
    columns += ["coverage", "coverage_se", "interval_score", "beats_naive"]
    return pd.DataFrame(rows)[columns]


def _check(methods: str | Sequence[str], horizon: int, n: int) -> list[str]:
    """Return the methods in the order of METHODS, the naive one among them. Raises InputError."""
    if isinstance(methods, str):
        methods = [methods]
    if unknown := [name for name in methods if name not in METHODS]:
        raise InputError(f"There is no method {unknown[0]!r}; the methods are {', '.join(METHODS)}.")
    longest = n - LEAST_TRAINING
    if horizon > longest:
        raise InputError(
            f"A horizon must be a whole number from 1 to {longest} for a series of {n} periods, not {horizon!r}."
        )
    return [name for name in METHODS if name in methods or name == "naive"]


def _fitted(name: str, z: Array, horizon: int, season: Array) -> Path | None:
    """Return a method's path of z, less its season and with it again; None where it could not be fitted."""
    try:
        path = METHODS[name](z - at(season, 0, len(z)), horizon)
    except NotFittedError:
        return None
    return replace(path, centre=path.centre + at(season, len(z), horizon))


def _ahead(
    z: Array, periods: Years, methods: list[str], horizon: int, level: float, length: int
) -> tuple[pd.DataFrame, list[str]]:
    """Return the forecasts from the whole series, and the methods that cannot be fitted to it."""
    parts, failed = [], []
    season = pattern(z, length)
    for name in methods:
        path = _fitted(name, z, horizon, season)
        if path is None:
            failed.append(name)
            continue
        lower, upper = path.ends(level)
        part = {
            "method": name,
            "period": periods[-1] + np.arange(1, horizon + 1),
            "estimate": np.exp(path.centre),
        }
        with np.errstate(over="ignore"):
            parts.append(pd.DataFrame({**part, "lower": np.exp(lower), "upper": np.exp(upper)}))
    return pd.concat(parts, ignore_index=True), failed


def _rolling(
    z: Array, periods: Years, methods: list[str], horizon: int, level: float, length: int
) -> pd.DataFrame:
    """Return the score of every method at each of the last origins, and horizon; NaN where it was not fitted.

    An origin whose training part is constant has no scale and is left out for all.
    """
    n, rows = len(z), []
    fewest = LEAST_TRAINING if length == 1 else max(LEAST_TRAINING, 2 * length)
    for k in range(max(fewest, n - MOST_ORIGINS), n):
        training, future = z[:k], z[k : k + horizon]
        if np.ptp(training) == 0:
            continue
        season = pattern(training, length)
        scale = naive_scale(training - at(season, 0, k))
        for name in methods:
            path = _fitted(name, training, horizon, season)
            scored = _scored(path, future, scale, level)
            rows += [(name, int(periods[k - 1]), h, *row) for h, row in enumerate(scored.tolist(), start=1)]
    columns = ["method", "origin", "horizon", "error", "scaled_error", "covered", "interval_score"]
    return pd.DataFrame(rows, columns=columns)


def _scored(path: Path | None, actual: Array, scale: float, level: float) -> Array:
    """Return error, scaled absolute error, coverage and interval score (h, 4) of one path, on logs."""
    if path is None:
        return np.full((len(actual), 4), np.nan)
    lower, upper = (end[: len(actual)] for end in path.ends(level))
    error = actual - path.centre[: len(actual)]
    inside = covered(actual, lower, upper).astype(float)
    return np.column_stack(
        [error, np.abs(error) / scale, inside, interval_score(actual, lower, upper, level)]
    )


def _record(scores: pd.DataFrame, methods: list[str], horizon: int) -> pd.DataFrame:
    """Return the means of the scores by method and horizon."""
    groups = scores.groupby(["method", "horizon"])
    record = pd.DataFrame(
        {
            "n": groups["error"].count(),
            "dropped": groups["error"].size() - groups["error"].count(),
            "mase": groups["scaled_error"].mean(),
            "coverage": groups["covered"].mean(),
            "interval_score": groups["interval_score"].mean(),
        }
    )
    wanted = pd.MultiIndex.from_product([methods, range(1, horizon + 1)], names=["method", "horizon"])
    record = record.reindex(wanted).reset_index()
    return record.fillna({"n": 0, "dropped": 0}).astype({"n": int, "dropped": int})


def _best(scores: pd.DataFrame, methods: list[str]) -> str:
    """Return the method that `RULE` chooses: compared with the naive one at the origins that both have."""
    measures = ["interval_score", "scaled_error"]
    by_method = {
        name: part.set_index(["origin", "horizon"])[measures] for name, part in scores.groupby("method")
    }
    best, lowest = "naive", 1 - MARGIN
    for name in methods:
        if name == "naive" or name not in by_method:
            continue
        shared = by_method["naive"].join(by_method[name].add_suffix("_own"), how="inner").dropna()
        if shared.index.get_level_values("origin").nunique() < LEAST_ORIGINS:
            continue
        ratios = [float(shared[f"{one}_own"].mean() / shared[one].mean()) for one in measures]
        if above(lowest, ratios[0]) and at_least(1 - MARGIN, ratios[1]):
            best, lowest = name, ratios[0]
    return best


def _pooled(part: pd.DataFrame) -> dict[str, float]:
    """Return the pooled scores of one method and horizon."""
    scored = part.dropna(subset=["error"])
    means = scored.groupby("series")[["scaled_error", "interval_score", "naive_score"]].mean()
    coverage = float(scored["covered"].mean())
    clusters = (scored["covered"] - coverage).groupby(scored["series"]).sum()
    count = len(clusters)
    correction = count / (count - 1) if count > 1 else np.nan
    return {
        "series": count,
        "n": len(scored),
        "dropped": len(part) - len(scored),
        "mase": float(means["scaled_error"].mean()),
        "coverage": coverage,
        "coverage_se": float(np.sqrt(correction * np.sum(clusters**2)) / max(len(scored), 1)),
        "interval_score": float(means["interval_score"].mean()),
        "beats_naive": float(above(means["naive_score"], means["interval_score"]).mean())
        if count
        else np.nan,
    }
