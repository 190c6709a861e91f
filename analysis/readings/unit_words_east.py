"""Chinese, Japanese and Korean measure words, and the nouns beside those that count many things (件, 个, 条, 家)."""

from __future__ import annotations

import re

# Measure words that name one unit; 件, 个, 条, 家, 户, 份 and 次 count many things and need a noun beside them.
_MEASURES = {
    "case": r"[起宗]",
    "person": r"人(?!次|民|均)|名(?!牌)|名|명",
    "place": r"处|곳",
    "seizure": r"批",
    "item": r"点(?!名)|점|개|款|[台瓶册只双盒箱支辆粒片枚张本包袋罐桶套艘架颗根块顶幅把盘箱筐匹株块发副]",
    "gang": r"伙",
}
_MEASURE = re.compile(" ?[余多]?(?:" + "|".join(f"(?P<{u}>{w})" for u, w in _MEASURES.items()) + ")")
_VAGUE = re.compile(r" ?[余多]?(?P<measure>人次|批次|部(?!门|委|分)|[件个条家户次份건])(?:\([^)]{1,3}\))?")
# What a measure word may count; a unit asked for that is not among these is not counted by it.
_COUNTED = {"case", "item", "seizure", "request", "lead", "action", "listing"}
COUNTS_OF = {
    "件": _COUNTED,
    "건": _COUNTED,
    "条": {"listing", "item", "lead", "request", "store", "gang"},
    "家": {"store", "firm", "place", "item", "action"},
    "户": {"store", "firm", "place", "person", "action"},
    "份": {"item", "request", "case", "lead"},
    "个": _COUNTED | {"place", "gang", "store", "firm", "person"},
    "次": _COUNTED,
    "部": {"item", "listing"},
    "人次": {"person", "action", "request"},
    "批次": {"seizure", "item", "action", "case"},
}
_NOUNS = {
    "gang": r"团伙|犯罪网络|犯罪集团",
    "place": r"窝点|工厂|作坊|仓库|场所|国家|省份|城市|地区|经营点|站点|加工点|售假点|黑工厂",
    "store": r"店铺|网店|网站|商铺",
    "listing": r"链接|信息(?=[\d.]|$)",
    "firm": r"品牌|企业|公司|权利人|出版社|经营主体|市场主体|经营户|商户",
    "lead": r"线索",
    "request": r"举报|投诉|检察建议|咨询",
    "case": r"案件|事件|案(?=[0-9])|纠纷|结案|审结|受理|办理|办结|立案|查办",
    "person": r"嫌疑人|罪犯|容疑者",
    "action": r"(?<=[家户车班])次|检查(?=[\d.]|$)|巡查",
    "item": r"出版物|药品|商品|产品|服装|鞋服|鞋|纸箱|包装盒|包装|手柄|商标标识|标识|标志"
    r"|假酒|假烟|卷烟|香烟|包材|化妆品|手机"
    r"|配件|物品|货物|光盘|图书|玩具|食品|手表|手袋|箱包|皮具|口罩|制品|农资|种子|农药|仿品|成品"
    r"|零部件|假货|衣服|用品|器材|设备|日化|箱体|包袋|鞋帽|鞋类|皮包|首饰|饰品|耳机|电池|白酒|红酒|葡萄酒|奶粉|烟草|文具|家电|电缆|轮胎|机油|滤芯|轴承|芯片|存储卡|印章|证书|邮票|钞票|假币|疫苗|保健品|医疗器械|试剂|化肥|瓶盖|酒瓶|模具|原料|半成品|烟酒|酒类",
}
_NOUN = re.compile("|".join(f"(?P<{unit}>{words})" for unit, words in _NOUNS.items()))
_NOUN_BEHIND = re.compile(
    rf" ?[余多]?(?:[件个条家户次部건]|人次)?[^でをの、,(。0-9]{{0,5}}?(?:{_NOUN.pattern})"
)
# 6.1万家次, 96.4万个次: each visit counts, whatever was visited.
_VISITS = re.compile(r" ?[余多]?[家户个车店]次(?![性级数])")
_NEAR = 10
_CUSTOMS_OF_JAPAN = re.compile("差し?止")
# A sum without its currency: 案值超80亿, 损失至少100亿.
_SUM = re.compile(r"(?:损失|案值|金额|货值|价值|罚款|罚没款?|产值|涉案值|总额|标值|市值)[^,;。、\d]{0,5}$")


def east_unit(text: str, start: int, end: int, floor: int, limit: int) -> str | None:
    """Return the unit of the measure word behind a figure, or of the noun beside a vague one.

    A noun behind the figure counts before one in front of it, of which the nearest in the clause does.
    """
    measure = _MEASURE.match(text, end)
    if measure:
        return measure.lastgroup
    if _VISITS.match(text, end):
        return "action"
    noun = _NOUN_BEHIND.match(text, end, max(end, limit))
    if noun:
        return noun.lastgroup
    low = max(floor, start - _NEAR)
    low = max([low, *(low + match.end() for match in re.finditer("[,;。]", text[low:start]))])
    before = list(_NOUN.finditer(text, low, start + 1))
    if before:
        return before[-1].lastgroup
    if text.startswith("件", end) and _CUSTOMS_OF_JAPAN.search(text):
        return "seizure"
    if re.match(r"[余多]?(?:[人家户车]?次)(?![性级数])", text[end:]):
        return "action"
    summed = (
        text[end - 1 : end] in {*"万亿余多"}
        and _VAGUE.match(text, end) is None
        and _SUM.search(text[low:start])
    )
    return "CNY" if summed else None


def measure_of(text: str, end: int) -> str:
    """Return the measure word behind the figure that ends at `end`: 瓶, 件; blank where none stands there."""
    match = _MEASURE.match(text, end) or _VAGUE.match(text, end)
    return match.group().strip(" 余多") if match else ""
