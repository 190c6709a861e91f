"""The listing of conflicts: both prints, windows, sources, rule, size and likely reason; bad ids are told."""

import sys

import pandas as pd
import pytest

from analysis.cli import main
from analysis.dataset.dimensions import CONFLICT_KINDS, VERDICTS
from analysis.errors import InputError
from analysis.publish import conflicts_listing as listing
from analysis.publish.conflicts_listing import (
    conflicts_listing,
    kind_in_words,
    rules_in_words,
    size_in_words,
    verdict_in_words,
)
from analysis.series import series_conflicts

SERIES = ["mps-online-cases", "mps-value"]


@pytest.fixture(scope="module")
def found(data):
    return series_conflicts(data, SERIES, progress=False)


def test_every_pair_is_listed_with_prints_windows_and_publishers(data, found):
    text = conflicts_listing(data, SERIES)
    lines = text.splitlines()
    for _, row in found.iterrows():
        for side in ("a", "b"):
            line = [one for one in lines if one.startswith(row[f"reading_{side}"] + " ")]
            assert line, row[f"reading_{side}"]
            assert any(row[f"printed_{side}"] in one and row[f"publisher_{side}"] in one for one in line)
    apart = found[found["kind"].isin(["official", "unknown"])]
    assert 0 < len(apart) < len(found)
    assert f"{len(apart)} contradictions in {apart['series_id'].nunique()} series" in text
    assert f"of {len(found)} pairs in {found['series_id'].nunique()} series that the rules find." in text
    assert data.fingerprint in text


def test_the_online_cases_are_found_by_two_rules(data):
    text = conflicts_listing(data, ["mps-online-cases"])
    first = next(line for line in text.splitlines() if line.startswith("plat-seed0-01"))
    for words in (
        "1 May to 9 November 2020",
        "copied, nested",
        "times",
        "official against official",
    ):
        assert words in first
    second = text.splitlines()[text.splitlines().index(first) + 1]
    assert second.startswith("plat-seed1-01")
    assert "1 January to 10 November 2020" in second


def test_a_series_without_conflicts_says_so(data, found, monkeypatch):
    monkeypatch.setattr(listing, "series_conflicts", lambda *_: found[:0])
    assert conflicts_listing(data, ["mps-value"]).startswith("No conflict.")


@pytest.mark.parametrize(
    ("rules", "size", "said"),
    [
        ("loo;nested", 281.066, "281.1 sd"),
        ("nested", 4.2521, "4.3 times"),
        ("nested", 1000.0, "1,000 times or more"),
        ("copied;loo", 1.632, "1.6 times"),
    ],
)
def test_sizes_carry_the_unit_of_their_rule(rules, size, said):
    assert size_in_words(rules, size) == said


def test_guessed_kinds_are_marked_and_have_no_verdict():
    assert kind_in_words(pd.Series({"kind": "official", "known": True})) == "official against official"
    assert kind_in_words(pd.Series({"kind": "official", "known": False})) == "official against official?"
    assert verdict_in_words(pd.Series({"verdict": ""})) == "none yet"
    assert verdict_in_words(pd.Series({"verdict": "quote_b"})) == "quote the second"


def test_every_kind_and_verdict_has_words():
    assert set(listing.KIND_WORDS) == set(CONFLICT_KINDS)
    assert set(listing.VERDICT_WORDS) == {"", *VERDICTS}


def test_rules_are_in_words():
    assert rules_in_words("loo;nested") == "left out, nested"


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["analysis", "conflicts", *words])
    with pytest.raises(SystemExit) as end:
        main()
    printed = capsys.readouterr()
    return end.value.code or 0, printed.out, printed.err


def test_the_command_prints_the_listing(monkeypatch, capsys, data):
    code, out, _ = run(monkeypatch, capsys, *SERIES)
    assert code == 0
    assert out.rstrip("\n") == conflicts_listing(data, SERIES)


def test_an_unknown_series_is_one_sentence_and_exit_1(monkeypatch, capsys, data):
    code, out, err = run(monkeypatch, capsys, "mps-value", "mps-valve")
    assert (code, out) == (1, "")
    assert err.startswith("Error: series.csv has no series 'mps-valve'")
    assert err.count("\n") == 1
    with pytest.raises(InputError):
        conflicts_listing(data, ["mps-valve"])
