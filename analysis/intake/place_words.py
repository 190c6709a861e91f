"""The provinces of China and some of their cities, by the names that texts use."""

from __future__ import annotations

import re

# Code, Chinese name, English name.
_PROVINCES = """
AH 安徽 Anhui|BJ 北京 Beijing|CQ 重庆 Chongqing|FJ 福建 Fujian|GD 广东 Guangdong|GS 甘肃 Gansu|GX 广西 Guangxi|GZ 贵州 Guizhou
HA 河南 Henan|HB 湖北 Hubei|HE 河北 Hebei|HI 海南 Hainan|HL 黑龙江 Heilongjiang|HN 湖南 Hunan|JL 吉林 Jilin|JS 江苏 Jiangsu
JX 江西 Jiangxi|LN 辽宁 Liaoning|NM 内蒙古 Inner Mongolia|NX 宁夏 Ningxia|QH 青海 Qinghai|SC 四川 Sichuan|SD 山东 Shandong
SH 上海 Shanghai|SN 陕西 Shaanxi|SX 山西 Shanxi|TJ 天津 Tianjin|XJ 新疆 Xinjiang|XZ 西藏 Tibet|YN 云南 Yunnan|ZJ 浙江 Zhejiang
"""
_CITIES = """
GD 广州 Guangzhou|GD 深圳 Shenzhen|GD 东莞 Dongguan|GD 佛山 Foshan|GD 汕头 Shantou|GD 珠海 Zhuhai|GD 拱北 Gongbei|GD 黄埔 Huangpu
GD 中山 Zhongshan|GD 惠州 Huizhou|GD 揭阳 Jieyang|GD 潮州 Chaozhou|ZJ 杭州 Hangzhou|ZJ 宁波 Ningbo|ZJ 温州 Wenzhou|ZJ 义乌 Yiwu
ZJ 金华 Jinhua|ZJ 台州 Taizhou|ZJ 嘉兴 Jiaxing|ZJ 绍兴 Shaoxing|FJ 莆田 Putian|FJ 泉州 Quanzhou|FJ 厦门 Xiamen|FJ 福州 Fuzhou
FJ 漳州 Zhangzhou|JS 苏州 Suzhou|JS 南京 Nanjing|JS 无锡 Wuxi|JS 南通 Nantong|JS 徐州 Xuzhou|JS 扬州 Yangzhou|JS 连云港 Lianyungang
SD 青岛 Qingdao|SD 济南 Jinan|SD 临沂 Linyi|SD 烟台 Yantai|SD 潍坊 Weifang|SD 淄博 Zibo|AH 合肥 Hefei|AH 芜湖 Wuhu|AH 蚌埠 Bengbu
HB 武汉 Wuhan|HN 长沙 Changsha|HN 娄底 Loudi|HN 岳阳 Yueyang|HA 郑州 Zhengzhou|HA 洛阳 Luoyang|HA 许昌 Xuchang|HE 石家庄 Shijiazhuang
HE 保定 Baoding|SX 太原 Taiyuan|SX 大同 Datong|SN 西安 Xi'an|SC 成都 Chengdu|YN 昆明 Kunming|GZ 贵阳 Guiyang|GZ 遵义 Zunyi|GX 南宁 Nanning
JX 南昌 Nanchang|JX 赣州 Ganzhou|LN 沈阳 Shenyang|LN 大连 Dalian|JL 长春 Changchun|HL 哈尔滨 Harbin|NM 呼和浩特 Hohhot
GS 兰州 Lanzhou|XJ 乌鲁木齐 Urumqi|HI 海口 Haikou|HI 三亚 Sanya
"""


def _named(words: str) -> dict[str, str]:
    """Return codes by names, Chinese and English in lower case."""
    names: dict[str, str] = {}
    for entry in words.replace("\n", "|").split("|"):
        if entry:
            code, east, west = entry.split(" ", 2)
            names[east] = names[west.lower()] = f"CN-{code}"
    return names


PROVINCES = _named(_PROVINCES)
CITIES = _named(_CITIES)
PLACES = {**CITIES, **PROVINCES}
EAST = "|".join(sorted((name for name in PLACES if not name.isascii()), key=len, reverse=True))
WEST = "|".join(sorted((re.escape(name) for name in PLACES if name.isascii()), key=len, reverse=True))
