"""The chapter's figures draw what the models found, and its words follow the data."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import InputError
from analysis.models import trend
from analysis.publish.pages import what_comes_next
from analysis.publish.pages.what_comes_next import forecasts, looks, past, trends
from analysis.publish.words import capital, counted
from analysis.scrutiny import forecast_record, growth, headlines
from analysis.scrutiny.forecasts import COLUMNS
from analysis.scrutiny.measure_dates import dated
from analysis.series import printed_years


def points(axes, marker=None):
    lines = [line for line in axes.lines if line.get_linestyle() == "None"]
    return [line for line in lines if marker is None or line.get_marker() == marker]


def bars(axes):
    """The ends of all bars, as pairs; lines of reference have no alpha."""
    rows = [line.get_xydata() for line in axes.lines if line.get_linestyle() == "-" and line.get_alpha()]
    return rows + [segment for group in axes.collections for segment in group.get_segments()]


@pytest.fixture(scope="module")
def recorded(data):
    """The dataset as after a release: its forecasts on record, one changed so that it can be recognised."""
    rows = forecast_record.on_record(data).copy()
    at = (rows["series_id"] == "jp-items") & (rows["chosen"] == "yes")
    rows.loc[at, "estimate"] = rows.loc[at, "lower"]
    return replace(data, forecasts=rows)


def test_every_trend_is_a_mark_with_its_interval(data):
    chart = what_comes_next.growth_chart(data)
    axes = chart.figure.axes[0]
    rates = looks.rates(data)
    drawn = np.concatenate([line.get_xdata() for line in points(axes)])
    assert np.sort(drawn) == pytest.approx(np.sort([one.trend.slope for one in rates]))
    ends = sorted((segment[0][0], segment[1][0]) for segment in bars(axes))
    wanted = sorted((one.trend.slope_lower, one.trend.slope_upper) for one in rates)
    assert np.array(ends) == pytest.approx(np.array(wanted))
    for one in rates:
        assert looks.span(one.trend.lower, one.trend.upper) in chart.alt
    names = {label.get_text() for label in axes.get_yticklabels()}
    assert "police: cases solved †" in names  # the ministry was reorganised in 2019
    assert "people prosecuted" in names


def test_the_title_counts_trends_that_are_told_from_none(data):
    rates = looks.rates(data)
    counts = [one for one in rates if one.per == growth.COUNT]
    away = sum(one.trend.lower > 0 or one.trend.upper < 0 for one in counts)
    expected = f"{capital(counted(away))} of {len(counts)} counts"
    assert what_comes_next.growth_chart(data).title.startswith(expected)


def test_a_doubling_that_is_not_certain_has_no_number():
    years = np.arange(2005, 2025)
    wander = np.cumsum(np.random.default_rng(1).normal(0, 0.4, 20))
    said = trends.doubling(trend(np.exp(wander), years, breaks=False))
    assert said.startswith("not certain")
    steady = np.log(2) / 4 * np.arange(20) + np.random.default_rng(2).normal(0, 0.05, 20)
    assert trends.doubling(trend(np.exp(steady), years, breaks=False)).startswith("doubles in 4.0 years (")
    assert trends.doubling(trend(np.exp(-steady), years, breaks=False)).startswith("halves in 4.0 years (")


def test_breaks_are_drawn_where_they_were_found(data):
    table = trends.found_breaks(data)
    chart = what_comes_next.breaks_chart(data)
    rows = chart.figure.axes[0]
    diamonds = [float(line.get_xdata()[0]) for line in points(rows, "D")]
    assert sorted(diamonds) == sorted(table["period"])
    series = looks.searched(data)
    dots = points(rows, "o")
    assert [tuple(line.get_xdata()) for line in dots] == [one.years for one in series]
    shown = [text.get_text() for text in rows.texts]
    assert shown[: len(series)] == [f"{one.p:.2f}" for one in series]
    spans = [tuple(segment[:, 0]) for segment in bars(rows) if segment[0][1] == segment[1][1]]
    assert set(spans) == set(zip(table["lower"], table["upper"], strict=True))


def test_measures_are_those_of_the_country_and_the_years(data):
    near = growth.measures_between(data, dated(data), "gacc-items", 2015, 2020)
    assert near["jurisdiction"].astype(str).str.startswith("CN").all()
    assert near["year"].between(2015, 2020).all()


def test_what_happened_and_what_may_be_projected_are_two_answers(data):
    table = headlines(data)
    shown = what_comes_next.happened_table(data)._repr_html_()
    assert shown.count("<tr>") == len(table) + 1
    assert shown.count(">yes</td>") == int(table["exceeds"].sum())
    said = what_comes_next.words(data)
    assert said["headlines"] == str(len(table))
    assert said["known"] == str(((table["lower"] > 1) | (table["upper"] < 1)).sum())


def test_without_a_break_the_title_says_so(data, monkeypatch):
    none = tuple(replace(one, trend=replace(one.trend, breaks=None)) for one in looks.searched(data))
    monkeypatch.setattr(trends, "searched", lambda _: none)
    chart = what_comes_next.breaks_chart(data)
    assert chart.title.startswith("None of")
    assert not points(chart.figure.axes[0], "D")


def test_the_forecasts_drawn_are_those_on_record(data, recorded):
    for dataset in (data, recorded):
        chart = what_comes_next.ahead_chart(dataset)
        for axes, (series_id, (_, scale, _)) in zip(chart.figure.axes, forecasts.SHOWN.items(), strict=True):
            rows = forecast_record.chosen(dataset, series_id)
            diamonds = points(axes, "D")[0]
            assert diamonds.get_xdata().tolist() == rows["period"].tolist()
            assert diamonds.get_ydata() == pytest.approx(rows["estimate"] / scale)
            ends = [(segment[0][1], segment[1][1]) for segment in bars(axes)]
            assert np.array(ends) == pytest.approx(rows[["lower", "upper"]].to_numpy(dtype=float) / scale)
            table = printed_years(dataset, series_id).table
            years = np.concatenate([line.get_xdata() for line in axes.lines if line.get_marker() == "o"])
            assert sorted(years) == sorted(table.loc[table["year"] >= forecasts.FROM, "year"])


def test_forecasts_on_record_are_not_made_again(recorded):
    rows = forecast_record.chosen(recorded, "jp-items")
    assert (rows["estimate"] == rows["lower"]).all()


def test_a_series_without_a_forecast_is_refused(data):
    with pytest.raises(InputError, match="no forecast of 'mps-cases-solved'"):
        forecast_record.chosen(data, "mps-cases-solved")
    with pytest.raises(InputError, match="no series 'mps-nothing'"):
        looks.title(data, "mps-nothing")


def test_the_record_is_drawn_as_pooled(data):
    frame = forecast_record.pooled(data)
    chart = what_comes_next.record_chart(data)
    for axes, column in zip(chart.figure.axes, forecasts.PANELS, strict=True):
        rows = frame[frame["method"] != "naive"] if column == "beats_naive" else frame
        share = 100 if column in ("coverage", "beats_naive") else 1
        drawn = np.concatenate([line.get_xdata() for line in points(axes)])
        assert np.sort(drawn) == pytest.approx(np.sort(share * rows[column]))
        low, high = axes.get_xlim()
        assert low <= drawn.min()
        assert drawn.max() <= high
    for value in frame["mase"]:
        assert f"{value:.2f}" in chart.alt


def test_the_title_of_the_record_follows_the_scores():
    frame = pd.DataFrame(
        {
            "method": ["naive", "naive", "drift", "drift"],
            "horizon": [1, 2, 1, 2],
            "mase": [1.0, 2.0, 1.1, 2.1],
            "interval_score": [1.0, 2.0, 1.1, 1.8],
        }
    )
    assert "no method comes nearer" in forecasts.record_title(frame)
    assert "drift two years ahead, by 10%" in forecasts.sharper(forecast_record.rivals(frame))
    assert "one of 2 contests" in forecasts.record_title(frame.assign(mase=[1.0, 2.0, 0.9, 2.1]))
    assert forecasts.sharper(forecast_record.rivals(frame.assign(interval_score=1.0))).startswith("none has")


def test_the_words_count_what_the_tables_hold(data):
    said = what_comes_next.words(data)
    assert all(text.strip() for text in said.values())
    rows = forecast_record.on_record(data)
    assert said["n_rows"] == f"{len(rows):,}"
    chosen = rows[rows["chosen"] == "yes"].groupby("series_id")["method"].first()
    assert said["n_forecast"] == str(len(chosen))
    assert said["n_naive"] == str((chosen == "naive").sum())
    frame = forecast_record.pooled(data)
    assert said["n_scored"] == str(frame.loc[frame["method"] == "naive", "n"].sum())
    assert f"for {len(chosen)} series" in repr(what_comes_next.ahead_table(data))


def test_what_begins_or_is_forecast_later_is_inside_the_axes(data, recorded):
    later = recorded.forecasts.assign(period=recorded.forecasts["period"].astype(int) + 4)
    last = later["period"].max()
    for axes in what_comes_next.ahead_chart(replace(data, forecasts=later)).figure.axes:
        assert axes.get_xlim()[1] > max(points(axes, "D")[0].get_xdata()) >= last - 2
    measure = data.measures[data.measures["jurisdiction"].astype(str) == "CN"].iloc[:1]
    measure = measure.assign(measure_id="scratch", announced="2029-05-01", effective="2029-06-01")
    grown = replace(data, measures=pd.concat([data.measures, measure], ignore_index=True))
    below = what_comes_next.breaks_chart(grown).figure.axes[1]
    bar = max(below.patches, key=lambda one: one.get_x())
    assert bar.get_height() == 1
    assert below.get_xlim()[0] < 2029 < bar.get_x() + bar.get_width() < below.get_xlim()[1]


def test_earlier_forecasts_are_scored_once_their_year_is_printed(data):
    table = printed_years(data, "jp-cases").table
    year, actual = int(table["year"].max()), float(table["value"].iloc[-1])
    row = {"forecast_id": "x", "version": "0.0.1", "series_id": "jp-cases", "period": year, "method": "naive"}
    row |= {"chosen": "yes", "estimate": actual, "lower": actual / 2, "upper": actual * 2, "level": 0.8}
    frame = pd.DataFrame([row | {"made_on": pd.Timestamp("2020-01-01")}])[list(COLUMNS)]
    said = past.past_sentence(replace(data, forecasts=frame))
    assert "one year of 1 series" in said
    assert "held one of them" in said
    later = replace(data, forecasts=frame.assign(period=2090))
    assert "none of those years has been published" in past.past_sentence(later)
    assert "nothing to score" in past.past_sentence(replace(data, forecasts=frame.iloc[:0]))


def test_growth_in_words():
    assert looks.span(-0.031, 0.5) == "−3% to +50%"
    assert looks.percent(0.009) == "+0.9%"
    assert looks.in_sentence("IP civil cases") == "IP civil cases"
    assert looks.in_sentence("Items detained") == "items detained"
