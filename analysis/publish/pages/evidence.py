"""Figures and tables of "The evidence": where the figures come from, what is covered, and which texts disagree."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.ticker import LogLocator

from analysis.dataset import Dataset
from analysis.dataset.dimensions import CONTRADICTIONS
from analysis.publish import style
from analysis.publish.addresses import series_address
from analysis.publish.chart import Chart, source_line, version_line
from analysis.publish.links import source_words
from analysis.publish.marks import draw_stacks, legend_above, rows_figure, told
from analysis.publish.marks_grid import draw_grid
from analysis.publish.names import named, names
from analysis.publish.tables import HtmlTable, table
from analysis.publish.touch import lead_panel
from analysis.publish.words import UNIT_WORDS, capital, number
from analysis.readings import agreement, summary
from analysis.series import definition, quality
from analysis.series.coverage import (
    BEYOND,
    CONFLICT,
    NOTHING,
    ONE,
    PART,
    SEVERAL,
    WIDE,
    all_yearly,
    conflicting_years,
    share_printed,
    whole,
    within,
    year_states,
    years_told_twice,
)
from analysis.series.misquoted import misquoted

LONG = 10  # whole years of the series that the coverage map draws
TWOFOLD = 2
LINE, MOST_LETTERS = 30, 37  # letters of a label's line, and of a label
SHORTER = {
    ", shipped from ": " from ", " stopped by Japan from ": " to Japan from ", ", first instance": "",
    " at first instance": "", "stopped at the EU": "at the EU", "seizures at US borders": "US seizures",
    " stopped by Austrian": ", Austrian", " stopped by German": ", German", " stopped by Slovenian": ", Slovenian",
    " seized by French": ", French", "suspected fakes": "fakes", " handled by administrations": ", administrations",
    " for IPR crimes, persons": ", IPR crimes",
}  # fmt: skip
LEAST_SHARE = 8  # percent; a smaller share is drawn without its number
COUNTED = style.tint(style.PRINT)
# What a year of a series may be, and how it is drawn.
STATES = {
    NOTHING: ("nothing published", style.PAPER),
    PART: ("part of a year or several only", style.tint(style.PRINT, 0.2)),
    ONE: ("one whole-year figure", COUNTED),
    SEVERAL: ("several, agreeing or explained", style.INK),
    CONFLICT: ("several that contradict", style.DOUBTED),
    BEYOND: ("outside its first and last", style.tint(style.RULE, 0.35)),
}
# Tier: colour of the bar, colour of the number on it.
TIERS = {
    "primary": (style.INK, style.PAPER),
    "agency": (COUNTED, style.TEXT),
    "secondary": (style.PALE, style.TEXT),
    "mirror": (style.DOUBTED, style.PAPER),
}


def _short(dataset: Dataset, series_id: str) -> str:
    """Return the title of a series, short enough to stand beside a row of the grid."""
    title = definition(dataset, series_id).title
    for long, short in SHORTER.items():
        title = title.replace(long, short)
    return textwrap.shorten(title, MOST_LETTERS, placeholder="\N{HORIZONTAL ELLIPSIS}")


def coverage_chart(dataset: Dataset) -> Chart:
    """Draw which years of which series somebody printed."""
    every = year_states(dataset)
    found = [one for one in all_yearly(dataset) if len(one.table) >= LONG]
    frame = year_states(dataset, found)
    figure, axes = style.subplots(size=(style.WIDTH, 1.2 + 0.16 * len(frame)))
    labels = {str(name): _short(dataset, str(name)) for name in frame.index}
    pages = {label: series_address(name) for name, label in labels.items()}
    draw_grid(
        axes,
        frame.rename(index=labels),
        colours=[colour for _, colour in STATES.values()],
        every=5,
        leads=pages,
    )
    axes.collections[0].set_edgecolor(style.tint(style.RULE, 0.35))
    axes.collections[0].set_linewidth(0.3)
    for words, colour in STATES.values():
        axes.scatter([], [], marker="s", s=60, color=colour, edgecolor=style.RULE, linewidth=0.4, label=words)
    legend_above(figure, axes)
    totals = pd.Series(
        {
            words: int((every == state).to_numpy().sum())
            for state, (words, _) in STATES.items()
            if state != BEYOND
        }
    )
    counts = totals.rename_axis("state").reset_index(name="cells").assign(all=int(within(every).sum()))
    return Chart(
        name="fig-coverage",
        figure=style.finish(figure),
        title=f"Somebody published the whole year for {int(whole(every).sum()):,} of {int(within(every).sum()):,} "
        "years, each series counted within its own span",
        alt=f"A grid of {len(frame)} series by year from {frame.columns[0]} to {frame.columns[-1]}. "
        f"Of all {len(every)} series, each from its first to its last figure: "
        f"{told(counts, '{state}: {cells} of {all} cells')}.",
        measure="What is published of each year, by series",
        note=f"One row a series (its id as in series.csv), one cell a calendar or fiscal year. Drawn: the series with "
        f"{LONG} whole years or more; counted in the title: all, each from its first to its last figure.",
        source=source_line(dataset, pd.concat([one.readings for one in found])),
        frame=frame,
    )


def sources_by_kind(dataset: Dataset) -> pd.DataFrame:
    """Return the number of sources by kind (rows) and language (columns: the common ones, and other)."""
    common = names("language")
    language = dataset.sources["language"].astype(str).map(common).fillna("other")
    counts = pd.crosstab(named(dataset.sources["kind"], "source kind"), language)
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return counts.reindex(index=order, columns=[*common.values(), "other"], fill_value=0)


def sources_chart(dataset: Dataset) -> Chart:
    """Draw the sources by kind and language."""
    counts = sources_by_kind(dataset)
    figure, axes = style.subplots(size=(style.WIDTH, 3.4))
    draw_stacks(axes, counts, colours=(style.INK, *style.GROUPS[1:4], style.REST))
    axes.set_xlabel("sources")
    lead_panel(axes, "sources.html")
    axes.legend(loc="lower right")
    totals = counts.sum(axis=1).rename_axis("kind").reset_index(name="sources")
    news = counts.loc[names("source kind")["news"]].sum() / len(dataset.sources)
    return Chart(
        name="fig-sources",
        figure=style.finish(figure),
        title=f"News texts are {news:.0%} of the sources; few who count publish a table",
        alt=f"Stacked bars of sources by kind and language. {told(totals, '{kind}: {sources}')}.",
        measure="Number of sources, by kind of document and language of the text",
        note="Colours: the language of the text that was read.",
        source=f"Source: all {len(dataset.sources):,} sources. {version_line(dataset)}",
        frame=counts,
    )


def conflicts_chart(dataset: Dataset) -> Chart:
    """Draw the whole-year prints that contradict each other as multiples of the smallest."""
    every = conflicting_years(dataset)
    frame = every[every["ratio"] > WIDE].reset_index(drop=True)
    rows = pd.DataFrame(
        {
            "place": place,
            "label": textwrap.fill(f"{row['title']}, {row['label']}", LINE),
            "series_id": row["series_id"],
            "value": value / row["low"],
            "low": 1.0,
            "high": value / row["low"] if last else 1.0,
            "note": f"{_label(row['low'])} or {_label(row['high'])}" if last else "",
            "colour": style.DOUBTED,
        }
        for place, row in enumerate(frame.to_dict("records"))
        for value in row["values"]
        for last in (value == row["high"],)
    )
    rows["low"] = rows["low"].where(rows["note"] != "", rows["value"])
    rows["high"] = rows["high"].where(rows["note"] != "", rows["value"])
    figure = rows_figure(
        rows, axis="multiple of the smallest figure (log scale)", height=1.0 + 0.36 * len(frame), log=True,
        width=2, mark=4.5,
    )  # fmt: skip
    figure.axes[0].xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    figure.axes[0].minorticks_off()
    prints = frame.assign(least=frame["low"].map(number), most=frame["high"].map(number))
    ids = pd.unique(frame[["low_reading", "high_reading"]].to_numpy().ravel())
    apart = int((frame["ratio"] > TWOFOLD).sum())
    return Chart(
        name="fig-conflicts",
        figure=figure,
        title=f"{len(every)} of {years_told_twice(dataset):,} years published twice have figures that contradict each "
        f"other; {apart} differ{'s' if apart == 1 else ''} over twofold",
        alt=f"Dots on a log scale, a row a year. {told(prints, '{title}, {label}: {least} or {most}')}.",
        measure="Every whole-year figure, as a multiple of the smallest of its year",
        note="Years whose figures differ by more than a tenth. The labels give the smallest "
        "and the largest in the series' unit (m million, bn billion).",
        source=source_line(dataset, ids),
        frame=rows,
    )


def _label(value: float) -> str:
    """Write a value in full below a million, short above."""
    return f"{value:,.10g}" if value < 1e6 else style.short(float(f"{value:.4g}"))


def conflicts_table(dataset: Dataset) -> HtmlTable:
    """Return the conflicting whole-year prints with both ends, their readings and sources."""
    sources = dataset.readings.set_index("reading_id")["source_id"]
    rows = [
        {
            "series": row["title"],
            "year": row["label"],
            "smallest published figure": number(row["low"]),
            "largest published figure": number(row["high"]),
            "unit": UNIT_WORDS[row["unit"]],
            "smallest in": f"{row['low_reading']} ({sources[row['low_reading']]})",
            "largest in": f"{row['high_reading']} ({sources[row['high_reading']]})",
        }
        for row in conflicting_years(dataset).to_dict("records")
    ]
    return table(
        rows,
        caption=f"Whole-year figures that contradict each other: {len(rows)} years",
        folded=True,
        right=("smallest published figure", "largest published figure"),
        wide=True,
    )


def provenance(dataset: Dataset) -> pd.DataFrame:
    """Return the share of each strand's readings by tier, the strand nearest to who counted first."""
    counts = quality.by_tier(dataset)
    counts = counts[counts.sum(axis=1) > 0]
    shares = counts.div(counts.sum(axis=1), axis=0)
    return shares.sort_values("primary", ascending=False, kind="stable")


