"""Figures of "The evidence": what is covered, by which sources, and where texts exclude each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish import style
from analysis.publish.chart import Chart, source_line, version_line
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import UNIT_WORDS, number
from analysis.series import PrintedYears, has_years, printed_years

FIRST_YEAR, LAST_YEAR = 2000, 2025
# The series that the coverage map draws have so many whole years, and the conflicts drawn differ by so much.
LONG = 10
WIDE = 1.1
# What a year of a series may be, and how it is drawn.
NOTHING, PART, ONE, SEVERAL, CONFLICT = range(5)
STATES = {
    NOTHING: ("nothing printed", "white"),
    PART: ("part-year or multi-year print only", style.PALE),
    ONE: ("one whole-year print", "#7fb3c8"),
    SEVERAL: ("several, in agreement", style.INK),
    CONFLICT: ("several that exclude each other", style.ORANGE),
}
LANGUAGE_NAMES = {"en": "English", "zh": "Chinese", "ja": "Japanese", "fr": "French"}
KIND_NAMES = {
    "news": "news",
    "trade_press": "trade press",
    "press_release": "press releases",
    "law_text": "law texts",
    "statistics_release": "statistics releases",
    "annual_report": "annual reports",
    "dataset": "data sets",
    "white_paper": "white papers",
    "speech": "speeches",
}


@lru_cache(maxsize=4)
def all_yearly(dataset: Dataset) -> tuple[PrintedYears, ...]:
    """Return every series that has whole years, in the order of series.csv."""
    return tuple(
        printed_years(dataset, one) for one in dataset.series["series_id"] if has_years(dataset, one)
    )


def coverage(dataset: Dataset, found: Sequence[PrintedYears] | None = None) -> pd.DataFrame:
    """Return a frame of series by year: `NOTHING`, `PART`, `ONE`, `SEVERAL` or `CONFLICT`."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    rows = {}
    for one in found or all_yearly(dataset):
        row = pd.Series(NOTHING, index=years)
        for start, end in zip(one.partial["window_start"], one.partial["window_end"], strict=True):
            if pd.notna(start) and pd.notna(end):
                row[(row.index >= start.year) & (row.index <= end.year)] = PART
        table = one.table.set_index("year")
        state = np.where(table["conflict"], CONFLICT, np.where(table["readings"] > 1, SEVERAL, ONE))
        inside = table.index.isin(years)
        row[table.index[inside].astype(int)] = state[inside]
        rows[one.definition.series_id] = row
    return pd.DataFrame(rows).T


def coverage_chart(dataset: Dataset) -> Chart:
    """Draw which years of which series somebody printed."""
    every = coverage(dataset)
    found = [one for one in all_yearly(dataset) if len(one.table) >= LONG]
    frame = coverage(dataset, found)
    figure, axes = style.subplots(size=(5.8, 1.2 + 0.16 * len(frame)))
    colors = ListedColormap([color for _, color in STATES.values()])
    axes.pcolormesh(frame.to_numpy(), cmap=colors, vmin=-0.5, vmax=4.5, edgecolors="#d0d0d0", linewidth=0.4)
    axes.set_yticks(np.arange(len(frame)) + 0.5, list(frame.index), size=8.5)
    axes.set_xticks(np.arange(0, len(frame.columns), 5) + 0.5, [str(y) for y in frame.columns[::5]])
    axes.invert_yaxis()
    axes.grid(visible=False)
    _legend(axes)
    totals = {state: int((every == state).to_numpy().sum()) for state in STATES}
    cells = every.size
    whole = totals[ONE] + totals[SEVERAL] + totals[CONFLICT]
    return Chart(
        name="fig-coverage",
        figure=style.finish(figure),
        title=f"Somebody printed a whole-year figure for {whole / cells:.0%} of the series' years",
        alt=f"A grid of {len(frame)} series by year from {FIRST_YEAR} to {LAST_YEAR}. Of all {len(every)} series: "
        + "; ".join(f"{STATES[state][0]}: {count} of {cells} cells" for state, count in totals.items())
        + ".",
        note=f"One row a series (its id as in series.csv), one cell a calendar or fiscal year. Drawn: the series with "
        f"{LONG} whole years or more; counted in the title: all.",
        source=source_line(dataset, pd.concat([one.readings for one in found])),
    )


def _legend(axes: Axes) -> None:
    """Name the states above the grid."""
    for label, color in list(STATES.values())[1:]:
        axes.scatter([], [], marker="s", s=60, color=color, edgecolor="#888888", linewidth=0.4, label=label)
    axes.legend(loc="lower left", bbox_to_anchor=(-0.35, 1.0), ncols=2, handletextpad=0.3, columnspacing=1)


def sources_by_kind(dataset: Dataset) -> pd.DataFrame:
    """Return the number of sources by kind (rows) and language (columns: the common ones, and other)."""
    language = dataset.sources["language"].astype(str).map(LANGUAGE_NAMES).fillna("other")
    kind = dataset.sources["kind"].astype(str).map(KIND_NAMES)
    counts = pd.crosstab(kind, language)
    return counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index][
        [*LANGUAGE_NAMES.values(), "other"]
    ]


