"""Numbers that a text states and no reader takes for figures: prices, rules, plans, records, sizes."""

from __future__ import annotations

import re

from analysis.intake.no_count import MONEY, no_count
from analysis.readings.figure import Figure
from analysis.readings.lexicon import quick
from analysis.readings.unit_words import PROPORTIONS

# "one" and 一 count only where a person, a site or a machine stands behind them.
_ONE = re.compile(r" (?:man|woman|suspect|person|arrest|people|defendant)|[名处家台辆](?=[,;。、)]|$)")
_ONE_TAKEN = re.compile(r" [a-z]+ (?:was|were) (?:also )?(?:arrested|detained|charged|convicted)")
_SET = re.compile(r"件套|合一|步法")  # 四件套, a name of goods
_SINGLE = re.compile(r"(?:one|an?|一|single)")
_PLACE_BEFORE = quick(
    r"(?:捣毁|端掉|打掉|查获|查封|抓获|刑拘|拘留|逮捕|arrest(?:ed|ing)?|detain(?:ed|ing)?)[^,;]{0,24}$"
)
# Words behind a number that no reader takes for a figure of enforcement.
_IDLE = re.compile(
    r"[- ]?(?:way|pronged|step|stop|star|digit|square|storey|minutes?|hours?|levels?|aspects?|types? of measures)"
    r"(?![a-z])|[个项条]?[^,;。\d]{0,6}(?:工作机制|意见|建议|措施|举措|制度|任务)|个部分(?=[,;。、]|$)|个?(?:方面|环节|阶段|层级|维度|步骤|关键|统筹|全覆盖|要素|小时|分钟|平方|条龙|步走|大类任务|项(?:措施|任务|举措|制度|机制))"
)
_PHONE = quick(
    r"(?:热线|电话|拨打|致电|(?<![a-z])(?:hotline|tel\.?|phone|ext\.?|extension|call(?:ing)?|dial)(?![a-z]))[^,;]{0,8}$"
)
_CODE = re.compile(
    r" ?(?:cfr|u\.s\.c|usc)\b|-[0-9]{3,4}(?:-|\b)|[*×x][0-9]"
    r"| (?:(?!(?:from|in|on|at|of|to|and)\b)[a-z]+ ){1,2}(?:street|avenue|road|boulevard|lane|square)(?= ?[,.;]|$)"
    r"|号[^,;。\d]{0,4}(?:楼|室|院)"
)
_CODE_BEFORE = quick(
    r"(?:cfr |u\.s\.c\.? ?(?:§ ?)?|usc |§§? ?|\(0[0-9]{1,3}\) ?|[0-9]-|[*×x]|-[0-9]{3}-|copyright |\u00a9 ?)$"
)
_NAME_BEFORE = re.compile(
    r"(?:^|[\s(])[\"“][a-z ]{3,20} $|(?:sword net|kunlun|cloud sword|iron fist|longteng|昆仑|剑网|龙腾|铁拳|云剑) ?$"
)
_ACT_BEFORE = quick(
    r"(?<![a-z])(?:act|law|decree|directive|question|bill|docket|petition|bulletin|notice) (?:no\.? ?|number )?$"
)
_PENALTY = quick(
    r"(?:maximum|liable|punishable|face up to|faces? (?:a )?fines?)[^,;.]{0,60}$"
    r"|(?:最高(?:可处)?|可(?:并)?处|处以)[^,;。]{0,8}$"
)
_LAW = re.compile(
    r"imprisonment|in (?:prison|jail)|republic act"
    r"|under (?:the )?[a-z ]{0,30}(?:act|law|code)\b|offenders"
    r"|ordinance|liable|punishable|以下罚款|可处|刑法"
)
_UP_TO_REWARD = quick(
    r"最高(?:可|给予|可获)?[^,;。\d]{0,4}(?:奖励|奖金|奖)[^,;。\d]{0,6}$|奖励(?:金额)?最高[^,;。\d]{0,6}$"
    r"|(?<![a-z])(?:rewards?|bount(?:y|ies)) (?:of )?up to[^,;.\d]{0,8}$"
)
_ABOVE = re.compile(r"[万亿]?元以[上下](?:的|[0-9案])")
THROUGH = re.compile(r"[^,;.。\d]{0,16}?(?:to|and|or|至|到|-|~) ?(?:[a-z]{0,3}[$€£¥₱]?)")
_EACH = re.compile(
    r" ?(?:yuan|dollars|euros|million|thousand)* ?(?:each|apiece|per case)\b|[万亿]?元(?:以上|以下)的?(?:案|大要案)"
)
_HALF_TIME = re.compile(r" ?(?:years?|months?|hours?|days?)\b")
_PUBLIC = re.compile(
    r" ?(?:of )?(?:fans|followers|viewers|consumers|visitors|buyers|users|subscribers|[名位个]?(?:粉丝|网友|读者|观众))"
)
# The number of a heading or of an entry of a list: "3. By right", 表1.
_HEADING = re.compile(r"[0-9]{1,2}[.)、] ?(?![0-9])")
_TABLE = re.compile(r"案例$|(?:^|[ (])(?:[图表]|table |figure |chart |annex )$")
# What is told of a price, of how many ways police took, or of the cases that a text prints, counts nothing enforced.
_PRICE = quick(r"(?:标价|售价|单价|成本(?!投入)|进价|原价|零售价)[^,;。:、\d]{0,8}$")
# Behind or before a sum: 每瓶398元的内部价, every parcel; goods that cost under $20, declared at less than EUR 150.
_A_PIECE = re.compile(r"(?<!均)每[斤瓶条盒件个只双包箱份吨克张部套台支枚块片公][^,;。:、\d]{0,4}$")
_PRICE_BEHIND = re.compile(
    r"元(?:一|每|/)[斤瓶条盒件个只双包箱份吨克张部套]|[万亿]?元(?:的[\"“'「]?[^,;。、(\d]{0,4}价(?![值款])|[\"“'「]?[^,;。、(\d]{0,2}价(?![值款格]))"
)
_LOW_VALUE = quick(
    r"(?:declared (?:value )?(?:at|of)|(?:valued|priced|sold) at|(?:that|which) costs?|costing|worth) "
    r"(?:(?:just|well) )?(?:less than|under|below|no more than"
    r"|not more than|up to|at most) (?:[a-z]{3} |[a-z]{0,2}[$€£¥])?$"
    r"|申报价值[^,;。\d]{0,4}(?:低于|不足|不超过|不到)$"
)
_LOW = 10_000  # a sum above it is a haul's, below it a parcel's
_CRIME_ABOVE = re.compile(r"[万亿]?元以上[^,;。\d]{0,8}(?:构成|涉嫌|追诉|入罪|入刑|定罪|追究刑)")
_SHARED_OUT = re.compile(r"(?:兵分|分成|分为)$")
_PUBLISHED = re.compile(r"[起件个批](?:[^,;。\d]{0,8})?(?:典型案[例件]|指导性案例|示范案例|预警名单)")
_PLAN = quick(
    r"(?:下一步|今后将?|计划|拟|力争|目标是|(?:还|再|年内|新的一年|平台|将于[^,;。]{0,8})[,,]?将)[^;。]{0,40}$"
    r"|(?<![a-z])(?:plans? to|planning to|aims? to|intends? to|a target of)[^;.]{0,60}$"
)
_RULED = re.compile(r"倍(?:的)?(?:适用|惩罚性|计赔|计算|顶格)")
_LIMIT_BEFORE = quick(
    r"(?:上限|顶格)[^,;。\d]{0,4}$"
    r"|(?:statutory|legal) (?:maximum|limit|cap|ceiling)(?: of)?(?: up to)? $"
)
_TOLERANCE = quick(
    r"(?:±|\+/-) ?$|(?:误差|偏差|允差|公差)[^,;。\d]{0,6}$|(?:tolerance|margin of error)[^,;.\d]{0,12}$"
)
# So many within so long, and what follows: a rule, and no count.
_RULE = re.compile(
    r" (?:[a-z]+ ){1,3}(?:in|within) (?:any |a )?(?:[0-9]{1,3}|[a-z]+) (?:days|weeks|months)\b"
    r"|次(?:以上)?[^,;。\d]{0,4},?(?:即|将|则|一律|予以)"
)
_RULED_ONES = quick(
    r"\b(?:an?|any|every|each) (?:[a-z]+ )?(?:sellers?|shops?|stores?|accounts?|users?|merchants?|vendors?|traders?)"
    r" (?:with|who|that|which)\b"
    r"|[0-9一二两三半]{1,3}个?[天日月年]内"
)
_UNION = re.compile(r" (?:eu )?member states")
_DESCRIBED = re.compile(
    r" (?:models?|varieties|kinds|types|styles|sides|parties|aspects|languages)\b"
    r"|(?:[个种门])?(?:语言|文字|型号|款式|品类|大类|类别)"
)
# The number of a record, a licence or a document: Registration Number: 130349, 备案号, 文号.
_RECORD = quick(
    r"(?:(?<![a-z])(?:registration|licen[cs]e|reference|document|permit|serial|batch|publishing[a-z ]*)"
    r" ?(?:numbers?|nos?\.?|code)?|备案号"
    r"|许可证号?|文号|编号|证号|批准文号|批号|代码)[::]? ?[a-z-]{0,6}$"
)
_FEW = 13  # numbers that texts spell out
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_ZIP = re.compile(r"[0-9]{5}")
THREATENED = "a penalty that a law threatens"


