"""The registered hypotheses: which measure should move which recorded count, and who says so."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.pages.measures.ledger import registered
from analysis.publish.pages.measures.rivals import rivals
from analysis.publish.tables import HtmlTable, Link, table

DIRECTIONS = {"increase": style.BLUE, "decrease": style.ORANGE, "either": "#b5b5b5"}
HATCHES = {"increase": "", "decrease": "//", "either": ""}
VERDICTS = {
    "enough": "enough years",
    "break": "count changed in between",
    "few before": "too few years before",
    "few after": "too few years after",
}


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
    return counts.loc[order]


def hypotheses_chart(dataset: Dataset) -> Chart:
    """Draw the hypotheses by strand and expected direction."""
    counts = by_strand(dataset)
    names = [SERIES_GROUPS[str(name)] for name in counts.index]
    figure, axes = style.subplots(size=(5.8, 3.7))
    left = pd.Series(0, index=counts.index)
    for direction, color in DIRECTIONS.items():
        label = direction if direction != "either" else "either way"
        bars = {"color": color, "hatch": HATCHES[direction], "edgecolor": "white"}
        axes.barh(names, counts[direction], left=left, height=0.7, label=label, **bars)
        left = left + counts[direction]
    for place, (total, claimed) in enumerate(zip(left, counts["claimed"], strict=True)):
        axes.text(total + 0.4, place, f"{total}, {claimed} claimed", va="center", size=9)
    axes.invert_yaxis()
    axes.set_xlim(0, left.max() * 1.36)
    axes.set_xlabel("registered hypotheses")
    axes.grid(axis="y", visible=False)
    axes.legend(loc="lower right", title="recorded count should")
    every = counts.sum()
    total = int(left.sum())
    return Chart(
        name="fig-hypotheses",
        figure=style.finish(figure),
        title=f"{every['increase']} of {total} registered hypotheses expect a higher count; "
        f"{every['claimed']} repeat somebody's claim",
        alt="Stacked bars by strand. "
        + "; ".join(
            f"{SERIES_GROUPS[str(name)]}: {row['increase']} increase, {row['decrease']} decrease, {row['either']} "
            f"either, {row['claimed']} claimed"
            for name, row in counts.iterrows()
        )
        + ".",
        note="One hypothesis is a pair of a measure and a series, registered after collection and before any model. "
        "Claimed: a text in the sources says so, or says something from which it follows.",
        source=f"Source: {total} rows of hypotheses.csv. {version_line(dataset)}",
    )


def hypotheses_table(dataset: Dataset) -> HtmlTable:
    """Return every registered hypothesis with its reason, its claimant, its rivals and its row of the ledger."""
    said = registered(dataset).set_index("hypothesis_id")["verdict"]
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
