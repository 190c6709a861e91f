"""A layout that measures and draws less puts everything where matplotlib's own drawing would."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.publish import style
from analysis.publish.guard import faults, texts
from analysis.publish.measured import MeasuredAxes


def panels_without_numbers_between() -> Figure:
    figure, grid = style.subplots(2, 2, sharex=True)
    for place, axes in enumerate(grid.ravel()):
        axes.plot([2001, 2009], [1, 10.0 ** (3 * place)])
        style.short_axis(axes)
        axes.set_title("Ports,\nby year" if place else "Gypsy")
    grid[1, 0].set_ylabel("a long label of the upright axis, longer than its panel is high")
    return figure


def legends_and_notes() -> Figure:
    figure, axes = style.subplots()
    axes.plot([1, 2], [3, 4], label="Seizures")
    axes.legend(loc="upper left")
    axes.annotate("outside", (2, 4), (30, 0), textcoords="offset points")
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center")
    return figure


def log_of_equal_sides() -> Figure:
    figure, axes = style.subplots()
    axes.loglog([1, 1e4], [1, 1e6])
    axes.set(xlabel="worth", title="One side as long as the other")
    axes.set_aspect("equal")
    return figure


def no_numbers_below() -> Figure:
    figure, axes = style.subplots()
    axes.plot([1, 2], [3, 4])
    axes.tick_params(labelbottom=False)
    return figure


CASES = (panels_without_numbers_between, legends_and_notes, log_of_equal_sides, no_numbers_below)


@pytest.mark.parametrize("make", CASES)
def test_everything_stands_where_drawing_puts_it(make: Callable[[], Figure]):
    laid, drawn = make(), make()
    box = style.lay_out(laid)
    style.plain_log_labels(drawn)
    for axes in drawn.axes:
        axes._autotitlepos = None  # titles look for their place, as by matplotlib's own style
    drawn.draw_without_rendering()
    assert box.get_points() == pytest.approx(drawn.get_tightbbox().get_points(), abs=1e-9)
    for one, other in zip(laid.axes, drawn.axes, strict=True):
        assert one.get_position().get_points() == pytest.approx(other.get_position().get_points(), abs=1e-9)
    boxes, others = (
        np.array([text.get_window_extent().get_points() for text in texts(figure)])
        for figure in (laid, drawn)
    )
    assert boxes == pytest.approx(others, abs=1e-6)


def test_axes_that_were_not_moved_are_not_measured_again(monkeypatch):
    figure = panels_without_numbers_between()
    measured: list[Axes] = []
    plain = Axes.get_tightbbox
    monkeypatch.setattr(
        Axes, "get_tightbbox", lambda axes, *a, **k: measured.append(axes) or plain(axes, *a, **k)
    )
    style.lay_out(figure)
    assert len(measured) == 2 * len(figure.axes)  # where they began, and where the layout put them


def test_outside_a_layout_nothing_is_kept():
    figure, axes = style.subplots()
    style.lay_out(figure)
    before = axes.get_tightbbox().height
    axes.set_title("Higher")
    assert isinstance(axes, MeasuredAxes)
    assert axes.get_tightbbox().height > before


def test_a_title_over_the_power_of_an_axis_is_a_fault():
    figure, axes = style.subplots()
    axes.plot([1, 2], [1e9, 2e9])
    axes.set_title("The title stands its pad above the axes")
    assert "overlap" in " ".join(faults(figure))
