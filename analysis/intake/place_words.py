"""The provinces of China and some of their cities, by the names that texts use."""

from __future__ import annotations

from analysis.readings.lexicon import branched

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
GD 韶关 Shaoguan|GD 湛江 Zhanjiang|GD 茂名 Maoming|GD 肇庆 Zhaoqing|GD 梅州 Meizhou|GD 汕尾 Shanwei|GD 河源 Heyuan|GD 阳江 Yangjiang
GD 清远 Qingyuan|GD 云浮 Yunfu|GD 江门 Jiangmen|ZJ 湖州 Huzhou|ZJ 衢州 Quzhou|ZJ 舟山 Zhoushan|ZJ 丽水 Lishui|ZJ 永康 Yongkang
ZJ 慈溪 Cixi|ZJ 乐清 Yueqing|ZJ 瑞安 Rui'an|FJ 三明 Sanming|FJ 南平 Nanping|FJ 龙岩 Longyan|FJ 宁德 Ningde|FJ 晋江 Jinjiang
FJ 石狮 Shishi|JS 常州 Changzhou|JS 淮安 Huai'an|JS 盐城 Yancheng|JS 镇江 Zhenjiang|JS 泰州 Taizhou-in-Jiangsu|JS 宿迁 Suqian
JS 昆山 Kunshan|JS 江阴 Jiangyin|SD 枣庄 Zaozhuang|SD 东营 Dongying|SD 济宁 Jining|SD 泰安 Tai'an|SD 威海 Weihai|SD 日照 Rizhao
SD 德州 Dezhou|SD 聊城 Liaocheng|SD 滨州 Binzhou|SD 菏泽 Heze|AH 淮南 Huainan|AH 马鞍山 Ma'anshan|AH 淮北 Huaibei|AH 铜陵 Tongling
AH 安庆 Anqing|AH 滁州 Chuzhou|AH 阜阳 Fuyang|AH 宿州 Suzhou-in-Anhui|AH 六安 Lu'an|AH 亳州 Bozhou|AH 池州 Chizhou|AH 宣城 Xuancheng
HB 黄石 Huangshi|HB 十堰 Shiyan|HB 宜昌 Yichang|HB 襄阳 Xiangyang|HB 鄂州 Ezhou|HB 荆门 Jingmen|HB 孝感 Xiaogan|HB 荆州 Jingzhou
HB 黄冈 Huanggang|HB 咸宁 Xianning|HB 随州 Suizhou|HN 株洲 Zhuzhou|HN 湘潭 Xiangtan|HN 衡阳 Hengyang|HN 邵阳 Shaoyang|HN 常德 Changde
HN 张家界 Zhangjiajie|HN 益阳 Yiyang|HN 郴州 Chenzhou|HN 永州 Yongzhou|HN 怀化 Huaihua|HA 开封 Kaifeng|HA 平顶山 Pingdingshan
HA 安阳 Anyang|HA 鹤壁 Hebi|HA 新乡 Xinxiang|HA 焦作 Jiaozuo|HA 濮阳 Puyang|HA 漯河 Luohe|HA 三门峡 Sanmenxia|HA 南阳 Nanyang
HA 商丘 Shangqiu|HA 信阳 Xinyang|HA 周口 Zhoukou|HA 驻马店 Zhumadian|HE 唐山 Tangshan|HE 秦皇岛 Qinhuangdao|HE 邯郸 Handan
HE 邢台 Xingtai|HE 张家口 Zhangjiakou|HE 承德 Chengde|HE 沧州 Cangzhou|HE 廊坊 Langfang|HE 衡水 Hengshui|HE 雄安 Xiong'an
SX 阳泉 Yangquan|SX 长治 Changzhi|SX 晋城 Jincheng|SX 朔州 Shuozhou|SX 晋中 Jinzhong|SX 运城 Yuncheng|SX 忻州 Xinzhou|SX 临汾 Linfen
SX 吕梁 Lvliang|SN 咸阳 Xianyang|SN 宝鸡 Baoji|SN 渭南 Weinan|SN 汉中 Hanzhong|SN 榆林 Yulin-in-Shaanxi|SN 商洛 Shangluo
SN 铜川 Tongchuan|SC 自贡 Zigong|SC 攀枝花 Panzhihua|SC 泸州 Luzhou|SC 德阳 Deyang|SC 绵阳 Mianyang|SC 广元 Guangyuan|SC 遂宁 Suining
SC 内江 Neijiang|SC 乐山 Leshan|SC 南充 Nanchong|SC 眉山 Meishan|SC 宜宾 Yibin|SC 广安 Guang'an|SC 达州 Dazhou|SC 雅安 Ya'an
SC 巴中 Bazhong|SC 资阳 Ziyang|YN 曲靖 Qujing|YN 保山 Baoshan|YN 昭通 Zhaotong|YN 丽江 Lijiang|YN 临沧 Lincang|YN 楚雄 Chuxiong
YN 文山 Wenshan|YN 西双版纳 Xishuangbanna|YN 德宏 Dehong|GZ 六盘水 Liupanshui|GZ 安顺 Anshun|GZ 毕节 Bijie|GZ 铜仁 Tongren
GZ 黔东南 Qiandongnan|GZ 黔南 Qiannan|GZ 黔西南 Qianxinan|GX 柳州 Liuzhou|GX 桂林 Guilin|GX 梧州 Wuzhou|GX 北海 Beihai
GX 防城港 Fangchenggang|GX 钦州 Qinzhou|GX 贵港 Guigang|GX 玉林 Yulin|GX 百色 Baise|GX 贺州 Hezhou|GX 河池 Hechi|GX 来宾 Laibin
GX 崇左 Chongzuo|GX 凭祥 Pingxiang-in-Guangxi|JX 景德镇 Jingdezhen|JX 萍乡 Pingxiang|JX 九江 Jiujiang|JX 新余 Xinyu|JX 鹰潭 Yingtan
JX 吉安 Ji'an|JX 宜春 Yichun|JX 抚州 Fuzhou-in-Jiangxi|JX 上饶 Shangrao|LN 鞍山 Anshan|LN 抚顺 Fushun|LN 本溪 Benxi|LN 丹东 Dandong
LN 锦州 Jinzhou|LN 营口 Yingkou|LN 阜新 Fuxin|LN 辽阳 Liaoyang|LN 盘锦 Panjin|LN 铁岭 Tieling|LN 葫芦岛 Huludao|JL 四平 Siping
JL 辽源 Liaoyuan|JL 通化 Tonghua|JL 白山 Baishan|JL 松原 Songyuan|JL 白城 Baicheng|JL 延边 Yanbian|JL 珲春 Hunchun|HL 齐齐哈尔 Qiqihar
HL 鸡西 Jixi|HL 鹤岗 Hegang|HL 双鸭山 Shuangyashan|HL 大庆 Daqing|HL 佳木斯 Jiamusi|HL 七台河 Qitaihe|HL 牡丹江 Mudanjiang|HL 黑河 Heihe
HL 绥化 Suihua|HL 绥芬河 Suifenhe|NM 包头 Baotou|NM 乌海 Wuhai|NM 赤峰 Chifeng|NM 通辽 Tongliao|NM 鄂尔多斯 Ordos|NM 呼伦贝尔 Hulunbuir
NM 满洲里 Manzhouli|GS 嘉峪关 Jiayuguan|GS 天水 Tianshui|GS 武威 Wuwei|GS 张掖 Zhangye|GS 平凉 Pingliang|GS 酒泉 Jiuquan
GS 庆阳 Qingyang|GS 定西 Dingxi|GS 陇南 Longnan|NX 银川 Yinchuan|NX 石嘴山 Shizuishan|NX 吴忠 Wuzhong|NX 固原 Guyuan|QH 西宁 Xining
XZ 拉萨 Lhasa|XZ 日喀则 Shigatse|XJ 克拉玛依 Karamay|XJ 吐鲁番 Turpan|XJ 喀什 Kashgar|XJ 伊犁 Ili|XJ 霍尔果斯 Khorgos|XJ 阿拉山口 Alashankou
XJ 石河子 Shihezi|HI 儋州 Danzhou|HI 洋浦 Yangpu
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
_EAST = sorted((name for name in PLACES if not name.isascii()), key=len, reverse=True)
# A set of first signs before three hundred names: most places in a text fail it at once.
EAST = f"(?=[{''.join(sorted({name[0] for name in _EAST}))}])(?:{'|'.join(_EAST)})"
WEST = branched("|".join(name for name in PLACES if name.isascii()))
