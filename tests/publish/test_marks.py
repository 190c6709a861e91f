"""The gestures draw what the frame holds, make room for their words, and type no end of an axis."""

import datetime as dt

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.guard import faults
from analysis.publish.marks import (
    at_ends,
    draw_bars,
    draw_rows,
    draw_stacks,
    lift_apart,
    make_room,
    panels,
    rows_figure,
    told,
)
from analysis.publish.marks_grid import draw_grid, draw_spread, grid_legend
from analysis.publish.marks_time import calendar_axis, draw_levels, draw_windows, years_axis
from analysis.readings.windows import decimal_year

ROWS = pd.DataFrame(
    {
        "label": ["first", "second"],
        "value": [3.0, 40.0],
        "low": [2.0, 30.0],
        "high": [4.0, 50.0],
        "note": ["3 of 100", "a note that needs room beyond the interval"],
    }
)


def test_rows_are_told_from_the_frame_that_is_drawn():
    assert told(ROWS, "{label}: {low:g} to {high:g}") == "first: 2 to 4; second: 30 to 50"
    assert told(ROWS, lambda row: f"{row['label']}\n{row['value']:g}") == "first 3; second 40"


@pytest.mark.parametrize("log", [False, True])
def test_rows_make_room_for_their_notes(log):
    figure = rows_figure(ROWS, axis="percent", zero=not log, log=log)
    assert faults(figure) == []
    axes = figure.axes[0]
    inside = axes.transAxes.inverted()
    assert all(inside.transform(text.get_window_extent().get_points())[1, 0] <= 1 for text in axes.texts)
    assert axes.get_ylim()[0] > axes.get_ylim()[1]  # the first row is on top


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=6), st.text("abcdefgh ", min_size=1, max_size=40))
def test_no_row_is_ever_cut(values, words):
    rows = pd.DataFrame({"label": [f"row {place}" for place in range(len(values))], "value": values})
    figure = rows_figure(
        rows.assign(low=rows["value"] * 0.5, high=rows["value"] * 2, note=words), axis="items"
    )
    assert [one for one in faults(figure) if "outside" in one] == []


def test_a_figure_with_room_is_left_alone():
    figure, axes = style.subplots()
    axes.plot([0, 10], [0, 1])
    axes.annotate("x", (5, 0.5))
    before = axes.get_xlim()
    make_room(axes)
    assert axes.get_xlim() == before
    plt.close(figure)


def test_names_at_the_ends_of_lines_are_pushed_apart_in_their_order():
    figure, axes = style.subplots()
    ends = pd.DataFrame(
        {"x": 9, "y": [5.0, 5.1, 5.2], "label": ["low", "middle", "high"], "colour": style.INK}
    )
    for height in (0.0, 10.0):
        axes.plot([0, 9], [height, height])
    at_ends(axes, ends.iloc[::-1])
    make_room(axes)
    assert faults(figure) == []
    heights = {text.get_text(): text.get_window_extent().y0 for text in axes.texts}
    assert sorted(heights, key=heights.__getitem__) == ["low", "middle", "high"]
    plt.close(figure)


def test_words_above_close_marks_are_lifted_and_those_that_stand_free_are_not():
    figure, axes = style.subplots()
    for x in (0.0, 0.1, 9.0):
        axes.plot(x, 1, "o")
        axes.annotate("12,345", (x, 1), (0, 6), textcoords="offset points", ha="center")
    assert faults(figure) != []
    lift_apart(axes)
    assert faults(figure) == []
    first, second, free = (text.xyann[1] for text in axes.texts)
    assert first == free == 6 < second
    plt.close(figure)


def test_only_what_is_meant_for_the_legend_stands_in_it():
    figure, axes = style.subplots()
    draw_rows(axes, ROWS.assign(name=["no entry", "none"], legend=["shares", None]))
    assert axes.get_legend_handles_labels()[1] == ["shares"]
    plt.close(figure)


def test_bars_carry_their_counts():
    figure, axes = style.subplots()
    draw_bars(axes, pd.Series({"news": 1200, "law": 7}))
    assert [bar.get_width() for bar in axes.patches] == [1200, 7]
    assert [text.get_text() for text in axes.texts] == ["1,200", "7"]
    assert faults(style.finish(figure)) == []


