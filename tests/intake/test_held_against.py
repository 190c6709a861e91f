"""Windows that figures are held against, the text's own quarter, and campaigns that go on to an end told alone."""

import pytest

DAY = "2025-10-28"


YEAR = {year: (f"{year}-01-01", f"{year}-12-31") for year in (2022, 2023, 2024)}
FIRST_HALF = ("2025-01-01", "2025-06-30")
QUARTER = ("2025-07-01", "2025-09-30")


@pytest.mark.parametrize(
    "words",
    ["由2022年的61.7%降至54%", "从2022年的61.7%上升到70%", "由2022年度61.7%逐步回落至54%"],
)
def test_the_year_that_a_share_came_from_is_of_that_share_alone(rows, words):
    first, was, now, after = rows(f"2024年,四川法院审结案件523件。缓刑适用率{words}。判处罚金1.08亿元。")
    assert [one["days"] for one in (first, was, now, after)] == [
        YEAR[2024],
        YEAR[2022],
        YEAR[2024],
        YEAR[2024],
    ]


def test_the_year_that_a_share_came_from_in_english(rows):
    first, was, now = rows(
        "In 2024 Etsy removed 523 listings. The share found by machines rose from 61.7% in 2022 to 70%."
    )
    assert [one["days"] for one in (first, was, now)] == [YEAR[2024], YEAR[2022], YEAR[2024]]


@pytest.mark.parametrize("words", ["去年同期为1508件", "去年同期则为1508件", "上年同期仅1508件"])
def test_the_same_period_is_of_its_own_figure_alone(rows, words):
    found = rows(f"2025年第三季度,安徽省市场监管局立案1742件,{words},同比增加234件,增幅15.5%。")
    assert [one["days"] for one in found] == [QUARTER, ("2024-07-01", "2024-09-30"), QUARTER, QUARTER]


@pytest.mark.parametrize(
    "words", ["one and a half times as many as in", "twice as many as during", "as many as in"]
)
def test_as_many_as_holds_a_window_against(rows, words):
    found = rows(
        f"In the first half of 2025 TikTok closed 9,150 shops, {words} the first half of 2024. It blocked 70 accounts."
    )
    assert {one["days"] for one in found} == {FIRST_HALF}


def test_the_same_period_is_that_of_the_window_before_it_in_its_sentence(rows):
    found = rows(
        "In the first half of 2025 TikTok removed 900 listings. It blocked dozens of accounts in June. Refunds came to "
        "$11.6 million from January to June, almost double the $5.9 million of the same period last year."
    )
    assert found[-1]["days"] == ("2024-01-01", "2024-06-30")


@pytest.mark.parametrize(
    "words", ["compared with 91.7% six months earlier", "compared with 91.7% in the previous half-year"]
)
def test_six_months_earlier_is_the_half_year_before(rows, words):
    now, was = rows(f"In the first half of 2025 our own systems at TikTok found 94.2% of them, {words}.")
    assert (now["days"], was["days"]) == (FIRST_HALF, ("2024-07-01", "2024-12-31"))


def test_three_months_earlier_is_the_quarter_before_and_no_half_year_is(rows):
    told = "In the third quarter of 2025 TikTok upheld 71% of notices, against 68% {}."
    assert rows(told.format("three months earlier"))[-1]["days"] == ("2025-04-01", "2025-06-30")
    assert rows(told.format("six months earlier"))[-1]["days"] == QUARTER


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ("本季度,全系统立案1742件。", QUARTER),
        ("该季度立案1742件。", QUARTER),
        ("上季度立案1742件。", ("2025-04-01", "2025-06-30")),
        ("上一季度立案1742件。", ("2025-04-01", "2025-06-30")),
    ],
)
def test_the_quarter_is_the_one_that_the_text_is_on(rows, words, window):
    first, second = rows(f"2025年第三季度,安徽省市场监管局抽查产品8650批次。\n\n{words}")
    assert (first["days"], second["days"]) == (QUARTER, window)


@pytest.mark.parametrize(
    ("words", "window"),
    [("this quarter", QUARTER), ("in the quarter", QUARTER), ("last quarter", ("2025-04-01", "2025-06-30"))],
)
def test_the_quarter_of_an_english_text(rows, words, window):
    first, second = rows(
        f"In the third quarter of 2025 TikTok removed 900 listings. It closed 70 shops {words}."
    )
    assert (first["days"], second["days"]) == (QUARTER, window)


@pytest.mark.parametrize(
    ("words", "last"),
    [("“十四五”前四年", 2024), ("“十四五”的前三年", 2023), ("十四五前两年", 2022)],
)
def test_the_first_years_of_a_plan(rows, words, last):
    (one,) = rows(f"{words},全国法院累计审结知识产权案件9.6万余件。")
    assert one["days"] == ("2021-01-01", f"{last}-12-31")


def test_the_first_years_of_a_plan_in_english(rows):
    (one,) = rows("In the first four years of the 14th Five-Year Plan Chinese courts concluded 96,000 cases.")
    assert one["days"] == ("2021-01-01", "2024-12-31")


@pytest.mark.parametrize(
    "opening",
    [
        "今年6月以来,湖南省公安机关开展打击侵权假冒犯罪“夏季行动”。",
        "今年6月以来,湖南省公安机关部署打假专项行动。",
    ],
)
def test_what_an_operation_counts_by_a_day_is_of_the_operation(rows, opening):
    (one,) = rows(f"{opening}截至8月20日,共立案316起。", "2025-08-21")
    assert one["days"] == ("2025-06-01", "2025-08-20")
    assert one["breadth"] == "one_operation"


def test_what_no_operation_counts_by_a_day_is_a_total(rows):
    (one,) = rows("今年6月以来,湖南省公安机关严打侵权假冒犯罪。截至8月20日,共立案316起。", "2025-08-21")
    assert one["breadth"] == "total"


@pytest.mark.parametrize("words", ["38 more than twelve months before", "38 more than a year earlier"])
def test_the_change_of_what_stands_on_a_day_stands_on_it(rows, words):
    stock, change = rows(
        f"On 31 December 2024, 1,046 applications for action were in force at Swedish Customs, {words}."
    )
    assert stock["days"] == change["days"] == ("", "2024-12-31")
    assert (change["value"], change["unit"]) == (38, "request")


def test_what_stands_is_held_against_the_end_of_another_year(rows):
    stock, change = rows(
        "At the end of June 2025 about 31,000 brands were enrolled at TikTok, 6,000 more than at the end of 2024."
    )
    assert stock["days"] == change["days"] == ("", "2025-06-30")
