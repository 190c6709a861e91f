"""When a measure began and ended, as far as the texts tell: to the day, the month or the year."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.dates import last_day

PRECISIONS = {10: "day", 7: "month", 4: "year", 0: "unknown"}
PLACES = {"CN": "China", "US": "United States", "EU": "European Union", "JP": "Japan"}
INSTRUMENTS = {
    "penalty": "penalties",
    "detection": "detection",
    "coordination": "coordination",
    "platform_liability": "duties of platforms",
    "rights": "rights",
    "international": "trade pressure",
    "transparency": "transparency",
}
KINDS = {
    "law": "laws",
    "judicial_interpretation": "judicial interpretations",
    "campaign": "campaigns",
    "plan": "plans",
    "institution": "institutions",
    "platform_rule": "platform rules",
    "agreement": "agreements",
    "trade_pressure": "acts of trade pressure",
    "guideline": "guidelines",
}


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
    (the country of the jurisdiction, two letters), instruments (a tuple), also the month (<NA> where unknown).
    """
    frame = dataset.measures
    begins = frame["effective"].where(frame["effective"] != "", frame["announced"])
    frame = frame.assign(begins=begins)[begins != ""]
    found = frame.assign(
        date=frame["begins"].map(middle),
        precision=frame["begins"].str.len().map(PRECISIONS),
        year=frame["begins"].str[:4].astype(int),
        month=pd.to_numeric(frame["begins"].str[5:7], errors="coerce").astype("Int64"),
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
