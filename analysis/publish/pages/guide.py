"""Figures and tables of "How to read these numbers"."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd
from matplotlib.figure import Figure

from analysis.dataset import Dataset
from analysis.publish import style
from analysis.publish.chart import Chart, source_line, version_line
from analysis.publish.marks import draw_stacks, legend_above, rows_figure, told
from analysis.publish.names import reporter_groups
from analysis.publish.remarks import remarks
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.touch import lead_panel
from analysis.publish.words import between, counted, listed, quote
from analysis.readings import PROPORTIONS, Window, intervals, kind_of
from analysis.series.definition import TIER_ORDER, with_sources
from analysis.series.lookup import by_id, chosen

# One printed figure for each hedge, chosen for its plainness, not its value.
EXAMPLES = ("police-0169", "police-0053", "plat-seed0-02", "plat-seed2-04", "police-0025", "plat-seed4-02")
KUNLUN = "plat-seed0-02"
PLAIN, ROUNDED, HEDGED = style.INK, style.GROUPS[3], style.GROUPS[1]
PRINT_KINDS = {
    "full": ("published in full", PLAIN),
    "rounded": ("rounded", ROUNDED),
    "hedged": ("hedged", HEDGED),
}
WINDOW_KINDS = {
    "year": ("a year", style.INK),
    "part": ("part of a year", style.GROUPS[1]),
    "years": ("several years", style.GROUPS[3]),
    "day": ("a day (stock)", style.PALE),
    "open": ("no full window", style.REST),
}


def example_intervals(dataset: Dataset) -> pd.DataFrame:
    """Return the examples with their intervals (low, high), and as rows to draw in percent of the printed value."""
    frame = chosen(dataset, EXAMPLES)
    prints = [quote(row) for _, row in frame.iterrows()]
    ends = zip(frame["low"], frame["high"], strict=True)
    return frame.assign(
        label=[f"“{text}”" for text in prints],
        note=[between(low, high, 4) if low < high else "as published" for low, high in ends],
        quoted=prints,
        low_percent=100 * (frame["low"] / frame["value"] - 1),
        high_percent=100 * (frame["high"] / frame["value"] - 1),
        colour=[PLAIN if hedge == "exact" else HEDGED for hedge in frame["hedge"]],
    )


# What all figures share: a small drawing of 48 by 24 points, and what it says.
LEGEND = (
    (
        '<circle cx="24" cy="12" r="4" fill="var(--cc-print)"/>',
        "a filled mark", "A published figure. Of several for one year it is the one nearest to who counted, then the "
        "narrowest.",
    ),
    (
        '<rect x="20" y="3" width="8" height="18" fill="var(--cc-print)" opacity=".3"/>'
        '<circle cx="24" cy="15" r="4" fill="var(--cc-print)"/>',
        "a bar behind it", "What its hedge or its rounding leaves open. No bar: published in full.",
    ),
    (
        '<circle cx="24" cy="12" r="4" fill="var(--cc-paper)" stroke="var(--cc-print)" stroke-width="1.6"/>',
        "a hollow mark", "A rival figure of the same year, which excludes the first.",
    ),
    (
        '<path d="M6 17 L24 7 L42 12" fill="none" stroke="var(--cc-print)" stroke-width="1.6"/>',
        "a line", "Joins years that follow one another and are counted alike, and nothing else.",
    ),
    (
        '<rect x="14" y="4" width="20" height="16" fill="var(--cc-estimate)" opacity=".3"/>'
        '<path d="M14 13 H34" stroke="var(--cc-estimate)" stroke-width="1.6"/>',
        "a shaded box", "A reconstructed year: its 90 percent band from all windows, with a dash at the estimate where "
        "nobody published the year.",
    ),
    (
        '<rect x="14" y="4" width="20" height="16" fill="none" stroke="var(--cc-estimate)"/>'
        '<path d="M14 12 L22 4 M14 20 L30 4 M22 20 L34 8 M30 20 L34 16" stroke="var(--cc-estimate)"/>',
        "a hatched box", "Of this year little is known: readings inform it less than smoothness does, its band spans a "
        "factor of two, or all its windows reach over a change of the count. Not to be quoted without its band.",
    ),
    (
        '<path d="M24 1 V23" stroke="var(--cc-measure)" stroke-width="1.6" stroke-dasharray="2 3"/>',
        "a dotted vertical line", "From here on something else was counted under the same name. The words below the "
        "figure say what; where there are several, the line bears a number.",
    ),
)  # fmt: skip


def legend_card() -> HtmlTable:
    """Return what the marks of all figures mean, each drawn beside its words."""
    rows = "".join(
        f'<div><dt><svg viewBox="0 0 48 24" width="48" height="24" aria-hidden="true">{drawn}</svg>{escape(name)}</dt>'
        f"<dd>{escape(says)}</dd></div>"
        for drawn, name, says in LEGEND
    )
    return HtmlTable(
        f'<dl class="legend-card">{rows}</dl>', "\n".join(f"{name}: {says}" for _, name, says in LEGEND)
    )


def hedge_chart(dataset: Dataset) -> Chart:
    """Draw what each printed figure leaves open, in percent of the printed value."""
    frame = example_intervals(dataset)
    rows = frame.assign(value=0, low=frame["low_percent"], high=frame["high_percent"])
    return Chart(
        name="fig-hedges",
        figure=rows_figure(
            rows, axis="percent above or below the published value", height=3.3, at=0, width=6, letters=9
        ),
        title="A hedge leaves up to a tenth of the figure open, a rounded count a few percent",
        alt=f"Intervals of six published figures. {told(rows, '{quoted}: {note}')}.",
        measure="Values that a published figure leaves open, percent above or below the published one",
        note="Dots: the published value. Bars: the values that its wording leaves open under the default "
        "hedge model, labelled in the figure's own unit.",
        source=source_line(dataset, EXAMPLES),
        frame=rows,
    )


def hedge_shares(dataset: Dataset) -> pd.DataFrame:
    """Return the share of counts and sums printed in full, rounded without a hedge, and hedged, by who counts."""
    frame = with_sources(dataset, dataset.readings[~dataset.readings["unit"].isin(PROPORTIONS)])
    exact = frame["hedge"] == "exact"
    rounded = exact & (intervals(frame)["printed_step"] != 1)
    print_ = pd.Series("full", index=frame.index).mask(rounded, "rounded").mask(~exact, "hedged")
    return _by_group(frame, print_, list(PRINT_KINDS))


def window_shares(dataset: Dataset) -> pd.DataFrame:
    """Return the share of readings over a year, part of one, several, at a day, or without a full window."""
    frame = dataset.readings
    kinds = [
        _window_kind(start, end, kind)
        for start, end, kind in zip(frame["window_start"], frame["window_end"], frame["kind"], strict=True)
    ]
    return _by_group(frame, pd.Series(kinds, index=frame.index), list(WINDOW_KINDS))


def _by_group(frame: pd.DataFrame, kinds: pd.Series[str], columns: list[str]) -> pd.DataFrame:
    """Return the share of each kind of reading by who counts, and n, the readings of each."""
    groups = reporter_groups()
    counts = pd.crosstab(frame["reporter"].astype(str).map(groups), kinds)
    counts = counts.reindex(index=list(dict.fromkeys(groups.values())), columns=columns, fill_value=0)
    return counts.div(counts.sum(axis=1), axis=0).assign(n=counts.sum(axis=1))


def _window_kind(start: pd.Timestamp | None, end: pd.Timestamp | None, kind: str) -> str:
    """Return which of `WINDOW_KINDS` a reading's window is."""
    if kind == "stock" and end is not None and pd.notna(end):
        return "day"
    if start is None or end is None or pd.isna(start) or pd.isna(end):
        return "open"
    found = kind_of(Window(start.date(), end.date()))
    if found in ("year", "fiscal_year"):
        return "year"
    return "years" if found == "multi_year" or (end - start).days > 366 else "part"


