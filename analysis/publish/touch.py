"""What a reader may touch in a figure: each mark with its place, its words and where it leads.

A drawing function that knows more than the drawing tells it by `tell`: a reading's print, window and source, and its
address. Of any other mark the words are what the axes say of it: the line's or the panel's name, and the values along
both axes, as the ticks would write them. So no mark is silent, and no page has to list its marks.

Where a mark leads follows from the row that it is drawn from (`reference`): to its reading, its series, or wherever
its `address` says. `lead` ties rows to the marks of an artist, `lead_names` addresses to the names along an axis,
`lead_panel` one to all marks of a panel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, PolyCollection, QuadMesh
from matplotlib.colors import ListedColormap, to_hex
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox, Transform

from analysis.errors import InputError
from analysis.publish.addresses import series_address
from analysis.publish.axis_words import colour_names, hue, is_calendar, on_axis, panel, plain, stretch, unit
from analysis.publish.mark import Mark, is_number

LEAST = 4.0  # points; half the side of the smallest target that a finger or a pointer meets
FINE = 60  # points of a line without marks; a longer one is a curve, and only its ends are marks
Words = Sequence[tuple[str, str]]  # what is told of each mark, and the address that it leads to (or blank)
_told: WeakKeyDictionary[Artist, Words] = WeakKeyDictionary()
_leads: WeakKeyDictionary[Artist, Sequence[str]] = WeakKeyDictionary()
_names: WeakKeyDictionary[Axes, Mapping[str, str]] = WeakKeyDictionary()
_panels: WeakKeyDictionary[Axes, str] = WeakKeyDictionary()
# Columns of a row that say what it is of, the most telling first; several ids stand as a list or joined.
REFERRING = ("address", "reading_id", "reading_ids", "readings", "ids", "persons_id", "above_id", "hedged_id")


def tell(artist: Artist, words: Words) -> None:
    """Say what a reader is told of each mark of an artist, in the order in which the artist holds them.

    Raises
    ------
    InputError
        If there are more or fewer words than marks.
    """
    if (count := len(_boxes(artist))) != len(words):
        raise InputError(f"{len(words)} words for {count} marks; tell each mark once.")
    _told[artist] = words


def reference(row: Mapping[Any, Any]) -> str:
    """Return where a mark leads that is drawn from a row: an address, or the id of a reading; else blank."""
    for name in REFERRING:
        value = row.get(name)
        if isinstance(value, list | tuple):
            value = value[0] if value else ""
        if isinstance(value, str) and value:
            return value if name == "address" else value.partition(";")[0]
    series = row.get("series_id")
    return series_address(series) if isinstance(series, str) and series else ""


def lead(artist: Artist, rows: pd.DataFrame | Iterable[Mapping[Any, Any]]) -> None:
    """Say of which rows the marks of an artist are, in the order in which the artist holds them.

    Raises InputError if there are more or fewer rows than marks.
    """
    each = rows.to_dict("records") if isinstance(rows, pd.DataFrame) else list(rows)
    if (count := len(_boxes(artist))) != len(each):
        raise InputError(f"{len(each)} rows for {count} marks; a row leads from each mark once.")
    _leads[artist] = [reference(row) for row in each]


def lead_names(axes: Axes, addresses: Mapping[str, str]) -> None:
    """Say where the marks of a panel lead by the name of their row, of their column, of their line, or of two of them.

    A cell is named `row, column`, a part of a bar `bar, part`.
    """
    _names[axes] = dict(addresses)


def lead_panel(axes: Axes, address: str) -> None:
    """Say where the marks of a panel lead of which nothing else is known."""
    _panels[axes] = address


def tell_upright(axes: Axes, x: float, words: str, address: str = "") -> None:
    """Say what a reader is told of a line of reference that stands at `x` through a whole panel."""
    strip = Rectangle((x, 0), 0, 1, transform=axes.get_xaxis_transform(), visible=False)
    axes.add_artist(strip)
    tell(strip, [(words, address)])


def marks(figure: Figure) -> list[Mark]:
    """Return every mark of a figure, large ones before the small ones that lie on them; call it when all is drawn."""
    found = [mark for axes in figure.axes for mark in _of_axes(axes)]
    return sorted(found, key=lambda mark: mark.round)


def _boxes(artist: Artist) -> list[Any]:
    """Return the marks of an artist as it holds them: points, rectangles' corners, outlines."""
    if isinstance(artist, Line2D):
        return list(np.asarray(artist.get_xydata(), float))
    if isinstance(artist, PolyCollection | LineCollection):
        return [np.asarray(path.vertices, float) for path in artist.get_paths()]
    if isinstance(artist, PathCollection):
        return list(np.asarray(np.ma.filled(artist.get_offsets(), np.nan), float))
    if isinstance(artist, Rectangle):
        return [artist.get_bbox().get_points()]
    if isinstance(artist, Polygon | PathPatch):
        return [np.asarray(artist.get_path().vertices, float)]
    raise InputError(f"{type(artist).__name__} holds no marks that words could be told of.")


