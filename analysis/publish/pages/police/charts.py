"""Police campaigns: the whole-year figures on cases, suspects and value, and everything the chapter calls."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import Drawn, break_notes
from analysis.publish.pages.police.campaigns import BAND_NOTE, bands_in_words, draw_bands
from analysis.publish.pages.police.scales import HALO, SMALL
from analysis.publish.pages.police.years import (
    FILED,
    INVESTIGATED,
    MARK_NOTE,
    NARROW,
    SOLVED,
    WIDE,
    Count,
    Look,
    Total,
    draw_breaks,
    draw_totals,
    draw_years,
    label_prints,
    totals_in_words,
    year_axis,
)

CASE_COUNTS = (
    Count("mps-ipr-cases-solved", NARROW),
    Count("mps-cases-solved", SOLVED),
    Count("mps-cases-investigated", INVESTIGATED, half=1, banded=False),
    Count("mps-cases-filed", FILED, half=2),
)
CASE_TOTALS = (
    Total("police-0182", NARROW),
    Total("police-0350", NARROW),
    Total("police-0351", NARROW),
    Total("police-0372", NARROW, 2013.05, "below"),
    Total("adm-0202", SOLVED, 2010.7, "left"),
    Total("police-0201", INVESTIGATED, 2015.1),
    Total("police-0027", SOLVED, 2016.1),
    Total("police-0524", INVESTIGATED, 2021.1),
)
SUSPECT_COUNTS = (Count("mps-ipr-suspects", NARROW), Count("mps-suspects", WIDE))
SUSPECT_TOTALS = (Total("police-0184", NARROW), Total("police-0373", NARROW), Total("police-0028", WIDE))
VALUE_COUNTS = (Count("mps-ipr-value", NARROW), Count("mps-value", WIDE))
VALUE_TOTALS = (
    Total("police-0183", NARROW),
    Total("police-0374", NARROW),
    Total("police-0202", WIDE),
    Total("police-0029", WIDE),
)


def cases_chart(dataset: Dataset) -> Chart:
    """Draw the police's whole-year cases 2000 to 2025 by stage and scope, with campaigns and longer totals.

    Values are cases a year.
    """
    figure, (strip, axes) = style.subplots(
        2, 1, size=(5.8, 4.9), sharex=True, gridspec_kw={"height_ratios": [1, 3.9]}
    )
    drawn = [draw_years(axes, dataset, count) for count in CASE_COUNTS]
    draw_breaks(axes, drawn)
    label_prints(axes, drawn[1].series)
    draw_totals(axes, dataset, CASE_TOTALS)
    _names(axes, 2000.0, 3_400, "IPR crimes alone, solved", NARROW)
    _names(axes, 2011.7, 48_500, SOLVED.word, SOLVED)
    _names(axes, 2018.1, 46_000, INVESTIGATED.word, INVESTIGATED)
    _names(axes, 2024.2, 38_500, FILED.word, FILED)
    draw_bands(strip, [axes], dataset)
    year_axis(axes)
    axes.set_ylim(0, 63_000)
    axes.set_ylabel("cases a year")
    style.short_axis(axes)
    counts = ". ".join(f"{count.look.word}: {one.alt}" for count, one in zip(CASE_COUNTS, drawn, strict=True))
    return Chart(
        name="police-cases",
        figure=style.finish(figure),
        title="Police counted most cases in 2013, and nobody agrees how many",
        alt=f"Whole-year counts of police cases in China: {counts}. Totals over several years, spread evenly: "
        f"{totals_in_words(dataset, CASE_TOTALS)}. Campaigns above: {bands_in_words(dataset)}.",
        note=f"Cases a year, by the stage counted. {MARK_NOTE} Investigated cases, which rest on "
        f"two long totals, have no shaded boxes here. {break_notes(drawn)} {BAND_NOTE}",
        source=source_line(dataset, _ids(drawn, CASE_TOTALS)),
    )


def value_chart(dataset: Dataset) -> Chart:
    """Draw the suspects (persons a year) and the value involved (yuan a year, log axis) of police cases."""
    figure, (top, bottom) = style.subplots(2, 1, size=(5.8, 5.0), sharex=True)
    suspects = [draw_years(top, dataset, count) for count in SUSPECT_COUNTS]
    values = [draw_years(bottom, dataset, count) for count in VALUE_COUNTS]
    draw_totals(top, dataset, SUSPECT_TOTALS)
    draw_totals(bottom, dataset, VALUE_TOTALS)
    draw_breaks(top, suspects)
    draw_breaks(bottom, values)
    label_prints(top, suspects[1].series)
    label_prints(bottom, values[1].series)
    _finish_value(top, bottom)
    figure.align_ylabels()
    counts = " ".join(
        f"{what}, {count.look.word}: {one.alt}."
        for what, counts, drawn in (
            ("Suspects", SUSPECT_COUNTS, suspects),
            ("Value in yuan", VALUE_COUNTS, values),
        )
        for count, one in zip(counts, drawn, strict=True)
    )
    totals = (*SUSPECT_TOTALS, *VALUE_TOTALS)
    return Chart(
        name="police-value",
        figure=style.finish(figure),
        title="For 2013 the police are given two values, one four times the other",
        alt=f"Two panels by year. {counts} Totals spread evenly: {totals_in_words(dataset, totals)}.",
        note="Above: suspects a year. Below: value involved, yuan a year, on a log axis (each gridline ten "
        f"times the one below). {MARK_NOTE} {break_notes([*suspects, *values])}",
        source=source_line(dataset, _ids([*suspects, *values], totals)),
    )


def _names(axes: Axes, x: float, y: float, text: str, look: Look) -> None:
    """Name a count beside its marks, in its colour."""
    axes.text(x, y, text, color=look.colour, fontsize=9.5, weight="bold", va="bottom", path_effects=HALO)


def _finish_value(top: Axes, bottom: Axes) -> None:
    """Set the axes of the two panels and name the counts."""
    year_axis(bottom)
    top.set_ylim(0, 68_000)
    top.set_ylabel("suspects a year")
    bottom.set_yscale("log")
    bottom.set_ylim(2e8, 5e11)
    bottom.set_ylabel("yuan a year")
    for axes in (top, bottom):
        style.short_axis(axes)
        axes.minorticks_off()
    _names(top, 2000, 4_600, NARROW.word, NARROW)
    _names(top, 2014.9, 36_000, WIDE.word, WIDE)
    _names(bottom, 2000, 2.1e9, NARROW.word, NARROW)
    _names(bottom, 2017.6, 2.9e9, WIDE.word, WIDE)
    bottom.text(2010.3, 1.86e10, "2011 to June 2017,\nspread evenly", color=WIDE.colour, fontsize=SMALL,
                ha="right", va="center")  # fmt: skip


def _ids(drawn: list[Drawn], totals: tuple[Total, ...]) -> list[str]:
    """Return the ids of all readings that a figure rests on."""
    whole = [str(name) for one in drawn for name in one.series.readings["reading_id"]]
    return [*whole, *(total.reading_id for total in totals)]