def _stacked(shares: pd.DataFrame, kinds: Mapping[str, tuple[str, str]]) -> Figure:
    """Draw shares as stacked bars; `kinds` gives each column its label and colour."""
    figure, axes = style.subplots()
    parts = 100 * shares[list(kinds)].rename(columns={kind: label for kind, (label, _) in kinds.items()})
    axes.margins(x=0)
    draw_stacks(axes, parts, colours=[colour for _, colour in kinds.values()], totals=False)
    for place, (end, count) in enumerate(zip(parts.sum(axis=1), shares["n"], strict=True)):
        axes.annotate(
            f"n = {count:,}", (end, place), (4, 0), fontsize=style.SMALL, color=style.TEXT,
            annotation_clip=False, **style.BESIDE,
        )  # fmt: skip
    axes.set_xlabel("percent of readings")
    lead_panel(axes, "more-than.html")
    legend_above(figure, axes, cols=3)
    return style.finish(figure)


def print_chart(dataset: Dataset) -> Chart:
    """Draw how each group of reporters prints its figures."""
    shares = hedge_shares(dataset)
    rows = shares.reset_index(names="name")
    says = "{name}: {full:.0%} published in full, {rounded:.0%} rounded, {hedged:.0%} hedged"
    hedging, plain = str(shares["hedged"].idxmax()), str(shares["full"].idxmax())
    return Chart(
        name="fig-prints",
        figure=_stacked(shares, PRINT_KINDS),
        title=f"Most often hedged: {hedging.lower()}; most often published in full: {plain}",
        alt=f"Stacked bars by who counts. {told(rows, says)}.",
        measure="Percent of readings, by the form of the number and who counted",
        note="Counts and sums alone. Rounded: no hedge, but the last published digit "
        "is above one unit. n: readings.",
        source=f"Source: all readings of the bodies named. {version_line(dataset)}",
        frame=rows,
    )