@dataclass(frozen=True)
class _Panel:
    """A panel of a figure with what its marks are named by: its title, a name a colour, the intervals drawn in it."""

    axes: Axes
    title: str
    names: dict[str, str]
    spans: dict[tuple[str, float], tuple[float, float]]

    def mark(self, box: Bbox, x: str, y: str, name: str, **more: Any) -> Mark:
        """Return a mark of this panel; its words are those given, or else what the axes say."""
        names = _names.get(self.axes, {})
        told_of = (names.get(one, "") for one in (f"{y}, {x}", f"{y}, {name}", f"{x}, {name}", y, x, name))
        more["address"] = more.get("address") or next(filter(None, told_of), _panels.get(self.axes, ""))
        unit_ = more.setdefault("unit", unit(self.axes.yaxis) or unit(self.axes.xaxis))
        if not more.get("words"):
            inside = f" ({more['interval']})" if more.get("interval") else ""
            place, value = (x, y) if is_number(y) else (y, x)  # rows are named on the upright axis
            parts = (self.title, name, place if value else "", f"{value or place}{inside}")
            more["words"] = ": ".join(part for part in parts if part) + (f", {unit_}" if unit_ else "")
        return Mark(box, panel=self.title, name=name, x=x, y=y, **more)


def _of_axes(axes: Axes) -> Iterator[Mark]:
    """Yield the marks of one panel."""
    if not axes.get_visible():
        return
    here = _Panel(axes, panel(axes), colour_names(axes), _spans(axes))
    yield from _heading(axes, here.title)
    bars = {bar: box for box in axes.containers if isinstance(box, BarContainer) for bar in box.patches}
    for artist in [*axes.patches, *axes.collections, *axes.lines]:
        if artist in _told or (artist in _leads and isinstance(artist, PolyCollection | LineCollection)):
            yield from _with_words(here, artist)
        elif not artist.get_visible():
            continue
        elif isinstance(artist, QuadMesh):
            yield from _cells(here, artist)
        elif isinstance(artist, Rectangle) and artist.get_data_transform() == axes.transData:
            yield from _bar(here, artist, bars.get(artist))
        elif isinstance(artist, PathCollection) and artist.get_offset_transform() == axes.transData:
            yield from _dots(here, artist)
        elif isinstance(artist, Line2D) and artist.get_transform() == axes.transData:
            yield from _line(here, artist)


def _heading(axes: Axes, title: str) -> Iterator[Mark]:
    """Yield the title of a panel that leads somewhere as a whole."""
    address, figure = _panels.get(axes, ""), axes.get_figure(root=True)
    for text in axes.get_children():
        if (
            address
            and title
            and figure
            and isinstance(text, Text)
            and " ".join(text.get_text().split()) == title
        ):
            box = Bbox(text.get_window_extent().get_points() * 72 / figure.dpi)
            yield Mark(box, title, address, panel=title, heading=True)


def _dots(here: _Panel, dots: PathCollection) -> Iterator[Mark]:
    """Yield the points of a scatter."""
    sizes = dots.get_sizes()
    size, name = float(np.sqrt(sizes.max())) if len(sizes) else LEAST, here.names.get(hue(dots), "")
    for place, at in enumerate(_boxes(dots)):
        if np.isfinite(at).all():
            yield _point(here, name, at, size, _lead(dots, place))


