"""Findings on what is printed: sentences whose numbers come from readings, each with interval and standing."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.publish.findings.finding import COMPUTED, DISAGREE, Finding
from analysis.publish.words import between, number, quote
from analysis.scrutiny.spot_checks import PASSED, checked_shares
from analysis.series.coverage import (
    WIDE,
    all_yearly,
    conflicting_years,
    share_printed,
    whole,
    within,
    year_states,
    years_told_twice,
)
from analysis.series.lookup import by_id, chosen, daily

CHECK = {
    "check": "2014",
    "tested": "plat-saic2014-06",
    "failed": "",
    "share": "plat-saic2014-02",
    "means": PASSED,
}


@checked
def printed_findings(dataset: Dataset) -> list[Finding]:
    """Return the findings on printed figures, in the order in which they are told."""
    return [
        police_2020(dataset),
        online_windows(dataset),
        value_2013(dataset),
        leads_2016(dataset),
        spot_checks(dataset),
        checked_2014(dataset),
        coverage(dataset),
        conflicts(dataset),
    ]


def _prints(dataset: Dataset, *names: str) -> list[pd.Series[Any]]:
    """Return the readings that a finding is made of, in the order asked for, each with low and high."""
    return list(by_id(dataset, names).values())


def police_2020(dataset: Dataset) -> Finding:
    """Tell the two counts of one ministry in one year, and what they leave to its last days."""
    year, december = _prints(dataset, "police-0023", "police-0019")
    gap = between(year["low"] - december["high"], year["high"] - december["low"])
    days = (year["window_end"] - december["window_end"]).days
    return Finding(
        name="police-2020", headline="One ministry, one year, two counts",
        sentence=(
            f"China's police ministry said in December 2020 that it had solved {quote(december)} of "
            f"infringement and counterfeiting that year, and later printed {quote(year)} for the whole year. "
            f"Read as one count, the two leave {gap} cases to the last {days} days: more likely they are two "
            "counts."
        ),
        value=quote(year), low=year["low"], high=year["high"], unit="case", standing=DISAGREE,
        readings=("police-0023", "police-0019"), series=("mps-cases-solved",), chapter="police-campaigns",
    )  # fmt: skip


def online_windows(dataset: Dataset) -> Finding:
    """Tell the number that stands over two windows, as two daily rates."""
    rates = daily(chosen(dataset, ("plat-seed0-01", "plat-seed1-01")))
    may, january = (row for _, row in rates.iterrows())
    slow, fast = ((row["rate_low"], row["rate_high"]) for row in (january, may))
    return Finding(
        name="online-2020", headline="The same number, two windows",
        sentence=(
            f"In November 2020 one figure, {quote(may)} of online counterfeiting, was told as solved since May "
            f"and as solved since January. The first means {between(*fast, digits=2)} cases a day, the second "
            f"{between(*slow, digits=2)}. How a later year compares depends on which one is believed."
        ),
        value=quote(may), low=may["low"], high=may["high"], unit="case", standing=DISAGREE,
        readings=("plat-seed0-01", "plat-seed1-01"), chapter="police-campaigns",
    )  # fmt: skip


def value_2013(dataset: Dataset) -> Finding:
    """Tell the two values of one year's cases, and how many times one is the other."""
    first, second = _prints(dataset, "police-0170", "adm-0246")
    ratio = (first["low"] / second["high"], first["high"] / second["low"])
    return Finding(
        name="value-2013", headline="Values are the weakest figures",
        sentence=(
            f"For 2013 the police cases were worth {quote(first)} in a text of January 2014 and "
            f"{quote(second)} in one of April: a factor of {between(*ratio, digits=2)}. The first is called the actual "
            "value of the fakes; no text that we read says what changed."
        ),
        value=f"{quote(second)} or {quote(first)}", low=second["low"], high=first["high"], unit="CNY",
        standing=DISAGREE, readings=("police-0170", "adm-0246"), series=("mps-value",),
        chapter="police-campaigns",
    )  # fmt: skip


