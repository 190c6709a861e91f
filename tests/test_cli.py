"""The command line: what it prints, and one sentence with exit code 1 for what it cannot do."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.cli import main
from analysis.scrutiny import forecasts
from analysis.series import printed_years

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
    assert done.stderr.startswith("Error: series.csv has no series 'mps-case'; there are mps-")


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


def test_show_without_a_name_lists_the_series(run):
    done = run("show")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == run("series").stdout


USAGE = 2  # click's own exit code for a command that it cannot read
ATTACKS = [
    (("frobnicate",), USAGE, "No such command"),
    (("series", "--frob"), USAGE, "No such option"),
    (("show", "one", "two"), USAGE, "unexpected extra argument"),
    (("show", "nope"), 1, "no series 'nope'"),
    (("show", ""), 1, "no series ''"),
    (("show", "../../etc/passwd"), 1, "no series"),
    (("show", "公安"), 1, "no series '公安'"),
    (("show", "a" * 100_000), 1, "no series 'aaa"),
    (("conflicts", "nope"), 1, "no series"),
    (("series", "--data", ""), 1, "blank"),
    (("series", "--data", "README.md"), 1, "no data folder"),
    (("series", "--data", "/nowhere"), 1, "no data folder"),
    (("validate", ""), 1, "blank"),
    (("validate", "/nowhere"), 1, "no data folder"),
    (("validate", "data", "data"), USAGE, "unexpected extra argument"),
    (("build", "--root", ""), 1, "blank"),
    (("build", "--root", "/nowhere"), 1, "no data folder"),
    (("release", "9.0.0"), USAGE, "--note"),
    (("release", "1", "--note", "x"), 1, "is not a version"),
    (("release", "v9.0.0", "--note", "x"), 1, "is not a version"),
    (("release", "９.0.0", "--note", "x"), 1, "is not a version"),
    (("release", "09.0.0", "--note", "x"), 1, "is not a version"),
    (("release", "9.0.0", "--note", ""), 1, "note"),
    (("release", "9.0.0", "--note", " \u200b"), 1, "note"),
    (("release", "9.0.0", "--note", "\x1b[2J x"), 1, "must hold no control"),
    (("release", "9.0.0", "--note", "a\nb"), 1, "must hold no control"),
    (("release", "9.0.0", "--note", "=1+1"), 1, "must not begin with ="),
    (("release", "9.0.0", "--note", "x" * 10_000), 1, "at most 2,000 characters"),
    (("release", f"{'9' * 5000}.0.0", "--note", "x"), 1, "is not a version"),
    (("compare", "data", "data", "--markdown", ""), 1, "cannot be written: name a file"),
    (("release", "9.0.0", "--note", "x", "--date", "tomorrow"), 1, "no date"),
    (("release", "9.0.0", "--note", "x", "--date", ""), 1, "no date"),
    (("release", "9.0.0", "--note", "x", "--date", "2026-13-45"), 1, "no date"),
    (("release", "9.0.0", "--note", "x", "--date", "1999-01-01"), 1, "before the last release"),
    (("release", "0.2.9", "--note", "x"), 1, "is not after"),
    (("release", "0.3.0", "--note", "x"), 1, "already stands"),
]


@pytest.mark.parametrize(("words", "code", "said"), ATTACKS, ids=lambda v: str(v)[:60])
def test_what_cannot_be_done_is_a_sentence(run, tmp_path, words, code, said):
    if words[0] == "release":  # a copy, should one be let through
        folder = shutil.copytree(ROOT / "data", tmp_path / "data")
        words = (*words, "--data", str(folder))
    done = run(*words)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert len(done.stderr) < 600
    assert "Traceback" not in done.stderr
    if words[0] == "release":
        for path in (ROOT / "data").iterdir():
            if path.is_file():
                assert (folder / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("fails_at", [1, 6])
def test_a_release_that_cannot_be_written_leaves_the_folder_as_it_was(run, tmp_path, monkeypatch, fails_at):
    folder = shutil.copytree(ROOT / "data", tmp_path / "data")
    moved, move = [], Path.replace

    def full(path, target):
        moved.append(target)
        if len(moved) == fails_at:
            raise OSError(28, "No space left on device")
        return move(path, target)

    monkeypatch.setattr(Path, "replace", full)
    monkeypatch.setattr("analysis.scrutiny.forecasts.forecasts_of", lambda data: data.forecasts.head(0))
    done = run("release", "9.0.0", "--note", "x", "--data", str(folder))
    assert done.returncode == 1
    assert "No space left on device; nothing was changed" in done.stderr
    for path in (ROOT / "data").iterdir():
        if path.is_file():
            assert (folder / path.name).read_bytes() == path.read_bytes()
    assert not list(tmp_path.glob(".release-*"))


def test_release_puts_forecasts_on_record_and_names_the_new_fingerprint(run, data, tmp_path, monkeypatch):
    some = ("eu-border-items", "us-seizures")  # a series is forecast in half a second
    runs = {one: forecasts._run(printed_years(data, one)) for one in some}
    monkeypatch.setattr(forecasts, "_runs", lambda _: runs)
    folder = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    path = folder / "measures.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Kunlun 2025", "Kunlun of 2025"), encoding="utf-8"
    )
    refused = run("release", "0.1.0", "--note", "x", "--data", str(folder))
    assert refused.returncode == 1
    assert "already stands for other rows" in refused.stderr
    earlier = (folder / "forecasts.csv").read_text(encoding="utf-8").splitlines()
    done = run("release", "9.0.0", "--note", "x", "--date", "2026-12-01", "--data", str(folder))
    assert done.returncode == 0
    assert done.stdout.split()[1] in (folder / "README.md").read_text()
    lines = (folder / "forecasts.csv").read_text(encoding="utf-8").splitlines()
    assert set(earlier) <= set(lines)
    added = [line.split(",") for line in lines if line not in earlier]
    assert {line[2] for line in added} == set(some)
    assert {(line[1], line[-1]) for line in added} == {("9.0.0", "2026-12-01")}
    path.write_text(
        path.read_text(encoding="utf-8").replace("Kunlun of 2025", "Kunlun 2025"), encoding="utf-8"
    )
    assert (
        run("release", "9.0.1", "--note", "x", "--date", "2026-12-01", "--data", str(folder)).returncode == 0
    )
    assert (folder / "forecasts.csv").read_text(encoding="utf-8").splitlines() == lines
    assert run("validate", str(folder)).returncode == 0
