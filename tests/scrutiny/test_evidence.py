"""What a grade is made of, where a comparison series brings placebo units and bounds: the way to an A."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.scrutiny.assessment import Assessment
from analysis.scrutiny.identifiability import Identifiability
from analysis.scrutiny.ledger import evidence_of, graded


def compared(units=9, extreme=4, bounds=(0.1, 0.6), pretrend=0.4, robust=True):
    """Return what `evidence_of` reads of a comparison: `extreme` of its placebo units as extreme as the measure."""
    table = pd.DataFrame(
        {"Mbar": [0.5, 1.0, 2.0], "lower": [0.2, bounds[0], -1.0], "upper": [0.5, bounds[1], 2.0]}
    )
    return SimpleNamespace(
        floor=1 / (units + 1) if units else 0.0,
        permutation=SimpleNamespace(p=(extreme + 1) / (units + 1)),
        pretrend=pretrend,
        robust=SimpleNamespace(table=table) if robust else None,
    )


def assessed(comparison=None, *, dates=8, share=0.0, faults=()):
    """Return an assessment whose numbers would be graded B, and A with a comparison that holds."""
    test = SimpleNamespace(estimate=1.5, lower=1.2, upper=1.9, p=0.001)
    scrutiny = SimpleNamespace(
        primary=test,
        placebos=SimpleNamespace(n=dates, share_as_extreme=share),
        sign_share=0.98,
        placebo_sign_share=0.6,
    )
    return Assessment(
        hypothesis=SimpleNamespace(direction="increase"),
        identifiability=Identifiability("h", 9, 5, (), (), tuple(faults), tuple(faults)),
        measures=(),
        scrutiny=scrutiny,
        comparison=comparison,
    )


def letter(found):
    return graded(found, 0.01, 0.04).letter


@pytest.mark.parametrize(
    ("dates", "share", "units", "extreme", "expected"),
    [
        (4, 0.25, 9, 4, (13, 5 / 13)),  # one date in four, and four units in nine
        (4, 0.25, 9, 0, (13, 1 / 13)),
        (10, 0.1, 5, 5, (15, 6 / 15)),
        (0, np.nan, 9, 2, (9, 2 / 9)),  # no date: the units alone
        (4, 0.25, 0, 0, (4, 0.25)),  # no unit, no floor: the dates alone
    ],
)
def test_units_and_dates_are_counted_together(dates, share, units, extreme, expected):
    found = evidence_of(assessed(compared(units, extreme), dates=dates, share=share), 0.01)
    assert found.placebos == expected[0]
    assert found.placebo_share == pytest.approx(expected[1])


@pytest.mark.parametrize(
    ("bounds", "excludes"),
    [
        ((0.1, 0.6), True),
        ((-0.6, -0.1), True),
        ((-0.1, 0.6), False),
        ((0.0, 0.6), False),
        ((0.1, np.inf), False),
        ((np.nan, 0.6), False),
    ],
)
def test_bounds_exclude_no_effect_where_both_ends_lie_on_one_side(bounds, excludes):
    assert evidence_of(assessed(compared(bounds=bounds)), 0.01).honest_excludes_zero is excludes


def test_bounds_are_those_of_violations_as_large_as_the_largest_before():
    none = compared()
    none.robust.table = none.robust.table[none.robust.table["Mbar"] != 1.0]
    assert evidence_of(assessed(none), 0.01).honest_excludes_zero is None
    assert evidence_of(assessed(compared(robust=False)), 0.01).honest_excludes_zero is None


def test_a_comparison_that_holds_makes_an_a_and_one_that_fails_a_b():
    assert letter(assessed()) == "B"
    few = compared(units=20, extreme=1)
    assert letter(assessed(few)) == "A"
    assert letter(assessed(compared(units=20, extreme=1, bounds=(-0.1, 0.6)))) == "B"
    assert letter(assessed(compared(units=20, extreme=1, robust=False))) == "B"
    assert letter(assessed(compared(units=20, extreme=1, pretrend=0.05))) == "B"
    assert letter(assessed(compared(units=20, extreme=12))) == "C"  # units as extreme are placebos as well
    assert letter(assessed(few, dates=2)) == "A"  # two dates are too few, with twenty units there are enough
    assert letter(assessed(dates=2)) == "C"
    assert letter(assessed(few, faults=("rivals",))) == "D"


def test_an_entry_is_its_assessment_and_what_follows():
    found = assessed(compared(units=20, extreme=1))
    entry = graded(found, 0.01, 0.04)
    assert (entry.p_bh, entry.p_by, entry.verdict.word) == (0.01, 0.04, "supports")
    assert entry.primary is found.primary
    assert entry.comparison is found.comparison
    lost = graded(replace(found, scrutiny=None, failure="No model."), float("nan"), float("nan"))
    assert (lost.letter, lost.grade.reasons, lost.verdict.word) == ("D", ("No model.",), "undecided")
