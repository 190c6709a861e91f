"""The chapter on what happens to offenders: what is drawn and said is what the readings hold."""

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from analysis.publish.pages import offenders
from analysis.publish.pages.offenders.outcomes import outcomes
from analysis.series.lookup import by_id

CHAPTER = Path(__file__).parents[2] / "book" / "offenders.ipynb"
CHARTS = (
    offenders.outcomes_chart,
    offenders.fines_chart,
    offenders.gain_chart,
    offenders.thresholds_chart,
    offenders.arrests_chart,
)


@pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)
def test_a_chart_has_its_words(data, draw):
    chart = draw(data)
    assert chart.alt.endswith(".")
    assert re.search(r"\d", chart.title)
    assert len(chart.note.split()) <= 25
    assert data.version in chart.source


def test_persons_not_charged_are_a_share_of_those_decided_on(data):
    rows = by_id(data, ["jus-0717", "jus-0714"])
    dropped, charged = rows["jus-0717"]["value"], rows["jus-0714"]["value"]
    found = outcomes(data).set_index("label")["value"]
    assert found["Not charged, 2024"] == pytest.approx(100 * dropped / (dropped + charged))
    assert found["Prison not suspended, Zhejiang 2024"] == pytest.approx(100 * 330 / 1934)


def test_every_outcome_is_a_percentage_with_its_interval(data):
    found = outcomes(data)
    assert ((found["low"] <= found["value"]) & (found["value"] <= found["high"])).all()
    assert ((found["low"] >= 0) & (found["high"] <= 100)).all()
    assert set(found["group"]) == {"ipr", "all"}


def test_the_table_of_links_names_the_one_that_nobody_printed(data):
    text = repr(offenders.links_table(data))
    assert "caught, of all turnover" in text
    assert "nowhere" in text


def test_a_case_of_punitive_damages_is_the_sum_over_the_cases(data):
    text = repr(offenders.punitive_table(data))
    assert "319" in text
    assert "3.6" in text  # 1.16 billion over 319, in millions


def test_lines_of_arrests_never_cross_a_year_that_nobody_printed(data):
    axes = offenders.arrests_chart(data).figure.axes[0]
    for line in axes.lines:
        years = [float(year) for year in line.get_xdata()]
        assert all(later - earlier == 1 for earlier, later in pairwise(years))


def test_the_chapter_uses_words_that_exist_and_no_others(data):
    text = "\n".join(cell.source for cell in nbformat.read(CHAPTER, 4).cells if cell.cell_type == "markdown")
    assert set(re.findall(r"\{glue:text\}`(\w+)`", text)) == set(offenders.words(data))
    assert text.index("In brief") < text.index("## ")
