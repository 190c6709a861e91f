"""What prosecutors and courts count: stages of a case, their own acts, scopes, and how many persons a case holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import Drawn, Line, break_notes, draw_series, lines_of, readings_of_all
from analysis.publish.marks import at_end, legend_above, make_room
from analysis.publish.marks_time import years_axis
from analysis.publish.touch import lead
from analysis.publish.words import between, listed, number
from analysis.series.lookup import by_id
from analysis.series.persons_per_case import persons_per_case, persons_per_case_totals

MARK_NOTE = (
    "Marks: published figures; bars: what their hedge or rounding allows; hollow: a rival figure. Lines join "
    "consecutive years of one count and nothing else. "
    f"{BAND_NOTE}"
)
DISPUTED = "jus-0176"


def draw_counts(
    axes: Axes, dataset: Dataset, counts: Iterable[Line], unit: str, *, named: bool = True
) -> list[Drawn]:
    """Draw each count in its look, from 0 on in `unit`, and name it in its colour unless a legend does.

    Raises InputError for an unknown series or one without whole years.
    """
    drawn, counts = [], list(counts)
    for count in counts:
        one = draw_series(
            axes, dataset, count.series_id, color=count.colour, marker=count.marker, label=count.name,
            little=len(counts) == 1,
        )  # fmt: skip
        drawn.append(one)
        if named:
            row = one.series.table.iloc[0 if count.left else -1]
            at_end(axes, int(row["year"]), float(row["value"]), count.name, count.colour, left=count.left)
    axes.set_ylabel(unit)
    if axes.get_yscale() == "linear":
        axes.set_ylim(bottom=0)
    style.short_axis(axes)
    return drawn


def _draw(
    dataset: Dataset, name: str, *, height: float, named: bool = True, log: bool = False
) -> tuple[Figure, list[Axes], list[list[Drawn]]]:
    """Draw the series of a figure (see `lines_of`), a panel a unit; return what was drawn in each."""
    panels = lines_of(name)
    figure, grid = style.subplots(
        len(panels),
        1,
        size=(style.WIDTH, height),
        sharex=True,
        squeeze=False,
        subplot_kw={"yscale": "log" if log else "linear"},
    )
    every = list(grid.ravel())
    drawn = [
        draw_counts(axes, dataset, lines, unit, named=named)
        for axes, (unit, lines) in zip(every, panels.items(), strict=True)
    ]
    return figure, every, drawn


def _finish(figure: Figure, panels: Sequence[Axes]) -> Figure:
    """Set the years that stacked panels share by all that is drawn in them, and make room for the names."""
    spans = [axes.dataLim.intervalx for axes in panels]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    years_axis(panels[-1], range(ceil(first), int(last) + 1))
    for axes in panels:
        make_room(axes)
    figure.align_ylabels()
    return style.finish(figure)


def _in_alt(drawn: Iterable[Drawn]) -> str:
    """Say several series for an alt text."""
    return ". ".join(one.alt for one in drawn)


def path_chart(dataset: Dataset) -> Chart:
    """Draw the stages of a criminal case by year, persons above and cases below (persons, cases a year)."""
    figure, panels, (persons, cases) = _draw(dataset, "justice-path", height=6.2)
    told = _disputed(panels[1], dataset)
    return Chart(
        name="justice-path",
        figure=_finish(figure, panels),
        title="In every year with both figures, more persons are charged than have their arrest approved",
        alt=f"Two panels by year. Above, persons: {_in_alt(persons)}. Below, cases: {_in_alt(cases)}. For 2012 one "
        f"text gives {told} cases as arrests approved, another as arrests requested.",
        measure="Persons and cases a year, intellectual property crimes, China",
        note="Above: persons a year. Below: cases a year. National counts of IPR crimes; those convicted are a "
        "wider class, which adds fake-goods and illegal-business cases that involve IPR. The large hollow "
        f"square of 2012 is the disputed figure. {MARK_NOTE}",
        source=source_line(dataset, [*readings_of_all([*persons, *cases])["reading_id"], DISPUTED]),
    )


def _disputed(axes: Axes, dataset: Dataset) -> str:
    """Draw the print of 2012 that English calls approved, around the Chinese one; return its number."""
    row = by_id(dataset, [DISPUTED])[DISPUTED]
    year, value = row["window_start"].year, float(row["value"])
    (square,) = axes.plot(year, value, "s", ms=11, mfc="none", mec=style.GROUPS[1], mew=1.3, ls="none")
    lead(square, [{"reading_id": DISPUTED}])
    axes.annotate(
        "requested,\nor approved?", (year, value), (-8, -3), textcoords="offset points", ha="right", va="bottom",
        fontsize=style.SMALL + 0.5, color=style.TEXT,
    )  # fmt: skip
    return number(value)


def own_acts_chart(dataset: Dataset) -> Chart:
    """Draw what prosecutors set in motion themselves, cases above and persons below, by year."""
    figure, panels, (cases, persons) = _draw(dataset, "justice-own-acts", height=5.6)
    years = [int(year) for one in (*cases, *persons) for year in one.series.table["year"]]
    return Chart(
        name="justice-own-acts",
        figure=_finish(figure, panels),
        title="What prosecutors set in motion themselves is small beside what reaches them, and told for few years",
        alt=f"Two panels, {min(years)} to {max(years)}. Above, cases: {_in_alt(cases)}. Below, persons: "
        f"{_in_alt(persons)}.",
        measure="Cases and persons a year, on prosecutors' own motion, intellectual property crimes, China",
        note="Above: cases. Below: persons. These are acts of prosecutors. Cases "
        "joined early and persons added come from one mirrored text for all three years. "
        f"{MARK_NOTE}",
        source=source_line(dataset, readings_of_all([*cases, *persons])),
    )


def criminal_chart(dataset: Dataset) -> Chart:
    """Draw criminal cases of first instance, accepted and concluded, beside the cases charged (cases a year)."""
    figure, panels, (drawn,) = _draw(dataset, "justice-criminal", height=4.4, named=False)
    legend_above(figure, panels[0])
    return Chart(
        name="justice-criminal",
        figure=_finish(figure, panels),
        title="The courts' criminal count falls to the prosecutors' level where its content changes",
        alt=f"Criminal cases by year. {_in_alt(drawn)}. A dotted vertical line stands before 2017.",
        measure="Cases a year, China, prosecutors and courts at first instance",
        note=f"Cases a year; courts at first instance. {break_notes(drawn)} No text announces the change; it is "
        f"inferred. {MARK_NOTE}",
        source=source_line(dataset, readings_of_all(drawn)),
    )


def civil_chart(dataset: Dataset) -> Chart:
    """Draw civil suits accepted at first instance by kind of right on a log axis (cases a year)."""
    figure, panels, (drawn,) = _draw(dataset, "justice-civil", height=4.4, log=True)
    panels[0].yaxis.set_major_locator(LogLocator(subs=(1, 3)))
    panels[0].yaxis.set_minor_locator(NullLocator())
    return Chart(
        name="justice-civil",
        figure=_finish(figure, panels),
        title="In every year that is told by kind, copyright outnumbers trademark and patent together",
        alt=f"Civil suits accepted, log axis. {_in_alt(drawn)}.",
        measure="Civil suits accepted at first instance a year, log axis, China",
        note="Each gridline is about three times the "
        f"one below. Other kinds (contracts, unfair competition, other) are in the total only. {MARK_NOTE}",
        source=source_line(dataset, readings_of_all(drawn)),
    )


def scopes_chart(dataset: Dataset) -> Chart:
    """Draw the totals of all IP cases concluded by scope, white paper, work report, first instance."""
    figure, panels, (drawn,) = _draw(dataset, "justice-scopes", height=4.2, named=False)
    legend_above(figure, panels[0])
    return Chart(
        name="justice-scopes",
        figure=_finish(figure, panels),
        title="One name, two totals: the work report's is always the lower",
        alt=f"All IP cases concluded by courts. {_in_alt(drawn)}.",
        measure="Intellectual property cases concluded by courts a year, China",
        note="Criminal, civil and administrative cases together. A total for 2022 that exceeds all "
        f"instances of its year, and is probably one of five years, is left out. {MARK_NOTE}",
        source=source_line(dataset, readings_of_all(drawn)),
    )


FEWEST = 1  # a case holds one person at least: the axis begins there
ASIDE = 0.35  # years by which a rival stands beside the picked print


@dataclass(frozen=True)
class Stage:
    """A stage with the series of its persons and of its cases, and its look."""

    name: str
    persons: str
    cases: str
    colour: str
    marker: str


CHARGED = Stage("charged", "spp-persons-prosecuted", "spp-cases-prosecuted", style.GROUPS[0], "o")
ARRESTED = Stage(
    "arrest approved", "spp-arrests-approved", "spp-arrests-approved-cases", style.GROUPS[1], "s"
)
SENT = Stage(
    "sent for charging", "spp-review-prosecution-persons", "spp-review-prosecution-cases", style.GROUPS[2], "^"
)  # fmt: skip
STAGES = (CHARGED, ARRESTED, SENT)


def holding_chart(dataset: Dataset) -> Chart:
    """Draw persons a case by year and stage, and over windows of several years as boxes (persons a case)."""
    figure, axes = style.subplots(size=(style.WIDTH, 4.2))
    found = {stage.name: persons_per_case(dataset, stage.persons, stage.cases) for stage in STAGES}
    totals = {stage.name: persons_per_case_totals(dataset, stage.persons, stage.cases) for stage in STAGES}
    for stage in STAGES:
        _draw_stage(axes, stage, found[stage.name], totals[stage.name])
    frame = pd.concat([*found.values(), *totals.values()])
    years_axis(axes, pd.concat([frame["year"], frame["last_year"].dropna()]), pad=1)
    axes.set_ylim(bottom=FEWEST)
    axes.set_ylabel("persons a case")
    make_room(axes)
    told = "; ".join(f"{stage.name}: {_in_words(found[stage.name], totals[stage.name])}" for stage in STAGES)
    rivals = listed(sorted({str(year) for year in frame.loc[frame["rival"].eq(True), "year"]}))
    ids = frame[["persons_id", "cases_id"]].to_numpy().ravel()
    years = {name: frame.loc[~frame["same_text"].astype(bool), "year"] for name, frame in found.items()}
    said = [f"{name} {listed([str(year) for year in some])}" for name, some in years.items() if len(some)]
    apart = "; ".join(said) or "none"
    return Chart(
        name="justice-holding",
        figure=style.finish(figure),
        title="A charged case holds about two persons, a case with arrests fewer",
        alt=f"Persons a case. {told}.",
        measure="Persons a case, intellectual property crimes, China",
        note="Marks: a calendar year; bars behind them: the interval that "
        "both figures allow. Horizontal lines: totals published for several years. Hollow marks: the rival "
        f"figures of {rivals}. The axis begins at one person a case. Small marks rest on two texts "
        f"({apart}). Exact counts give an exact ratio; it is no sample.",
        source=source_line(dataset, list(dict.fromkeys(map(str, ids)))),
    )


def _draw_stage(axes: Axes, stage: Stage, years: pd.DataFrame, totals: pd.DataFrame) -> None:
    """Draw one stage: bars, marks without a line, hollow rivals, boxes of totals, and its name at its last year."""
    axes.vlines(years["year"], years["low"], years["high"], color=stage.colour, lw=5, alpha=0.35)
    for row in years.to_dict("records"):
        size, fill = (6.5 if row["same_text"] else 3.5), ("none" if row["rival"] else stage.colour)
        at = row["year"] + (ASIDE if row["rival"] else 0)
        (mark,) = axes.plot(at, row["value"], stage.marker, ms=size, mfc=fill, mec=stage.colour, ls="none")
        lead(mark, [row])
    for row in totals.to_dict("records"):
        ends = row["year"] - 0.5, row["last_year"] + 0.5
        lead(
            axes.fill_between(ends, row["low"], row["high"], facecolor=stage.colour, alpha=0.25, lw=0), [row]
        )
        axes.plot(ends, [row["value"]] * 2, color=stage.colour, lw=1.4, ls="-")
    last = years[~years["rival"]].iloc[-1]
    at_end(axes, last["year"], last["value"], stage.name.replace(" ", "\n", 1), stage.colour)


def _in_words(years: pd.DataFrame, totals: pd.DataFrame) -> str:
    """List persons a case by year and by longer window, for the alt text."""
    parts = [
        f"{row['year']} {between(row['low'], row['high'], 3)}{' (rival figures)' if row['rival'] else ''}"
        for row in years.sort_values(["year", "rival"]).to_dict("records")
    ]
    parts += [
        f"{row['year']} to {row['last_year']} {between(row['low'], row['high'], 3)}"
        for row in totals.to_dict("records")
    ]
    return ", ".join(parts)
