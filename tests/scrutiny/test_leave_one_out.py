"""The largest move of an estimate when one thing is left out."""

import math

import pytest

from analysis.errors import InputError
from analysis.scrutiny.leave_one_out import largest_move


def test_the_largest_move_and_what_turns_the_sign():
    found = largest_move({"r1": 0.25, "r2": -0.05, "r3": 0.6, "r4": 0.0, "r5": math.nan}, 0.2)
    assert (found.left_out, found.estimate) == ("r3", 0.6)
    assert found.move == pytest.approx(0.4)
    assert found.sign_changes == ("r2", "r4")
    assert found.failed == ("r5",)


def test_order_does_not_matter_and_the_first_id_wins_a_tie():
    one = largest_move({"b": 0.3, "a": 0.1}, 0.2)
    assert one == largest_move({"a": 0.1, "b": 0.3}, 0.2)
    assert largest_move({"b": 1.0, "a": -1.0}, 0.0).left_out == "a"


def test_nothing_moves_and_nothing_can_be_fitted():
    still = largest_move({"a": 0.0}, 0.0)
    assert (still.move, still.sign_changes) == (0.0, ())
    lost = largest_move({"a": math.nan, "b": math.inf}, 0.1)
    assert lost.left_out == ""
    assert math.isnan(lost.move)
    assert lost.failed == ("a", "b")


def test_wrong_input_is_refused_in_a_sentence():
    with pytest.raises(InputError, match="Nothing was left out"):
        largest_move({}, 0.1)
    with pytest.raises(InputError, match="finite one"):
        largest_move({"a": 0.1}, math.nan)
