"""The quality report on the page "The evidence": where the readings come from, strand by strand."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.tables import HtmlTable, table
from analysis.series import quality

# Tier: its name on the page, colour of the bar, colour of the number on it.
TIERS = {
    "primary": ("who counted", style.INK, "white"),
    "agency": ("national agency or paper", "#7fb3c8", "black"),
    "secondary": ("trade press, law firm, repost", style.PALE, "black"),
    "mirror": ("copy on an unrelated host", style.ORANGE, "black"),
}
MONEY_SOURCE = "context series fx_cny_per_usd and fx_eur_per_usd"


def provenance(dataset: Dataset) -> pd.DataFrame:
    """Return the share of each strand's readings by tier, the strand nearest to who counted first."""
    counts = quality.by_tier(dataset)
    counts = counts[counts.sum(axis=1) > 0]
    shares = counts.div(counts.sum(axis=1), axis=0)
    return shares.sort_values("primary", ascending=False, kind="stable")


def provenance_chart(dataset: Dataset) -> Chart:
    """Draw the share of readings by tier of the source, a bar a strand."""
    shares = provenance(dataset)
    totals = quality.by_tier(dataset).sum(axis=1)
    names = [f"{_sentence(quality.STRAND_NAMES[name])} ({totals[name]})" for name in shares.index]
    figure, axes = style.subplots(size=(5.8, 4.4))
    _bars(axes, shares, names)
    axes.set_xlabel("share of the strand's readings, %")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.62, 1.0), ncols=2, handlelength=1.2, columnspacing=1.2)
    every = quality.by_tier(dataset).sum()
    alt = "; ".join(
        f"{quality.STRAND_NAMES[str(name)]}: "
        + ", ".join(f"{TIERS[tier][0]} {row[tier]:.0%}" for tier in TIERS)
        for name, row in shares.iterrows()
    )
    return Chart(
        name="fig-provenance",
        figure=style.finish(figure),
        title=f"{every['primary'] / every.sum():.0%} of the readings come from whoever counted: the largest share for "
        f"{quality.STRAND_NAMES[shares.index[0]]}, the smallest for {quality.STRAND_NAMES[shares.index[-1]]}",
        alt=f"Stacked bars, one a strand, of readings by tier of their source. {alt}.",
        note="Percent of the readings of each strand (number of readings in brackets), by how near the source "
        "that was read is to the body that counted. Shares below 8% are drawn without their number.",
        source=f"Source: all {totals.sum():,} readings and their sources. {version_line(dataset)}",
    )


def _bars(axes: Axes, shares: pd.DataFrame, names: list[str]) -> None:
    """Draw the stacked bars with their percentages."""
    left = pd.Series(0.0, index=shares.index)
    for tier, (label, color, ink) in TIERS.items():
        width = shares[tier] * 100
        axes.barh(names, width, left=left, color=color, edgecolor="white", height=0.72, label=label)
        for place, (start, share) in enumerate(zip(left, width, strict=True)):
            if share >= 8:
                axes.text(
                    start + share / 2, place, f"{share:.0f}", ha="center", va="center", color=ink, size=9
                )
        left = left + width
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.grid(visible=False)


def _sentence(words: str) -> str:
    """Return words with their first letter large."""
    return words[0].upper() + words[1:]


def quality_table(dataset: Dataset) -> HtmlTable:
    """Return the quality of the evidence by strand: provenance, hedges, windows, second sources, series."""
    frame = dataset.readings
    hedged = (frame["hedge"] != "exact").groupby(quality.strands(dataset)).mean()
    tiers = quality.by_tier(dataset)
    windows, seconds = quality.windows_missing(dataset), quality.second_sources(dataset)
    second = seconds["share"].to_dict()
    covered = quality.coverage(dataset).groupby("group")
    sums = covered[["years", "gaps", "conflicts"]].sum().assign(series=covered.size())
    rows = [
        {
            "strand": _sentence(quality.STRAND_NAMES[str(name)]),
            "readings": f"{row['readings']:,.0f}",
            "from who counted": f"{tiers.loc[str(name), 'primary'] / row['readings']:.0%}",
            "only on a mirror": f"{tiers.loc[str(name), 'mirror'] / row['readings']:.0%}",
            "hedged": f"{hedged[str(name)]:.0%}",
            "window incomplete": f"{float(row['share']):.0%}",
            "two independent sources": f"{second[name]:.0%}",
            "series": int(sums["series"].get(name, 0)),
            "whole years": int(sums["years"].get(name, 0)),
            "years missing between": int(sums["gaps"].get(name, 0)),
            "years in conflict": int(sums["conflicts"].get(name, 0)),
        }
        for name, row in windows.iterrows()
    ]
    return table(
        rows,
        caption="How good the evidence is, by strand",
        right=[name for name in rows[0] if name != "strand"],
        wide=True,
    )
