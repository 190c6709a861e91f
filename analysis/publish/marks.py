"""The gestures that figures are made of: rows with intervals, bars, stacks, panels, and room for words.

A figure is a tidy frame and a call. What is drawn, what the alt text says (`told`) and what a table would hold are the
same rows, so that none of them can say another thing. No function types an end of an axis: limits come from the
data, and `make_room` widens them until the words beside the marks have their place.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from matplotlib.ticker import NullFormatter
from matplotlib.transforms import Bbox

from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.guard import CUT
from analysis.publish.touch import lead

PAD = 0.012  # of an axis' length, between words and the frame
AXIS, BOLD = 30, 0.62  # points that the numbers of a panel's axis take; width of a bold letter, of its height


def told(rows: pd.DataFrame, says: str | Callable[[Mapping[Any, Any]], str]) -> str:
    """Tell every row by one template, for an alt text: columns in braces, or a function of the row."""
    tell: Callable[[Any], str] = says.format_map if isinstance(says, str) else says
    return "; ".join(" ".join(tell(row).split()) for row in rows.to_dict("records"))


def make_room(axes: Axes, axis: str = "x") -> None:
    """Widen an axis until every word that is placed by data in these axes stands inside the frame.

    Words keep their size while the data shrink, so with the anchor at fraction a of the axis and the words reaching w
    beyond it, the new length is at least a / (1 - w) of the old one; on a log axis the same holds of exponents. Two
    rounds are enough, since the layout moves little.
    """
    along = 0 if axis == "x" else 1
    scale = (axes.xaxis if axis == "x" else axes.yaxis).get_transform()
    get, put = (axes.get_xlim, axes.set_xlim) if axis == "x" else (axes.get_ylim, axes.set_ylim)
    figure = _figure(axes)
    shown = [one for one in axes.texts if one.get_in_layout() and one.get_visible()]
    texts = [one for one in shown if one.get_text().strip()]
    for text in texts:
        text.set_in_layout(False)  # the layout would shrink the axes for their sake, instead of the data
    for _ in range(2):
        style.place(figure)
        left, right = _lacking(axes, texts, along)
        if left == 0 and right == 0:
            break
        first, last = scale.transform(np.asarray(get(), float))
        span = last - first
        ends = scale.inverted().transform(np.array([first - left * span, last + right * span]))
        put(float(ends[0]), float(ends[1]))
    for text in texts:
        text.set_in_layout(True)


def _figure(axes: Axes) -> Figure:
    """Return the whole figure that axes stand in."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return figure


def _lacking(axes: Axes, texts: Sequence[Text], along: int) -> tuple[float, float]:
    """Return by which parts of its length an axis must grow at its two ends, 0 where nothing is lacking."""
    inside = axes.transAxes.inverted()
    left = right = 0.0
    for text in texts:
        (a0, b0), (a1, b1) = inside.transform(text.get_window_extent().get_points())
        low, high = (a0, a1) if along == 0 else (b0, b1)
        at = float(np.clip(_anchor(axes, text, along), 0.0, 1.0))
        if high > 1 - PAD and (beyond := high - at + PAD) < 1:
            right = max(right, at / (1 - beyond) - 1)
        if low < PAD and (beyond := at - low + PAD) < 1:
            left = max(left, (1 - at) / (1 - beyond) - 1)
    return left, right


def _anchor(axes: Axes, text: Text, along: int) -> float:
    """Return where the words are tied to the data, as a fraction of the axis."""
    place = getattr(text, "xy", None) or text.get_position()
    x, y = axes.convert_xunits(place[0]), axes.convert_yunits(place[1])  # type: ignore[no-untyped-call]
    point = axes.transData.transform((x, y))
    return float(axes.transAxes.inverted().transform(point)[along])


def draw_rows(
    axes: Axes, rows: pd.DataFrame, *, width: float = 5, mark: float = 5.5, letters: float = style.SMALL
) -> None:
    """Draw one row a thing, the first on top: its interval low to high, a mark at value, a note beside it.

    `rows` has value, and may have low, high, place (rows that share one stand on one line), colour, marker, hollow,
    alpha, legend (its name there), note and `left` (the note stands left of the interval). Where it names a reading, a
    series or an address, its mark leads there (see `touch.reference`).
    """
    for place, row in zip(places(rows), rows.to_dict("records"), strict=True):
        colour, hollow = row.get("colour", style.PRINT), bool(row.get("hollow", False))
        legend = row["legend"] if isinstance(row.get("legend"), str) else None  # pandas makes a blank NaN
        low, high = row.get("low", row["value"]), row.get("high", row["value"])
        look = {"color": colour, "lw": width, "alpha": row.get("alpha", 0.35), "solid_capstyle": "butt"}
        axes.plot([low, high], [place] * 2, **look)
        (point,) = axes.plot(
            row["value"], place, row.get("marker", "o"), color=colour, ms=mark, zorder=3,
            mfc=style.PAPER if hollow else colour, mew=1.4 if hollow else 1.0, label=legend,
        )  # fmt: skip
        lead(point, [row])
        if note := row.get("note"):
            side = -1 if row.get("left", False) else 1
            axes.annotate(
                note, (low if side < 0 else high, place), (7 * side, 0), ha="right" if side < 0 else "left",
                fontsize=letters, color=style.TEXT, **style.BESIDE,
            )  # fmt: skip


