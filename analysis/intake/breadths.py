"""How much of a counter's work a figure totals: all, picked cases, an operation, a place, or one case."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.intake.place_words import EAST, WEST
from analysis.readings.lexicon import quick

# A case told on its own, by words before its figures.
_CASE_EAST = quick(
    r"(?:破获|侦破|查处|查获|侦办|查办|审理|办理|判决|审结)(?:了|的)?(?:的)?(?![^,;。]{0,8}(?:[0-9二三四五六七八九十两数多]+余?|[0-9]+)[起宗件](?!以))(?:一起|一宗|一件|特大|[“\"][^”\"]{1,18}[”\"]|.{0,12}?(?:制售|销售|生产|假冒|侵犯)[^,;。\d]{2,40}案(?!件))"
    r"|(?:该|本|此|上述)案(?!件(?:数|总))|案中|一案|案发|[\d·.]{3,6}(?![\d·.]*[件起宗人名])[”\"]?[^,;。]{0,20}(?:专案|案(?!件))|某某|^案例[一二三四五六七八九十0-9]{1,3} ?[:、.]|(?:捣毁|端掉|查获|查处|打掉)了?一(?:个|处|家)|(?:在|从|对)一(?:批|票|个|处|家|辆|艘|架|名)[^。;]{0,34}?(?:查获|发现|查扣|查验)|查验一(?:批|票|个|件|只)|一次性查[获扣]|单次查[获扣]|其中一[起案件宗](?!数)|在一[起件宗][^,。]{2,24}案中|(?:由|属于?|归)(?:一个|同一)[^,;。\d]{0,6}(?:团伙|网络|卖家|公司|老板|主体)[^,;。\d]{0,4}(?:运营|经营|控制|操控|所有)|一(?:家|处|批)[^,。]{0,14}(?:公司|仓库|窝点|集装箱)[^,。]{0,10}(?:申报|查获|出口)"
)
_CASE_WEST = quick(
    r"\b(?:in|of) (?:one|a|an|that|this|the|another)(?: [a-z-]+){0,3} case\b(?!s)|\bthe (?:[\"'“][^\"'”]{1,24}[\"'”] )?case\b|\b(?:solved|cracked|uncovered|busted|broke|heard|concluded) (?:a|an|one)(?: [a-z-]+){0,4} case\b"
    r"|\b(?:a|one|single|the|this|that) (?:[a-z]+ )?(?:raid|shipment|container|consignment|parcel|bust|ring|gang)\b(?! (?:hub|facilit|cent|environment|operation|station|depot))|\ba (?:[0-9]+-year-old )?(?:man|woman|couple|defendant)\b"
    r"|\bthe (?:ring|gang|defendant|warehouse|workshop|shipment|two men|pair)\b|\bat (?:a|one) (?:[a-z]+ )?(?:warehouse|workshop|market|factory|shop|store)\b|\bsearch of (?:a|the)\b|\bon (?:a|the) flight\b"
    r"|\b(?:in|inside|aboard|from) (?:a|one) (?:[a-z]+ ){0,2}(?:trailer|container|lorry|truck|van|vehicle|suitcase|vessel|yacht)\b"
    r"|\bone (?:[a-z]+ )?(?:storage unit|unit|warehouse|house|home|apartment|garage|shop|store|stall|lorry|truck|van|trailer|vehicle)\b(?! of)"
    r"|\b(?:run|operated|owned|controlled) by (?:a|an|one)(?: [a-z-]+){0,2} (?:network|ring|gang|group|syndicate|seller|owner|operator)\b"
    r"|\bin one of (?:them|these|those|the cases)\b|\bat a (?:[a-z]+ )?(?:warehouse|storage|market|industrial|shopping) (?:complex|unit|estate|building|cent(?:re|er))\b"
    r"|\b(?:dismantled|busted|smashed|broke up|took down) (?:a|an|one)(?: [a-z-]+){0,3} (?:network|ring|gang|group|syndicate|factory|workshop|unit|racket|godown|warehouse|plant|facility|outlet|operation)\b"
    r"|\b(?:searched|raided|opened|entered|inspected) (?:a|an|one|two|three)(?: [a-z-]+){0,2} (?:units?|containers?|warehouses?|shops?|stores?|stalls?|parcels?|packages?|lorry|lorries|trucks?|houses?|homes?|factory|factories|workshops?|premises|markets?|shipments?|plants?|showrooms?|flats?|apartments?|farms?|offices?)\b"
    r"|\b(?:two|three|a pair of) (?:brothers|sisters|men|women|directors|traders)\b[^.;]{0,80}\b(?:jailed|sentenced|convicted|fined|ordered)\b"
    r"|\bagainst (?:a|an|one)(?: [a-z-]+){0,1} (?:man|woman|officer|seller|trader|vendor|firm|owner|importer|defendant|director)\b"
    r"|\barrested (?:a|an|one|two|three|four|five|six|seven|eight|nine|[0-9]{1,2}) (?:people|men|women|persons|suspects|man|woman)\b[^.;]{0,40}?\b(?:near|for (?:selling|importing|making|smuggling|running|storing))\b"
    r"|\bofficers (?:at|in) [a-z ]+ (?:inspected|examined|opened|intercepted) (?:a|one)\b"
)
_AGAIN = re.compile(
    r"^(?:(?:[0-9]{4}年|今年|去年|同年)?[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬)?,|其余|其中|(?:犯罪)?嫌疑人(?:交代|供述|供认)|该(?:窝点|团伙|仓库|公司|批|网店|作坊)|经查|经鉴定|现场|当场|目前,?该|依据|根据《|依照|当事人|该局|[^,;。]{0,10}[,,]该(?:窝点|团伙|仓库|公司|网店|作坊|案|犯罪)|涉案|民警|执法人员|被告人|法院(?:以|判)|they |it |he |she |had |officers |the (?:goods|items|suspects?|value|court|products|first|second|third|other|two)\b|police (?:also|then|found)|one (?:man|woman|person|suspect)\b)"
)
TOTAL = re.compile(
    r"全国|全省|全市|共(?:计)?(?:破获|查|立案|起诉|审结|批)|累计|总计|各级|nationwide|across (?:china|the country|the province|the eu)|overall"
)
_KEY = quick(
    r"督办|大要案|重大案件|重点案件|典型案[例件]|重特大|集群战役|(?:key|major|typical|supervised|cluster) cases?|cases? under (?:the )?ministry|major and"
)
# The largest of its kind, and an operation that only lent its tools: 单案最高判赔额为, 依托"净网"专项.
_SINGLE = re.compile(
    r"(?:单案|单笔|单起|单次|个案)[^,;。\d]{0,10}$|\b(?:highest|largest|biggest) single (?:award|fine|payout)[^,;.\d]{0,30}$"
)
_BY_THE_WAY = re.compile(r"(?:依托|结合|借助)[^,;。]{0,12}(?:专项|行动)[^,;。]{0,4}")
OPERATION = quick(
    r"(?:行动|集中收网|集中统一行动|(?<!集群)战役|专项|会战|集中整治)(?!(?:计划|方案|指南)|[^,;。\d]{0,2}[0-9一二三四五六七八九十百千数多几]+[余多]?[次场起波轮])"
    r"|\b(?:operation|campaign|crackdown|blitz|special action|joint action|sweep)\b"
)
# What is said to be the operation's own: 在“龙腾行动2025”中, 行动期间, during the operation.
WITHIN = re.compile(
    r"(?:行动|战役|专项|整治|会战)[”\"’』」]?(?:20[0-9]{2})?[”\"’』」]?(?:中(?![国央])|期间|以来)"
    r"|\b(?:in|during|under) (?:the |its |an? )?(?:[a-z]+ ){0,2}?(?:operation|campaign|sweep)\b"
)
_IN_OPERATION = re.compile(
    r"[^;.]{0,80}?\b(?:in|during|under) (?:the |its |an? )?(?:[a-z]+ ){0,2}?(?:operation|campaign|sweep)\b"
)
_PLACE = re.compile(rf"(?:{EAST})|\b(?:{WEST})\b")
# A city's share of its province: 合肥市查处的案件占全省近四分之一.
_OF_PROVINCE = re.compile(
    rf"(?:{EAST})(?!省)[^,;。\d]{{0,30}}占(?:全省|全区|全自治区)[^,;。\d]{{0,8}}$"
    rf"|\b(?:{WEST})\b[^,;.\d]{{0,40}}(?:accounted for|made up|represented)[^,;.\d]{{0,16}}$"
)
_PROVINCE_BEHIND = re.compile(
    r"(?:%|[a-z ]{0,12}) ?of (?:all |the )?[a-z ]{0,24}(?:province|region|provincial)\b"
)
_MANY = re.compile(r"等(?:地|省|全国)?[^,;。]{0,3}?[0-9一二三四五六七八九十多余]+[余多]?个?(?:省|市|地|国家)")
_DATELINE = re.compile(r"^[a-z .,0-9]{2,40}?(?:\([^)]*\) ?)? ?-+ |^[^,，]{2,12}[日电讯] ?")
_NEXT_CLAUSE = re.compile(r"[,;，；。(]|\d")
_REACH = 400  # characters of a sentence that may narrow a figure, on either side of it
_LIST_EAST = re.compile(rf"(?:{EAST})[^,;。\d]{{0,8}}[,、]?\d")


def _behind_last(words: str, marks: str) -> str:
    """Return what stands behind the last of some marks."""
    return words[max(map(words.rfind, marks)) + 1 :]


@lru_cache(maxsize=4096)
def one_case(plain: str, before: bool) -> bool:
    """Tell whether a sentence speaks of one case; `before` says that the one before it in its paragraph does."""
    if (not plain.isascii() and _CASE_EAST.search(plain)) or _CASE_WEST.search(plain):
        return not TOTAL.search(plain) or bool(re.search(r"该案|the case|this case", plain))
    return before and not TOTAL.search(plain) and bool(_AGAIN.search(plain))


@lru_cache(maxsize=4096)
def breadth_of(
    near: str, behind: str, case: bool, national: bool, part: str, campaign: bool | None, reporter: str
) -> tuple[str, str]:
    """Return the breadth of a figure and why; the narrowest that holds.

    `part` is the part of the counter's jurisdiction that is told, blank where it is all of it. `campaign` tells whether
    its window is that of a campaign; None where it is a year's, which a campaign only gave its name.
    """
    if case:
        return "one_case", "its sentence speaks of one case"
    near, behind = near[-_REACH:], behind[:_REACH]
    if match := _SINGLE.search(near):
        return "one_case", f"the single one: {match[0]}"
    near = _BY_THE_WAY.sub("", near)
    clause = _behind_last(_DATELINE.sub("", near), ";；。")
    if match := _KEY.search(_behind_last(clause, ",，") + _NEXT_CLAUSE.split(behind, maxsplit=1)[0]):
        return "key_cases", f"picked cases: {match[0]}"
    if part:
        return "one_place", f"a part of its jurisdiction: {part}"
    if (
        national
        and (match := _PLACE.search(clause))
        and not _MANY.search(clause)
        and reporter not in ("PSB", "ProvCourt", "ProvProcuratorate")
    ):
        return "one_place", f"a part of its jurisdiction: {match[0]}"
    if (match := _OF_PROVINCE.search(clause)) and (not match[0].isascii() or _PROVINCE_BEHIND.match(behind)):
        return "one_place", f"a part of its jurisdiction: {match[0]}"
    if campaign is not None and (campaign or OPERATION.search(clause) or _IN_OPERATION.match(behind)):
        return "one_operation", "of a campaign or an operation"
    return "total", "nothing narrows it"
