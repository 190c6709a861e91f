"""The command line: what it prints, and one sentence with exit code 1 for what it cannot do."""

import subprocess
import sys

import pytest


def run(*words: str, cwd=None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "analysis", *words], capture_output=True, text=True, check=False, cwd=cwd
    )


def test_show_prints_a_series_with_hedges_windows_and_sources():
    done = run("show", "mps-cases-solved")
    assert done.returncode == 0
    for words in (
        "2.1万余起",
        "more than 11,000 cases",
        "1 May to 9 November 2020",
        "chinanews-2014-01-21-55180",
        "Caveats",
    ):
        assert words in done.stdout
    starred = [line for line in done.stdout.splitlines() if line.startswith("*")]
    assert any("police-0169" in line for line in starred)
    assert not any("adm-0244" in line for line in starred)  # the competing print of 2013 is not taken


def test_show_of_an_unknown_series_names_its_neighbours():
    done = run("show", "mps-case")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: series.csv has no series 'mps-case'; there are mps-cases-filed")


@pytest.mark.parametrize("command", [("series",), ("agreement",)])
def test_lists(command):
    done = run(*command)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) >= 5


def test_a_missing_data_folder_is_a_sentence(tmp_path):
    done = run("show", "mps-cases-solved", "--data", str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert "There is no data folder" in done.stderr
    assert "Traceback" not in done.stderr
