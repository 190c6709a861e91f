"""The command line: what it prints, and one sentence with exit code 1 for what it cannot do."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.cli import main

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Done:
    """What a command printed and how it ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line in this process, as `python -m analysis` does."""

    def command(*words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["analysis", *words])
        with pytest.raises(SystemExit) as end:
            main()
        printed = capsys.readouterr()
        return Done(end.value.code or 0, printed.out, printed.err)

    return command


def test_show_prints_a_series_with_hedges_windows_and_sources(run):
    done = run("show", "mps-cases-solved")
    assert done.returncode == 0
    for words in (
        "55180起",
        "more than 11,000 cases",
        "1 May to 9 November 2020",
        "chinanews-2014-01-21-55180",
        "Caveats",
    ):
        assert words in done.stdout
    starred = [line for line in done.stdout.splitlines() if line.startswith("*")]
    assert any("police-0169" in line for line in starred)
    assert not any("adm-0244" in line for line in starred)  # the competing print of 2013 is not taken


def test_show_of_an_unknown_series_names_its_neighbours(run):
    done = run("show", "mps-case")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: series.csv has no series 'mps-case'; there are mps-cases-filed")


@pytest.mark.parametrize("command", [("series",), ("agreement",)])
def test_lists(run, command):
    done = run(*command)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) >= 5


def test_quality_lists_every_question_and_flags_conversions_that_are_far_off(run):
    done = run("quality")
    assert done.returncode == 0
    for title in (
        "by tier",
        "by hedge",
        "Windows",
        "independent sources",
        "Series:",
        "Conflicts",
        "Conversions",
    ):
        assert title in done.stdout
    flagged = [line for line in done.stdout.splitlines() if line.startswith("!")]
    assert any("oecd-2013-world-eur-407" in line for line in flagged)
    assert not any("plat-wipraaca-03" in line for line in flagged)


def test_a_missing_data_folder_is_a_sentence(run, tmp_path):
    done = run("show", "mps-cases-solved", "--data", str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert "There is no data folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_module_runs_as_a_command():
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "--help"], capture_output=True, text=True, check=True
    )
    for command in ("validate", "show", "series", "agreement", "quality", "release", "build"):
        assert command in done.stdout


def test_release_puts_forecasts_on_record_and_names_the_new_fingerprint(run, tmp_path):
    folder = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    path = folder / "measures.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Kunlun 2025", "Kunlun of 2025"), encoding="utf-8"
    )
    refused = run("release", "0.1.0", "--note", "x", "--data", str(folder))
    assert refused.returncode == 1
    assert "already stands for other rows" in refused.stderr
    earlier = (folder / "forecasts.csv").read_text(encoding="utf-8").splitlines()
    done = run("release", "9.0.0", "--note", "x", "--date", "2027-01-01", "--data", str(folder))
    assert done.returncode == 0
    assert done.stdout.split()[1] in (folder / "README.md").read_text()
    lines = (folder / "forecasts.csv").read_text(encoding="utf-8").splitlines()
    assert set(earlier) <= set(lines)
    added = [line.split(",") for line in lines if line not in earlier]
    assert len(added) > 20
    assert {(line[1], line[-1]) for line in added} == {("9.0.0", "2027-01-01")}
    assert run("validate", str(folder)).returncode == 0
