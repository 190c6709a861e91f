"""Whether a registered hypothesis can be identified: enough periods, no rival measure, one way of counting.

A hypothesis is not identifiable where

1. fewer than 4 informed periods of its span lie before the first one affected, or fewer than 3 from it on;
2. a rival stands beside it: another measure of the same instrument, that could reach the same series, in the
   same or a neighbouring period;
3. a break in what is counted lies inside the span.

A measure's period is that of its effective date, or of its announcement where no other is known; `at` of
a hypothesis is that period plus its `lag`. A rival has the same lag, so periods are compared before it is
added. A measure has the same instrument where it shares one of its instruments (`match`: shared; identical
asks for all of them, and no other). A measure dated by year may lie in two fiscal years, and counts in both. A
measure without any date stands nowhere.

Which measures could reach the same series (`reach`):

- `jurisdiction`, the default: those made where the series is counted (a province's series also by the country,
  a member state's by the EU), and those made where the hypothesis' own measure was made, since that one is
  taken to reach it: for a border series, China's measures and the border's. Trade pressure and agreements,
  wherever made, reach what China's measures reach, since China is whom they press. A province's measure moves
  a part of a country's figures and is no rival there.
- `registered`: those that the register holds a hypothesis on for the same series.
- `anywhere`: all.

A break lies inside the span if it falls after the span's first day and on or before its last one; that a
break and a measure fall together makes it worse, not better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.arguments import Year, checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.results import Result
from analysis.rounding import at_least
from analysis.scrutiny.hypothesis import Hypothesis, hypothesis, instruments_of, period_of
from analysis.series import Definition, breaks_of, definition, printed_years
from analysis.series.thresholds import FEWEST_AFTER, FEWEST_BEFORE, LEAST_INFORMED

Reach = Literal["jurisdiction", "registered", "anywhere"]
Match = Literal["shared", "identical"]

ACROSS_BORDERS = ("trade_pressure", "agreement")
PRESSED = "CN"
_WIDER = {"FR": "EU", "LU": "EU"}


@dataclass(frozen=True, repr=False)
class RivalRule(Result):
    """Which other measures are rivals: where from, how alike, and how many periods before or after."""

    reach: Reach = "jurisdiction"
    match: Match = "shared"
    neighbours: int = 1

    def __post_init__(self) -> None:
        if self.reach not in ("jurisdiction", "registered", "anywhere"):
            raise InputError(f"reach must be jurisdiction, registered or anywhere, not {self.reach!r}.")
        if self.match not in ("shared", "identical"):
            raise InputError(f"match must be shared or identical, not {self.match!r}.")
        if self.neighbours < 0:
            raise InputError(f"neighbours must be 0 or more, not {self.neighbours!r}.")


RULE = RivalRule()


@dataclass(frozen=True, repr=False)
class Identifiability(Result):
    """Whether a hypothesis can be identified, and what stands in the way.

    `n_before` and `n_after` count informed periods of the span; `rivals` are measure ids, `breaks` days
    (YYYY-MM-DD). `faults` names which rules failed (before, after, rivals, breaks), `reasons` says so in clauses.
    """

    hypothesis_id: str
    n_before: int
    n_after: int
    rivals: tuple[str, ...]
    breaks: tuple[str, ...]
    faults: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether the hypothesis is identifiable."""
        return not self.faults


@checked
def identifiable(
    dataset: Dataset,
    hypothesis_id: str | Hypothesis,
    *,
    periods: pd.DataFrame | None = None,
    rule: RivalRule = RULE,
) -> Identifiability:
    """Return whether a hypothesis, or the one of an id, can be identified, with the reasons why not.

    `periods` is a frame with columns period (a year, or the year in which a fiscal year ends) and informed
    (0 to 1), as a reconstruction gives; without it the years count for which a whole-year figure is printed.

    Raises
    ------
    InputError
        If the hypothesis is unknown or monthly, or `periods` lacks a column.
    """
    one = hypothesis(dataset, hypothesis_id)
    informed = _printed(dataset, one.series_id) if periods is None else _informed(periods)
    before = len([year for year in informed if one.start <= year < one.at])
    after = len([year for year in informed if one.at <= year <= one.end])
    window = measures_in_window(dataset, one, rule=rule)
    rivals = tuple(window.loc[window["same_instrument"] & ~window["package"], "measure_id"])
    breaks = breaks_inside(dataset, one.series, one.start, one.end)
    found = {
        "before": _too_few(before, FEWEST_BEFORE, f"before {one.at}"),
        "after": _too_few(after, FEWEST_AFTER, f"from {one.at} on"),
        "rivals": f"the same instrument moves beside it: {_listed(rivals)}" if rivals else "",
        "breaks": f"what is counted changes inside the span: {_listed(breaks)}" if breaks else "",
    }
    faults = {name: reason for name, reason in found.items() if reason}
    return Identifiability(
        one.hypothesis_id, before, after, rivals, breaks, tuple(faults), tuple(faults.values())
    )


