"""What no figure may do: cut a mark, lose a label, set words on words, print them too small, name what is not drawn.

A figure that is wrong is worse than none, and nobody looks at ninety of them after every change of the data. So a
`Chart` looks at itself when it is made, and says which figure, which mark and what would be right.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection, LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.publish.style import lay_out

COLUMN = 5.8  # inches of a printed column; a wider figure is shrunk to it
LEAST_POINTS = 7.0  # letters at print size
# Artists with this gid end at the frame on purpose (an arrow stands there, or the note says so).
CUT = "cut"
PIXELS = 1.5  # by which words may touch, or stand outside: the box of a word is larger than its ink
HUES = {
    "red": ((0, 15), (345, 360)),
    "orange": ((15, 50),),
    "yellow": ((35, 65),),
    "green": ((75, 175),),
    "blue": ((175, 250),),
    "purple": ((250, 345),),
}
GREYS = ("grey", "gray", "black")
# Verbs by which a title says something. A title with another verb is told to add it here.
VERBS = frozenset(
    re.findall(
        r"[a-z]+",
        """is are was were has have had do does did can cannot could may must stand stands stood fall falls fell
        rise rises rose grow grows grew hold holds held make makes made come comes came go goes went keep keeps
        kept count counts counted tell tells told give gives gave run runs ran lie lies lay
        leave leaves left move moves moved follow follows followed meet meets met part parts differ differs
        differed depend depends depended say says said show shows showed fill fills filled caught catch catches
        imply implies implied span spans swing swings lead leads led pass passes passed expect expects expected
        appear appears appeared account accounts accounted end ends ended begin begins began outnumber
        outnumbers placed place places wins win took take takes fix fixes excludes exclude contradict
        contradicts agree agrees disagree disagrees reach reaches reached need needs double doubled halved
        tripled change changes changed stay stays remain remains grade grades cover covers covered crosses share
        shares shared send sends sent bring brings know known find finds found would seem seems publish publishes
        published""",
    )
)


def faults(figure: Figure, *, title: str = "", note: str = "") -> list[str]:
    """Return what is wrong with a figure and its words, a sentence each; none where all is well."""
    lay_out(figure)
    written = list(texts(figure))
    boxes = [_box(text) for text in written]
    return [
        *_cut_marks(figure),
        *_lost_labels(figure, written, boxes),
        *_overlaps(written, boxes),
        *_small_letters(figure, written),
        *_undrawn_colours(figure, note),
        *_no_verb(title),
    ]


def _cut_marks(figure: Figure) -> Iterator[str]:
    """Name marks, bars and ends of lines that the frame of their axes cuts away."""
    for axes in figure.axes:
        ends = (x0, x1), (y0, y1) = sorted(axes.get_xlim()), sorted(axes.get_ylim())
        low, high = np.array(ends).T
        slack = (high - low) * 1e-6
        for artist in [*axes.lines, *axes.collections, *axes.patches]:
            points = _points(axes, artist)
            out = ((points < low - slack) | (points > high + slack)).any(axis=1)
            if out.any():
                x, y = points[out][0]
                yield (
                    f"a mark at x {x:g}, y {y:g} lies outside its axes (x {x0:g} to {x1:g}, y {y0:g} to {y1:g}); "
                    "let the limits come from the data"
                )


def _points(axes: Axes, artist: Artist) -> np.ndarray[Any, Any]:
    """Return the corners of an artist that is placed by data, as rows of x and y; none for any other."""
    none = np.empty((0, 2))
    if not artist.get_visible() or artist.get_gid() == CUT:
        return none
    if isinstance(artist, Line2D):
        if artist.get_transform() != axes.transData:
            return none
        found = np.asarray(artist.get_xydata(), float)
    elif isinstance(artist, LineCollection) and artist.get_transform() == axes.transData:
        found = np.concatenate([np.asarray(one, float) for one in artist.get_segments()] or [none])
    elif isinstance(artist, PathCollection) and artist.get_offset_transform() == axes.transData:
        found = np.asarray(artist.get_offsets(), float)
    elif isinstance(artist, Rectangle) and artist.get_data_transform() == axes.transData:
        found = np.asarray(artist.get_bbox().get_points(), float)
    else:
        return none
    inside: np.ndarray[Any, Any] = found[np.isfinite(found).all(axis=1)].reshape(-1, 2)
    return inside


def texts(figure: Figure) -> Iterator[Text]:
    """Yield every text that is drawn: no blank one, and no label of a tick beyond the axis' ends."""
    return (text for text in _texts(figure) if text.get_visible() and text.get_text().strip())


