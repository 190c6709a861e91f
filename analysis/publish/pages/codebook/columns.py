"""The tables and series of the dataset, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset, dimensions
from analysis.dataset.coding_rules import RULES
from analysis.dataset.schema import Field
from analysis.dataset.tables import TABLES
from analysis.dataset.vocabularies import SERIES_GROUPS
from analysis.dataset.vocabulary_uses import filled, meanings, vocabulary_uses, word_counts
from analysis.publish import style
from analysis.publish.chart import Chart, version_line
from analysis.publish.counts import counts
from analysis.publish.marks_grid import draw_grid
from analysis.publish.tables import HtmlTable, Link, table
from analysis.publish.words import capital, plain
from analysis.series import quality

TYPES = {
    "text": "text",
    "slug": "id",
    "date": "YYYY-MM-DD",
    "partial_date": "YYYY, YYYY-MM or YYYY-MM-DD",
    "number": "number",
    "integer": "whole number",
    "category": "one word",
    "list": "words",
}
SHOWN_WORDS = 9


def overview_table(dataset: Dataset) -> HtmlTable:
    """Return the tables with their rows and columns and what a row is."""
    rows = [
        {
            "table": f"{name}.csv",
            "rows": f"{len(dataset.table(name)):,}",
            "columns": len(one.fields),
            "what a row is": one.description.removeprefix("One row "),
        }
        for name, one in TABLES.items()
    ]
    return table(rows, caption="The tables of the dataset", right=("rows", "columns"))


def holds(field: Field) -> str:
    """Say in a few words what a cell of a column may hold."""
    if field.refers_to:
        return f"id{'s' if field.type == 'list' else ''} in {field.refers_to}"
    if field.vocabulary:
        few = len(field.vocabulary) <= SHOWN_WORDS
        words = ", ".join(field.vocabulary) if few else f"{len(field.vocabulary)} words"
        return f"{words}{f', joined by {field.joint}' if field.type == 'list' else ''}"
    return TYPES[field.type]


def column_tables(dataset: Dataset) -> Iterator[HtmlTable]:
    """Yield a folded table of columns for each table: meaning, what a cell holds, how many rows fill it."""
    for name, one in TABLES.items():
        rows = [
            {
                "column": field.name,
                "meaning": field.description,
                "holds": holds(field),
                "required": "yes" if field.required else "",
                "filled": _share(dataset.table(name)[field.name]),
            }
            for field in one.fields
        ]
        yield table(rows, caption=f"{name}.csv: {one.title}", right=["filled"], folded=True)


def _share(cells: pd.Series[str]) -> str:
    """Return the share of given cells in words."""
    return f"{filled(cells).mean():.0%}" if len(cells) else "no rows"


def vocabulary_tables(dataset: Dataset) -> Iterator[HtmlTable]:
    """Yield a folded table for each vocabulary: the word, its meaning and the number of cells that hold it.

    Short ones whose words explain themselves stand with their column and are left out.
    """
    explained = meanings()
    for words, uses in vocabulary_uses().items():
        if len(words) <= SHOWN_WORDS and words not in explained:
            continue
        counts = word_counts(dataset, uses)
        told = explained.get(words, {})
        rows = [
            {
                "word": word,
                "meaning": told.get(word, word.replace("_", " ")),
                **_rule(words, word),
                "cells": f"{counts.get(word, 0):,}",
            }
            for word in words
        ]
        where = ", ".join(dict.fromkeys(f"{one.name}.{field.name}" for one, field in uses))
        yield table(rows, caption=f"{len(words)} words of {where}", right=["cells"], folded=True)


def _rule(words: tuple[str, ...], word: str) -> dict[str, str]:
    """Return the rule by which a word is chosen, where its vocabulary has such rules."""
    if words not in RULES:
        return {}
    rule = RULES[words][word]
    return {"chosen when": rule.sentence, "for example": rule.example, "but not": rule.counter}


def glossary_table(dataset: Dataset) -> HtmlTable:
    """Return the Chinese terms of enforcement statistics, in the order of a case's way through the system."""
    order = {name: place for place, name in enumerate(dimensions.STAGES)}
    frame = dataset.glossary
    frame = frame.assign(order=frame["stage"].astype(str).map(order)).sort_values(["order", "term_id"])
    rows = [
        {
            "term": f"{row['term']} ({row['pinyin']})",
            "we say": row["english"],
            "caution": plain(row["caution"]),
            "also met": row["also"],
            "counted by": row["counter"],
            "unit": str(row["unit"]),
        }
        for _, row in frame.iterrows()
    ]
    return table(rows, caption="The words of Chinese enforcement statistics", wide=True)


