"""What the courts count: criminal cases, civil suits by kind, and two scopes of all cases under one name."""

from __future__ import annotations

from matplotlib.ticker import FixedLocator, NullLocator

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart
from analysis.publish.lines import break_notes
from analysis.publish.pages.justice.looks import (
    MARK_NOTE,
    Count,
    axes_of,
    draw_counts,
    in_alt,
    source_of,
)

CRIMINAL = (
    Count("spc-criminal-accepted", style.PURPLE, "D", "courts: accepted", (2005.2, 12_900)),
    Count("spc-criminal-concluded", style.BLUE, "o", "courts: concluded", (2005.2, 12_000)),
    Count("spc-criminal-narrow-accepted", style.GREEN, "^", "courts: IPR\ncrimes alone", (2005.2, 7_400)),
    Count("spp-cases-prosecuted", style.ORANGE, "s", "prosecutors:\ncharged", (2011.7, 2_500)),
)
CIVIL = (
    Count("spc-civil-accepted", style.INK, "v", "all civil IP suits", (2006.6, 75_000)),
    Count("spc-civil-copyright-accepted", style.BLUE, "o", "copyright", (2014.7, 62_000)),
    Count("spc-civil-trademark-accepted", style.ORANGE, "s", "trademark", (2013.2, 22_500)),
    Count("spc-civil-patent-accepted", style.GREEN, "^", "patent", (2012.6, 8_600)),
)
SCOPES = (
    Count("spc-all-concluded", style.BLUE, "o", "white paper, all instances", (2013.4, 560_000)),
    Count("spc-work-report-concluded", style.ORANGE, "s", "work report", (2021.3, 340_000)),
    Count("spc-all-first-concluded", style.GREEN, "^", "called first instance", (2010.0, 190_000)),
)


def criminal_chart(dataset: Dataset) -> Chart:
    """Draw criminal cases of first instance, accepted and concluded, beside the cases charged (cases a year)."""
    figure, axes = style.subplots(size=(5.8, 4.4))
    drawn = draw_counts(axes, dataset, CRIMINAL)
    axes_of(axes, "cases a year", 14_000, (2004.9, 2025))
    return Chart(
        name="justice-criminal",
        figure=style.finish(figure),
        title="The courts' criminal count falls to the prosecutors' level where its content changes",
        alt=f"Criminal cases by year. {in_alt(drawn)}. A dotted upright stands before 2017.",
        note=f"Cases a year; courts at first instance. {break_notes(drawn)} No text announces the change; it is "
        f"inferred. {MARK_NOTE}",
        source=source_of(dataset, drawn),
    )


def civil_chart(dataset: Dataset) -> Chart:
    """Draw civil suits accepted at first instance by kind of right on a log axis (cases a year)."""
    figure, axes = style.subplots(size=(5.8, 4.4))
    drawn = draw_counts(axes, dataset, CIVIL)
    axes.set_yscale("log")
    axes.set_ylim(3_000, 800_000)
    axes.set_xlim(2006.3, 2025)
    axes.yaxis.set_major_locator(FixedLocator([3_000, 10_000, 30_000, 100_000, 300_000]))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_ylabel("suits accepted a year")
    style.short_axis(axes)
    return Chart(
        name="justice-civil",
        figure=style.finish(figure),
        title="In every year that is told by kind, copyright outnumbers trademark and patent together",
        alt=f"Civil suits accepted, log axis. {in_alt(drawn)}.",
        note="Suits accepted at first instance a year, on a log axis: each gridline is about three times the "
        f"one below. Other kinds (contracts, unfair competition, other) are in the total only. {MARK_NOTE}",
        source=source_of(dataset, drawn),
    )


def scopes_chart(dataset: Dataset) -> Chart:
    """Draw the totals of all IP cases concluded by scope, white paper, work report, first instance."""
    figure, axes = style.subplots(size=(5.8, 4.0))
    drawn = draw_counts(axes, dataset, SCOPES)
    axes_of(axes, "cases concluded a year", 680_000, (2009.5, 2025.2))
    return Chart(
        name="justice-scopes",
        figure=style.finish(figure),
        title="One name, two totals: the work report's is always the lower",
        alt=f"All IP cases concluded by courts. {in_alt(drawn)}.",
        note="Criminal, civil and administrative IP cases concluded a year. A total for 2022 that exceeds all "
        f"instances of its year, and is probably one of five years, is left out. {MARK_NOTE}",
        source=source_of(dataset, drawn),
    )
