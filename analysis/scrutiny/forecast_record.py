"""The forecasts on record for a version, the record pooled over series, and how methods stand to the naive one."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.dates import last_day
from analysis.errors import InputError
from analysis.models import pooled_record
from analysis.scrutiny.forecasts import forecasts_of, past_record, replayed, score_past
from analysis.series.remembered import SERIES_TABLES, remembered

NAIVE = "naive"
CHOSEN = "chosen"  # the methods chosen for each series, as if they were one
SAME = ("version", "series_id", "period")  # what two methods forecast alike
FEW = 10  # series; over fewer, scores rank nothing


@lru_cache(maxsize=2)
def on_record(dataset: Dataset) -> pd.DataFrame:
    """Return the rows of forecasts.csv that stand for this version: a patch has those of the release it mends.

    Where none are on record, those that a release of it would write.
    """
    minor = dataset.forecasts["version"].astype(str).str.rpartition(".")[0]
    rows = dataset.forecasts[minor == dataset.version.rpartition(".")[0]]
    return rows if len(rows) else forecasts_of(dataset)


@remembered(*SERIES_TABLES)
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


@lru_cache(maxsize=2)
def past_scores(dataset: Dataset) -> pd.DataFrame:
    """Return the forecasts that earlier versions put on record and whose year has been printed since, with scores.

    The columns of `score_past`, and printed_before: whether the print is of a text that was out when the forecast was
    made, though the dataset did not hold it.
    """
    scored = score_past(dataset, dataset.forecasts)
    sources = dataset.sources.set_index("source_id")["published"]
    told = dataset.readings.set_index("reading_id")["source_id"].map(sources)
    out = scored["reading_id"].map(told).fillna("").map(last_day)
    return scored.assign(printed_before=(out != "") & (out <= scored["made_on"].astype(str)))


def past_table(dataset: Dataset) -> pd.DataFrame:
    """Return how the forecasts of earlier versions fared: a row a method and one for those chosen.

    Columns of `past_record`, with error_to_naive and score_to_naive: mean absolute log error and interval score over
    those of the last value on the same years (below 1 is better). Empty where no year fell due.
    """
    scored = past_scores(dataset)
    chosen_ones = scored[scored["chosen"] == "yes"].assign(method=CHOSEN)
    frame = past_record(pd.concat([scored.astype({"method": str}), chosen_ones]))
    naive = scored[scored["method"] == NAIVE].set_index(list(SAME))
    ratios = []
    for method in frame["method"]:
        own = (chosen_ones if method == CHOSEN else scored[scored["method"] == method]).set_index(list(SAME))
        both = own.index.intersection(naive.index)
        one, other = own.loc[both], naive.loc[both]
        errors = one["log_error"].abs().mean() / other["log_error"].abs().mean()
        ratios.append((errors, one["interval_score"].mean() / other["interval_score"].mean()))
    told = pd.DataFrame(ratios, columns=["error_to_naive", "score_to_naive"], index=frame.index, dtype=float)
    return frame.join(told)
