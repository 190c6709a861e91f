"""Numbers that are no figures of a text's subject: dates, windows, ages, articles, thresholds, names and hotlines."""

from __future__ import annotations

import re

from analysis.readings.hedge_words import hedge_of
from analysis.readings.numeral import Numeral
from analysis.readings.unit_words import unit_of

_DURATION = re.compile(
    r"[ -]?(?:(?:fiscal|calendar|consecutive|more|full|straight) )?(?:years?|months?|weeks?|days?|hours?"
    r"|minutes?|quarters?|decades?|ans\b|jahren?|jahre\b|monaten?|mois\b|anos\b|meses\b)(?![a-z])"
    r"|[余多]?(?:个[余多]?月|月|周?年|日(?![均常])|天|小时|分钟|周(?!边)|周?岁|届|期(?![间货])|年代|财年|季度?(?!度?均)|世纪"
    r"|년|월|일|か月|カ月|ヶ月)"
)
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_BEHIND = re.compile(
    r"(?:st|nd|rd|th)\b|(?:-| to )?\d* ?-?year[- ]olds?"  # ordinals
    r"|e[+-]?\d"  # 1e5 is a computer's way of writing, never a print's
    rf"|/\d| {_MONTHS}(?![a-z])|(?:-| to | and ){{1}}\d{{1,2}} {_MONTHS}(?![a-z])"
    r"|[ -]?(?:foot|feet|ft)\b(?= container)|-(?:foot|inch|metre|meter|member|page|storey|man|point)(?![a-z])"
    r"|g (?=phones?|networks?|smart)|g(?=手机|网络)|人以上(?:团伙|共同|结伙|的)"
    r"|0?后(?=[\u4e00-\u9fff]|$)(?<=0后)"
    r"|(?:热线|专线|平台|晚会|(?:举报|投诉|维权)?电话| ?hotline)"
)
_NAME = re.compile(
    r"(?:[a-z]-?|(?<![a-z])(?:nos?\. ?|number |art(?:icle|\.) ?|section |rule |vol\. ?|chapter |phase |page "
    r"|fig(?:ure|\.) "
    r"|table |appendix |annex |version |class |paragraph |operation |project |part |category |tier |level |grade )"
    r"|#|[a-z]/|\d/|§ ?|双|(?:the|its) top |《刑法》|刑法)$"
)
_CODE = re.compile(
    r"(?:rmb|cny|usd|us|eur|euros?|gbp|hkd|krw|jpy|chf|ca|inr|rs|(?<![a-z])(?:p|r|dhs?)|over|than|about|nearly)$"
)
_AGE = re.compile(
    r"(?:(?<![a-z])age[ds]?(?: of)?(?: (?:over|under|between|about|from|at least))?|年龄) ?(?:\d+ ?(?:and|to|-) ?)?$"
)
_AFTER_MONTH = re.compile(rf"(?<![a-z]){_MONTHS} (?:\d{{1,2}} ?(?:-|to|and) ?)?$")
# What stands inside these is no figure, whatever it looks like; a look at the first sign spares most places the rest.
_SPANS = re.compile(
    r"(?=[\d第刑双十党二最一\"“”'「『《]|[aceonprsw](?<![a-z].))(?:"
    + "|".join(
        (
            r"(?<!\d)(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}(?!\d)",  # 2022-05-12
            r"(?<![\d.,/])\d{1,2}([-./])\d{1,2}\2(?:19|20)\d\d(?!\d)",  # 12.05.2022
            r"(?<![\d.,])(?:19|20)\d\d[-/]\d\d(?![\d,.%万亿])",  # 2022-23
            r"(?<!\d)\d{1,2}:\d\d(?!\d)|24/7",
            r"第\d+(?:条?[、,至到-]第?\d+)+(?=[条款项批届期号章])|刑法(?:第)?\d+条?(?:[、,至到-]\d+)*条",
            r"(?<![a-z])(?:articles|sections|rules|chapters|paragraphs) \d+(?:(?:, | and |, and | to |-)\d+)*",
            r"[\"“”'「『《]\d{1,2}[·・.]\d{1,2}[^\"”“'」』》]{0,8}[\"”“'」』》]",  # "8·28"
            r"(?<![\d.])\d{1,2}[·・.]\d{1,2}[\"”」]?(?=特大|重大|系列|专案|专项|行动|打假|晚会|知识产权|世界|国际|消费)",
            r"(?<![\d.])(?:3[·・]15|4[·・]26|11[·・]11|6[·・]18|12[·・]4)(?![\d%万亿元])",
            r"(?<!\d)(?:315|618)(?=晚会|大促|活动|期间|行动|消费)|双(?:11|12|十一|十二)|十一(?=黄金周|期间|假期|长假)",
            r"(?<!\d)[5-9]0后|00后|党的二十大|党的十[五六七八九]大|二十大(?=以来|报告|精神|召开|期间)",
            r"最[大高多]的?一[起宗件名批]",
            r"一条龙|一次性|一家人|一个个|(?<![a-z])(?:any|no|each|every|which) one(?![a-z])",
            r"(?<![a-z])one[- ](?:another|stop|off)(?![a-z])",
            r"(?<![a-z])one of (?:the|its|their|his|china's|our|many|several)(?![a-z])",
            r"(?<![a-z])(?:one|a single)(?: [a-z]+){1,3} (?:per|for every|for each)(?![a-z])",
        )
    )
    + ")"
)
# 5万元以上案件279起: the sum says which cases are counted; 案值超100万元的案件30起; 5万元以下罚款.
_THRESHOLD = re.compile(
    r"[余多]?(?:人民币|美元|港元|港币|欧元|元)?(?:\(含\)|\(不含\)|及)?"
    r"(?:以[上下](?:的)?[^,;。:、\d]{0,10}?(?:案(?!值)|罚款|罚金)|的[^,;。:、\d]{0,8}案件?(?=共?有?[\d一二三四五六七八九]))"
)
_TO_ANOTHER = re.compile(r" ?(?:[至到~、,-]|to|and|or|bis|à|a) ?$")
_ONE_OF_A_KIND = re.compile(r"个(?![亿百月小])")

