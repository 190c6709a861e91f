"""What happened to series of the record: rows, denominators, and headlines that exist."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.scrutiny import happened, what_happened
from analysis.scrutiny.headlines import HEADLINES
from analysis.series import definition, denominator, drawn_years, printed_years


def test_headlines_are_forty_series_once_each(data):
    names = [name for listed in HEADLINES.values() for name in listed]
    assert len(names) == len(set(names)) == 40
    for name in names:
        definition(data, name)


def test_the_factor_is_that_of_the_printed_years(data):
    found = happened(data, "jp-cases")
    table = (
        printed_years(data, "jp-cases").table.astype({"year": int}).set_index("year")["value"].astype(float)
    )
    if {*range(found.first[0], found.first[1] + 1), *range(found.last[0], found.last[1] + 1)} <= set(
        table.index
    ):
        printed = table.loc[list(range(found.last[0], found.last[1] + 1))].mean()
        printed /= table.loc[list(range(found.first[0], found.first[1] + 1))].mean()
        assert found.factor == pytest.approx(printed, rel=0.05)
    assert found.lower < found.factor < found.upper


def test_per_a_denominator(data):
    years = drawn_years(data, "gacc-batches")
    below = denominator(data, "online_retail_total", years.time.tolist()).dropna(subset=["value"])
    both = sorted(set(years.time.tolist()) & set(below["year"].astype(int)))
    rate = years.y[np.isin(years.time, both)] / below.set_index("year").loc[both, "value"].to_numpy(
        dtype=float
    )
    expected = rate[-3:].mean() / rate[:3].mean()
    assert happened(data, "gacc-batches", per="online_sales").factor == pytest.approx(expected)


def test_a_row_a_series_and_no_rate_where_it_makes_no_sense(data):
    table = what_happened(data, ["us-seizures", "jp-cases", "us-msrp-per-day"]).set_index("series_id")
    assert "us-msrp-per-day" not in table.index or table.loc["us-msrp-per-day", "n"] >= 5
    assert np.isnan(table.loc["jp-cases", "per_online_sales"])
    assert table.loc["us-seizures", "per_imports"] > 0
    assert np.isnan(table.loc["us-seizures", "per_all_prosecutions"])


@pytest.mark.parametrize(
    ("series", "per", "sentence"),
    [
        ("jp-share-cases-cn", "parcels", "no count over a year"),
        ("gacc-batches", "people", "There is no denominator"),
        ("jp-cases", "parcels", "no year with parcels"),
        ("no-such-series", "", "no-such-series"),
    ],
)
def test_what_cannot_be_told_is_said(data, series, per, sentence):
    with pytest.raises(InputError, match=sentence):
        happened(data, series, per=per)
