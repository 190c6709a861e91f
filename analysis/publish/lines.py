"""Draw a yearly series honestly: intervals as bars, rival prints hollow, no line across a gap or a break.

Behind the prints stands what all windows together say of each year (see `bands`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.addresses import series_address
from analysis.publish.bands import band, band_in_words, draw_band
from analysis.publish.numbers import readings_told
from analysis.publish.remarks import remarks
from analysis.publish.style import HALO, INK, MEASURE, PAPER, SMALL, roles
from analysis.publish.touch import lead, tell, tell_upright
from analysis.publish.words import UNIT_WORDS, number
from analysis.series import PrintedYears, breaks_of, printed_years
from analysis.series.runs import first_year, runs

LINE_COLUMNS = ("figure", "panel", "series_id", "colour", "marker", "name", "side", "scale")


@dataclass(frozen=True)
class Line:
    """A series as a panel draws it; its name stands at its last year, or `left` of its first, or in a legend."""

    series_id: str
    colour: str
    marker: str
    name: str = ""
    left: bool = False
    scale: float = 1.0


def lines_of(figure: str) -> dict[str, list[Line]]:
    """Return the panels of a figure with their series, from remarks/lines-CHAPTER.csv; ` / ` breaks a name.

    Raises
    ------
    InputError
        If the table has no such figure, or a colour that is no role.
    """
    table = f"lines-{figure.split('-')[0]}"
    panels: dict[str, list[Line]] = {}
    for row in remarks(table, LINE_COLUMNS):
        if row["figure"] == figure:
            if (colour := roles().get(row["colour"])) is None:
                raise InputError(
                    f"{table}.csv: {row['colour']!r} is no colour; choose of: {', '.join(roles())}."
                )
            name, scale = row["name"].replace(" / ", "\n"), float(row["scale"] or 1)
            line = Line(row["series_id"], colour, row["marker"], name, row["side"] == "left", scale)
            panels.setdefault(row["panel"], []).append(line)
    if not panels:
        raise InputError(f"{table}.csv has no line of figure {figure!r}; add a row for each of its series.")
    return panels


@dataclass(frozen=True)
class Drawn:
    """What was drawn of a series, and where: its years, breaks inside them (`at` a place), words of it, its band."""

    series: PrintedYears
    breaks: pd.DataFrame
    alt: str
    band: pd.DataFrame
    axes: Axes

    @property
    def years(self) -> list[int]:
        """Every year that has a print or a box."""
        return sorted({*self.series.table["year"].astype(int), *self.band["year"].astype(int)})


def draw_series(
    axes: Axes, dataset: Dataset, series_id: str, *, color: str, marker: str = "o", label: str | None = None,
    scale: float = 1.0, mark_breaks: bool = True, join: bool = True, since: int | None = None, banded: bool = True,
    little: bool = True,
) -> Drawn:  # fmt: skip
    """Draw a yearly series on a time axis of years.

    A dot is the print that was picked, a bar its interval, a hollow mark a rival print that excludes it; a
    line joins consecutive years unless the count changed between them (a dotted upright at the break), or
    `join` is false because the years count unlike things. Behind them each year's reconstructed band is a
    box, with a dash at the estimate of years that nobody prints; where years count unlike things, those have
    none; nor has any unless `banded`. Without `little` years of which little is known have none, which would lie over
    the boxes of other series in the panel. Values are divided by `scale`; years before `since` are left out. Raises
    InputError for an unknown series or one without whole years.
    """
    found, boxes = printed_years(dataset, series_id), band(dataset, series_id)
    if since is not None:
        table, readings = (frame[frame["year"] >= since] for frame in (found.table, found.readings))
        found, boxes = replace(found, table=table, readings=readings), boxes[boxes["year"] >= since]
    breaks = breaks_of(dataset, series_id)
    table = found.table
    boxes = (boxes if join else boxes[boxes["printed"].astype(bool)]) if banded else boxes.iloc[:0]
    boxes = boxes if little else boxes[~boxes["hatched"].astype(bool)]
    draw_band(axes, boxes, color=color, scale=scale, series_id=series_id)
    years, low, high = (table[name].to_numpy(float) for name in ("year", "low", "high"))
    axes.vlines(years, low / scale, high / scale, color=color, lw=5, alpha=0.35)
    look: dict[str, Any] = {"color": color, "marker": marker, "ms": 4.5, "lw": 1.5 if join else 0}
    said = _said(dataset, found)
    for index, run in enumerate(runs(found, breaks)):
        (line,) = axes.plot(*_points(run, scale), label=None if index else label, **look)
        tell(line, [said[name] for name in run["reading_id"]])
    rivals = found.competing
    (hollow,) = axes.plot(*_points(rivals, scale), marker, ms=5.5, mfc=PAPER, mec=color, ls="none")
    tell(hollow, [said[name] for name in rivals["reading_id"]])
    begun = breaks["date"].dt.year
    inside = breaks[(begun > years.min()) & (begun <= years.max())]
    firsts = [first_year(day, fiscal=found.definition.fiscal) for day in inside["date"]]
    inside = inside.assign(at=np.array(firsts, float) - 0.5)
    if mark_breaks:
        _mark(axes, inside, series_address(found.definition.series_id))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    alt = f"{in_words(found)}; {band_in_words(boxes)}" if banded else in_words(found)
    return Drawn(found, inside, alt, boxes, axes)


def _points(rows: pd.DataFrame, scale: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where rows of a year and a value stand, values divided by `scale`."""
    return rows["year"].to_numpy(float), rows["value"].to_numpy(float) / scale


