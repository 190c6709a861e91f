"""What the publicised cases of a year sum to beside the police's national value of that year."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.pages.cases.rows import KIND_WORDS, case_rows
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between
from analysis.series import printed_years

YEAR = 2020
NATIONAL_VALUE, NATIONAL_CASES = "mps-value", "mps-cases-solved"
NOT_POLICE = (
    "customs seizure|customs destruction|administrative"  # words of the notes of rows without a police case
)


def police_cases(frame: pd.DataFrame, year: int = YEAR) -> pd.DataFrame:
    """Return the cases of a year that the police's count could hold: no judgments, no seizures by others."""
    other = frame["notes"].fillna("").str.contains(NOT_POLICE)
    return frame[(frame["year"] == year) & (frame["date_kind"] != "judgment") & ~other]


def national(dataset: Dataset, series_id: str, year: int = YEAR) -> tuple[float, float]:
    """Return the interval of a national yearly figure, in its unit. Raises InputError for a year without one."""
    rows = printed_years(dataset, series_id).table
    row = rows[rows["year"] == year]
    if row.empty:
        raise InputError(
            f"Series {series_id!r} has no whole year {year}; choose one of {list(rows['year'])}."
        )
    return float(row["low"].iloc[0]), float(row["high"].iloc[0])


@dataclass(frozen=True)
class Sum:
    """The cases of one kind of value: how many, and the least and greatest sum in yuan."""

    cases: int
    low: float
    high: float


def sums(frame: pd.DataFrame) -> dict[str, Sum]:
    """Return by kind of value what the cases that print one sum to; kinds without a case are left out."""
    valued = frame[frame["value_cny"].notna()]
    found = {}
    for kind in KIND_WORDS:
        rows = valued[valued["value_kind"] == kind]
        if len(rows):
            ends = float(rows["value_cny_low"].sum()), float(rows["value_cny_high"].sum())
            found[kind] = Sum(len(rows), *ends)
    return found


def share_of(part: tuple[float, float], whole: tuple[float, float]) -> tuple[float, float]:
    """Return the least and greatest percentage that one interval can be of another."""
    return 100 * part[0] / whole[1], 100 * part[1] / whole[0]


def share_table(dataset: Dataset) -> HtmlTable:
    """Return the year's cases summed by kind of value, as shares of the national value, also without mirrors."""
    frame = police_cases(case_rows(dataset))
    whole = national(dataset, NATIONAL_VALUE)
    own = sums(frame[~frame["mirror"]])
    rows = [
        {
            "Value of": KIND_WORDS[kind],
            "Cases": found.cases,
            "Sum, million yuan": between(found.low / 1e6, found.high / 1e6, 3),
            "Percent of national": _share(found, whole),
            "Cases without mirrors": own[kind].cases if kind in own else 0,
            "Their percent": _share(own[kind], whole) if kind in own else "",
        }
        for kind, found in sums(frame).items()
    ]
    return table(
        rows,
        caption=f"Publicised police cases of {YEAR} that print a value, beside the national value of "
        f"{between(*whole, 3)} yuan",
        right=("Cases", "Sum, million yuan", "Percent of national", "Cases without mirrors", "Their percent"),
        wide=True,
    )


def _share(found: Sum, whole: tuple[float, float]) -> str:
    """Return a sum as a percentage of the national value, in words."""
    return between(*share_of((found.low, found.high), whole), 2)
