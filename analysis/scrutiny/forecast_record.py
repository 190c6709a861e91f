"""The forecasts on record for a version, the record pooled over series, and how methods stand to the naive one."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models import pooled_record
from analysis.scrutiny.forecasts import forecasts_of, replayed

NAIVE = "naive"


@lru_cache(maxsize=2)
def on_record(dataset: Dataset) -> pd.DataFrame:
    """Return the rows of forecasts.csv that stand for this version: a patch has those of the release it mends.

    Where none are on record, those that a release of it would write.
    """
    minor = dataset.forecasts["version"].astype(str).str.rpartition(".")[0]
    rows = dataset.forecasts[minor == dataset.version.rpartition(".")[0]]
    return rows if len(rows) else forecasts_of(dataset)


@lru_cache(maxsize=2)
def pooled(dataset: Dataset) -> pd.DataFrame:
    """Return the record pooled over all series that can be forecast, one row a method and horizon."""
    return pooled_record(replayed(dataset).values())


def chosen(dataset: Dataset, series_id: str | None = None) -> pd.DataFrame:
    """Return the forecasts by the chosen methods, of one series or of all.

    Raises
    ------
    InputError
        If the series is not forecast.
    """
    rows = on_record(dataset)
    rows = rows[rows["chosen"] == "yes"]
    if series_id is not None:
        rows = rows[rows["series_id"] == series_id]
        if rows.empty:
            raise InputError(f"There is no forecast of {series_id!r}; `forecastable` says why.")
    return rows.astype({"period": int}).sort_values(["series_id", "period"], ignore_index=True)


def reach(dataset: Dataset) -> float:
    """Return the median over series of upper over lower end of the chosen forecast of the second year."""
    last = chosen(dataset).groupby("series_id").tail(1)
    return float((last["upper"] / last["lower"]).median())


def best_of(dataset: Dataset) -> dict[str, str]:
    """Return the method chosen for every series on record."""
    methods = chosen(dataset).groupby("series_id")["method"].first().astype(str)
    return dict(methods.str.replace("_", " "))


def rivals(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the other methods' scores over the naive one's at the same horizon: below 1 is better."""
    naive = frame[frame["method"] == NAIVE].set_index("horizon")
    others = frame[frame["method"] != NAIVE]
    scores = {name: others[name] / others["horizon"].map(naive[name]) for name in ("mase", "interval_score")}
    return others.assign(**scores)
