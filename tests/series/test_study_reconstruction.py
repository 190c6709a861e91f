"""The stored study of `reconstruct`: its table is whole, and a small sample comes out the same again."""

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.publish.studies import is_current, study

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = 4
METHODS = ["model", "printed", "linear", "denton", "chow_lin"]


@pytest.fixture(scope="module")
def table():
    return study("reconstruction").table


def test_the_stored_table_is_of_this_code():
    assert is_current("reconstruction"), "the code changed since the study ran: run `make studies`"


def test_every_scenario_and_method_is_there(table):
    scenarios = table[table["kind"] == "scenario"]
    assert scenarios.groupby("group", sort=False)["method"].agg(list).tolist() == [METHODS] * SCENARIOS
    assert (scenarios["series"] >= 400).all()
    assert len(table[table["kind"] == "part"]) == SCENARIOS * 4 * len(METHODS)


def test_bands_cover_what_they_claim(table):
    model = table[table["method"] == "model"].set_index(["kind", "group"])
    overall = model.loc[("all", "all")]
    assert 0.86 <= overall["coverage"] <= 0.95
    assert 0.86 <= overall["coverage_informed"] <= 0.95
    assert model.loc["scenario", "coverage"].between(0.86, 0.95).all()
    for kind in ("scenario", "windows", "shape", "part"):
        assert (model.loc[kind, "coverage"] >= 0.80).all(), kind
        assert (model.loc[kind, "bias"].abs() < 0.02).all(), kind
    assert (model.loc["scenario", "coverage_se"] < 0.012).all()


def test_the_error_is_lower_than_each_rivals_where_windows_are_irregular(table):
    irregular = table[(table["kind"] == "irregular") & (table["group"] == "irregular")].set_index("method")
    for method in ("linear", "denton", "chow_lin"):
        row = irregular.loc[method]
        assert row["model_rms"] < 0.9 * row["common_rms"], method
    printed = irregular.loc["printed"]  # silent where no year is printed
    assert printed["model_span_rms"] < 0.7 * printed["span_rms"]


@pytest.mark.slow
def test_a_sample_comes_out_the_same_again():
    command = [sys.executable, "-m", "studies.reconstruction", "--sample", "1"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    assert "agrees" in run.stdout
