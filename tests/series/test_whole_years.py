"""Whole years, and the years that a window touches."""

import pandas as pd
import pytest

from analysis.series.whole_years import year_of, years_touched


def frame(start, end):
    return pd.DataFrame(
        {"window_start": pd.to_datetime(pd.Series([start])), "window_end": pd.to_datetime(pd.Series([end]))}
    )


@pytest.mark.parametrize(
    ("start", "end", "fiscal", "touched", "year"),
    [
        ("2020-01-01", "2020-12-31", False, [2020, 2020], 2020),
        ("2020-01-01", "2020-12-31", True, [2020, 2021], None),
        ("2019-10-01", "2020-09-30", True, [2020, 2020], 2020),
        ("2019-10-01", "2020-09-30", False, [2019, 2020], None),
        ("2019-10-01", "2019-12-31", True, [2020, 2020], None),
        ("2016-01-01", "2020-12-31", False, [2016, 2020], None),
        (None, "2020-12-31", False, [2020, 2020], None),
        (None, "2020-12-31", True, [2021, 2021], None),
    ],
)
def test_a_window_touches_years_and_may_be_one(start, end, fiscal, touched, year):
    given = frame(start, end)
    assert years_touched(given, fiscal=fiscal).iloc[0].tolist() == touched
    found = year_of(given, fiscal=fiscal).iloc[0]
    assert (None if pd.isna(found) else found) == year


def test_a_window_without_days_touches_none():
    assert years_touched(frame(None, None), fiscal=False).isna().all(axis=None)
