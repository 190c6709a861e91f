"""Axes that are measured once where they stand: what a layout costs is to measure them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

PLACES = 12  # decimals of a figure's side; what a layout moves axes by beyond them is its solver's noise


class MeasuredAxes(Axes):
    """Axes that can keep the box of all that is drawn of them until they are moved (see `measured_once`)."""

    keeps = False
    _kept: tuple[tuple[float, ...], Bbox] | None = None

    def forget(self, *, keep: bool) -> None:
        """Forget the box that was measured, and keep the next one or none."""
        self.keeps, self._kept = keep, None

    def get_tightbbox(self, renderer: Any = None, *, for_layout_only: bool = False, **options: Any) -> Any:
        """Return the box of the axes in pixels; that of a layout leaves out how long titles and labels are."""
        if not self.keeps or not self.get_visible() or options.get("bbox_extra_artists") is not None:
            return super().get_tightbbox(renderer, for_layout_only=for_layout_only, **options)
        place = tuple(round(float(one), PLACES) for one in self.get_position(original=True).bounds)
        if self._kept is None or self._kept[0] != place:
            measured: Any = super().get_tightbbox(renderer, for_layout_only=True, **options)
            self._kept = place, measured
        box = self._kept[1]
        return box if for_layout_only else Bbox.union([box, *self._lengths(renderer)])

    def _lengths(self, renderer: Any) -> Iterator[Bbox]:
        """Yield the boxes of the titles and of the labels of both axes."""
        titles = (one for one in self.get_children() if isinstance(one, Text) and one not in self.texts)
        shown = (axis for axis in (self.xaxis, self.yaxis) if self.axison and axis.get_visible())
        for text in (*titles, *(axis.label for axis in shown)):
            if text.get_visible() and text.get_text():
                yield text.get_window_extent(renderer)


@contextmanager
def measured_once(figure: Figure) -> Iterator[None]:
    """Measure axes once a place while nothing but their places changes.

    A layout measures all axes twice and moves them in between, the second time rarely; then comes the whole figure.
    Inside another such block this one does nothing.
    """
    held = [axes for axes in figure.axes if isinstance(axes, MeasuredAxes) and not axes.keeps]
    for axes in held:
        axes.forget(keep=True)
    try:
        yield
    finally:
        for axes in held:
            axes.forget(keep=False)
