"""The links between a yuan of illegal turnover and a fine, by year; case values at the law's thresholds.

A link is printed for the year, or for another year or one place, or not at all. What is not printed is 0 to 1. Two
bounds follow: from the prints of the year alone, and with the links of other years carried over, which is an
assumption and said so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.errors import InputError
from analysis.models.deterrence import (
    ExpectedPenalty,
    controlled_change,
    crossing,
    expected_penalty,
    mean_of_shares,
)
from analysis.series.lookup import by_id
from analysis.series.printed_years import printed_years
from analysis.series.ratios import ratio
from analysis.series.single_cases import case_rows

Interval = tuple[float, float]
UNKNOWN: Interval = (0.0, 1.0)
LOOK_BACK = 8  # years before the first printed share of charges that are shown

SENT, CHARGED = "spp-review-prosecution-persons", "spp-persons-prosecuted"
GUILTY = "jus-0348"  # share of judgments that find guilt, one province
FINED, CONVICTED = "jus-0378", "jus-0376"  # persons fined, of persons convicted, one city
FIFTH = "j2-1134"  # fines of a fifth of the turnover, of fines in a sample of judgments
FIFTH_IS, MOST = (
    0.2,
    1.0,
)  # of the turnover: that fifth; the law's upper end where fines follow the turnover (2007)
STUDIED = (2011, 2015)  # years of that sample
PROBATION, TERM = "j2-1138", "j2-1132"  # of the same study: share with probation; mean prison term, years
SERVED, SENTENCED = (
    "jus-0371",
    "jus-0370",
)  # persons whose term was not suspended, of persons convicted, one province

ARRESTS, ALL_ARRESTS, ALL_CHARGED = (
    "spp-arrests-approved",
    "spp-all-arrests-approved",
    "spp-all-persons-prosecuted",
)
COMPARED = (2019, 2024)  # the last year before the epidemic and the policy, the last with all four counts
TURNOVER = ("sales", "value_involved", "seized")  # kinds of value that stand for illegal turnover or goods


@dataclass(frozen=True)
class Threshold:
    """An amount from which the law sees more: yuan, the measure that set it, and what it is."""

    name: str
    yuan: float
    measure_id: str


THRESHOLDS = (
    Threshold("crime, two marks or more (2004)", 30_000, "cn-2004-12-08-ip-criminal-1"),
    Threshold("crime, one mark (2004)", 50_000, "cn-2004-12-08-ip-criminal-1"),
    Threshold("crime, entity (2004, until 2007)", 150_000, "cn-2007-04-05-ip-criminal-2"),
    Threshold("particularly serious (2004)", 250_000, "cn-2004-12-08-ip-criminal-1"),
    Threshold("loss through a trade secret (2020)", 300_000, "cn-2020-09-12-ip-criminal-3"),
)


@checked
@lru_cache(maxsize=8)
def penalty_links(dataset: Dataset) -> pd.DataFrame:
    """Return each link between a yuan of turnover that police send on and a fine, by year.

    Columns: year, link (charged, guilty, fined, fine), low, high (fractions; of the fine, yuan a yuan of turnover),
    and basis: `year` where it is printed for the year and the country, `elsewhere` for other years or one place.
    Raises InputError if a reading is missing.
    """
    passed = ratio(dataset, CHARGED, SENT).set_index("year")
    years = printed_years(dataset, CHARGED).table["year"]
    reach = float(passed["low"].min()), float(passed["high"].max())
    rows = by_id(dataset, [GUILTY, FINED, CONVICTED, FIFTH])
    fined = float(rows[FINED]["low"]) / float(rows[CONVICTED]["high"])
    share = float(rows[FIFTH]["low"]) / 100
    fine = mean_of_shares([share, 1 - share], [FIFTH_IS, 0.0], [FIFTH_IS, MOST])
    links: list[tuple[int, str, float, float, str]] = []
    for year in years[years >= passed.index.min() - LOOK_BACK].astype(int):
        own = year in passed.index
        charged = (float(passed["low"][year]), float(passed["high"][year])) if own else reach
        links += [
            (year, "charged", *charged, "year" if own else "elsewhere"),
            (year, "guilty", float(rows[GUILTY]["low"]) / 100, 1.0, "elsewhere"),
            (year, "fined", fined, 1.0, "elsewhere"),
            (year, "fine", *fine, "year" if STUDIED[0] <= year <= STUDIED[1] else "elsewhere"),
        ]
    return pd.DataFrame(links, columns=["year", "link", "low", "high", "basis"])


@checked
def fine_by_year(dataset: Dataset) -> pd.DataFrame:
    """Return the expected fine for a yuan of turnover that police sent on, by year, in yuan.

    Columns: year; own_low, own_high from the year's own prints (all else 0 to 1, a fine at most the turnover); low,
    high with the links of other years and places carried over. Raises InputError as `penalty_links`.
    """
    rows = []
    for year, links in penalty_links(dataset).groupby("year"):
        own, carried = (_fine(links, carry=carry) for carry in (False, True))
        rows.append((year, own.lower, own.upper, carried.lower, carried.upper))
    return pd.DataFrame(rows, columns=["year", "own_low", "own_high", "low", "high"])


@checked
def fine_in(dataset: Dataset, year: int, gain: Interval | None = None) -> ExpectedPenalty:
    """Return the expected fine of a year with links carried over (see `fine_by_year`), and when it eats a `gain`.

    Raises InputError as `penalty_links`, and KeyError for a year that it does not hold.
    """
    links = penalty_links(dataset)
    return _fine(links[links["year"] == year], carry=True, gain=gain)


@checked
@lru_cache(maxsize=8)
def prison_months(dataset: Dataset) -> ExpectedPenalty:
    """Return the months in prison, not suspended, for a person whom police sent to prosecutors, as bounds.

    Links: charged and guilty as in `penalty_links` (last year), served between the share of one province and what
    the probation of a study leaves; the term is the mean of that study's prison terms. That it is the mean of the
    terms served, and that shares of other years and places hold, is assumed. Raises InputError if a reading is missing.
    """
    links = penalty_links(dataset)
    last = links[links["year"] == links["year"].max()].set_index("link")
    rows = by_id(dataset, [PROBATION, TERM, SERVED, SENTENCED])
    province = float(rows[SERVED]["value"]) / float(rows[SENTENCED]["value"])
    study = 1 - float(rows[PROBATION]["high"]) / 100, 1 - float(rows[PROBATION]["low"]) / 100
    ends = {name: (float(last["low"][name]), float(last["high"][name])) for name in ("charged", "guilty")}
    served = min(province, *study), max(province, *study)
    months = 12 * float(rows[TERM]["low"]), 12 * float(rows[TERM]["high"])
    return expected_penalty({**ends, "served": served}, months)


def _fine(links: pd.DataFrame, *, carry: bool, gain: Interval | None = None) -> ExpectedPenalty:
    """Return the expected fine from one year's links; what is not of the year counts as unknown unless carried."""
    ends = {
        str(row["link"]): (float(row["low"]), float(row["high"]))
        if carry or row["basis"] == "year"
        else UNKNOWN
        for row in links.to_dict("records")
    }
    fine = ends.pop("fine")
    return expected_penalty(ends, fine, gain=gain)


