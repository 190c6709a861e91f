"""The printed words that hedge a figure, before and behind it, in the languages of the sources."""

from __future__ import annotations

import re

# What may stand between a hedge and its figure: "more than [RMB] 5 million", "约[人民币]5亿".
_BETWEEN = (
    r"(?:(?:us|hk|cn|nt)?[$€£¥]|dhs?|[pr]|rmb|cny|usd|eur|euros?|gbp|jpy|krw|hkd|sek|dkk|nok|czk|pln|huf|rub|thb|chf|人民币|百分之"
    r"|(?:a |the )?(?:total|value) of|worth|an|a|the|by|un|el|l |d'|est\.|[ (\"'])*"
)
# 达, 高达 and 多达 stress a figure and hedge nothing, so they are not here.
# In order: the more particular wording stands before the one that it contains.
_BEFORE = {
    "up_to": (
        r"no more than|not more than|not exceed(?:ing)?|at most|up to|as (?:many|much|high|large) as"
        r"|jusqu'a|bis zu|hasta|fino a|tot wel|最多|最高|至多|不超过|最大"
    ),
    "at_least": (
        r"at least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|au moins|mindestens|al menos"
        r"|almeno|ten minste|minstens|至少|不少于|不低于|最低|少なくとも|최소"
    ),
    "nearly": (
        r"nearly|almost|close to|approaching|just (?:short|shy) of|not quite|pres de|presque|fast|knapp"
        r"|cerca de|casi|quasi|bijna|nahezu|amper|megkozelitette|prawie|blisko|nastan|narmare|knap|nesten|perto de"
        r"|tem[eě][rř]"
        r"|близо|将近|接近|临近|(?:接近|将近|近)(?:总[量数额值]?|全[部国省市]|其)[^,;。\d]{0,3}的|近|거의"
    ),
    "less_than": (
        r"(?:less|fewer|lower) than|(?:just |well )?(?:under|below)|moins de|weniger als|menos de|meno di"
        r"|minder dan|necelych|necelých|不到|不足|不满|低于|少于|未满|未达"
    ),
    "more_than": (
        r"(?:more|greater|higher|larger|better) than|over|above|exceed(?:s|ed|ing)?|in excess of|upwards? of"
        r"|surpass(?:es|ed|ing)?|topp(?:ed|ing)|(?:could|would|may|will|to) top"
        r"|plus d(?:es|e|u)|mehr als|uber|ueber|mas de|oltre|piu di|meer dan|ruim"
        r"|mais de|presegla|ponad|tobb mint|yli|godt|viac ako|daugiau kaip|более|تجاوزت|>"
        r"|超过|突破|高于|多于|大于|超|逾|(?<![通经])过"
    ),
    "about": (
        r"estimated (?:[a-z'$-]+ ){0,6}(?:of|at)|approximately|approx\.?|about|around|roughly|some|estimated(?: at)?"
        r"|in the region of|circa|ca?\."
        r"|environ|quelque|rund|etwa|alrededor de|un[oa]s|aproximadamente|ongeveer"
        r"|cirka|ok\.|zo'n|omkring|mintegy|nagyjabol|около|peu pres a|~|≈|大约|大概"
        r"|约为(?:[^,;。\d]{1,8}的)?|约占[^,;。\d]{0,8}|约|估计"
        r"|推计|およそ|ほぼ"
    ),
}
_BEHIND = {
    "about": r"左右|上下|前后|程度|ほど|가량|정도|or so|environ",
    "at_least": r"以上|及以上|이상|\+(?!\d)|or more|and more",
    "up_to": r"以下|以内|이하|or (?:less|fewer)",
    "less_than": r"未满|미만",
    "nearly": r"近く|弱|가까",
    "more_than": (
        r"余|多(?![年い数く])|超(?!过)|あまり|强(?![制调化力烈奸行拆])|強|を超|を上回|[을를이]? ?넘|초과|[ -]?plus\b"
        r"|\(?余"
    ),
}
# Measure words may stand before 余 and 以上: 98件余, 2万人以上, 96%以上; a share's noun before 多 does not.
_MEASURES = (
    r"(?:[起件名人批处条家户次个点成倍元円割台건명개점원배]|[瓶枚支只箱盒套份吨辆张册双包袋罐桶艘架颗根块顶幅把筐匹株粒片例宗]"
    r"|亿元|万元|公斤|千克|percent|per ?cent|%| )*"
)
_PREFIX = {hedge: re.compile(rf"(?<![a-z])(?:{words}){_BETWEEN}$") for hedge, words in _BEFORE.items()}
_SUFFIX = {hedge: re.compile(rf"{_MEASURES}(?:{words})") for hedge, words in _BEHIND.items()}
_REACH = 72
# Most figures have no hedge: one look for any of the words spares six.
_ANY_BEFORE = re.compile(rf"(?<![a-z])(?:{'|'.join(_BEFORE.values())})")
_ANY_BEHIND = re.compile(rf"{_MEASURES}(?:{'|'.join(_BEHIND.values())})")


def hedge_of(text: str, start: int, end: int, over: bool = False) -> str:
    """Return the hedge of the figure that stands at `start` to `end` of a normalised `text`.

    A hedge must touch its figure, currency signs and articles aside, so that the hedge of another figure is
    not taken. Words behind the figure count as well (以上, 余, "or more"); one before it wins over those.
    `over` says that 余 or 多 stands inside the number; 上 hedges only bare scale signs (上千).
    Without a hedge the answer is "exact".
    """
    before = text[max(0, start - _REACH) : start]
    if _ANY_BEFORE.search(before):
        for hedge, pattern in _PREFIX.items():
            if pattern.search(before):
                return hedge
    if over or (before.endswith("上") and text[start] in "百千万亿"):
        return "more_than"
    if _ANY_BEHIND.match(text, end):
        for hedge, pattern in _SUFFIX.items():
            if pattern.match(text, end):
                return hedge
    return "exact"
