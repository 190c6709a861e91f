"""Measures' dates: as precise as the texts are, and which measures fall together."""

import dataclasses

import pandas as pd

from analysis.scrutiny import measure_dates


def few(data, rows):
    """Return the dataset with measures made of (id, kind, jurisdiction, effective, instrument)."""
    blank = dict.fromkeys(data.measures.columns, "")
    frame = pd.DataFrame(
        [
            blank | {"measure_id": i, "kind": k, "jurisdiction": j, "effective": e, "instrument": w}
            for i, k, j, e, w in rows
        ]
    )
    return dataclasses.replace(data, measures=frame)


def test_partial_dates_stand_in_their_middle():
    assert measure_dates.first_day("2014-05") == pd.Timestamp("2014-05-01")
    assert measure_dates.middle("2014") == pd.Timestamp("2014-07-02")
    assert measure_dates.middle("2014-05-06") == pd.Timestamp("2014-05-06")
    assert pd.isna(measure_dates.middle(""))


def test_a_measure_begins_when_it_takes_effect_else_when_announced(data):
    frame = measure_dates.dated(data).set_index("measure_id")
    assert frame.loc["cn-1997-03-14-criminal-law", "begins"] == "1997-10-01"
    assert frame.loc["cn-2000-08-25-patent-law", "begins"] == "2000-08-25"
    undated = data.measures[(data.measures["announced"] == "") & (data.measures["effective"] == "")]
    assert len(frame) == len(data.measures) - len(undated)


def test_precision_and_lags_count_the_cells(data):
    known = measure_dates.precision(data)
    assert (known.sum() == len(data.measures)).all()
    assert known.loc["day", "effective"] == (data.measures["effective"].str.len() == 10).sum()
    lags = measure_dates.lags(data).set_index("measure_id")["days"]
    assert lags["cn-2013-08-30-trademark-law"] == 244


def test_neighbours_share_country_instrument_and_time(data):
    small = few(
        data,
        [
            ("a", "law", "CN", "2010-01-01", "penalty"),
            ("b", "law", "CN-ZJ", "2011-12-31", "penalty;rights"),  # next year, a province
            ("c", "law", "CN", "2012-01-01", "rights"),  # shares rights with b only
            ("d", "law", "US", "2010", "penalty"),  # another country
            ("e", "law", "CN", "2015", "penalty"),  # another time
        ],
    )
    found = measure_dates.neighbours(small).set_index("measure_id")["neighbours"]
    assert found.to_dict() == {"a": 1, "b": 2, "c": 1, "d": 0, "e": 0}
    counts = measure_dates.began_by_year(small)
    assert counts["alone"].to_dict() == {2010: 1, 2011: 0, 2012: 0, 2013: 0, 2014: 0, 2015: 1}
    assert counts["accompanied"].sum() == 3
