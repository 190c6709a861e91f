"""How many persons a case holds: persons over cases of the same stage and window."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.series import printed_years
from analysis.series.lookup import with_days

LONGEST_YEAR = 366


def persons_per_case(dataset: Dataset, persons: str, cases: str) -> pd.DataFrame:
    """Return persons a case by year, from a series of each.

    Columns: year, value, low, high, same_text, rival, persons_id, cases_id.

    low and high follow from the intervals of both prints. `same_text` tells whether one source prints both;
    a rival row pairs two prints of one source that both lost to others. Raises InputError for an unknown
    series.
    """
    above, below = printed_years(dataset, persons), printed_years(dataset, cases)
    picked = _ratio(above.table.merge(below.table, on="year", suffixes=("_p", "_c")))
    rivals = _ratio(above.competing.merge(below.competing, on=["year", "source_id"], suffixes=("_p", "_c")))
    return pd.concat([picked.assign(rival=False), rivals.assign(rival=True)], ignore_index=True)


def persons_per_case_totals(dataset: Dataset, persons: str, cases: str) -> pd.DataFrame:
    """Return persons a case over windows of several whole years that print both: year and last_year beside it."""
    frames = [printed_years(dataset, name).partial for name in (persons, cases)]
    above, below = (with_days(frame)[_whole_years(frame)] for frame in frames)
    both = above.merge(below, on=["window_start", "window_end"], suffixes=("_p", "_c"))
    found = _ratio(both.assign(year=both["window_start"].dt.year))
    return found.assign(last_year=both["window_end"].dt.year)


def _whole_years(frame: pd.DataFrame) -> pd.Series[bool]:
    """True where a window runs from a 1 January to a 31 December of a later year."""
    start, end = frame["window_start"], frame["window_end"]
    first, last = start.dt.strftime("%m-%d") == "01-01", end.dt.strftime("%m-%d") == "12-31"
    long: pd.Series[bool] = (end - start).dt.days > LONGEST_YEAR
    whole: pd.Series[bool] = long & first & last
    return whole


def _ratio(both: pd.DataFrame) -> pd.DataFrame:
    """Divide the persons (_p) of paired prints by their cases (_c), ends of intervals crosswise."""
    same = both["source_id_p"] == both["source_id_c"] if "source_id_p" in both else True
    return pd.DataFrame(
        {
            "year": both["year"].astype(int),
            "value": both["value_p"] / both["value_c"],
            "low": both["low_p"] / both["high_c"],
            "high": both["high_p"] / both["low_c"],
            "same_text": same,
            "persons_id": both["reading_id_p"],
            "cases_id": both["reading_id_c"],
        }
    )
