"""Bodies by their full names and abbreviations, who leads a joint action, who only orders or helps, and "we"."""

import pytest

from analysis.intake import propose


@pytest.fixture
def counters(data):
    def found(text, published="2024-05-21"):
        rows = propose(text, published, data=data).readings.to_dict("records")
        return [(row["reporter"], row["jurisdiction"]) for row in rows]

    return found


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("The National Committee on Intellectual Property Rights (NCIPR)", ("NCIPR", "PH")),
        ("The Bureau of Customs (BOC)", ("PhilippinesCustoms", "PH")),
        ("The Revenue Commissioners", ("IrishRevenue", "IE")),
        ("The South African Revenue Service (SARS)", ("SARS", "ZA")),
        ("Thailand's Department of Intellectual Property (DIP)", ("DIP", "TH")),
        ("Customs in Denmark", ("DanishCustoms", "DK")),
        ("Estonia's customs", ("EstonianCustoms", "EE")),
        ("The Australian Border Force", ("AustralianCustoms", "AU")),
    ],
)
def test_bodies_are_known_by_their_full_names(counters, words, told):
    assert counters(f"{words} seized 41,180 items in 2023.") == [told]


@pytest.mark.parametrize(
    "words",
    [
        "In Poland, investigators closed five workshops",
        "In the Netherlands, the authorities closed five workshops",
        "Greek officers closed five workshops",
        "Investigators in Romania closed five workshops",
    ],
)
def test_what_officers_of_one_state_did_is_no_count_of_europol(counters, words):
    found = counters(
        f"Europol said that 97 suspects were arrested in 2023. French customs seized 310 items. {words}."
    )
    assert [one for one, _ in found] == ["Europol", "FrenchCustoms", ""]


@pytest.mark.parametrize("court", ["成都知识产权法庭", "成都市中级人民法院"])
def test_a_court_of_a_city_and_all_courts_of_its_province(data, court):
    rows = propose(
        f"四川省高级人民法院发布白皮书。2023年,{court}新收案件9654件。近三年,全省法院累计审结案件9.6万件。",
        "2024-05-21",
        data=data,
    ).readings.to_dict("records")
    told = [(row["reporter"], row["jurisdiction"], row["region"], row["breadth"]) for row in rows]
    assert told == [("ProvCourt", "CN-SC", "chengdu", "one_place"), ("ProvCourt", "CN-SC", "", "total")]


def test_an_abbreviation_in_brackets_stands_for_the_body_later(counters):
    found = counters(
        "Police and the Department of Intellectual Property (DIP) met on Monday.\n\n"
        "In 2023 the DIP seized 2,745 items. Korea Customs seized 300 items. The DIP destroyed 1,900 items."
    )
    assert [one for one, _ in found] == ["DIP", "KoreaCustoms", "DIP"]


@pytest.mark.parametrize(
    "text",
    [
        "自3月20日起,广西公安厅、自治区烟草专卖局、南宁海关联合开展专项行动,共查处案件1186起。",
        "3月20日以来,广西公安厅会同南宁海关、自治区烟草专卖局开展专项行动,共破获案件1186起。",
        "在公安部统一指挥下,广西公安厅今年破获案件1186起。",
        "今年,广西公安厅破获公安部挂牌督办的案件1186起。",
    ],
)
def test_the_first_body_of_a_joint_action_counts_and_one_that_orders_does_not(counters, text):
    assert counters(text) == [("PSB", "CN-GX")]


def test_a_joint_operation_in_english_is_its_first_body_s(counters):
    found = counters(
        "The Royal Canadian Mounted Police (RCMP), together with the Canada Border Services Agency and the Toronto "
        "Police Service, seized 37,000 items in 2023."
    )
    assert found == [("RCMP", "CA")]


@pytest.mark.parametrize(
    "text",
    [
        "上半年,快手下架商品152万件。快手配合浙江、广东、福建等11个省份公安机关侦办案件35起。",
        "上半年,快手下架商品152万件。平台依据抽检线索协助泉州警方查获假鞋1.2万双。",
        "In 2023 Kuaishou removed 152,000 listings. It helped police in several provinces solve 35 cases.",
    ],
)
def test_what_a_platform_helped_to_is_the_platform_s(counters, text):
    assert {one for one, _ in counters(text)} == {"Kuaishou"}


@pytest.mark.parametrize(
    "text",
    [
        "In 2023 Korea Customs told Europol of 12 cases. We seized 7,100 items.",
        "Hong Kong Customs met CBP in 2023. CBP seized 90 items, and we seized 7,100 items.",
    ],
)
def test_we_are_the_body_that_the_text_speaks_of(counters, text):
    assert counters(text)[-1][0] in ("KoreaCustoms", "HongKongCustoms")


def test_a_body_that_the_record_has_no_word_for_is_its_committee_s(counters):
    found = counters(
        "The National Committee on Intellectual Property Rights told of 2023. "
        "The Bureau of Customs seized 340 items. "
        "The National Bureau of Investigation seized 52 items."
    )
    assert [one for one, _ in found] == ["PhilippinesCustoms", "NCIPR"]