def _with_words(here: _Panel, artist: Artist) -> Iterator[Mark]:
    """Yield marks of which a drawing function has told."""
    name, boxes = here.names.get(hue(artist), ""), _boxes(artist)
    for place, (at, (words, address)) in enumerate(
        zip(boxes, _told.get(artist, [("", "")] * len(boxes)), strict=True)
    ):
        if not np.isfinite(at).all():
            continue
        address = address or _lead(artist, place)
        if at.ndim == 1:
            size = float(artist.get_markersize()) if isinstance(artist, Line2D) else LEAST
            x, y = on_axis(here.axes.xaxis, at[0]), on_axis(here.axes.yaxis, at[1])
            told = {"words": words, "address": address, "round": True}
            yield here.mark(_around(here.axes, at, size), x, y, name, **told)
        elif isinstance(artist, Rectangle) and not artist.get_visible():
            box = _box(here.axes, at, artist.get_data_transform())
            strip = Bbox([[box.x0 - LEAST / 2, box.y0], [box.x1 + LEAST / 2, box.y1]])
            yield here.mark(
                strip, on_axis(here.axes.xaxis, at[0][0] + 0.5), "", "", words=words, address=address
            )
        else:
            x, y = (stretch(axis, *ends) for axis, ends in _ends(here.axes, at))
            yield here.mark(_box(here.axes, at), x, y, name, words=words, address=address)


def _lead(artist: Artist, place: int) -> str:
    """Return where a mark of an artist leads, blank where nobody said."""
    said = _leads.get(artist, ())
    return said[place] if place < len(said) else ""


def _ends(axes: Axes, points: Any) -> list[tuple[Any, tuple[float, float]]]:
    """Return both axes, each with the least and the most that points reach on it."""
    low, high = points.min(axis=0), points.max(axis=0)
    return [(axes.xaxis, (low[0], high[0])), (axes.yaxis, (low[1], high[1]))]


def _line(here: _Panel, line: Line2D) -> Iterator[Mark]:
    """Yield the points of a line: all where they have marks or are few, else its two ends; none of an interval."""
    places = [(place, at) for place, at in enumerate(_boxes(line)) if np.isfinite(at).all()]
    points = [at for _, at in places]
    marked = str(line.get_marker()).strip().lower() not in ("none", "")
    if not points or (not marked and (np.ptp(points, axis=0) == 0).any()):
        return
    shown = places if marked or len(points) <= FINE else [places[0], places[-1]]
    size, name = float(line.get_markersize()) if marked else LEAST, here.names.get(hue(line), "")
    yield from (_point(here, name, at, size, _lead(line, place)) for place, at in shown)


def _point(here: _Panel, name: str, at: Any, size: float, address: str = "") -> Mark:
    """Return a point with its interval, where one is drawn through it."""
    axes = here.axes
    x, y, inside = on_axis(axes.xaxis, at[0]), on_axis(axes.yaxis, at[1]), ""
    for key, axis, along, across in (("y", axes.yaxis, 1, 0), ("x", axes.xaxis, 0, 1)):
        low, high = here.spans.get((key, round(float(at[across]), 6)), (np.nan, np.nan))
        if low <= at[along] <= high and not is_calendar(axis):
            inside = stretch(axis, low, high)
    return here.mark(_around(axes, at, size), x, y, name, interval=inside, round=True, address=address)


def _spans(axes: Axes) -> dict[tuple[str, float], tuple[float, float]]:
    """Return the intervals drawn along an axis, by the axis and their place on the other; none where two share one."""
    found: dict[tuple[str, float], list[tuple[float, float]]] = {}
    segments = [
        *(_boxes(line) for line in axes.lines if line.get_transform() == axes.transData),
        *(one for lines in axes.collections if isinstance(lines, LineCollection) for one in _boxes(lines)),
    ]
    for one in segments:
        if len(one) != 2 or not np.isfinite(one).all():
            continue
        (x0, y0), (x1, y1) = one
        if x0 == x1 and y0 != y1:
            found.setdefault(("y", round(float(x0), 6)), []).append((min(y0, y1), max(y0, y1)))
        elif y0 == y1 and x0 != x1:
            found.setdefault(("x", round(float(y0), 6)), []).append((min(x0, x1), max(x0, x1)))
    return {place: spans[0] for place, spans in found.items() if len(spans) == 1}


