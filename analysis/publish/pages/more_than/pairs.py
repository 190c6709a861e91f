"""The pairs of the chapter: what their hedges are called, the table of all of them, and their sources."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.chart import Source, source_line, source_link
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import UNIT_WORDS, number, window
from analysis.series.hedged_pairs import chosen_pairs, every_pair

# In drawing order. An unhedged print that is coarser than another one was rounded.
HEDGE_NAMES = {
    "more_than": "more than",
    "nearly": "nearly",
    "about": "about",
    "exact": "no hedge,\nrounded",
}
FLAG_NAMES = {
    "misprint": "left out: misprint",
    "other_scope": "left out: another scope or window",
    "set_aside": "left out: one print set aside",
    "revision": "used: revised in between",
    "both_set_aside": "used: both prints set aside",
    "": "used",
}
SECOND = "left out: a finer or nearer print is used"


def plain(hedge: str) -> str:
    """Return the name of a hedge on one line."""
    return HEDGE_NAMES[hedge].replace("\n", " ")


def pairs_source(dataset: Dataset, found: pd.DataFrame) -> Source:
    """Return the source line of both sides of pairs."""
    return source_line(dataset, pd.unique(pd.concat([found["hedged_id"], found["exact_id"]])))


def pairs_table(dataset: Dataset) -> HtmlTable:
    """Return every pair found, those that were left out with the reason, with links to both sources."""
    found, chosen = every_pair(dataset), chosen_pairs(dataset)
    used = set(zip(chosen["hedged_id"], chosen["exact_id"], strict=True))
    order = found["hedge"].map(list(HEDGE_NAMES).index)
    found = found.assign(order=order).sort_values(["order", "position", "hedged_id", "exact_id"])
    return table(
        [_row(row, used) for _, row in found.iterrows()],
        caption=f"The {len(found)} pairs of a coarse and a finer print, {len(chosen)} of them used",
        folded=True,
        right=("finer figure", "steps above", "% above"),
        wide=True,
    )


def _row(row: pd.Series[Any], used: set[tuple[str, str]]) -> dict[str, object]:
    """Return one pair as a row of the table."""
    flag = FLAG_NAMES[row["flag"]]
    if flag.startswith("used") and (row["hedged_id"], row["exact_id"]) not in used:
        flag = SECOND
    finer = {name: row[f"exact_{name}"] for name in ("publisher", "published", "url")}
    return {
        "hedge": plain(row["hedge"]),
        "coarse print": row["as_printed"],
        "finer print": row["exact_as_printed"],
        "finer figure": number(row["exact"], 9),
        "unit": UNIT_WORDS.get(row["unit"], row["unit"]),
        "window": window(row["window_start"], row["window_end"]),
        "steps above": f"{row['position']:.2f}",
        "% above": f"{row['above']:.1f}",
        "inside": "yes" if row["inside"] else "no",
        "coarse source": source_link(row),
        "finer source": source_link(pd.Series(finer)),
        "readings": f"{row['hedged_id']}, {row['exact_id']}",
        "use": flag,
    }