def places(rows: pd.DataFrame) -> list[float]:
    """Return the place of each row on the upright axis: its own, or its number from the top."""
    return [float(one) for one in (rows["place"] if "place" in rows else range(len(rows)))]


def row_axis(
    axes: Axes, labels: Iterable[str], *, letters: float = style.SMALL, at: float | None = None
) -> None:
    """Name the rows, the first on top, rule the values instead of the rows, and mark the value `at` by a line."""
    names = list(labels)
    axes.set_yticks(range(len(names)), names, fontsize=letters)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    if at is not None:
        axes.axvline(at, color=style.RULE, lw=0.8, zorder=1)


def row_labels(rows: pd.DataFrame) -> list[str]:
    """Return the label of each line, once where several rows share it."""
    return [str(one) for one in (rows.drop_duplicates("place") if "place" in rows else rows)["label"]]


def rows_figure(
    rows: pd.DataFrame, *, axis: str, height: float | None = None, at: float | None = None, zero: bool = False,
    log: bool = False, letters: float = style.SMALL, width: float = 5, mark: float = 5.5,
) -> Figure:  # fmt: skip
    """Return a figure of rows with a `label` each (see `draw_rows`); `axis` names the values and their unit.

    `zero` begins the axis at 0, `log` makes it logarithmic, `at` draws a line of reference.
    """
    labels = row_labels(rows)
    figure, axes = style.subplots(size=(style.WIDTH, height or 0.9 + 0.3 * len(labels)))
    if log:
        log_axis(axes)
    draw_rows(axes, rows, width=width, mark=mark, letters=letters)
    row_axis(axes, labels, letters=letters, at=at)
    axes.set_xlabel(axis)
    if zero:
        axes.set_xlim(left=0)
    make_room(axes)
    return style.finish(figure)


def log_axis(axes: Axes, axis: str = "x") -> None:
    """Make an axis logarithmic, with plain numbers at its decades and none between them."""
    axes.set(**{f"{axis}scale": "log"})
    style.short_axis(axes, axis)
    (axes.xaxis if axis == "x" else axes.yaxis).set_minor_formatter(NullFormatter())


def draw_bars(
    axes: Axes, counts: pd.Series[Any], *, colour: str | Sequence[str] = style.INK, notes: Iterable[str] | None = None,
    height: float = 0.66, bare: bool = True, **look: Any,
) -> None:  # fmt: skip
    """Draw counts (label -> value) as bars from the top, with the count or a note at each bar's end.

    `bare` takes away the axis that the numbers make needless.
    """
    written = [f"{value:,.10g}" for value in counts] if notes is None else list(notes)
    axes.barh([str(one) for one in counts.index], counts.to_numpy(), color=colour, height=height, **look)
    for place, (value, note) in enumerate(zip(counts, written, strict=True)):
        axes.annotate(note, (value, place), (4, 0), ha="left", fontsize=style.SMALL + 0.5, **style.BESIDE)
    bar_axis(axes, bare=bare)
    make_room(axes)


