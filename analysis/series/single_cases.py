"""The single cases: their numbers as intervals, medians, what one item would be worth, and a year's police cases."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.readings import intervals

# Numbers of a case, with the column of their hedge and the unit in which it is read.
NUMBERS = {
    "suspects": ("suspects_hedge", "person"),
    "dens": ("dens_hedge", "place"),
    "items": ("items_hedge", "item"),
    "value_cny": ("value_hedge", "CNY"),
}


def case_rows(dataset: Dataset) -> pd.DataFrame:
    """Return the single cases with year, tier, mirror, and low and high of each number that is printed.

    Rows that count several cases at once (column `several`) are left out.

    `suspects_low` and `suspects_high` (people), likewise dens (sites), items (as counted) and value_cny (yuan)
    hold the interval that the hedge leaves, missing where nothing is printed.
    """
    frame = dataset.cases[dataset.cases["several"].astype(str) != "yes"]
    tiers = dataset.sources.set_index("source_id")["tier"].astype(str)
    frame = frame.assign(year=frame["date"].str[:4].astype(int), tier=frame["source_id"].map(tiers))
    frame["mirror"] = frame["tier"] == "mirror"
    for name, (hedge, unit) in NUMBERS.items():
        printed = frame[frame[name].notna()]
        asked = pd.DataFrame(
            {
                "value": printed[name].astype(float),
                "unit": unit,
                "hedge": printed[hedge].astype(str),
            }
        )
        found = intervals(asked)
        frame[f"{name}_low"], frame[f"{name}_high"] = found["low"], found["high"]
    return frame.reset_index(drop=True)


def with_number(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows that print a number, smallest first."""
    return frame[frame[name].notna()].sort_values([name, "case_id"], kind="stable")


def median_of(frame: pd.DataFrame, name: str) -> tuple[float, float]:
    """Return the least and greatest median that the hedges allow, in the unit of the number.

    Raises InputError where no row prints it.
    """
    printed = frame[frame[name].notna()]
    if printed.empty:
        raise InputError(f"No case prints {name}; there is no median to tell.")
    return float(printed[f"{name}_low"].median()), float(printed[f"{name}_high"].median())


ODD_FROM = 50_000  # yuan an item: at or above it a pair of prints is flagged


def per_item(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the cases that print items and value, with yuan an item: each, each_low and each_high."""
    both = frame[frame["items"].notna() & frame["value_cny"].notna() & (frame["items_low"] > 0)]
    return both.assign(
        each=both["value_cny"].astype(float) / both["items"].astype(float),
        each_low=both["value_cny_low"] / both["items_high"],
        each_high=both["value_cny_high"] / both["items_low"],
    )


def odd(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the flagged cases, most yuan an item first: those that print `ODD_FROM` or more."""
    both = per_item(frame)
    return both[both["each"] >= ODD_FROM].sort_values("each", ascending=False, kind="stable")


NOT_POLICE = (
    "customs seizure|customs destruction|administrative"  # in the notes of rows without a police case
)


def police_cases(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the cases of a year that the police's count could hold: no judgments, no seizures by others."""
    other = frame["notes"].fillna("").str.contains(NOT_POLICE)
    return frame[(frame["year"] == year) & (frame["date_kind"] != "judgment") & ~other]


def share_of(part: tuple[float, float], whole: tuple[float, float]) -> tuple[float, float]:
    """Return the least and greatest percentage that one interval can be of another."""
    return 100 * part[0] / whole[1], 100 * part[1] / whole[0]
