"""Sword Net, the yearly copyright campaign: what each edition printed, and over how many days."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.series.lookup import with_days

EDITION = r"sword-net-(\d{4})"
MEASURES = {
    "cases": ("cases_investigated", "cases_concluded"),
    "websites": ("websites_closed",),
    "links": ("listings_removed",),
}
# What an edition's own count may carry as a detail; anything else is a part of it.
DETAILS = ("", "administrative_only", "websites_and_apps")


def editions(dataset: Dataset) -> pd.DataFrame:
    """Return one row an edition and measure: edition, measure, the reading, low, high, days, whole.

    Counts of the copyright administrations alone, parts and interim prints left out: where an edition has
    several prints of one measure, the one with a printed window stands. `whole` tells whether the cases hold
    criminal ones too. Raises InputError where no edition is found.
    """
    frame = dataset.readings
    year = frame["programme"].astype(str).str.fullmatch(EDITION)
    own = (frame["track"] == "administrative") & (frame["relation"] == "") & (frame["basis"] == "")
    names = {indicator: measure for measure, indicators in MEASURES.items() for indicator in indicators}
    found = frame[year & own & frame["indicator"].isin(names) & frame["detail"].isin(DETAILS)]
    if found.empty:
        raise InputError("readings.csv has no edition of Sword Net; check the programme column.")
    found = with_days(found).assign(
        edition=found["programme"].astype(str).str.extract(EDITION)[0].astype(int),
        measure=found["indicator"].astype(str).map(names),
        whole=found["detail"] == "",
    )
    ranked = found.sort_values(["edition", "measure", "days", "reading_id"], na_position="last")
    return ranked.drop_duplicates(["edition", "measure"]).reset_index(drop=True)


def windows(found: pd.DataFrame) -> pd.Series[float]:
    """Return the days of each edition's window, missing where none can be read from the texts."""
    days: pd.Series[float] = found.groupby("edition")["days"].max()
    return days
