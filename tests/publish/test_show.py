"""Showing a figure: alt text with it, the same drawing at every run, closed afterwards."""

import re
from typing import Any

import matplotlib.pyplot as plt
import pytest
from matplotlib.text import Text

from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.show import show, svg


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """What a notebook would have received."""
    calls: list[tuple[dict[str, str], dict[str, Any]]] = []

    def display(data: dict[str, str], *, metadata: dict[str, Any], raw: bool) -> None:
        assert raw
        calls.append((data, metadata))

    monkeypatch.setattr("IPython.display.display", display)
    return calls


def test_texts_travel_with_the_drawing_and_the_figure_is_closed(shown):
    fig, ax = plt.subplots()
    ax.set_title("more than 11")
    show(fig, alt="A  line\nfrom 1 to 2.", title="It rises", caption="Unit: cases.", name="fig-rise")
    ((data, metadata),) = shown
    assert data["image/svg+xml"].startswith("<?xml")
    assert data["text/plain"] == "It rises\nA line from 1 to 2.\nUnit: cases."
    assert metadata["image/svg+xml"] == {
        "alt": "A line from 1 to 2.",
        "title": "It rises",
        "caption": "Unit: cases.",
        "name": "fig-rise",
    }
    assert fig.number not in plt.get_fignums()


def test_only_what_is_given_is_shown(shown):
    fig, _ = plt.subplots()
    show(fig, alt="Empty axes.")
    ((data, metadata),) = shown
    assert data["text/plain"] == "Empty axes."
    assert metadata == {"image/svg+xml": {"alt": "Empty axes."}}


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
