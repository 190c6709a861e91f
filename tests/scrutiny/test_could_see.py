"""What tests could see is half the width of their intervals on the log scale."""

from types import SimpleNamespace

import pytest

from analysis import InputError
from analysis.scrutiny import Answer, Grade, could_see


def answer(lower=None, upper=None, letter="C"):
    """Return an answer with a test of this interval, or with none."""
    test = SimpleNamespace(lower=lower, upper=upper) if lower is not None else None
    return Answer(None, None, test, "", None, None, (), "", grade=Grade(letter, ()))


def test_half_a_width_on_the_log_scale_is_what_a_test_could_see():
    found = could_see(
        {"a": answer(0.5, 2.0), "b": answer(0.25, 4.0, "B"), "c": answer(0.1, 10.0), "d": answer()}
    )
    assert (found.bundles, found.tested, found.standing) == (4, 3, 1)
    assert (found.middle, found.finest) == pytest.approx((4.0, 2.0))


def test_without_a_test_nothing_could_be_seen():
    with pytest.raises(InputError, match="None of 1 bundles has a test"):
        could_see({"a": answer()})
