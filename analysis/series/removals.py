"""Counts of listings removed with their windows, and the yearly rate that each implies."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.readings.windows import decimal_year
from analysis.series import readings_of
from analysis.series.lookup import chosen

# Ends of windows that the texts do not print, and what is taken for them.
TAKEN_START = {
    "plat-scmp2012-01": pd.Timestamp("2010-05-10"),  # printed as "in the past two years"
    "plat-bb2014-01": pd.Timestamp("2013-01-01"),  # where two other texts begin the same count
}
TAKEN_END = {"plat-cnet2014-02": pd.Timestamp("2014-12-23")}  # the day of the text
# Every count of listings removed that is drawn: all, proactive, and one of suspected fakes.
REMOVED = ("alibaba-listings-removed", "alibaba-listings-removed-proactive")
SUSPECTED = "plat-tcr201405-01"


def removals(dataset: Dataset) -> pd.DataFrame:
    """Return the counts of listings removed that have a window, with the yearly rate each implies.

    Adds to the readings of the two series and the one of suspected fakes start, end (dates, taken where not
    printed), taken (bool), low and high (listings), rate, rate_low and rate_high (listings a year). Of prints
    that agree in value and window the first stays. Counts without any window are left out.
    """
    ids_drawn = [name for one_of in REMOVED for name in readings_of(dataset, one_of)["reading_id"]]
    found = chosen(dataset, [*ids_drawn, SUSPECTED])
    ids = found["reading_id"]
    found = found.assign(
        start=found["window_start"].fillna(ids.map(TAKEN_START)),
        end=found["window_end"].fillna(ids.map(TAKEN_END)),
        taken=ids.isin([*TAKEN_START, *TAKEN_END]),
    )
    found = found[found["start"].notna() & found["end"].notna()]
    found = found.drop_duplicates(["value", "hedge", "start", "end"])
    years = (found["end"] + pd.Timedelta(days=1)).map(decimal_year) - found["start"].map(decimal_year)
    found = found.assign(
        rate=found["value"] / years, rate_low=found["low"] / years, rate_high=found["high"] / years
    )
    return found.sort_values(["start", "end", "reading_id"])
