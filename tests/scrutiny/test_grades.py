"""Grades: a total function, whose every rule decides, and which nothing worse ever improves."""

import dataclasses
import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.scrutiny.grades import Evidence, Grade, grade

BEST = Evidence(
    identifiable=True,
    comparison=True,
    p_adjusted=0.01,
    placebos=12,
    placebo_share=0.0,
    multiverse_share=0.97,
    multiverse_placebo_share=0.6,
    pretrend_p=0.5,
    honest_excludes_zero=True,
)
# Each item from worst to best: just beyond its bound, on it, just within, and not made at all.
SCALES = {
    "identifiable": (None, False, True),
    "comparison": (None, False, True),
    "p_adjusted": (None, math.nan, 1.0, 0.05, 0.0499, 0.0),
    "placebos": (None, 0, 7, 8, 40),
    "placebo_share": (None, math.nan, 1.0, 0.11, 0.10, 0.0),
    "multiverse_share": (None, math.nan, 0.0, 0.5, 0.899, 0.90, 1.0),
    "multiverse_placebo_share": (None, math.nan, 1.0, 0.95, 0.90, 0.5, 0.0),
    "pretrend_p": (None, math.nan, 0.0, 0.10, 0.1001, 1.0),
    "honest_excludes_zero": (None, False, True),
}
RANK = {"D": 0, "C": 1, "B": 2, "A": 3}


def by_the_book(e):
    """The rules of the design, written out a second time and without the module's helpers."""
    known = lambda v: v is not None and not math.isnan(v)  # noqa: E731
    if e["identifiable"] is not True:
        return "D"
    single = (
        known(e["p_adjusted"])
        and e["p_adjusted"] < 0.05
        and (e["placebos"] or 0) >= 8
        and known(e["placebo_share"])
        and e["placebo_share"] <= 0.10
        and known(e["multiverse_share"])
        and e["multiverse_share"] >= 0.90
        and known(e["multiverse_placebo_share"])
        and e["multiverse_share"] > e["multiverse_placebo_share"]
    )
    if not single:
        return "C"
    parallel = known(e["pretrend_p"]) and e["pretrend_p"] > 0.10
    return "A" if e["comparison"] is True and parallel and e["honest_excludes_zero"] is True else "B"


# The ends of a scale that lie far from its bound say no more than their neighbours: other tests go there.
FAR = {"p_adjusted": (1.0, 0.0), "placebos": (0, 40), "placebo_share": (1.0, 0.0), "pretrend_p": (0.0, 1.0)}


@pytest.mark.parametrize("identifiable", SCALES["identifiable"])
@pytest.mark.parametrize("comparison", SCALES["comparison"])
def test_every_combination_has_the_grade_of_the_rules_and_a_reason(identifiable, comparison):
    """NaN is None once the evidence is made, so that the product goes over None alone."""
    rest = [name for name in SCALES if name not in ("identifiable", "comparison")]
    pools = [[v for v in SCALES[name] if v == v and v not in FAR.get(name, ())] for name in rest]
    for values in itertools.product(*pools):
        items = dict(zip(rest, values, strict=True), identifiable=identifiable, comparison=comparison)
        found = grade(Evidence(**items))
        assert found.letter == by_the_book(items), items
        assert found.reasons
        assert all(found.reasons)


@pytest.mark.parametrize("name", SCALES)
def test_every_bound_lies_where_the_design_puts_it(name):
    """One item at a time through its whole scale, NaN included, all else at its best."""
    base = {field.name: getattr(BEST, field.name) for field in dataclasses.fields(BEST)}
    letters = []
    for value in SCALES[name]:
        found = grade(dataclasses.replace(BEST, **{name: value}))
        assert found.letter == by_the_book(base | {name: value})
        letters.append(found.letter)
    assert letters[-1] == "A"
    assert letters[0] != "A"
    assert [RANK[one] for one in letters] == sorted(RANK[one] for one in letters)


def evidence():
    return st.fixed_dictionaries({name: st.sampled_from(scale) for name, scale in SCALES.items()})