def idle(plain: str, figure: Figure, kept: list[Figure]) -> str:  # noqa: C901 - a list of reasons
    """Return why a figure that can be read is none of the text's subject; blank where it is one."""
    start, end = figure.numeral.start, figure.numeral.end
    printed = plain[start:end]
    before = plain[max(0, start - 70) : start]
    if _IDLE.match(plain, end):
        return "a list of measures, or a size"
    if (
        _PHONE.search(before)
        or _CODE.match(plain, end)
        or _CODE_BEFORE.search(before)
        or re.match("0[0-9]", printed)
    ):
        return "a telephone number, a size of screen or the number of a rule"
    if figure.value < _FEW and _SET.match(plain, end):
        return "a part of a name"
    if why := no_count(plain, figure, before, kept):
        return why
    if _ACT_BEFORE.search(before) and figure.numeral.plain and not figure.unit:
        return "the number of an article, a rule or a place in a list"
    if _ZIP.fullmatch(printed) and not figure.unit and re.search(r", ?[a-z]{2} $", before):
        return "a part of an address"
    if _RECORD.search(before) and figure.numeral.plain and not figure.unit:
        return "the number of a record or a document"
    if _NAME_BEFORE.search(before) and figure.numeral.plain:
        return "a part of a name"
    if _YEAR.fullmatch(printed) and not figure.unit and figure.hedge == "exact" and not figure.measure:
        return "a year"
    if figure.foreign and figure.unit is None:
        return "in a unit that the dataset has not"
    if figure.unit in MONEY and (_EACH.match(plain, end) or _ABOVE.match(plain, end)):
        return "a threshold"
    if figure.unit in MONEY and _UP_TO_REWARD.search(before):
        return "a reward that is offered"
    if printed.endswith("half") and _HALF_TIME.match(plain, end):
        return "a length of time"
    if figure.unit in MONEY and _PENALTY.search(before) and _LAW.search(plain):
        return THREATENED
    if (start == 0 and _HEADING.match(plain)) or _TABLE.search(before):
        return "the number of a heading"
    if (figure.unit in MONEY and _priced(plain, figure, before)) or _SHARED_OUT.search(before):
        return "a price, or a way of working"
    if figure.unit in PROPORTIONS and (_LIMIT_BEFORE.search(before) or _TOLERANCE.search(before)):
        return "a limit that a rule sets"
    if _RULE.match(plain, end) and figure.value < _FEW and _RULED_ONES.search(plain):
        return "a limit that a rule sets"
    if _PLAN.search(before):
        return "a plan"
    if (
        _PUBLISHED.match(plain, end)
        or _RULED.match(plain, end)
        or (printed == "27" and _UNION.match(plain, end))
    ):
        return "cases that a text prints, or the size of a club"
    if _PUBLIC.match(plain, end) or _DESCRIBED.match(plain, end):
        return "people or kinds, which nobody enforced against"
    small = (
        figure.value < _FEW
        and not _ONE.match(plain, end)
        and not printed[:1].isdigit()
        and figure.numeral.high is None
    )
    if small and not figure.unit and not figure.measure and printed.isascii():
        return "a small number in words, of no unit"
    if _SINGLE.fullmatch(printed) and figure.numeral.high is None and not figure.numeral.growth:
        taken = _ONE.match(plain, end) and _PLACE_BEFORE.search(plain, max(0, start - 40), start)
        if not (taken or (_ONE.match(plain, end) and _ONE_TAKEN.match(plain, end))):
            return "an article, no count"
    if (
        kept
        and figure.aside
        and figure.unit in MONEY
        and kept[-1].unit in MONEY
        and kept[-1].unit != figure.unit
    ):
        between = plain[kept[-1].numeral.end : start]
        if "(" in between or len(between) < 12:
            return "the sum before it in another currency"
    if figure.aside and not _in_brackets(plain, start):
        return "describes the figure behind it"
    return ""


def _priced(plain: str, figure: Figure, before: str) -> bool:
    """Tell whether a sum is the price of a piece, or one by which goods or deeds are told apart."""
    end = figure.numeral.end
    if _PRICE.search(before) or _A_PIECE.search(before) or _PRICE_BEHIND.match(plain, end):
        return True
    return (figure.value < _LOW and _LOW_VALUE.search(before) is not None) or (
        _CRIME_ABOVE.match(plain, end) is not None
    )


def _in_brackets(plain: str, start: int) -> bool:
    return plain.count("(", max(0, start - 60), start) > plain.count(")", max(0, start - 60), start)
