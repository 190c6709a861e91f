"""A move between two years is the quotient of two prints of one count, with what their hedges leave open."""

import pytest

from analysis import InputError
from analysis.series import between_years, breaks_of, printed_years


def test_two_exact_prints_have_a_quotient_without_slack(data):
    table = printed_years(data, "spp-persons-prosecuted").table.set_index("year")
    found = between_years(data, "spp-persons-prosecuted", 2017, 2024)
    assert found.factor == table["value"][2024] / table["value"][2017]
    assert found.low == found.factor == found.high
    assert found.reading_ids == (table["reading_id"][2017], table["reading_id"][2024])


def test_hedges_of_both_prints_widen_the_quotient(data):
    table = printed_years(data, "amazon-items-seized").table.set_index("year")
    found = between_years(data, "amazon-items-seized", 2020, 2024)
    assert found.low == table["low"][2024] / table["high"][2020]
    assert found.high == table["high"][2024] / table["low"][2020]
    assert found.low < found.factor <= found.high


def test_without_years_the_move_stays_within_the_present_count(data):
    found = between_years(data, "mps-cases-solved")
    days = breaks_of(data, "mps-cases-solved")["date"]
    assert not [day for day in days if found.first < day.year <= found.last]
    assert found.last == printed_years(data, "mps-cases-solved").table["year"].max()


@pytest.mark.parametrize(
    ("years", "says"),
    [
        ((2013, 2022), "counts otherwise from 2019"),
        ((2015, 2017), "no print of 2015"),
        ((2017, 2013), "before"),
    ],
)
def test_what_cannot_be_compared_is_a_sentence(data, years, says):
    with pytest.raises(InputError, match=says):
        between_years(data, "mps-cases-solved", *years)
