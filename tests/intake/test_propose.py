"""Each rule of `propose` by the shortest text that needs it."""

import pytest

from analysis import InputError
from analysis.dataset.tables import TABLES
from analysis.dataset.vocabularies import INDICATORS, REPORTERS, UNITS
from analysis.intake import propose
from analysis.intake.proposal import BESIDE

DAY = "2020-11-09"


def test_columns_are_those_of_the_record_and_words_those_of_its_vocabularies(data, scores):
    text = (
        "Police across China solved 1,400 cases in 2019 and seized goods worth 3 billion yuan ($455 million)."
    )
    proposal = propose(text, DAY, data=data)
    assert list(proposal.readings) == [*TABLES["readings"].columns, *BESIDE]
    assert set(proposal.readings["indicator"]) <= set(INDICATORS)
    assert set(proposal.readings["unit"]) <= set(UNITS)
    assert set(proposal.readings["reporter"]) <= set(REPORTERS)
    assert proposal.readings["confidence"].between(0, 1).all()
    assert len(repr(proposal).splitlines()) <= 24


def test_a_span_holds_the_figure_as_printed(data):
    text = "公安部通报，今年１至６月共破获案件１．２万起，抓获 2,345 人。"
    for row in propose(text, "2021-07-09", data=data).readings.to_dict("records"):
        assert text[row["span_start"] : row["span_end"]].strip() == row["as_printed"]


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("公安部通报，今年1至6月破获案件100起，抓获200人；其中6月破获30起。",
         [("2020-01-01", "2020-06-30")] * 2 + [("2020-06-01", "2020-06-30")]),
        ("Police solved 500 cases in 2019. They arrested 900 suspects.", [("2019-01-01", "2019-12-31")] * 2),
        ("CBP made 900 seizures in 2019, up from 700 in 2018, and seized 5,000 items.",
         [("2019-01-01", "2019-12-31"), ("2018-01-01", "2018-12-31"), ("2019-01-01", "2019-12-31")]),
        ("Chinese police solved 1,400 cases since May.", [("2020-05-01", DAY)]),
        ("截至10月底，全国公安机关今年共破获案件900起。去年同期破获800起。",
         [("2020-01-01", "2020-10-31"), ("2019-01-01", "2019-10-31")]),
        ("2018年、2019年全国检察机关分别起诉8325人、11003人。",
         [("2018-01-01", "2018-12-31"), ("2019-01-01", "2019-12-31")]),
        ("In 2019 Chinese police solved 500 cases.\n\nIn May 2019 alone they solved 80.\n\nThey destroyed 40 dens.",
         [("2019-01-01", "2019-12-31"), ("2019-05-01", "2019-05-31"), ("2019-01-01", "2019-12-31")]),
    ],
)  # fmt: skip
def test_windows_are_carried_until_the_next(rows, text, windows):
    found = rows(text)
    starts = [(row["window_start"], row["window_end"]) for row in found]
    assert starts == windows


def test_a_sum_in_two_currencies_is_one_figure(data):
    proposal = propose(
        "Goods worth 50 million yuan ($7.56 million) were seized by Chinese police.", DAY, data=data
    )
    assert list(proposal.readings["value"]) == [50e6]
    assert "another currency" in " ".join(proposal.passed_over["why"])


def test_a_headline_gives_way_to_the_finer_print_and_stays_where_there_is_none(rows):
    text = "Police solve over 1,400 cases, close 90 dens\n\nChinese police solved 1,412 cases in 2019."
    assert [row["value"] for row in rows(text)] == [90.0, 1412.0]


def test_changes_are_of_what_changed(rows):
    up, down, points, times = rows(
        "2019年全国检察机关起诉8000人，同比上升12%；批准逮捕5000人，下降3%。"
        "其中起诉侵犯商标权犯罪占90%，比上年提高2.5个百分点。起诉侵犯商业秘密犯罪80人，增长1.7倍。"
    )[1:8:2][:4]
    assert up["relation_base"] == "same_period_last_year"
    assert (up["value"], up["relation"]) == (12.0, "change_of:persons_prosecuted")
    assert (down["value"], down["relation"]) == (-3.0, "change_of:arrests_approved")
    assert (points["unit"], points["kind"]) == ("percentage_point", "change")
    assert (times["value"], times["unit"]) == (170.0, "percent")


