"""Findings on measures: what campaigns, laws and platform rules went with on average, all of it exploratory."""

from __future__ import annotations

import math
from typing import Literal

from analysis.arguments import checked
from analysis.dataset import Dataset
from analysis.publish import chinese
from analysis.publish.findings.finding import EXPLORATORY, Finding, Words
from analysis.publish.words import counted, signed_percent
from analysis.scrutiny import RandomDates, random_dates

AVERAGED: tuple[Literal["law", "campaign"], ...] = ("law", "campaign")


@checked
def measure_findings(dataset: Dataset) -> list[Finding]:
    """Return what is known of campaigns, of laws, and of border laws and platform rules."""
    return [campaigns(dataset), laws(dataset), others(dataset)]


def percent(log: float) -> str:
    """Write a difference of logs as a percentage."""
    return signed_percent(math.expm1(log), 0) if math.isfinite(log) else "no limit"


def span(found: RandomDates) -> str:
    """Write the 95 percent interval of an average."""
    return f"{percent(found.lower)} to {percent(found.upper)}"


def stood(found: RandomDates) -> str:
    """Say the average: as a plain change where a rise was expected of every pair, else in the expected direction."""
    up, rows = int((found.entering["sign"] > 0).sum()), found.pairs
    toward = f", counted in the direction expected of each pair (a rise for {up} of the {rows})"
    return f"{percent(found.estimate)} compared with dates picked at random{toward if up < rows else ''}"


def rested(found: RandomDates) -> str:
    """Say over how many of the registered pairs of a series and a year an average is taken."""
    left = len(found.table) - found.pairs
    rest = f"; the other {left} lack figures of the year or around it" if left else ""
    return f"{found.pairs} of {len(found.table)} registered pairs{rest}"


def _zh_rested(found: RandomDates) -> str:
    """Say in Chinese over how many of the registered pairs, as `rested` does."""
    left = len(found.table) - found.pairs
    rest = f"，其余{left}个缺少当年或前后年份的数字" if left else ""
    return f"已登记的{len(found.table)}个“序列—年份”组合中的{found.pairs}个{rest}"


def _level(found: RandomDates, *, firm: bool = True) -> str:
    """Say in words where counts stood: only an interval without zero names a side."""
    if found.lower <= 0 <= found.upper:
        return "cannot be told from those at other dates"
    side = "stood higher" if found.lower > 0 else "stood lower"
    return side if firm else f"{side}, but not robustly"


def _zh_span(found: RandomDates) -> str:
    """Write the 95 percent interval of an average in Chinese."""
    return f"{chinese.change(found.lower)}至{chinese.change(found.upper)}"


def _zh_stood(found: RandomDates) -> str:
    """Say the average in Chinese, as `stood` does."""
    up, rows = int((found.entering["sign"] > 0).sum()), found.pairs
    toward = f"按各组合的预期方向计（{rows}个中{up}个预期上升），" if up < rows else ""
    return f"{toward}相对于随机时点为{chinese.change(found.estimate)}"


def _zh_level(found: RandomDates, *, firm: bool = True) -> str:
    """Say in Chinese where counts stood, as `_level` does."""
    if found.lower <= 0 <= found.upper:
        return "与其他时点无从区分"
    side = "偏高" if found.lower > 0 else "偏低"
    return side if firm else f"{side}，但并不稳健"


def average_words(dataset: Dataset) -> dict[str, str]:
    """Return the intervals of the averages over laws and campaigns, for the words of a chapter."""
    return {f"{kind}s_average": span(random_dates(dataset, kind)) for kind in AVERAGED}


def registered(dataset: Dataset, found: RandomDates) -> tuple[str, ...]:
    """Return the hypotheses whose series and dates an average is taken over: of the pairs that enter."""
    pairs = {
        (str(row["series_id"]), str(row["at"]), measure)
        for row in found.entering.to_dict("records")
        for measure in str(row["measures"]).split(";")
    }
    rows = dataset.hypotheses
    keys = zip(rows["series_id"], rows["at"].astype(str), rows["measure_id"], strict=True)
    return tuple(str(name) for name, key in zip(rows["hypothesis_id"], keys, strict=True) if key in pairs)


