"""What prosecutors and courts count: stages of a case, acts of their own, criminal and civil cases, and scopes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullLocator

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE
from analysis.publish.chart import Chart, Source, source_line
from analysis.publish.lines import Drawn, break_notes, draw_series
from analysis.publish.marks import at_end, legend_above, make_room
from analysis.publish.marks_time import years_axis
from analysis.publish.words import number
from analysis.series.lookup import by_id

MARK_NOTE = (
    "A mark is the print that was picked, a bar behind it the interval that its hedge or rounding allows, a "
    "hollow mark a rival print that excludes it. A line joins consecutive years of one count and nothing else. "
    f"{BAND_NOTE}"
)
FIRST, SECOND, THIRD, FOURTH, FIFTH, _ = style.GROUPS


@dataclass(frozen=True)
class Count:
    """One yearly series with its colour and mark, and its name: at its last year, or at its `first` one."""

    series_id: str
    colour: str
    marker: str
    name: str
    first: bool = False


PERSONS = (
    Count("spp-review-prosecution-persons", THIRD, "^", "sent by police\nfor charging"),
    Count("spp-persons-prosecuted", FIRST, "o", "charged"),
    Count("spp-arrests-approved", SECOND, "s", "arrest\napproved"),
    Count("spc-persons-convicted", FIFTH, "D", "convicted\n(wider scope)", first=True),
)
CASES = (
    Count("spp-review-prosecution-cases", THIRD, "^", "sent by police\nfor charging"),
    Count("spp-cases-prosecuted", FIRST, "o", "charged"),
    Count("spp-review-arrest-cases", FOURTH, "v", "arrest\nrequested"),
    Count("spp-arrests-approved-cases", SECOND, "s", "arrest\napproved"),
)
DISPUTED = "jus-0176"
OWN_CASES = (
    Count("spp-early-intervention", THIRD, "^", "investigations\njoined early"),
    Count("spp-filed-on-supervision", FIRST, "o", "police told\nto file"),
    Count("spp-transfers-advised", SECOND, "s", "administrations\ntold to transfer"),
)
OWN_PERSONS = (
    Count("spp-missed-prosecutions", THIRD, "^", "added for\ncharging"),
    Count("spp-missed-arrests", FIFTH, "v", "added for arrest"),
    Count("spp-transfers-advised-persons", SECOND, "s", "in transferred\ncases"),
)
CRIMINAL = (
    Count("spc-criminal-accepted", FIFTH, "D", "courts: accepted"),
    Count("spc-criminal-concluded", FIRST, "o", "courts: concluded"),
    Count("spc-criminal-narrow-accepted", THIRD, "^", "courts: IPR crimes alone"),
    Count("spp-cases-prosecuted", SECOND, "s", "prosecutors: charged"),
)
CIVIL = (
    Count("spc-civil-accepted", style.INK, "v", "all civil\nIP suits"),
    Count("spc-civil-copyright-accepted", FIRST, "o", "copyright"),
    Count("spc-civil-trademark-accepted", SECOND, "s", "trademark"),
    Count("spc-civil-patent-accepted", THIRD, "^", "patent"),
)
SCOPES = (
    Count("spc-all-concluded", FIRST, "o", "white paper, all instances"),
    Count("spc-work-report-concluded", SECOND, "s", "work report"),
    Count("spc-all-first-concluded", THIRD, "^", "called first instance"),
)


def draw_counts(
    axes: Axes, dataset: Dataset, counts: Iterable[Count], unit: str, *, named: bool = True
) -> list[Drawn]:
    """Draw each count in its look, from 0 on in `unit`, and name it in its colour unless a legend does.

    Raises InputError for an unknown series or one without whole years.
    """
    drawn = []
    for count in counts:
        one = draw_series(
            axes, dataset, count.series_id, color=count.colour, marker=count.marker, label=count.name
        )
        drawn.append(one)
        if named:
            row = one.series.table.iloc[0 if count.first else -1]
            at_end(axes, int(row["year"]), float(row["value"]), count.name, count.colour, left=count.first)
    axes.set_ylabel(unit)
    if axes.get_yscale() == "linear":
        axes.set_ylim(bottom=0)
    style.short_axis(axes)
    return drawn


def _finish_years(*panels: Axes) -> None:
    """Set the years that stacked panels share by all that is drawn in them, and make room for the names."""
    spans = [axes.dataLim.intervalx for axes in panels]
    years_axis(
        panels[-1], range(ceil(min(span[0] for span in spans)), int(max(span[1] for span in spans)) + 1)
    )
    for axes in panels:
        make_room(axes)


def _source(dataset: Dataset, drawn: Iterable[Drawn], more: Sequence[str] = ()) -> Source:
    """Return the source line of all whole-year readings that were drawn, and of single ones beside them."""
    ids = [str(name) for one in drawn for name in one.series.readings["reading_id"]]
    return source_line(dataset, list(dict.fromkeys([*ids, *more])))


def _in_alt(drawn: Iterable[Drawn]) -> str:
    """Say several series for an alt text."""
    return ". ".join(one.alt for one in drawn)


def path_chart(dataset: Dataset) -> Chart:
    """Draw the stages of a criminal case by year, persons above and cases below (persons, cases a year)."""
    figure, (top, bottom) = style.subplots(2, 1, size=(style.WIDTH, 6.2), sharex=True)
    persons = draw_counts(top, dataset, PERSONS, "persons a year")
    cases = draw_counts(bottom, dataset, CASES, "cases a year")
    told = _disputed(bottom, dataset)
    _finish_years(top, bottom)
    figure.align_ylabels()
    return Chart(
        name="justice-path",
        figure=style.finish(figure),
        title="In every year with both prints, more persons are charged than have their arrest approved",
        alt=f"Two panels by year. Above, persons: {_in_alt(persons)}. Below, cases: {_in_alt(cases)}. For 2012 one "
        f"text prints {told} cases as arrests approved, another as arrests requested.",
        note="Above: persons a year. Below: cases a year. National counts of IPR crimes; those convicted are a "
        "wider class, which adds fake-goods and illegal-business cases that involve IPR. The large hollow "
        f"square of 2012 is the disputed print. {MARK_NOTE}",
        source=_source(dataset, [*persons, *cases], [dataset.current_id(DISPUTED)]),
    )


def _disputed(axes: Axes, dataset: Dataset) -> str:
    """Draw the print of 2012 that English calls approved, around the Chinese one; return its number."""
    row = by_id(dataset, [DISPUTED])[DISPUTED]
    year, value = row["window_start"].year, float(row["value"])
    axes.plot(year, value, "s", ms=11, mfc="none", mec=SECOND, mew=1.3, ls="none")
    axes.annotate(
        "requested,\nor approved?", (year, value), (-8, -3), textcoords="offset points", ha="right", va="bottom",
        fontsize=style.SMALL + 0.5, color=style.TEXT,
    )  # fmt: skip
    return number(value)


def own_acts_chart(dataset: Dataset) -> Chart:
    """Draw what prosecutors set in motion themselves, cases above and persons below, by year."""
    figure, (top, bottom) = style.subplots(2, 1, size=(style.WIDTH, 5.6), sharex=True)
    cases = draw_counts(top, dataset, OWN_CASES, "cases a year")
    persons = draw_counts(bottom, dataset, OWN_PERSONS, "persons a year")
    _finish_years(top, bottom)
    figure.align_ylabels()
    years = [int(year) for one in (*cases, *persons) for year in one.series.table["year"]]
    return Chart(
        name="justice-own-acts",
        figure=style.finish(figure),
        title="What prosecutors set in motion themselves is small beside what reaches them, and told for few years",
        alt=f"Two panels, {min(years)} to {max(years)}. Above, cases: {_in_alt(cases)}. Below, persons: "
        f"{_in_alt(persons)}.",
        note="IPR crimes. Above: cases a year. Below: persons a year. These are acts of prosecutors. Cases "
        "joined early and persons added come from one mirrored text for all three years. "
        f"{MARK_NOTE}",
        source=_source(dataset, [*cases, *persons]),
    )


def criminal_chart(dataset: Dataset) -> Chart:
    """Draw criminal cases of first instance, accepted and concluded, beside the cases charged (cases a year)."""
    figure, axes = style.subplots(size=(style.WIDTH, 4.4))
    drawn = draw_counts(axes, dataset, CRIMINAL, "cases a year", named=False)
    _finish_years(axes)
    legend_above(figure, axes)
    return Chart(
        name="justice-criminal",
        figure=style.finish(figure),
        title="The courts' criminal count falls to the prosecutors' level where its content changes",
        alt=f"Criminal cases by year. {_in_alt(drawn)}. A dotted upright stands before 2017.",
        note=f"Cases a year; courts at first instance. {break_notes(drawn)} No text announces the change; it is "
        f"inferred. {MARK_NOTE}",
        source=_source(dataset, drawn),
    )


def civil_chart(dataset: Dataset) -> Chart:
    """Draw civil suits accepted at first instance by kind of right on a log axis (cases a year)."""
    figure, axes = style.subplots(size=(style.WIDTH, 4.4))
    axes.set_yscale("log")
    drawn = draw_counts(axes, dataset, CIVIL, "suits accepted a year")
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 3)))
    axes.yaxis.set_minor_locator(NullLocator())
    _finish_years(axes)
    return Chart(
        name="justice-civil",
        figure=style.finish(figure),
        title="In every year that is told by kind, copyright outnumbers trademark and patent together",
        alt=f"Civil suits accepted, log axis. {_in_alt(drawn)}.",
        note="Suits accepted at first instance a year, on a log axis: each gridline is about three times the "
        f"one below. Other kinds (contracts, unfair competition, other) are in the total only. {MARK_NOTE}",
        source=_source(dataset, drawn),
    )


def scopes_chart(dataset: Dataset) -> Chart:
    """Draw the totals of all IP cases concluded by scope, white paper, work report, first instance."""
    figure, axes = style.subplots(size=(style.WIDTH, 4.2))
    drawn = draw_counts(axes, dataset, SCOPES, "cases concluded a year", named=False)
    _finish_years(axes)
    legend_above(figure, axes)
    return Chart(
        name="justice-scopes",
        figure=style.finish(figure),
        title="One name, two totals: the work report's is always the lower",
        alt=f"All IP cases concluded by courts. {_in_alt(drawn)}.",
        note="Criminal, civil and administrative IP cases concluded a year. A total for 2022 that exceeds all "
        f"instances of its year, and is probably one of five years, is left out. {MARK_NOTE}",
        source=_source(dataset, drawn),
    )
