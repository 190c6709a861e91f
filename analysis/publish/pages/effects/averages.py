"""What measures did on average, by kind: both weightings, and what is left without one measure at a time."""

from __future__ import annotations

from analysis.dataset import Dataset
from analysis.publish.findings.measures import percent
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import counted
from analysis.rounding import written
from analysis.scrutiny import RandomDates, random_dates
from analysis.scrutiny.averages import Kind

KINDS_TOLD: tuple[Kind, ...] = ("campaign", "law", "border law", "platform rule")


def averages_table(dataset: Dataset) -> HtmlTable:
    """Return what measures did on average, by kind, both weightings side by side."""
    rows = []
    for kind in KINDS_TOLD:
        found = random_dates(dataset, kind)
        other, apart = found.unweighted, found.left_out
        low, high = percent(apart["estimate"].min()), percent(apart["estimate"].max())
        above = int((apart["lower"] > 0).sum())
        rows.append(
            {
                "kind": kind,
                "pairs": f"{found.pairs} of {len(found.table)}",
                "why the others do not enter": _left_out(found),
                "quiet series weigh more": _average(found.estimate, found.lower, found.upper, found.p),
                "every pair alike": _average(other.estimate, other.lower, other.upper, other.p),
                "without one measure at a time": f"{low} to {high}; surely above zero in {above} of {len(apart)}",
            }
        )
    caption = "Recorded counts in the three years from a measure on, compared with dates picked at random (exploratory)"
    return table(rows, caption=caption, right=["pairs"])


def _left_out(found: RandomDates) -> str:
    """Say how many registered pairs do not enter, by reason."""
    why = found.table.loc[found.table["why"] != "", "why"].value_counts().sort_index()
    return (
        "; ".join(f"{counted(count, 'has', 'have')} {reason}" for reason, count in why.items()) or "all enter"
    )


def _average(value: float, lower: float, upper: float, p: float) -> str:
    """Write differences of logs as percentages."""
    return f"{percent(value)} ({percent(lower)} to {percent(upper)}), p {written(p, '.2f')}"
