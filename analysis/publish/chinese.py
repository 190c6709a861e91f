"""How figures are written in Chinese prose, as official releases write them: 2.7万起, 73亿美元, 2024年3月, 2012财年.

Each word here has its like in `analysis.readings.words`; the same value is rounded alike in both languages.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.errors import InputError
from analysis.publish.moves import FACTOR, either_way, endless, percentages, signed_ends, still
from analysis.publish.words import EXACT, MINUS, signed_percent
from analysis.rounding import settled
from analysis.series import BetweenYears

HEDGE_WORDS = {
    "exact": "", "more_than": "超过", "at_least": "至少", "nearly": "近", "about": "约", "less_than": "不足",
    "up_to": "最多", "range": "",
}  # fmt: skip
MONEY_WORDS = {
    "CNY": "元", "USD": "美元", "EUR": "欧元", "JPY": "日元", "KRW": "韩元", "GBP": "英镑", "HKD": "港元",
    "AED": "迪拉姆", "AUD": "澳元", "CAD": "加元", "CHF": "瑞士法郎", "CZK": "捷克克朗", "DKK": "丹麦克朗",
    "HUF": "福林", "NOK": "挪威克朗", "PHP": "菲律宾比索", "PLN": "兹罗提", "RUB": "卢布", "SEK": "瑞典克朗",
    "THB": "泰铢", "TWD": "新台币", "UAH": "格里夫纳", "ZAR": "兰特",
}  # fmt: skip
UNIT_WORDS = MONEY_WORDS | {
    "case": "起", "person": "人", "place": "处", "item": "件", "seizure": "批", "listing": "条", "store": "家",
    "lead": "条", "request": "项", "action": "次", "gang": "个团伙", "firm": "家", "percent": "%",
    "percentage_point": "个百分点", "ratio": "倍", "kilogram": "千克", "tonne": "吨", "parcel": "件", "year": "年",
    "line": "行", "times": "倍", "years": "个年度", "dates": "个时点",
}  # fmt: skip
SIZES = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))
ROUNDED_FROM = (
    1e12,
    1e9,
    1e6,
)  # from here on only `digits` figures are kept, rounded as the English words are
MOST_FIGURES = (
    4  # a number below 100 million is written with 万 where that takes no more figures: 4.16万, but 20817
)
DAY, MONTH = len("2020-11-09"), len("2020-11")


def number(value: float, digits: int = 4) -> str:
    """Write a number for Chinese prose: 20817; 2.7万; 756万; 73亿. `digits` are the significant ones kept.

    Below 10,000, and where 万 would need more than four figures, whole numbers are written out, without commas.

    Examples
    --------
    >>> number(20_817), number(27_000), number(7.3e9), number(1.2e12)
    ('20817', '2.7万', '73亿', '1.2万亿')
    """
    value = settled(value, EXACT)
    if value < 0:
        return f"{MINUS}{number(-value, digits)}"
    rounded = next((size for size in ROUNDED_FROM if value >= size), None)
    if rounded is not None:
        value = float(f"{value / rounded:.{digits}g}") * rounded
    elif not float(value).is_integer():
        value = float(f"{value:.{digits}g}")
    for size, word in SIZES:
        told = f"{value / size:.10g}"
        short = len(told.lstrip("0.").replace(".", "")) <= MOST_FIGURES
        if value >= size and (short or value >= SIZES[1][0]):
            return told + word
    return f"{value:.10g}"


def between(low: float, high: float, digits: int = 3) -> str:
    """Write an interval: `2.1万至2.2万`; an open end is said in words, ends that read alike once."""
    if high == math.inf:
        return f"高于{number(low, digits)}"
    if low == 0:
        return f"低于{number(high, digits)}"
    ends = (number(low, digits), number(high, digits))
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}至{ends[1]}"


def quote(reading: Mapping[str, Any] | pd.Series[Any], *, unit: bool = True) -> str:
    """Write a reading as it may be quoted, hedge first: `超过1.1万起`."""
    hedge, text = str(reading["hedge"]), number(float(reading["value"]))
    if hedge == "range":
        text = f"{text}至{number(float(reading['value_high']))}"
    return f"{HEDGE_WORDS[hedge]}{text}{UNIT_WORDS[str(reading['unit'])] if unit else ''}"


def date(text: str) -> str:
    """Write an ISO date as far as it is known: `2020年11月9日`, `2020年11月`, `2020年`; none is `日期不详`."""
    try:
        when = pd.Timestamp(text) if text not in ("", "undated") else None
    except ValueError as error:
        raise InputError(f"{text!r} is no date; write it as 2020-11-09, 2020-11 or 2020.") from error
    if when is None:
        return "日期不详"
    month = f"{when.year}年{when.month}月" if len(text) >= MONTH else f"{when.year}年"
    return f"{month}{when.day}日" if len(text) >= DAY else month


def year(label: str) -> str:
    """Write the label of a year: `2012` is `2012年`, `FY 2012` `2012财年`."""
    digits = label.removeprefix("FY").strip()
    return f"{digits}财年" if label.startswith("FY") else f"{digits}年"


def times(found: BetweenYears) -> str:
    """Write a quotient by what the hedges leave open: `3.06倍`, `1.56至1.72倍`, `至少1.56倍`."""
    if math.isinf(found.high):
        return f"至少{number(found.low, 3)}倍"
    if found.low == 0:
        return f"至多{number(found.high, 3)}倍"
    return f"{between(found.low, found.high)}倍"


def moved(found: BetweenYears) -> str:
    """Say a move between two years: `增至3.06倍`, `上升47%`, `下降20%至21%`."""
    if still(found):
        return f"基本持平（{signed_percent(found.factor - 1, 1)}）"
    if either_way(found):
        return f"升降不明（{'至'.join(signed_ends(found))}）"
    if found.factor >= FACTOR:
        return f"增至{times(found)}"
    verb = "上升" if found.low >= 1 else "下降"
    least, most = (f"{number(one, 2)}%" for one in percentages(found))
    if endless(found):
        return f"{verb}至少{least}"
    return f"{verb}{least if least == most else f'{least}至{most}'}"


def change(log: float) -> str:
    """Write a difference of logs as a signed percentage: `+27%`; an endless one is `无上限`."""
    return signed_percent(math.expm1(log), 0) if math.isfinite(log) else "无上限"


def short(value: float) -> str:
    """Write a value as it stands on an axis: 2万, 40万, 1.2亿."""
    return number(round(value, 10))
