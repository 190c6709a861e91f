"""How commands end: one sentence with the cause and the place, the right exit code, never a traceback."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.building.execution import environment
from analysis.errors import InputError, cause, end, sentence
from analysis.intake import read_text

ROOT = Path(__file__).resolve().parents[1]


def run(*words: str, **options) -> subprocess.CompletedProcess[str]:
    """Run the command line as its users do, in a process of its own."""
    env = {**environment(ROOT), **options.pop("env", {})}
    command = [sys.executable, "-m", "analysis", *words]
    options.setdefault("stdout", subprocess.PIPE)
    return subprocess.run(command, env=env, stderr=subprocess.PIPE, check=False, **options)


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line on stderr."""
    said = done.stderr.decode().splitlines()
    assert len(said) == 1, said
    return said[0]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_output_that_cannot_be_written_is_a_sentence(tmp_path: Path):
    with Path("/dev/full").open("w") as full:
        done = run("series", stdout=full, cwd=tmp_path)
    assert done.returncode == 1
    assert one_sentence(done) == (
        f"Error: No space left on device, while writing the output or below {tmp_path.resolve()}."
    )


def test_an_encoding_without_chinese_is_a_sentence():
    done = run("show", "mps-cases-solved", env={"PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 1
    assert "set PYTHONIOENCODING=utf-8" in one_sentence(done)


def test_a_reader_who_has_seen_enough_is_told_nothing():
    read, write = os.pipe()
    os.close(read)
    done = run("series", stdout=write)
    os.close(write)
    assert done.returncode == 1
    assert done.stderr == b""


def test_an_unknown_option_keeps_its_exit_code():
    done = run("show", "--nonsense")
    assert done.returncode == 2
    assert b"No such option" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_file_where_a_folder_should_be_is_a_sentence(tmp_path: Path):
    (tmp_path / "_build").write_text("a file")
    from analysis.building.processes import only_build

    with pytest.raises(OSError, match="exists") as caught, only_build(tmp_path, "the site"):
        pass
    assert sentence(caught.value) == f"Error: File exists ({(tmp_path / '_build').resolve()})."


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InputError("readings, row 3: no."), 1, "Error: readings, row 3: no.\n"),
        (
            PermissionError(13, "Permission denied", "/data/x.csv"),
            1,
            "Error: Permission denied (/data/x.csv).\n",
        ),
        (MemoryError(), 1, "Error: there is not enough memory; close other programs and try again.\n"),
        (KeyboardInterrupt(), 130, "Stopped, as asked; what was finished before is as it was.\n"),
    ],
)
def test_each_kind_ends_with_its_sentence_and_code(error, code, said, capsys):
    def fail() -> None:
        raise error

    with pytest.raises(SystemExit) as ended:
        end(fail)
    assert ended.value.code == code
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_stream_is_written_to_no_more_and_nothing_is_said_elsewhere(closed, monkeypatch, capsys):
    monkeypatch.setattr(sys, closed, None)
    with pytest.raises(SystemExit) as ended:
        end(lambda: None)
    assert ended.value.code == 0

    def fail() -> None:
        raise InputError("no.")

    with pytest.raises(SystemExit) as ended:
        end(fail)
    assert ended.value.code == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "Error: no.\n" if closed == "stdout" else "")


def test_a_fault_of_the_program_keeps_its_traceback():
    with pytest.raises(ZeroDivisionError):
        end(lambda: 1 // 0)


def test_a_cause_without_words_still_says_something():
    assert cause(OSError()) == "OSError"
    assert cause(OSError(28, "No space left on device", "x")) == "No space left on device (x)"


def test_ctrl_c_while_libraries_are_imported_is_the_same_sentence(tmp_path: Path):
    (tmp_path / "click.py").write_text(
        "raise KeyboardInterrupt"
    )  # the folder one stands in is looked in first
    done = run("series", cwd=tmp_path)
    assert done.returncode == 130
    assert one_sentence(done) == "Stopped, as asked; what was finished before is as it was."


def test_standard_input_that_is_closed_is_empty(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="'standard input' is empty"):
        read_text("-")


def test_ctrl_c_in_a_command_ends_with_one_sentence(monkeypatch, capsys):
    from analysis import cli

    monkeypatch.setattr(sys, "argv", ["analysis", "series"])
    monkeypatch.setattr("analysis.load", lambda _: signal.raise_signal(signal.SIGINT))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err.strip() == "Stopped, as asked; what was finished before is as it was."
