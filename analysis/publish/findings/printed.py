"""Findings on what is printed: sentences whose numbers come from readings, each with interval and standing."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.publish import chinese as zh
from analysis.publish.findings.finding import COMPUTED, DISAGREE, Finding, Words
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
    gap = (year["low"] - december["high"], year["high"] - december["low"])
    days = (year["window_end"] - december["window_end"]).days
    return Finding(
        name="police-2020", headline="One ministry, one year, two counts",
        sentence=(
            f"China's police ministry said in December 2020 that it had solved {quote(december)} of "
            f"infringement and counterfeiting that year, and later published {quote(year)} for the whole year. "
            f"Read as one count, the two leave {between(*gap)} cases to the last {days} days: more likely they are two "
            "counts."
        ),
        value=f"{quote(december, unit=False)}, or {quote(year)}", low=december["low"], high=year["high"], unit="case",
        standing=DISAGREE, readings=("police-0023", "police-0019"), series=("mps-cases-solved",),
        chapter="police-campaigns",
        chinese=Words(
            headline="同一部门、同一年份，两个数字",
            sentence=(
                f"公安部在{zh.date('2020-12')}表示，当年已破获侵权假冒案件{zh.quote(december)}，"
                f"其后又公布全年{zh.quote(year)}。"
                f"若视为同一口径，则最后{days}天须有{zh.between(*gap)}起：更可能是两种口径。"
            ),
            value=f"{zh.quote(december)}，或{zh.quote(year)}",
        ),
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
        chinese=Words(
            headline="同一个数字，两个统计期",
            sentence=(
                f"{zh.date('2020-11')}，同一个数字，即{zh.quote(may)}网络制假售假案件，既被说成5月以来破获，"
                "也被说成1月以来破获。"
                f"前者意味着每天{zh.between(*fast, digits=2)}起，后者{zh.between(*slow, digits=2)}起。"
                "与后来年份如何比较，取决于"
                "采信哪一种说法。"
            ),
            value=zh.quote(may),
        ),
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
        chinese=Words(
            headline="涉案金额是最薄弱的数字",
            sentence=(
                f"2013年公安机关所破案件的涉案金额，在2014年1月的文本中为{zh.quote(first)}，"
                f"在同年4月的文本中为{zh.quote(second)}，"
                f"前者为后者的{zh.between(*ratio, digits=2)}倍。前者称为假货的实际价值；"
                "我们读到的文本都没有说明变化的原因。"
            ),
            value=f"{zh.quote(second)}或{zh.quote(first)}",
        ),
    )  # fmt: skip


def leads_2016(dataset: Dataset) -> Finding:
    """Tell the leads sent beside those pursued."""
    submitted, pursued = _prints(dataset, "plat-idg2017-01", "plat-seed4-07")
    ends = (100 * pursued["low"] / submitted["high"], 100 * pursued["high"] / submitted["low"])
    return Finding(
        name="leads-2016", headline="Leads sent are not leads pursued",
        sentence=(
            f"Alibaba's leads to the police in 2016 are published as {quote(pursued)} and as {quote(submitted)}. "
            "The text with the larger number explains it: so many were submitted, and "
            f"{between(*ends, digits=2)} percent of them pursued."
        ),
        value=f"{quote(pursued, unit=False)} or {quote(submitted)}", low=pursued["low"],
        high=submitted["high"], unit="lead", standing=DISAGREE,
        readings=("plat-seed4-07", "plat-idg2017-01", "plat-idg2017-02"), series=("alibaba-leads",),
        chapter="platforms",
        chinese=Words(
            headline="推送的线索不等于被跟进的线索",
            sentence=(
                f"阿里巴巴2016年向公安机关提供的线索，一说为{zh.quote(pursued)}，一说为{zh.quote(submitted)}。"
                "数字较大的文本作了说明："
                f"这是推送的数量，其中{zh.between(*ends, digits=2)}%得到跟进。"
            ),
            value=f"{zh.quote(pursued, unit=False)}或{zh.quote(submitted)}",
        ),
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
        chinese=Words(
            headline="抽检所见甚少，且并非随机",
            sentence=(
                f"该企业每年以{zh.quote(spending)}购买{zh.quote(buys, unit=False)}件样品，"
                f"每件{zh.between(*cost, digits=2)}元，而在售商品有"
                f"{zh.quote(listings)}：每{zh.number(1e6)}条商品最多抽检{zh.number(share, 2)}件。"
                "若抽检针对可疑商品，则其中假货的比例"
                "并不是在售商品中假货的比例。"
            ),
            value=f"每件{zh.between(*cost, digits=2)}元",
        ),
    )  # fmt: skip


def checked_2014(dataset: Dataset) -> Finding:
    """Tell a spot check of 2014, with what chance and choice leave open."""
    row = checked_shares(dataset, pd.DataFrame([CHECK])).iloc[0]
    low, high = 100 * float(row["lower"]), 100 * float(row["upper"])
    return Finding(
        name="checked-2014", headline=f"A check of {row['n']:.0f} goods says little of a market",
        sentence=(
            f"Of {row['n']:.0f} goods that China's market regulator bought from Taobao in 2014, {row['k_low']:.0f} "
            f"were not genuine or not up to standard. A sample of this size fits {between(low, high, 2)} percent (95 "
            "percent interval), and how the goods were chosen was not published: it is no share of a market."
        ),
        value=f"{row['k_low']:.0f} of {row['n']:.0f}", low=low, high=high, unit="percent", standing=COMPUTED,
        readings=tuple(row["readings"]), chapter="spot-checks",
        chinese=Words(
            headline=f"一次{row['n']:.0f}件商品的抽检，说明不了整个市场",
            sentence=(
                f"2014年，中国工商部门从淘宝网购买{row['n']:.0f}件商品，其中{row['k_low']:.0f}件不是正品或不合标准。"
                f"仅就偶然性而言，95%区间为{zh.number(low, 2)}%至{zh.number(high, 2)}%；商品如何选取并未公布，"
                "因此这不是市场中的比例。"
            ),
            value=f"{row['n']:.0f}件中{row['k_low']:.0f}件",
        ),
    )  # fmt: skip


def coverage(dataset: Dataset) -> Finding:
    """Tell how many years of how many series have a whole-year figure, each series within its own span."""
    states = year_states(dataset)
    printed, years = int(whole(states).sum()), int(within(states).sum())
    share = 100 * share_printed(states)
    return Finding(
        name="coverage",
        headline=f"{number(100 - share, 2)} percent of the series' years were never published whole",
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
        chinese=Words(
            headline=f"各序列的年度中，{zh.number(100 - share, 2)}%从未公布过全年数字",
            sentence=(
                f"从任一数字涉及的首年到末年，{len(states)}个序列共有{years}个年度；我们读到的文本中，"
                f"其中{printed}个有全年数字"
                f"（{zh.number(share, 2)}%）。其余只能由部分时段估计，或留作空白。"
            ),
            value=f"{zh.number(share, 2)}%",
        ),
    )


def conflicts(dataset: Dataset) -> Finding:
    """Tell on how many years two whole-year figures contradict each other, where no table resolves it."""
    frame, told = conflicting_years(dataset), years_told_twice(dataset)
    large = frame[frame["ratio"] > WIDE]
    return Finding(
        name="conflicts",
        headline=f"{len(frame)} of {told:,} yearly figures published twice contradict each other",
        sentence=(
            f"Of {told:,} years of these series for which two or more texts give the whole, {len(frame)} have figures "
            "that cannot both be true, where no retelling's error, revision or second quantity explains it; "
            f"{len(large)} of these differ by more than a tenth. Both figures are kept, each with its source."
        ),
        value=f"{len(frame)} of {told:,} years",
        low=len(frame),
        high=len(frame),
        unit="years",
        standing=COMPUTED,
        readings=tuple(dict.fromkeys([*frame["low_reading"], *frame["high_reading"]])),
        chapter="evidence",
        chinese=Words(
            headline=f"被公布两次的{told}个年度数字中，{len(frame)}个相互矛盾",
            sentence=(
                f"这些序列中有{told}个年度由两份以上文本公布全年数字，"
                f"其中{len(frame)}个年度的数字不可能同时为真，且不能以转述错误、"
                f"数据修订或统计对象不同来解释；{len(large)}个相差超过一成。两个数字均予保留，并各注来源。"
            ),
            value=f"{told}个年度中{len(frame)}个",
        ),
    )
