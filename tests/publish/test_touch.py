"""The marks of a figure: where they lie, what they say, where they lead."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.lines import draw_series
from analysis.publish.mark import Mark, frame_of, placed
from analysis.publish.marks import draw_bars, draw_rows, draw_stacks, row_axis
from analysis.publish.marks_grid import draw_grid, grid_legend
from analysis.publish.marks_time import calendar_axis, draw_windows, years_axis
from analysis.publish.numbers import tell as tell_number
from analysis.publish.touch import lead, lead_names, lead_panel, marks, reference, tell
from analysis.publish.words import window


def of(axes: Axes) -> list[Mark]:
    figure = axes.get_figure(root=True)
    figure.draw_without_rendering()
    plt.close(figure)
    return marks(figure)


def test_rows_say_their_name_value_and_interval():
    _, axes = style.subplots()
    rows = pd.DataFrame({"value": [2.0, 11000.0], "low": [1.5, 11000.0], "high": [3.0, 12000.0]})
    draw_rows(axes, rows)
    row_axis(axes, ["Tokyo", "Osaka"])
    axes.set_xlabel("cases")
    assert [one.words for one in of(axes)] == [
        "Tokyo: 2 (1.5 to 3), cases", "Osaka: 11,000 (11,000 to 12,000), cases"
    ]  # fmt: skip


def test_bars_and_stacks_say_their_length_and_their_part():
    _, axes = style.subplots()
    draw_bars(axes, pd.Series({"raids": 1200, "fines": 30}))
    assert [one.words for one in of(axes)] == ["raids: 1,200", "fines: 30"]
    _, axes = style.subplots()
    parts = pd.DataFrame({"online": [1, 2], "offline": [3, 0]}, index=[2019, 2020])
    draw_stacks(axes, parts, upright=True)
    years_axis(axes, parts.index)
    assert [one.words for one in of(axes)] == ["2019: online: 1", "2020: online: 2", "2019: offline: 3"]


def test_cells_say_their_row_column_and_what_is_written():
    _, axes = style.subplots()
    cells = pd.DataFrame([[1.0, np.nan], [2.0, 3.0]], index=["sea", "mail"], columns=["2019", "2020"])
    draw_grid(axes, cells, notes=cells.map("{:g}%".format))
    assert [one.words for one in of(axes)] == ["sea, 2019: 1%", "mail, 2019: 2%", "mail, 2020: 3%"]


def test_windows_say_both_ends():
    _, axes = style.subplots()
    days = {"start": pd.Timestamp("2020-03-01"), "end": pd.Timestamp("2020-11-30"), "place": 0}
    draw_windows(axes, pd.DataFrame([days]))
    axes.set_yticks([0], ["Kunlun"])
    calendar_axis(axes, days["start"], days["end"])
    (one,) = of(axes)
    assert one.words == f"Kunlun: {window(days['start'], days['end'])}"


def test_a_print_says_what_prose_says_and_leads_where_prose_leads(data):
    _, axes = style.subplots()
    drawn = draw_series(axes, data, "us-seizures", color=style.PRINT, banded=False, mark_breaks=False)
    found = {one.words: one for one in of(axes)}
    for name in drawn.series.table["reading_id"]:
        told = tell_number(data, "print", f"{name} | bare")
        assert found[f"{drawn.series.definition.title}: {told.hover}"].address == told.address
    assert len(found) == len(drawn.series.table) + len(drawn.series.competing)


def test_a_mark_lies_where_it_is_drawn_and_inside_the_frame():
    _, axes = plt.subplots(figsize=(4, 2), dpi=200)
    axes.set_position((0, 0, 1, 1))
    axes.set(xlim=(0, 10), ylim=(0, 10))
    axes.plot([5], [5], "o")
    axes.bar([2], [20], width=2)
    bar, dot = of(axes)
    assert np.allclose(dot.box.get_points().mean(axis=0), (144, 72))
    assert np.allclose(bar.box.get_points(), [[28.8, 0], [86.4, 144]])


def test_the_frame_of_marks_holds_numbers_that_a_program_reads():
    _, axes = style.subplots()
    axes.plot([2019, 2020], [11000.0, 0.5], "o")
    axes.set_xlim(2018, 2021)
    frame = frame_of(of(axes))
    assert frame[["x", "y"]].to_numpy().tolist() == [["2019", "11000"], ["2020", "0.5"]]


def test_an_axis_that_only_orders_says_nothing_and_a_percentage_is_a_number():
    _, axes = style.subplots()
    axes.plot([25.0], [3.5], "o")
    axes.set_yticks([])
    axes.set_xticks([0, 50], ["0%", "50%"])
    axes.set_xlabel("percent")
    assert [one.words for one in of(axes)] == ["25, percent"]


def test_a_code_says_what_its_colour_means():
    _, axes = style.subplots()
    colours = {"held": style.PRINT, "missing": style.PALE}
    draw_grid(
        axes, pd.DataFrame([[0, 1]], index=["gdp"], columns=["2019", "2020"]), colours=list(colours.values())
    )
    grid_legend(axes, colours)
    assert [one.words for one in of(axes)] == ["gdp, 2019: held", "gdp, 2020: missing"]


def test_words_are_told_once_a_mark():
    _, axes = plt.subplots()
    (line,) = axes.plot([1, 2], [1, 2], "o")
    with pytest.raises(InputError, match="1 words for 2 marks"):
        tell(line, [("one", "")])
    plt.close("all")


def test_an_upright_says_what_changed_and_is_not_drawn_twice(data):
    _, axes = style.subplots()
    drawn = draw_series(axes, data, "us-seizures", color=style.PRINT, banded=False)
    assert len(drawn.breaks)
    found = [one for one in of(axes) if one.words.startswith("The count changed.")]
    assert " ".join(one.words for one in found).count(": ") >= len(drawn.breaks)
    height = axes.bbox.height * 72 / axes.get_figure(root=True).dpi
    assert all(np.isclose(one.box.height, height) for one in found)


@pytest.mark.parametrize(
    ("row", "leads"),
    [
        ({"reading_id": "adm-0677", "series_id": "us-msrp"}, "adm-0677"),
        ({"reading_id": "", "series_id": "us-msrp"}, "../series/us-msrp.html"),
        ({"series_id": "us-msrp-by-mode/cargo"}, "../series/us-msrp-by-mode.html#cargo"),
        ({"ids": ("adm-0677", "adm-0002")}, "adm-0677"),
        ({"ids": (), "reading_ids": "adm-0002;adm-0001"}, "adm-0002"),
        ({"reading_id": float("nan"), "value": 3}, ""),
        ({"address": "ledger.html#ledger-h", "reading_id": "adm-0677"}, "ledger.html#ledger-h"),
    ],
)
def test_a_row_leads_to_its_address_its_reading_or_its_series(row: dict, leads: str):
    assert reference(row) == leads


def test_a_mark_leads_where_its_row_says_and_keeps_its_words():
    _, axes = style.subplots()
    rows = pd.DataFrame({"value": [2.0, 3.0, 4.0], "reading_id": ["adm-1", "adm-2", None]})
    rows["series_id"] = [None, None, "us-msrp"]
    draw_rows(axes, rows)
    row_axis(axes, ["Tokyo", "Osaka", "Kobe"])
    found = placed(of(axes), {"adm-1": "../sources/s.html#adm-1"})
    assert [(one.words, one.address) for one in found] == [
        ("Tokyo: 2", "../sources/s.html#adm-1"), ("Osaka: 3", ""), ("Kobe: 4", "../series/us-msrp.html")
    ]  # fmt: skip


def test_points_that_are_not_drawn_shift_no_address():
    _, axes = style.subplots()
    (line,) = axes.plot([1, 2, 3], [1.0, np.nan, 3.0], "o")
    lead(line, [{"address": f"x.html#{place}"} for place in "abc"])
    assert [one.address for one in of(axes)] == ["x.html#a", "x.html#c"]
    _, axes = style.subplots()
    dots = axes.scatter([1, 2, 3], [np.nan, 2.0, 3.0])
    lead(dots, [{"address": f"x.html#{place}"} for place in "abc"])
    assert [one.address for one in of(axes)] == ["x.html#b", "x.html#c"]
    with pytest.raises(InputError, match="2 rows for 3 marks"):
        lead(dots, [{}, {}])


def test_a_box_becomes_a_mark_where_a_row_leads_from_it():
    _, axes = style.subplots()
    axes.fill_between([2001, 2003], 1, 2)
    assert of(axes) == []
    _, axes = style.subplots()
    lead(axes.fill_between([2001, 2003], [1, 1], [4, 4]), [{"reading_id": "adm-1"}])
    (mark,) = of(axes)
    assert mark.address == "adm-1"
    assert mark.words


def test_cells_lead_by_the_names_of_their_rows():
    _, axes = style.subplots()
    cells = pd.DataFrame([[1.0, np.nan], [2.0, 3.0]], index=["us-msrp", "mail"], columns=["2019", "2020"])
    draw_grid(axes, cells, leads={"us-msrp": "../series/us-msrp.html"})
    assert [one.address for one in of(axes)] == ["../series/us-msrp.html", "", ""]


def test_a_panel_leads_where_no_row_and_no_name_does():
    _, axes = style.subplots()
    draw_bars(axes, pd.Series({"raids": 1200, "fines": 30, "seizures": 7}))
    lead(axes.patches[0], [{"reading_id": "adm-0001"}])
    lead_names(axes, {"fines": "offenders.html"})
    lead_panel(axes, "ledger.html")
    axes.set_title("What was done")
    found = of(axes)
    assert [one.address for one in found if not one.heading] == ["adm-0001", "offenders.html", "ledger.html"]
    (title,) = [one for one in found if one.heading]
    assert (title.words, title.address) == ("What was done", "ledger.html")
    assert title.box.y0 > max(one.box.y1 for one in found if not one.heading)  # it stands above the bars
    assert len(frame_of(found)) == 3  # and is none of the figure's rows


def test_cells_and_parts_of_bars_lead_by_two_names():
    _, axes = style.subplots()
    cells = pd.DataFrame([[1.0, 2.0]], index=["gdp"], columns=["2019", "2020"])
    draw_grid(axes, cells, leads={"gdp, 2020": "sources.html#source-a", "gdp": "#context-gdp"})
    assert [one.address for one in of(axes)] == ["#context-gdp", "sources.html#source-a"]
    _, axes = style.subplots()
    parts = pd.DataFrame({"alone": [1], "shared": [2]}, index=[2019])
    draw_stacks(axes, parts, upright=True, totals=False)
    lead_names(axes, {"2019, shared": "#measure-a"})
    assert [one.address for one in of(axes)] == ["", "#measure-a"]


def test_a_bar_says_the_unit_of_its_length_and_a_window_that_of_its_level():
    _, axes = style.subplots()
    axes.barh(["raids"], [1200])
    axes.set_xlabel("cases")
    assert [one.words for one in of(axes)] == ["raids: 1,200, cases"]
    _, axes = style.subplots()
    axes.add_patch(Rectangle((2020.0, 3), 0.5, 1))
    calendar_axis(axes, pd.Timestamp(2020, 1, 1), pd.Timestamp(2020, 12, 31))
    axes.set_ylim(0, 10)
    axes.set_ylabel("cases a day")
    assert [one.words for one in of(axes)] == ["3.5: 1 January to 1 July 2020, cases a day"]
