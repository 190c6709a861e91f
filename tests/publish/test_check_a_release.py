"""The chapter "Check a release": its words are arithmetic on the invented text and the record."""

import pytest

from analysis.intake.score import load_figures
from analysis.publish.pages import check_a_release as page
from analysis.readings import find_windows

PRINTED = ("19,000", "31,000", "8,000", "1,500", "2,000", "300 million")  # what stands in the invented text


@pytest.fixture(scope="module")
def words(data):
    return page.words(data)


def test_every_figure_of_the_text_is_found_and_no_other(data, words):
    found = page.report(data).figures
    assert [next(one for one in PRINTED if one in printed) for printed in found["as_printed"]] == list(
        PRINTED
    )
    assert words["n_figures"] == "six figures"


def test_the_text_is_not_in_the_record(data):
    assert set(page.report(data).figures["held"]) == {""}


def test_the_first_figure_covers_the_year_to_the_texts_date(words):
    assert words["first_days"] == 365 - 7
    assert words["first_interval"] == "19,000 to 20,000"
    assert words["first_pace"] == f"{19000 / 358:.0f} to {20000 / 358:.0f}"


def test_the_last_week_holds_what_the_year_leaves(data, words):
    year = data.readings.set_index("reading_id").loc["police-0059"]
    assert (year["value"], year["window_start"].year) == (27000, 2022)
    low, high = 26500 - 20000, 27500 - 19000  # 27,000 is rounded to the thousand
    assert words["week_cases"] == f"{low:,} to {high:,}"
    assert words["week_days"] == "seven days"
    assert words["week_pace"] == f"{low / 7:,.0f} to 1,210"  # 8,500 over 7, to three digits


def test_value_over_pieces(words):
    assert words["each"] == f"{300e6 / 3000:,.0f} to {400e6 / 2000:,.0f}"


def test_tables_lead_to_sources_and_series(data):
    assert "../sources/" in page.implied_table(data)._repr_html_()
    assert "../series/mps-cases-solved.html" in page.before_table(data)._repr_html_()
    assert "mps-cases-filed" in page.cautions_table(data)._repr_html_()
    assert page.quotes_table(data)._repr_html_().count("By the count of") == 6
    assert page.INVENTED.split()[0] in page.release()._repr_html_()
    assert repr(page.figures_table(data)).count("\n") >= 6


def test_the_text_names_its_windows():
    kinds = [one.words for one in find_windows(page.INVENTED, page.PUBLISHED, language="en")]
    assert any("beginning" in one for one in kinds)
    assert any("May" in one for one in kinds)


def test_what_was_read_at_first_sight_are_texts_of_the_bed_with_their_figures():
    """The score stands for its texts: nobody can make it anew, since the rules know them by now."""
    listed = {name: len(figures) for name, figures in load_figures(page.TEXTS).items()}
    told = page.first_sight().set_index("text")
    assert told["listed"].to_dict() == {name: listed[name] for name in told.index}
    fields = told[["value_high", "hedge", "unit", "window", "indicator", "reporter", "breadth"]]
    assert (fields.le(told["found"], axis=0)).all(axis=None)
    assert (told["found"] <= told[["listed", "proposed"]].min(axis=1)).all()
