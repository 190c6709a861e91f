"""Comparisons with other origins or modes: which questions the panels carry at all, and what each design answers.

A question names a panel, the treated unit, the controls and the first period of a measure. The controls' own gaps
are its placebos: what the same sum gives for units that the measure was not about.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models import Comparison, common_periods, compared
from analysis.models.comparison import DESIGNS
from analysis.rounding import at_least
from analysis.scrutiny.reach import MEMBERS
from analysis.series import comparison_panel, panel
from analysis.series.panels import LEAST_YEARS

PROVINCES = "cn-provinces"
BY_STATE = ("eu-cases-by-state", "eu-items-by-state")  # what the Commission counts of its members
AT_MOST_BEFORE = 1.0  # trends may part after the measure as much as they ever did before


@dataclass(frozen=True)
class PanelQuestion:
    """What is compared: in `panel` the unit `treated` with `controls` (blank: all) from period `at` on.

    `years` are the first and last period used, `hypothesis` the registered hypothesis that asks the same or the
    nearest thing, `unit` what is counted, in fiscal years where `fiscal`; `asked` is the question in words and
    `doubt` what speaks against it before any number.
    """

    name: str
    panel: str
    treated: str
    controls: tuple[str, ...]
    at: int
    years: tuple[int, int]
    hypothesis: str
    fiscal: bool
    unit: str
    asked: str
    doubt: str


QUESTIONS = (
    PanelQuestion(
        name="longteng",
        panel="jp-cases-origin",
        treated="CN",
        controls=("HK", "KR", "PH", "VN"),
        at=2018,
        years=(2014, 2021),
        hypothesis="h-longteng-2017-japan-cn",
        fiscal=False,
        unit="cases",
        asked="Did Japan stop fewer cases from China after China's customs ran Longteng 2017?",
        doubt="The campaign watched exports to Africa, the Middle East, Latin America and Belt and Road "
        "countries. Vietnam's rise began before it.",
    ),
    PanelQuestion(
        name="phase-one",
        panel="us-lines-origin",
        treated="CN",
        controls=(),
        at=2021,
        years=(2019, 2023),
        hypothesis="h-phase-one-2020-us-seizures",
        fiscal=True,
        unit="lines",
        asked="Were fewer US seizure lines from China after the Phase One agreement?",
        doubt="The agreement took force in fiscal year 2020, with the pandemic and an American order on online "
        "trade. Hong Kong is left out, since goods may be routed through it.",
    ),
    PanelQuestion(
        name="de-minimis",
        panel="us-seizures-mode",
        treated="express",
        controls=("mail", "cargo"),
        at=2016,
        years=(2014, 2018),
        hypothesis="h-de-minimis-2016-express",
        fiscal=True,
        unit="shipments",
        asked="Did US seizures in express parcels grow when duty-free entry was raised to 800 dollars?",
        doubt="The act took force in the sixth month of fiscal year 2016 and ordered more enforcement too. "
        "Mail came under the same threshold.",
    ),
)


@dataclass(frozen=True)
class Answer:
    """What the designs gave: `found` by design, a sentence where one cannot be used, and every unit's gap.

    `gaps` (units by periods) are log ratios to the counterfactual of "did", each unit against all others.
    """

    question: PanelQuestion
    frame: pd.DataFrame
    found: dict[str, Comparison]
    refused: dict[str, str]
    gaps: pd.DataFrame
    caveat: str
    sources: tuple[str, ...]


def question(name: str) -> PanelQuestion:
    """Return a question by its name.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    for one in QUESTIONS:
        if one.name == name:
            return one
    raise InputError(
        f"There is no comparison {name!r}; there are {', '.join(one.name for one in QUESTIONS)}."
    )