def leads_2016(dataset: Dataset) -> Finding:
    """Tell the leads sent beside those pursued."""
    submitted, pursued = _prints(dataset, "plat-idg2017-01", "plat-seed4-07")
    share = 100 * pursued["value"] / submitted["value"]
    return Finding(
        name="leads-2016", headline="Leads sent are not leads pursued",
        sentence=(
            f"Alibaba's leads to the police in 2016 are printed as {quote(pursued)} and as {quote(submitted)}. "
            f"The text with the larger number explains it: so many were submitted, and {number(share, 2)} percent "
            "of them pursued."
        ),
        value=f"{quote(pursued, unit=False)} or {quote(submitted)}", low=pursued["low"],
        high=submitted["high"], unit="lead", standing=DISAGREE,
        readings=("plat-seed4-07", "plat-idg2017-01", "plat-idg2017-02"), series=("alibaba-leads",),
        chapter="platforms",
    )  # fmt: skip


def spot_checks(dataset: Dataset) -> Finding:
    """Tell what a test buy costs, and how few of the listings are bought."""
    buys, spending, listings = _prints(dataset, "plat-seed4-02", "plat-seed4-03", "plat-seed4-01")
    cost = (spending["low"] / buys["high"], spending["high"] / buys["low"])
    share = 1e6 * buys["high"] / listings["low"]
    return Finding(
        name="spot-checks", headline="Test buys see little, and not at random",
        sentence=(
            f"The company made {quote(buys, unit=False)} test buys a year for {quote(spending)}, "
            f"{between(*cost, digits=2)} yuan a buy, out of {quote(listings)}: at most {number(share, 2)} buys "
            "for a million listings. Where buys aim at suspicious offers, the share of fakes among them is not "
            "the share on sale."
        ),
        value=f"{between(*cost, digits=2)} yuan a buy", low=cost[0], high=cost[1], unit="CNY",
        standing=COMPUTED, readings=("plat-seed4-02", "plat-seed4-03", "plat-seed4-01"), chapter="platforms",
    )  # fmt: skip


def checked_2014(dataset: Dataset) -> Finding:
    """Tell the best known spot check, with what chance and choice leave open."""
    row = checked_shares(dataset, pd.DataFrame([CHECK])).iloc[0]
    low, high = 100 * float(row["lower"]), 100 * float(row["upper"])
    return Finding(
        name="checked-2014", headline="The best known check says little of a market",
        sentence=(
            f"Of {row['n']:.0f} goods that China's market regulator bought from Taobao in 2014, {row['k_low']:.0f} "
            f"were not genuine or not up to standard. By chance alone {between(low, high, 2)} percent are open, and "
            "how the goods were chosen was not printed: it is no share of a market."
        ),
        value=f"{row['k_low']:.0f} of {row['n']:.0f}", low=low, high=high, unit="percent", standing=COMPUTED,
        readings=tuple(row["readings"]), chapter="spot-checks",
    )  # fmt: skip


def coverage(dataset: Dataset) -> Finding:
    """Tell how many years of how many series have a whole-year figure, each series within its own span."""
    states = year_states(dataset)
    printed, years = int(whole(states).sum()), int(within(states).sum())
    share = 100 * share_printed(states)
    return Finding(
        name="coverage",
        headline=f"{number(100 - share, 2)} percent of the series' years were never printed whole",
        sentence=(
            f"From the first to the last year that any figure speaks of, {len(states)} series have {years:,} years; "
            f"{printed:,} of these have a whole-year figure in any text that we read ({number(share, 2)} percent). "
            "The rest must be estimated from parts of years, or left blank."
        ),
        value=f"{number(share, 2)} percent",
        low=share,
        high=share,
        unit="percent",
        standing=COMPUTED,
        readings=tuple(reading for one in all_yearly(dataset) for reading in one.table["reading_id"]),
        chapter="evidence",
    )


def conflicts(dataset: Dataset) -> Finding:
    """Tell on how many years two whole-year figures contradict each other, where no table resolves it."""
    frame, told = conflicting_years(dataset), years_told_twice(dataset)
    large = frame[frame["ratio"] > WIDE]
    return Finding(
        name="conflicts",
        headline=f"{len(frame)} of {told:,} yearly figures told twice contradict each other",
        sentence=(
            f"Of {told:,} years of these series that two or more texts print as a whole, {len(frame)} have prints that "
            "cannot both be true, where neither a retelling's error, a revision nor a second quantity explains it; "
            f"{len(large)} of these differ by more than a tenth. Both prints are kept, each with its source."
        ),
        value=f"{len(frame)} of {told:,} years",
        low=len(frame),
        high=len(frame),
        unit="years",
        standing=COMPUTED,
        readings=tuple(dict.fromkeys([*frame["low_reading"], *frame["high_reading"]])),
        chapter="evidence",
    )
