"""Tables: platform leads by channel, the picture without mirror copies, and a year beside the national value."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.publish.pages.cases.map import by_province
from analysis.publish.pages.cases.rows import CHANNEL_WORDS, KIND_WORDS, case_rows, median_of
from analysis.publish.tables import HtmlTable, table
from analysis.publish.words import between
from analysis.series import printed_years

LEADS = {"yes": "Yes", "no": "No", "unknown": "Not told"}
MOVED = ("medicine", "food", "bags")  # goods shown with and without the mirrors
BIG_THREE = ("CN-SH", "CN-GD", "CN-ZJ")
YEAR = 2020
NATIONAL_VALUE, NATIONAL_CASES = "mps-value", "mps-cases-solved"
NOT_POLICE = (
    "customs seizure|customs destruction|administrative"  # in the notes of rows without a police case
)


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
