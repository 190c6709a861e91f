"""Two yearly series against each other: what their hedges leave of a ratio, and of moves in opposite directions."""

import pytest

from analysis import InputError
from analysis.series import printed_years
from analysis.series.ratios import moves, opposed, ratio


def test_a_ratio_is_as_wide_as_both_hedges_allow(data):
    rows = ratio(data, "us-msrp", "us-value-domestic").set_index("year")
    assert list(rows.index) == [2010, 2011, 2012]
    assert rows.loc[2011, "value"] == pytest.approx(1110 / 178.9)
    assert rows.loc[2010, "low"] == pytest.approx(1350 / 188.15)
    percent = ratio(data, "us-msrp", "us-value-domestic", 100).set_index("year")
    assert percent.loc[2010, "low"] == pytest.approx(135_000 / 188.15)


def test_series_without_a_common_year_have_no_ratio(data):
    with pytest.raises(InputError, match="no year in common"):
        ratio(data, "us-share-cn-domestic", "us-share-cn-msrp")


def test_moves_that_hedges_could_undo_are_not_counted(data):
    table = printed_years(data, "eu-border-items").table.set_index("year")
    found = moves(data, "eu-border-items")
    assert found[2012] == -1
    assert found[2004] == 0  # printed as 100 million, which may be more or less than the year before
    assert table.loc[2004, "low"] < table.loc[2003, "high"]
    apart, certain = opposed(data, "jp-items", "jp-cases")
    assert 2023 not in moves(data, "jp-cases")  # the count changed in October 2022
    assert 0 < apart < certain < len(printed_years(data, "jp-items").table)


def test_an_unknown_series_is_refused(data):
    with pytest.raises(InputError, match="no series"):
        moves(data, "us-nothing")
