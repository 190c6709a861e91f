"""The chapter on measures draws every dated measure, counts neighbours, and never looks at a value."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis import InputError
from analysis.publish import style
from analysis.publish.names import names
from analysis.publish.pages import measures
from analysis.publish.pages.measures import registered, timeline, together
from analysis.readings.windows import decimal_year
from analysis.scrutiny import first_look, measure_dates


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
    assert dates.first_day("2014-05") == pd.Timestamp("2014-05-01")
    assert dates.middle("2014") == pd.Timestamp("2014-07-02")
    assert dates.middle("2014-05-06") == pd.Timestamp("2014-05-06")
    assert pd.isna(dates.middle(""))


def test_a_measure_begins_when_it_takes_effect_else_when_announced(data):
    frame = dates.dated(data).set_index("measure_id")
    assert frame.loc["cn-1997-03-14-criminal-law", "begins"] == "1997-10-01"
    assert frame.loc["cn-2000-08-25-patent-law", "begins"] == "2000-08-25"
    undated = data.measures[(data.measures["announced"] == "") & (data.measures["effective"] == "")]
    assert len(frame) == len(data.measures) - len(undated)


def test_precision_and_lags_count_the_cells(data):
    known = dates.precision(data)
    assert (known.sum() == len(data.measures)).all()
    assert known.loc["day", "effective"] == (data.measures["effective"].str.len() == 10).sum()
    lags = dates.lags(data).set_index("measure_id")["days"]
    assert lags["cn-2013-08-30-trademark-law"] == 244


def test_no_bar_hides_another():
    starts, ends = [0.0, 0.1, 0.2, 1.0], [1.0, 0.5, 0.3, 2.0]
    assert timeline.levels(starts, ends) == [0, 1, 2, 0]


def test_the_timeline_draws_every_measure_in_each_of_its_lanes(data):
    axes = measures.timeline_chart(data).figure.axes[0]
    frame = dates.dated(data)
    points = frame[frame["kind"] != "campaign"].explode("instruments")
    drawn = [(line.get_xdata()[0], line.get_ydata()[0]) for line in axes.lines if line.get_marker() != "None"]
    assert len(drawn) == len(points)
    assert len(set(drawn)) == len(drawn)  # none hides another
    expected = sorted(timeline.as_year(day) for day in points["date"])
    assert sorted(x for x, _ in drawn) == pytest.approx(expected)
    hollow = [line for line in axes.lines if line.get_markerfacecolor() == "white"]
    assert len(hollow) == (points["precision"] != "day").sum()
    assert len(axes.patches) == (frame["kind"] == "campaign").sum()


def test_a_campaign_without_an_end_fills_its_year_and_is_pale(data):
    bars = timeline.spans(data).set_index("measure_id")
    kunlun = bars.loc["cn-2024-kunlun"]
    assert not kunlun["known"]
    assert (kunlun["start"], kunlun["end"]) == pytest.approx((2024 + 60 / 365.25, 2025), abs=0.01)
    longteng = bars.loc["cn-2017-longteng"]
    assert longteng["known"]
    assert longteng["end"] == pytest.approx(2017 + 334 / 365, abs=0.01)


def test_the_families_are_those_of_the_chapter(data):
    editions = campaigns.families(data)
    assert set(editions["family"]) == set(campaigns.FAMILIES)
    assert not editions["measure_id"].str.contains("net-sword").any()
    assert campaigns.at_once(editions).max() == len(campaigns.FAMILIES)  # the prose says that each held one
    shown = editions[editions["year"] >= campaigns.FIRST]
    chart = measures.campaigns_chart(data)
    assert len(chart.figure.axes[0].patches) == len(shown)
    for year in editions["year"]:
        assert str(year) in chart.alt


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
    found = neighbours.neighbours(small).set_index("measure_id")["neighbours"]
    assert found.to_dict() == {"a": 1, "b": 2, "c": 1, "d": 0, "e": 0}
    counts = neighbours.by_year(small)
    assert counts["alone"].to_dict() == {2010: 1, 2011: 0, 2012: 0, 2013: 0, 2014: 0, 2015: 1}
    assert counts["accompanied"].sum() == 3


def test_the_neighbours_chart_draws_its_counts(data):
    counts = neighbours.by_year(data)
    chart = measures.neighbours_chart(data)
    heights = [patch.get_height() for patch in chart.figure.axes[0].patches]
    assert heights == [*counts["accompanied"], *counts["alone"]]
    assert chart.title.startswith(f"{counts['alone'].sum()} of {counts.to_numpy().sum()}")


def test_the_heat_map_prints_every_count(data):
    chart = measures.heat_chart(data)
    for axes, place in zip(chart.figure.axes, neighbours.HEATED, strict=True):
        table = neighbours.instrument_years(data, place)
        printed = sorted(int(text.get_text()) for text in axes.texts)
        assert printed == sorted(table.to_numpy()[table.to_numpy() > 0])
    frame = dates.dated(data)
    china = frame[frame["place"] == "CN"]
    assert neighbours.instrument_years(data, "CN").to_numpy().sum() == china["instruments"].map(len).sum()


@pytest.mark.parametrize(
    ("years", "breaks", "said"),
    [
        (range(2010, 2020), (), "enough"),
        (range(2013, 2020), (), "few before"),
        (range(2005, 2017), (), "few after"),
        (range(2010, 2020), (2016,), "break"),
        (range(2010, 2020), (2014,), "break"),
        (range(2010, 2020), (2011,), "enough"),  # the count of 2011 and later is one count
        (range(2010, 2020), (2018,), "enough"),  # after the three years
        ((2000, 2003, 2006, 2009, 2015, 2018, 2021), (), "enough"),  # gaps are allowed
    ],
)
def test_the_first_look_at_years_and_breaks(years, breaks, said):
    assert ledger.verdict(tuple(years), breaks, 2015) == said


def test_a_fiscal_year_begins_in_october():
    assert ledger.first_period(2015, 11, fiscal=True) == 2016
    assert ledger.first_period(2015, 9, fiscal=True) == 2015
    assert ledger.first_period(2015, 11, fiscal=False) == 2015
    assert ledger.first_period(2015, None, fiscal=True) == 2015


def test_the_ledger_looks_at_no_value(data):
    doubled = dataclasses.replace(
        data,
        readings=data.readings.assign(value=data.readings["value"] * np.arange(1, len(data.readings) + 1)),
    )
    pd.testing.assert_frame_equal(ledger.ledger(doubled), ledger.ledger(data))


def test_the_ledger_counts_series_of_the_own_country_among_all(data):
    frame = ledger.ledger(data)
    assert (frame["enough"] <= frame["long"]).all()
    assert (frame["enough_own"] <= frame["enough"]).all()
    row = frame.set_index("measure_id").loc["us-2008-pro-ip-act"]
    expected = [
        ledger.verdict(one.years, one.breaks, 2008) for one in ledger.covered(data) if one.place == "US"
    ]
    assert row["enough_own"] == expected.count("enough") > 0


def test_the_ledger_chart_only_shrinks_and_draws_its_steps(data):
    chart = measures.ledger_chart(data)
    for axes, counts in zip(chart.figure.axes, ledger.steps(data), strict=True):
        assert [patch.get_width() for patch in axes.patches] == list(counts)
        assert counts.is_monotonic_decreasing
        assert all(f"{name} {count}" in chart.alt for name, count in counts.items())


def test_a_hypothesis_is_held_to_its_registered_span(data):
    row = data.hypotheses[data.hypotheses["series_id"] == "us-seizures"].iloc[[0]]
    first = int(row["at"].iloc[0][:4])
    short = row.assign(span_start=first - 2, span_end=first + 10)
    alone = data.series[data.series["series_id"] == "us-seizures"]
    small = dataclasses.replace(data, hypotheses=short, series=alone)
    assert ledger.registered(small)["verdict"].tolist() == ["few before"]


def test_the_hypotheses_are_drawn_by_direction(data):
    counts = registered.by_strand(data)
    directions = list(registered.DIRECTIONS)
    assert counts[directions].to_numpy().sum() == len(data.hypotheses)
    assert counts["claimed"].sum() == (data.hypotheses["claim_source"] != "").sum()
    widths = [patch.get_width() for patch in measures.hypotheses_chart(data).figure.axes[0].patches]
    assert widths == [value for name in directions for value in counts[name]]
    with pytest.raises(InputError, match="register hypotheses"):
        registered.by_strand(dataclasses.replace(data, hypotheses=data.hypotheses.iloc[:0]))


def test_rivals_share_an_instrument_and_the_charts_bars_count_them(data):
    frame = rivals.rivals(data)
    assert len(frame) == len(data.hypotheses)
    words = data.measures.set_index("measure_id")["instrument"].str.split(";").map(set)
    for row in frame.to_dict("records"):
        assert row["measure_id"] not in row["rivals"]
        assert all(words[other] & set(row["instruments"]) for other in row["rivals"])
    numbers, counts = rivals.by_number(frame), rivals.by_instrument(frame)
    assert numbers.sum() == len(frame)
    assert numbers["none"] == (frame["rivals"].map(len) == 0).sum()
    assert counts.to_numpy().sum() == frame["instruments"].map(len).sum()
    top, bottom = measures.rivals_chart(data).figure.axes
    assert [patch.get_width() for patch in top.patches] == list(numbers)
    assert [patch.get_width() for patch in bottom.patches] == [*counts["shared"], *counts["alone"]]


def test_the_sentences_on_rivals_hold(data):
    """None of China's measures stands alone, and pressure by trade partners never does."""
    frame = rivals.rivals(data)
    alone = frame[frame["rivals"].map(len) == 0]
    places = data.measures.set_index("measure_id")["jurisdiction"].astype(str)
    assert set(places[alone["measure_id"]]) == {"US", "EU"}
    assert rivals.by_instrument(frame).loc["international", "alone"] == 0


def test_every_hypothesis_leads_to_its_row_of_the_ledger(data):
    markup = measures.hypotheses_table(data)._repr_html_()
    assert all(f'href="ledger.html#ledger-{one}"' in markup for one in data.hypotheses["hypothesis_id"])


def test_the_tables_list_every_row(data):
    assert f"All {len(data.measures)} measures" in repr(measures.measures_table(data))
    markup = measures.hypotheses_table(data)._repr_html_()
    assert markup.count("<tr>") == len(data.hypotheses) + 1
    assert all(one in markup for one in data.hypotheses["hypothesis_id"])


def test_the_words_are_counts_of_the_tables(data):
    words = measures.words(data)
    assert words["measures"] == str(len(data.measures))
    assert words["alone"] == str((neighbours.neighbours(data)["neighbours"] == 0).sum())
    assert int(words["expect_more"]) + int(words["expect_less"]) + int(words["expect_either"]) == int(
        words["hypotheses"]
    )
    assert all(word.strip() for word in words.values())
