"""The tables, their columns and their words, from the declarations that loading and validation obey."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.dataset import Dataset, dimensions, vocabularies
from analysis.dataset.schema import Field, Table
from analysis.dataset.tables import TABLES
from analysis.publish.tables import HtmlTable, table

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


def filled(cells: pd.Series[str]) -> pd.Series[bool]:
    """Tell which cells of a column are given."""
    return cells.notna() & (cells.astype(str) != "")


def _share(cells: pd.Series[str]) -> str:
    """Return the share of given cells in words."""
    return f"{filled(cells).mean():.0%}" if len(cells) else "no rows"


def meanings() -> dict[tuple[str, ...], Mapping[str, str]]:
    """Return the vocabularies that say what their words mean, by their words."""
    found = [*vars(vocabularies).values(), *vars(dimensions).values()]
    return {tuple(one): one for one in found if isinstance(one, dict) and one}


def vocabulary_uses() -> dict[tuple[str, ...], list[tuple[Table, Field]]]:
    """Return every closed vocabulary with the columns that take their words from it, in order."""
    uses: dict[tuple[str, ...], list[tuple[Table, Field]]] = {}
    for one in TABLES.values():
        for field in one.fields:
            if field.vocabulary:
                uses.setdefault(tuple(field.vocabulary), []).append((one, field))
    return uses


def word_counts(dataset: Dataset, uses: list[tuple[Table, Field]]) -> pd.Series[int]:
    """Return how many cells hold each word, over all columns that use a vocabulary."""
    cells = [
        dataset.table(one.name)[field.name].astype(str).str.split(field.joint).explode()
        for one, field in uses
    ]
    counts: pd.Series[int] = pd.concat(cells).value_counts()
    return counts


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
                "cells": f"{counts.get(word, 0):,}",
            }
            for word in words
        ]
        where = ", ".join(dict.fromkeys(f"{one.name}.{field.name}" for one, field in uses))
        yield table(rows, caption=f"{len(words)} words of {where}", right=["cells"], folded=True)


def glossary_table(dataset: Dataset) -> HtmlTable:
    """Return the Chinese terms of enforcement statistics, in the order of a case's way through the system."""
    order = {name: place for place, name in enumerate(dimensions.STAGES)}
    frame = dataset.glossary
    frame = frame.assign(order=frame["stage"].astype(str).map(order)).sort_values(["order", "term_id"])
    rows = [
        {
            "term": f"{row['term']} ({row['pinyin']})",
            "we say": row["english"],
            "caution": row["caution"],
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
            "note": row["note"],
        }
        for _, row in dataset.concordance.sort_values(["service", "category"]).iterrows()
    ]
    services = dataset.concordance["service"].nunique()
    caption = f"The product concordance: {len(rows)} categories of {services} services and sets"
    return table(rows, caption=caption, wide=True, folded=True)
