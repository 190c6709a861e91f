"""A rate is a trend of a series over something; breaks are counted with what began beside them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import InputError
from analysis.models import trend
from analysis.scrutiny import growth
from analysis.series import breaks_of, denominator, printed_years

PER, SINCE = (growth.COUNT, "express_parcels", "trademarks_valid"), 2011


def test_a_rate_is_the_trend_of_the_count_over_its_denominator(data):
    found = growth.growth(data, ("spp-persons-prosecuted", "mps-cases-solved"), PER, SINCE)
    rates = {(one.series_id, one.per): one for one in found}
    one = rates["spp-persons-prosecuted", "express_parcels"]
    counts = (
        printed_years(data, "spp-persons-prosecuted").table.astype({"year": int}).set_index("year")["value"]
    )
    parcels = denominator(data, "express_parcels").set_index("year")["value"].dropna()
    both = [year for year in counts.index if year in parcels.index and year >= SINCE]
    assert list(one.years) == both
    alone = trend(counts[both].to_numpy() / parcels[both].to_numpy(), both, breaks=False)
    assert one.trend.slope == pytest.approx(alone.slope)
    assert one.trend.upper == pytest.approx(alone.upper)
    assert ("mps-cases-solved", "trademarks_valid") not in rates  # four years have both


def test_breaks_are_corrected_for_the_search(data):
    found = growth.with_breaks(data, ("gacc-items", "us-seizures", "jp-cases"))
    p = sorted(one.p for one in found)
    below = [rank for rank, one in enumerate(p, start=1) if one <= 0.05 * rank / len(p)]
    assert growth.survivors(found) == (max(below) if below else 0)


def steady(slope, breaks=False):
    """The trend of a series that grows evenly but for a little noise."""
    noise = np.random.default_rng(3).normal(0, 0.02, 24)
    made = trend(np.exp(slope * np.arange(24) + noise), np.arange(2000, 2024), breaks=breaks)
    return growth.Rate("gacc-items", growth.COUNT, tuple(range(2000, 2024)), made, ())


def test_a_trend_is_sure_where_its_interval_holds_no_zero():
    assert [steady(slope).sure for slope in (0.1, 0.0, -0.1)] == [1, 0, -1]
    assert np.isnan(steady(0.1).p)
    assert steady(0.1).breaks.empty


def test_a_kink_is_a_break_with_the_measures_of_its_years(data):
    years = np.arange(2000, 2024)
    line = 0.3 * np.clip(years - 2012, 0, None) + np.random.default_rng(4).normal(0, 0.02, 24)
    one = replace(steady(0.1), trend=trend(np.exp(line), years))
    assert len(one.breaks) == 1
    row = one.breaks.iloc[0]
    assert abs(row["period"] - 2012) <= 1
    inside, outside = int(row["period"]), int(row["upper"]) + 1
    measures = pd.DataFrame({"place": ["CN", "CN", "US"], "year": [inside, outside, inside]})
    found = growth.breaks_found(data, [one], measures)
    assert found["measures"].tolist() == [1]
    assert found["p"].tolist() == [one.p]
    assert growth.breaks_found(data, [steady(0.1)], measures).empty


def test_years_from_which_something_else_is_counted_are_named(data):
    day = breaks_of(data, "spc-criminal-concluded")["date"].max()
    assert day.year in growth.changes(data, "spc-criminal-concluded", 2010, day.year)
    assert growth.changes(data, "spc-criminal-concluded", day.year, day.year + 1) == ()


def test_an_unknown_series_is_a_sentence(data):
    with pytest.raises(InputError, match="no series 'nothing-at-all'"):
        growth.growth(data, ("nothing-at-all",), PER, SINCE)
