"""The findings on effects follow the ledger, those on estimates the reconstruction and the calibration."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from analysis import InputError
from analysis.publish.bands import band
from analysis.publish.findings import (
    ESTIMATED,
    GRADED,
    best_identified,
    briefing_findings,
    effect_findings,
    effects,
    estimated_findings,
    key_findings,
    obstacles,
)
from analysis.publish.pages.ledger.wording import entries
from analysis.scrutiny.hypothesis import hypothesis
from analysis.scrutiny.ledger import Entry
from analysis.series import calibration, readings_of


def made(
    data, name, letter, *, estimate=1.2, span=(0.7, 2.0), detectable=1.5, faults=(), verdict="undecided"
):
    """Return an entry of the ledger for a registered hypothesis, with made-up results."""
    test = SimpleNamespace(estimate=estimate, lower=span[0], upper=span[1], detectable=detectable)
    one = hypothesis(data, name)
    return Entry(
        hypothesis=replace(one, measure="The measure", series=replace(one.series, title="The series")),
        identifiability=SimpleNamespace(faults=faults),
        measures=(),
        scrutiny=SimpleNamespace(primary=test) if detectable else None,
        evidence=None,
        grade=SimpleNamespace(letter=letter, reasons=("p 0.400",)),
        verdict=SimpleNamespace(word=verdict),
        p_bh=0.4,
        p_by=0.9,
    )


EXPRESS, CARGO, TFTEA = "h-de-minimis-2016-express", "h-de-minimis-2016-msrp-cargo", "h-tftea-2016-seizures"
FRANCE, STOP, PRO_IP = "h-reg-1383-france", "h-stop-act-2018-seizures", "h-pro-ip-2008-seizures"


def test_the_best_identified_are_chosen_by_grade_and_by_the_effect_that_could_be_seen(data):
    found = (
        made(data, EXPRESS, "C", detectable=1.2),
        made(data, FRANCE, "B", detectable=3.0),
        made(data, PRO_IP, "C", detectable=0.7),  # as far from 1 as 1.43
        made(data, STOP, "D", detectable=1.01),
    )
    order = [row.hypothesis.hypothesis_id for row in best_identified(found, 9)]
    assert order == [FRANCE, EXPRESS, PRO_IP]
    assert [row.hypothesis.hypothesis_id for row in best_identified(found[::-1], 1)] == [FRANCE]
    moved = tuple(made(data, row.hypothesis.hypothesis_id, row.letter, estimate=9.0) for row in found)
    assert best_identified(moved[1:2], 9)[0].hypothesis.hypothesis_id == FRANCE


def test_one_act_and_one_series_are_told_once(data):
    act = (made(data, EXPRESS, "C", detectable=1.2), made(data, CARGO, "C"), made(data, TFTEA, "C"))
    assert [row.hypothesis.hypothesis_id for row in best_identified(act, 9)] == [
        EXPRESS
    ]  # all of 24 February 2016
    series = (made(data, TFTEA, "C", detectable=1.2), made(data, PRO_IP, "C"))
    assert data.hypotheses.set_index("hypothesis_id").loc[[TFTEA, PRO_IP], "series_id"].nunique() == 1
    assert [row.hypothesis.hypothesis_id for row in best_identified(series, 9)] == [TFTEA]


def test_the_finding_on_identification_counts_grades_and_obstacles(data):
    found = (
        made(data, EXPRESS, "C"),
        made(data, STOP, "D", faults=("rivals", "breaks"), detectable=None),
        made(data, FRANCE, "D", faults=("rivals",)),
    )
    (one, *_) = effect_findings(data, found)
    assert (one.value, one.low, one.high) == ("1 of 3", 1, 1)
    assert one.hypotheses == (EXPRESS, STOP, FRANCE)
    assert "none stands out" in one.sentence
    assert obstacles(found) == "a rival measure beside it (2) and the count changes inside the span (1)"
    assert obstacles(found) in one.sentence
    (graded, *_) = effect_findings(data, (made(data, EXPRESS, "A"), *found[1:]))
    assert "one stands out" in graded.sentence
    with pytest.raises(InputError, match="ledger is empty"):
        effect_findings(data, ())


def test_an_effect_is_told_with_interval_grade_and_what_it_could_have_seen(data):
    one = effects.effect(data, made(data, EXPRESS, "C"))
    assert (one.standing, one.grade, one.verdict) == (GRADED, "C", "undecided")
    assert one.badge == "grade C: undecided"
    assert one.value == "−30% to +100%"  # what cannot be told from placebo has no single number
    assert (one.low, one.high) == pytest.approx((-30, 100))
    for part in ("fiscal year 2016", "+20%", "−30% to +100%", "a rise of 50%", "not distinguishable"):
        assert part in one.sentence, part
    assert "Trade Facilitation" in one.sentence  # the act that it is part of
    assert set(one.readings) <= set(readings_of(data, "us-seizures-express")["reading_id"])
    assert len(one.readings) >= 7
    assert effects.effect(data, made(data, EXPRESS, "B")).value == "+20%"
    with pytest.raises(InputError, match="no fitted model"):
        effects.effect(data, made(data, EXPRESS, "D", detectable=None))


def test_a_fall_that_could_be_seen_is_said_as_a_rise_of_the_same_size(data):
    assert "a rise of 100%" in effects.effect(data, made(data, EXPRESS, "C", detectable=0.5)).sentence
    assert "a rise to 8 times" in effects.effect(data, made(data, EXPRESS, "C", detectable=8.0)).sentence


def test_the_estimated_year_is_printed_by_nobody_and_has_its_band(data):
    one, more = estimated_findings(data)
    years = band(data, "mps-cases-solved").set_index("year")
    alone = years[~years["printed"].astype(bool)]
    best = alone.loc[(alone["upper"] / alone["lower"]).idxmin()]
    assert one.standing == ESTIMATED
    assert (one.low, one.high) == (best["lower"], best["upper"])
    assert str(best.name) in one.sentence
    assert set(one.readings) <= set(data.readings["reading_id"])
    pairs = calibration.one_each(calibration.pairs(data, loose=True))
    row = calibration.coverage(pairs).set_index(["hedge", "model"]).loc[("more_than", "default")]
    assert more.value == f"{int(row['inside'])} of {int(row['n'])} inside"
    assert (more.low, more.high) == pytest.approx((100 * row["lower"], 100 * row["upper"]))


def test_real_findings_on_effects_repeat_the_ledger(data):
    ledger = {row.hypothesis.hypothesis_id: row for row in entries(data)}
    findings = key_findings(data)
    graded = [one for one in findings if one.standing == GRADED]
    assert graded
    for one in graded:
        row = ledger[one.name]
        assert (one.grade, one.verdict) == (row.letter, row.verdict.word)
        assert one.grade != "D"
    assert all(not one.grade for one in findings if one.standing != GRADED)
    few = briefing_findings(data)
    assert [one for one in findings if one in few] == few
    assert {one.standing for one in few} >= {GRADED, ESTIMATED}
