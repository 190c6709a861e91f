"""The quality section draws the shares of the tiers and lists every strand and conversion."""

import pytest

from analysis.publish.pages import evidence_quality
from analysis.series import quality


def test_the_provenance_chart_draws_the_shares(data):
    shares = evidence_quality.provenance(data)
    chart = evidence_quality.provenance_chart(data)
    widths = [patch.get_width() for patch in chart.figure.axes[0].patches]
    assert widths == pytest.approx([100 * share for tier in evidence_quality.TIERS for share in shares[tier]])
    assert shares.sum(axis=1).to_numpy() == pytest.approx(1)
    police = shares.loc["police"]
    assert f"China's police: who counted {police['primary']:.0%}" in chart.alt


def test_the_table_lists_every_strand_with_its_readings(data):
    text = repr(evidence_quality.quality_table(data))
    for count in quality.by_tier(data).sum(axis=1):
        assert f" {count:,} " in text
    assert "China's prosecutors and courts" in text
