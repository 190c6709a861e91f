"""The stored study of the small-sample test: what it must hold, and a sample that comes out the same again."""

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.publish.studies import is_current, study

ROOT = Path(__file__).resolve().parents[2]
ERRORS = 3  # Monte Carlo errors that a cell may lie off by chance, among several hundred


@pytest.fixture(scope="module")
def table():
    return study("small_sample").table


def test_the_stored_table_is_of_this_code():
    assert is_current("small_sample"), "the code changed since the study ran: run `make studies`"


@pytest.mark.parametrize("what", ["step", "window", "step+ramp", "step, counts", "step+ramp, counts"])
def test_a_true_null_is_rejected_in_4_to_7_percent(table, what):
    cells = table[table["what"] == what]
    assert set(cells["rho"]) >= {0, 0.4, 0.7, 1}
    assert set(cells["n"]) >= {8, 14, 20, 25}
    assert (cells["share"] + ERRORS * cells["mc_error"] >= 0.04).all()
    assert (cells["share"] - ERRORS * cells["mc_error"] <= 0.07).all()


def test_power_is_no_less_than_asked(table):
    cell = table[(table["what"] == "power") & (table["n"] == 14) & (table["rho"] == 0.7)].iloc[0]
    assert cell["share"] >= 0.55


def test_growth_is_covered_under_a_random_walk_too(table):
    cells = table[table["what"] == "trend"]
    assert cells["n"].min() == 8
    assert cells["n"].max() == 21
    assert 1.0 in set(cells["rho"])
    assert (cells["share"] >= 0.93).all()


@pytest.mark.slow
def test_a_sample_comes_out_the_same_again():
    command = [sys.executable, "-m", "studies.small_sample", "--sample", "6"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    assert "agrees" in run.stdout
