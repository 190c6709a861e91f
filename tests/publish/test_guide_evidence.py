"""The figures of "How to read" and "The evidence", and the findings: what is drawn is what the data hold."""

import dataclasses

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.publish.chart import Chart, source_line
from analysis.publish.findings import COMPUTED, DISAGREE, key_findings, printed_findings
from analysis.publish.pages import evidence, founding, guide, library, overview
from analysis.series import has_years, printed_years
from analysis.series.lookup import chosen, daily

CHARTS = (
    guide.hedge_chart,
    guide.print_chart,
    guide.window_chart,
    evidence.coverage_chart,
    evidence.sources_chart,
    evidence.conflicts_chart,
)


@pytest.mark.parametrize("draw", CHARTS, ids=lambda f: f.__name__)
def test_a_chart_has_its_words_and_its_version(data, draw):
    chart: Chart = draw(data)
    assert chart.figure.axes
    assert len(chart.alt) > 80
    assert f"Data {data.version}, fingerprint {data.fingerprint[:8]}." in chart.source
    assert chart.title
    assert not chart.title.endswith(".")
    assert any(axes.get_xlabel() or axes.get_ylabel() for axes in chart.figure.axes) or "cell" in chart.note


def test_hedge_intervals_are_those_of_the_rule(data):
    frame = guide.example_intervals(data)
    assert frame.loc["plat-seed0-02", ["low", "high"]].tolist() == [11000, 12000]
    assert frame.loc["plat-seed2-04", ["low", "high"]].tolist() == [360, 400]
    assert frame.loc["police-0169", ["low", "high"]].tolist() == [55180, 55180]
    assert "more than 11,000 cases: 11,000 to 12,000" in guide.hedge_chart(data).alt


@pytest.mark.parametrize("shares", [guide.hedge_shares, guide.window_shares])
def test_shares_add_to_one_and_count_the_readings(data, shares):
    frame = shares(data)
    assert np.allclose(frame.drop(columns="n").sum(axis=1), 1)
    assert list(frame.index) == list(guide.TRACKS)
    police = data.readings["reporter"].isin(guide.TRACKS["Chinese police"])
    assert frame.loc["Chinese police", "n"] <= police.sum()


def test_coverage_tells_the_states_apart(data):
    frame = evidence.coverage(data)
    assert frame.loc["mps-cases-solved", 2013] == evidence.CONFLICT
    assert frame.loc["mps-cases-solved", 2018] == evidence.PART  # only a five-year total holds it
    assert frame.loc["mps-cases-solved", 2021] == evidence.ONE
    assert frame.loc["mps-cases-solved", 2003] == evidence.NOTHING
    assert frame.loc["mps-cases-solved", 2023] == evidence.NOTHING  # told as investigated from here on
    assert frame.loc["mps-cases-investigated", 2023] == evidence.SEVERAL
    whole = [name for name in data.series["series_id"] if has_years(data, name)]
    assert list(frame.index) == whole
    assert 0 < len(whole) < len(data.series)  # some series have parts of years alone
    assert frame.shape[1] == evidence.LAST_YEAR - evidence.FIRST_YEAR + 1


def test_conflicts_exclude_each_other(data):
    frame = evidence.conflicts(data).set_index(["series_id", "label"])
    assert frame.loc[("mps-value", "2013"), "ratio"] == pytest.approx(173 / 40.6)
    assert frame["ratio"].is_monotonic_decreasing
    shown = evidence.conflicts_chart(data)
    assert "40.6 billion or 173 billion" in shown.alt
    shown_table = evidence.conflicts_table(data)
    assert f"table of {len(frame)} rows" in repr(shown_table)
    assert "adm-0246 (chinanews-2014-04-22-sipo-2013)" in shown_table._repr_html_()


def test_without_conflicts_there_is_nothing_to_draw(data):
    series = data.series[data.series["series_id"] == "alibaba-suspects"]
    assert not printed_years(data, "alibaba-suspects").table["conflict"].any()
    with pytest.raises(InputError, match="no conflicts to show"):
        evidence.conflicts(dataclasses.replace(data, series=series))


def test_sources_are_all_counted(data):
    assert evidence.sources_by_kind(data).to_numpy().sum() == len(data.sources)
    browser = library.sources_browser(data)
    assert repr(browser).startswith(f"{len(data.sources):,} sources")
    assert browser._repr_html_().count("<tr data-language=") == len(data.sources)
    assert library.uses(data).sum() == sum(len(data.table(n)) for n in library.TABLES_WITH_SOURCES)


def test_every_finding_has_a_trail_that_exists_and_an_interval(data):
    found = key_findings(data)
    assert len(found) >= 6
    known = set(data.readings["reading_id"])
    for one in found:
        assert set(one.readings) <= known, one.name
        assert len(set(one.readings)) == len(one.readings), one.name
        assert one.low <= one.high, one.name
        told = one.standing in (DISAGREE, COMPUTED) or one.unit == "years"
        assert one.readings or one.hypotheses, one.name
        assert one.value.removesuffix(" cases") in one.sentence or told, one.name


def test_findings_follow_the_readings(data):
    changed = data.readings.copy()
    changed.loc[changed["reading_id"] == "police-0023", ["value", "as_printed"]] = [
        25000.0,
        "more than 25,000",
    ]
    other = dataclasses.replace(data, readings=changed)
    sentence = next(f for f in printed_findings(other) if f.name == "police-2020").sentence
    assert "more than 25,000 cases" in sentence
    assert "8,000 to 10,000 cases" in sentence


def test_daily_rates_count_both_ends_of_the_window(data):
    row = daily(chosen(data, ["plat-seed0-01"])).iloc[0]  # 1 May to 9 November 2020: 193 days
    assert (row["rate_low"], row["rate_high"]) == (1400 / 193, 1500 / 193)


def test_an_unknown_reading_is_a_sentence(data):
    with pytest.raises(InputError, match="no row 'plat-0'"):
        chosen(data, ["plat-0"])
    with pytest.raises(InputError, match="no row 'plat-0'"):
        source_line(data, ["plat-0"])


def test_the_five_founding_articles_are_in_the_table(data):
    text = repr(founding.systems_table(data))
    articles = {system.article for system in founding.SYSTEMS}
    assert len(articles) == 5
    assert articles <= set(data.sources["source_id"])
    by_reading = data.readings.set_index("reading_id")["source_id"]
    for system in founding.SYSTEMS:
        assert {by_reading[name] for name in system.readings} == {system.article}, system.system
    assert "more than 11,000 cases" in text
    assert len(text.splitlines()) == len(founding.SYSTEMS) + 3


def test_page_words_are_counted(data):
    words = overview.evidence_words(data) | overview.preface_words(data) | guide.words(data)
    assert words["readings"] == f"{len(data.readings):,}"
    assert words["kunlun"] == "more than 11,000 cases"
    assert float(words["agree_value"].rstrip("%")) > 95
    assert all(words.values())