def provenance_chart(dataset: Dataset) -> Chart:
    """Draw the share of readings by tier of the source, a bar a strand."""
    shares, every, words = provenance(dataset), quality.by_tier(dataset), names("tier")
    strand = [quality.STRAND_NAMES[str(name)] for name in shares.index]
    totals = every.sum(axis=1)
    parts = 100 * shares[list(TIERS)].rename(columns=words)
    parts.index = pd.Index(
        [f"{capital(quality.STRAND_NAMES[name])} ({totals[name]})" for name in shares.index]
    )
    figure, axes = style.subplots(size=(style.WIDTH, 4.4))
    axes.margins(x=0)
    draw_stacks(axes, parts, colours=[colour for colour, _ in TIERS.values()], totals=False, thick=0.72)
    inks = [ink for _, ink in TIERS.values()]
    for patch, (ink, share) in zip(
        axes.patches, [(ink, one) for ink, name in zip(inks, parts, strict=True) for one in parts[name]], strict=True
    ):  # fmt: skip
        patch.set_edgecolor(style.PAPER)
        if share >= LEAST_SHARE:
            axes.annotate(f"{share:.0f}", patch.get_center(), ha="center", va="center", color=ink, fontsize=9)
    axes.grid(visible=False)
    axes.set_xlabel("share of the strand's readings, %")
    lead_panel(axes, "sources.html")
    legend_above(figure, axes)
    says = "{strand}: " + ", ".join(f"{words[tier]} {{{tier}:.0%}}" for tier in TIERS)
    return Chart(
        name="fig-provenance",
        figure=style.finish(figure),
        title=f"{every['primary'].sum() / every.to_numpy().sum():.0%} of the readings come from whoever counted: the "
        f"largest share for {strand[0]}, the smallest for {strand[-1]}",
        alt="Stacked bars, one a strand, of readings by tier of their source. "
        f"{told(shares.assign(strand=strand), says)}.",
        measure="Percent of each strand's readings, by how near the source is to the body that counted",
        note="In brackets: the number of readings. "
        f"Shares below {LEAST_SHARE}% are drawn without their number.",
        source=f"Source: all {totals.sum():,} readings and their sources. {version_line(dataset)}",
        frame=shares,
    )


