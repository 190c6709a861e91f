"""Platforms side by side: what is set together is one kind of count, with its window, and scaled to a year."""

from pathlib import Path

import nbformat
import pytest

from analysis.publish.axis_words import panel
from analysis.publish.pages import platforms
from analysis.publish.pages.platforms.side_by_side import STOCK, WHAT, side_by_side, together
from analysis.series.lookup import by_id

CHAPTER = Path(__file__).parents[2] / "book" / "platforms.ipynb"
UNITS = {
    "suspects": {"person"},
    "value": {"CNY"},
    "stores": {"store"},
    "complaints": {"request"},
    "members": {"firm"},
}


@pytest.fixture(scope="module")
def found(data):
    return side_by_side(data)


def test_a_thing_is_counted_in_one_unit_by_the_platform_that_prints_it(data, found):
    rows = by_id(data, found["reading_id"])
    for line in found.itertuples():
        assert str(rows[line.reading_id]["reporter"]) == line.platform
        assert str(rows[line.reading_id]["breadth"]) == "total"
        assert str(rows[line.reading_id]["unit"]) in UNITS.get(line.what, {"listing", "item", "person"})
    assert set(found["what"]) == set(WHAT)


def test_every_count_over_time_has_both_ends_of_its_window(found):
    flows = found[found["what"] != STOCK]
    assert (flows["end"] > flows["begin"]).all()
    assert ((found["low"] <= found["value"]) & (found["value"] <= found["high"])).all()


def test_half_a_year_is_doubled_and_a_calendar_year_is_left_as_printed(data, found):
    lines = found.set_index("reading_id")
    assert lines.loc["plat-alizila2019-06", "value"] == 4125  # Alizila's text on the report of 2019
    half = lines.loc["p2-clitber-2025-tiktokshop-01"]  # July to December 2024
    assert half["value"] == pytest.approx(7.5e6 * 365.25 / 184)
    assert not half["whole"]


def test_two_platforms_at_most_share_a_count_and_a_year(data, found):
    counts = together(data)
    assert counts["suspects", 2022] == 1
    pairs = found.drop_duplicates(["what", "year", "platform"])
    assert counts.sum() == len(pairs)


def test_the_table_has_a_row_for_each_platform_and_thing_and_the_chart_a_panel(data, found):
    pairs = found.drop_duplicates(["what", "platform"])
    lines = repr(platforms.side_table(data)).splitlines()[3:]
    assert len([line for line in lines if line.strip()]) == len(pairs)
    assert [panel(axes) for axes in platforms.side_chart(data).figure.axes] == list(WHAT.values())


def test_the_chapter_opens_with_what_it_found_and_uses_every_word(data):
    cells = nbformat.read(CHAPTER, as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert prose.index("In brief") < prose.index("## ")
    assert [name for name in platforms.side_words(data) if f"{{glue:text}}`{name}`" not in prose] == []
