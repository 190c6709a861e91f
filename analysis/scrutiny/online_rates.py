"""Online cases a day around the November sales, counted since January and since the campaign began."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.series import readings_of
from analysis.series.lookup import daily, with_days

ONLINE = "mps-online-cases"
FROM_JANUARY = "Since January"
FROM_LAUNCH = "Since the campaign began"


def online_rates(dataset: Dataset) -> pd.DataFrame:
    """Return two rows a year: year, basis, printed (is this window printed with the count?), rate_low, rate_high.

    Rates are cases a day. Where no text prints the later start, the campaign's launch among the measures
    stands in for it, and `printed` is False. Raises InputError where the measures do not have it either.
    """
    found = with_days(readings_of(dataset, ONLINE)).sort_values("window_start")
    rows = []
    for year, told_of in found.groupby(found["window_start"].dt.year):
        january = told_of.iloc[0]
        later = told_of[told_of["window_start"] > january["window_start"]]
        rows.append({**january, "year": year, "basis": FROM_JANUARY, "printed": True})
        launch = later.iloc[0] if len(later) else _supposed(dataset, january, f"cn-{year}-kunlun")
        rows.append({**launch, "year": year, "basis": FROM_LAUNCH, "printed": len(later) > 0})
    return daily(pd.DataFrame(rows))


def _supposed(dataset: Dataset, count: pd.Series[Any], launch: str) -> pd.Series[Any]:
    """Return a count over the window that begins with a measure."""
    rows = dataset.measures[dataset.measures["measure_id"] == launch]
    if rows.empty:
        raise InputError(
            f"Neither readings.csv nor measures.csv has {launch!r}; name the window's start there."
        )
    start = pd.Timestamp(str(rows.iloc[0]["effective"]))
    return pd.Series({**count, "window_start": start, "days": (count["window_end"] - start).days + 1})
