"""The chapter of every series leaves none out, and draws and tells what the reconstruction holds."""

import dataclasses

import pandas as pd
import pytest
from matplotlib.collections import PolyCollection

from analysis.errors import InputError
from analysis.publish.bands import band
from analysis.publish.pages import every_series
from analysis.publish.pages.every_series import MOST, drawable, facts
from analysis.series import single_series


def test_every_series_is_drawn_or_told_why_not(data):
    drawn = {name for group in data.series["group"].unique() for name in drawable(data, group)}
    told, reasons = facts(data)
    assert drawn | set(reasons) == set(single_series(data))
    assert set(told.index[told["years estimated"] > 0]) <= drawn
    text = repr(every_series.left_out_table(data))
    for name in reasons:
        assert name in text


def test_a_strand_is_split_into_figures_of_few_panels(data):
    charts = list(every_series.charts(data, "police"))
    names = drawable(data, "police")
    shown = [axes for chart in charts for axes in chart.figure.axes if axes.get_visible()]
    assert len(shown) == len(names)
    assert all(sum(axes.get_visible() for axes in chart.figure.axes) <= MOST for chart in charts)
    for axes, name in zip(shown, names, strict=True):
        boxes = [len(one.get_paths()) for one in axes.collections if isinstance(one, PolyCollection)]
        assert sum(boxes) == len(band(data, name)), name
    assert len({chart.name for chart in charts}) == len(charts)
    alt = " ".join(chart.alt for chart in charts)
    titles = data.series.set_index("series_id")["title"]
    assert all(titles[name] in alt for name in names)
    sizes = [label.get_fontsize() for axes in shown for label in (*axes.get_xticklabels(), axes.title)]
    assert min(sizes) >= 8.5


def test_a_later_print_is_inside_its_panel(data):
    last = data.readings[data.readings["reading_id"] == "police-0059"]
    days = {"window_start": pd.Timestamp(2026, 1, 1), "window_end": pd.Timestamp(2026, 12, 31)}
    later = last.assign(reading_id="scratch-0001", value=31_000.0, **days)
    readings = pd.concat([data.readings, later], ignore_index=True).astype(data.readings.dtypes)
    grown = dataclasses.replace(data, readings=readings)
    axes = every_series._chart(grown, "police", ["mps-cases-solved"], 1, 1).figure.axes[0]
    dots = {tuple(point) for line in axes.lines if line.get_marker() == "o" for point in line.get_xydata()}
    assert (2026, 31_000) in dots
    assert axes.get_xlim()[1] > 2026
    assert axes.get_ylim()[1] > 31_000


def test_an_unknown_strand_is_a_sentence(data):
    with pytest.raises(InputError, match="no strand 'moon'"):
        list(every_series.charts(data, "moon"))


def test_the_words_agree_with_the_bands(data):
    told, _ = facts(data)
    said = every_series.words(data)
    years = sum(len(band(data, name)) for name in told.index)
    assert said["years"] == f"{years:,}"
    assert int(said["made"].replace(",", "")) + int(said["left_out"]) == len(single_series(data))
    one = told.loc["mps-cases-solved"]
    assert one["nobody published"] == (~band(data, "mps-cases-solved")["printed"].astype(bool)).sum()
    assert one["well informed"] <= one["years estimated"]
