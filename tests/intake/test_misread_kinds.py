"""Kinds of misreading that a second author's texts showed, each in several forms."""

import pytest

DAY = "2026-04-24"


@pytest.mark.parametrize("words", ["during the year", "over the year", "for the year"])
def test_the_year_is_the_one_that_the_text_tells_of(rows, words):
    first, second = rows(
        "The report covers the period from April 2024 to March 2025. Border Force made 1,420 seizures. "
        f"Officers arrested 73 people {words}.",
        "2025-12-04",
    )
    assert first["days"] == second["days"] == ("2024-04-01", "2025-03-31")


def test_the_year_before_is_that_before_the_one_told(rows):
    now, before = rows(
        "CBP seized 31,420 shipments in fiscal year 2025, up from 28,110 shipments in the year before.",
        "2026-02-19",
    )
    assert (now["days"], before["days"]) == (("2024-10-01", "2025-09-30"), ("2023-10-01", "2024-09-30"))


def test_years_from_april_to_march_told_as_a_pair(rows):
    now, before = rows(
        "The figures cover the period from April 2024 to March 2025. Border Force made 73 seizures in 2024 to 2025. "
        "It made 61 seizures in 2023 to 2024.",
        "2025-12-04",
    )
    assert (now["days"], before["days"]) == (("2024-04-01", "2025-03-31"), ("2023-04-01", "2024-03-31"))


def test_the_past_year_of_a_report_is_its_year(rows):
    (east,) = rows("抖音电商发布2025年度报告\n\n平台过去一年下架侵权商品212万件。", "2026-03-12")
    assert east["days"] == ("2025-01-01", "2025-12-31")


def test_on_within_a_word_compares_nothing(rows):
    (one,) = rows("Customs detained 21 million items in the European Union in 2025.", "2026-10-14")
    assert one["days"] == ("2025-01-01", "2025-12-31")


@pytest.mark.parametrize("idle", ["下半年办案数量明显多于上半年", "上半年办案量低于下半年"])
def test_a_comparison_without_a_figure_carries_no_window(rows, idle):
    first, after = rows(f"2025年全国公安机关立案4.6万起，{idle}。破获案件8900起。")
    assert first["days"] == after["days"] == ("2025-01-01", "2025-12-31")


@pytest.mark.parametrize("begun", ["启动", "开始", "展开"])
def test_a_campaign_that_began_and_ended_is_one_window(rows, begun):
    (one,) = rows(f"行动自去年3月{begun}，至12月底结束，全国公安机关共破获案件118起。")
    assert one["days"] == ("2025-03-01", "2025-12-31")


@pytest.mark.parametrize(
    ("words", "value"),
    [("27 fewer than the year before", -27), ("31 more than in 2023", 31), ("8 less than last year", -8)],
)
def test_a_difference_told_behind_its_number(rows, words, value):
    first, second = rows(f"In 2024 police in Shanghai arrested 461 people, {words}.", "2025-12-04")
    assert first["indicator"] == "suspects_arrested"
    assert (second["value"], second["kind"], second["relation"]) == (
        value, "change", "change_of:suspects_arrested",
    )  # fmt: skip


def test_passing_is_no_hedge(rows):
    (passed,) = rows("2025年海关总署审核通过备案申请24502件。")
    (over,) = rows("2025年海关总署受理备案申请过2万件。")
    assert (passed["hedge"], over["hedge"]) == ("exact", "more_than")


@pytest.mark.parametrize(
    "idle",
    [
        "发布会公布10起典型案例。", "直播间里标价99元一瓶。", "民警兵分4路收网。",
        "线索请拨打110。", "判决按获利的三倍适用惩罚性赔偿。",
        "表1 各渠道情况。", "For questions call ext. 2548.", "Under 19 U.S.C. 1526 such goods are forfeited.",
        "2. By right and article",
    ],
)  # fmt: skip
def test_prices_headings_and_cases_that_a_text_prints_are_no_figures(rows, idle):
    joined = "\n\n"
    assert [
        row["value"] for row in rows(f"2025年全国公安机关破获案件8765起。{joined}{idle}", language="zh")
    ] == [8765]


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        ("渠道      扣留批次(批)   扣留数量(万件)", "邮递渠道   30216      96.3",
         [(30216, "seizure"), (963000, "item")]),
        ("渠道\t扣留批次(批)\t扣留数量(件)", "海运\t2654\t67902", [(2654, "seizure"), (67902, "item")]),
        ("Origin | Shipments | Items", "China | 13,911 | 287,640", [(13911, "seizure"), (287640, "item")]),
        ("        Cases       Articles", "China   402 (2.4%)   31,006 (7.8%)",
         [(402, "seizure"), (2.4, "percent"), (31006, "item"), (7.8, "percent")]),
    ],
)  # fmt: skip
def test_a_table_whose_columns_name_units(rows, head, row, expected):
    opening = "2025年海关总署情况如下。" if "渠道" in head else "Japan Customs in 2025:"
    found = rows(f"{opening}\n\n{head}\n{row}\n", language="zh" if "渠道" in head else "en")
    assert [(one["value"], one["unit"]) for one in found] == expected
    assert {one["days"] for one in found} == {("2025-01-01", "2025-12-31")}


