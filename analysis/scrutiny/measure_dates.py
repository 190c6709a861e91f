"""When a measure began and ended, as far as the texts tell, and which measures fall together."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.dates import last_day

PRECISIONS = {10: "day", 7: "month", 4: "year", 0: "unknown"}


def first_day(text: str) -> pd.Timestamp:
    """Return the first day that a partial date can mean; NaT where it is blank."""
    whole = text + "0000-01-01"[len(text) :] if text else "NaT"
    return pd.Timestamp(whole)


def middle(text: str) -> pd.Timestamp:
    """Return the middle of a partial date, where a mark for it stands; NaT where it is blank."""
    if not text:
        return pd.NaT  # type: ignore[return-value]
    first = first_day(text)
    return first + (pd.Timestamp(last_day(text)) - first) / 2


def dated(dataset: Dataset) -> pd.DataFrame:
    """Return the measures whose beginning is known, sorted by it.

    A measure begins when it takes effect, or where that is not known when it is announced. Columns are those
    of `measures` and: begins (partial date), date (its middle), precision (day, month or year), year, place
    (the country of the jurisdiction, two letters), instruments (a tuple).
    """
    frame = dataset.measures
    begins = frame["effective"].where(frame["effective"] != "", frame["announced"])
    frame = frame.assign(begins=begins)[begins != ""]
    found = frame.assign(
        date=frame["begins"].map(middle),
        precision=frame["begins"].str.len().map(PRECISIONS),
        year=frame["begins"].str[:4].astype(int),
        place=frame["jurisdiction"].astype(str).str[:2],
        instruments=frame["instrument"].str.split(";").map(tuple),
    )
    return found.sort_values(["date", "measure_id"], ignore_index=True)


def precision(dataset: Dataset) -> pd.DataFrame:
    """Return how precisely announcement, effect and end are known: measures by precision (rows) and date."""
    columns = {
        name: dataset.measures[name].str.len().map(PRECISIONS).value_counts()
        for name in ("announced", "effective", "ended")
    }
    return pd.DataFrame(columns).reindex(list(PRECISIONS.values())).fillna(0).astype(int)


def lags(dataset: Dataset) -> pd.DataFrame:
    """Return the days from announcement to effect where both are known to the day: measure_id, kind, days.

    A measure that took effect before it was announced has days below zero.
    """
    frame = dataset.measures
    known = frame[(frame["announced"].str.len() == 10) & (frame["effective"].str.len() == 10)]
    days = (pd.to_datetime(known["effective"]) - pd.to_datetime(known["announced"])).dt.days
    return known.assign(days=days)[["measure_id", "kind", "days"]].reset_index(drop=True)


@lru_cache(maxsize=4)
def neighbours(dataset: Dataset) -> pd.DataFrame:
    """Return the dated measures with the number of their neighbours: columns of `dated`, and neighbours.

    A neighbour is another measure of the same country that shares an instrument and begins in the same year,
    the year before or the year after.
    """
    frame = dated(dataset)
    sets = [set(words) for words in frame["instruments"]]
    years, places = frame["year"].to_numpy(), frame["place"].to_numpy()
    counts = [
        sum(
            1
            for other in np.flatnonzero((abs(years - year) <= 1) & (places == place))
            if other != own and sets[own] & sets[other]
        )
        for own, (year, place) in enumerate(zip(years, places, strict=True))
    ]
    return frame.assign(neighbours=counts)


def began_by_year(dataset: Dataset) -> pd.DataFrame:
    """Return for each year, gaps included, how many measures began: accompanied (with a neighbour), alone."""
    frame = neighbours(dataset)
    alone = frame["neighbours"] == 0
    years = range(frame["year"].min(), frame["year"].max() + 1)
    counts = {"accompanied": frame[~alone], "alone": frame[alone]}
    table = pd.DataFrame({name: rows.groupby("year").size() for name, rows in counts.items()}, index=years)
    return table.fillna(0).astype(int)


def instrument_years(dataset: Dataset, place: str) -> pd.DataFrame:
    """Return the measures of a country by year (rows, every year of the table) and instrument (columns)."""
    frame = dated(dataset)
    own = frame[frame["place"] == place].explode("instruments")
    years = range(frame["year"].min(), frame["year"].max() + 1)
    return pd.crosstab(own["year"], own["instruments"]).reindex(index=years, fill_value=0)