def window_chart(dataset: Dataset) -> Chart:
    """Draw which windows each group of reporters prints."""
    shares = window_shares(dataset)
    rows = shares.reset_index(names="name")
    says = "{name}: " + ", ".join(f"{{{kind}:.0%}} {label}" for kind, (label, _) in WINDOW_KINDS.items())
    return Chart(
        name="fig-windows",
        figure=_stacked(shares, WINDOW_KINDS),
        title="Borders report by the year; Chinese police report when there is something to tell",
        alt=f"Stacked bars by who counts. {told(rows, says)}.",
        measure="Percent of readings, by the length of the window and who counted",
        note="A year is a calendar or a fiscal year. n: readings.",
        source=f"Source: all readings of the bodies named. {version_line(dataset)}",
        frame=rows,
    )


def systems_table(dataset: Dataset) -> HtmlTable:
    """Return the systems of counting of the founding articles, each with figures it prints and its chapter."""
    sources = dataset.sources.set_index("source_id")
    rows = []
    for one in systems():
        source = sources.loc[one["article"]]
        prints = chosen(dataset, _readings(one))
        rows.append(
            {
                "article": f"{source['publisher'].split(' (')[0]}, {source['published']}",
                "system": one["system"],
                "who counts": one["counter"],
                "it publishes": "; ".join(quote(row) for _, row in prints.iterrows()) or "no figure",
                "chapter": Link(one["chapter"].replace("-", " ").capitalize(), f"{one['chapter']}.html"),
            }
        )
    return table(rows, caption="The systems of the five founding articles", wide=True)


def systems() -> list[dict[str, str]]:
    """Return the systems as they stand in remarks/founding-systems.csv: article, system, counter, readings, chapter.

    Without readings it is something that an article asks for and prints no figure of.
    """
    return remarks("founding-systems", ("article", "system", "counter", "readings", "chapter"))


def _readings(system: dict[str, str]) -> list[str]:
    return system["readings"].split("; ") if system["readings"] else []


def words(dataset: Dataset) -> dict[str, str]:
    """Return the words that the chapter takes from the data."""
    kunlun = by_id(dataset, [KUNLUN])[KUNLUN]
    open_ = dataset.readings["window_start"].isna() & (dataset.readings["kind"] != "stock")
    counts = dataset.sources["tier"].value_counts()
    return {
        "kunlun_interval": between(kunlun["low"], kunlun["high"]),
        "n_systems": counted(sum(bool(_readings(one)) for one in systems())),
        "n_uncounted": counted(sum(not _readings(one) for one in systems())),
        "no_window": f"{open_.mean():.0%}",
        "tiers": listed([f"{tier} ({counts[tier]:,} sources)" for tier in TIER_ORDER]),
    }
