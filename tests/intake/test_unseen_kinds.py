"""Kinds of misreading that probing sentences and eight unseen texts showed: windows, false numbers, breadths."""

import pytest

DAY = "2025-11-20"
YEAR_2024 = ("2024-01-01", "2024-12-31")


def prints(found):
    return [row["as_printed"] for row in found]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("on Tuesday", ("2025-11-18", "2025-11-18")),
        ("last Thursday", ("2025-11-13", "2025-11-13")),  # told on a Thursday
        ("since last November", ("2024-11-01", DAY)),
        ("in the year to 30 June", ("2024-07-01", "2025-06-30")),
        ("in 2024/25", ("2024-04-01", "2025-03-31")),
        ("in the last financial year", ("2024-04-01", "2025-03-31")),
    ],
)
def test_windows_by_the_text_s_day_and_country(rows, words, days):
    (row,) = rows(f"Trading Standards officers in the UK seized 4,700 fake items {words}.")
    assert row["days"] == days


@pytest.mark.parametrize(
    ("country", "days"),
    [
        ("Kenya", ("2024-07-01", "2025-06-30")),
        ("India", ("2024-04-01", "2025-03-31")),
        ("Australia", ("2024-07-01", "2025-06-30")),
    ],
)
def test_a_financial_year_is_that_of_the_text_s_country(rows, country, days):
    (row,) = rows(f"The agency of {country} destroyed 24 tonnes of fakes in FY 2024/25.")
    assert row["days"] == days


def test_a_length_before_the_window_is_the_one_before_it(rows):
    now, before = rows(
        "In the 12 months to September 2025 officers seized 4.1 tonnes, compared with 3.2 tonnes in the previous 12 "
        "months."
    )
    assert (now["days"], before["days"]) == (("2024-10-01", "2025-09-30"), ("2023-10-01", "2024-09-30"))


def test_the_same_period_is_of_the_window_of_its_sentence(rows):
    *_, base = rows(
        "Hong Kong Customs seized 61 items from July 7 to 28. In the first half of 2025, Customs handled 387 cases, "
        "an increase of 12 per cent over the 345 cases in the same period last year."
    )
    assert (base["value"], base["hedge"], base["days"]) == (345, "exact", ("2024-01-01", "2024-06-30"))


def test_a_year_earlier_is_one_year_before_the_text_s_window(rows):
    *_, base = rows(
        "From October through March, CBP seized 17,846 shipments, compared with 16,102 in the first half of fiscal "
        "year 2025. Their MSRP was $4.1 billion, against $3.4 billion a year earlier.",
        "2026-04-16",
    )
    assert base["days"] == ("2024-10-01", "2025-03-31")


def test_the_number_a_year_earlier_is_no_window_of_what_follows(rows):
    *_, accounts = rows(
        "In 2024 Hong Kong Customs detected 216 cases, more than double the number a year earlier, and had 150 "
        "accounts taken down."
    )
    assert accounts["days"] == YEAR_2024


def test_the_base_of_a_multiple_is_not_carried_on(rows):
    *_, after = rows(
        "In 2024 Etsy removed 9.4 million listings, nearly double the 4.8 million of 2023. It rejected 12,900 notices."
    )
    assert after["days"] == YEAR_2024


@pytest.mark.parametrize("words", ["which ended on September 30", "which ended September 30"])
def test_the_last_day_of_a_year_is_no_window_of_its_own(rows, words):
    now, base = rows(
        f"In FY 2025, {words}, CBP made 29,857 seizures, down from FY 2024's 32,418.", "2025-12-09"
    )
    assert (now["days"], base["days"]) == (("2024-10-01", "2025-09-30"), ("2023-10-01", "2024-09-30"))


def test_the_day_of_a_rule_and_how_long_a_gang_was_active_count_nothing(rows):
    found = rows(
        "In 2024 CBP made 29,857 seizures. Parcels made up 76 percent until the exemption ended on August 29, 2025. "
        "The unit had been operating for the past eight months. Officers arrested 12 people."
    )
    assert {row["days"] for row in found} == {YEAR_2024}


def test_a_month_behind_a_list_is_of_all_of_it(rows):
    found = rows(
        "In 2024 Amazon blocked 3,000 listings. In one case, police in China raided four locations and seized 60,000 "
        "items worth $5 million in November 2024."
    )
    assert {row["days"] for row in found[1:]} == {("2024-11-01", "2024-11-30")}


