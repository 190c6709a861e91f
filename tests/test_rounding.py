"""Comparisons and prints hang on no last bit."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.rounding import NEAR, above, at_least, level_with, settled, written

NUMBERS = st.floats(min_value=1e-12, max_value=1e12)
SIGNS = st.sampled_from([-1.0, 1.0])
NOISE = st.floats(min_value=-1e-12, max_value=1e-12)


@given(NUMBERS, SIGNS, NOISE)
@example(0.5, 1.0, -1e-16)
@example(1.0, -1.0, 1e-16)
def test_noise_moves_no_value_across_a_threshold(size, sign, noise):
    threshold = sign * size
    noisy = threshold * (1 + noise)
    assert at_least(noisy, threshold)
    assert at_least(threshold, noisy)
    assert not above(noisy, threshold)
    assert level_with(noisy, threshold)


@given(NUMBERS, SIGNS)
def test_what_is_apart_stays_apart(size, sign):
    low, high = sorted([sign * size, sign * size * (1 + 3 * NEAR)])
    assert above(high, low)
    assert not at_least(low, high)


@given(st.lists(NUMBERS, min_size=1, max_size=5), SIGNS)
def test_one_number_and_an_array_are_settled_alike(numbers, sign):
    values = sign * np.array(numbers)
    np.testing.assert_allclose(settled(values), [settled(float(one)) for one in values], rtol=1e-15)
    np.testing.assert_allclose(settled(values), values, rtol=5.1e-9)


@given(st.integers(1, 99_999), st.integers(-8, 8), NOISE)
def test_noise_moves_no_print_of_a_short_decimal(whole, power, noise):
    value = whole * 10.0**power
    for form in (".0f", ".1f", ".3g", ".0%"):
        assert written(value * (1 + noise), form) == written(value, form)


def test_odd_values():
    assert settled(np.array([0.0, -0.0, np.nan, np.inf, -np.inf]))[[0, 1, 3, 4]].tolist() == [
        0,
        0,
        np.inf,
        -np.inf,
    ]
    assert math.isnan(settled(math.nan))
    assert math.copysign(1, settled(-0.0)) == 1
    assert at_least(np.inf, np.inf)
    assert not above(np.inf, np.inf)
    assert above(np.inf, 3)
    assert not at_least(np.nan, 0)
    assert not above(np.nan, 0)


def test_a_scale_says_what_nothing_is():
    assert not level_with(1e-17, 0)
    assert level_with(1e-17, 0, scale=1)
    assert not above(-1e-17, 0, scale=1)


@pytest.mark.parametrize("noisy", [0.49999999999999994, 0.5, 0.5000000000000002])
def test_a_half_is_a_half_whatever_its_bits(noisy):
    assert at_least(noisy, 0.5)
    assert written(100 * noisy, ".1f") == "50.0"
    assert written(0.225 + noisy - 0.5, ".0%") == written(0.225, ".0%")