def test_stacks_add_up_to_their_totals():
    parts = pd.DataFrame({"a": [1, 2], "b": [3, 5]}, index=["x", "y"])
    figure, axes = style.subplots()
    draw_stacks(axes, parts)
    assert [text.get_text() for text in axes.texts] == ["4", "7"]
    ends = [bar.get_x() + bar.get_width() for bar in axes.patches]
    assert ends == [1, 2, 4, 7]
    with pytest.raises(InputError, match="2 parts need as many colours; 1 are given"):
        draw_stacks(axes, parts, colours=(style.INK,))
    plt.close(figure)


def test_panels_leave_no_blank_frame():
    figure, axes = panels(["one", "two", "three"])
    assert len(axes) == 3
    assert len(figure.axes) == 3
    plt.close(figure)


def test_decimal_years_run_from_new_year_to_new_year():
    assert decimal_year(pd.Timestamp("2020-01-01")) == 2020
    assert decimal_year(dt.date(2019, 7, 2)) == pytest.approx(2019 + 182 / 365)
    assert decimal_year(pd.Timestamp("2020-07-01")) == pytest.approx(2020 + 182 / 366)


def test_windows_and_their_axis_come_from_the_dates():
    rows = pd.DataFrame({"start": pd.to_datetime(["2020-01-01"]), "end": pd.to_datetime(["2020-12-31"])})
    figure, axes = style.subplots()
    draw_windows(axes, rows)
    (bar,) = axes.patches
    assert (bar.get_x(), bar.get_width()) == (2020, 1)  # both days inside
    calendar_axis(axes, rows["start"][0], rows["end"][0])
    assert axes.get_xlim()[0] < 2020 < 2021 < axes.get_xlim()[1]
    assert next(iter(axes.get_xticklabels())).get_text() == "Jan 2020"
    draw_levels(axes, rows.assign(low=1.0, high=4.0))
    assert axes.lines[-1].get_ydata()[0] == 2  # the middle of a rate is geometric
    plt.close(figure)


@given(st.integers(1990, 2020), st.integers(0, 30))
@settings(max_examples=25, deadline=None)
def test_every_year_lies_inside_its_axis(first, length):
    figure, axes = style.subplots()
    years_axis(axes, range(first, first + length + 1))
    low, high = axes.get_xlim()
    assert low < first
    assert high > first + length
    assert str(first + length) in [
        text.get_text() for text in axes.get_xticklabels()
    ]  # the last year is labelled
    plt.close(figure)


def test_grids_show_codes_in_their_colours():
    figure, axes = style.subplots()
    draw_grid(
        axes,
        pd.DataFrame([[0, 1], [1, np.nan]], index=["a", "b"], columns=[2020, 2021]),
        colours=["#ffffff", "#0072b2"],
    )
    grid_legend(axes, {"none": "#ffffff", "one": "#0072b2"})
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["none", "one"]
    assert faults(style.finish(figure)) == []


@pytest.mark.parametrize("kind", ["strip", "ecdf"])
def test_spreads_are_drawn_the_same_each_time(kind):
    frame = pd.DataFrame({"value": [1.0, 10.0, 100.0, 1000.0], "kind": ["a", "a", "b", "b"]})

    def points():
        figure, axes = style.subplots()
        draw_spread(
            axes, frame, x="value", y="kind" if kind == "strip" else None, by="kind", kind=kind, log=True
        )
        plt.close(figure)
        return (
            [one.get_offsets().tolist() for one in axes.collections] if kind == "strip" else len(axes.lines)
        )

    state = np.random.get_state()[1].tolist()
    assert points() == points()
    assert np.random.get_state()[1].tolist() == state  # nobody else's draws move


def test_a_spread_needs_a_column_with_values():
    figure, axes = style.subplots()
    with pytest.raises(InputError, match="there is no column 'worth'; choose of: value"):
        draw_spread(axes, pd.DataFrame({"value": [1.0]}), x="worth")
    with pytest.raises(InputError, match="column 'value' holds no value"):
        draw_spread(axes, pd.DataFrame({"value": [np.nan]}), x="value")
    plt.close(figure)


WORDS = ("text", "ink", "link", "accent", "heading", "muted")  # roles of small letters (WCAG 2.2, 1.4.3)


def _luminance(colour):
    """Relative luminance (WCAG 2.2) of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_every_role_is_legible_on_its_ground(ground):
    roles = style.roles(ground)
    paper = _luminance(roles["paper"])
    for name in set(roles) - {"paper", "pale"}:
        one, other = sorted((_luminance(roles[name]), paper))
        least = 4.5 if name in WORDS else 2.7 if name == "rest" else 3
        assert (other + 0.05) / (one + 0.05) >= least, name
