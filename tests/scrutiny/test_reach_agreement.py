"""Two readers of reach: kappa by hand and as published, and every measure read by both in words of the rule."""

import numpy as np
import pytest

from analysis import InputError
from analysis.dataset.coding_rules import REACH
from analysis.scrutiny.bundles import bundles
from analysis.scrutiny.reach_agreement import (
    PARTS,
    TOUCHED,
    common_rivals,
    examples,
    kappa,
    reach_agreement,
    second_reading,
)


def test_kappa_by_hand():
    """Of 10 things 7 alike; chance 0.6 * 0.5 + 0.4 * 0.5 = 0.5: (0.7 - 0.5) / (1 - 0.5) = 0.4."""
    first = ["a"] * 6 + ["b"] * 4
    second = ["a"] * 4 + ["b"] * 2 + ["a"] + ["b"] * 3
    assert kappa(first, second) == pytest.approx(0.4)
    assert kappa(second, first) == pytest.approx(0.4)


def test_kappa_of_the_paper():
    """Cohen 1960, table 1: shares on the diagonal .44, .20, .06, chance .50 .60 + .30 .30 + .20 .10, kappa .492."""
    shares = np.array([[0.44, 0.05, 0.01], [0.07, 0.20, 0.03], [0.09, 0.05, 0.06]])
    cells = np.round(shares * 100).astype(int)
    first = [row for row in range(3) for column in range(3) for _ in range(cells[row, column])]
    second = [column for row in range(3) for column in range(3) for _ in range(cells[row, column])]
    assert kappa(first, second) == pytest.approx((0.70 - 0.41) / (1 - 0.41))
    assert kappa(first, second) == pytest.approx(0.492, abs=5e-4)


def test_words_that_only_one_reader_gives_count_as_disagreement():
    assert kappa([frozenset("a"), frozenset("ab")], [frozenset("a"), frozenset("b")]) == pytest.approx(1 / 3)
    assert np.isnan(kappa(["a", "a"], ["a", "a"]))


def test_readings_of_different_things_are_refused():
    with pytest.raises(InputError, match="read 2 and 1 things"):
        kappa(["a", "b"], ["a"])


def test_both_readers_read_every_measure_in_words_of_the_rule(data):
    codes = second_reading()
    assert set(data.measures["measure_id"]) == set(codes["measure_id"])
    assert codes["measure_id"].is_unique
    words = {word for reader in ("first", "second") for cell in codes[reader] for word in cell.split(";")}
    assert words - {""} <= set(REACH)


def test_agreement_is_counted_on_sets_and_on_what_is_touched(data):
    found = reach_agreement(data)
    codes = second_reading()
    assert examples() <= set(codes["measure_id"])
    codes = codes[~codes["measure_id"].isin(examples())]
    alike = [
        set(one.split(";")) & set(PARTS["place"]) == set(other.split(";")) & set(PARTS["place"])
        for one, other in zip(codes["first"], codes["second"], strict=True)
    ]
    assert found.loc["place", "agreed"] == pytest.approx(np.mean(alike))
    assert list(found.index) == [*PARTS, TOUCHED]
    assert found.loc[TOUCHED, "n"] % len(codes) == 0
    assert (found["kappa"] < found["agreed"]).all()


def test_a_bundle_has_other_rivals_where_one_reading_leaves_a_measure_out(data, monkeypatch):
    """Read as touching nothing by one reader, a measure is missing in every bundle that does not name it."""
    left_out = "eu-2013-06-12-reg-608"
    codes = second_reading().assign(second=lambda frame: frame["first"])
    codes.loc[codes["measure_id"] == left_out, "second"] = ""
    monkeypatch.setattr("analysis.scrutiny.reach_agreement.second_reading", lambda: codes)
    found = common_rivals.__wrapped__(data)
    rows = data.hypotheses.astype(str)
    naming = set(rows.loc[rows["measure_id"] == left_out, "hypothesis_id"])
    for name, one in bundles(data).items():
        held = left_out in (*one.measures, *one.near)
        lost = held and not naming & set(one.hypotheses)
        assert found[name] == pytest.approx(1 - lost / len((*one.measures, *one.near))), name
    assert found.min() < 1
