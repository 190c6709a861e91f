"""The pairs themselves: the coarse print, the finer one, and where to read both."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.chart import source_link
from analysis.publish.pages.more_than.found import HEDGE_NAMES, chosen_pairs, every_pair, plain
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import UNIT_WORDS, number, window

FLAG_NAMES = {
    "misprint": "left out: misprint",
    "other_scope": "left out: another scope or window",
    "set_aside": "left out: one print set aside",
    "revision": "used: revised in between",
    "both_set_aside": "used: both prints set aside",
    "": "used",
}
SECOND = "left out: a finer or nearer print is used"


def pairs_table(dataset: Dataset) -> HtmlTable:
    """Return every pair found, those that were left out with the reason, with links to both sources."""
    found = every_pair(dataset)
    chosen = chosen_pairs(dataset)
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
    source = {"publisher": row["exact_publisher"], "published": row["exact_published"]}
    return {
        "hedge": plain(HEDGE_NAMES[row["hedge"]]),
        "coarse print": row["as_printed"],
        "finer print": row["exact_as_printed"],
        "finer figure": number(row["exact"], 9),
        "unit": UNIT_WORDS.get(row["unit"], row["unit"]),
        "window": window(row["window_start"], row["window_end"]),
        "steps above": f"{row['position']:.2f}",
        "% above": f"{row['above']:.1f}",
        "inside": "yes" if row["inside"] else "no",
        "coarse source": source_link(row),
        "finer source": source_link(pd.Series({**source, "url": row["exact_url"]})),
        "readings": f"{row['hedged_id']}, {row['exact_id']}",
        "use": flag,
    }
