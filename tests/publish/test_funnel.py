"""The chapter on the funnel: its bars are the prints, its words are those of the chapter."""

import re
from pathlib import Path

import nbformat
import pytest

from analysis.publish.pages import funnel
from analysis.publish.pages.funnel import justice, platforms, provinces
from analysis.series import printed_years

CHAPTER = Path(__file__).parents[2] / "book" / "funnel.ipynb"
CHARTS = (funnel.programmes_chart, funnel.steps_chart, funnel.shares_chart, funnel.provinces_chart)


@pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)
def test_a_chart_has_its_words(data, draw):
    chart = draw(data)
    assert chart.alt.endswith(".")
    assert re.search(r"\d", chart.title)
    assert len(chart.note.split()) <= 25
    assert data.fingerprint[:8] in chart.source


def test_the_bars_are_the_prints_of_their_years(data):
    found = justice.yearly(data)
    for series_id in (*justice.ARREST, *justice.CHARGE):
        prints = printed_years(data, series_id).table.set_index("year")["value"]
        rows = found[(found["stage"] == series_id) & found["printed"]].set_index("year")
        assert len(rows) >= 2
        assert rows["value"].to_dict() == {year: prints[year] for year in rows.index}
        assert (rows["low"] == rows["high"]).all()
    assert (found["low"] <= found["high"]).all()


def test_never_more_is_passed_on_than_was_received(data):
    wide = justice.yearly(data).pivot(index="year", columns="stage", values="high")
    for first, second in (justice.ARREST, justice.CHARGE):
        assert (wide[second] < wide[first]).all()


def test_leads_and_cases_are_never_of_one_colour(data):
    found = platforms.ratios(data)
    assert set(found["base"]) == set(platforms.COLOURS)
    assert platforms.COLOURS["lead"] != platforms.COLOURS["case"]
    assert (found["low"] <= found["value"]).all()
    assert (found["value"] <= found["high"]).all()


def test_every_chain_with_suspects_is_a_row(data):
    frame = funnel.provinces_chart(data).frame
    assert frame is not None
    rows = provinces.chains(data)
    assert set(frame["place"]) == set(rows.loc[rows["suspects"] != "", "place"])
    assert "China" in set(frame["place"])


def test_the_table_says_where_stages_are_no_stream(data):
    text = repr(funnel.must_hold_table(data))
    assert "never passed the first stage" in text
    assert "nothing special" in text


def test_the_chapter_uses_words_that_exist_and_no_others(data):
    text = "\n".join(cell.source for cell in nbformat.read(CHAPTER, 4).cells if cell.cell_type == "markdown")
    assert set(re.findall(r"\{glue:text\}`(\w+)`", text)) == set(funnel.words(data))
    assert text.index("In brief") < text.index("## ")
