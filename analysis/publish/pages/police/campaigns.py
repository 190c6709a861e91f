"""The police campaigns as bands on an axis of years, from the measures where these give dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.pages.police.scales import DAY, SMALL, decimal


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


@dataclass(frozen=True)
class Band:
    """When a campaign ran, first and last day, and which of the two is known to the month or the day."""

    campaign: Campaign
    start: pd.Timestamp
    end: pd.Timestamp
    start_known: bool
    end_known: bool


CAMPAIGNS = (
    Campaign("Mountain Eagle", 2004, 0, measure_id="cn-2004-11-mountain-eagle"),
    Campaign("Special campaign", 2010, 1, "left", measure_id="cn-2010-10-special-campaign"),
    Campaign("Bright Sword", 2010, 2, "left", measure_id="cn-2010-11-bright-sword"),
    Campaign("Poan 2012", 2012, 1),
    Campaign("Dajia 2013", 2013, 2),
    Campaign("Yunduan 2017", 2017, 1, measure_id="cn-2017-yunduan"),
    Campaign("Chunlei", 2017, 2, measure_id="cn-2017-12-chunlei", reading_id="police-0107"),
    Campaign("Kunlun 2019 to 2025", 2019, 0, "left", measure_id="cn-2019-kunlun"),
    *(Campaign("", year, 0, measure_id=f"cn-{year}-kunlun") for year in range(2020, 2026)),
)
BAND_NOTE = (
    "Campaigns are dated by the measures table; Chunlei by the window printed with its cases; Poan and "
    "Dajia, which have no row there, by their year. A dotted edge is a date that is not known; a band whose end is "
    "not known is drawn to the end of its year."
)


def bands(dataset: Dataset) -> list[Band]:
    """Return the campaigns with their dates. Raises InputError for a measure or reading that is not there."""
    return [_band(dataset, campaign) for campaign in CAMPAIGNS]


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
    for band in bands(dataset):
        for axes in panels:
            axes.axvspan(
                decimal(band.start),
                decimal(band.end + DAY),
                color=style.PALE,
                alpha=0.55,
                linewidth=0,
                zorder=0,
            )
        _bar(strip, band)
    strip.set_ylim(2.6, -0.6)
    strip.set_yticks([])
    strip.grid(visible=False)
    strip.tick_params(axis="x", length=0)
    strip.spines[["left", "bottom"]].set_visible(False)


def _bar(strip: Axes, band: Band) -> None:
    """Draw one campaign's bar: solid edges where a date is known, dotted ones where it is not."""
    lane, label = band.campaign.lane, band.campaign.label
    start, end = decimal(band.start), decimal(band.end + DAY)
    strip.add_patch(Rectangle((start, lane - 0.32), end - start, 0.64, facecolor="#b9cbd3", linewidth=0))
    for at, known in ((start, band.start_known), (end, band.end_known)):
        strip.plot([at, at], [lane - 0.36, lane + 0.36], color=style.INK, lw=1.3, ls="-" if known else ":")
    if label:
        at, align = (end + 0.2, "left") if band.campaign.side == "right" else (start - 0.2, "right")
        strip.text(at, lane, label, ha=align, va="center_baseline", fontsize=SMALL)


def bands_in_words(dataset: Dataset) -> str:
    """List the campaigns with their months, for the alt text."""
    parts = [
        f"{_name(band.campaign)} {band.start:%B %Y} to {band.end:%B %Y}"
        f"{'' if band.start_known and band.end_known else f' ({_unknown(band)} not known)'}"
        for band in bands(dataset)
    ]
    return "; ".join(parts)


def _name(campaign: Campaign) -> str:
    """Return a campaign's name, which one label of the strip gives to several years of Kunlun."""
    return f"Kunlun {campaign.year}" if "kunlun" in campaign.measure_id else campaign.label


def _unknown(band: Band) -> str:
    """Say which of a band's ends is not known."""
    if band.start_known:
        return "end"
    return "start" if band.end_known else "start and end"
