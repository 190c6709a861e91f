"""The chapter on measures draws every dated measure, counts neighbours, and never looks at a value."""

import dataclasses

import pandas as pd
import pytest

from analysis import InputError
from analysis.publish import style
from analysis.publish.pages import measures
from analysis.publish.pages.measures import timeline, together
from analysis.readings.windows import decimal_year
from analysis.scrutiny import campaigns, first_look, measure_dates


def test_no_bar_hides_another():
    starts, ends = [0.0, 0.1, 0.2, 1.0], [1.0, 0.5, 0.3, 2.0]
    assert timeline.levels(starts, ends) == [0, 1, 2, 0]


def test_the_timeline_draws_every_measure_in_each_of_its_lanes(data):
    axes = measures.timeline_chart(data).figure.axes[0]
    frame = measure_dates.dated(data)
    points = frame[frame["kind"] != "campaign"].explode("instruments")
    drawn = [(line.get_xdata()[0], line.get_ydata()[0]) for line in axes.lines if line.get_marker() != "None"]
    assert len(drawn) == len(points)
    assert len(set(drawn)) == len(drawn)  # none hides another
    expected = sorted(decimal_year(day) for day in points["date"])
    assert sorted(x for x, _ in drawn) == pytest.approx(expected)
    hollow = [line for line in axes.lines if line.get_markerfacecolor() == style.PAPER]
    assert len(hollow) == (points["precision"] != "day").sum()
    assert len(axes.patches) == (frame["kind"] == "campaign").sum()


def test_a_campaign_without_an_end_fills_its_year_and_is_pale(data):
    bars = timeline.coloured(campaigns.campaigns(data)).set_index("measure_id")
    kunlun, longteng = bars.loc["cn-2024-kunlun"], bars.loc["cn-2017-longteng"]
    assert not kunlun["known"]
    assert (kunlun["start"], kunlun["end"]) == (pd.Timestamp("2024-03-01"), pd.Timestamp("2024-12-31"))
    assert longteng["known"]
    assert longteng["end"] == pd.Timestamp("2017-11-30")
    assert kunlun["colour"] != longteng["colour"]


def test_a_measure_of_a_later_year_stands_inside_the_drawings(data):
    """What is added next year is seen, whatever the year: no axis ends at a typed one."""
    later = data.measures[data.measures["measure_id"] == "cn-2024-kunlun"].assign(
        measure_id="cn-2031-kunlun", announced="2031-03-01", effective="2031-03-01", ended="2031-11-30"
    )
    more = dataclasses.replace(data, measures=pd.concat([data.measures, later], ignore_index=True))
    for draw in (measures.timeline_chart, measures.campaigns_chart):
        axes = draw(more).figure.axes[0]
        ends = [patch.get_x() + patch.get_width() for patch in axes.patches]
        assert max(ends) == pytest.approx(decimal_year(pd.Timestamp("2031-12-01")))
        assert max(ends) < axes.get_xlim()[1]
    assert max(patch.get_x() for patch in measures.neighbours_chart(more).figure.axes[0].patches) > 2030
    labels = [text.get_text() for text in measures.heat_chart(more).figure.axes[0].get_yticklabels()]
    assert "2031" in labels


def test_the_families_are_those_of_the_chapter(data):
    editions = campaigns.families(data)
    assert set(editions["family"]) == set(campaigns.FAMILIES)
    assert not editions["measure_id"].str.contains("net-sword").any()
    assert campaigns.at_once(editions).max() == len(campaigns.FAMILIES)  # the prose says that each held one
    chart = measures.campaigns_chart(data)
    assert len(chart.figure.axes[0].patches) == len(editions)
    for year in editions["year"]:
        assert str(year) in chart.alt