def sources_chart(dataset: Dataset) -> Chart:
    """Draw the sources by kind and language."""
    counts = sources_by_kind(dataset)
    figure, axes = style.subplots(size=(5.8, 3.4))
    left = pd.Series(0, index=counts.index)
    colors = (style.INK, style.ORANGE, style.YELLOW, style.GREEN, style.GREY)
    for (language, values), color in zip(counts.items(), colors, strict=True):
        axes.barh(counts.index, values, left=left, color=color, height=0.66, label=language)
        left = left + values
    for place, total in enumerate(left):
        axes.text(total + 8, place, f"{total:,}", va="center", size=9)
    axes.invert_yaxis()
    axes.set_xlim(0, left.max() * 1.1)
    axes.set_xlabel("sources")
    axes.grid(axis="y", visible=False)
    axes.legend(loc="lower right")
    news = counts.loc["news"].sum() / len(dataset.sources)
    alt = "; ".join(f"{kind}: {row.sum()}" for kind, row in counts.iterrows())
    return Chart(
        name="fig-sources",
        figure=style.finish(figure),
        title=f"News texts are {news:.0%} of the sources; few who count publish a table",
        alt=f"Stacked bars of sources by kind and language. {alt}.",
        note="Number of sources by kind of document, coloured by the language of the text that was read.",
        source=f"Source: all {len(dataset.sources):,} sources. {version_line(dataset)}",
    )


def conflicts(dataset: Dataset, found: Sequence[PrintedYears] | None = None) -> pd.DataFrame:
    """Return the years that two whole-year prints exclude each other on, widest first.

    Columns: series_id, title, unit, label, low and high (the smallest and the largest print), ratio, and the
    readings that print them. Raises InputError if there is none, since a page then speaks of nothing.
    """
    rows = []
    for one in found or all_yearly(dataset):
        for _, year in one.table[one.table["conflict"]].iterrows():
            prints = one.readings[one.readings["year"] == year["year"]].sort_values(["value", "reading_id"])
            rows.append(
                {
                    "series_id": one.definition.series_id,
                    "title": one.definition.title,
                    "unit": one.definition.unit,
                    "label": year["label"],
                    "low": prints["value"].iloc[0],
                    "high": prints["value"].iloc[-1],
                    "ratio": prints["value"].iloc[-1] / prints["value"].iloc[0],
                    "low_reading": prints["reading_id"].iloc[0],
                    "high_reading": prints["reading_id"].iloc[-1],
                    "values": tuple(prints["value"]),
                }
            )
    if not rows:
        raise InputError("No two whole-year prints exclude each other; there are no conflicts to show.")
    return pd.DataFrame(rows).sort_values(["ratio", "series_id"], ascending=[False, True], ignore_index=True)


def _label(value: float) -> str:
    """Write a value in full below a million, short above."""
    return f"{value:,.10g}" if value < 1e6 else style.short(float(f"{value:.4g}"))


def conflicts_chart(dataset: Dataset) -> Chart:
    """Draw the conflicting whole-year prints as multiples of the smallest."""
    every = conflicts(dataset)
    frame = every[every["ratio"] > WIDE].reset_index(drop=True)
    figure, axes = style.subplots(size=(5.8, 1.0 + 0.21 * len(frame)))
    axes.hlines(range(len(frame)), 1, frame["ratio"], color=style.ORANGE, lw=2, alpha=0.5)
    for place, (low, high, values) in enumerate(
        zip(frame["low"], frame["high"], frame["values"], strict=True)
    ):
        axes.plot(np.array(values) / low, [place] * len(values), "o", color=style.ORANGE, ms=4.5)
        text, at = f"{_label(low)} or {_label(high)}", (high / low, place)
        axes.annotate(text, at, xytext=(7, 0), textcoords="offset points", va="center", size=8.5)
    axes.set_yticks(
        range(len(frame)), [f"{r['series_id']}, {r['label']}" for _, r in frame.iterrows()], size=8.5
    )
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xticks([1, 2, 5, 10], ["1", "2", "5", "10"])
    axes.minorticks_off()
    axes.set_xlim(0.95, 30)
    axes.set_xlabel("multiple of the smallest print (log scale)")
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    alt = "; ".join(
        f"{r['title']}, {r['label']}: {number(r['low'])} or {number(r['high'])}" for _, r in frame.iterrows()
    )
    ids = pd.unique(frame[["low_reading", "high_reading"]].to_numpy().ravel())
    apart = int((frame["ratio"] > 2).sum())
    return Chart(
        name="fig-conflicts",
        figure=style.finish(figure),
        title=f"{len(every)} whole-year figures have prints that cannot all be true; {apart} differ over twofold",
        alt=f"Dots on a log scale, a row a year. {alt}.",
        note="Every whole-year print of a year, as a multiple of the smallest, where they differ by "
        "more than a tenth; the labels give the smallest "
        "and the largest in the series' unit (m million, bn billion).",
        source=source_line(dataset, ids),
    )


def conflicts_table(dataset: Dataset) -> HtmlTable:
    """Return the conflicting whole-year prints with both ends, their readings and sources."""
    frame = conflicts(dataset)
    sources = dataset.readings.set_index("reading_id")["source_id"]
    rows = [
        {
            "series": row["title"],
            "year": row["label"],
            "smallest print": number(row["low"]),
            "largest print": number(row["high"]),
            "unit": UNIT_WORDS[row["unit"]],
            "smallest in": f"{row['low_reading']} ({sources[row['low_reading']]})",
            "largest in": f"{row['high_reading']} ({sources[row['high_reading']]})",
        }
        for _, row in frame.iterrows()
    ]
    return table(
        rows,
        caption=f"Whole-year prints that exclude each other: {len(rows)} years",
        folded=True,
        right=("smallest print", "largest print"),
        wide=True,
    )
