"""Sword Net, the yearly copyright campaign: what each edition printed, and over how many days."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, source_line
from analysis.publish.words import listed, number, quote
from analysis.series.lookup import with_days

SMALL = 8.5
EDITION = r"sword-net-(\d{4})"
MEASURES = {
    "cases": ("cases_investigated", "cases_concluded"),
    "websites": ("websites_closed",),
    "links": ("listings_removed",),
}
# What an edition's own count may carry as a detail; anything else is a part of it.
DETAILS = ("", "administrative_only", "websites_and_apps")
LABELS = {"cases": "cases", "websites": "websites closed", "links": "links removed"}
COLOURS = {"cases": style.BLUE, "websites": style.ORANGE, "links": style.GREEN}


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
    figure, axes = style.subplots(4, 1, size=(5.8, 7.0), sharex=True, height_ratios=[1, 1, 1, 0.7])
    for ax, measure in zip(axes, MEASURES, strict=False):
        _dots(ax, found[found["measure"] == measure], measure)
    days = windows(found).dropna()
    axes[-1].bar(days.index, days, color=style.GREY, width=0.5)
    axes[-1].set_ylabel("days")
    for year in windows(found).index.difference(days.index):
        axes[-1].text(year, 10, "?", ha="center", va="bottom")
    axes[-1].set_xticks(range(2005, 2024, 3), [str(year) for year in range(2005, 2024, 3)])
    axes[-1].set_xlim(2004.2, 2023.9)
    unknown = [str(year) for year, length in windows(found).items() if pd.isna(length)]
    return Chart(
        name="administration-sword-net",
        figure=style.finish(figure),
        title="Editions of Sword Net differ in length and in what they count",
        alt=_alt(found),
        note="By edition; years without a mark have no national figure in the data. A filled mark counts cases "
        "of all kinds or websites alone; a hollow one counts administrative cases alone, or websites and apps "
        "together. Links are those that the administration had removed, not those that platforms took down "
        f"themselves. The lowest panel has the days of the window, as printed or as read "
        f"from the text; for {listed(unknown)} none is printed.",
        source=source_line(dataset, found),
    )


def _dots(axes: Axes, found: pd.DataFrame, measure: str) -> None:
    """Draw one measure's editions as labelled dots."""
    colour = COLOURS[measure]
    for row in found.to_dict("records"):
        face = colour if row["whole"] else "white"
        axes.plot(row["edition"], row["value"], "o", mfc=face, mec=colour, mew=1.4, ms=6, clip_on=False)
        text = style.short(float(f"{row['value']:.3g}")) if row["value"] >= 1e4 else number(row["value"])
        axes.annotate(
            text, (row["edition"], row["value"]), (0, 6), textcoords="offset points", ha="center", fontsize=SMALL
        )  # fmt: skip
    axes.set_ylim(0, found["value"].max() * 1.25)
    axes.set_ylabel(LABELS[measure])
    style.short_axis(axes)


def _alt(found: pd.DataFrame) -> str:
    """Say every edition's figures and the days of its window."""
    parts = []
    for edition, rows in found.groupby("edition"):
        said = ", ".join(
            f"{quote(row, unit=False)} {LABELS[str(row['measure'])]}{_aside(row)}"
            for _, row in rows.iterrows()
        )
        days = rows["days"].max()
        parts.append(f"{edition} ({'window not printed' if pd.isna(days) else f'{days:.0f} days'}): {said}")
    return "Dots by edition of the campaign. " + "; ".join(parts) + "."


def _aside(row: pd.Series[Any]) -> str:
    """Say what a hollow mark counts instead."""
    if row["whole"]:
        return ""
    return " (with apps)" if row["measure"] == "websites" else " (administrative only)"
