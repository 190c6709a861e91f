"""Which measures fall together: same place, a shared instrument, the same or a neighbouring year."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.pages.measures.dates import INSTRUMENTS, PLACES, dated
from analysis.publish.words import listed

HEATED = ("CN", "US")


def neighbours(dataset: Dataset) -> pd.DataFrame:
    """Return the dated measures with the number of their neighbours: columns of `dated`, and neighbours.

    A neighbour is another measure of the same country that shares an instrument and begins in the same year,
    the year before or the year after.
    """
    frame = dated(dataset)
    sets = [set(words) for words in frame["instruments"]]
    years, places = frame["year"].to_numpy(), frame["place"].to_numpy()
    counts = [
        sum(
            1
            for other in np.flatnonzero((abs(years - year) <= 1) & (places == place))
            if other != own and sets[own] & sets[other]
        )
        for own, (year, place) in enumerate(zip(years, places, strict=True))
    ]
    return frame.assign(neighbours=counts)


def by_year(dataset: Dataset) -> pd.DataFrame:
    """Return for each year, gaps included, how many measures began: alone, accompanied (with a neighbour)."""
    frame = neighbours(dataset)
    alone = frame["neighbours"] == 0
    years = range(frame["year"].min(), frame["year"].max() + 1)
    return (
        pd.DataFrame(
            {
                "alone": frame[alone].groupby("year").size(),
                "accompanied": frame[~alone].groupby("year").size(),
            },
            index=years,
        )
        .fillna(0)
        .astype(int)
    )


def neighbours_chart(dataset: Dataset) -> Chart:
    """Draw the measures a year, those without a neighbour apart from the rest."""
    counts = by_year(dataset)
    figure, axes = style.subplots(size=(5.8, 3.1))
    axes.bar(counts.index, counts["accompanied"], color="#9cc3d5", width=0.8)
    axes.bar(
        counts.index,
        counts["alone"],
        bottom=counts["accompanied"],
        color=style.ORANGE,
        width=0.8,
        hatch="//",
        edgecolor="white",
    )
    axes.set_ylabel("measures that began")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x", visible=False)
    top = counts.sum(axis=1)
    axes.set_ylim(0, 1.05 * top.max())
    axes.text(2003, 0.62 * top.max(), "with a neighbour", color="#3c7f9b", ha="left")
    axes.text(2003, 0.74 * top.max(), "without a neighbour", color=style.ORANGE, ha="left", weight="bold")
    alone, total = int(counts["alone"].sum()), int(counts.to_numpy().sum())
    return Chart(
        name="fig-measures-neighbours",
        figure=style.finish(figure),
        title=f"{alone} of {total} measures have no neighbour of their kind",
        alt=f"Stacked bars of measures a year from {counts.index[0]} to {counts.index[-1]}; most in {top.idxmax()}, "
        f"{top.max()}. Without a neighbour: {_years(counts['alone'])}.",
        note="A neighbour is a measure of the same country that shares an instrument and begins in the same year or "
        "in one next to it. Orange and hatched: none in measures.csv, which does not hold every measure.",
        source=f"Source: {total} dated rows of measures.csv. {version_line(dataset)}",
    )


def _years(counts: pd.Series[int]) -> str:
    """List the years that are not zero with their number."""
    told = [f"{count} in {year}" for year, count in counts.items() if count]
    return listed(told) if told else "none"


def instrument_years(dataset: Dataset, place: str) -> pd.DataFrame:
    """Return the measures of a country by year (rows, every year of the table) and instrument (columns)."""
    frame = dated(dataset)
    own = frame[frame["place"] == place].explode("instruments")
    years = range(frame["year"].min(), frame["year"].max() + 1)
    table = pd.crosstab(own["year"], own["instruments"])
    return table.reindex(index=years, columns=list(INSTRUMENTS), fill_value=0)


def heat_chart(dataset: Dataset) -> Chart:
    """Draw the measures of China and of the United States by year and instrument."""
    tables = {place: instrument_years(dataset, place) for place in HEATED}
    tables = {place: table.loc[:, table.sum() > 0] for place, table in tables.items()}
    figure, panels = style.subplots(
        1, 2, size=(5.8, 7.2), sharey=True, width_ratios=[table.shape[1] for table in tables.values()]
    )
    most = max(int(table.to_numpy().max()) for table in tables.values())
    for axes, (place, table) in zip(panels, tables.items(), strict=True):
        _heat(axes, table, most)
        axes.set_title(PLACES[place])
    panels[0].invert_yaxis()  # shared by both
    china = tables["CN"]
    crowded = int((china > 1).to_numpy().sum())
    filled = int((china > 0).to_numpy().sum())
    peaks = [
        f"{PLACES[place]}: "
        + ", ".join(
            f"{INSTRUMENTS[name]} {table[name].sum()}, most in {table[name].idxmax()} ({table[name].max()})"
            for name in table.columns
        )
        for place, table in tables.items()
    ]
    return Chart(
        name="fig-measures-heat",
        figure=style.finish(figure),
        title=f"In China {crowded} of {filled} filled years of an instrument hold more than one measure",
        alt=f"Two grids of year by instrument with the number of measures in each cell. {'; '.join(peaks)}.",
        note="Number of measures that began in the year, campaigns included; a measure with several instruments "
        "counts in each. China with its provinces.",
        source=f"Source: {len(dated(dataset))} dated rows of measures.csv. {version_line(dataset)}",
    )


def _heat(axes: Axes, table: pd.DataFrame, most: int) -> None:
    """Draw a table of counts as coloured cells with their numbers."""
    axes.pcolormesh(
        table.to_numpy(), cmap="Blues", vmin=0, vmax=most * 1.3, edgecolors="white", linewidth=0.6
    )
    for row, values in enumerate(table.to_numpy()):
        for column, count in enumerate(values):
            if count:
                axes.text(
                    column + 0.5,
                    row + 0.48,
                    str(count),
                    ha="center",
                    va="center",
                    size=8.5,
                    color="white" if count > 0.7 * most else "black",
                )
    axes.set_xticks(
        np.arange(table.shape[1]) + 0.5,
        [INSTRUMENTS[name] for name in table.columns],
        rotation=60,
        ha="right",
    )
    axes.set_yticks(np.arange(len(table)) + 0.5, [str(year) for year in table.index], size=8.5)
    axes.grid(visible=False)
