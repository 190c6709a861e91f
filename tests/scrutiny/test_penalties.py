"""Links between turnover and fine: what is not printed is 0 to 1, what is follows from the readings."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.scrutiny import penalties
from analysis.scrutiny.penalties import (
    THRESHOLDS,
    arrests_to_charges,
    beyond_control,
    crossed,
    fine_by_year,
    fine_in,
    penalty_links,
    prison_months,
    valued_cases,
)
from analysis.series.lookup import by_id


def test_the_share_charged_is_the_quotient_of_two_prints_of_the_year(data):
    links = penalty_links(data).set_index(["year", "link"])
    assert links.loc[(2021, "charged"), "low"] == pytest.approx(14_020 / 22_011)
    assert links.loc[(2021, "charged"), "basis"] == "year"
    assert links.loc[(2016, "charged"), "basis"] == "elsewhere"
    carried = links.loc[(2016, "charged"), ["low", "high"]]
    printed = links.xs("charged", level="link").query("basis == 'year'")
    assert carried.tolist() == [printed["low"].min(), printed["high"].max()]


def test_half_of_the_fines_at_a_fifth_bound_the_mean_fine(data):
    links = penalty_links(data).set_index(["year", "link"])
    half = float(by_id(data, ["j2-1134"])["j2-1134"]["low"]) / 100
    assert half == 0.5  # "over 50%" is at least a half
    low, high = links.loc[(2013, "fine"), ["low", "high"]]
    assert (low, high) == pytest.approx((0.5 * 0.2, 0.5 * 0.2 + 0.5 * 1.0))


def test_the_year_alone_leaves_the_lower_bound_at_nothing_and_carrying_narrows(data):
    found = fine_by_year(data)
    assert (found["own_low"] == 0).all()
    assert (found["low"] >= found["own_low"]).all()
    assert (found["high"] <= found["own_high"]).all()
    assert (found["low"] < found["high"]).all()


def test_a_year_without_any_print_of_its_own_costs_anything_up_to_its_turnover(data):
    found = fine_by_year(data).set_index("year")
    assert found.loc[2017, ["own_low", "own_high"]].tolist() == [0, 1]


def test_the_bounds_are_the_products_of_the_links(data):
    links = penalty_links(data)
    rows = links[links["year"] == 2024]
    found = fine_in(data, 2024)
    assert (found.lower, found.upper) == pytest.approx((rows["low"].prod(), rows["high"].prod()))


def test_months_in_prison_are_links_times_a_mean_term(data):
    """1.6 years, printed to a tenth; 70 percent on probation, to a whole one; 330 of a province's convicted."""
    found = prison_months(data)
    links = penalty_links(data).set_index(["year", "link"])
    charged, guilty = (links.loc[(2024, name)] for name in ("charged", "guilty"))
    convicted = float(by_id(data, ["jus-0370"])["jus-0370"]["value"])
    low, high = 330 / convicted, 1 - 0.695
    assert found.table.loc["served", ["low", "high"]].tolist() == pytest.approx([low, high])
    assert found.lower == pytest.approx(charged["low"] * guilty["low"] * low * 12 * 1.55)
    assert found.upper == pytest.approx(charged["high"] * guilty["high"] * high * 12 * 1.65)


def test_thresholds_name_measures_that_exist_and_stand_in_order(data):
    assert {one.measure_id for one in THRESHOLDS} <= set(data.measures["measure_id"])
    amounts = [one.yuan for one in THRESHOLDS]
    assert amounts == sorted(amounts)
    summary = data.measures.set_index("measure_id")["summary"]
    for one in THRESHOLDS:
        if one.yuan != 150_000:  # three times the 50,000 of a person
            assert f"{one.yuan:,.0f}" in summary[one.measure_id]
    assert "entities three times" in summary["cn-2004-12-08-ip-criminal-1"]


def test_cases_cross_fewer_thresholds_the_higher_they_are(data):
    found = crossed(data)
    assert found["certain"].is_monotonic_decreasing
    assert (found["certain"] <= found["possible"]).all()
    cases = valued_cases(data)
    printed = cases["value_cny"].astype(float)
    entry = found.loc[THRESHOLDS[1].name]
    assert entry["certain"] <= (printed >= 50_000).mean() <= entry["possible"]
    assert set(cases["value_kind"]) <= set(penalties.TURNOVER)


def test_arrests_to_charges_is_the_quotient_of_the_prints(data):
    found = arrests_to_charges(data).set_index(["group", "year"])["value"]
    assert found["ipr", 2024] == pytest.approx(100 * 7_481 / 20_817)
    assert found["all", 2019] == pytest.approx(100 * 1_088_490 / 1_818_808)


def test_the_change_beyond_the_control_is_the_ratio_of_ratios(data):
    found = beyond_control(data, 2019, 2021)
    arrests = 7_835 / 7_430 / (868_445 / 1_088_490)
    charges = 14_020 / 11_003 / (1_748_962 / 1_818_808)
    assert found.loc["arrests", "estimate"] == pytest.approx(arrests)
    assert found.loc["charges", "estimate"] == pytest.approx(charges)
    assert found.loc["arrests to charges", "estimate"] == pytest.approx(arrests / charges)
    assert np.allclose(found["lower"], found["upper"])  # all eight counts are exact
    assert isinstance(found, pd.DataFrame)


def test_a_year_that_nobody_printed_is_refused(data):
    with pytest.raises(InputError, match="no print of 2022"):
        beyond_control(data, 2019, 2022)
