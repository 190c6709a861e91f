"""Verdicts: total over direction, grade and interval, and never more than the grade allows."""

import itertools
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.scrutiny.verdicts import verdict

UP, DOWN = (1.3, 1.1, 1.5), (0.7, 0.5, 0.9)
SMALL, SMALL_UP, WIDE = (1.01, 0.95, 1.08), (1.05, 1.02, 1.08), (1.1, 0.8, 1.6)
DIRECTIONS = ("increase", "decrease", "either")
WORDS = {"supports", "contradicts", "no effect beyond 10%", "undecided"}


@pytest.mark.parametrize(
    ("direction", "interval", "word"),
    [
        ("increase", UP, "supports"),
        ("increase", DOWN, "contradicts"),
        ("decrease", UP, "contradicts"),
        ("decrease", DOWN, "supports"),
        ("either", UP, "supports"),
        ("either", DOWN, "supports"),
        ("increase", SMALL, "no effect beyond 10%"),
        ("either", SMALL, "no effect beyond 10%"),
        ("increase", SMALL_UP, "supports"),
        ("decrease", WIDE, "undecided"),
    ],
)
def test_a_finding_that_stands_out(direction, interval, word):
    for letter in "AB":
        assert verdict(direction, *interval, letter).word == word


def test_what_does_not_stand_out_neither_supports_nor_contradicts():
    for direction, interval in itertools.product(DIRECTIONS, (UP, DOWN, WIDE)):
        assert verdict(direction, *interval, "C").word == "undecided"
    assert verdict("increase", *SMALL, "C").word == "no effect beyond 10%"
    assert verdict("increase", *SMALL_UP, "C").word == "no effect beyond 10%"


def test_what_is_not_identifiable_is_undecided_whatever_the_interval():
    for direction, interval in itertools.product(DIRECTIONS, (UP, DOWN, SMALL, SMALL_UP, WIDE)):
        assert verdict(direction, *interval, "D").word == "undecided"


def test_the_bounds_of_no_effect_belong_to_it():
    assert verdict("increase", 1.0, 0.9, 1.1, "C").word == "no effect beyond 10%"
    assert verdict("increase", 1.0, 0.8999, 1.1, "C").word == "undecided"
    assert verdict("increase", 1.0, 0.9, 1.1001, "C").word == "undecided"
    # an end on no change does not exclude it
    assert verdict("increase", 1.3, 1.0, 1.6, "A").word == "undecided"


def test_sentences_say_recorded_and_the_numbers():
    found = verdict("increase", *UP, "A", level=0.9).sentence
    assert found == (
        "What was recorded differed by +30.0% from the counterfactual (90% interval +10.0% to +50.0%): "
        "this supports the registered increase."
    )
    assert "registered without a direction" in verdict("either", *DOWN, "B").sentence
    assert "though within 10%" in verdict("increase", *SMALL_UP, "A").sentence
    assert "−50.0%" in verdict("decrease", *DOWN, "A").sentence
    assert "no bound" in verdict("increase", 1.2, 0.5, math.inf, "C").sentence
    assert "+1,100%" in verdict("increase", 12, 2, 30, "A").sentence


value = st.one_of(st.none(), st.just(math.nan), st.just(math.inf), st.floats(0, 50))


@given(st.sampled_from(DIRECTIONS), st.sampled_from("ABCD"), value, value, value)
def test_every_combination_has_a_verdict_that_its_grade_allows(direction, letter, one, two, three):
    known = sorted(v for v in (one, two, three) if v is not None and not math.isnan(v))
    low, middle, high = known if len(known) == 3 else (one, two, None)
    found = verdict(direction, middle, low, high, letter)
    assert found.word in WORDS
    assert found.sentence.endswith(".")
    if letter in "CD":
        assert found.word not in ("supports", "contradicts")
    if len(known) < 3 or math.isinf(middle):
        assert found.word == "undecided"
    if direction == "either":
        assert found.word != "contradicts"


@given(st.floats(0.01, 20), st.floats(0, 2), st.floats(0, 2), st.sampled_from("ABCD"))
def test_turning_the_direction_turns_the_verdict(middle, below, above, letter):
    interval = (middle, middle / (1 + below), middle * (1 + above))
    turned = {"supports": "contradicts", "contradicts": "supports"}
    word = verdict("increase", *interval, letter).word
    assert verdict("decrease", *interval, letter).word == turned.get(word, word)


def test_missing_values_of_any_kind_are_no_estimate():
    for lost in (None, math.nan, pd.NA):
        assert verdict("increase", lost, 1.1, 1.5, "A").word == "undecided"
        assert verdict("increase", 1.3, 1.1, lost, "A").word == "undecided"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: verdict("up", *UP, "A"), "increase, decrease, either"),
        (lambda: verdict("increase", *UP, "E"), "A, B, C, D"),
        (lambda: verdict("increase", *UP, "A", level=95), "level must be above 0 and below 1"),
        (lambda: verdict("increase", 1.6, 1.1, 1.5, "A"), "inside its interval"),
        (lambda: verdict("increase", 0.1, -0.2, 0.4, "A"), "ratios to the counterfactual"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()