def _bar(here: _Panel, bar: Rectangle, box: BarContainer | None) -> Iterator[Mark]:
    """Yield a bar with its length, or with both its ends where it lies on a calendar."""
    (x0, y0), (x1, y1) = bar.get_bbox().get_points()
    if not np.isfinite([x0, y0, x1, y1]).all() or x0 == x1 or y0 == y1:
        return
    label = str(box.get_label()) if box is not None else ""
    name = label if label and not label.startswith("_") else here.names.get(hue(bar), "")
    axes, lying = here.axes, box is None or box.orientation == "horizontal"
    axis, low, high = (axes.xaxis, x0, x1) if lying else (axes.yaxis, y0, y1)
    place = on_axis(axes.yaxis, (y0 + y1) / 2) if lying else on_axis(axes.xaxis, (x0 + x1) / 2)
    length = stretch(axis, low, high, bar=True)
    x, y = (length, place) if lying else (place, length)
    of = axes.yaxis if is_calendar(axis) else axis  # a window's level, or a bar's length, has a unit
    counts = is_number(place if is_calendar(axis) else length)
    said = ": ".join(part for part in (here.title, place, name, length) if part)
    said += f", {unit(of)}" if counts and unit(of) else ""
    yield here.mark(_box(axes, bar.get_bbox().get_points()), x, y, name, words=said, address=_lead(bar, 0))


def _cells(here: _Panel, mesh: QuadMesh) -> Iterator[Mark]:
    """Yield the cells of a grid that hold a value, with the names of their row and column."""
    corners = np.asarray(mesh.get_coordinates(), float)
    rows, columns = corners.shape[0] - 1, corners.shape[1] - 1
    grid: np.ndarray[Any, Any] = np.ma.masked_invalid(
        np.ma.asarray(mesh.get_array()).reshape(rows, columns)
    ).filled(np.nan)
    written = {tuple(np.floor(text.get_position())): text.get_text() for text in here.axes.texts}
    for row, column in np.argwhere(np.isfinite(grid)):
        ends = np.array([corners[row, column], corners[row + 1, column + 1]])
        across, down = ends.mean(axis=0)
        x, y = on_axis(here.axes.xaxis, across), on_axis(here.axes.yaxis, down)
        value = written.get((np.floor(across), np.floor(down)), "") or _coded(here, mesh, grid[row, column])
        said = ": ".join(part for part in (here.title, f"{y}, {x}", value) if part)
        yield here.mark(_box(here.axes, ends), x, y, value, words=said, unit="")


def _coded(here: _Panel, mesh: QuadMesh, value: float) -> str:
    """Return what a cell says by its colour: the legend's words, or on a scale of shades its number."""
    if isinstance(mesh.get_cmap(), ListedColormap):
        red, green, blue, _ = np.asarray(mesh.to_rgba(np.array([value])))[0]
        return here.names.get(to_hex((red, green, blue)), "")
    return plain(float(value))


def _box(axes: Axes, points: Any, transform: Transform | None = None) -> Bbox:
    """Return the box of points that are placed by data, in points of print, inside the panel's frame."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    placed = np.vstack([(transform or axes.transData).transform(points)])
    frame = axes.bbox.get_points()
    inside = np.clip(placed, frame[0], frame[1]) * 72 / figure.dpi
    return Bbox([inside.min(axis=0), inside.max(axis=0)])


def _around(axes: Axes, at: Any, size: float) -> Bbox:
    """Return the box of a round mark `size` points across, large enough to be met."""
    middle = _box(axes, np.atleast_2d(at)).get_points()[0]
    half = max(LEAST, size / 2 + 1.5)
    return Bbox([middle - half, middle + half])
