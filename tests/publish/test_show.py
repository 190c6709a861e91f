"""Showing a figure: alt text with it, the same drawing at every run, closed afterwards."""

import re
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.text import Text

from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.show import NOTE_WORDS, folded, rows_as_csv, show, svg

TAKEN = {"svg", "csv"}


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """What a notebook would have received."""
    calls: list[tuple[dict[str, str], dict[str, Any]]] = []

    def display(data: Any, *, metadata: dict[str, Any] | None = None, raw: bool = False) -> None:
        if raw:  # else it is the table below a chart
            calls.append((data, metadata or {}))

    monkeypatch.setattr("IPython.display.display", display)
    return calls


def test_texts_travel_with_the_drawing_and_the_figure_is_closed(shown):
    fig, ax = plt.subplots()
    ax.set_title("more than 11")
    show(fig, alt="A  line\nfrom 1 to 2.", title="It rises", caption="Unit: cases.", name="fig-rise")
    ((data, metadata),) = shown
    assert data["image/svg+xml"].startswith("<svg ")
    assert ">A line from 1 to 2.</desc>" in data["image/svg+xml"]
    assert data["text/plain"] == "It rises\nA line from 1 to 2.\nUnit: cases."
    told = metadata["image/svg+xml"]
    assert {key: told[key] for key in told if key not in TAKEN} == {
        "alt": "A line from 1 to 2.",
        "title": "It rises",
        "caption": "Unit: cases.",
        "name": "fig-rise",
    }
    assert told["svg"].startswith("<svg ")
    assert told["csv"] == "x,y\n"
    assert fig.number not in plt.get_fignums()


def test_only_what_is_given_is_shown(shown):
    fig, _ = plt.subplots()
    show(fig, alt="Empty axes.")
    ((data, metadata),) = shown
    assert data["text/plain"] == "Empty axes."
    assert set(metadata["image/svg+xml"]) == {"alt", *TAKEN}


def test_what_goes_beyond_a_short_note_is_folded_and_stored_whole(shown):
    fig, _ = plt.subplots()
    note = "Dots are prints. " + "Much is said " * 8 + "of it. The rest."
    show(fig, alt="Empty axes.", caption=note, source="Source: one.")
    ((data, metadata),) = shown
    assert metadata["image/svg+xml"]["caption"] == "Dots are prints."
    assert metadata["image/svg+xml"]["more"].endswith("of it. The rest.")
    assert metadata["image/svg+xml"]["source"] == "Source: one."
    assert data["text/plain"] == f"Empty axes.\n{note} Source: one."


def test_letters_that_a_phone_makes_too_small_are_refused(shown):
    fig, ax = style.subplots()
    ax.set_title("eight", fontsize=8)  # of 377 pixels for some 5.15 inches: 8 x 1.06 x 377 / 371 = 8.6
    with pytest.raises(
        InputError, match=r"Figure 'fig-small': its smallest letters are 8\.[5-9] pixels high"
    ):
        show(fig, alt="Empty axes.", name="fig-small")
    assert not shown


@pytest.mark.parametrize(
    ("note", "shown_words"),
    [("", 0), ("A dot is a print.", 5), ("word " * 24 + "end. Next.", 25), ("word " * 25 + "end. Next.", 0)],
)
def test_a_note_is_parted_between_sentences(note, shown_words):
    brief, more = folded(note)
    assert len(brief.split()) == shown_words <= NOTE_WORDS
    assert f"{brief} {more}".split() == note.split()


def test_the_rows_of_a_figure_leave_its_look_behind():
    frame = pd.DataFrame(
        {"value": [0.1 + 0.2, 11000.0], "colour": ["#000000"] * 2}, index=pd.Index(["a", "b"], name="series")
    )
    assert rows_as_csv(frame) == "series,value\na,0.3\nb,11000.0\n"


def test_a_figure_without_alt_text_is_refused(shown):
    fig, _ = plt.subplots()
    with pytest.raises(InputError, match="needs alt text"):
        show(fig, alt="  ")
    plt.close(fig)
    assert shown == []


def test_the_same_figure_gives_the_same_bytes():
    def draw() -> str:
        fig, ax = plt.subplots()
        ax.fill_between([1, 2], [0, 1], [2, 3], hatch="//")
        ax.set_title("cases")
        drawing = svg(fig)
        plt.close(fig)
        return drawing

    first = draw()
    assert draw() == first
    assert "<text" not in first
    assert "dc:date" not in first


def test_a_dollar_in_a_drawing_is_a_dollar():
    """Titles, labels, notes, legends and ticks hold what stands in the tables: a pair of $ is no mathematics."""
    broken, money = r"Cost $\frac{ of cases $", "US$ and HK$"
    figure, axes = style.subplots()
    axes.barh([money, broken], [2, 5], label=broken)
    axes.set_title(broken)
    axes.set_xlabel(money)
    axes.text(2, 0.5, broken)
    axes.annotate(money, (3, 0.5))
    axes.legend(title=money)
    figure.suptitle(money)
    axes.set_xscale("log")
    drawing = svg(figure, outlines=False)
    assert drawing.count(f">{broken}<") == 4
    assert drawing.count(f">{money}<") == 5
    assert "mathdefault" not in drawing
    assert not any(text.get_parse_math() for text in figure.findobj(Text))


@pytest.mark.parametrize(("low", "high"), [(1, 3), (0.5, 40), (10, 1e7), (0.001, 0.01)])
def test_the_numbers_of_a_log_axis_are_text(low, high):
    figure, axes = style.subplots()
    axes.plot([low, high], [low, high])
    axes.set(xscale="log", yscale="log")
    drawing = svg(figure, outlines=False)
    style.finish(figure)
    assert "$" not in drawing
    labels = {text.get_text() for text in axes.get_xticklabels(which="both")} - {""}
    assert labels
    assert all(re.fullmatch(r"[0-9.e-]+(?:k|m|bn)?", label) for label in labels)


def test_a_chart_keeps_its_source_out_of_the_fold(shown):
    fig, _ = plt.subplots()
    note, source = "One count. " + "Much is said of it, " * 8 + "and more.", "Source: 2 readings. Data 0.1.0."
    Chart("two", fig, "Cases rise", "Empty axes.", note, source, measure="Cases a year").show()
    told = shown[0][1]["image/svg+xml"]
    assert told["subtitle"] == "Cases a year"
    assert shown[0][0]["text/plain"].startswith("Cases rise\nCases a year\nEmpty axes.\nOne count. ")
    assert (told["caption"], told["source"]) == ("One count.", source)
    assert "Source" not in told["more"]
