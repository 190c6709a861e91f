"""Kinds of misreading that texts showed which the rules had not seen, each by its shortest text."""

import pytest

from analysis.intake import propose
from analysis.intake.sentences import sentences_of

DAY = "2024-09-06"


def test_a_year_earlier_is_the_period_told_before(rows):
    now, _, _, before, after = rows(
        "Japan Customs suspended 18,000 shipments in the January-June period of 2024, worth 9 billion yen, "
        "twice the 4 billion yen a year before. It destroyed 7,000 items."
    )
    assert now["days"] == ("2024-01-01", "2024-06-30")
    assert before["days"] == ("2023-01-01", "2023-06-30")
    assert after["days"] == now["days"]


def test_a_stock_a_year_earlier_stands_on_the_day_a_year_before(rows):
    now, before = rows(
        "By the end of December 2021, 710,000 brands had joined Alibaba's system, up from 560,000 a year earlier.",
        "2022-03-17",
    )
    assert (now["days"], before["days"]) == (("", "2021-12-31"), ("", "2020-12-31"))
    assert before["relation"] == ""


def test_what_a_level_came_from_is_a_year_back(rows):
    now, before = rows("In 2023 Japan Customs suspended 14,760 shipments, down slightly from 14,890.")
    assert (now["days"][0], before["days"][0]) == ("2023-01-01", "2022-01-01")


def test_a_change_between_two_years_is_of_the_later(rows):
    (west,) = rows("Seizures by CBP increased 76% between 2014 and 2015.", "2016-03-01", "en")
    (east,) = rows("从2014年到2015年，全国公安机关立案数增长76%。", "2016-03-01")
    (behind,) = rows("全省法院新收知识产权案件比2017年增加97709件。", "2019-01-20")
    assert west["days"] == east["days"] == ("2015-01-01", "2015-12-31")
    assert behind["days"] == ("2018-01-01", "2018-12-31")


def test_an_end_told_alone_is_the_year_to_date_of_what_happened_and_no_window_of_what_stands(rows):
    (solved,) = rows("截至6月30日，全国公安机关破获制假售假案件1222宗。")
    (brands,) = rows("截至6月30日，抖音平台已有品牌入驻1222家。")
    assert solved["days"] == ("2024-01-01", "2024-06-30")
    assert brands["days"] == ("", "2024-06-30")


def test_a_clause_that_opens_with_now_does_not_date_the_figure_before_it(rows):
    (row,) = rows("6月中旬，深圳海关查获未申报的假冒品牌耳机3800副，目前案件已移交处理。")
    assert row["days"] == ("2024-06-11", "2024-06-20")
    assert row["indicator"] == "items_seized"


def test_a_figure_of_every_year_has_no_window(rows):
    _, row = rows(
        "In 2023 customs in the EU detained 500 items. Fakes cost the sector EUR 1 billion every year."
    )
    assert row["days"] == ("", "")


def test_a_body_tells_the_window_that_its_headline_rounds(rows):
    found = rows(
        "Chinese police crack cases since 2021\n\nPolice solved 40,300 cases from January 2021 to March 2024.\n\n"
        "They destroyed 900 dens."
    )
    assert {row["days"] for row in found} == {("2021-01-01", "2024-03-31")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2023年全国检察机关提起公诉8500余件1.8万余人。", ["cases_prosecuted", "persons_prosecuted"]),
        ("2023年全省法院在163件案件中判处惩罚性赔偿。", ["punitive_damages_cases"]),
        ("2023年市场监管部门罚没金额1.9亿元，公安部兑现举报奖励金额430万元。", ["fines", "spending"]),
        ("2023年群众向公安机关举报此类犯罪线索1.2万条。", ["complaints"]),
        ("In 2023 the number of shipments that Japan Customs stopped came to 18,153.", ["seizures"]),
        ("In 2023 takedown requests at Alibaba dropped 21 percent.", ["takedown_requests"]),
        ("In 2023 Europol had 54 suspects reported to the judicial authorities.", ["cases_transferred"]),
        ("In 2023 tip-offs to Chinese police rose 60 percent to 9,850.", ["complaints", "complaints"]),
        ("In 2023 police in Hunan broke up a ring with a network in more than 20 provinces.", ["regions_counted"]),
        ("In 2023 police in Guangdong eliminated 15 counterfeit manufacturing and selling dens.", ["dens_destroyed"]),
    ],
)  # fmt: skip
def test_what_a_figure_counts_is_told_by_its_own_noun(rows, text, told):
    assert [row["indicator"] for row in rows(text)] == told


def test_two_changes_go_to_the_two_counts_that_are_named(rows):
    found = rows(
        "今年上半年，全国海关扣留侵权货物1.17万批、640.3万件，案值5210万元，批次和数量分别同比增长12.3%、减少4.9%。"
    )
    assert [(row["value"], row["relation"]) for row in found[3:]] == [
        (12.3, "change_of:seizures"), (-4.9, "change_of:items_seized"),
    ]  # fmt: skip


def test_a_print_ends_before_a_word_that_is_no_noun(rows):
    found = rows("In 2023 CBP seized 1,320 and destroyed 610 items.")
    assert [row["as_printed"] for row in found] == ["1,320", "610 items"]


def test_the_number_of_a_record_is_a_label(data):
    proposal = propose(
        "Chinese police solved 500 cases in 2019.\n\nRegistration Number: 130349", DAY, data=data
    )
    assert list(proposal.readings["value"]) == [500.0]
    assert "the number of a record or a document" in set(proposal.passed_over["why"])


def test_police_of_a_province_named_with_its_part_of_the_country_are_its_own(rows):
    (row,) = rows("In 2023 police in east China's Shandong Province arrested 41 suspects.")
    assert (row["reporter"], row["jurisdiction"]) == ("PSB", "CN-SD")


def test_a_text_without_a_stop_is_read_in_pieces(rows):
    text = "CBP seized 100 items, " * 300
    pieces = list(sentences_of(text))
    assert max(len(one.text) for one in pieces) <= 1500
    assert "".join(text[one.start : one.end] + " " for one in pieces).split() == text.split()