def bar_axis(axes: Axes, *, bare: bool) -> None:
    """Set the axes of horizontal bars, the first on top."""
    axes.set_ylim(len(axes.get_yticks()) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.grid(visible=False)
    if bare:
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    else:
        axes.grid(visible=True, axis="x")


def draw_stacks(
    axes: Axes, parts: pd.DataFrame, *, colours: Sequence[str] = style.GROUPS, totals: bool = True,
    hatches: Mapping[str, str] | None = None, upright: bool = False, thick: float = 0.66,
) -> None:  # fmt: skip
    """Draw one stacked bar a row of `parts` (rows are the bars, columns the parts), with totals at the ends.

    Raises InputError where there are more parts than colours.
    """
    if len(parts.columns) > len(colours):
        raise InputError(f"{len(parts.columns)} parts need as many colours; {len(colours)} are given.")
    at = np.arange(len(parts)) if not upright else parts.index.to_numpy()
    base = np.zeros(len(parts))
    for (name, values), colour in zip(parts.items(), colours, strict=False):
        look: dict[str, Any] = {"color": colour, "label": str(name), "hatch": (hatches or {}).get(str(name))}
        look |= {"edgecolor": style.PAPER} if look["hatch"] else {}
        if upright:
            axes.bar(at, values, bottom=base, width=thick, **look)
        else:
            axes.barh(at, values, left=base, height=thick, **look)
        base = base + values.to_numpy(float)
    if not upright:
        axes.set_yticks(at, [str(one) for one in parts.index])
        bar_axis(axes, bare=False)
    if totals:
        side = {"textcoords": "offset points", "ha": "center", "va": "bottom"} if upright else style.BESIDE
        shift = (0, 2) if upright else (4, 0)
        for place, total in zip(at, base, strict=True):
            where = (place, total) if upright else (total, place)
            axes.annotate(f"{total:,.10g}", where, shift, fontsize=style.SMALL + 0.5, **side)
        make_room(axes, "y" if upright else "x")


def panels(
    titles: Sequence[str], *, cols: int = 2, height: float = 1.7, sharex: bool = True, sharey: bool = False,
    letters: float = 9.5,
) -> tuple[Figure, list[Axes]]:  # fmt: skip
    """Return a figure of small multiples with a title each, as many lines as it needs, and their axes in order."""
    rows = -(-len(titles) // cols)
    figure, grid = style.subplots(
        rows, cols, size=(style.WIDTH, height * rows + 0.4), sharex=sharex, sharey=sharey, squeeze=False
    )
    every = list(grid.ravel())
    line = int((72 * style.WIDTH / cols - AXIS) / (BOLD * letters))
    for axes, title in zip(every, titles, strict=False):
        axes.set_title(title if "\n" in title else textwrap.fill(title, line), fontsize=letters)
    for axes in every[len(titles) :]:
        axes.remove()
    return figure, every[: len(titles)]


def legend_above(figure: Figure, axes: Axes, *, cols: int = 2, letters: float = 9) -> None:
    """Name the marks above the figure, each once, in `cols` columns or as many as fit its width."""
    named = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    look: dict[str, Any] = {"loc": "outside upper center", "fontsize": letters, "borderaxespad": 0}
    for columns in range(cols, 0, -1):
        legend = figure.legend(named.values(), named.keys(), ncols=columns, **look)
        if columns == 1 or legend.get_window_extent().width <= figure.bbox.width:
            return
        legend.remove()


def at_end(
    axes: Axes, x: Any, y: float, words: str, colour: str, *, left: bool = False, letters: float = style.SMALL + 0.5
) -> None:  # fmt: skip
    """Write a line's name at its end (or `left` of its beginning), in its colour, instead of in a legend."""
    axes.annotate(
        words, (x, y), (-6 if left else 6, 0), ha="right" if left else "left", color=colour, fontsize=letters,
        **style.BESIDE,
    )  # fmt: skip


def at_ends(axes: Axes, ends: pd.DataFrame, *, letters: float = style.SMALL + 0.5) -> None:
    """Name several lines at their ends (x, y, label, colour), pushed apart so that no name covers another.

    Call it when the limits stand, and `make_room` after it.
    """
    figure = _figure(axes)
    style.place(figure)
    point = figure.dpi / 72
    ordered = ends.sort_values("y")
    heights = axes.transData.transform(ordered[["x", "y"]].to_numpy(float))[:, 1] / point
    placed = heights.copy()
    for place in range(1, len(placed)):
        placed[place] = max(placed[place], placed[place - 1] + 1.3 * letters)
    placed -= (placed - heights).mean()
    for row, lift in zip(ordered.to_dict("records"), placed - heights, strict=True):
        axes.annotate(
            row["label"], (row["x"], row["y"]), (6, lift), ha="left", color=row["colour"], fontsize=letters,
            **style.BESIDE,
        )  # fmt: skip


def lift_apart(axes: Axes) -> None:
    """Raise words above their marks until none stands on another, those on the left first, and make room for them."""
    figure = _figure(axes)
    words = sorted((one for one in axes.texts if isinstance(one, Annotation)), key=lambda one: one.xy[0])
    for _ in range(2):  # marks come closer while room is made
        style.place(figure)
        placed: list[Bbox] = []
        for one in words:
            box = Text.get_window_extent(one)
            while any(box.overlaps(other) for other in placed):
                along, up = one.xyann
                one.xyann = (along, up + 2)
                box = box.translated(0, 2 * figure.dpi / 72)
            placed.append(box)
        make_room(axes, "y")


def cut(*artists: Any) -> None:
    """Mark artists that end at the frame on purpose: an arrow stands there, or the note says that they go on."""
    for artist in artists:
        artist.set_gid(CUT)
