"""A series by year as an SVG inside its page: what is printed, what its hedge allows, what is estimated.

Colours come from the page's style sheet by role, so that one drawing serves light and dark pages. Labels stand inside
the drawing, above their line, so that a phone needs no room beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from analysis.dataset import Dataset
from analysis.publish.bands import FACTOR, REACH
from analysis.publish.pages.record.readings import Row, address, every_break
from analysis.publish.pages.record.years import Box, Print, Years, years_of
from analysis.publish.words import UNIT_WORDS, between, estimate, number
from analysis.series import Definition, definition
from analysis.series.key import UNIT_MARK
from analysis.series.runs import first_year

WIDTH, HEIGHT, TOP, BOTTOM, SIDE = 640.0, 270.0, 26.0, 26.0, 8.0
EDGE = 45.0  # half of "FY 2010" as large as a phone shows it
BOX = 0.36  # of a year, on either side of it
LEAST_SPAN = 6.0  # years
MOST_LABELS = 10
GRID = 3  # lines above zero, about
STEPS = (1, 2, 5, 10, 20, 50)  # years
TICKS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Axes:
    """Where years and values stand."""

    first: float
    last: float
    top: float

    def x(self, year: float) -> float:
        """Return the place of a year, whose number stands in the middle of it."""
        return SIDE + (WIDTH - 2 * SIDE) * (year - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        """Return the height of a value; what is above the frame is cut at its edge."""
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(max(value, 0.0), self.top) / self.top


def year_chart(dataset: Dataset, series_id: str) -> str:
    """Return the drawing of a series, blank where it has no year and no day to draw. Raises InputError if unknown."""
    key, years = definition(dataset, series_id), years_of(dataset, series_id)
    if key.kind == "change" or not (years.prints or years.boxes):
        return ""  # growth rates fall below zero, from which these drawings start
    axes = _axes(years)
    known = every_break(dataset)
    breaks = [
        row
        for name in dict.fromkeys((series_id, series_id.partition(UNIT_MARK)[0]))
        for row in known.get(name, ())
    ]
    begins = [first_year(row["date"], fiscal=key.fiscal) for row in breaks]
    marks = [*_breaks(axes, breaks, begins), *_boxes(axes, years.boxes)]
    for one in years.prints:
        high = one.high if math.isfinite(one.high) else axes.top
        marks.append(_line("hedge", axes.x(one.at), axes.y(one.low), axes.x(one.at), axes.y(high)))
    if key.kind != "stock":
        marks += [_run(axes, run) for run in _runs(years.prints, begins) if len(run) > 1]
    told = [(one, "rival", f"{one.label}: {one.words}, a rival figure") for one in years.rivals]
    told += [(one, "print", _told(one)) for one in years.prints]
    dots = [
        _dot(axes, one, role, said, address(dataset, one.reading_id), first=not place)
        for place, (one, role, said) in enumerate(told)
    ]
    return _svg(axes, key, marks, dots, in_words(key, years))


def in_words(key: Definition, years: Years) -> str:
    """Say a drawing for who does not see it: first, last, least and most print, rival prints and estimates."""
    parts = []
    if prints := years.prints:
        ends = (prints[0], prints[-1], min(prints, key=_size), max(prints, key=_size))
        parts += [f"{one.label} {number(one.value)}" for one in dict.fromkeys(ends)]
    rivals, made = len(years.rivals), len(years.boxes)
    parts += [f"{rivals} rival figure{'s' if rivals > 1 else ''}"] if rivals else []
    parts += [f"{made} year{'s' if made > 1 else ''} estimated"] if made else []
    return f"{key.title} ({UNIT_WORDS[key.unit]}, {len(prints)} published): {', '.join(parts)}"


def _size(one: Print) -> float:
    return one.value


def _runs(prints: Iterable[Print], begins: list[int]) -> list[list[Print]]:
    """Split prints into runs of consecutive years that are counted alike."""
    found: list[list[Print]] = []
    for one in prints:
        if found and one.at == found[-1][-1].at + 1 and one.at not in begins:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _run(axes: Axes, run: list[Print]) -> str:
    points = " ".join(f"{axes.x(one.at):.1f},{axes.y(one.value):.1f}" for one in run)
    return f'<polyline class="run" points="{points}"/>'


def _told(one: Print) -> str:
    """Say a print where a reader points at its mark."""
    allowed = "" if one.low == one.high else f", which allows {between(one.low, one.high, 4)}"
    return f"{one.label}: published {one.words}{allowed}"


def _axes(years: Years) -> Axes:
    """Choose the ends: all years, from zero to what is printed or well known; weak boxes may reach a little above."""
    at = [*(one.at for one in (*years.prints, *years.rivals)), *(float(box.year) for box in years.boxes)]
    first, last = min(at) - 0.7, max(at) + 0.7
    lacking = max(0.0, LEAST_SPAN - (last - first)) / 2
    values = [one.value for one in (*years.prints, *years.rivals)]
    values += [one.high for one in years.prints if math.isfinite(one.high)]
    known = [*values, *(box.upper for box in years.boxes if not box.weak)]
    top = max(known or [FACTOR * max(box.lower for box in years.boxes)])
    if years.boxes:
        top = max(top, min(REACH * top, max(box.upper for box in years.boxes)))
    return Axes(first - lacking, last + lacking, (top or 1.0) * 1.04)


def _boxes(axes: Axes, boxes: Iterable[Box]) -> list[str]:
    """Draw the bands of the years, and a dash at the estimate of those that nobody prints."""
    marks = []
    for one in boxes:
        left, right = axes.x(one.year - BOX), axes.x(one.year + BOX)
        upper, lower = axes.y(one.upper), axes.y(one.lower)
        said = f"{one.label}: estimated {estimate(one.estimate)} ({between(one.lower, one.upper)})"
        marks.append(
            f'<rect class="{"weak" if one.weak else "band"}" x="{left:.1f}" y="{upper:.1f}" '
            f'width="{right - left:.1f}" height="{max(lower - upper, 1):.1f}"><title>{escape(said)}</title></rect>'
        )
        if not one.printed:
            marks.append(_line("dash", left, axes.y(one.estimate), right, axes.y(one.estimate)))
    return marks


def _breaks(axes: Axes, breaks: list[Row], begins: list[int]) -> list[str]:
    """Draw a dotted upright before the first year of each new way of counting."""
    marks = []
    for row, year in zip(breaks, begins, strict=True):
        if axes.first < year - 0.5 < axes.last:
            x = axes.x(year - 0.5)
            said = f"{row['date']:%Y-%m-%d}: {row['what_changed']}"
            marks.append(_line("break", x, TOP, x, HEIGHT - BOTTOM, said))
    return marks


def _dot(axes: Axes, one: Print, role: str, said: str, reading: str, *, first: bool) -> str:
    """Return a print that leads to its reading; one stop of the tab key a drawing, as in figures (figures.js)."""
    x, y = axes.x(one.at), axes.y(one.value)
    tag, stop = ("a", f' href="{escape(reading)}"') if reading else ("g", ' role="img"' if first else "")
    stop += ' tabindex="0"' if first else ' tabindex="-1"' if reading else ""
    circle = f'<circle class="{role}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    return f"<{tag}{stop}><title>{escape(said)}</title>{circle}</{tag}>"


def _line(role: str, x1: float, y1: float, x2: float, y2: float, said: str = "") -> str:
    title = f"<title>{escape(said)}</title>" if said else ""
    return f'<line class="{role}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}">{title}</line>'


def _svg(axes: Axes, key: Definition, marks: list[str], dots: list[str], said: str) -> str:
    """Return the drawing: lines below the marks, words above them, and above all the dots, which a reader may touch."""
    lines = _ticks(axes.top)
    grid = [
        _line("grid" if value else "axis", SIDE, axes.y(value), WIDTH - SIDE, axes.y(value))
        for value in lines
    ]
    words = [number(value) for value in lines[1:]]
    words[-1] += f" {UNIT_WORDS[key.unit]}"
    ticks = [
        f'<text class="tick" x="{SIDE:g}" y="{axes.y(value) - 4:.1f}">{escape(word)}</text>'
        for value, word in zip(lines[1:], words, strict=True)
    ]
    layer = f'<g class="marks">{"".join(dots)}</g>' if dots else ""
    role = "group" if dots else "img"
    return (
        f'<svg class="years drawing" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="{role}" aria-label="{escape(said)}">'
        f"{''.join([*grid, *marks, *ticks, *_labels(axes, key)])}{layer}</svg>"
    )


def _labels(axes: Axes, key: Definition) -> list[str]:
    """Return the years below the axis; a phone leaves out every other."""
    first, last = math.ceil(axes.first + 0.2), math.floor(axes.last - 0.2)
    step = next(one for one in STEPS if (last - first) / one <= MOST_LABELS)
    return [
        f'<text class="year{" spare" if place % 2 else ""}{_edge(axes.x(year))}" x="{axes.x(year):.1f}" '
        f'y="{HEIGHT - 8:g}">{"FY " if key.fiscal and not place else ""}{year}</text>'
        for place, year in enumerate(range(first + -first % step, last + 1, step))
    ]


def _edge(x: float) -> str:
    """Return the class of a year that would be cut off in the middle of its place."""
    return " first" if x < EDGE else " last" if x > WIDTH - EDGE else ""


def _ticks(top: float) -> list[float]:
    """Return round values from zero up to the top, about `GRID` of them."""
    size = 10.0 ** math.floor(math.log10(top / GRID))
    step = next(one for one in TICKS if one * size * GRID >= top * 0.74) * size
    return [float(f"{step * place:.6g}") for place in range(int(top / step) + 1)]
