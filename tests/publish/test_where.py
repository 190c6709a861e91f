"""The chapter on where cases are: what is drawn is what was counted, and uncertainty is in the drawing."""

import re
from pathlib import Path

import nbformat
import pytest

from analysis.publish.pages import where
from analysis.publish.pages.cases.map import shapes
from analysis.publish.pages.where.map import PEOPLE, UNSURE, rates
from analysis.scrutiny.places import by_area, quotients, regional_shares

CHAPTER = Path(__file__).parents[2] / "book" / "where.ipynb"
CHARTS = [where.map_chart, where.quotients_chart, where.rates_chart, where.goods_chart]


def test_a_province_is_hatched_where_its_interval_holds_the_countrys_rate(data):
    axes = where.map_chart(data).figure.axes[0]
    area, found = by_area(data), rates(data)
    mean = PEOPLE * 1e6 * area["cases"].sum() / area["people"].sum()
    drawn = {patch.get_gid()[3:]: patch.get_hatch() for patch in axes.patches if patch.get_gid()}
    assert len(drawn) == len(shapes())
    for code, row in found.iterrows():
        assert (drawn[code] == UNSURE) == (row["lower"] < mean < row["upper"]), code
    assert drawn["TW"] is None


def test_the_caveat_stands_in_the_drawing(data):
    words = " ".join(text.get_text() for text in where.map_chart(data).figure.axes[0].texts)
    assert "read in English" in words


def test_every_province_with_a_case_has_its_quotient(data):
    labels = where.quotients_chart(data).figure.axes[0].get_yticklabels()
    assert len(labels) == int((quotients(data)["estimate"] > 0).sum())


def test_the_table_of_parcels_has_three_regions_and_the_cities(data):
    text = repr(where.parcels_table(data))
    assert all(word in text for word in ("east", "middle", "west", "fifteen cities", "76.8", "54.6"))


def test_goods_stand_beside_the_print(data):
    notes = [text.get_text() for text in where.goods_chart(data).figure.axes[0].texts]
    assert "more than 60" in notes
    assert [f"{row.inside} of {row.cases}" in notes for row in regional_shares(data).itertuples()] == [
        True
    ] * 3


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_a_title_has_a_number_and_a_note_is_short(data, chart):
    drawn = chart(data)
    assert re.search(r"\d", drawn.title)
    assert len(drawn.note.split()) <= 25


def test_the_chapter_uses_words_that_exist_and_no_others(data):
    text = "\n".join(cell.source for cell in nbformat.read(CHAPTER, 4).cells if cell.cell_type == "markdown")
    assert set(re.findall(r"\{glue:text\}`(\w+)`", text)) == set(where.words(data))
    assert text.index("In brief") < text.index("## ")