def test_the_neighbours_chart_draws_its_counts(data):
    counts = measure_dates.began_by_year(data)
    chart = measures.neighbours_chart(data)
    heights = [patch.get_height() for patch in chart.figure.axes[0].patches]
    assert heights == [*counts["accompanied"], *counts["alone"]]
    assert chart.title.startswith(f"{counts['alone'].sum()} of {counts.to_numpy().sum()}")


def test_the_heat_map_prints_every_count(data):
    chart = measures.heat_chart(data)
    for axes, place in zip(chart.figure.axes, together.HEATED, strict=True):
        table = measure_dates.instrument_years(data, place)
        printed = sorted(int(text.get_text()) for text in axes.texts if text.get_text())
        assert printed == sorted(table.to_numpy()[table.to_numpy() > 0])
    frame = measure_dates.dated(data)
    china = frame[frame["place"] == "CN"]
    assert measure_dates.instrument_years(data, "CN").to_numpy().sum() == china["instruments"].map(len).sum()


def test_the_first_look_only_shrinks_and_draws_its_steps(data):
    chart = measures.first_look_chart(data)
    for axes, counts in zip(chart.figure.axes, first_look.steps(data), strict=True):
        assert [patch.get_width() for patch in axes.patches] == list(counts)
        assert counts.is_monotonic_decreasing
        assert all(f"{name} {count}" in chart.alt for name, count in counts.items())


def test_the_hypotheses_are_drawn_by_direction(data):
    counts = together.by_strand(data)
    directions = list(together.DIRECTIONS)
    assert counts[directions].to_numpy().sum() == len(data.hypotheses)
    assert counts["claimed"].sum() == (data.hypotheses["claim_source"] != "").sum()
    widths = [patch.get_width() for patch in measures.hypotheses_chart(data).figure.axes[0].patches]
    assert widths == [value for name in directions for value in counts[name]]
    with pytest.raises(InputError, match="register hypotheses"):
        together.by_strand(dataclasses.replace(data, hypotheses=data.hypotheses.iloc[:0]))


def test_rivals_share_an_instrument_and_the_charts_bars_count_them(data):
    frame = first_look.rivals(data)
    assert len(frame) == len(data.hypotheses)
    words = data.measures.set_index("measure_id")["instrument"].str.split(";").map(set)
    for row in frame.to_dict("records"):
        assert row["measure_id"] not in row["rivals"]
        assert all(words[other] & set(row["instruments"]) for other in row["rivals"])
    numbers, counts = together.by_number(frame), first_look.rivals_by_instrument(frame)
    assert numbers.sum() == len(frame)
    assert numbers["none"] == (frame["rivals"].map(len) == 0).sum()
    assert counts.to_numpy().sum() == frame["instruments"].map(len).sum()
    top, bottom = measures.rivals_chart(data).figure.axes
    assert [patch.get_width() for patch in top.patches] == list(numbers)
    assert [patch.get_width() for patch in bottom.patches] == [*counts["shared"], *counts["alone"]]


def test_the_sentences_on_rivals_hold(data):
    """None of China's measures stands alone, and pressure by trade partners never does."""
    frame = first_look.rivals(data)
    alone = frame[frame["rivals"].map(len) == 0]
    places = data.measures.set_index("measure_id")["jurisdiction"].astype(str)
    assert set(places[alone["measure_id"]]) == {"US", "EU", "AT", "ZZ"}
    kinds = data.measures.set_index("measure_id")["kind"].astype(str)
    agreed = alone[kinds[alone["measure_id"]].to_numpy() == "agreement"]
    assert "trade_pressure" not in set(kinds[alone["measure_id"]])
    assert {"b2-int-2020-07-01-upu-self-declared", "b2-eu-cn-2018-action-plan"} <= set(agreed["measure_id"])


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
    assert words["alone"] == str((measure_dates.neighbours(data)["neighbours"] == 0).sum())
    assert int(words["expect_more"]) + int(words["expect_less"]) + int(words["expect_either"]) == int(
        words["hypotheses"]
    )
    assert all(word.strip() for word in words.values())
