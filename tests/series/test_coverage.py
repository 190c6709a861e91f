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
    assert frame.loc["mps-cases-solved", 2003] == coverage.BEYOND  # nothing speaks of it before 2010
    assert frame.loc["mps-cases-solved", 2023] == coverage.BEYOND  # told as investigated from here on
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


def small(data, series_id, windows):
    """Return the dataset with one series alone, and a reading of it over each window."""
    row = printed_years(data, series_id).readings.iloc[[0]][list(data.readings.columns)]
    ends = [(pd.Timestamp(start), pd.Timestamp(end)) for start, end in windows]
    rows = [
        row.assign(reading_id=f"small-{i}", window_start=start, window_end=end, value=100 + i)
        for i, (start, end) in enumerate(ends)
    ]
    series = data.series[data.series["series_id"] == series_id].assign(set_aside="")
    return dataclasses.replace(data, readings=pd.concat(rows, ignore_index=True), series=series)


def test_years_are_counted_within_a_series_own_span(data):
    """2012 to 2020 is nine years: 2014 and 2020 whole, two held by parts, five without any figure."""
    windows = [("2012-05-01", "2013-02-28"), ("2014-01-01", "2014-12-31"), ("2020-01-01", "2020-12-31")]
    states = coverage.year_states(small(data, "jp-cases", windows))
    row = states.loc["jp-cases"]
    assert states.shape == (1, coverage.SPAN)
    assert list(row.index[row == coverage.PART]) == [2012, 2013]
    assert list(row.index[row == coverage.ONE]) == [2014, 2020]
    assert list(row.index[row == coverage.NOTHING]) == [2015, 2016, 2017, 2018, 2019]
    assert (row[row.index < 2012] == coverage.BEYOND).all()
    assert coverage.within(states).sum() == 9
    assert coverage.share_printed(states) == 2 / 9


def test_a_fiscal_series_has_fiscal_years(data):
    """A campaign of November and December 2016 touches the fiscal year 2017 alone."""
    windows = [("2016-11-01", "2016-12-31"), ("2018-10-01", "2019-09-30")]
    row = coverage.year_states(small(data, "us-seizures", windows)).loc["us-seizures"]
    assert list(row.index[row == coverage.PART]) == [2017]
    assert list(row.index[row == coverage.NOTHING]) == [2018]
    assert list(row.index[row == coverage.ONE]) == [2019]


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
