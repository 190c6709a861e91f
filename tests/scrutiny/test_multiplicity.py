"""Adjusted p: against published numbers, the definitions, and what may not change them."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.scrutiny.multiplicity import adjusted, benjamini_hochberg, benjamini_yekutieli

# Benjamini, Hochberg 1995, section 3.2: 15 hypotheses on thrombolysis; four are rejected at 0.05.
PAPER = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000),
]


def plain(p, weight=1.0):
    """Adjusted p by their definition, one after the other."""
    order = np.argsort(p)
    raw = weight * len(p) * np.asarray(p)[order] / np.arange(1, len(p) + 1)
    result = np.empty(len(p))
    result[order] = np.minimum(np.minimum.accumulate(raw[::-1])[::-1], 1)
    return result


def test_the_example_of_benjamini_and_hochberg():
    found = benjamini_hochberg(PAPER)
    assert (found <= 0.05).sum() == 4
    assert found[3] == pytest.approx(15 * 0.0095 / 4)
    assert found[0] == pytest.approx(0.0015)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_both_follow_their_definitions(p):
    harmonic = sum(1 / i for i in range(1, len(p) + 1))
    np.testing.assert_allclose(benjamini_hochberg(p), plain(p), rtol=1e-12, atol=1e-300)
    found = benjamini_yekutieli(p)
    np.testing.assert_allclose(found, plain(p, harmonic), rtol=1e-12, atol=1e-300)
    assert (benjamini_yekutieli(p) >= benjamini_hochberg(p) - 1e-12).all()
    assert (benjamini_hochberg(p) >= np.array(p) - 1e-12).all()


@given(st.lists(st.one_of(st.just(math.nan), st.floats(0, 1)), min_size=1, max_size=20), st.randoms())
def test_untested_hypotheses_do_not_count_and_order_does_not_matter(p, random):
    values = np.array(p)
    tested = ~np.isnan(values)
    found = benjamini_hochberg(values)
    assert (np.isnan(found) == ~tested).all()
    np.testing.assert_array_equal(found[tested], benjamini_hochberg(values[tested]))
    order = list(range(len(p)))
    random.shuffle(order)
    np.testing.assert_allclose(benjamini_hochberg(values[order]), found[order], rtol=1e-12)


def test_the_rate_of_false_discoveries_is_held():
    """2,000 registers of 40 true nulls: any rejection is false, so BH rejects in 5% of them."""
    p = np.random.default_rng(5).uniform(size=(2000, 40))
    any_rejected = np.mean([(benjamini_hochberg(row) < 0.05).any() for row in p])
    assert any_rejected == pytest.approx(0.05, abs=0.015)


def test_a_frame_by_hypothesis_keeps_ids_and_order():
    found = adjusted({"h-b": 0.01, "h-a": None, "h-c": 0.5})
    assert list(found.index) == ["h-b", "h-a", "h-c"]
    assert list(found.columns) == ["p", "bh", "by"]
    assert found.loc["h-b"].tolist() == pytest.approx([0.01, 0.02, 0.03])
    assert found.loc["h-a"].isna().all()
    nullable = pd.Series([0.01, None, 0.5], index=["h-b", "h-a", "h-c"], dtype="Float64")
    pd.testing.assert_frame_equal(adjusted(nullable), found)
    assert adjusted({"h-a": math.nan})["by"].isna().all()
    assert adjusted({}).empty


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: adjusted({"h-a": 1.5}), "p of 'h-a' is 1.5"),
        (lambda: adjusted({"h-a": "small"}), "p must be a Series or a mapping to values"),
        (lambda: adjusted(pd.Series([0.1, 0.2], index=["h", "h"])), "'h' has two"),
        (lambda: benjamini_hochberg([0.1, -0.1]), "between 0 and 1"),
        (lambda: benjamini_yekutieli([[0.1]]), "one row of numbers"),
        (lambda: benjamini_hochberg(["x"]), "must be numbers"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()
