"""Expected penalties and thresholds: bounds that arithmetic gives, and that no combination inside them exceeds."""

import itertools

import numpy as np
import pytest
from scipy.optimize import linprog

from analysis.errors import InputError
from analysis.models import controlled_change, crossing, expected_penalty, mean_of_shares

LINKS = {"caught": (0.05, 0.4), "charged": (0.7, 0.9), "convicted": (0.95, 1.0)}


def test_the_bounds_are_the_least_and_the_most_of_all_corners():
    found = expected_penalty(LINKS, (0.1, 0.6))
    corners = [np.prod(one) for one in itertools.product(*LINKS.values(), (0.1, 0.6))]
    assert found.lower == pytest.approx(min(corners))
    assert found.upper == pytest.approx(max(corners))


def test_no_truth_inside_the_links_leaves_the_bounds():
    rng = np.random.default_rng(14)
    found = expected_penalty(LINKS, (0.1, 0.6))
    ends = np.array([*LINKS.values(), (0.1, 0.6)])
    truths = rng.uniform(ends[:, 0], ends[:, 1], size=(2000, len(ends))).prod(1)
    assert found.lower <= truths.min()
    assert truths.max() <= found.upper


def test_an_unknown_link_leaves_nothing_at_the_lower_end():
    found = expected_penalty({**LINKS, "fined": (0, 1)}, (0.1, 0.6))
    assert found.lower == 0
    assert found.upper == pytest.approx(expected_penalty(LINKS, (0.1, 0.6)).upper)


def test_the_table_says_what_each_link_would_be_worth():
    found = expected_penalty(LINKS, (0.1, 0.6))
    for name, (low, _) in LINKS.items():
        known = expected_penalty({**LINKS, name: low}, (0.1, 0.6)).upper
        assert found.table.loc[name, "upper_at_low"] == pytest.approx(known)


def test_at_the_chance_that_breaks_even_the_penalty_is_the_gain():
    even = expected_penalty({"caught": (0, 1)}, 0.8, gain=0.2).break_even
    assert even is not None
    assert even[0] == even[1]
    assert expected_penalty({"caught": even[0]}, 0.8).upper == pytest.approx(0.2)


def test_without_a_penalty_no_chance_is_enough():
    assert expected_penalty({"caught": 1.0}, (0, 0.1), gain=0.2).break_even == (2.0, np.inf)


def test_the_mean_is_bounded_as_a_linear_programme_bounds_it():
    share, low, high = [0.5, 0.3, 0.2], [0.0, 0.2, 0.5], [0.2, 0.5, 1.0]
    grid = np.linspace(0, 1, 401)
    inside = np.array([(grid >= a - 1e-12) & (grid <= b + 1e-12) for a, b in zip(low, high, strict=True)])
    # mass m[range, point], every range holding its share
    cost = np.tile(grid, 3)
    sums = np.kron(np.eye(3), np.ones(len(grid)))
    limits = [(0, 1 if ok else 0) for ok in inside.ravel()]
    least = linprog(cost, A_eq=sums, b_eq=share, bounds=limits).fun
    most = -linprog(-cost, A_eq=sums, b_eq=share, bounds=limits).fun
    assert mean_of_shares(share, low, high) == pytest.approx((least, most))


def test_a_hedge_that_reaches_over_a_threshold_is_possible_and_not_certain():
    found = crossing([100, 49, 50, 10], [np.inf, 51, 50, 20], {"serious": 50, "worse": 1000})
    assert found["certain"].tolist() == [0.5, 0]
    assert found["possible"].tolist() == [0.75, 0.25]
    assert (found["n"] == 4).all()


def test_a_control_that_moved_alike_leaves_no_change():
    found = controlled_change((40, 40), (80, 80), (1000, 1000), (2000, 2000)).iloc[0]
    assert found.tolist() == [1, 1, 1]


def test_the_change_beyond_a_control_is_as_wide_as_its_corners():
    ends = [(90, 110), (150, 160), (1000, 1020), (700, 800)]
    found = controlled_change(*ends).iloc[0]
    corners = [a / b / (ca / cb) for b, a, cb, ca in itertools.product(*ends)]
    assert found["lower"] == pytest.approx(min(corners))
    assert found["upper"] == pytest.approx(max(corners))
    assert found["lower"] < found["estimate"] < found["upper"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: expected_penalty({}, 1.0), "no link"),
        (lambda: expected_penalty({"caught": (0.2, 1.2)}, 1.0), "link 'caught' is 1.2"),
        (lambda: expected_penalty({"caught": (0.5, 0.2)}, 1.0), "0.5 lies above the upper end 0.2"),
        (lambda: expected_penalty({"caught": 0.5}, -1.0), "penalty must be"),
        (lambda: mean_of_shares([0.5, 0.4], [0, 1], [1, 2]), "sum to 0.9"),
        (lambda: mean_of_shares([0.5, 0.5], [0, 2], [1, 1]), "lies above the upper end"),
        (lambda: crossing([1], [2], {}), "no threshold"),
        (lambda: crossing([], [], {"serious": 5}), "one at least"),
        (lambda: crossing([np.nan], [2], {"serious": 5}), "missing"),
        (lambda: controlled_change((0, 1), (1, 1), (1, 1), (1, 1)), "before must be"),
        (lambda: controlled_change([(1, 1)] * 2, (1, 1), (1, 1), (1, 1)), "as many rows"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(call, said):
    with pytest.raises(InputError, match=said):
        call()
