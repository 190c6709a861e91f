"""The police campaigns as bands on an axis of years, from the measures where these give dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.marks_time import DAY
from analysis.readings.windows import decimal_year


@dataclass(frozen=True)
class Campaign:
    """A campaign: its row among the measures, or the reading that dates it, or at least its year.

    `lane` is its row in the strip, `side` where its label stands; a blank label is not written.
    """

    label: str
    year: int
    lane: int
    side: str = "right"
    measure_id: str = ""
    reading_id: str = ""

    @property
    def name(self) -> str:
        """The campaign's name; one label of the strip stands for all years of Kunlun."""
        return f"Kunlun {self.year}" if KUNLUN.fullmatch(self.measure_id) else self.label


@dataclass(frozen=True)
class Band:
    """When a campaign ran, first and last day, and which of the two is known to the month or the day."""

    campaign: Campaign
    start: pd.Timestamp
    end: pd.Timestamp
    start_known: bool
    end_known: bool

    @property
    def unknown(self) -> str:
        """The ends that are not known, in words; blank where both are."""
        ends = [name for name, known in (("start", self.start_known), ("end", self.end_known)) if not known]
        return " and ".join(ends)


KUNLUN = re.compile(r"cn-(\d{4})-kunlun")
CAMPAIGNS = (
    Campaign("Mountain Eagle", 2004, 0, measure_id="cn-2004-11-mountain-eagle"),
    Campaign("Special campaign", 2010, 1, "left", measure_id="cn-2010-10-special-campaign"),
    Campaign("Bright Sword", 2010, 2, "left", measure_id="cn-2010-11-bright-sword"),
    Campaign("Poan 2012", 2012, 1),
    Campaign("Dajia 2013", 2013, 2),
    Campaign("Yunduan 2017", 2017, 1, measure_id="cn-2017-yunduan"),
    Campaign("Chunlei", 2017, 2, measure_id="cn-2017-12-chunlei", reading_id="police-0107"),
)
BAND_NOTE = (
    "Campaigns are dated by the measures table; Chunlei by the window printed with its cases; Poan and "
    "Dajia, which have no row there, by their year. A dotted edge is a date that is not known; a band whose end is "
    "not known is drawn to the end of its year."
)


def bands(dataset: Dataset) -> list[Band]:
    """Return the campaigns with their dates, Kunlun once for each of its years among the measures.

    Raises InputError for a measure or reading that is not there.
    """
    years = sorted(int(found[1]) for found in map(KUNLUN.fullmatch, dataset.measures["measure_id"]) if found)
    kunlun = [
        Campaign(
            f"Kunlun {years[0]} to {years[-1]}" if year == years[0] else "",
            year,
            0,
            "left",
            f"cn-{year}-kunlun",
        )
        for year in years
    ]
    return [_band(dataset, campaign) for campaign in (*CAMPAIGNS, *kunlun)]


def _band(dataset: Dataset, campaign: Campaign) -> Band:
    """Date one campaign: by its reading, else by its measure, else by its year."""
    if campaign.reading_id:
        row = _row(dataset.readings, "reading_id", campaign.reading_id)
        return Band(campaign, row["window_start"], row["window_end"], True, True)
    if not campaign.measure_id:
        year = str(campaign.year)
        return Band(campaign, _date(year), _date(year, last=True), False, False)
    row = _row(dataset.measures, "measure_id", campaign.measure_id)
    effective, announced, ended = (str(row[name]) for name in ("effective", "announced", "ended"))
    start = _date(effective or announced)
    end = _date(ended or str(start.year), last=True)
    return Band(campaign, start, end, len(effective) > 4, len(ended) > 4)


def _row(frame: pd.DataFrame, column: str, name: str) -> pd.Series[Any]:
    rows = frame[frame[column] == name]
    if rows.empty:
        raise InputError(f"The data have no {column} {name!r}; the campaigns' bands need it.")
    return rows.iloc[0]


def _date(text: str, *, last: bool = False) -> pd.Timestamp:
    """Return the first (or last) day that a date such as 2004, 2004-11 or 2004-11-05 covers."""
    period = pd.Period(text, freq={4: "Y", 7: "M", 10: "D"}[len(text)])
    return period.end_time.normalize() if last else period.start_time


def draw_bands(strip: Axes, panels: list[Axes], dataset: Dataset) -> None:
    """Draw the campaigns as labelled bars in a strip, and shade their time in the panels below."""
    found = bands(dataset)
    for band in found:
        start, end = decimal_year(band.start), decimal_year(band.end + DAY)
        for axes in panels:
            axes.axvspan(start, end, color=style.PALE, alpha=0.55, linewidth=0, zorder=0)
        _bar(strip, band, start, end)
    strip.set_ylim(max(band.campaign.lane for band in found) + 0.6, -0.6)
    strip.set_yticks([])
    strip.grid(visible=False)
    strip.tick_params(axis="x", length=0)
    strip.spines[["left", "bottom"]].set_visible(False)


def _bar(strip: Axes, band: Band, start: float, end: float) -> None:
    """Draw one campaign's bar: solid edges where a date is known, dotted ones where it is not."""
    lane, sign = band.campaign.lane, 1 if band.campaign.side == "right" else -1
    box = Rectangle((start, lane - 0.32), end - start, 0.64, facecolor=style.MEASURE, alpha=0.45, linewidth=0)
    strip.add_patch(box)
    for at, known in ((start, band.start_known), (end, band.end_known)):
        strip.plot([at, at], [lane - 0.36, lane + 0.36], color=style.INK, lw=1.3, ls="-" if known else ":")
    strip.annotate(
        band.campaign.label, (end if sign > 0 else start, lane), (3 * sign, 0), textcoords="offset points",
        ha="left" if sign > 0 else "right", va="center_baseline", fontsize=style.SMALL,
    )  # fmt: skip


def bands_in_words(dataset: Dataset) -> str:
    """List the campaigns with their months, for the alt text."""
    return "; ".join(
        f"{band.campaign.name} {band.start:%B %Y} to {band.end:%B %Y}"
        f"{f' ({band.unknown} not known)' if band.unknown else ''}"
        for band in bands(dataset)
    )
