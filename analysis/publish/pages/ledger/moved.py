"""How grades moved: what each hypothesis had by the older rules, what its bundle has, and the reasons, counted."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.pages.ledger.wording import ledger_link
from analysis.publish.studies import study
from analysis.publish.tables import HtmlTable, table
from analysis.scrutiny import moves
from analysis.scrutiny.moves import Older

TOO_SHORT = "the record is too short to test"
HOW_MANY = re.compile(r" \(\d+ others begin with it\)")


@lru_cache(maxsize=4)
def moved(dataset: Dataset) -> pd.DataFrame:
    """Return `moves`, the older grades from the study's table where it stands for these data."""
    return moves(dataset, older(dataset))


def older(dataset: Dataset) -> dict[str, Older] | None:
    """Return the older grades as studies/older_rules.py stored them; None where the data are others."""
    stored = study("older_rules")
    if stored.meta["of_data"] != dataset.fingerprint:
        return None
    rows = stored.table.fillna({"faults": ""})
    return {
        str(row["hypothesis_id"]): Older(
            str(row["letter"]), tuple(filter(None, str(row["faults"]).split("|")))
        )
        for row in rows.to_dict("records")
    }


def counts(frame: pd.DataFrame) -> pd.DataFrame:
    """Return how many hypotheses moved from which grade to which, for which reason: before, after, reason, n.

    A hypothesis with several reasons counts in each; the numbers inside a reason are left out.
    """
    told = frame["reason"].str.replace(HOW_MANY, "", regex=True).str.split("; ")
    told = told.where(frame["after"] != "D", pd.Series([[TOO_SHORT]] * len(frame), index=frame.index))
    apart = frame.assign(reason=told).explode("reason")
    found = apart.groupby(["before", "after", "reason"], as_index=False).size()
    return found.rename(columns={"size": "n"}).sort_values(
        ["after", "before", "n"], ascending=[True, True, False], kind="stable", ignore_index=True
    )


def reasons_table(dataset: Dataset) -> HtmlTable:
    """Return the counts of moves by reason."""
    rows = [
        {"grade": f"{row['before']} → {row['after']}", "reason": row["reason"], "hypotheses": row["n"]}
        for row in counts(moved(dataset)).to_dict("records")
    ]
    return table(rows, caption="Grades by the older rules and by the four answers", right=["hypotheses"])


def moves_table(dataset: Dataset) -> HtmlTable:
    """Return every hypothesis with its older grade, its grade now, and the reason."""
    frame = moved(dataset)
    rows = [
        {
            "hypothesis": ledger_link(dataset, str(row["hypothesis_id"])),
            "older": row["before"],
            "now": row["after"],
            "reason": row["reason"],
        }
        for row in frame.to_dict("records")
    ]
    return table(
        rows, caption=f"The {len(rows)} hypotheses, older grade and grade now", folded=True, wide=True
    )