def test_what_follows_in_a_list_counts_what_its_first_does(rows):
    found = rows(
        "In 2025 Japan Customs suspended 5,230 shipments of clothing, followed by bags (4,310) and shoes (2,087)."
    )
    assert [(row["value"], row["unit"]) for row in found] == [
        (5230, "seizure"),
        (4310, "seizure"),
        (2087, "seizure"),
    ]


def test_a_noun_that_no_list_has_is_not_what_the_figure_before_counts(rows):
    arrested, bodies = rows(
        "In 2025 police in Shanghai arrested 461 people, and 134 trading bodies responded."
    )
    assert (arrested["unit"], bodies["unit"]) == ("person", "item")
    _, of_whom = rows(
        "In 2025 police in Shanghai reported 63 people to the authorities, 12 of whom were arrested."
    )
    assert of_whom["unit"] == "person"


@pytest.mark.parametrize("word", ["championship", "gold", "wedding"])
def test_rings_on_fingers_are_no_gangs(rows, word):
    (rings,) = rows(f"In 2025 CBP seized 1,428 {word} rings.")
    (gangs,) = rows("In 2025 police in Shanghai broke up 14 rings.")
    assert (rings["unit"], gangs["unit"]) == ("item", "gang")


@pytest.mark.parametrize(
    ("text", "reporter", "jurisdiction"),
    [
        ("2025年衢州市公安局破获假冒案件47起。", "PSB", "CN-ZJ"),
        ("2025年绥芬河海关查扣侵权商品47件。", "GACC", "CN-HL"),
        ("2025年沙坪坝区公安分局破获假冒案件47起。", "PSB", "CN"),
        ("2025年全市公安机关破获假冒案件47起。", "MPS", "CN"),
        ("In 2025 the Australian Border Force seized 4,700 fake items.", "AustralianCustoms", "AU"),
        ("In 2025 Croatia's customs seized 4,700 fake items.", "CroatianCustoms", "HR"),
        (
            "In 2025 the Federal Office for Customs and Border Security seized 4,700 fake items.",
            "SwissCustoms",
            "CH",
        ),
        ("In 2025 the Philippine Bureau of Customs seized 4,700 fake items.", "PhilippinesCustoms", "PH"),
        ("In 2025 officers of the Guardia Civil seized 4,700 fake items.", "SpanishInterior", "ES"),
    ],
)
def test_bodies_by_their_own_names(rows, text, reporter, jurisdiction):
    (row,) = rows(text)
    assert (row["reporter"], row["jurisdiction"]) == (reporter, jurisdiction)


def test_courts_that_answered_prosecutors_counted_nothing(rows):
    found = rows("2025年，最高人民检察院提出抗诉623件，法院同期改变率为91.4%。立案办理公益诉讼935件。")
    assert [row["reporter"] for row in found] == ["SPP"] * 3
    assert [row["indicator"] for row in found][::2] == ["protests_lodged", "cases_filed"]


@pytest.mark.parametrize("head", ["案例五：", "案例2、"])
def test_a_case_by_its_number(rows, head):
    (row,) = rows(f"{head}2025年5月，江苏省高级人民法院判令被告赔偿经济损失3000万元。")
    assert row["breadth"] == "one_case"


def test_a_visit_is_an_action_whatever_was_visited(rows):
    found = rows("2025年版权执法部门巡查网站6.1万家次，检查企业96.4万户次。")
    assert [row["unit"] for row in found] == ["action", "action"]


@pytest.mark.parametrize("words", ["compared with", "against", "compared to"])
def test_what_figures_are_compared_with_is_of_its_own_year_and_carries_none(rows, words):
    found = rows(
        f"Finnish Customs intercepted 1,240 consignments with 89,600 fake products in 2025, {words} 1,010 consignments "
        "and 143,000 products in 2024. Toys accounted for 31,000 items."
    )
    assert [row["days"][0][:4] for row in found] == ["2025", "2025", "2024", "2024", "2025"]


@pytest.mark.parametrize("words", ["下一步将检查重点市场30个。", "计划抽检商品600批次。"])
def test_what_is_planned_was_not_done(rows, words):
    assert [row["value"] for row in rows(f"2025年，全国市场监管部门查处案件1264件。{words}")] == [1264]


@pytest.mark.parametrize("word", ["higher", "larger", "greater"])
def test_percent_above_is_growth(rows, word):
    _, change = rows(
        f"In 2025 CBP seized goods worth $7.3 billion, 35 percent {word} than in the year before."
    )
    assert (change["kind"], change["value"]) == ("change", 35)


def test_notices_and_applications_are_no_complaints(rows):
    (notices,) = rows("In 2025 Amazon received 61,000 notices.")
    (applied,) = rows("In 2025 Finnish Customs monitored 1,512 applications.")
    assert (notices["indicator"], applied["indicator"]) == ("takedown_requests", "applications_for_action")
