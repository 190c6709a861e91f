"""The official US table: shares whose unknown origins are owned up to."""

import dataclasses

import pandas as pd
import pytest

from analysis import InputError
from analysis.series.border_lines import most_valued, part, shares_by, shares_by_origin, totals, unknown_share


@pytest.fixture(scope="module")
def small(data):
    """A table of three lines a year: 60 of China's 100, 20 of Hong Kong's, 20 of unknown origin."""
    row = data.border_lines.iloc[0].to_dict()
    rows = [
        row
        | {
            "line_id": f"{year}-{origin}",
            "fiscal_year": year,
            "origin": origin,
            "lines": lines,
            "msrp_usd": value,
        }
        | {"mode": mode, "product_as_printed": "Watch"}
        for year in (2019, 2020)
        for origin, lines, value, mode in (
            ("CN", 6, 60.0, "express"),
            ("HK", 2, 20.0, "sea"),
            ("ZZ", 2, 20.0, "traveller"),
        )
    ]
    return dataclasses.replace(data, border_lines=pd.DataFrame(rows))


def test_unknown_origin_opens_the_share_of_the_official_table(small):
    china = shares_by_origin(small, ("CN",)).set_index("year").loc[2019]
    assert (china["low"], china["high"], china["known"]) == pytest.approx((60, 80, 75))


def test_shares_by_mode_add_up_and_an_unknown_column_is_refused(small):
    ways = shares_by(small, "mode", ["express", "sea"]).loc[2020]
    assert ways.loc["express", "lines"] == pytest.approx(60)
    assert ways.loc["other", "msrp_usd"] == pytest.approx(20)
    assert ways["lines"].sum() == pytest.approx(100)
    with pytest.raises(InputError, match="not cut by 'colour'"):
        shares_by(small, "colour", [])


def test_a_part_by_origin_reaches_to_the_unknown_and_any_other_does_not(small):
    assert part(small, 2019, "origin", ("CN", "HK"), "msrp_usd") == pytest.approx((80, 100, 100))
    assert part(small, 2019, "mode", ("sea",)) == pytest.approx((2, 2, 10))


def test_totals_and_the_unknown_share_count_every_line(small):
    assert totals(small).loc[2019].tolist() == [10, 100]
    assert unknown_share(small) == pytest.approx(20)


def test_products_of_most_value_leave_out_the_rest_named_other(small):
    frame = small.border_lines.assign(product_as_printed=["other", "Watch", "Drug"] * 2)
    changed = dataclasses.replace(small, border_lines=frame.assign(msrp_usd=[90.0, 5.0, 7.0] * 2))
    assert most_valued(changed, "product_as_printed", 1) == ["Drug"]
    assert most_valued(changed, "product_as_printed", 8) == ["Drug", "Watch"]


def test_an_empty_table_is_refused(data):
    with pytest.raises(InputError, match="no rows"):
        totals(dataclasses.replace(data, border_lines=data.border_lines.iloc[:0]))
