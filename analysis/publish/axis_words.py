"""What the axes of a panel say of a place on them, and which name a colour has: the words of marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryLocator
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer
from matplotlib.ticker import FixedLocator

from analysis.publish.style import TEXT
from analysis.publish.words import day, window
from analysis.rounding import settled

T = TypeVar("T")
MONTH_LABEL = re.compile(r"[A-Z][a-z]{2} \d{4}")
NUMBER = re.compile(r"[-\u2212+]?[\d.,]+ ?(?:%|k|m|bn|tn|times)?")
YEARS = (1900, 2100)  # numbers between these, on an axis that reaches no further, are years
SLIVER = 1e-6  # years
_labelled: WeakKeyDictionary[Axis, tuple[tuple[object, ...], dict[float, str]]] = WeakKeyDictionary()
_ticked: WeakKeyDictionary[Axis, tuple[tuple[object, ...], bool]] = WeakKeyDictionary()
PLAIN = (TEXT, "#000000")  # colours of words that name no line


def panel(axes: Axes) -> str:
    """Return the title of a panel on one line, blank where it has none."""
    titles = [axes.get_title(loc=side) for side in ("left", "center", "right")]
    return " ".join(next((title for title in titles if title), "").split())


def on_axis(axis: Axis, value: float) -> str:
    """Return what an axis says of a place on it: the name of a row or column, a date, or a number."""
    if not _has_ticks(axis):
        return ""  # an axis without ticks orders its marks and says nothing of them
    names = _names(axis)
    if names and (offset := _offset(names)) is not None:
        fiscal = "FY " if any(label.startswith("FY") for label in names.values()) else ""
        return f"{fiscal}{int(np.floor(settled(value + offset)))}"
    if _names_months(axis):
        return day(_day(value))
    if names and not all(NUMBER.fullmatch(label) for label in names.values()):
        place, name = min(names.items(), key=lambda one: abs(one[0] - value))
        return name if abs(place - value) < 0.5 else ""
    return str(int(np.floor(settled(value)))) if is_calendar(axis) else plain(value)


def is_calendar(axis: Axis) -> bool:
    """Tell whether an axis is one of years, or of months."""
    low, high = sorted(axis.get_view_interval())
    return bool(YEARS[0] <= low and high <= YEARS[1] and not unit(axis)) or (_names_months(axis))


def _names_months(axis: Axis) -> bool:
    """Tell whether an axis is labelled with months."""
    return any(MONTH_LABEL.fullmatch(label) for label in _names(axis).values())


def stretch(axis: Axis, low: float, high: float, *, bar: bool = False) -> str:
    """Return what an axis says of a stretch of it; of a `bar` its length, unless it lies on a calendar."""
    if bar and not is_calendar(axis):
        return plain(high - low)
    if _names_months(axis):
        return window(_day(low), _day(high) - pd.Timedelta(days=1))
    if is_calendar(axis):  # the box of one year, or years of which the last ends where the next begins
        low, high = [(low + high) / 2] * 2 if high - low < 1 else (low, high - SLIVER)
    first, last = on_axis(axis, low), on_axis(axis, high)
    return first if first == last else f"{first} to {last}"


def _day(value: float) -> pd.Timestamp:
    """Return the day of a decimal year."""
    year = int(np.floor(settled(value)))
    start = pd.Timestamp(year, 1, 1)
    return start + pd.Timedelta(days=round((value - year) * (366 if start.is_leap_year else 365)))


def plain(value: float) -> str:
    """Write a number for reading: 11,000 or 0.0312."""
    value = settled(value)
    return f"{value:,.0f}" if value.is_integer() or abs(value) >= 1000 else f"{value:,.4g}"


def unit(axis: Axis) -> str:
    """Return the label of an axis on one line, blank where it names no number."""
    return " ".join(axis.get_label_text().split())


def colour_names(axes: Axes) -> dict[str, str]:
    """Return which name a colour has: that of a legend, or the one word written beside a line in its colour."""
    found: dict[str, list[str]] = {}
    for text in axes.texts:
        if (shade := to_hex(text.get_color())) not in PLAIN and (words := " ".join(text.get_text().split())):
            found.setdefault(shade, []).append(words)
    named = {shade: words[0] for shade, words in found.items() if len(words) == 1}
    figure = axes.get_figure(root=True)
    legends = [one for one in (axes.get_legend(), *(figure.legends if figure else [])) if one is not None]
    pairs: list[tuple[Any, str]] = list(zip(*axes.get_legend_handles_labels(), strict=True))
    for legend in legends:
        labels = [text.get_text() for text in legend.get_texts()]
        pairs += list(zip(legend.legend_handles, labels, strict=False))
    for handle, label in pairs:
        if handle is not None and label and not label.startswith("_"):
            named[hue(handle)] = " ".join(label.split())
    return named


def hue(artist: Any) -> str:
    """Return the colour by which an artist is told from others, as #rrggbb; blank where it has none."""
    if isinstance(artist, BarContainer):
        artist = next(iter(artist.patches), None)
    for name in ("get_color", "get_facecolor", "get_edgecolor"):
        colour = getattr(artist, name)() if hasattr(artist, name) else None
        if colour is None or (not isinstance(colour, str) and not len(colour)):
            continue
        first = colour if isinstance(colour, str) or np.ndim(colour) == 1 else colour[0]
        if isinstance(first, str) and first == "none":
            continue
        if not isinstance(first, str) and len(first) == 4 and first[3] == 0:
            continue
        return to_hex(first)
    return ""


def _names(axis: Axis) -> dict[float, str]:
    """Return the labels that were set on an axis, by their place; none where it labels itself.

    Every mark asks for them, so they are kept while the axis has the ends and the labels that it had.
    """
    if not isinstance(axis.get_major_locator(), FixedLocator | StrCategoryLocator):
        return {}
    return _while_unchanged(axis, _labelled, _labels)


def _has_ticks(axis: Axis) -> bool:
    """Tell whether an axis has any tick; every mark asks that too."""
    return _while_unchanged(axis, _ticked, lambda one: len(one.get_majorticklocs()) > 0)


def _while_unchanged(
    axis: Axis, kept: WeakKeyDictionary[Axis, tuple[tuple[object, ...], T]], ask: Callable[[Axis], T]
) -> T:
    """Return what is kept of an axis while it has the ends, the locator and the formatter that it had, or ask it."""
    state = (axis.get_major_formatter(), axis.get_major_locator(), *axis.get_view_interval())
    if axis not in kept or kept[axis][0] != state:
        kept[axis] = (state, ask(axis))
    return kept[axis][1]


def _labels(axis: Axis) -> dict[float, str]:
    """Ask an axis for its labels, by their place."""
    formatter = axis.get_major_formatter()
    places = [float(one) for one in axis.get_majorticklocs()]
    labels = [" ".join(str(text).split()) for text in formatter.format_ticks(places)]
    return {place: label for place, label in zip(places, labels, strict=True) if label}


def _offset(names: dict[float, str]) -> float | None:
    """Return what a place lacks to the number that its label says, where all labels are whole numbers in step."""
    numbers = {place: re.fullmatch(r"(?:FY )?(\d{4})", label) for place, label in names.items()}
    apart = {settled(int(found[1]) - place) if found else None for place, found in numbers.items()}
    return apart.pop() if len(apart) == 1 else None
