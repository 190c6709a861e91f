"""What two texts print of one quantity, for the administrations and China's customs."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import quote, window
from analysis.series.lookup import by_id

BODIES = {
    "SAIC": "trade and industry",
    "SAMR": "market regulators",
    "CNIPA": "IP office",
    "NCAC": "copyright",
    "NLG": "leading group",
    "AQSIQ": "quality inspectors",
    "GACC": "customs",
}


def conflicts(dataset: Dataset) -> pd.DataFrame:
    """Return the conflicts in which both texts speak of one of these bodies, by body, then by window."""
    who = dataset.readings.set_index("reading_id")["reporter"].astype(str)
    found = dataset.conflicts.assign(
        body=dataset.conflicts["reading_a"].map(who), other=dataset.conflicts["reading_b"].map(who)
    )
    return found[found["body"].isin(BODIES) & (found["body"] == found["other"])]


def conflicts_table(dataset: Dataset) -> HtmlTable:
    """Return a table that opens at a click: what one text prints, what another prints, and what is known."""
    found = conflicts(dataset)
    rows = by_id(dataset, [*found["reading_a"], *found["reading_b"]])
    ordered = sorted(
        found.to_dict("records"),
        key=lambda one: (list(BODIES).index(one["body"]), str(rows[one["reading_a"]]["window_start"])),
    )
    listed = [
        {
            "Who": BODIES[one["body"]],
            "Window": window(rows[one["reading_a"]]["window_start"], rows[one["reading_a"]]["window_end"]),
            "One text": quote(rows[one["reading_a"]]),
            "Another": quote(rows[one["reading_b"]]),
            "What is known": one["note"],
        }
        for one in ordered
    ]
    return table(
        listed,
        caption=f"{len(listed)} pairs of figures that do not agree, administrations and customs",
        wide=True,
        folded=True,
    )
