"""The ledger in four answers: what a bundle holds, known effects, what is excluded, and the grades."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.models.integrated import integrated_contrast
from analysis.scrutiny import answer_of, bundle, bundles, letter
from analysis.scrutiny.answers import excludes, graded, one_of_many
from analysis.scrutiny.question import Question, Series
from analysis.scrutiny.registers import lettered
from analysis.scrutiny.unusual import departed, design_of, reference

YEARS = np.arange(2006, 2020)


def test_every_yearly_hypothesis_has_one_bundle(data):
    held = [name for one in bundles(data).values() for name in one.hypotheses]
    yearly = data.hypotheses.loc[data.hypotheses["frequency"] != "month", "hypothesis_id"]
    assert sorted(held) == sorted(yearly)
    assert len({(one.series_id, one.at) for one in bundles(data).values()}) == len(bundles(data))


def test_a_law_is_no_break_of_its_own_and_its_sister_act_is_joint(data):
    found = bundle(data, "h-japan-2022-cases")
    assert {"jp-2022-03-customs-act", "jp-2021-05-14-trademark-act"} <= set(found.measures)
    assert "jp-foreign-senders-2022" in found.own
    assert "jp-foreign-senders-2022" not in found.breaks
    assert found.coinciding == ()


def test_yearly_editions_and_other_subjects_are_no_rivals(data):
    found = bundle(data, "h-phase-one-2020-us-seizures")
    assert not [name for name in (*found.measures, *found.near) if "food" in name or "drug" in name]
    for one in bundles(data).values():
        editions = data.measures.set_index("measure_id")["edition_of"]
        assert not [name for name in one.near if editions[name]]


def test_the_test_is_the_integrated_contrast_of_the_first_three_years():
    rng = np.random.default_rng(1)
    z = rng.normal(0, 0.1, 14) + 0.5 * (YEARS >= 2013)
    used = YEARS < 2016
    design = np.column_stack([np.ones(10), YEARS[used], YEARS[used] >= 2013])
    expected = integrated_contrast(z[used], design, [0, 0, 1], YEARS[used], lowest=0.0)
    found = departed(z, YEARS, 2013)
    assert found[:4] == pytest.approx(
        tuple(map(float, (expected.estimate, expected.lower, expected.upper, expected.p)))
    )
    moved = z + 9.0 * (YEARS >= 2016)  # later years do not count
    assert departed(moved, YEARS, 2013) == pytest.approx(found)


def test_a_break_is_held_by_a_step_of_its_own():
    z = 0.02 * YEARS + 0.8 * (YEARS >= 2010) + 0.001 * np.cos(YEARS)
    assert abs(departed(z, YEARS, 2013)[0]) > 0.05
    assert departed(z, YEARS, 2013, breaks=(2010,))[0] == pytest.approx(0, abs=0.01)
    assert design_of(YEARS, 2013, (2013, 2030)).shape[1] == 3  # no step where it cannot be told apart


@pytest.mark.parametrize(("first", "last"), [(2011, 2015), (2008, 2013)])
def test_too_short_is_fewer_than_three_before_or_two_after(first, last):
    time = np.arange(first, last + 1)
    with pytest.raises(InputError, match="informed periods before"):
        departed(np.sin(time), time, 2013)
    longer = np.arange(2010, 2015)
    assert 0 < departed(np.sin(longer), longer, 2013)[3] <= 1


def test_what_is_excluded_is_said_in_words():
    assert excludes(0.8, 1.5) == "Excluded at 95%: a rise of more than 50%; and a fall of more than 20%."
    assert "no change, a fall, or a rise of less than 20%" in excludes(1.2, 4.0)
    assert "a rise to more than 4.0 times" in excludes(1.2, 4.0)
    assert "no change, a rise, or a fall of less than 10%" in excludes(0.5, 0.9)


def test_one_measure_is_bounded_where_all_push_one_way():
    assert one_of_many("increase", 0.8, 1.5) == (1.0, 1.5)
    assert one_of_many("increase", 0.5, 0.9) == (1.0, 1.0)
    assert one_of_many("decrease", 0.8, 1.5) == (0.8, 1.0)
    assert one_of_many("either", 0.8, 1.5) is None


@pytest.mark.parametrize(
    ("p", "given", "expected"),
    [
        (None, {}, "D"),
        (0.2, {"compared": True, "honest": True}, "C"),
        (0.05, {"compared": True, "honest": True}, "C"),
        (0.01, {}, "B"),
        (0.01, {"compared": True}, "B"),
        (0.01, {"compared": True, "honest": True}, "A"),
        (0.01, {"compared": True, "honest": True, "coinciding": True}, "C"),
    ],
)
def test_the_grades(p, given, expected):
    assert letter(p, **given).letter == expected


def test_a_share_is_no_p():
    with pytest.raises(InputError, match="between 0 and 1"):
        letter(1.2)


def test_the_answers_on_japans_law(data):
    found = answer_of(data, "h-japan-2022-cases")
    assert found.happened is not None
    assert found.unusual is not None
    assert found.unusual.n_after >= 2
    assert found.happened.lower <= found.happened.ratio <= found.happened.upper
    assert len(found.risks) == 7
    assert found.excluded in found.sentence()
    assert graded(found, 0.9).letter == "C"
    assert graded(found, None).letter == "D"
    assert len(repr(found).splitlines()) <= 24


def test_the_reference_is_of_the_nominal_size(data):
    table = reference(data)
    share = (table["p"] < 0.05).mean()
    assert len(table) > 500
    assert 0 < share < 0.15
    assert 0 < table["quiet"].sum() < len(table)


def test_an_unknown_bundle_is_named(data):
    with pytest.raises(InputError, match="no bundle 'h-nothing'"):
        bundle(data, "h-nothing")


def quiet_register(rng, effects):
    """Return 14 years a series, 15 percent of noise, and the date after the seventh."""
    time = YEARS.astype(np.int64)
    return [
        Question(
            f"series {place}",
            Series(time, np.exp(0.05 * time - 95 + rng.normal(0, 0.15, 14) + gain * (time >= 2013))),
            2013,
        )
        for place, gain in enumerate(effects)
    ]


def test_a_tripling_in_fourteen_quiet_years_is_seen_in_half_and_nothing_in_few():
    rng, effects = np.random.default_rng(1), np.log(np.r_[np.full(20, 3.0), np.ones(20)])
    seen = nothing = 0
    for _ in range(4):
        letters = [one.letter for one in lettered(quiet_register(rng, effects))[1]]
        seen += sum(one in "AB" for one in letters[:20])
        nothing += sum(one in "AB" for one in letters[20:])
    assert seen >= 40
    assert nothing <= 4 + 3 * np.sqrt(80 * 0.05 * 0.95)
    alone = [
        one.letter for one in lettered(quiet_register(rng, np.log(np.r_[np.full(8, 3.0), np.ones(32)])))[1]
    ]
    assert sum(one in "AB" for one in alone[:8]) >= 4


def test_registers_name_their_series_apart():
    one = quiet_register(np.random.default_rng(2), [0.0])
    with pytest.raises(InputError, match="called 'series 0'"):
        lettered(one * 2)
    short = Question("short", Series(np.arange(2010, 2013), np.ones(3)), 2012)
    assert lettered([short])[1][0].letter == "D"
