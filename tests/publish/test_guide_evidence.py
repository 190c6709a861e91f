"""The figures of "How to read" and "The evidence", and the findings: what is drawn is what the data hold."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.dataset.vocabularies import INSTRUMENTS, MEASURE_KINDS, SOURCE_KINDS
from analysis.errors import InputError
from analysis.publish.chart import Chart, source_line
from analysis.publish.findings import COMPUTED, DISAGREE, key_findings
from analysis.publish.names import named, names, reporter_groups
from analysis.publish.pages import evidence, guide, library, overview
from analysis.series import quality
from analysis.series.coverage import WIDE, conflicting_years
from analysis.series.definition import TIER_ORDER
from analysis.series.lookup import chosen, daily

BOOK = Path(__file__).parents[2] / "book"
CHARTS = (
    guide.hedge_chart,
    guide.print_chart,
    guide.window_chart,
    evidence.coverage_chart,
    evidence.sources_chart,
    evidence.conflicts_chart,
    evidence.provenance_chart,
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
    groups = reporter_groups()
    assert list(frame.index) == list(dict.fromkeys(groups.values()))
    assert set(groups) <= set(data.readings["reporter"])
    police = data.readings["reporter"].astype(str).map(groups) == "Chinese police"
    assert frame.loc["Chinese police", "n"] <= police.sum()


def test_sources_are_all_counted(data):
    assert evidence.sources_by_kind(data).to_numpy().sum() == len(data.sources)
    browser = library.sources_browser(data)
    assert repr(browser).startswith(f"{len(data.sources):,} sources")
    assert browser._repr_html_().count('<tr id="source-') == len(data.sources)
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


def test_daily_rates_count_both_ends_of_the_window(data):
    row = daily(chosen(data, ["plat-seed0-01"])).iloc[0]  # 1 May to 9 November 2020: 193 days
    assert (row["rate_low"], row["rate_high"]) == (1400 / 193, 1500 / 193)


def test_an_unknown_reading_is_a_sentence(data):
    with pytest.raises(InputError, match="no row 'plat-0'"):
        chosen(data, ["plat-0"])
    with pytest.raises(InputError, match="no row 'plat-0'"):
        source_line(data, ["plat-0"])


def test_the_five_founding_articles_are_in_the_table(data):
    text = repr(guide.systems_table(data))
    systems = guide.systems()
    articles = {system["article"] for system in systems}
    assert len(articles) == 5
    assert articles <= set(data.sources["source_id"])
    by_reading = data.readings.set_index("reading_id")["source_id"]
    for system in systems:
        read = {by_reading[name] for name in system["readings"].split("; ") if name}
        assert read <= {system["article"]}, system
        assert (BOOK / f"{system['chapter']}.ipynb").exists(), system
    homes = {"police-campaigns", "cases", "platforms", "where", "spot-checks", "funnel", "offenders"}
    assert {system["chapter"] for system in systems} == homes
    assert "no figure" in text
    assert "more than 11,000 cases" in text
    assert len(text.splitlines()) == len(systems) + 3


def test_page_words_are_counted(data):
    words = evidence.words(data) | overview.preface_words(data) | guide.words(data)
    assert words["readings"] == f"{len(data.readings):,}"
    assert words["kunlun_interval"] == "11,000 to 12,000"
    assert float(words["agree_value"].rstrip("%")) > 95
    assert all(words.values())


@pytest.mark.parametrize(
    ("what", "codes"),
    [
        ("source kind", SOURCE_KINDS),
        ("instrument", INSTRUMENTS),
        ("measure kind", MEASURE_KINDS),
        ("tier", TIER_ORDER),
    ],
)
def test_every_code_has_its_words(what, codes):
    assert set(names(what)) == set(codes)


def test_a_code_without_words_is_a_sentence():
    with pytest.raises(InputError, match="no words for the source kind 'podcast'"):
        named(pd.Series(["news", "podcast"]), "source kind")
    with pytest.raises(InputError, match="no words for any colour"):
        names("colour")


def test_conflicts_are_drawn_and_listed(data):
    frame = conflicting_years(data)
    shown = evidence.conflicts_chart(data)
    assert "40.6 billion or 173 billion" in shown.alt
    wide = frame[frame["ratio"] > WIDE]
    dots = [line for line in shown.figure.axes[0].lines if line.get_marker() == "o"]
    assert sorted(line.get_xdata()[0] for line in dots) == pytest.approx(
        sorted(value / row["low"] for row in wide.to_dict("records") for value in row["values"])
    )
    shown_table = evidence.conflicts_table(data)
    assert f"table of {len(frame)} rows" in repr(shown_table)
    assert "adm-0246 (chinanews-2014-04-22-sipo-2013)" in shown_table._repr_html_()


def test_the_provenance_chart_draws_the_shares(data):
    shares = evidence.provenance(data)
    chart = evidence.provenance_chart(data)
    widths = [patch.get_width() for patch in chart.figure.axes[0].patches]
    assert widths == pytest.approx([100 * share for tier in evidence.TIERS for share in shares[tier]])
    assert shares.sum(axis=1).to_numpy() == pytest.approx(1)
    police = shares.loc["police"]
    assert f"China's police: who counted {police['primary']:.0%}" in chart.alt


def test_the_table_lists_every_strand_with_its_readings(data):
    text = repr(evidence.quality_table(data))
    for count in quality.by_tier(data).sum(axis=1):
        assert f" {count:,} " in text
    assert "China's prosecutors and courts" in text