def test_years_and_quarters_one_by_one(rows):
    years = rows("2022年至2024年，全省检察机关起诉人数分别为487人、533人、612人，三年共1632人。")
    assert [row["days"][0] for row in years] == ["2022-01-01", "2023-01-01", "2024-01-01", "2022-01-01"]
    quarters = rows("2024年，全省公安机关破案6800起。四个季度分别破案1500起、1700起、1800起和1800起。")
    assert [row["days"][0] for row in quarters[-4:]] == [
        "2024-01-01",
        "2024-04-01",
        "2024-07-01",
        "2024-10-01",
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12月当月，全国海关扣留4800批。", ("2024-12-01", "2024-12-31")),
        ("“双十一”期间，全国海关扣留4800批。", ("2025-11-11", "2025-11-11")),
        ("自2023年起，海关总署连续两年开展“龙腾”行动，扣留4800批。", ("2023-01-01", "2024-12-31")),
        ("去年3月至6月的“春雷”行动中，全国海关扣留4800批。", ("2024-03-01", "2024-06-30")),
    ],
)
def test_windows_in_chinese(rows, text, days):
    assert rows(text)[-1]["days"] == days


def test_a_list_held_against_a_year_and_its_changes(rows):
    found = rows(
        "2024年，全国海关扣留4.83万批、7986万件，与2023年的5.92万批、8288万件相比，分别减少18.4%和3.6%。"
    )
    assert [row["days"][0][:4] for row in found] == ["2024", "2024", "2023", "2023", "2024", "2024"]
    assert [row["indicator"] for row in found] == ["seizures", "items_seized"] * 3


def test_the_year_before_ends_with_its_clause(rows):
    *_, last = rows("2024年，全省检察机关起诉61人，上年为47人；起诉侵犯商业秘密罪14人，与上年持平。")
    assert (last["value"], last["days"]) == (14, YEAR_2024)


@pytest.mark.parametrize(
    "idle",
    [
        "1月14日上午10时举行发布会。", "7月18日凌晨3时许收网。", "民警分6个抓捕组行动。", "根据12315转办线索检查。",
        "此人曾因售假受到2次处罚。", "以580元一瓶卖出。", "Call 2545 6182 or 0800 555 111.", "Phone: +32 2 29 88810.",
        "Two men, aged 29, 41 and 57, helped.", "A trader, 38, who pleaded guilty, left.",
        "The $800 de minimis exemption ended.", "Parcels valued at $800 or less pay.",
        "A case under Section 318(4) was made.",
        "One shop had been caught twice before.",
    ],
)  # fmt: skip
def test_hours_ages_telephones_limits_and_teams_are_no_figures(rows, idle):
    opening, language = (
        ("In 2024 police in Shanghai arrested 461 people. ", "en")
        if idle.isascii()
        else ("2024年全国公安机关破案8765起。", "zh")
    )
    assert [row["value"] for row in rows(opening + idle, language=language) if row["value"] > 3] in (
        [461.0],
        [8765.0],
    )


@pytest.mark.parametrize("money", ["Rs 3.5 crore", "KSh 153 million", "₹61 lakh"])
def test_money_that_the_dataset_has_not_counts_nothing(rows, money):
    found = rows(f"In 2024 the agency seized 310 items worth {money} (about $420,000).")
    assert [(row["value"], row["unit"]) for row in found] == [(310, "item"), (420_000, "USD")]


def test_a_bare_dollar_is_local_though_its_conversion_is_not(rows):
    (row,) = rows("In 2024 Hong Kong Customs seized goods worth $523 million (about US$67 million).")
    assert (row["value"], row["unit"]) == (523e6, "HKD")


def test_a_rounder_headline_gives_way_to_an_estimate(rows):
    (row,) = rows(
        "Fakes worth £8 million seized by Border Force\n\nIn 2024 Border Force seized fakes worth an estimated "
        "£7.9 million."
    )
    assert row["value"] == 7.9e6


@pytest.mark.parametrize(
    ("title", "text", "breadth"),
    [
        ("知识产权执法情况", "2024年市场监管总局开展“铁拳”行动，查处案件4.6万件。", "total"),
        ("“铁拳”行动成效", "2024年市场监管总局开展“铁拳”行动，查处案件4.6万件。", "one_operation"),
        ("知识产权执法情况", "2024年市场监管总局在“铁拳”行动中查处案件4.6万件。", "one_operation"),
        ("打假情况", "2024年，公安部发起集群战役36次，打掉团伙270个。", "total"),
        ("打假战果", "9月1日至12月10日，高碑店市公安局破案38起。", "one_place"),
        ("夏季行动战果", "6月25日至8月31日，全国公安机关破案38起。", "one_operation"),
    ],
)
def test_how_broad_a_figure_is_in_chinese(rows, title, text, breadth):
    assert rows(f"{title}\n\n{text}")[-1]["breadth"] == breadth


