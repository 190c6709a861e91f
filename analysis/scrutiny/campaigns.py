"""The campaigns among the measures as windows, and the families of those that come back every year."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.dates import last_day
from analysis.scrutiny.measure_dates import dated, first_day

# Family of yearly campaigns: what the ids of its editions end in, and who runs it.
FAMILIES = {
    "Sword Net": ("-sword-net", "copyright office"),
    "Iron Fist": ("-iron-fist", "market regulator"),
    "Longteng": ("-longteng", "customs"),
    "Kunlun": ("-kunlun", "police"),
}


def campaigns(dataset: Dataset) -> pd.DataFrame:
    """Return the campaigns as windows: the columns of `dated`, start, end, known (both printed).

    An end that is not known stands at the end of the year in which the campaign began.
    """
    frame = dated(dataset)
    frame = frame[frame["kind"] == "campaign"]
    until = frame["ended"].where(frame["ended"] != "", frame["year"].astype(str)).map(last_day)
    known = (frame["ended"] != "") & (frame["begins"].str.len() > len("2020"))
    bars = frame.assign(start=frame["begins"].map(first_day), end=pd.to_datetime(until), known=known)
    return bars.sort_values(["start", "end", "measure_id"], ignore_index=True)


def families(dataset: Dataset) -> pd.DataFrame:
    """Return the editions of the yearly campaigns: the columns of `campaigns`, family, and place (its row).

    Net Sword, the market regulator's campaign on online trade, is another family than Sword Net.
    """
    bars = campaigns(dataset)
    bars = bars[~bars["measure_id"].str.contains("shield")]
    found = [
        bars[bars["measure_id"].str.endswith(ending)].assign(family=family, place=place)
        for place, (family, (ending, _)) in enumerate(FAMILIES.items())
    ]
    return pd.concat(found, ignore_index=True)


def at_once(editions: pd.DataFrame) -> pd.Series[int]:
    """Return for each year how many families have an edition that begins in it."""
    found: pd.Series[int] = editions.groupby("year")["family"].nunique()
    return found