@checked
@lru_cache(maxsize=8)
def valued_cases(dataset: Dataset) -> pd.DataFrame:
    """Return the single cases whose value stands for turnover or goods: value_cny, value_cny_low, value_cny_high."""
    frame = case_rows(dataset)
    kept = frame["value_kind"].isin(TURNOVER) & frame["value_cny"].notna()
    return frame[kept].sort_values("value_cny").reset_index(drop=True)


@checked
def crossed(dataset: Dataset) -> pd.DataFrame:
    """Return which share of reported cases certainly, and which possibly, reaches each threshold of the law."""
    cases = valued_cases(dataset)
    limits = {one.name: one.yuan for one in THRESHOLDS}
    return crossing(cases["value_cny_low"].to_numpy(float), cases["value_cny_high"].to_numpy(float), limits)


@checked
def arrests_to_charges(dataset: Dataset) -> pd.DataFrame:
    """Return arrests approved to each hundred persons charged, IPR crimes and all crimes, by year.

    Columns: group (`ipr`, `all`), year, value, low, high. Raises InputError if a series is unknown.
    """
    pairs = {"ipr": (ARRESTS, CHARGED), "all": (ALL_ARRESTS, ALL_CHARGED)}
    frames = [ratio(dataset, *pair, scale=100).assign(group=group) for group, pair in pairs.items()]
    return pd.concat(frames, ignore_index=True)[
        ["group", "year", "value", "low", "high", "above_id", "below_id"]
    ]


@checked
def beyond_control(dataset: Dataset, before: int, after: int) -> pd.DataFrame:
    """Return by which factor IPR counts changed between two years beyond all crimes: a row for arrests and charges.

    `arrests to charges` is the change of the first over that of the second. Raises InputError if a year is not
    printed.
    """
    quantities = {"arrests": (ARRESTS, ALL_ARRESTS), "charges": (CHARGED, ALL_CHARGED)}
    rows = {
        name: controlled_change(
            *(_print(dataset, one, year) for one in pair for year in (before, after))
        ).iloc[0]
        for name, pair in quantities.items()
    }
    shares = {
        (row["group"], row["year"]): (float(row["low"]), float(row["high"]))
        for row in arrests_to_charges(dataset).to_dict("records")
    }
    ends = [shares[group, year] for group in ("ipr", "all") for year in (before, after)]
    rows["arrests to charges"] = controlled_change(*ends).iloc[0]
    return pd.DataFrame(rows).T


def _print(dataset: Dataset, series_id: str, year: int) -> Interval:
    """Return the interval of a series' print of a year. Raises InputError where there is none."""
    table = printed_years(dataset, series_id).table.set_index("year")
    if year not in table.index:
        raise InputError(f"Series {series_id!r} has no print of {year}; choose a year that is printed.")
    return float(table["low"][year]), float(table["high"][year])