def quality_table(dataset: Dataset) -> HtmlTable:
    """Return the quality of the evidence by strand: provenance, hedges, windows, second sources, series."""
    frame = quality.windows_missing(dataset).rename(columns={"share": "open"})
    covered = quality.coverage(dataset).groupby("group")
    frame["hedged"] = (dataset.readings["hedge"] != "exact").groupby(quality.strands(dataset)).mean()
    frame["second"] = quality.second_sources(dataset)["share"]
    frame[["primary", "mirror"]] = quality.by_tier(dataset)[["primary", "mirror"]]
    frame["series"] = covered.size()
    frame[["years", "gaps", "conflicts"]] = covered[["years", "gaps", "conflicts"]].sum()
    counts = ["series", "years", "gaps", "conflicts"]
    frame[counts] = frame[counts].fillna(0).astype(int)
    rows = [
        {
            "strand": capital(quality.STRAND_NAMES[str(name)]),
            "readings": f"{row['readings']:,.0f}",
            "from who counted": f"{row['primary'] / row['readings']:.0%}",
            "only on a mirror": f"{row['mirror'] / row['readings']:.0%}",
            "hedged": f"{row['hedged']:.0%}",
            "window incomplete": f"{row['open']:.0%}",
            "two independent sources": f"{row['second']:.0%}",
            "series": int(row["series"]),
            "whole years": int(row["years"]),
            "years missing between": int(row["gaps"]),
            "years in conflict": int(row["conflicts"]),
        }
        for name, row in frame.to_dict("index").items()
    ]
    return table(
        rows,
        caption="How good the evidence is, by strand",
        right=[name for name in rows[0] if name != "strand"],
        wide=True,
    )


