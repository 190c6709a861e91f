"""What cases are worth, as drawn and tabled, and the table of all cases."""

import re

import pytest

from analysis.publish.pages import cases
from analysis.publish.pages.cases.browser import NO_VALUE, size_of
from analysis.publish.pages.cases.worth import term_words
from analysis.publish.remarks import remarks
from analysis.scrutiny.case_values import factors, implausible, valued
from analysis.series.single_cases import case_rows


def test_every_factor_has_a_row_and_a_name(data):
    labels = [text.get_text() for text in cases.factors_chart(data).figure.axes[0].get_yticklabels()]
    assert labels == [term_words(term) for term in factors(data)["term"]]
    assert not [label for label in labels if "_" in label]


def test_every_value_involved_stands_in_the_tail(data):
    left, right = cases.tail_chart(data).figure.axes
    frame = valued(data)
    shown = frame[(frame["value_kind"].astype(str) == "value_involved") & (frame["value_cny_low"] > 0)]
    assert sorted(left.lines[0].get_xdata()) == sorted(shown["value_cny"].astype(float))
    assert right.lines[0].get_ydata()[-1] == pytest.approx(100)


@pytest.mark.parametrize("chart", [cases.factors_chart, cases.tail_chart], ids=lambda chart: chart.__name__)
def test_a_title_has_a_number_and_a_note_is_short(data, chart):
    drawn = chart(data)
    assert re.search(r"\d", drawn.title)
    assert len(drawn.note.split()) <= 25


def test_every_row_far_out_has_our_reading_and_every_reading_a_row(data):
    found = implausible(data)
    said = {row["case_id"] for row in remarks("cases-far", ("case_id", "remark"), key="case_id")}
    assert said == set(found.loc[found["by"] != "rule", "case_id"])
    assert "Not looked into" not in repr(cases.far_table(data))


def test_the_sums_stand_beside_the_national_value_year_by_year(data):
    text = repr(cases.sums_table(data))
    assert "2020" in text
    assert "17,000 to 19,000" in text  # 18 billion yuan, in millions, with its rounding


def test_rare_cases_have_an_interval(data):
    text = repr(cases.levels_table(data))
    assert "once a year" in text
    assert "once in 10 years" in text


def test_the_table_of_cases_holds_every_case_once_and_can_be_filtered(data):
    frame = case_rows(data)
    markup = cases.case_browser(data)._repr_html_()
    assert len(re.findall(r'<tr id="case-', markup)) == len(frame)
    for name in ("channel", "product", "province", "year", "size"):
        assert f'<select name="{name}">' in markup
    fuqing = re.search(r'<tr id="case-fj-2024-fuqing-livestream-luxury".*?</tr>', markup, re.S)[0]
    assert 'data-channel="livestream"' in fuqing
    assert "more than 70 million (value involved)" in fuqing


def test_a_size_holds_its_own_end():
    assert size_of(1e8) == "a hundred million or more"
    assert size_of(99_999_999) == "ten million or more"
    assert size_of(None) == NO_VALUE
