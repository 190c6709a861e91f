"""Placebo dates lie on one side, and ranks are counted as Phipson and Smyth count them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.scrutiny.placebo import placebo_dates, rank_p

periods = st.lists(st.integers(1990, 2030), unique=True, max_size=41).map(sorted)


def test_dates_by_hand():
    found = placebo_dates(range(2000, 2020), 2010)
    assert [date.at for date in found] == [2004, 2005, 2006, 2007, 2014, 2015, 2016, 2017]
    assert {(date.first, date.last) for date in found} == {(2000, 2009), (2010, 2019)}
    assert [d.at for d in placebo_dates(range(2000, 2020), 2010, sides="before")] == [2004, 2005, 2006, 2007]
    assert [d.at for d in placebo_dates(range(2000, 2020), 2010, sides="after")] == [2014, 2015, 2016, 2017]
    assert placebo_dates(range(2004, 2016), 2010) == ()
    assert placebo_dates([], 2010) == ()
    # a side shorter than what is asked after a date has none, not those counted from its end
    assert placebo_dates([1990, 1991, 1992], 1985, 1, 5) == ()


def test_gaps_count_periods_not_years():
    found = placebo_dates([1999, 2000, 2001, 2005, 2006, 2008, 2009], 2010, sides="before")
    assert [date.at for date in found] == [2006]


@given(periods, st.integers(1985, 2035), st.integers(1, 5), st.integers(1, 5))
def test_no_placebo_straddles_the_date_and_each_has_its_periods(time, at, min_before, min_after):
    dates = placebo_dates(time, at, min_before, min_after)
    for date in dates:
        inside = [t for t in time if date.first <= t <= date.last]
        assert all(t < at for t in inside) or all(t >= at for t in inside)
        assert sum(t < date.at for t in inside) >= min_before
        assert sum(t >= date.at for t in inside) >= min_after
        assert date.at in inside
        assert date.at != at
    sides = [sum(t < at for t in time), sum(t >= at for t in time)]
    assert len(dates) == sum(max(0, n - min_before - min_after + 1) for n in sides)


def test_ranks_by_hand():
    found = rank_p(2.0, [0.1, -2.5, 1.0, 2.0])
    assert (found.p, found.floor, found.n, found.share_as_extreme) == (3 / 5, 1 / 5, 4, 0.5)
    assert rank_p(-3.0, [1, 2, -2]).p == rank_p(-3.0, [1, 2, -2]).floor == 1 / 4
    none = rank_p(2.0, [])
    assert (none.p, none.floor, none.n) == (1.0, 1.0, 0)
    assert math.isnan(none.share_as_extreme)
    lost = rank_p(2.0, [1.0, math.nan])
    assert (lost.p, lost.n, lost.failed) == (0.5, 1, 1)
    assert math.isnan(rank_p(math.nan, [1.0]).p)
    assert rank_p(math.inf, [1.0, math.inf]).share_as_extreme == 0.5


def test_a_tie_in_the_last_bit_counts_as_extreme():
    assert rank_p(0.1 + 0.2, [0.3]).share_as_extreme == 1
    assert rank_p(0.3, [0.1 + 0.2]).share_as_extreme == 1


@given(st.floats(-5, 5), st.lists(st.floats(-5, 5), max_size=30))
def test_p_lies_between_floor_and_one_and_sign_and_order_do_not_matter(observed, placebos):
    found = rank_p(observed, placebos)
    assert found.floor <= found.p <= 1
    assert rank_p(-observed, placebos[::-1]) == rank_p(observed, [-v for v in placebos]) or not placebos
    assert rank_p(observed, placebos[::-1]).p == found.p


def test_of_exchangeable_numbers_p_is_below_a_bound_no_more_often_than_it_says():
    draws = np.random.default_rng(3).standard_normal((4000, 20))
    p = np.array([rank_p(row[0], row[1:]).p for row in draws])
    for bound in (0.05, 0.1, 0.25, 0.5):
        assert np.mean(p <= bound + 1e-12) == pytest.approx(bound, abs=0.03)


def test_how_many_periods_it_takes_to_have_so_many_dates():
    """A side of n periods has n - 6 dates, so 8 take 14 on one side."""
    assert len(placebo_dates(np.arange(17), 14)) == 8
    assert max(len(placebo_dates(np.arange(16), at)) for at in range(4, 14)) == 7


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: placebo_dates([2001, 2000], 2000), "increase"),
        (lambda: placebo_dates([2000, math.nan], 2000), "finite"),
        (lambda: placebo_dates([2000], 2000, 0), "1 or more"),
        (lambda: placebo_dates([2000], 2000, sides="left"), "both, before, after"),
        (lambda: rank_p(1.0, [[1.0]]), "one row of numbers"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()
