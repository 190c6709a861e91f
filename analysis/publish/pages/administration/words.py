"""The sums that the chapter's prose needs beside its prints, and the table of prints that do not agree."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.pages.administration.customs import BATCHES, ITEMS, mode_shares
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between, quote, window
from analysis.series.lookup import by_id
from analysis.series.ratios import base_before, ratio

FOUR_YEARS, FIRST_YEAR, LAST_YEAR = "adm-0418", "adm-0735", "adm-0419"
HALF_2019, HALF_GROWTH = "adm-0718", "adm-0721"
EACH = (2012, 2018, 2024)
SHORT = {"freight": "freight", "e-commerce": "parcels"}
BODIES = {
    "SAIC": "trade and industry",
    "SAMR": "market regulators",
    "CNIPA": "IP office",
    "NCAC": "copyright",
    "NLG": "leading group",
    "AQSIQ": "quality inspectors",
    "GACC": "customs",
}


def words(dataset: Dataset) -> dict[str, str]:
    """Return every glued word of the chapter, by the name under which its prose uses it."""
    total, first, last = by_id(dataset, (FOUR_YEARS, FIRST_YEAR, LAST_YEAR)).values()
    low = float(total["low"] - first["high"] - last["high"])
    high = float(total["high"] - first["low"] - last["low"])
    return {
        "left_two_years": f"{between(low, high, 3)} cases",
        "half_implied": f"about {between(*base_before(dataset, HALF_2019, HALF_GROWTH), 3)} items",
        **_customs(dataset),
        "conflicts": f"{len(conflicts(dataset))}",
    }


def _customs(dataset: Dataset) -> dict[str, str]:
    """Return items a batch in single years, and what e-commerce and freight held in 2023, in percent."""
    each = ratio(dataset, ITEMS, BATCHES)
    said = {
        f"each_{row['year']}": between(row["low"], row["high"], 3)
        for row in each[each["year"].isin(EACH)].to_dict("records")
    }
    found = mode_shares(dataset)
    of_2023 = found[(found["year"] == 2023) & found["name"].isin(SHORT)]
    return said | {
        f"{SHORT[row['name']]}_{row['quantity']}": f"{between(row['low'], row['high'], 2)} percent"
        for row in of_2023.to_dict("records")
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
