"""What happened to the headline series, and whether any of it may be projected: two questions, two columns."""

from __future__ import annotations

import numpy as np

from analysis.dataset import Dataset
from analysis.publish.pages.ledger.wording import ratio
from analysis.publish.pages.what_comes_next.looks import percent
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import counted
from analysis.scrutiny import headlines


def happened_table(dataset: Dataset) -> HtmlTable:
    """Return what happened to the headline series, by question, and whether their drift exceeds their noise."""
    rows = [
        {
            "question": row["question"],
            "series": row["title"],
            "years": f"{row['first']} to {row['last']}",
            "last three years over first": ratio(row["factor"], row["lower"], row["upper"]),
            "a year since 2015": percent(row["growth_2015"]) if np.isfinite(row["growth_2015"]) else "",
            "peak": row["peak"],
            "drift told from noise": "yes" if row["exceeds"] else "no",
        }
        for row in headlines(dataset).to_dict("records")
    ]
    caption = f"What happened to {len(rows)} headline series"
    return table(rows, caption=caption, right=["a year since 2015", "peak"], folded=True)


def happened_words(dataset: Dataset) -> dict[str, str]:
    """Return how many headline series moved by more than their figures leave open, and how many have a drift."""
    frame = headlines(dataset)
    return {
        "headlines": f"{len(frame)}",
        "known": f"{int(frame['known'].sum())}",
        "exceeds": counted(int(frame["exceeds"].sum())),
    }
