"""What a figure counts where its own noun or an idiom tells it, how much it totals, and numbers that are none."""

import pytest

DAY = "2024-09-06"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("In 2023 Etsy received 94,630 properly submitted notices of infringement.", "takedown_requests"),
        ("2023年,快手共受理知识产权投诉7.9万件。", "takedown_requests"),
        ("In 2023 sellers sent Etsy 4,215 counter notices.", "other"),
        ("In 2023 Etsy restored 3,307 listings.", "other"),
        ("2023年,抖音恢复误删链接3307条。", "other"),
        ("In 2023 police sent Etsy 214 requests for seller information.", "service_requests"),
        ("At the end of 2023 Etsy had 5.4 million active sellers.", "denominator"),
        ("2023年底,淘宝有活跃商家540万家。", "denominator"),
        ("In 2023 New Zealand Customs had 187 notices in force.", "applications_for_action"),
        ("2023年,快手清退店铺4380家。", "stores_closed"),
        ("2023年,快手封禁售假账号1.1万个。", "accounts_blocked"),
        ("In 2023 a Jiangsu court ordered the manufacturer to pay 50 million yuan to the firm.", "damages_awarded"),
        ("2023年,江苏法院全额支持权利人500万元的诉讼请求。", "damages_awarded"),
        ("2023年,天津市公安局共立侵犯知识产权和制售伪劣商品刑事案件912起。", "cases_filed"),
        ("2023年,重庆市检察院提出抗诉5件。", "protests_lodged"),
        ("2023年,杭州法院审理一案,被告人通过网店销售假冒运动鞋1.6万双。", "other"),
        ("2023年,天津市公安局新设知识产权警务联络站31个。", "other"),
        ("In 2023 CBP officers inspected 2,100 parcels.", "spot_checks"),
        ("In 2023 the NCIPR received 183 reports of suspected violations.", "complaints"),
        ("In 2023 the Danish customs found 1,080 watches; the originals would have cost EUR 12 million.", "value_msrp"),
        ("2023年,河南省市场监管局查扣机油2300桶,货值金额210万元。", "value_seized"),
        ("In 2023 Swedish Customs opened 6,284 detention procedures.", "seizures"),
        ("In 2023 Swedish Customs opened 6,284 detention procedures, against 5,917 in 2022.", "seizures"),
        ("In 2023 Swedish Customs opened 48,700 postal parcels.", "spot_checks"),
        ("In 2023 Swedish Customs opened 48,700 postal parcels, a quarter more than in 2022.", "spot_checks"),
        ("In 2023 Swedish Customs destroyed 361,500 articles. A total of 27,340 were released.", "other"),
        ("2023年,深圳海关放行货物27340件。", "other"),
        ("In 2023 Swedish Customs stopped 412,000 articles, 19 per cent fewer than in 2022.", "items_seized"),
        ("In 2023 Etsy refunds came to $11.6 million.", "other"),
        ("2023年,抖音向消费者退款1160万元。", "other"),
        ("2023年,四川法院在94件案件中适用惩罚性赔偿,件数同比增长近三成。", "punitive_damages_cases"),
        ("2023年,安徽省市场监管局抽查产品,不合格率超过11%,约为实体店的两倍半。", "share"),
        ("In 2023 Etsy upheld 71% of notices, twice the rate of the year before.", "share"),
        ("2023年,湖南警方打掉一个团伙,线索涉及9个省市。", "regions_counted"),
    ],
)  # fmt: skip
def test_the_noun_of_a_figure_tells_what_it_counts(rows, text, told):
    assert rows(text)[-1]["indicator"] == told


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("In 2023 Etsy heard from rights owners in 81 countries.", "place"),
        ("In 2023 Meta closed dozens of social media accounts.", "person"),
        ("In 2023 the RCMP opened 175 intellectual property crime files.", "case"),
        ("At the end of 2023, 1,900 rights owners were enrolled at Etsy.", "firm"),
        ("2023年,河南省市场监管局监测网店、网站26.4万个次。", "action"),
        ("2023年,全国公安机关专项行动投入警力2600人次。", "person"),
        ("2023年,河南省市场监管局接收投诉举报41.2万件。", "case"),
        ("In 2023 the NCIPR received 412 complaints.", "case"),
        ("In 2023 Swedish Customs opened 48,700 postal parcels.", "parcel"),
        (
            "In 2023 Swedish Customs destroyed 361,500 articles. Another 27,340 were released to their owner.",
            "item",
        ),
        ("2023年,湖南警方根据线索查明,案件涉及9个省市。", "place"),
    ],
)
def test_the_noun_behind_a_number_is_its_unit(rows, text, unit):
    assert rows(text)[-1]["unit"] == unit


