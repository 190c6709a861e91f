"""Simulated registers hold the truth asked for, and go through the ledger's own rules."""

from dataclasses import fields
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.scrutiny.assessment import Assessment
from analysis.scrutiny.checks import scrutinise
from analysis.scrutiny.identifiability import Identifiability
from analysis.scrutiny.ledger import evidence_of
from analysis.scrutiny.question import Question, Series
from analysis.scrutiny.registers import ask_simulated, evidence_of_simulated, graded, simulated
from analysis.series.simulate import FIRST_YEAR


def draw(seed=0, years=12, **how):
    return simulated(np.random.default_rng(seed), years, **how)


def totals(one):
    return one.truth.periods("Y").to_numpy(dtype=float)


@pytest.fixture(scope="module")
def checked():
    question = ask_simulated(draw(1, 20, effect=1.0, sd=0.1), "x", hedge_models=["open_ended"])
    return question, scrutinise(question)


@pytest.mark.parametrize("effect", [-0.5, 0.0, 0.25, 1.0])
def test_the_effect_is_the_one_asked_for(effect):
    for seed in range(5):
        one = draw(seed, 24, effect=effect, sd=0.0)
        k = np.arange(24)
        step = (k >= one.at - FIRST_YEAR).astype(float)
        design = np.column_stack([np.ones(24), k, step])
        # Without yearly errors what is left is the days' noise, about 4% of a year's count.
        found = np.linalg.lstsq(design, np.log(totals(one)), rcond=None)[0]
        assert found[2] == pytest.approx(np.log1p(effect), abs=0.15)
        assert found[1] == pytest.approx(one.slope, abs=0.02)


def test_the_effect_is_exact_in_the_intensity():
    with_, without = draw(3, 15, effect=0.5), draw(3, 15)
    ratio = with_.truth.intensity / without.truth.intensity
    year = with_.truth.first_year + np.arange(15).repeat(
        [366 if pd.Timestamp(f"{y}-01-01").is_leap_year else 365 for y in range(FIRST_YEAR, FIRST_YEAR + 15)]
    )
    np.testing.assert_allclose(ratio, np.where(year >= with_.at, 1.5, 1.0), rtol=1e-12)


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
def test_errors_have_the_autocorrelation_and_the_spread_asked_for(rho):
    errors = draw(0, 400, rho=rho, sd=0.2).errors  # the levels of so long a series do not matter here
    found = np.corrcoef(errors[:-1], errors[1:])[0, 1]
    assert found == pytest.approx(rho, abs=0.12)
    assert errors.std() == pytest.approx(0.2, rel=0.15)


def test_days_are_overdispersed():
    weeks = draw(2, 10, sd=0.0).truth
    counts = weeks.counts[: len(weeks.counts) // 7 * 7].reshape(-1, 7).sum(axis=1)
    expected = weeks.intensity[: len(counts) * 7].reshape(-1, 7).sum(axis=1)
    assert (((counts - expected) ** 2) / expected).mean() > 1.5


@pytest.mark.parametrize("years", [7, 8, 9, 12, 16, 20, 25])
def test_the_measure_lies_in_the_middle_third_with_enough_on_both_sides(years):
    rng = np.random.default_rng(0)
    for _ in range(30):
        one = simulated(rng, years)
        before = one.at - FIRST_YEAR
        assert before >= max(4, years / 3)
        assert years - before >= 3
        assert before <= max(4, 2 * years / 3)


def test_every_year_is_printed_honestly():
    one = draw(5, 16)
    assert one.printed.time.tolist() == list(range(FIRST_YEAR, FIRST_YEAR + 16))
    true = totals(one)
    assert np.abs(np.log(one.printed.y / true)).max() < 0.11  # two digits, rounded
    assert set(one.readings["hedge"]) > {"exact"}
    assert one.readings["reading_id"].is_unique
    assert len(one.readings) == 18


def test_the_same_seed_gives_the_same_series():
    first, again, other = draw(4, effect=0.25, rho=0.4), draw(4, effect=0.25, rho=0.4), draw(5, effect=0.25)
    pd.testing.assert_frame_equal(first.readings, again.readings)
    assert first.at == again.at
    assert not np.array_equal(first.printed.y, other.printed.y)
    a, b = ask_simulated(first, "a"), ask_simulated(again, "a")
    np.testing.assert_array_equal(a.main.y, b.main.y)
    np.testing.assert_array_equal(a.draws, b.draws)


def test_a_question_holds_what_the_checks_ask_for(checked):
    question, found = checked
    assert set(question.variants) == {"open-ended hedges", "printed years"}
    assert question.draws.shape == (40, len(question.main.time))
    assert question.enough
    assert set(found.multiverse.table["series"]) == {"reconstructed", *question.variants}


def test_evidence_is_the_ledgers(checked):
    question, found = checked
    identified = Identifiability("x", question.n_before, question.n_after, (), (), (), ())
    assessment = Assessment(
        hypothesis=SimpleNamespace(hypothesis_id="x"), identifiability=identified, measures=(), question=question,
        scrutiny=found,
    )  # fmt: skip
    own, ledgers = evidence_of_simulated(question, found, 0.02), evidence_of(assessment, 0.02)
    for field in fields(own):
        assert getattr(own, field.name) == getattr(ledgers, field.name), field.name


def test_a_register_is_graded_with_its_p_adjusted(checked):
    question, found = checked
    others = [Question(f"q{i}", question.main, question.at) for i in range(3)]
    p, grades = graded([question, *others], [found, found, found, None])
    assert p[:3] == pytest.approx(found.primary.p)  # three equal p stay as they are
    assert np.isnan(p[3])
    assert grades[3].letter == "D"
    assert grades[3].reasons == ("the model cannot be fitted",)
    alone = graded([question], [found])[0]
    assert alone == pytest.approx(found.primary.p)


def test_too_few_periods_are_not_identifiable(checked):
    _, found = checked
    short = Question("short", Series(np.arange(2004, 2010), np.ones(6)), 2007)
    assert graded([short], [found])[1][0].sentence == "Not identifiable: 3 periods before and 3 after."


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"years": 6}, "6 years cannot hold 4 before a measure and 3 from it on; ask for at least 7."),
        ({"effect": -1.0}, "An effect of -1.0 leaves nothing to count"),
        ({"effect": float("nan")}, "An effect of nan leaves nothing to count"),
        ({"rho": 1.0}, "rho must be from 0 to below 1, not 1.0."),
        ({"rho": -0.1}, "rho must be from 0 to below 1, not -0.1."),
        ({"sd": -1.0}, "A standard deviation must be 0 or more, not -1.0."),
    ],
)
def test_what_makes_no_series_is_refused(how, sentence):
    with pytest.raises(InputError, match=sentence):
        draw(**how)


def test_questions_and_scrutinies_must_match(checked):
    question, found = checked
    with pytest.raises(InputError, match="1 questions, but 2 scrutinies"):
        graded([question], [found, found])
    with pytest.raises(InputError, match="two p values"):
        graded([question, question], [found, found])