_YEAR = re.compile(r"(?:19|20)\d\d")
_DATED = re.compile(
    r"(?:^|[^a-z])(?:in|of|over|since|from|to|on|en|nel|im|fy\)?|fiscal|year|by|until|before|after|during|through"
    r"|for|and|vs\.?|versus|early|late|mid|[(])[ -]?(?:fy ?|fiscal (?:year )?|mid-|early |late )?$"
    rf"|{_MONTHS},? (?:\d{{1,2}}, ?)?$"
)
# Before these words a number of four digits is a year even where a noun follows: "in 2019 cases rose".
_SURELY_DATED = re.compile(
    r"(?:^|[^a-z])(?:in|since|on|en|nel|im|fy\)?|fiscal|year|until|before|after|during|through|early|late|mid)"
    rf"[ -]?(?:fy ?|fiscal (?:year )?|mid-|early |late )?$|{_MONTHS},? (?:\d{{1,2}}, ?)?$"
)


def without_labels(text: str, numerals: list[Numeral]) -> list[Numeral]:
    """Return the numbers of a normalised `text` that may be figures of its subject, in order.

    Left out are dates and windows (both ends: 1至6月), durations, ages, ordinals, articles of a law, names of
    operations ("8·28"), hotlines, thresholds (5万元以上案件), 一个 beside another figure, and years.
    """
    spans = [match.span() for match in _SPANS.finditer(text)]
    kept: list[Numeral] = []
    windows: set[int] = set()
    for numeral in reversed(numerals):
        if _in_window(text, numeral, windows):
            windows.add(numeral.start)
        elif not _is_label(text, numeral, spans):
            kept.insert(0, numeral)
    kept = [n for n in kept if len(kept) == 1 or not _indefinite(text, n)]
    return _without_years(text, kept)


def _in_window(text: str, numeral: Numeral, windows: set[int]) -> bool:
    """Tell whether a number counts time, or is linked to one behind it that does: the 1 and the 6 in 1至6月."""
    if numeral.meaning:
        return False
    if _DURATION.match(text, numeral.end):
        return True
    return any(
        numeral.end < start <= numeral.end + 5 and _TO_ANOTHER.fullmatch(text[numeral.end : start])
        for start in windows
    )


def _is_label(text: str, numeral: Numeral, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a number is an ordinal, an age, a threshold, or a part of a date or a name (FY16, No. 3)."""
    start, end = numeral.start, numeral.end
    before = text[max(0, start - 24) : start]
    if before.rstrip().endswith("第") or any(low <= start < high for low, high in spans):
        return True
    if _AFTER_MONTH.search(before) and numeral.plain and numeral.value <= 31:
        return True
    behind = _BEHIND.match(text, end)
    if behind and (numeral.plain or not behind.group().strip()[:1].isalpha()):
        return True
    if re.fullmatch("0{2,}", text[start:end]) or _THRESHOLD.match(text, end) or _AGE.search(before):
        return True
    return text[start].isdigit() and bool(_NAME.search(before)) and not _CODE.search(before)


def _indefinite(text: str, numeral: Numeral) -> bool:
    """Tell whether 一个 is an article: "a", and no count."""
    return text[numeral.start : numeral.end] == "一" and _ONE_OF_A_KIND.match(text, numeral.end) is not None


def _without_years(text: str, numerals: list[Numeral]) -> list[Numeral]:
    """Leave out four-digit years; a number by which a unit or a hedge stands, or that is alone, states a count."""
    kept = []
    for numeral in numerals:
        start, end = numeral.start, numeral.end
        if _YEAR.fullmatch(text, start, end) is None:
            kept.append(numeral)
            continue
        before = text[:start]
        named = unit_of(text, start, end, start, len(text)) is not None
        counted = named or re.match(r" ?[余多](?!年)|[起件人名批个家户次条]", text[end:]) is not None
        counted = counted or (before[-1:] in {*"近超逾过约共"} and hedge_of(text, start, end) != "exact")
        dated = _DATED.search(before) is not None and not (counted and not _SURELY_DATED.search(before))
        if not dated and (counted or len(numerals) == 1):
            kept.append(numeral)
    return kept