@given(evidence(), st.sampled_from(sorted(SCALES)), st.data())
def test_worsening_any_one_item_never_improves_the_grade(items, name, data):
    scale = SCALES[name]
    place = data.draw(st.integers(0, len(scale) - 1))
    worse = data.draw(st.integers(0, place))
    better = grade(Evidence(**(items | {name: scale[place]}))).letter
    assert RANK[grade(Evidence(**(items | {name: scale[worse]}))).letter] <= RANK[better]


share = st.one_of(st.none(), st.just(math.nan), st.floats(0, 1))
flag = st.one_of(st.none(), st.booleans())


@given(
    st.builds(
        Evidence,
        identifiable=flag,
        comparison=flag,
        p_adjusted=share,
        placebos=st.one_of(st.none(), st.integers(0, 10**6)),
        placebo_share=share,
        multiverse_share=share,
        multiverse_placebo_share=share,
        pretrend_p=share,
        honest_excludes_zero=flag,
    ),
    st.sampled_from(sorted(SCALES)),
)
def test_a_check_left_out_never_improves_the_grade(full, name):
    before = grade(full)
    assert isinstance(before, Grade)
    without = grade(dataclasses.replace(full, **{name: None}))
    assert RANK[without.letter] <= RANK[before.letter]
    assert before.sentence.endswith(".")


def test_reasons_say_what_decided():
    assert grade(BEST).reasons[0] == "p 0.010 after Benjamini-Hochberg"
    assert len(grade(BEST).reasons) == 6
    alone = dataclasses.replace(BEST, comparison=False)
    assert grade(alone).sentence == "Identified without a comparison: there is no comparison series."
    bent = grade(dataclasses.replace(BEST, pretrend_p=0.02))
    assert bent.letter == "B"
    assert bent.reasons == (
        "the comparison adds nothing, the series diverged before the measure (joint leads p 0.020)",
    )
    weak = grade(dataclasses.replace(BEST, p_adjusted=0.2, placebos=1, multiverse_share=0.896))
    assert weak.letter == "C"
    assert weak.reasons == (
        "p 0.200 after Benjamini-Hochberg, not below 0.05",
        "1 placebo, at least 8 are needed",
        "89.6% of the multiverse of the estimate's sign, less than 90%",
    )
    reasons = ("2 informed periods before 2011, at least 4 are needed",)
    lost = grade(dataclasses.replace(BEST, identifiable=False, obstacles=reasons))
    assert lost.reasons == reasons
    assert grade(Evidence(None)).reasons == ("whether it is identifiable was not checked",)
    assert grade(Evidence(False)).reasons == ("the reasons were not given",)


def test_no_reason_contradicts_itself_on_a_bound():
    for p in (0.05, 0.0499999):
        clause = grade(dataclasses.replace(BEST, p_adjusted=p)).reasons[0]
        assert ("not below" in clause) == (p >= 0.05)
    close = grade(dataclasses.replace(BEST, multiverse_share=0.95, multiverse_placebo_share=0.95))
    assert close.reasons == ("not beyond the 95% at placebo dates",)


def test_numpys_and_pandas_values_are_taken_as_they_are():
    found = Evidence(np.True_, comparison=pd.NA, p_adjusted=np.float64(0.01), placebos=np.int64(9))
    assert found.identifiable is True
    assert found.comparison is None
    assert type(found.placebos) is int
    assert Evidence(math.nan).identifiable is None
    assert Evidence(True, pretrend_p=pd.NA).pretrend_p is None


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ({"identifiable": "yes"}, "identifiable must be true, false or None"),
        ({"identifiable": 1}, "identifiable must be true"),
        ({"identifiable": True, "p_adjusted": 1.2}, "p_adjusted must be between 0 and 1"),
        ({"identifiable": True, "placebo_share": -0.1}, "placebo_share must be between 0 and 1"),
        ({"identifiable": True, "multiverse_share": math.inf}, "between 0 and 1"),
        ({"identifiable": True, "pretrend_p": "small"}, "between 0 and 1"),
        ({"identifiable": True, "placebos": -1}, "whole number"),
        ({"identifiable": True, "placebos": 2.5}, "whole number"),
        ({"identifiable": True, "placebos": [8]}, "whole number"),
    ],
)
def test_impossible_evidence_is_refused_in_a_sentence(items, words):
    with pytest.raises(InputError, match=words):
        Evidence(**items)
