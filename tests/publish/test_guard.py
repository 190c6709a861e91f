"""A figure that cuts a mark, loses a label or speaks of what is not drawn is refused, with its name."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, Source, _years
from analysis.publish.guard import faults
from analysis.publish.marks import cut


def figure(draw=None):
    found, axes = style.subplots(size=(5.8, 3))
    axes.plot([2020, 2021, 2022], [1, 3, 2], "o", color=style.PRINT)
    if draw:
        draw(axes)
    plt.close(found)
    return found


def chart(found, **words):
    told = {"title": "Cases rise", "alt": "Dots.", "note": "Cases a year.", "source": "Source: none."}
    return Chart("a-figure", found, **(told | {"measure": "Cases a year"} | words))


def test_a_sound_figure_passes():
    assert faults(figure(), title="Cases rise", note="Blue dots: cases a year.") == []
    assert chart(figure()).name == "a-figure"


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda axes: axes.set_xlim(2019.5, 2021.5), "a mark at x 2022, y 2 lies outside its axes"),
        (lambda axes: axes.set_ylim(0, 2.5), "a mark at x 2021, y 3 lies outside"),
        (lambda axes: (axes.vlines([2021], 1, 9), axes.set_ylim(0, 4)), "a mark at x 2021, y 9 lies outside"),
        (lambda axes: (axes.barh([2], [30], left=[2020]), axes.set_xlim(2019, 2023)), "lies outside"),
        (lambda axes: (axes.scatter([2030], [1]), axes.set_xlim(2019, 2023)), "a mark at x 2030, y 1 lies outside"),
        (lambda axes: axes.text(2022, 2, "long words " * 9, in_layout=False), "outside the figure"),
        (lambda axes: (axes.text(2021, 2, "one"), axes.text(2021, 2, "another")), "'one' and 'another' overlap"),
        (lambda axes: axes.text(2021, 2, "tiny", fontsize=6), "6.0 points high on paper"),
    ],
)  # fmt: skip
def test_each_fault_is_named(draw, says):
    with pytest.raises(InputError, match=r"^Figure 'a-figure': ") as raised:
        chart(figure(draw))
    assert says in str(raised.value)


def test_letters_of_a_wide_figure_are_measured_at_print_size():
    wide, axes = style.subplots(size=(11.6, 3))
    axes.plot([1, 2], [1, 2], "o")
    axes.tick_params(labelsize=13)
    plt.close(wide)
    assert any("6.5 points high" in one for one in faults(wide))  # 13 x 5.8 / 11.6
    axes.tick_params(labelsize=14)
    assert faults(wide) == []


def test_a_colour_that_is_not_drawn_may_not_be_named():
    assert faults(figure(), note="Orange marks: rivals.") == [
        "the note speaks of orange, and nothing in the figure is drawn orange"
    ]
    both = figure(lambda axes: axes.plot([2021], [2], "s", color=style.RIVAL))
    assert faults(both, note="Orange marks: rivals; blue: prints.") == []


def test_a_title_claims_something_unless_it_is_a_label():
    with pytest.raises(InputError, match="has no verb"):
        chart(figure(), title="Cases by year")
    assert Chart(
        "a-figure", figure(), "Cases by year", "Dots.", "Cases.", "Source.", claims=False, measure="Cases"
    )


def test_what_ends_at_the_frame_on_purpose_may():
    def draw(axes):
        cut(*axes.plot([2021, 2021], [1, 9], color=style.PRINT))
        axes.set_ylim(0, 4)

    assert faults(figure(draw)) == []


def test_ticks_beyond_the_axis_are_no_labels():
    def draw(axes):
        axes.set_xticks([1900, 2020, 2022], ["words of a tick that nobody draws" * 3, "2020", "2022"])
        axes.set_xlim(2019, 2023)

    assert faults(figure(draw)) == []


@pytest.mark.parametrize("measure", ["", " ", "cases a year of " * 5])
def test_what_is_measured_is_said_in_a_line(measure):
    with pytest.raises(InputError, match="its measure needs one to 18 words"):
        chart(figure(), measure=measure)


def test_a_measure_gets_the_years_of_its_rows():
    def told(years, measure="Cases a year"):
        return chart(figure(), measure=measure, source=Source.of("Source: two.", [], years=years)).subtitle

    assert told((2013, 2024)) == "Cases a year, 2013 to 2024"
    assert told((2020, 2020)) == "Cases a year, 2020"
    assert told(None) == "Cases a year"
    assert told((2013, 2024), "Cases a day in 2020") == "Cases a day in 2020"
    assert chart(figure()).subtitle == "Cases a year"


def test_a_fiscal_year_is_named_by_its_end_and_a_long_window_by_both():
    windows = pd.DataFrame(
        {
            "window_start": pd.to_datetime(["2009-10-01", "2006-01-01", None]),
            "window_end": pd.to_datetime(["2010-09-30", "2008-12-31", None]),
            "published": ["2011-02-01", "undated", "2012-05"],
        }
    )
    assert _years(windows) == (2006, 2012)
    assert _years(windows.iloc[:1]) == (2010, 2010)
    assert _years(windows.iloc[:0]) is None
