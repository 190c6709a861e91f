"""Conflicts in words and as text: both prints, both windows, both sources, the rule, its size, kind and verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from tabulate import tabulate

from analysis.dataset import Dataset
from analysis.publish.words import number, window
from analysis.rounding import settled
from analysis.series import definition, series_conflicts

RULE_WORDS = {"loo": "left out", "nested": "nested", "copied": "copied"}
KIND_WORDS = {
    "official": "official against official",
    "retelling": "a retelling's error",
    "two_quantities": "two quantities, no conflict",
    "revision": "revised, no conflict",
    "unknown": "not known",
}
VERDICT_WORDS = {
    "": "none yet",
    "quote_a": "quote the first",
    "quote_b": "quote the second",
    "quote_both": "quote both",
    "quote_neither": "quote neither",
    "quote_each": "each for what it counts",
}
NESTED_CAP = 1000.0  # the rule's size where one count leaves nothing for the rest of the other's window
LEGEND = (
    "Rules: left out, standard deviations from what the other readings predict; nested, how many times the inner "
    "window's daily rate, or its inverse (of equal windows, the ratio of the counts); copied, one figure, the ratio "
    "of its windows. A size belongs to the first rule named. Kinds marked ? are guessed from the rows."
)


def rules_in_words(rules: str) -> str:
    """Return the rules of a pair: `left out, nested`."""
    return ", ".join(RULE_WORDS[rule] for rule in rules.split(";"))


def size_in_words(rules: str, size: float) -> str:
    """Return the size of a conflict under the first of its rules: `7.3 sd`, `4.2 times`."""
    if rules.split(";")[0] == "loo":
        return f"{number(round(settled(size), 1))} sd"
    return f"{number(NESTED_CAP)} times or more" if size >= NESTED_CAP else f"{number(size, 2)} times"


def kind_in_words(row: pd.Series[Any]) -> str:
    """Return the kind of a conflict, with a question mark where no table tells it."""
    return KIND_WORDS[row["kind"]] + ("" if row["known"] else "?")


def verdict_in_words(row: pd.Series[Any]) -> str:
    """Return which print to quote."""
    return VERDICT_WORDS[row["verdict"]]


def total_in_words(found: pd.DataFrame) -> str:
    """Say how many pairs contradict each other, of how many that the rules find, in how many series."""
    if found.empty:
        return "No conflict."
    contradictions = found[found["contradicts"]]
    return (
        f"{len(contradictions)} contradictions in {contradictions['series_id'].nunique()} series, official against "
        f"official or not known, of {len(found)} pairs in {found['series_id'].nunique()} series that the rules find."
    )


def side_window(row: pd.Series[Any], side: str) -> str:
    """Return the window of one side (`a` or `b`) of a pair."""
    start, end = (pd.to_datetime(row[f"{name}_{side}"]) for name in ("start", "end"))
    return window(start, end)


def conflicts_listing(dataset: Dataset, names: Iterable[str] = ()) -> str:
    """Return the conflicts of some series, or of all, as text, grouped by series.

    Raises
    ------
    InputError
        If a series is unknown.
    """
    wanted = [definition(dataset, name).series_id for name in names] or None
    found = series_conflicts(dataset, wanted)
    parts = [_series_text(dataset, str(name), rows) for name, rows in found.groupby("series_id", sort=False)]
    total = total_in_words(found) + ("" if found.empty else f" {LEGEND}")
    return "\n\n".join([*parts, total, f"Data {dataset.version}, {dataset.fingerprint}."])


def _series_text(dataset: Dataset, series_id: str, rows: pd.DataFrame) -> str:
    """Return the conflicts of one series, two lines a pair."""
    lines: list[list[str]] = []
    for _, row in rows.iterrows():
        told = [
            rules_in_words(row["rules"]),
            size_in_words(row["rules"], row["size"]),
            kind_in_words(row),
            verdict_in_words(row),
        ]
        for side in ("a", "b"):
            lines.append(
                [
                    row[f"reading_{side}"],
                    str(row[f"printed_{side}"]),
                    side_window(row, side),
                    str(row[f"publisher_{side}"]),
                    *(told if side == "a" else [""] * len(told)),
                ]
            )
    heads = ["reading", "printed", "window", "source", "rule", "size", "kind", "verdict"]
    body = tabulate(lines, headers=heads, disable_numparse=True)
    return f"{series_id}: {definition(dataset, series_id).title}\n{body}"
