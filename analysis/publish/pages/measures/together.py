"""What falls together: neighbours, measures by year and instrument, rivals, and registered hypotheses."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.links import source_link
from analysis.publish.marks import bar_axis, draw_bars, draw_stacks, legend_above, make_room, told
from analysis.publish.marks_grid import draw_grid
from analysis.publish.names import names
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.touch import lead_names, lead_panel
from analysis.publish.words import listed
from analysis.scrutiny.first_look import (
    look_at_hypotheses,
    printed_years,
    rivals,
    rivals_by_instrument,
    steps,
)
from analysis.scrutiny.measure_dates import began_by_year, dated, instrument_years, neighbours
from analysis.series.thresholds import FEWEST_AFTER, FEWEST_BEFORE

HEATED = ("CN", "US")
BINS = {
    "none": (0, 0),
    "1 or 2": (1, 2),
    "3 to 5": (3, 5),
    "6 to 10": (6, 10),
    "11 to 20": (11, 20),
    "more": (21, 10**6),
}
ALONE, SHARED = style.GROUPS[1], style.tint(style.PRINT, 0.4)
HATCH = "//"


def neighbours_chart(dataset: Dataset) -> Chart:
    """Draw the measures a year, those without a neighbour apart from the rest."""
    counts = began_by_year(dataset)
    figure, axes = style.subplots(size=(style.WIDTH, 3.1))
    parts = counts.rename(columns={"accompanied": "with a neighbour", "alone": "without a neighbour"})
    draw_stacks(
        axes, parts, colours=(SHARED, ALONE), totals=False, upright=True, thick=0.8,
        hatches={"without a neighbour": HATCH},
    )  # fmt: skip
    beside = neighbours(dataset)
    begun = beside.assign(part=np.where(beside["neighbours"] == 0, "without a neighbour", "with a neighbour"))
    lead_names(axes, _first_rows(begun, "year", "part"))
    axes.use_sticky_edges = False  # a part of no height would hold the frame at the top of its bar
    axes.set_ylim(bottom=0)
    axes.set_ylabel("measures that began")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(visible=False, axis="x")
    axes.legend(loc="upper left", reverse=True)
    top = counts.sum(axis=1)
    alone, total = int(counts["alone"].sum()), int(counts.to_numpy().sum())
    years = [f"{count} in {year}" for year, count in counts["alone"].items() if count]
    return Chart(
        name="fig-measures-neighbours",
        figure=style.finish(figure),
        title=f"{alone} of {total} measures have no neighbour of their kind",
        alt=f"Stacked bars of measures a year from {counts.index[0]} to {counts.index[-1]}; most in {top.idxmax()}, "
        f"{top.max()}. Without a neighbour: {listed(years) if years else 'none'}.",
        measure="Number of measures, by year of effect, with and without a neighbour",
        note="A neighbour is a measure of the same country that shares an instrument and begins in the same year or "
        "in one next to it. Orange and hatched: none in measures.csv, which does not hold every measure.",
        source=f"Source: {total} dated rows of measures.csv. {version_line(dataset)}",
        frame=counts,
    )


def _first_rows(measures: pd.DataFrame, row: str, column: str) -> dict[str, str]:
    """Return the row of the first measure of each cell of a table, under the names of the cell's row and column."""
    first = measures.sort_values("date", kind="stable").drop_duplicates([row, column])
    return {f"{one[row]}, {one[column]}": f"#measure-{one['measure_id']}" for one in first.to_dict("records")}


def heat_chart(dataset: Dataset) -> Chart:
    """Draw the measures of China and of the United States by year and instrument."""
    words, places = names("instrument"), names("place")
    tables = {place: instrument_years(dataset, place) for place in HEATED}
    tables = {place: counted[[one for one in words if one in counted]] for place, counted in tables.items()}
    figure, panels = style.subplots(
        1,
        2,
        size=(style.WIDTH, 7.2),
        sharey=True,
        width_ratios=[counted.shape[1] for counted in tables.values()],
    )
    most = max(int(counted.to_numpy().max()) for counted in tables.values())
    for axes, (place, counted) in zip(panels, tables.items(), strict=True):
        notes = counted.astype(str).where(counted > 0, "")
        own = dated(dataset).query("place == @place").explode("instruments")
        leads = _first_rows(own.assign(instrument=own["instruments"].map(words)), "year", "instrument")
        draw_grid(axes, counted.rename(columns=words), notes=notes, limits=(0, most * 1.3), leads=leads)
        lead_panel(axes, "#measures-table")
        axes.set_title(places[place])
        axes.set_xticklabels(axes.get_xticklabels(), rotation=60, ha="right", rotation_mode="anchor")
    peaks = [
        f"{places[place]}: "
        + ", ".join(
            f"{words[name]} {counted[name].sum()}, most in {counted[name].idxmax()} ({counted[name].max()})"
            for name in counted.columns
        )
        for place, counted in tables.items()
    ]
    china = tables["CN"].to_numpy()
    return Chart(
        name="fig-measures-heat",
        figure=style.finish(figure),
        title=f"In China {(china > 1).sum()} of {(china > 0).sum()} filled years of an instrument hold more than one "
        "measure",
        alt=f"Two grids of year by instrument with the number of measures in each cell. {'; '.join(peaks)}.",
        measure="Number of measures that began in a year, by instrument",
        note="Campaigns included; a measure with several instruments "
        "counts in each. China with its provinces.",
        source=f"Source: {len(dated(dataset))} dated rows of measures.csv. {version_line(dataset)}",
        frame=pd.concat(tables, names=["place"]),
    )