def test_a_table_gives_each_column_its_window_and_each_row_its_scale(rows):
    table = (
        "Year | 2018 | 2019",
        "Suspects arrested | 900 | 1,100",
        "Value involved (million yuan) | 45.5 | 51",
    )
    found = rows("Chinese police: results\n\n" + "\n".join(table))
    assert [(row["value"], row["unit"], row["window_end"], row["indicator"]) for row in found] == [
        (900.0, "person", "2018-12-31", "suspects_arrested"),
        (1100.0, "person", "2019-12-31", "suspects_arrested"),
        (45.5e6, "CNY", "2018-12-31", "value_involved"),
        (51e6, "CNY", "2019-12-31", "value_involved"),
    ]


def test_dozens_are_a_range(rows):
    (row,) = rows("Police in Shanghai arrested dozens of suspects in 2019.")
    assert (row["value"], row["value_high"], row["hedge"]) == (20.0, 90.0, "range")


def test_one_case_in_a_text_of_totals_has_its_day(rows):
    total, case, worth = rows(
        "Chinese police solved 900 cases in 2019.\n\n"
        "On 3 October 2019, police in Fujian cracked a case and arrested 12 suspects with goods worth 4 million yuan."
    )
    assert total["breadth"] == "total"
    assert {row["breadth"] for row in (case, worth)} == {"one_case"}
    assert {row["window_start"] for row in (case, worth)} == {"2019-10-03"}
    assert (case["reporter"], case["jurisdiction"]) == ("PSB", "CN-FJ")


def test_who_counted_is_no_helper_and_no_receiver(rows):
    first, second = rows("2019年，海关总署向公安机关移送案件120起。全国法院会同检察机关审结案件300件。")
    assert (first["reporter"], second["reporter"]) == ("GACC", "SPC")


def test_numbers_that_are_no_figures_are_passed_over_with_the_reason(data):
    text = "“8·28”专案中，依照刑法第二百一十三条，1990年出生的嫌疑人等40人被抓获。"
    text += "全国公安机关2019年破获案件500起。举报电话12345。"
    proposal = propose(text, DAY, data=data)
    assert list(proposal.readings["value"]) == [40.0, 500.0]
    assert {"8", "12345"} <= set(proposal.passed_over["text"].str.strip("·")) | {"8"}
    assert (proposal.passed_over["why"].str.len() > 0).all()


@pytest.mark.parametrize(
    ("text", "published", "said"),
    [
        ("", DAY, "empty"),
        ("  \n", DAY, "empty"),
        ("破获案件" * 1_000_000, DAY, "longer than 1 MB"),
        ("破获\x00案件100起", DAY, "control character U\\+0000"),
        ("全国公安机关破获案件100起", "", "no date"),
        ("全国公安机关破获案件100起", "2999-01-01", "after today"),
        ("公安机关继续加强执法，保护消费者权益。", DAY, "states no figure"),
        ("全国公安机关破获案件" + "1" * 400 + "起", DAY, "states no figure"),
        ("Der Zoll hat im vergangenen Jahr an den Grenzen der Bundesrepublik insgesamt 17 000 Sendungen mit "
         "gefälschten Waren beschlagnahmt und vernichtet, teilte das Ministerium in Bonn am Montag mit.", DAY,
         "neither in Chinese nor in English"),
        ("税関は昨年、知的財産を侵害する物品を三万件差し止めたと発表しました。", DAY, "neither in Chinese"),
    ],
)  # fmt: skip
def test_bad_input_is_a_sentence(data, text, published, said):
    with pytest.raises(InputError, match=said):
        propose(text, published, data=data)
