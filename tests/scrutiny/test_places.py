"""Where cases are: counts against the table, quotients against arithmetic, printed shares as printed."""

import pytest
from scipy import stats

from analysis.errors import InputError
from analysis.scrutiny.places import (
    CITIES,
    EAST,
    MIDDLE,
    WEST,
    against_parcels,
    by_area,
    by_city,
    cities_share,
    city_shares,
    first_areas,
    quotients,
    regional_shares,
    steadied,
)
from analysis.series.single_cases import case_rows


def test_the_regions_hold_each_of_31_provinces_once(data):
    assert len({*EAST, *MIDDLE, *WEST}) == len(EAST) + len(MIDDLE) + len(WEST) == 31


def test_cases_are_those_of_the_table_and_people_those_of_the_census(data):
    found = by_area(data)
    frame = case_rows(data)
    assert found["cases"]["ZJ"] == (frame["jurisdiction"] == "CN-ZJ").sum()
    assert (found["english"] + found["others"] == found["cases"]).all()
    assert found["people"].sum() == pytest.approx(1.41e9, rel=0.01)  # census of 2020, communique no. 3
    outside = frame["jurisdiction"].astype(str).isin(["CN", "CN-HK", "CN-MO", "CN-TW"])
    assert found["cases"].sum() == (~outside).sum()


def test_a_quotient_is_the_ratio_of_two_shares(data):
    area, found = by_area(data), quotients(data)
    share = area["cases"]["GD"] / area["cases"].sum() / (area["people"]["GD"] / area["people"].sum())
    assert found.loc["GD", "estimate"] == pytest.approx(share)
    assert (found["lower"] <= found["estimate"]).all()


def test_a_province_without_a_case_has_a_rate_between_zero_and_the_mean(data):
    found = steadied(data).table
    area = by_area(data)
    mean = area["cases"].sum() / area["people"].sum() * 1e6
    none = found[area["cases"] == 0]
    assert len(none)
    assert ((none["estimate"] > 0) & (none["estimate"] < mean)).all()
    assert found.loc["XZ", "upper"] > found.loc["HE", "upper"]  # three million people tell less than 75


def test_ten_areas_hold_what_a_sum_says(data):
    cases = by_area(data)["cases"].sort_values(ascending=False)
    found = first_areas(data)
    assert found.estimate == pytest.approx(cases.iloc[:10].sum() / cases.sum())
    assert found.lower < found.corrected < found.upper
    assert found.corrected < found.estimate  # luck chose the ten


def test_the_regions_of_parcels_share_all_cases(data):
    found = against_parcels(data)
    assert found["cases"].sum() == by_area(data)["cases"].sum()
    assert found["base_share"].tolist() == pytest.approx([0.768, 0.157, 0.075])  # State Post Bureau, 2022
    assert found.loc["east", "lower"] < 1 < found.loc["east", "upper"]


def test_cities_are_the_fifteen_of_the_table_and_a_namesake_is_left_out(data):
    ranks = data.context[data.context["series"] == "express_parcels_city_rank"]
    named = (
        ranks[ranks["window_end"].dt.year == 2020]["notes"].str.removeprefix("city:").str.split(" ").str[0]
    )
    assert set(named) == set(CITIES)
    frame = case_rows(data)
    anhui = frame[(frame["jurisdiction"] == "CN-AH") & frame["place"].fillna("").str.contains("Suzhou")]
    assert len(anhui)
    here = frame[(frame["jurisdiction"] == "CN-JS")]
    assert by_city(data)["Suzhou"] <= len(here)
    share = cities_share(data)
    assert share["lower"] < share["estimate"] < share["upper"]
    assert share["parcels"] == 54.6


def test_cities_shares_are_of_all_cases_and_hold_together(data):
    found, whole = city_shares(data), by_area(data)["cases"].sum()
    assert found["cases"].tolist() == by_city(data).tolist()
    assert found["estimate"].sum() == pytest.approx(cities_share(data)["estimate"])
    first = found.iloc[0]
    tail = 0.05 / len(found) / 2
    assert first["lower"] == pytest.approx(
        100 * stats.beta.ppf(tail, first["cases"], whole - first["cases"] + 1)
    )
    assert (found["lower"] <= found["estimate"]).all()
    assert (found["estimate"] <= found["upper"]).all()


def test_printed_shares_are_those_of_the_report(data):
    found = regional_shares(data).set_index("reading_id")
    assert found["printed"].tolist() == [60, 60, 50]
    assert (found["inside"] <= found["cases"]).all()
    row = found.loc["plat-seed2-06"]
    assert row["value"] == pytest.approx(100 * row["inside"] / row["cases"])


@pytest.mark.parametrize("asked", [first_areas, steadied])
def test_an_unknown_part_is_refused(data, asked):
    with pytest.raises(InputError, match="choose cases, english or others"):
        asked(data, "french")