def _finding(
    dataset: Dataset, found: RandomDates, *, name: str, headline: str, sentence: str, zh: tuple[str, str],
    more: tuple[str, ...] = (),
) -> Finding:  # fmt: skip
    """Return a finding on an average, with its hypotheses as the trail; `zh` are its words in Chinese."""
    return Finding(
        name=name, headline=headline, sentence=sentence, value=span(found),
        low=100 * math.expm1(found.lower), high=100 * math.expm1(found.upper), unit="percent", standing=EXPLORATORY,
        readings=(), chapter="ledger", hypotheses=tuple(dict.fromkeys((*registered(dataset, found), *more))),
        chinese=Words(*zh, _zh_span(found)),
    )  # fmt: skip


def campaigns(dataset: Dataset) -> Finding:
    """Tell what recorded counts did after campaigns, and whether that holds without any one of them."""
    found = random_dates(dataset, "campaign")
    other, apart = found.unweighted, found.left_out
    hold = int((apart["lower"] > 0).sum())
    within = len(apart) - hold
    return _finding(
        dataset, found, name="campaigns-average",
        headline=f"After campaigns recorded counts {_level(found, firm=hold == len(apart))}",
        sentence=(
            f"In the three years from a campaign on, recorded counts stood {stood(found)} "
            f"(95 percent interval {span(found)}), over {rested(found)}. With every "
            f"pair of equal weight it is {percent(other.estimate)} ({percent(other.lower)} to {percent(other.upper)}). "
            f"Without one of the {counted(len(apart))} campaigns, each in turn, the interval holds no change in "
            f"{counted(within)} case{'' if within == 1 else 's'}. A campaign adds effort, so more recorded cases say "
            "nothing on offences."
        ),
        zh=(
            f"专项行动之后，记录数{_zh_level(found, firm=hold == len(apart))}",
            f"自专项行动起三年内，记录数{_zh_stood(found)}（95%区间为{_zh_span(found)}），"
            f"涉及{_zh_rested(found)}。各组合等权计算则为{chinese.change(other.estimate)}（{chinese.change(other.lower)}至"
            f"{chinese.change(other.upper)}）。逐一剔除一项专项行动，"
            f"{len(apart)}种情形中有{within}种的区间包含“无变化”。"
            "专项行动增加执法力量，因此记录的案件增多并不说明犯罪增多。",
        ),
    )  # fmt: skip


def laws(dataset: Dataset) -> Finding:
    """Tell what recorded counts did after laws, and which average changes are excluded."""
    found = random_dates(dataset, "law")
    return _finding(
        dataset, found, name="laws-average",
        headline=f"After laws, taken together, recorded counts {_level(found)}",
        sentence=(
            f"In the three years from a law on, recorded counts stood {stood(found)} "
            f"(95 percent interval {span(found)}), over {rested(found)}. A larger average "
            "change, either way, is excluded at 95 percent; a single law may still have done more."
        ),
        zh=(
            f"法律出台之后，总体看记录数{_zh_level(found)}",
            f"自法律施行起三年内，记录数{_zh_stood(found)}（95%区间为{_zh_span(found)}），"
            f"涉及{_zh_rested(found)}。无论与预期"
            "方向相同还是相反，更大的平均变化均可排除；单独一部法律的作用仍可能更大。",
        ),
    )  # fmt: skip


def others(dataset: Dataset) -> Finding:
    """Tell what is excluded for platform rules and for border laws."""
    rules, border = random_dates(dataset, "platform rule"), random_dates(dataset, "border law")
    return _finding(
        dataset, rules, name="rules-average",
        headline="Of platform rules only large average changes are excluded",
        sentence=(
            f"After platform rules recorded counts stood {stood(rules)} (95 percent "
            f"interval {span(rules)}, {rules.pairs} of {len(rules.table)} pairs), after laws on borders "
            f"{percent(border.estimate)} ({span(border)}, {border.pairs} of {len(border.table)} pairs). Larger average "
            "changes are excluded at 95 percent."
        ),
        zh=(
            "对平台规则，只能排除很大的平均变化",
            f"平台规则实施之后，记录数{_zh_stood(rules)}（95%区间为{_zh_span(rules)}，{len(rules.table)}个组合中的{rules.pairs}个）；"
            "边境法律施行之后为"
            f"{chinese.change(border.estimate)}（{_zh_span(border)}，{len(border.table)}个组合中的{border.pairs}个）。平均而言，"
            "超出这些区间的变化可以"
            "排除。",
        ),
        more=registered(dataset, border),
    )  # fmt: skip
