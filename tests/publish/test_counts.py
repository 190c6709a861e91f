"""Counts that several pages name come from one place, and no estimate is told that is none."""

import numpy as np
import pytest

from analysis.publish.bands import band
from analysis.publish.briefing_words.english import minute
from analysis.publish.counts import counts
from analysis.publish.estimates import too_wide
from analysis.publish.findings import printed_findings
from analysis.publish.pages import overview


def test_home_and_briefing_name_the_same_counts(data):
    links = {*data.readings["source_id"], *data.readings_sources["source_id"]}
    found = counts(data)
    assert (found.documents, found.printing) == (len(data.sources), len(links))
    assert found.series == (data.series["by"] == "").sum()
    home = overview.preface_words(data)
    assert home["sources"] == f"{len(data.sources):,}"
    assert home["printing"] == f"{len(links):,}"
    first = minute(data, printed_findings(data)[:1])[0]
    assert f"{len(data.readings):,} of them, published in {len(links):,} public documents" in first


@pytest.mark.parametrize(
    ("lower", "upper", "wide"),
    [(1, 10, False), (1, 10.1, True), (0, 0, False), (0, 1, True), (0.04, 97.3, True), (np.nan, 5, False)],
)
def test_an_interval_is_too_wide_beyond_a_factor_of_ten(lower: float, upper: float, wide: bool):
    assert bool(too_wide(lower, upper)) is wide


@pytest.mark.parametrize("name", ["alibaba-leads", "mps-value", "jp-items", "us-seizures"])
def test_no_chart_draws_a_year_that_is_no_estimate(name: str, data):
    years = band(data, name)
    assert len(years)
    assert (years["upper"] <= 10 * years["lower"]).all()
