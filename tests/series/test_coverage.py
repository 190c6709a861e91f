"""Coverage: which years of which series are printed, up to the last that anybody printed, and where prints disagree."""

import dataclasses

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.series import coverage, has_years, printed_years, single_series


def test_the_states_are_told_apart(data):
    frame = coverage.year_states(data)
    assert frame.loc["mps-cases-solved", 2013] == coverage.CONFLICT
    assert frame.loc["mps-cases-solved", 2018] == coverage.PART  # only a five-year total holds it
    assert frame.loc["mps-cases-solved", 2021] == coverage.ONE
    assert frame.loc["mps-cases-solved", 2003] == coverage.NOTHING
    assert frame.loc["mps-cases-solved", 2023] == coverage.NOTHING  # told as investigated from here on
    assert frame.loc["mps-cases-investigated", 2023] == coverage.SEVERAL
    names = [name for name in single_series(data) if has_years(data, name)]
    assert list(frame.index) == names
    assert 0 < len(names) < len(single_series(data))  # some series have parts of years alone
    assert list(frame.columns) == list(coverage.span(data))
    assert coverage.whole([coverage.NOTHING, coverage.PART, coverage.ONE, coverage.CONFLICT]).tolist() == [
        False,
        False,
        True,
        True,
    ]


def test_a_year_that_is_printed_later_is_the_last_one_looked_at(data):
    first = data.readings[
        data.readings["reading_id"] == printed_years(data, "jp-cases").table["reading_id"].iloc[-1]
    ]
    start, end = pd.Timestamp("2031-01-01"), pd.Timestamp("2031-12-31")
    later = first.assign(reading_id="scratch-2031", window_start=start, window_end=end)
    alone = data.series[data.series["series_id"] == "jp-cases"]
    more = dataclasses.replace(
        data, readings=pd.concat([data.readings, later], ignore_index=True), series=alone
    )
    assert coverage.span(more) == range(2032 - coverage.SPAN, 2032)
    assert coverage.year_states(more).loc["jp-cases", 2031] == coverage.ONE


def test_conflicts_exclude_each_other(data):
    frame = coverage.conflicting_years(data).set_index(["series_id", "label"])
    assert frame.loc[("mps-value", "2013"), "ratio"] == pytest.approx(173 / 40.6)
    assert frame["ratio"].is_monotonic_decreasing


def test_without_conflicts_or_years_there_is_nothing_to_tell(data):
    series = data.series[data.series["series_id"] == "alibaba-suspects"]
    assert not printed_years(data, "alibaba-suspects").table["conflict"].any()
    with pytest.raises(InputError, match="no conflicts to show"):
        coverage.conflicting_years(dataclasses.replace(data, series=series))
    with pytest.raises(InputError, match="no years to look at"):
        coverage.span(dataclasses.replace(data, series=series.iloc[:0]))