def concordance_table(dataset: Dataset) -> HtmlTable:
    """Return the product categories of every service with the word they have here, folded."""
    rows = [
        {
            "service": row["service"],
            "category": row["category"],
            "here": row["product"].replace("_", " ").replace("+", " + "),
            "note": plain(row["note"]),
        }
        for _, row in dataset.concordance.sort_values(["service", "category"]).iterrows()
    ]
    services = dataset.concordance["service"].nunique()
    caption = f"The product concordance: {len(rows)} categories of {services} services and sets"
    return table(rows, caption=caption, wide=True, folded=True)


NEEDED = 7  # four whole years before a measure and three after
BINS = ("none", "1-2", "3-4", "5-6", "7-9", "10-14", "15+")
LAST_OF_BIN = (0, 2, 4, 6, 9, 14)
FIRST_LONG = "7-9"


@lru_cache(maxsize=4)
def covered(dataset: Dataset) -> pd.DataFrame:
    """Return the coverage of every series; worked out once for a dataset."""
    return quality.coverage(dataset)


def series_tables(dataset: Dataset) -> Iterator[HtmlTable]:
    """Yield a folded table of series for each strand."""
    told = dataset.series.set_index("series_id").to_dict("index")
    frame = covered(dataset)
    for group, name in SERIES_GROUPS.items():
        rows = [
            {
                "series": series_id,
                "title": told[series_id]["title"],
                "counts": plain(told[series_id]["counts"]),
                "whole years": row["years"],
                "from": "" if pd.isna(row["first"]) else row["first"],
                "to": "" if pd.isna(row["last"]) else row["last"],
                "missing": row["gaps"],
                "conflicts": row["conflicts"],
                "breaks": row["breaks"],
                "numbers": Link("CSV", f"../series/{series_id}.csv"),
                "about it": Link("JSON", f"../series/{series_id}.metadata.json"),
                "caveats": plain(told[series_id]["caveats"]),
            }
            for series_id, row in frame[frame["group"] == group].to_dict("index").items()
        ]
        numbers = ("whole years", "from", "to", "missing", "conflicts", "breaks")
        caption = f"{capital(name)}: {len(rows)} series"
        anchors = [f"series-{row['series']}" for row in rows]
        yield table(
            rows, caption=caption, right=numbers, wide=True, folded=True, anchors=anchors,
            name=f"series-of-{group}",
        )  # fmt: skip


def lengths(dataset: Dataset) -> pd.DataFrame:
    """Return the number of series by strand (rows, the longest median first) and whole years (columns: bins)."""
    frame = covered(dataset)
    bins = pd.cut(frame["years"], [-1, *LAST_OF_BIN, 10_000], labels=list(BINS))
    order = frame.groupby("group")["years"].median().sort_values(ascending=False, kind="stable").index
    return pd.crosstab(frame["group"], bins).reindex(index=order, columns=list(BINS), fill_value=0)


def lengths_chart(dataset: Dataset) -> Chart:
    """Draw the number of series by strand and whole years as a grid."""
    frame, counts = covered(dataset), lengths(dataset)
    figure, axes = style.subplots(size=(style.WIDTH, 4.3))
    named = counts.rename(index=SERIES_GROUPS).rename_axis(index=None, columns=None)
    leads = {SERIES_GROUPS[str(name)]: f"#series-of-{name}" for name in counts.index}
    draw_grid(axes, named.where(named > 0), notes=named.astype(str), letters=9.5, leads=leads)
    axes.axvline(BINS.index(FIRST_LONG), color=style.GROUPS[1], lw=2)
    axes.set_xlabel("whole years published")
    enough = int((frame["years"] >= NEEDED).sum())
    medians = frame.groupby("group")["years"].agg(["size", "median", "max"]).to_dict("index")
    told = "; ".join(
        f"{SERIES_GROUPS[str(name)]}: {medians[name]['size']:.0f} series, median {medians[name]['median']:g}, "
        f"most {medians[name]['max']:.0f}"
        for name in counts.index
    )
    return Chart(
        name="fig-series-lengths",
        figure=style.finish(figure),
        title=f"{enough} of {len(frame)} series have {NEEDED} whole years or more",
        alt=f"A grid of strands by whole years with the number of series in each cell. {told}.",
        measure="Number of series, by how many whole years were published",
        note="By strand. Right of the orange line: "
        f"at least {NEEDED}, what four years before a measure and three after take.",
        source=f"Source: series.csv and the readings that speak of its {len(frame)} series. {version_line(dataset)}",
    )


def series_words(dataset: Dataset) -> dict[str, str]:
    """Return the numbers of the series that the prose names."""
    frame = covered(dataset)
    return {
        "series": str(counts(dataset).series),
        "series_none": str(int((frame["years"] == 0).sum())),
        "series_long": str(int((frame["years"] >= NEEDED).sum())),
        "series_median": f"{frame['years'].median():g}",
        "series_broken": str(int((frame["breaks"] > 0).sum())),
        "series_gaps": str(int((frame["gaps"] > 0).sum())),
    }