def words(dataset: Dataset) -> dict[str, str]:
    """Return the counts of the tables, how often print and row agree, and how much is covered."""
    counts = {name: len(dataset.table(name)) for name in ("cases", "measures", "context")}
    counts |= {name: len(dataset.table(name)) for name in ("breaks", "conflicts")}
    counts["contradictions"] = int(dataset.conflicts["kind"].isin(CONTRADICTIONS).sum())
    counts["mistold"] = len(misquoted(dataset))
    kept = (dataset.aliases["table"] == "readings") & (dataset.aliases["kind"] != "renamed")
    counts["merged"] = int(kept.sum())
    shares = summary(agreement(dataset.readings))["share"].drop("unit")  # no sentence names it
    return (
        {name: f"{count:,}" for name, count in counts.items()}
        | {f"agree_{what}": f"{share:.1%}" for what, share in shares.items()}
        | brief_words(dataset)
    )


def brief_words(dataset: Dataset) -> dict[str, str]:
    """Return what the chapter says in brief: texts, those read in copies, and the years of all series."""
    counts = {
        "readings": len(dataset.readings),
        "sources": len(dataset.sources),
        "mirror": int((dataset.sources["tier"] == "mirror").sum()),
        "copies": sum(source_words(dataset, str(one)).copy for one in dataset.sources["source_id"]),
        "told_twice": years_told_twice(dataset),
        "conflict_years": len(conflicting_years(dataset)),
    }
    return {name: f"{count:,}" for name, count in counts.items()} | {
        "whole_share": f"{share_printed(year_states(dataset)):.0%}"
    }
