"""The first look: enough whole years, one way of counting and no neighbour, and never a value."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis.scrutiny import first_look
from analysis.scrutiny.identifiability import identifiable


def with_breaks(data, days):
    """Return the dataset in which the police's cases change what they count on these days and on no other."""
    row = data.breaks.iloc[0]
    rows = [
        {**row, "break_id": f"b{place}", "series": "mps-cases-solved", "date": pd.Timestamp(day)}
        for place, day in enumerate(days)
    ]
    return dataclasses.replace(data, breaks=pd.DataFrame(rows, columns=data.breaks.columns))


@pytest.mark.parametrize(
    ("years", "days", "said"),
    [
        (range(2010, 2020), (), "enough"),
        (range(2013, 2020), (), "few before"),
        (range(2005, 2017), (), "few after"),
        (range(2010, 2020), ("2016-01-01",), "break"),
        (range(2010, 2020), ("2014-01-01",), "break"),
        (range(2010, 2020), ("2011-01-01",), "enough"),  # the count of 2011 and later is one count
        (range(2010, 2020), ("2011-05-01",), "break"),  # a part of 2011 is another count
        (range(2010, 2020), ("2017-12-31",), "break"),  # as is one day of the last year
        (range(2010, 2020), ("2018-01-01",), "enough"),  # after the three years
        ((2000, 2003, 2006, 2009, 2015, 2018, 2021), (), "enough"),  # gaps are allowed
    ],
)
def test_the_first_look_at_years_and_breaks(data, years, days, said):
    assert first_look.first_look(with_breaks(data, days), "mps-cases-solved", tuple(years), 2015) == said


def test_the_first_look_agrees_with_identifiability_on_the_number_of_years(data):
    said = first_look.look_at_hypotheses(data).set_index("hypothesis_id")["verdict"]
    for name in data.hypotheses["hypothesis_id"]:
        faults = identifiable(data, name).faults
        assert (said[name] == "few before") == ("before" in faults), name
        assert said[name] != "few after" or "after" in faults, name
        assert said[name] != "break" or "breaks" in faults, name  # its years lie inside the span


def test_the_first_look_at_measures_looks_at_no_value(data):
    factors = np.arange(1, len(data.readings) + 1)
    other = dataclasses.replace(data, readings=data.readings.assign(value=data.readings["value"] * factors))
    looked = first_look.look_at_measures
    pd.testing.assert_frame_equal(looked(other), looked(data))


def test_series_of_the_own_country_are_counted_among_all(data):
    frame = first_look.look_at_measures(data)
    assert (frame["enough"] <= frame["long"]).all()
    assert (frame["enough_own"] <= frame["enough"]).all()
    row = frame.set_index("measure_id").loc["us-2008-pro-ip-act"]  # of 13 October 2008: in fiscal year 2009
    series = data.series.set_index("series_id")
    own = [
        first_look.first_look(
            data, name, years, 2009 if series.loc[name, "frequency"] == "fiscal_year" else 2008
        )
        for name, years in first_look.printed_years(data).items()
        if series.loc[name, "jurisdiction"].startswith("US")
    ]
    assert row["enough_own"] == own.count("enough") > 0


def test_a_hypothesis_is_held_to_its_registered_span(data):
    row = data.hypotheses[data.hypotheses["series_id"] == "us-seizures"].iloc[[0]]
    first = int(row["at"].iloc[0][:4])
    short = row.assign(span_start=first - 2, span_end=first + 10)
    alone = data.series[data.series["series_id"] == "us-seizures"]
    small = dataclasses.replace(data, hypotheses=short, series=alone)
    assert first_look.look_at_hypotheses(small)["verdict"].tolist() == ["few before"]
