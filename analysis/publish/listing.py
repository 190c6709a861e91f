"""What the command line prints: a series with its readings, and how well the prints agree with the rows."""

from __future__ import annotations

import shutil
import textwrap

from tabulate import tabulate

from analysis.dataset import Dataset
from analysis.publish.words import quote, window
from analysis.readings import agreement, intervals, summary
from analysis.series import RULE, definition, readings_of, yearly
from analysis.series.yearly import year_of


def series_listing(dataset: Dataset, series_id: str) -> str:
    """Return a series as text: what it counts, its caveats, every reading with hedge, window and source.

    An asterisk marks the reading that the yearly series takes. Raises InputError for an unknown series.
    """
    key = definition(dataset, series_id)
    found = readings_of(dataset, series_id)
    picked: set[str] = set()
    if year_of(found, fiscal=key.fiscal).notna().any():
        picked = set(yearly(dataset, series_id).table["reading_id"])
    found = found.join(intervals(found))
    rows = [
        {
            "": "*" if row["reading_id"] in picked else "",
            "window": window(row["window_start"], row["window_end"]),
            "printed": row["as_printed"],
            "read as": quote(row),
            "low": f"{row['low']:,.10g}",
            "high": f"{row['high']:,.10g}",
            "reading": row["reading_id"],
            "source": row["source_id"],
            "tier": row["tier"],
        }
        for _, row in found.iterrows()
    ]
    head = f"{key.series_id}: {key.title}\nCounts {key.counts}; unit {key.unit}; {key.frequency.replace('_', ' ')}."
    notes = f"Caveats: {key.caveats}\n* taken for its year: {RULE}.\nData {dataset.version}, {dataset.fingerprint}."
    body = tabulate(rows, headers="keys", disable_numparse=True, colalign=_alignment(rows))
    return f"{_wrapped(head)}\n\n{body}\n\n{_wrapped(notes)}"


def _alignment(rows: list[dict[str, str]]) -> list[str]:
    return ["right" if name in ("low", "high") else "left" for name in rows[0]]


def _wrapped(text: str) -> str:
    width = max(60, min(110, shutil.get_terminal_size((100, 24)).columns))
    return "\n".join(textwrap.fill(line, width) for line in text.split("\n"))


def agreement_listing(dataset: Dataset) -> str:
    """Return how often value, unit and hedge read from the print agree with the row."""
    found = summary(agreement(dataset.readings))
    rows = [
        (str(name).replace("_", ", "), row["n"], row["agrees"], f"{row['share']:.2%}")
        for name, row in found.iterrows()
    ]
    return tabulate(rows, headers=("", "compared", "agree", "share"))
