"""The period that a text is on: its own year, the year before it, tables by years, and what stands on a day."""

import pytest

DAY = "2023-07-18"


@pytest.mark.parametrize("words", ["during the year", "in the year", "over the year", "throughout the year"])
def test_the_year_of_a_report_on_last_year_is_that_year(rows, words):
    (_, row) = rows(f"In 2022 Etsy removed 61,000 listings. It closed 2,140 shops {words}.")
    assert row["days"] == ("2022-01-01", "2022-12-31")


def test_the_year_of_a_running_year_is_the_running_one(rows):
    (row,) = rows("Hong Kong Customs seized 61,000 items during the year.")
    assert row["days"] == ("2023-01-01", DAY)


def test_the_end_of_the_year_and_a_half_of_it_are_of_the_text_s_year(rows):
    _, members, half = rows(
        "In 2021 Swiss customs held back 7,806 consignments. At the end of the year, 264 applications for action were "
        "in force. In the first half of the year customs held back 3,105 consignments.",
        "2022-03-24",
    )
    assert members["days"] == ("", "2021-12-31")
    assert half["days"] == ("2021-01-01", "2021-06-30")


def test_the_previous_year_of_a_year_to_june_is_the_twelve_months_before_and_is_not_carried_on(rows):
    first, before, after, slashed = rows(
        "In the year to 30 June 2022, New Zealand Customs stopped 318 consignments. In the previous year it stopped "
        "274 consignments. Officers destroyed 1,250 items. In 2021/22 they seized 41,000 items.",
        "2022-08-29",
    )
    assert first["days"] == after["days"] == slashed["days"] == ("2021-07-01", "2022-06-30")
    assert before["days"] == ("2020-07-01", "2021-06-30")


def test_the_years_that_a_text_names_are_the_years_that_it_counts_back(rows):
    found = rows(
        "杭州市中级人民法院通报2019年至2021年知识产权审判情况。2019年全市法院新收案件2143件,2020年新收1920件,"
        "2021年新收1807件。三年间共审结案件5620件。三年来判处罪犯312人。",
        "2022-09-23",
    )
    assert found[0]["days"][0] == "2019-01-01"
    assert [row["days"] for row in found[3:]] == [("2019-01-01", "2021-12-31")] * 2


def test_a_list_of_years_leaves_the_period_as_it_was(rows):
    found = rows(
        "2019年至2021年,全市法院审结案件5620件。其中2019年1800件,2020年1900件,2021年1920件。判处罪犯312人。",
        "2022-04-23",
    )
    assert found[-1]["days"] == ("2019-01-01", "2021-12-31")


@pytest.mark.parametrize(
    "base",
    [
        "more than the 6,398 recorded in 2020",
        "up from 6,398 in 2020",
        "compared with 6,398 in 2020 and 5,970 in 2019",
    ],
)
def test_the_base_of_a_comparison_is_not_carried_on(rows, base):
    found = rows(
        f"In 2021 CBP made 7,806 seizures, 22 percent {base}. Officers arrested 116 people.", "2022-02-11"
    )
    assert found[-1]["days"] == ("2021-01-01", "2021-12-31")
    assert next(row for row in found if row["value"] == 6398)["hedge"] == "exact"
    assert next(row for row in found if row["value"] == 6398)["days"] == ("2020-01-01", "2020-12-31")


def test_last_year_told_before_so_far_does_not_begin_it(rows):
    *_, row = rows("去年,全市公安机关破获假冒案件868起。截至目前,平台移送线索530条。", "2025-04-25")
    assert row["days"] == ("", "2025-04-25")


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("At the end of 2022, 1,310 applications for action were in force at Irish customs.", "2022-12-31"),
        ("Jiangsu set up its first tribunals in 2017, and the Jiangsu courts now have 286 judges.", DAY),
        ("2019年设立知识产权法庭,江苏法院现有知识产权法官112人。", DAY),
        ("截至去年底,企业在海关总署备案且有效的知识产权超过5400项。", "2022-12-31"),
    ],
)  # fmt: skip
def test_what_stands_on_a_day_has_no_beginning(rows, text, end):
    row = rows(text)[-1]
    assert row["days"] == ("", end)
    assert row["breadth"] != "one_case"


TABLE = """Irish customs: fakes seized

Year | Seizures | Articles | Value of genuine goods (€m)
2020 | 2,046 | 311,902 | 5.3
2021 | 2,918 | 96,350 | 6.8
2022 (to 30 April) | 1,604 | 43,210 | 3.2
"""


def test_rows_of_years_have_the_meaning_of_their_columns(rows):
    found = rows(TABLE, "2022-05-21")
    assert [row["indicator"] for row in found] == ["seizures", "items_seized", "value_msrp"] * 3
    assert [(row["value"], row["unit"]) for row in found[2::3]] == [
        (5.3e6, "EUR"),
        (6.8e6, "EUR"),
        (3.2e6, "EUR"),
    ]
    assert {row["days"] for row in found[6:]} == {("2022-01-01", "2022-04-30")}
    assert all(TABLE[row["span_start"] : row["span_end"]] == row["as_printed"] for row in found)


def test_rows_of_years_in_chinese(rows):
    found = rows(
        "全国海关查扣情况\n\n年份\t查扣批次\t查扣货物(万件)\n2020年\t6.1万批\t5618\n2021年\t7.9万批\t7180\n"
    )
    assert [row["unit"] for row in found] == ["seizure", "item"] * 2
    assert [row["value"] for row in found] == [61000, 56_180_000, 79000, 71_800_000]
    assert {row["days"] for row in found[2:]} == {("2021-01-01", "2021-12-31")}


def test_columns_of_years_below_a_blank_head(rows):
    found = rows(
        "Etsy transparency report\n\n| | 2022 | 2021 |\n| Listings removed after a notice | 1,046 | 981 |\n"
        "| Notices received | 94,630 | 88,112 |\n"
    )
    assert [row["indicator"] for row in found] == ["listings_removed"] * 2 + ["takedown_requests"] * 2
    assert [row["days"][0] for row in found] == ["2022-01-01", "2021-01-01"] * 2


@pytest.mark.parametrize("words", ["of the 2022 files", "from the 2022 seizures", "of the 2022 cases"])
def test_a_year_before_its_noun_is_a_window(rows, words):
    *_, row = rows(
        f"The RCMP opened 175 cases in 2022, compared with 242 in 2021. Toys made up 29 per cent {words}."
    )
    assert (row["value"], row["days"]) == (29, ("2022-01-01", "2022-12-31"))


def test_a_stated_period_comes_back_behind_a_paragraph_on_another_year(rows):
    first, other, back = rows(
        "This report covers the period from April 2021 to March 2022. Border Force detained 2,400 items.\n\n"
        "In the 2021 calendar year 461 people were found guilty.\n\nPolice arrested 73 people.",
        "2022-12-04",
    )
    assert first["days"] == back["days"] == ("2021-04-01", "2022-03-31")
    assert other["days"] == ("2021-01-01", "2021-12-31")