def test_the_value_that_changed_is_the_one_told_before(rows):
    *_, change = rows(
        "In 2023 the Danish customs made 5,211 seizures which, had they been genuine, would have been worth EUR 9 "
        "million. Seizures rose by 38 per cent, while the value fell by 4 per cent."
    )
    assert (change["value"], change["relation"]) == (-4, "change_of:value_msrp")


@pytest.mark.parametrize("words", ["made up 4%", "make up 4%", "making up 4%"])
def test_a_share_that_is_made_up_is_no_growth(rows, words):
    assert rows(f"In 2023, of the notices that Etsy received, patents {words} of them.")[-1]["kind"] == "flow"


@pytest.mark.parametrize(
    ("text", "breadth"),
    [
        ("2023年,深圳海关在海运渠道一次性查获假冒玩具11.8万件。", "one_case"),
        ("2023年,江苏法院判赔总额1.9亿元,单案最高判赔额为3000万元。", "one_case"),
        ("In 2023 one storage unit in Mississauga held 9,200 jackets that the RCMP seized.", "one_case"),
        (
            "In March 2024 the Revenue Commissioners detained 3,600 bottles in a trailer from Dunkirk.",
            "one_case",
        ),
        ("快手2023年配合浙江、广东等11个省份公安机关侦办案件35起。", "total"),
        ("2023年3月,淘宝关闭由同一团伙运营的店铺60家。", "one_case"),
        ("In March 2023 Etsy closed 60 shops run by a single network.", "one_case"),
        ("In March 2023 Etsy closed 60 shops operated by one seller.", "one_case"),
        ("“铁拳”行动累计查处案件2260件。合肥市查处的案件占全省近四分之一。", "one_place"),
        ("Cases filed in Hefei in 2023 accounted for a quarter of all cases of the province.", "one_place"),
        ("Since 2023 Etsy's referrals in China have led to 45 raids.", "total"),
        ("In China, Etsy's referrals have led to 45 raids since 2023.", "total"),
        ("2023年,依托“净网”专项行动,天津市公安局与平台建立机制,收到线索530条。", "total"),
    ],
)
def test_how_much_a_figure_totals(rows, text, breadth):
    assert rows(text)[-1]["breadth"] == breadth


@pytest.mark.parametrize(
    "text",
    [
        "群众可拨打110举报。",
        "查证属实的,最高奖励10万元。",
        "Tips may be sent through (02) 8238-6300.",
        "Informants may get rewards of up to $50,000.",
        "Under Republic Act 8293, offenders face up to nine years in prison and fines from P50,000 to P1.5 million.",
        "Write to us at 117 Adams Street, Brooklyn, NY 11201.",
        "It is settled by 17 U.S.C. 512.",
        "Question 214 was put to the minister.",
    ],
)
def test_numbers_that_are_no_figures(rows, text):
    first = (
        "2023年,全国公安机关破获案件500起。"
        if not text.isascii()
        else "In 2023 Chinese police solved 500 cases. "
    )
    assert [row["value"] for row in rows(first + text)] == [500]


@pytest.mark.parametrize("text", ["案值5万元以上的94起", "百万元以上的案件94起"])
def test_a_threshold_is_no_figure(rows, text):
    assert [row["value"] for row in rows(f"2023年,全国公安机关破获案件1186起,其中{text}。")] == [1186, 94]