def _said(dataset: Dataset, found: PrintedYears) -> dict[str, tuple[str, str]]:
    """Return what is told of each whole-year reading of a series, and its address."""
    told = readings_told(dataset, found.readings["reading_id"])
    return {name: (f"{found.definition.title}: {one.hover}", one.address) for name, one in told.items()}


def draw_intervals(
    axes: Axes, rows: pd.DataFrame, *, color: str = INK, width: float = 5, hollow: bool = False
) -> None:
    """Draw what is known of single years (year, value, low, high), joined by nothing: a mark and its interval."""
    axes.vlines(rows["year"], rows["low"], rows["high"], color=color, lw=width, alpha=0.35)
    (marks,) = axes.plot(
        rows["year"], rows["value"], "D", color=color, ms=4.5, mfc=PAPER if hollow else color
    )
    lead(marks, rows)


def years_of(drawn: Iterable[Drawn]) -> list[int]:
    """Return every year that is drawn, for an axis that several series share."""
    return [year for one in drawn for year in one.years]


def readings_of_all(drawn: list[Drawn]) -> pd.DataFrame:
    """Return the readings behind drawn series, those picked and their rivals, each once."""
    return pd.concat([one.series.readings for one in drawn]).drop_duplicates("reading_id")


def _mark(axes: Axes, breaks: pd.DataFrame, address: str) -> None:
    """Draw a dotted upright before the first whole year of each new counting, where the breaks are `at`."""
    said: dict[float, list[str]] = {}
    for row in breaks.to_dict("records"):
        said.setdefault(row["at"], []).append(f"{row['date'].year}: {row['what_changed']}")
    for at, words in said.items():
        axes.axvline(at, color=MEASURE, lw=0.9, ls=":", zorder=0)
        tell_upright(axes, at, "The count changed. " + " ".join(words), address)


def in_words(found: PrintedYears) -> str:
    """Say a series in words for an alt text: first, last, smallest and largest year, and rival prints."""
    table = found.table
    unit = UNIT_WORDS[found.definition.unit]
    labels, values = list(table["label"]), table["value"].to_numpy(float)
    ends = dict.fromkeys((0, len(table) - 1, int(np.argmin(values)), int(np.argmax(values))))
    said = [f"{labels[place]} {number(float(values[place]))}" for place in ends]
    rivals = len(found.competing)
    extra = f"; {rivals} rival figure{'s' if rivals > 1 else ''}" if rivals else ""
    return f"{found.definition.title} ({unit}, {len(table)} years): {', '.join(said)}{extra}"


def break_notes(drawn: list[Drawn]) -> str:
    """Number the dotted uprights and say for the chart's note what changed at each, each break once.

    Blank where there is none. The numbers follow the dates; they stand at the foot of their uprights.
    """
    rows = pd.concat([one.breaks for one in drawn]).drop_duplicates("break_id").sort_values("date")
    if rows.empty:
        return ""
    numbers = {name: place for place, name in enumerate(rows["break_id"], start=1)}
    feet: dict[tuple[Axes, float], set[int]] = {}
    for one in drawn:
        for row in one.breaks.to_dict("records"):
            feet.setdefault((one.axes, row["at"]), set()).add(numbers[row["break_id"]])
    for (axes, at), held in feet.items():
        foot = axes.annotate(
            ", ".join(map(str, sorted(held))), (at, 0), (2, 2), xycoords=axes.get_xaxis_transform(), color=MEASURE,
            textcoords="offset points", fontsize=SMALL, path_effects=HALO,
        )  # fmt: skip
        foot.set_in_layout(False)  # it stands inside the frame: no room is made for it
    told = [
        f"({numbers[row['break_id']]}) {row['date'].year}: {row['what_changed'].rstrip('.')}"
        for row in rows.to_dict("records")
    ]
    return f"Dotted vertical lines, where the count changed: {'; '.join(told)}."