def by_number(frame: pd.DataFrame) -> pd.Series[int]:
    """Return how many hypotheses have none, 1 or 2, ... rivals (`BINS`)."""
    numbers = frame["rivals"].map(len)
    return pd.Series({name: int(numbers.between(*ends).sum()) for name, ends in BINS.items()})


def rivals_chart(dataset: Dataset) -> Chart:
    """Draw the hypotheses by number of rivals, and by instrument with and without one."""
    frame = rivals(dataset)
    numbers, instruments = by_number(frame), rivals_by_instrument(frame)
    figure, (top, bottom) = style.subplots(
        2, 1, size=(style.WIDTH, 5.0), height_ratios=[len(numbers), len(instruments) + 0.5]
    )
    draw_bars(top, numbers, colour=[ALONE] + [SHARED] * (len(numbers) - 1), height=0.7)
    top.patches[0].set(hatch=HATCH, edgecolor=style.PAPER)
    top.set_title("Registered hypotheses by number of rivals")
    for panel in (top, bottom):
        lead_panel(panel, "ledger.html")
    counts = instruments.rename(index=names("instrument"))
    parts = counts.rename(columns={"shared": "with a rival", "alone": "without"})
    draw_stacks(bottom, parts, colours=(SHARED, ALONE), totals=False, hatches={"without": HATCH}, thick=0.7)
    for place, (with_one, total) in enumerate(zip(counts["shared"], counts.sum(axis=1), strict=True)):
        bottom.annotate(f"{with_one} of {total}", (total, place), (4, 0), fontsize=9, **style.BESIDE)
    bar_axis(bottom, bare=True)
    make_room(bottom)
    bottom.legend(loc="lower right")
    bottom.set_title("By the measure's instrument")
    shared = len(frame) - int(numbers["none"])
    rows = counts.assign(name=counts.index, whole=counts.sum(axis=1))
    return Chart(
        name="fig-measures-rivals",
        figure=style.finish(figure),
        title=f"{shared} of {len(frame)} registered hypotheses have a rival beside their measure",
        alt="Two sets of bars. Hypotheses by number of rivals: "
        + ", ".join(f"{name} {count}" for name, count in numbers.items())
        + f". With a rival, by instrument: {told(rows, '{name} {shared} of {whole}')}.",
        measure="Registered hypotheses, number or percent, by whether a rival measure stands beside",
        note="A rival is another measure that shares an instrument, could reach the same series, and begins in the "
        "same or a neighbouring period. Parts of one act are not each other's rivals. A measure of several instruments "
        "counts in each; the numbers are those with a rival, of all. Orange and hatched: no rival in measures.csv.",
        source=f"Source: {len(frame)} rows of hypotheses.csv and measures.csv. {version_line(dataset)}",
        frame=rows,
    )


DIRECTIONS = {"increase": style.GROUPS[0], "decrease": style.GROUPS[1], "either": style.REST}
VERDICTS = {
    "enough": "enough years",
    "break": "count changed in between",
    "few before": "too few years before",
    "few after": "too few years after",
}


def first_look_chart(dataset: Dataset) -> Chart:
    """Draw how many measures and registered pairs pass each question of the first look."""
    measures, hypotheses = steps(dataset)
    figure, panels = style.subplots(
        2, 1, size=(style.WIDTH, 4.2), height_ratios=[len(measures), len(hypotheses)]
    )
    for axes, counts, title in zip(
        panels, (measures, hypotheses), ("Measures", "Registered pairs"), strict=True
    ):
        colours = [style.INK] + [style.tint(style.PRINT)] * (len(counts) - 2) + [style.GROUPS[1]]
        draw_bars(axes, counts, colour=colours)
        axes.set_title(title)
        lead_panel(axes, "ledger.html")
    said = [
        ", ".join(f"{name} {count}" for name, count in counts.items()) for counts in (measures, hypotheses)
    ]
    return Chart(
        name="fig-measures-ledger",
        figure=style.finish(figure),
        title=f"Of {measures.iloc[0]} measures {measures.iloc[-1]} pass a first look, of {hypotheses.iloc[0]} "
        f"registered pairs {hypotheses.iloc[-1]}",
        alt=f"Two sets of bars, each shorter than the one above. Measures: {said[0]}. Pairs: {said[1]}.",
        measure="Number of measures and of registered pairs that pass each look",
        note=f"Long enough: at least {FEWEST_BEFORE} whole years published before the measure's year, {FEWEST_AFTER} "
        "from it on, gaps "
        "allowed. A break: what is counted changed within the nearest seven. A neighbour: a measure of the same "
        "country and instrument in the same or a neighbouring year. No value of any series is looked at.",
        source=f"Source: measures.csv, hypotheses.csv, breaks.csv and the years of {len(printed_years(dataset))} "
        f"series. {version_line(dataset)}",
        frame=pd.concat([measures, hypotheses]).to_frame("pass"),
    )


