"""Platform leads by channel, and how the picture changes without the mirror copies."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.publish.pages.cases.map import by_province
from analysis.publish.pages.cases.rows import CHANNEL_WORDS, case_rows, median_of
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between

LEADS = {"yes": "Yes", "no": "No", "unknown": "Not told"}
MOVED = ("medicine", "food", "bags")  # goods shown with and without the mirrors
BIG_THREE = ("CN-SH", "CN-GD", "CN-ZJ")


def leads(frame: pd.DataFrame) -> pd.DataFrame:
    """Return cases by channel (rows) and by whether a platform's data started them (columns)."""
    counts = pd.crosstab(frame["channel"].astype(str), frame["platform_lead"].astype(str))
    return counts.reindex(index=list(CHANNEL_WORDS), columns=list(LEADS), fill_value=0)


def leads_table(dataset: Dataset) -> HtmlTable:
    """Return the platform leads by channel, with a line of totals."""
    counts = leads(case_rows(dataset))
    named = {str(name): CHANNEL_WORDS[str(name)].capitalize() for name in counts.index}
    rows: list[dict[str, object]] = [
        {"Channel": named[str(name)], **{LEADS[str(k)]: int(v) for k, v in row.items()}}
        for name, row in counts.iterrows()
    ]
    rows.append({"Channel": "All", **{LEADS[str(name)]: int(value) for name, value in counts.sum().items()}})
    return table(
        rows, caption="Did a platform's data start the case? Cases by channel of sale", right=LEADS.values()
    )


def mirror_table(dataset: Dataset) -> HtmlTable:
    """Return the main figures of the chapter over all cases and without those known from mirrors only."""
    frame = case_rows(dataset)
    every, own = _figures(frame), _figures(frame[~frame["mirror"]])
    rows = [{"": name, "All cases": every[name], "Without mirrors": own[name]} for name in every]
    return table(
        rows,
        caption="The picture with and without the cases known from mirror copies only",
        right=("All cases", "Without mirrors"),
    )


def _figures(frame: pd.DataFrame) -> dict[str, str]:
    """Return the figures of a set of cases in words, by name."""
    kinds = frame["product"].str.split(";")
    involved = frame[frame["value_kind"] == "value_involved"]
    medians = ((frame, "suspects"), (frame, "dens"), (involved, "value_cny"))
    people, dens, value = (
        between(low / size, high / size, 3)
        for (rows, name), size in zip(medians, (1, 1, 1e6), strict=True)
        for low, high in [median_of(rows, name)]
    )
    return {
        "Cases": f"{len(frame):,}",
        "Provinces with a case": str(int((by_province(frame) > 0).sum())),
        "In Shanghai, Guangdong or Zhejiang": _percent(frame["jurisdiction"].isin(BIG_THREE)),
        "Dated 2018 or later": _percent(frame["year"] >= 2018),
        "For export": _percent(frame["channel"] == "export"),
        "Online shop, social media or livestream": _percent(
            frame["channel"].isin(["online_shop", "social", "livestream"])
        ),
        **{
            f"With {kind} among the goods": _percent(kinds.map(lambda found, k=kind: k in found))
            for kind in MOVED
        },
        "Started by a platform's data": _percent(frame["platform_lead"] == "yes"),
        "Median suspects": people,
        "Median dens": dens,
        "Median value involved, million yuan": value,
    }


def _percent(which: pd.Series[bool]) -> str:
    """Return the share of true values."""
    return f"{which.mean():.0%}"