@lru_cache(maxsize=16)
def answer(dataset: Dataset, name: str) -> Answer:
    """Return what every design says to the question `name`.

    Raises
    ------
    InputError
        If there is no such question, or the panel cannot carry the plainest design.
    """
    asked = question(name)
    taken = comparison_panel(dataset, asked.panel)
    frame = _used(taken.frame, asked)
    found: dict[str, Comparison] = {}
    refused: dict[str, str] = {}
    for design in DESIGNS:
        try:
            # The largest unit cannot be mixed from smaller ones in levels, so movements about means are matched.
            found[design] = compared(
                frame, asked.treated, asked.at, design=design, demean=design == "synthetic"
            )
        except InputError as error:
            if design == "did":
                raise
            refused[design] = str(error)
    return Answer(asked, frame, found, refused, _gaps(frame, asked.at), taken.caveat, taken.sources)


def provinces(dataset: Dataset) -> str:
    """Return why China's provinces are not compared.

    Raises
    ------
    InputError
        When they could be.
    """
    try:
        comparison_panel(dataset, PROVINCES)
    except InputError as error:
        return str(error)
    raise InputError("Provinces can be compared now; ask a question of the panel 'cn-provinces'.")


def members(dataset: Dataset) -> str:
    """Return why member states are not compared by the Commission's own counts of them.

    Raises
    ------
    InputError
        When they could be.
    """
    told = []
    for family in BY_STATE:
        table = panel(dataset, family)
        years = table[table["coverage"].isin(("printed", "estimated"))].groupby("unit")["year"].nunique()
        if (years >= LEAST_YEARS).sum() > 1:
            raise InputError(
                f"Member states can be compared now; name family {family!r} in PANELS of `beside`."
            )
        what = "articles" if family == "eu-items-by-state" else "cases"
        told.append(
            f"{what} for {len(years)} states, {int(years.max())} years of one at most, {int(years.sum())} in all"
        )
    reach = ";".join(dataset.measures["reach"].astype(str)).split(";")
    own = [state for state in MEMBERS if state in reach]
    return (
        f"Member states cannot be compared by the Commission's own counts, which tell {'; '.join(told)}: {LEAST_YEARS} "
        f"years are needed of two states at least. Measures of a member's own are known of {', '.join(own) or 'none'}."
    )


def bounds(found: Comparison, violation: float = AT_MOST_BEFORE) -> tuple[float, float] | None:
    """Return the ratio's bounds where trends part after the measure by `violation` times the most before it.

    None where they were not computed or are not finite. `violation` is the M-bar of Rambachan and Roth (2023, doi
    10.1093/restud/rdad018).
    """
    if found.robust is None:
        return None
    rows = found.robust.table
    row = rows[np.isclose(rows["Mbar"].astype(float), violation)]
    ends = np.exp(row[["lower", "upper"]].to_numpy(dtype=float).ravel())
    return (float(ends[0]), float(ends[1])) if len(ends) == 2 and np.isfinite(ends).all() else None


def as_extreme(found: Comparison) -> tuple[int, int]:
    """Return how many placebos are at least as extreme as the estimate, and how many there are."""
    rows = found.placebos
    actual = float(rows.loc[rows["treated"], "statistic"].iloc[0])
    others = rows.loc[~rows["treated"].astype(bool), "statistic"].to_numpy(dtype=float)
    return int(at_least(others, actual).sum()), len(others)


def _used(frame: pd.DataFrame, asked: PanelQuestion) -> pd.DataFrame:
    """Return the panel's rows that a question uses: its units and years, periods in which all have a figure."""
    units = {asked.treated, *asked.controls} if asked.controls else set(frame["unit"]) - {"HK"}
    rows = frame[frame["unit"].isin(units) & frame["period"].between(*asked.years)]
    return common_periods(rows)


def _gaps(frame: pd.DataFrame, at: int) -> pd.DataFrame:
    """Return each unit's log gap to all others, the difference of the periods before taken away."""
    logs = np.log(frame.pivot(index="unit", columns="period", values="y").astype(float))
    others = (logs.sum() - logs) / (len(logs) - 1)
    gaps: pd.DataFrame = logs - others
    before = [period for period in gaps if int(str(period)) < at]
    return gaps.sub(gaps[before].mean(axis=1), axis=0)
