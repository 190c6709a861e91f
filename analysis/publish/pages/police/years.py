"""How whole-year police figures are drawn: a box a year, a hollow mark for another print, a line for a total."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.bands import BAND_NOTE, band, band_in_words, draw_band
from analysis.publish.lines import Drawn
from analysis.publish.pages.police.scales import DAY, HALO, SMALL, YEAR_DAYS, decimal
from analysis.publish.words import number, quote, window
from analysis.series import PrintedYears, breaks_of, printed_years
from analysis.series.lookup import chosen


@dataclass(frozen=True)
class Look:
    """How one count is drawn: colour and shape differ by stage and scope, so that neither is needed alone."""

    colour: str
    marker: str
    word: str


SOLVED = Look(style.BLUE, "o", "solved")
INVESTIGATED = Look(style.ORANGE, "s", "investigated")
FILED = Look(style.GREEN, "^", "filed")
NARROW = Look(style.PURPLE, "D", "IPR crimes alone")
WIDE = Look(style.BLUE, "o", "IPR and fake goods")

MARK_NOTE = (
    "A full box is as wide as its year and as tall as the interval that the hedge or the rounding allows; where "
    "two stages share a year each has half its width. A hollow mark is another print that excludes the first. "
    "A horizontal line is a total printed for several years, spread evenly over them. Nothing joins marks. "
    f"{BAND_NOTE}"
)


@dataclass(frozen=True)
class Count:
    """One series with its look. `half` is the half of the year it takes: 0 all, 1 the first, 2 the second.

    Without `banded` its reconstructed years are left to the chapter of every series.
    """

    series_id: str
    look: Look
    half: int = 0
    banded: bool = True


@dataclass(frozen=True)
class Total:
    """A total over several years, with its look and where on the axis of years its label stands, if any."""

    reading_id: str
    look: Look
    label_at: float | None = None
    side: str = "above"


def draw_years(axes: Axes, dataset: Dataset, count: Count) -> Drawn:
    """Draw a series' years as boxes with a mark and competing prints as hollow marks; return what was drawn.

    Behind them stand the boxes of its reconstructed years.
    """
    series, look = printed_years(dataset, count.series_id), count.look
    left, width = {0: (0.0, 1.0), 1: (0.0, 0.5), 2: (0.5, 0.5)}[count.half]
    years = band(dataset, count.series_id)
    years = years if count.banded else years[:0]
    draw_band(axes, years, color=look.colour, left=left + 0.1 * width, width=0.8 * width)
    for row in series.table.to_dict("records"):
        corner, height = (row["year"] + left, row["low"]), row["high"] - row["low"]
        box = Rectangle(corner, width, height, facecolor=look.colour, alpha=0.3, linewidth=0, zorder=2)
        axes.add_patch(box)
        axes.plot(
            row["year"] + left + width / 2, row["value"], look.marker, color=look.colour, ms=5.5, zorder=4
        )
    for row in _others(series).to_dict("records"):
        at = row["year"] + left + width / 2
        axes.plot(at, row["value"], look.marker, mfc="white", mec=look.colour, mew=1.4, ms=5.5, zorder=5)
    breaks = breaks_of(dataset, count.series_id)
    begun = breaks["date"].dt.year <= series.table["year"].max()
    return Drawn(series, breaks[begun], _alt(series, years), years)


def _alt(series: PrintedYears, years: pd.DataFrame) -> str:
    """Say a count's printed years and, where they are drawn, those reconstructed."""
    return "; ".join([years_in_words(series), *([band_in_words(years)] if len(years) else [])])


def draw_breaks(axes: Axes, drawn: list[Drawn]) -> None:
    """Draw a dotted upright on each day from which a series counts something else."""
    for day in sorted({day for one in drawn for day in one.breaks["date"]}):
        axes.axvline(decimal(day), color=style.GREY, lw=0.9, ls=":", zorder=1)


def label_prints(axes: Axes, series: PrintedYears) -> None:
    """Write beside each of two conflicting prints the month in which it was told."""
    told = series.readings.set_index("reading_id")["published"]
    others = _others(series)
    picked = series.table[series.table["year"].isin(others["year"])]
    for row in [*picked.to_dict("records"), *others.to_dict("records")]:
        month = f"{pd.Timestamp(str(told[row['reading_id']])):%b %Y}"
        axes.annotate(
            f"{row['year']}, told {month}", (row["year"] + 0.5, row["value"]), (8, 0), textcoords="offset points",
            va="center", fontsize=SMALL, color="#444444", path_effects=HALO,
        )  # fmt: skip


def _others(series: PrintedYears) -> pd.DataFrame:
    """Return the competing prints, a value printed twice once."""
    return series.competing.drop_duplicates(["year", "value"])


def yearly_means(dataset: Dataset, totals: tuple[Total, ...]) -> pd.DataFrame:
    """Return multi-year totals with mean, mean_low and mean_high: their unit a year of 365.25 days."""
    frame = chosen(dataset, [total.reading_id for total in totals])
    years = frame["days"] / YEAR_DAYS
    return frame.assign(
        mean=frame["value"] / years, mean_low=frame["low"] / years, mean_high=frame["high"] / years
    )


def draw_totals(axes: Axes, dataset: Dataset, totals: tuple[Total, ...]) -> None:
    """Draw each multi-year total as a line over its window at its mean a year, labelled where asked."""
    rows = yearly_means(dataset, totals).to_dict("records")
    for total, row in zip(totals, rows, strict=True):
        start, end = decimal(row["window_start"]), decimal(row["window_end"] + DAY)
        height = row["mean_high"] - row["mean_low"]
        colour = total.look.colour
        axes.add_patch(
            Rectangle((start, row["mean_low"]), end - start, height, facecolor=colour, alpha=0.2, lw=0)
        )
        axes.plot([start, end], [row["mean"], row["mean"]], color=colour, lw=1.6, zorder=3)
        if total.label_at:
            dy, va, ha = {
                "above": (2, "bottom", "left"),
                "below": (-3, "top", "left"),
                "left": (0, "center", "right"),
            }[total.side]
            axes.annotate(
                number(row["mean"], 3), (total.label_at, row["mean"]), (0, dy), textcoords="offset points",
                va=va, ha=ha, fontsize=SMALL, color=colour, path_effects=HALO,
            )  # fmt: skip


def year_axis(axes: Axes) -> None:
    """Mark the years 2000 to 2025, each label under the middle of its year."""
    axes.set_xlim(1999.8, 2026.2)
    axes.set_xticks([year + 0.5 for year in range(2000, 2026, 5)], [str(y) for y in range(2000, 2026, 5)])


def years_in_words(series: PrintedYears) -> str:
    """List a series' years with their hedges, and what other texts print."""
    readings = {str(row["reading_id"]): row for _, row in series.readings.iterrows()}
    others = _others(series)
    parts = []
    for row in series.table.to_dict("records"):
        rivals = others[others["year"] == row["year"]].iterrows()
        other = "".join(f" (another text: {quote(rival, unit=False)})" for _, rival in rivals)
        parts.append(f"{row['year']} {quote(readings[row['reading_id']], unit=False)}{other}")
    return ", ".join(parts)


def totals_in_words(dataset: Dataset, totals: tuple[Total, ...]) -> str:
    """List the multi-year totals with window, quotation and mean a year."""
    return "; ".join(
        f"{window(row['window_start'], row['window_end'])} {quote(row)}, {number(row['mean'], 3)} a year"
        for _, row in yearly_means(dataset, totals).iterrows()
    )
