"""The police campaigns as bands on an axis of years, from the measures where these give dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.dataset import Dataset
from analysis.dataset.dates import last_day
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.addresses import finder_address
from analysis.publish.marks_time import DAY
from analysis.publish.remarks import remarks
from analysis.publish.touch import tell
from analysis.publish.words import window
from analysis.readings.windows import decimal_year
from analysis.scrutiny.measure_dates import first_day
from analysis.series.lookup import by_id

COLUMNS = ("label", "year", "lane", "side", "measure_id", "reading_id")
KUNLUN = re.compile(r"cn-(\d{4})-kunlun")
BAND_NOTE = (
    "Campaigns are dated by the measures table; Chunlei by the window published with its cases; Poan and "
    "Dajia, which have no row there, by their year. A dotted edge is a date that is not known; a band whose end is "
    "not known is drawn to the end of its year."
)


@dataclass(frozen=True)
class Band:
    """A campaign in the strip: its row (`lane`), its label and on which `side` that stands (blank: not written).

    It ran from `start` to `end`, first and last day; each end may be known to the month or the day, or not.
    """

    label: str
    name: str
    measure_id: str
    lane: int
    side: str
    start: pd.Timestamp
    end: pd.Timestamp
    start_known: bool
    end_known: bool

    @property
    def address(self) -> str:
        """Where the campaign is told: its measure, or what the finder has of one that is none of the measures."""
        if self.measure_id:
            return f"measures.html#measure-{self.measure_id}"
        return finder_address(self.label)

    @property
    def unknown(self) -> str:
        """The ends that are not known, in words; blank where both are."""
        ends = [name for name, known in (("start", self.start_known), ("end", self.end_known)) if not known]
        return " and ".join(ends)


def bands(dataset: Dataset) -> list[Band]:
    """Return the campaigns of remarks/campaigns.csv with their dates, and Kunlun for each of its years.

    One label of the strip stands for all years of Kunlun. Raises InputError for a measure or reading that is not there.
    """
    years = sorted(found[1] for found in map(KUNLUN.fullmatch, dataset.measures["measure_id"]) if found)
    labels = [f"Kunlun from {years[0]}", *[""] * (len(years) - 1)] if years else []
    kunlun = [
        dict(zip(COLUMNS, (label, year, "0", "left", f"cn-{year}-kunlun", ""), strict=True))
        for label, year in zip(labels, years, strict=True)
    ]
    return [_band(dataset, row) for row in (*remarks("campaigns", COLUMNS), *kunlun)]


def _band(dataset: Dataset, row: dict[str, str]) -> Band:
    """Date one campaign: by its reading, else by its measure, else by its year."""
    year, measure_id = row["year"], row["measure_id"]
    start, end, known = first_day(year), pd.Timestamp(last_day(year)), (False, False)
    if row["reading_id"]:
        reading = by_id(dataset, [row["reading_id"]])[row["reading_id"]]
        start, end, known = reading["window_start"], reading["window_end"], (True, True)
    elif measure_id:
        rows = dataset.measures[dataset.measures["measure_id"] == measure_id]
        if rows.empty:
            raise InputError(f"The data have no measure_id {measure_id!r}; the campaigns' bands need it.")
        effective, announced, ended = (
            str(rows.iloc[0][name]) for name in ("effective", "announced", "ended")
        )
        start = first_day(effective or announced)
        end, known = pd.Timestamp(last_day(ended or str(start.year))), (len(effective) > 4, len(ended) > 4)
    name = f"Kunlun {year}" if KUNLUN.fullmatch(measure_id) else row["label"]
    return Band(row["label"], name, measure_id, int(row["lane"]), row["side"], start, end, *known)


def draw_bands(strip: Axes, panels: list[Axes], dataset: Dataset) -> None:
    """Draw the campaigns as labelled bars in a strip, and shade their time in the panels below."""
    found = bands(dataset)
    for band in found:
        start, end = decimal_year(band.start), decimal_year(band.end + DAY)
        for axes in panels:
            axes.axvspan(start, end, color=style.PALE, alpha=0.55, linewidth=0, zorder=0)
        _bar(strip, band, start, end)
    strip.set_ylim(max(band.lane for band in found) + 0.6, -0.6)
    strip.set_yticks([])
    strip.grid(visible=False)
    strip.tick_params(axis="x", length=0)
    strip.spines[["left", "bottom"]].set_visible(False)


def _bar(strip: Axes, band: Band, start: float, end: float) -> None:
    """Draw one campaign's bar: solid edges where a date is known, dotted ones where it is not."""
    lane, sign = band.lane, 1 if band.side == "right" else -1
    box = Rectangle((start, lane - 0.32), end - start, 0.64, facecolor=style.MEASURE, alpha=0.45, linewidth=0)
    strip.add_patch(box)
    tell(box, [(f"{band.name}: {window(band.start, band.end)}", band.address)])
    for at, known in ((start, band.start_known), (end, band.end_known)):
        strip.plot([at, at], [lane - 0.36, lane + 0.36], color=style.INK, lw=1.3, ls="-" if known else ":")
    strip.annotate(
        band.label, (end if sign > 0 else start, lane), (3 * sign, 0), textcoords="offset points",
        ha="left" if sign > 0 else "right", va="center_baseline", fontsize=style.SMALL,
    )  # fmt: skip


def bands_in_words(dataset: Dataset) -> str:
    """List the campaigns with their months, for the alt text."""
    return "; ".join(
        f"{band.name} {band.start:%B %Y} to {band.end:%B %Y}"
        f"{f' ({band.unknown} not known)' if band.unknown else ''}"
        for band in bands(dataset)
    )
