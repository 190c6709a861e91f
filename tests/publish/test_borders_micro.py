"""The official table taken apart, as drawn."""

import re

import pytest

from analysis.publish.pages import borders
from analysis.publish.pages.borders.micro import KEPT, economy, micro_words, odds, term_words
from analysis.publish.show import folded
from analysis.scrutiny.border_table import ORIGINS, first_origins, origins_by_year, stability

CHARTS = [borders.origins_chart, borders.shares_model_chart, borders.worth_chart, borders.propensity_chart]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_a_title_has_a_number_and_a_note_is_short(data, chart):
    drawn = chart(data)
    assert re.search(r"\d|hundredth", drawn.title)
    assert 0 < len(folded(drawn.note)[0].split()) <= 25
    assert data.version in drawn.source


def test_bars_hold_the_shares_of_lines(data):
    axes = borders.origins_chart(data).figure.axes[0]
    found = origins_by_year(data, first_origins(data, KEPT))
    first = axes.containers[0]
    assert [bar.get_height() for bar in first] == pytest.approx(found["CN"].tolist())
    assert len(axes.containers) == len(found.columns)


def test_every_term_of_both_models_is_drawn_at_its_odds_or_named_as_one_without_an_estimate(data):
    chart = borders.shares_model_chart(data)
    axes = chart.figure.axes[0]
    drawn = sorted(float(line.get_xdata()[0]) for line in axes.lines if line.get_marker() == "o")
    fits = [odds(data, origin) for origin in ORIGINS]
    told = [fit[fit["upper"] <= 10 * fit["lower"]] for fit in fits]
    assert drawn == pytest.approx(sorted(one for fit in told for one in fit["estimate"]))
    named = chart.note.partition("factor of ten, of ")[2]
    for fit, kept, place in zip(fits, told, named.split("; of "), strict=True):
        assert all(term_words(str(name)) in place for name in fit.index.difference(kept.index))


def test_every_economy_on_the_chart_has_a_name(data):
    labels = [text.get_text() for text in borders.propensity_chart(data).figure.axes[0].get_yticklabels()]
    assert labels == [economy(code) for code in stability(data)["economy"]]
    assert not [label for label in labels if re.fullmatch("[A-Z]{2}", label)]


def test_the_words_say_what_the_table_holds(data):
    said = micro_words(data)
    both = origins_by_year(data, ORIGINS)[list(ORIGINS)].sum(axis=1)
    assert said["micro_lines_last"] == f"{both.iloc[-1]:.0f} percent"
    assert said["micro_steady"].startswith("Hong Kong")