def _texts(artist: Artist) -> Iterator[Text]:
    """Yield an artist or what it is made of, as far as it is text, without labels of ticks that are not drawn.

    An axis is asked for its ticks once: it places them anew at every question.
    """
    if isinstance(artist, Text):
        yield artist
    elif isinstance(artist, Axis):
        yield from (artist.label, artist.offsetText)
        low, high = sorted(artist.get_view_interval())
        slack = (high - low) * 1e-9
        if artist.get_visible() and artist.axes.axison:
            for tick in [*artist.get_major_ticks(), *artist.get_minor_ticks()]:
                if low - slack <= tick.get_loc() <= high + slack:
                    yield from (tick.label1, tick.label2)
    else:
        for part in artist.get_children():
            yield from _texts(part)


def _box(text: Text) -> Bbox:
    """Return the box of the letters alone, in pixels (an annotation's box would hold its arrow as well)."""
    return Text.get_window_extent(text)


def _lost_labels(figure: Figure, written: list[Text], boxes: list[Bbox]) -> Iterator[str]:
    """Name words that stand outside the figure."""
    page = figure.bbox.padded(PIXELS).get_points()
    for text, box in zip(written, boxes, strict=True):
        first, last = box.get_points()
        if (first < page[0]).any() or (last > page[1]).any():
            yield f"the words {_named(text)} stand outside the figure; make room or shorten them"


def _overlaps(written: list[Text], boxes: list[Bbox]) -> Iterator[str]:
    """Name pairs of words that are set on one another."""
    each = zip(written, boxes, strict=True)
    upright = [(text, box.get_points()) for text, box in each if text.get_rotation() % 90 == 0]
    straight = [text for text, _ in upright]
    corners = np.array([points for _, points in upright]).reshape(-1, 2, 2)
    first, last = corners.min(axis=1), corners.max(axis=1)
    shared = np.minimum(last[:, None], last[None]) - np.maximum(first[:, None], first[None])
    for one, other in np.argwhere(np.triu((shared > PIXELS).all(axis=2), k=1)):
        yield f"the words {_named(straight[one])} and {_named(straight[other])} overlap; move one of them"


def _small_letters(figure: Figure, written: list[Text]) -> Iterator[str]:
    """Name the smallest words, where they would be printed too small to read."""
    shrunk = min(1.0, COLUMN / figure.get_figwidth())
    small = min(written, key=lambda text: text.get_fontsize(), default=None)
    if small is not None and float(small.get_fontsize()) * shrunk < LEAST_POINTS - 1e-9:
        points = float(small.get_fontsize()) * shrunk
        yield f"the words {_named(small)} are {points:.1f} points high on paper; {LEAST_POINTS:g} is the least"


def _undrawn_colours(figure: Figure, note: str) -> Iterator[str]:
    """Name colours that the note speaks of and nobody drew."""
    named = {word for word in (*HUES, *GREYS) if re.search(rf"\b{word}\b", note, re.IGNORECASE)}
    drawn = {hue for colour in _colours(figure) for hue in _hues(colour)} if named else set()
    for word in sorted(named - drawn):
        yield f"the note speaks of {word}, and nothing in the figure is drawn {word}"


def _colours(figure: Figure) -> Iterator[tuple[float, float, float, float]]:
    """Yield the colours of everything drawn by data or as words."""
    for artist in figure.findobj(lambda one: one.get_visible()):
        if isinstance(artist, Line2D):
            yield from (to_rgba(one) for one in (artist.get_color(), artist.get_markeredgecolor()))
        elif isinstance(artist, Collection):
            yield from (tuple(row) for row in [*artist.get_facecolor(), *artist.get_edgecolor()])
            if (values := artist.get_array()) is not None:
                yield from (tuple(row) for row in artist.to_rgba(values.ravel()))
        elif isinstance(artist, Rectangle):
            yield from (to_rgba(one) for one in (artist.get_facecolor(), artist.get_edgecolor()))
        elif isinstance(artist, Text):
            yield to_rgba(artist.get_color())


def _hues(colour: tuple[float, ...]) -> Iterator[str]:
    """Yield the names by which a colour may be called."""
    red, green, blue, alpha = (*colour[:3], colour[3] if len(colour) > 3 else 1.0)
    if alpha == 0:
        return
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.25 or light > 0.97 or light < 0.05:
        yield from GREYS if light < 0.25 else GREYS[:2]
    if saturation >= 0.12:
        for name, spans in HUES.items():
            if any(low <= hue * 360 <= high for low, high in spans):
                yield name


def _no_verb(title: str) -> Iterator[str]:
    """Say of a title that it claims nothing."""
    if title and not VERBS & set(re.findall(r"[a-z]+", title.lower())):
        yield (
            f"the title {title!r} has no verb: say what is seen (or add the verb to guard.VERBS, or mark the chart "
            "as one that claims nothing)"
        )


def _named(text: Text) -> str:
    """Quote a text shortly."""
    words = " ".join(text.get_text().split())
    return repr(words if len(words) <= 40 else f"{words[:37]}...")
