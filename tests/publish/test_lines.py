"""A yearly series is drawn without hiding gaps, breaks or rival prints."""

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.lines import break_notes, draw_series, first_year, runs
from analysis.series import breaks_of, yearly


@pytest.mark.parametrize(
    ("day", "fiscal", "year"),
    [
        ("2017-01-01", False, 2017),
        ("2016-04-01", False, 2017),
        ("2011-10-01", True, 2012),
        ("2011-11-01", True, 2013),
        ("2011-01-01", True, 2012),
    ],
)
def test_the_first_year_of_a_new_counting_begins_on_its_day_or_later(day, fiscal, year):
    assert first_year(pd.Timestamp(day), fiscal=fiscal) == year


def drawn_lines(axes):
    return [sorted(line.get_xdata()) for line in axes.lines if line.get_linestyle() == "-"]


def test_no_line_crosses_a_break_or_a_gap(data):
    for series_id in (
        "spc-criminal-concluded",
        "us-seizures",
        "gacc-batches",
        "jp-cases",
        "mps-cases-solved",
    ):
        figure, axes = style.subplots()
        drawn = draw_series(axes, data, series_id, color=style.BLUE)
        style.finish(figure)
        cuts = {
            first_year(day, fiscal=drawn.series.definition.fiscal)
            for day in breaks_of(data, series_id)["date"]
        }
        for years in drawn_lines(axes):
            assert list(years) == list(range(int(years[0]), int(years[0]) + len(years)))  # no gap
            assert not cuts & set(years[1:])  # no break
        everything = sorted(year for years in drawn_lines(axes) for year in years)
        assert everything == list(drawn.series.table["year"])


def test_the_courts_break_of_2017_is_drawn_and_told(data):
    figure, axes = style.subplots()
    drawn = draw_series(axes, data, "spc-criminal-concluded", color=style.BLUE)
    style.finish(figure)
    upright = [line for line in axes.lines if line.get_linestyle() == ":"]
    assert 2016.5 in {line.get_xdata()[0] for line in upright}
    assert "2017: To 2016 the courts count fake-goods" in break_notes([drawn, drawn])
    assert break_notes([drawn, drawn]).count("2017:") == 1


def test_rival_prints_are_hollow_and_intervals_are_bars(data):
    figure, axes = style.subplots()
    drawn = draw_series(axes, data, "mps-value", color=style.BLUE, scale=1e9)
    style.finish(figure)
    hollow = [line for line in axes.lines if line.get_markerfacecolor() == "white"]
    assert {round(y, 1) for line in hollow for y in line.get_ydata()} == set(
        (drawn.series.competing["value"] / 1e9).round(1)
    )
    bars = [segment for collection in axes.collections for segment in collection.get_segments()]
    assert len(bars) == len(drawn.series.table)
    assert "rival print" in drawn.alt


def test_a_series_without_breaks_has_no_note(data):
    quiet = next(s for s in data.series["series_id"] if breaks_of(data, s).empty and s.startswith("kr-"))
    figure, axes = style.subplots()
    assert break_notes([draw_series(axes, data, quiet, color=style.BLUE)]) == ""
    style.finish(figure)


def test_runs_keep_every_year_once(data):
    found = yearly(data, "eu-border-items")
    together = pd.concat(runs(found, breaks_of(data, "eu-border-items")))
    assert list(together["year"]) == list(found.table["year"])


def test_an_unknown_series_is_a_sentence(data):
    figure, axes = style.subplots()
    with pytest.raises(InputError, match="no series 'nothing-at-all'"):
        draw_series(axes, data, "nothing-at-all", color=style.BLUE)
    style.finish(figure)
