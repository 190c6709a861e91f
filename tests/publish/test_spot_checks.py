"""The chapter on spot checks: every row of its tables is drawn, and what is said follows from the prints."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from matplotlib.axes import Axes

from analysis.models.sampling import sample_size_for_change
from analysis.publish.pages import spot_checks
from analysis.publish.pages.spot_checks import forest, programme
from analysis.series.lookup import by_id

CHAPTER = Path(__file__).parents[2] / "book" / "spot-checks.ipynb"
CHARTS = (
    spot_checks.fakes_chart,
    spot_checks.quality_chart,
    spot_checks.sizes_chart,
    spot_checks.market_chart,
)


def marks(axes: Axes) -> list[float]:
    """Return the values of the marks."""
    return [float(line.get_xdata()[0]) for line in axes.lines if line.get_marker() == "o"]


@pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)
def test_a_chart_has_its_words(data, draw):
    chart = draw(data)
    assert chart.alt.endswith(".")
    assert re.search(r"\d", chart.title)
    assert len(chart.note.split()) <= 25
    assert data.fingerprint[:8] in chart.source


def test_every_check_is_drawn_once_at_its_share(data):
    found = forest.checks(data)
    for draw, kinds in (
        (spot_checks.fakes_chart, ("fake", "mixed")),
        (spot_checks.quality_chart, ("quality",)),
    ):
        drawn = marks(draw(data).figure.axes[0])
        assert sorted(drawn) == pytest.approx(sorted(found.loc[found["kind"].isin(kinds), "value"]))


def test_parts_follow_their_whole_and_add_up_to_it_where_all_are_printed(data):
    found = forest.checks(data)
    parts = found[found["part_of"] != ""]
    assert set(parts["part_of"]) <= set(found["check"])
    for whole in ("gao-2018", "which-2025", "saic-2014"):
        rows = parts[parts["part_of"] == whole]
        assert rows["n"].sum() == found.loc[whole, "n"]
        assert rows["k_low"].sum() == found.loc[whole, "k_low"]


def test_a_check_without_a_sample_is_hollow(data):
    chart = spot_checks.fakes_chart(data)
    assert chart.frame is not None
    hollow = chart.frame[chart.frame["hollow"]]
    assert len(hollow) == forest.checks(data)["n"].isna().sum()
    assert (hollow["low"] == hollow["high"]).all()


def test_counts_and_samples_are_those_of_the_readings(data):
    found = forest.checks(data)
    prints = (
        ("itif-2025", "plat-itif2025-01", "plat-itif2025-02"),
        ("aqsiq-2017", "p2-aqsiq-2017-675-online-03", "p2-aqsiq-2017-675-online-01"),
    )
    for name, failed, tested in prints:
        rows = by_id(data, [failed, tested])
        assert found.loc[name, "k_low"] == rows[failed]["value"]
        assert found.loc[name, "n"] == rows[tested]["value"]


def test_printed_counts_and_printed_shares_of_one_check_agree(data):
    found = forest.checks(data)
    for name, share in (("samr-2022", "p2-samr-2023-05-30-spot-checks-04"), ("saic-2016", "plat-saic2016-01"),
                        ("aqsiq-2016", "p2-ipraction-2016-11-01-aqsiq-online-06"), ("which-2025",
                        "p2-securingindustry-2025-which-cosmetics-03")):  # fmt: skip
        row = by_id(data, [share])[share]
        assert row["low"] - 0.7 <= found.loc[name, "value"] <= row["high"] + 0.7


def test_the_press_claim_on_singles_day_is_excluded_by_its_own_check(data):
    found = forest.claims(data).set_index("reading_id")
    assert found.loc["plat-ibt2014-04", "excluded"]
    assert not found.loc["plat-cnipa2015-01", "excluded"]
    assert "no: the check found fewer" in repr(spot_checks.claims_table(data))


def test_the_smallest_fall_that_is_seen_needs_the_buys_there_are(data):
    after = programme.change_seen(data, 0.05)
    assert sample_size_for_change(0.05, after) <= programme.buys(data)
    assert sample_size_for_change(0.05, after + 0.0005) > programme.buys(data)


def test_the_bounds_of_the_market_hold_the_line_of_random_buys(data):
    frame = spot_checks.market_chart(data).frame
    assert frame is not None
    assert (frame["lower"] <= frame["found"]).all()
    assert np.allclose(frame["lower"], programme.target_share(data) * frame["found"])


def test_the_chapter_uses_words_that_exist_and_no_others(data):
    text = "\n".join(cell.source for cell in nbformat.read(CHAPTER, 4).cells if cell.cell_type == "markdown")
    used = set(re.findall(r"\{glue:text\}`(\w+)`", text))
    assert used == set(spot_checks.words(data))
    assert text.index("In brief") < text.index("## ")
