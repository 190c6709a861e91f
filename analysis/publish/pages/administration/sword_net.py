"""Sword Net, the yearly copyright campaign: what each edition printed, and over how many days."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.marks import lift_apart, told
from analysis.publish.marks_time import years_axis
from analysis.publish.words import listed, number, quote
from analysis.series.lookup import with_days

EDITION = r"sword-net-(\d{4})"
MEASURES = {
    "cases": ("cases_investigated", "cases_concluded"),
    "websites": ("websites_closed",),
    "links": ("listings_removed",),
}
# What an edition's own count may carry as a detail; anything else is a part of it.
DETAILS = ("", "administrative_only", "websites_and_apps")
LABELS = {"cases": "cases", "websites": "websites closed", "links": "links removed"}
COLOURS = dict(zip(LABELS, style.GROUPS, strict=False))


def editions(dataset: Dataset) -> pd.DataFrame:
    """Return one row an edition and measure: edition, measure, the reading, low, high, days, whole.

    Counts of the copyright administrations alone, parts and interim prints left out: where an edition has
    several prints of one measure, the one with a printed window stands. `whole` tells whether the cases hold
    criminal ones too. Raises InputError where no edition is found.
    """
    frame = dataset.readings
    year = frame["programme"].astype(str).str.fullmatch(EDITION)
    own = (frame["track"] == "administrative") & (frame["relation"] == "") & (frame["basis"] == "")
    names = {indicator: measure for measure, indicators in MEASURES.items() for indicator in indicators}
    found = frame[year & own & frame["indicator"].isin(names) & frame["detail"].isin(DETAILS)]
    if found.empty:
        raise InputError("readings.csv has no edition of Sword Net; check the programme column.")
    found = with_days(found).assign(
        edition=found["programme"].astype(str).str.extract(EDITION)[0].astype(int),
        measure=found["indicator"].astype(str).map(names),
        whole=found["detail"] == "",
    )
    ranked = found.sort_values(["edition", "measure", "days", "reading_id"], na_position="last")
    return ranked.drop_duplicates(["edition", "measure"]).reset_index(drop=True)


def windows(found: pd.DataFrame) -> pd.Series[float]:
    """Return the days of each edition's window, missing where none can be read from the texts."""
    days: pd.Series[float] = found.groupby("edition")["days"].max()
    return days


def sword_net_chart(dataset: Dataset) -> Chart:
    """Draw cases, websites closed and links removed by edition, above the days that each edition covers."""
    found = editions(dataset)
    days = windows(found)
    figure, axes = style.subplots(4, 1, size=(5.8, 7.0), sharex=True, height_ratios=[1, 1, 1, 0.7])
    for ax, measure in zip(axes, MEASURES, strict=False):
        _dots(ax, found[found["measure"] == measure], measure)
    axes[-1].bar(days.index, days.fillna(0), color=style.MEASURE, width=0.5)
    axes[-1].set_ylabel("days")
    unknown = list(days.index[days.isna()])
    for year in unknown:
        axes[-1].annotate("?", (year, 0), (0, 2), textcoords="offset points", ha="center", va="bottom")
    years_axis(axes[-1], days.index, every=3)
    return Chart(
        name="administration-sword-net",
        figure=style.finish(figure),
        title="Editions of Sword Net differ in length and in what they count",
        alt=f"Dots by edition of the campaign. {told(_spoken(found), '{edition} ({length}): {said}')}.",
        note="By edition; years without a mark have no national figure in the data. A filled mark counts cases "
        "of all kinds or websites alone; a hollow one counts administrative cases alone, or websites and apps "
        "together. Links are those that the administration had removed, not those that platforms took down "
        f"themselves. The lowest panel has the days of the window, as printed or as read "
        f"from the text; for {listed([str(year) for year in unknown])} none is printed.",
        source=source_line(dataset, found),
        frame=found,
    )


def _dots(axes: Axes, found: pd.DataFrame, measure: str) -> None:
    """Draw one measure's editions as labelled dots."""
    colour = COLOURS[measure]
    for row in found.to_dict("records"):
        face = colour if row["whole"] else style.PAPER
        axes.plot(row["edition"], row["value"], "o", mfc=face, mec=colour, mew=1.4, ms=6)
        text = style.short(float(f"{row['value']:.3g}")) if row["value"] >= 1e4 else number(row["value"])
        axes.annotate(
            text, (row["edition"], row["value"]), (0, 6), textcoords="offset points", ha="center", fontsize=style.SMALL
        )  # fmt: skip
    axes.set_ylim(bottom=0)
    lift_apart(axes)
    axes.set_ylabel(LABELS[measure])
    style.short_axis(axes)


def _spoken(found: pd.DataFrame) -> pd.DataFrame:
    """Return one row an edition for the alt text: edition, length of its window, and what it printed (said)."""
    return pd.DataFrame(
        {
            "edition": edition,
            "length": "window not printed" if pd.isna(days := rows["days"].max()) else f"{days:.0f} days",
            "said": ", ".join(
                f"{quote(row, unit=False)} {LABELS[str(row['measure'])]}{_aside(row)}"
                for _, row in rows.iterrows()
            ),
        }
        for edition, rows in found.groupby("edition")
    )


def _aside(row: pd.Series[Any]) -> str:
    """Say what a hollow mark counts instead."""
    if row["whole"]:
        return ""
    return " (with apps)" if row["measure"] == "websites" else " (administrative only)"
