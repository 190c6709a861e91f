"""The first look at what could be identified, and the registered hypotheses: who expects what, and who says so."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.marks import draw_bars, draw_stacks, make_room, told
from analysis.publish.tables import HtmlTable, Link, table
from analysis.scrutiny.first_look import look_at_hypotheses, printed_years, rivals, steps
from analysis.series.thresholds import FEWEST_AFTER, FEWEST_BEFORE

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
        panels, (measures, hypotheses), ("Measures", "Registered pairs of measure and series"), strict=True
    ):
        colours = [style.INK] + [style.tint(style.PRINT)] * (len(counts) - 2) + [style.GROUPS[1]]
        draw_bars(axes, counts, colour=colours)
        axes.set_title(title)
    said = [
        ", ".join(f"{name} {count}" for name, count in counts.items()) for counts in (measures, hypotheses)
    ]
    return Chart(
        name="fig-measures-ledger",
        figure=style.finish(figure),
        title=f"Of {measures.iloc[0]} measures {measures.iloc[-1]} pass a first look, of {hypotheses.iloc[0]} "
        f"registered pairs {hypotheses.iloc[-1]}",
        alt=f"Two sets of bars, each shorter than the one above. Measures: {said[0]}. Pairs: {said[1]}.",
        note=f"Long enough: at least {FEWEST_BEFORE} whole years printed before the measure's year, {FEWEST_AFTER} "
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
    axes.legend(loc="lower right", title="recorded count should")
    rows = counts.reset_index(names="name")
    says = "{name}: {increase} increase, {decrease} decrease, {either} either, {claimed} claimed"
    return Chart(
        name="fig-hypotheses",
        figure=style.finish(figure),
        title=f"{every['increase']} of {totals.sum()} registered hypotheses expect a higher count; "
        f"{every['claimed']} repeat somebody's claim",
        alt=f"Stacked bars by strand. {told(rows, says)}.",
        note="One hypothesis is a pair of a measure and a series, registered after collection and before any model. "
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
    sources = dataset.sources.set_index("source_id")
    rows = []
    for _, row in dataset.hypotheses.iterrows():
        claimant: str | Link = ""
        if row["claim_source"]:
            text = sources.loc[row["claim_source"]]
            claimant = Link(text["publisher"], text["url"]) if text["url"] else text["publisher"]
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
