"""Pairs of readings of a series that do not go together: what the rules find, and what the tables decide."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.conflicts_listing import KIND_WORDS, VERDICT_WORDS, rules_in_words, size_in_words
from analysis.publish.pages.record.markup import part, rows_table
from analysis.publish.pages.record.readings import every_reading, members, reading_link, when
from analysis.publish.quoting import rivals
from analysis.series import series_conflicts

HEADS = ("first", "second", "how far apart", "what it is", "verdict")


@lru_cache(maxsize=4)
def _found(dataset: Dataset) -> dict[str, pd.DataFrame]:
    """Return the pairs that the rules find in each single series."""
    pairs = series_conflicts(dataset, progress=False)
    return {str(name): rows for name, rows in pairs.groupby("series_id", sort=False)}


def conflicts_part(dataset: Dataset, series_id: str) -> str:
    """Return the pairs of a series: those that the rules find, then those that only the tables tell."""
    found = _found(dataset).get(series_id)
    rows, told = [], set()
    for row in [] if found is None else found.to_dict("records"):
        pair = (str(row["reading_a"]), str(row["reading_b"]))
        told.add(pair)
        far = f"{rules_in_words(row['rules'])}: {size_in_words(row['rules'], row['size'])}"
        kind = KIND_WORDS[row["kind"]] + ("" if row["known"] else "?")
        rows.append(("", _cells(dataset, pair, far, kind, VERDICT_WORDS[row["verdict"]])))
    rows += [
        ("", cells) for pair, cells in known_pairs(dataset, _ids(dataset, series_id)) if pair not in told
    ]
    return part(
        f"Readings that do not go together ({len(rows)})",
        rows_table(HEADS, rows, "Readings that do not go together") if rows else "",
    )


def known_pairs(dataset: Dataset, ids: set[str]) -> list[tuple[tuple[str, str], tuple[str, ...]]]:
    """Return the pairs of the tables whose two readings are both among some, with their cells."""
    paired = rivals(dataset)
    found = []
    for name in sorted(ids & set(paired)):
        for other, known in paired[name]:
            if name < other and other in ids:
                cells = _cells(
                    dataset,
                    (name, other),
                    "",
                    KIND_WORDS[known.kind],
                    VERDICT_WORDS[known.verdict],
                    known.note,
                )
                found.append(((name, other), cells))
    return found


def _ids(dataset: Dataset, series_id: str) -> set[str]:
    return {str(row["reading_id"]) for row, _, _ in members(dataset, series_id)}


def _cells(
    dataset: Dataset, pair: tuple[str, str], far: str, kind: str, verdict: str, note: str = ""
) -> tuple[str, ...]:
    """Return one pair as cells of markup."""
    rows = every_reading(dataset)
    sides = [
        f'{reading_link(dataset, one, str(rows[one]["as_printed"]))}<span class="aside">{escape(when(rows[one]))}; '
        f"{escape(one)}</span>"
        for one in pair
    ]
    aside = f'<span class="aside">{escape(note)}</span>' if note else ""
    return (*sides, escape(far), escape(kind) + aside, escape(verdict))