def test_the_window_of_a_year_s_campaign_is_the_year_s_in_the_next_paragraph(rows):
    first, second = rows(
        "公安部通报“昆仑2025”行动\n\n今年以来，全国公安机关推进“昆仑2025”行动，截至10月底破案6.1万起。\n\n"
        "捣毁窝点1.3万处。"
    )
    assert (first["breadth"], second["breadth"]) == ("one_operation", "total")
    assert second["days"] == ("2025-01-01", "2025-10-31")


def test_entries_of_a_list_of_cases_are_one_case_each(rows):
    found = rows(
        "今年以来，全省市场监管部门查办案件1.86万件。\n\n一、南昌某贸易公司销售侵权白酒案\n3月12日，南昌市市场监管局查获"
        "白酒236瓶。罚款75.6万元。\n\n全省共接收投诉1340件。"
    )
    assert [row["breadth"] for row in found] == ["total", "one_case", "one_case", "total"]
    assert found[2]["days"] == ("2025-03-12", "2025-03-12")


def test_a_case_by_its_number_and_what_a_superlative_says_of_it(rows):
    found = rows(
        "2024年，全市法院审结知识产权案件3.1万件。\n\n案例1：某公司诉某科技公司侵害商标权纠纷案。法院判令被告赔偿3500万元，系"
        "2024年全市判赔额最高的案件。"
    )
    assert [(row["value"], row["breadth"]) for row in found] == [(31_000, "total"), (35e6, "one_case")]


def test_what_follows_a_day_s_action_is_of_it(rows):
    found = rows(
        "On August 21, 2025 Hong Kong Customs seized 2,300 handbags. Two men and one woman were arrested. In the first "
        "seven months of this year, Customs arrested 388 persons."
    )
    assert [row["breadth"] for row in found] == ["one_case", "one_case", "total"]
    assert found[1]["days"] == ("2025-08-21", "2025-08-21")


@pytest.mark.parametrize(
    ("text", "indicator", "unit"),
    [
        ("In 2024 CBP seized 643 rings and 500 bracelets.", "items_seized", "item"),
        ("In 2024 Homeland Security Investigations reported 388 arrests.", "suspects_arrested", "person"),
        ("In 2024 police in Shanghai referred 149 people to the courts.", "cases_transferred", "person"),
        ("2024年，抖音电商关闭直播间1700个。", "stores_closed", "store"),
        ("2024年，全省市场监管部门查处案件，违法经营额126万元。", "value_involved", "CNY"),
    ],
)  # fmt: skip
def test_what_is_counted(rows, text, indicator, unit):
    row = rows(text)[0]
    assert (row["indicator"], row["unit"]) == (indicator, unit)


def test_changes_by_the_bare_names_of_their_counts(rows):
    found = rows("2024年，全国海关扣留5.3万批、8120万件，与上年相比，批次增长4.5%，数量增长10.6%。")
    assert [row["relation"] for row in found[2:]] == ["change_of:seizures", "change_of:items_seized"]


@pytest.mark.parametrize(
    ("words", "reporter"),
    [
        (
            "The Police Intellectual Property Crime Unit seized 4,700 items in 2024. UK Border Force helped.",
            "",
        ),
        ("In 2024 the European Anti-Fraud Office stopped 4,700 items.", "EC"),
    ],
)
def test_bodies_without_a_word_of_their_own_are_nobody_else(rows, words, reporter):
    assert rows(words)[0]["reporter"] == reporter


@pytest.mark.parametrize("word", ["between January 6 and May 2, 2025", "during 2024", "until 2 May 2025"])
def test_a_word_of_time_is_no_part_of_a_print(rows, word):
    (row,) = rows(f"CBP seized goods worth $17.8 million {word}.")
    assert row["as_printed"] == "$17.8 million"


def test_last_year_s_total_is_not_carried_on(rows):
    *_, after = rows(
        "From January to September 2025, Korea Customs Service seized 192,000 items. Last year's full-year total stood "
        "at 1,344 cases. It arrested 27 people."
    )
    assert after["days"] == ("2025-01-01", "2025-09-30")


def test_the_year_of_an_annual_report_is_that_of_its_figures(rows):
    (row,) = rows("Amazon published its 2024 annual report. It removed 3,900 listings.")
    assert row["days"] == YEAR_2024


def test_what_stands_is_of_the_day_told_in_its_paragraph(rows):
    *_, staff = rows(
        "2024年，京东下架商品12万件。截至2024年12月31日，入驻权利人2.7万家。治理团队人数达5300人。"
    )
    assert staff["days"] == ("", "2024-12-31")


@pytest.mark.parametrize("words", ["fell for a fifth year", "closed for a third time", "a fourth man helped"])
def test_an_ordinal_is_no_share(rows, words):
    assert prints(rows(f"In 2024 Etsy removed 61,000 listings, which {words}.")) == ["61,000 listings"]
