"""Whole years of police counts: a box a year, a hollow mark for another print, a line for a total of several years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE, band, band_in_words, draw_band
from analysis.publish.chart import Chart, source_line
from analysis.publish.lines import Drawn, break_notes, readings_of_all
from analysis.publish.marks import told
from analysis.publish.marks_time import DAY, draw_levels
from analysis.publish.numbers import YEAR_DAYS
from analysis.publish.pages.police import campaigns
from analysis.publish.touch import lead
from analysis.publish.words import number, quote, window
from analysis.readings.windows import decimal_year
from analysis.series import PrintedYears, breaks_of, printed_years
from analysis.series.lookup import chosen


@dataclass(frozen=True)
class Look:
    """How one count is drawn: colour and shape differ by stage and scope, so that neither is needed alone."""

    colour: str
    marker: str
    word: str


SOLVED = Look(style.GROUPS[0], "o", "solved")
INVESTIGATED = Look(style.GROUPS[1], "s", "investigated")
FILED = Look(style.GROUPS[2], "^", "filed")
NARROW = Look(style.GROUPS[4], "D", "IPR crimes alone")
WIDE = Look(style.GROUPS[0], "o", "IPR and fake goods")


@dataclass(frozen=True)
class Count:
    """One series with its look. `half` is the half of the year it takes: 0 all, 1 the first, 2 the second.

    Without `banded` its reconstructed years are left to the chapter of every series.
    """

    series_id: str
    look: Look
    half: int = 0
    banded: bool = True


# Where a total's label stands: at the line's first or last end, the offset in points, and the alignment.
PLACES = {
    "left": (0, (-3, 0), "right", "center"),
    "above": (0, (1, 2), "left", "bottom"),
    "below": (0, (1, -3), "left", "top"),
    "above the end": (1, (0, 2), "right", "bottom"),
}


@dataclass(frozen=True)
class Total:
    """A total over several years, with its look, its label's place (see PLACES; blank for none), and its kind.

    The label is the mean a year, or with `dated` the window.
    """

    reading_id: str
    look: Look
    place: str = ""
    dated: bool = False


CASE_COUNTS = (
    Count("mps-cases-solved", SOLVED),
    Count("mps-cases-investigated", INVESTIGATED, half=1, banded=False),
    Count("mps-cases-filed", FILED, half=2, banded=False),
    Count("mps-ipr-cases-solved", NARROW, banded=False),
)
CASE_TOTALS = (
    *(Total(name, NARROW) for name in ("police-0182", "police-0350", "police-0351")),
    Total("police-0372", NARROW, "below"),
    Total("adm-0202", SOLVED, "left"),
    Total("police-0201", INVESTIGATED, "above the end"),
    Total("police-0027", SOLVED, "above"),
    Total("police-0524", INVESTIGATED, "above"),
)
SUSPECT_COUNTS = (Count("mps-ipr-suspects", NARROW), Count("mps-suspects", WIDE))
SUSPECT_TOTALS = (Total("police-0184", NARROW), Total("police-0373", NARROW), Total("police-0028", WIDE))
VALUE_COUNTS = (Count("mps-ipr-value", NARROW), Count("mps-value", WIDE))
VALUE_TOTALS = (
    *(Total(name, NARROW) for name in ("police-0183", "police-0374")),
    Total("police-0202", WIDE, "left", dated=True),
    Total("police-0029", WIDE),
)
MARK_NOTE = (
    "Full boxes are as wide as their year and as tall as their hedge or rounding allows. Where two stages share a "
    "year each has half its width. Hollow: a rival figure. A horizontal line is a total of several years, spread "
    "evenly over them. Nothing joins marks. "
    f"{BAND_NOTE}"
)


def cases_chart(dataset: Dataset) -> Chart:
    """Draw the police's whole-year cases (cases a year) by stage, the narrow count by itself, with campaigns above.

    Totals of several years are drawn as lines; only solved cases of the wide count have reconstructed years.
    """
    figure, (strip, wide, narrow) = style.subplots(
        3, 1, size=(style.WIDTH, 5.8), sharex=True, height_ratios=[1, 3.4, 1.5]
    )
    drawn: list[Drawn] = []
    for axes, looks in ((wide, (SOLVED, INVESTIGATED, FILED)), (narrow, (NARROW,))):
        counts = tuple(one for one in CASE_COUNTS if one.look in looks)
        drawn += _draw(axes, dataset, counts, tuple(one for one in CASE_TOTALS if one.look in looks))
        _name(axes, {f"{one.word}{', solved' if one is NARROW else ''}": one for one in looks})
    campaigns.draw_bands(strip, [], dataset)
    _year_axis([wide, narrow])
    for axes in (wide, narrow):
        axes.set_ylim(bottom=0)
        axes.set_ylabel("cases a year")
        style.short_axis(axes)
    figure.align_ylabels()
    said = ". ".join(f"{count.look.word}: {one.alt}" for count, one in zip(CASE_COUNTS, drawn, strict=True))
    return Chart(
        name="police-cases",
        figure=style.finish(figure),
        title="Police counted most cases in 2013, and nobody agrees how many",
        alt=f"Whole-year counts of police cases in China, that of IPR crimes alone below: {said}. "
        "Totals over several years, spread evenly: "
        f"{_totals_in_words(dataset, CASE_TOTALS)}. Campaigns above: {campaigns.bands_in_words(dataset)}.",
        measure="Cases a year, by the stage counted, China's police",
        note=f"{MARK_NOTE} Only solved cases of the wide count have shaded boxes here. "
        f"{break_notes(drawn)} {campaigns.BAND_NOTE}",
        source=source_line(dataset, [*readings_of_all(drawn)["reading_id"], *_ids(CASE_TOTALS)]),
    )


def value_chart(dataset: Dataset) -> Chart:
    """Draw the suspects (persons a year) and the value involved (yuan a year, log axis) of police cases."""
    figure, (top, bottom) = style.subplots(2, 1, size=(style.WIDTH, 5.4), sharex=True)
    bottom.set_yscale("log")
    suspects = _draw(top, dataset, SUSPECT_COUNTS, SUSPECT_TOTALS)
    values = _draw(bottom, dataset, VALUE_COUNTS, VALUE_TOTALS)
    _name(top, {one.word: one for one in (NARROW, WIDE)})
    _year_axis([top, bottom])
    top.set_ylim(bottom=0)
    top.set_ylabel("suspects a year")
    bottom.set_ylabel("yuan a year")
    for axes in (top, bottom):
        style.short_axis(axes)
        axes.minorticks_off()
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
        alt=f"Two panels by year. {counts} Totals spread evenly: {_totals_in_words(dataset, totals)}.",
        measure="Suspects a year, and value involved in yuan a year, China's police",
        note="Above: suspects a year. Below: value involved, yuan a year, on a log axis (each gridline ten "
        f"times the one below). {MARK_NOTE} {break_notes([*suspects, *values])}",
        source=source_line(dataset, [*readings_of_all([*suspects, *values])["reading_id"], *_ids(totals)]),
    )


def _ids(totals: Iterable[Total]) -> list[str]:
    return [total.reading_id for total in totals]


def _draw(axes: Axes, dataset: Dataset, counts: tuple[Count, ...], totals: tuple[Total, ...]) -> list[Drawn]:
    """Draw counts and totals, an upright where a count changes, and the month of each of two rival prints."""
    drawn = [draw_years(axes, dataset, count) for count in counts]
    _draw_totals(axes, dataset, totals)
    for day in sorted({day for one in drawn for day in one.breaks["date"]}):
        axes.axvline(decimal_year(day), color=style.RULE, lw=0.9, ls=":", zorder=1)
    for series in (one.series for one in drawn):
        published = series.readings.set_index("reading_id")["published"]
        others = _others(series)
        rivalled = series.table[series.table["year"].isin(others["year"])]
        for row in pd.concat([rivalled, others]).to_dict("records"):
            month = f"{pd.Timestamp(str(published[row['reading_id']])):%b %Y}"
            axes.annotate(
                f"{row['year']}, told {month}", (row["year"] + 0.5, row["value"]), (8, 0), fontsize=style.SMALL,
                color=style.TEXT, path_effects=style.HALO, **style.BESIDE,
            )  # fmt: skip
    return drawn


def draw_years(axes: Axes, dataset: Dataset, count: Count) -> Drawn:
    """Draw a series' years as boxes with a mark and competing prints as hollow marks; return what was drawn.

    Behind them stand the boxes of its reconstructed years. Raises InputError for an unknown series.
    """
    series, colour = printed_years(dataset, count.series_id), count.look.colour
    left, width = {0: (0.0, 1.0), 1: (0.0, 0.5), 2: (0.5, 0.5)}[count.half]
    years = band(dataset, count.series_id)
    years = years if count.banded else years[:0]
    draw_band(
        axes, years, color=colour, left=left + 0.1 * width, width=0.8 * width, series_id=count.series_id
    )
    for row in series.table.to_dict("records"):
        corner, height = (row["year"] + left, row["low"]), row["high"] - row["low"]
        box = Rectangle(corner, width, height, facecolor=colour, alpha=0.3, linewidth=0, zorder=2)
        lead(axes.add_patch(box), [row])
    for rows, inside in ((series.table, colour), (_others(series), style.PAPER)):
        (marks,) = axes.plot(
            rows["year"] + left + width / 2, rows["value"], count.look.marker,
            color=colour, mfc=inside, mew=1.4, ms=5.5, zorder=5,
        )  # fmt: skip
        lead(marks, rows)
    breaks = breaks_of(dataset, count.series_id)
    begun = breaks["date"].dt.year <= series.table["year"].max()
    alt = "; ".join([_years_in_words(series), *([band_in_words(years)] if len(years) else [])])
    breaks = breaks[begun]
    return Drawn(series, breaks.assign(at=breaks["date"].map(decimal_year)), alt, years, axes)


def _others(series: PrintedYears) -> pd.DataFrame:
    """Return the competing prints, a value printed twice once."""
    return series.competing.drop_duplicates(["year", "value"])


def yearly_means(dataset: Dataset, totals: Iterable[Total]) -> pd.DataFrame:
    """Return multi-year totals with mean, mean_low and mean_high: their unit a year of 365.25 days."""
    frame = chosen(dataset, _ids(totals))
    years = frame["days"] / YEAR_DAYS
    return frame.assign(
        mean=frame["value"] / years, mean_low=frame["low"] / years, mean_high=frame["high"] / years
    )


def _draw_totals(axes: Axes, dataset: Dataset, totals: tuple[Total, ...]) -> None:
    """Draw each multi-year total as a line over its window at its mean a year, labelled where asked."""
    rows = yearly_means(dataset, totals).assign(colour=[total.look.colour for total in totals])
    names = {
        "window_start": "start",
        "window_end": "end",
        "mean": "value",
        "mean_low": "low",
        "mean_high": "high",
    }
    drawn = rows[["colour", "reading_id", *names]].rename(columns=names)
    draw_levels(axes, drawn)
    for total, row in zip(totals, drawn.to_dict("records"), strict=True):
        if total.place:
            end, offset, ha, va = PLACES[total.place]
            at = decimal_year(row["end"] + DAY if end else row["start"])
            words = (
                f"{row['start']:%Y} to {row['end']:%B %Y},\nspread evenly"
                if total.dated
                else number(row["value"], 3)
            )
            axes.annotate(
                words, (at, row["value"]), offset, textcoords="offset points", ha=ha, va=va,
                fontsize=style.SMALL, color=row["colour"], path_effects=style.HALO,
            )  # fmt: skip


def _name(axes: Axes, looks: dict[str, Look]) -> None:
    """Name the counts by their marks where the early years leave room."""
    for word, look in looks.items():
        axes.plot([], [], look.marker, color=look.colour, ms=5.5, label=word)
    axes.legend(loc="upper left", fontsize=9, handlelength=0.8, borderpad=0.2)


def _year_axis(panels: list[Axes]) -> None:
    """Let the years run from the first to the last that is drawn; every fifth has its label under its middle."""
    first = int(np.floor(min(axes.dataLim.x0 for axes in panels)))
    last = int(np.ceil(max(axes.dataLim.x1 for axes in panels)))
    panels[-1].set_xlim(first - 0.2, last + 0.2)
    shown = [year for year in range(first, last) if year % 5 == 0]
    panels[-1].set_xticks([year + 0.5 for year in shown], [str(year) for year in shown])


def _years_in_words(series: PrintedYears) -> str:
    """List a series' years with their hedges, and what other texts print."""
    readings = {str(row["reading_id"]): row for _, row in series.readings.iterrows()}
    others = _others(series)
    parts = []
    for row in series.table.to_dict("records"):
        rivals = others[others["year"] == row["year"]].iterrows()
        other = "".join(f" (another text: {quote(rival, unit=False)})" for _, rival in rivals)
        parts.append(f"{row['year']} {quote(readings[row['reading_id']], unit=False)}{other}")
    return ", ".join(parts)


def _totals_in_words(dataset: Dataset, totals: tuple[Total, ...]) -> str:
    """List the multi-year totals with window, quotation and mean a year."""
    return told(
        yearly_means(dataset, totals),
        lambda row: (
            f"{window(row['window_start'], row['window_end'])} {quote(row)}, {number(row['mean'], 3)} a year"
        ),
    )