def by_strand(dataset: Dataset) -> pd.DataFrame:
    """Return the hypotheses by strand of their series: increase, decrease, either, claimed (by somebody).

    Raises
    ------
    InputError
        If no hypothesis is registered.
    """
    frame = dataset.hypotheses
    if frame.empty:
        raise InputError("hypotheses.csv holds no row; register hypotheses before drawing them.")
    strand = frame["series_id"].map(dataset.series.set_index("series_id")["group"].astype(str))
    counts = pd.crosstab(strand, frame["direction"].astype(str)).reindex(
        columns=list(DIRECTIONS), fill_value=0
    )
    counts["claimed"] = (frame["claim_source"] != "").groupby(strand).sum()
    order = counts[list(DIRECTIONS)].sum(axis=1).sort_values(ascending=False, kind="stable").index
    return counts.loc[order].rename(index=SERIES_GROUPS)


def hypotheses_chart(dataset: Dataset) -> Chart:
    """Draw the hypotheses by strand and expected direction."""
    counts = by_strand(dataset)
    parts = counts[list(DIRECTIONS)].rename(columns={"either": "either way"})
    totals, every = parts.sum(axis=1), counts.sum()
    figure, axes = style.subplots(size=(style.WIDTH, 3.7))
    draw_stacks(
        axes, parts, colours=list(DIRECTIONS.values()), totals=False, hatches={"decrease": "//"}, thick=0.7
    )
    for place, (total, claimed) in enumerate(zip(totals, counts["claimed"], strict=True)):
        axes.annotate(f"{total}, {claimed} claimed", (total, place), (4, 0), fontsize=9, **style.BESIDE)
    make_room(axes)
    axes.set_xlabel("registered hypotheses")
    legend_above(figure, axes, cols=3)
    lead_panel(axes, "ledger.html")
    rows = counts.reset_index(names="name")
    says = "{name}: {increase} increase, {decrease} decrease, {either} either, {claimed} claimed"
    return Chart(
        name="fig-hypotheses",
        figure=style.finish(figure),
        title=f"{every['increase']} of {totals.sum()} registered hypotheses expect a higher count; "
        f"{every['claimed']} repeat somebody's claim",
        alt=f"Stacked bars by strand. {told(rows, says)}.",
        measure="Number of registered hypotheses, by what they expect of the count",
        note="One hypothesis is a pair of a measure and a series, registered after collection, before it was tested. "
        "Claimed: a text in the sources says so, or says something from which it follows.",
        source=f"Source: {totals.sum()} rows of hypotheses.csv. {version_line(dataset)}",
        frame=rows,
    )


def hypotheses_table(dataset: Dataset) -> HtmlTable:
    """Return every registered hypothesis with its reason, its claimant, its rivals and its row of the ledger."""
    said = look_at_hypotheses(dataset).set_index("hypothesis_id")["verdict"]
    beside = rivals(dataset).set_index("hypothesis_id")["rivals"]
    titles = dataset.measures.set_index("measure_id")["title"]
    series = dataset.series.set_index("series_id")["title"]
    rows = []
    for _, row in dataset.hypotheses.iterrows():
        claimant: str | Link = ""
        if row["claim_source"]:
            claimant = source_link(dataset, str(row["claim_source"]))
        rows.append(
            {
                "measure": titles[row["measure_id"]],
                "series": series[row["series_id"]],
                "expected": row["direction"],
                "first period": row["at"],
                "span": f"{row['span_start']} to {row['span_end']}",
                "impact": row["impact"],
                "why": row["reason"],
                "claimed in": claimant,
                "claim": row["claim"],
                "first look": VERDICTS[said[row["hypothesis_id"]]],
                "rivals": len(beside[row["hypothesis_id"]]),
                "in the ledger": Link(row["hypothesis_id"], f"ledger.html#ledger-{row['hypothesis_id']}"),
            }
        )
    return table(rows, caption=f"The {len(rows)} registered hypotheses", wide=True, folded=True)
