"""The stored study of `reconstruct`: its table is whole, and a small sample comes out the same again."""

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.publish.studies import is_current, study

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = 10
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


def test_bands_cover_what_they_claim(table):
    model = table[table["method"] == "model"].set_index(["kind", "group"])
    overall = model.loc[("all", "all")]
    assert 0.86 <= overall["coverage"] <= 0.94
    assert 0.86 <= overall["coverage_informed"] <= 0.94
    assert (model.loc["scenario", "coverage"] >= 0.80).all()
    assert (model.loc["scenario", "coverage_se"] < 0.02).all()
    assert (model.loc["scenario", "bias"].abs() < 0.02).all()


def test_the_error_is_lower_than_each_rivals_where_windows_are_irregular(table):
    irregular = table[(table["kind"] == "scenario") & ~table["group"].str.endswith("yearly")]
    for method in ("linear", "denton", "chow_lin"):
        rows = irregular[irregular["method"] == method]
        pooled = [(rows[c] ** 2 * rows["common_years"]).sum() for c in ("model_rms", "common_rms")]
        assert (pooled[0] / pooled[1]) ** 0.5 < 0.7, method
    printed = irregular[irregular["method"] == "printed"]  # silent where no year is printed
    pooled = [(printed[c] ** 2 * printed["span_years"]).sum() for c in ("model_span_rms", "span_rms")]
    assert (pooled[0] / pooled[1]) ** 0.5 < 0.7


@pytest.mark.slow
def test_a_sample_comes_out_the_same_again():
    command = [sys.executable, "-m", "studies.reconstruction", "--sample", "3"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    assert "agrees" in run.stdout