@checked
def measures_in_window(
    dataset: Dataset, hypothesis_id: str | Hypothesis, *, rule: RivalRule = RULE
) -> pd.DataFrame:
    """Return the other measures that could reach the series in the same or a neighbouring period.

    Whatever their instrument. Columns: those of `measures`, and first and last (the periods that the date
    can mean), same_instrument, package (announced the same day by the same issuer: parts of one act, whose effect
    is the act's). Rows are sorted by period, then id. Raises InputError as `identifiable` does.
    """
    one = hypothesis(dataset, hypothesis_id)
    frame = dataset.measures[dataset.measures["measure_id"] != one.measure_id]
    days = frame["effective"].where(frame["effective"] != "", frame["announced"])
    frame = frame[days != ""]
    spans = [period_of(str(day), fiscal=one.fiscal) for day in days[days != ""]]
    frame = frame.assign(first=[first for first, _ in spans], last=[last for _, last in spans])
    near = (frame["first"] <= one.made + rule.neighbours) & (frame["last"] >= one.made - rule.neighbours)
    frame = frame[near & _reaching(dataset, frame, one, rule.reach)]
    same = [_alike(instruments_of(cell), one.instruments, rule.match) for cell in frame["instrument"]]
    frame = frame.assign(same_instrument=pd.Series(same, index=frame.index, dtype=bool))
    frame = frame.assign(package=_package(frame, one))
    return frame.sort_values(["first", "measure_id"]).reset_index(drop=True)


@checked
def breaks_inside(dataset: Dataset, series: str | Definition, start: Year, end: Year) -> tuple[str, ...]:
    """Return the days (YYYY-MM-DD) inside a span of years from which a series counts something else.

    The span runs from the first day of `start` to the last of `end`, both fiscal years where the series' are.
    A break on its first day leaves the span whole.
    """
    key = definition(dataset, series) if isinstance(series, str) else series
    first = pd.Timestamp(start - 1, 10, 1) if key.fiscal else pd.Timestamp(start, 1, 1)
    last = pd.Timestamp(end, 9, 30) if key.fiscal else pd.Timestamp(end, 12, 31)
    days = breaks_of(dataset, key.series_id)["date"]
    inside = sorted(set(days[(days > first) & (days <= last)]))
    return tuple(day.strftime("%Y-%m-%d") for day in inside)


def _package(measures: pd.DataFrame, one: Hypothesis) -> pd.Series[bool]:
    """Tell which measures were announced on the day of the hypothesis' own, by the same issuer."""
    known = len(one.announced) == len("2016-02-24")
    same = (measures["announced"] == one.announced) & (measures["issuer"] == one.issuer)
    together: pd.Series[bool] = known & same
    return together


def _reaching(dataset: Dataset, measures: pd.DataFrame, one: Hypothesis, reach: Reach) -> pd.Series[bool]:
    """Tell of each measure whether it could reach the series of a hypothesis."""
    if reach == "anywhere":
        return pd.Series(True, index=measures.index)
    if reach == "registered":
        rows = dataset.hypotheses[dataset.hypotheses["series_id"] == one.series_id]
        return measures["measure_id"].isin(set(rows["measure_id"]))
    places = _places(one.series.jurisdiction) | _places(one.jurisdiction)
    here = measures["jurisdiction"].isin(places)
    return here | (measures["kind"].isin(ACROSS_BORDERS) if PRESSED in places else False)


def _places(jurisdiction: str) -> set[str]:
    """Return a jurisdiction with those whose measures hold in it."""
    country = jurisdiction.split("-")[0]
    return {jurisdiction, country, _WIDER.get(country, country)}


def _alike(one: frozenset[str], other: frozenset[str], match: Match) -> bool:
    """Tell whether two measures have the same instrument."""
    return one == other if match == "identical" else bool(one & other)


def _printed(dataset: Dataset, series_id: str) -> list[int]:
    """Return the years of which a whole-year figure is printed; none is an answer, not an error."""
    try:
        return [int(year) for year in printed_years(dataset, series_id).table["year"]]
    except InputError:
        return []


def _informed(periods: pd.DataFrame) -> list[int]:
    """Return the periods that are informed by data."""
    if missing := {"period", "informed"} - set(periods.columns):
        raise InputError(
            f"periods needs the columns period and informed; missing: {', '.join(sorted(missing))}."
        )
    share = periods["informed"].astype(float).fillna(0.0)
    return sorted({int(period) for period in periods.loc[at_least(share, LEAST_INFORMED), "period"]})


def _too_few(number: int, needed: int, where: str) -> str:
    if number >= needed:
        return ""
    noun = "period" if number == 1 else "periods"
    return f"{number or 'no'} informed {noun} {where}, at least {needed} are needed"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names)
