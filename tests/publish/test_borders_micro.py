"""The official table taken apart, as drawn."""

import re

import pytest

from analysis.publish.pages import borders
from analysis.publish.pages.borders.micro import KEPT, economy, micro_words, odds
from analysis.scrutiny.border_table import ORIGINS, first_origins, origins_by_year, stability

CHARTS = [borders.origins_chart, borders.shares_model_chart, borders.worth_chart, borders.propensity_chart]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_a_title_has_a_number_and_a_note_is_short(data, chart):
    drawn = chart(data)
    assert re.search(r"\d|hundredth", drawn.title)
    assert len(drawn.note.split()) <= 25
    assert data.version in drawn.source


def test_bars_hold_the_shares_of_lines(data):
    axes = borders.origins_chart(data).figure.axes[0]
    found = origins_by_year(data, first_origins(data, KEPT))
    first = axes.containers[0]
    assert [bar.get_height() for bar in first] == pytest.approx(found["CN"].tolist())
    assert len(axes.containers) == len(found.columns)


def test_every_term_of_both_models_is_drawn_at_its_odds(data):
    axes = borders.shares_model_chart(data).figure.axes[0]
    drawn = sorted(float(line.get_xdata()[0]) for line in axes.lines if line.get_marker() == "o")
    assert drawn == pytest.approx(sorted(one for origin in ORIGINS for one in odds(data, origin)["estimate"]))


def test_every_economy_on_the_chart_has_a_name(data):
    labels = [text.get_text() for text in borders.propensity_chart(data).figure.axes[0].get_yticklabels()]
    assert labels == [economy(code) for code in stability(data)["economy"]]
    assert not [label for label in labels if re.fullmatch("[A-Z]{2}", label)]


def test_the_words_say_what_the_table_holds(data):
    said = micro_words(data)
    both = origins_by_year(data, ORIGINS)[list(ORIGINS)].sum(axis=1)
    assert said["micro_lines_last"] == f"{both.iloc[-1]:.0f} percent"
    assert said["micro_steady"].startswith("Hong Kong")
