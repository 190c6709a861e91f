"""The stamp of a report: asked first, quick, and true of every input and output."""

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.building import stamp
from analysis.building.execution import environment

ROOT = Path(__file__).parents[2]
INPUTS = (
    *("data/readings.csv", "analysis/one.py", "studies/tables/chain.csv", "requirements.txt"),
    *("book/index.md", "_config.yml", "_toc.yml"),
)
OUTPUTS = ("_build/html/book/index.html", "_build/briefing.pdf", "_build/briefing-zh.pdf")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A report that was built."""
    for name in (*INPUTS, *OUTPUTS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was")
    assert not stamp.report_is_current(tmp_path)
    stamp.write_report(tmp_path, stamp.state(tmp_path))
    return tmp_path


def test_a_report_is_current_until_an_input_or_an_output_changes(project: Path):
    assert stamp.report_is_current(project)
    (project / "data" / "__pycache__").mkdir()
    (project / "data" / "__pycache__" / "x.pyc").write_text("x")
    assert stamp.report_is_current(project)
    for name in (*INPUTS, *OUTPUTS):
        (project / name).write_text("changed")
        assert not stamp.report_is_current(project), name
        (project / name).unlink()
        assert not stamp.report_is_current(project), name
        (project / name).write_text("as it was")
    assert stamp.report_is_current(project)
    (project / "book" / "new.md").write_text("new")
    assert not stamp.report_is_current(project)


@pytest.mark.parametrize(
    ("folder", "current"),
    [("numpy-99.dist-info", False), ("Sphinx_Book.Theme-2.dist-info", False), ("mypy-9.dist-info", True)],
)
def test_another_release_of_a_library_of_the_lock_needs_another_report(
    project: Path, monkeypatch: pytest.MonkeyPatch, folder: str, current: bool
):
    (project / "requirements.txt").write_text(
        "numpy==1 \\\n    --hash=sha256:0\nsphinx-book-theme[x]==1\n# via mypy\n"
    )
    stamp.write_report(project, stamp.state(project))
    place = project / "_build" / "library"
    (place / folder).mkdir(parents=True)
    monkeypatch.syspath_prepend(str(place))
    assert stamp.report_is_current(project) is current


def test_data_are_checked_again_when_they_or_the_code_changed(project: Path):
    assert not stamp.is_checked(project)
    stamp.write_checked(project)
    (project / "book" / "index.md").write_text("changed")
    assert stamp.is_checked(project)
    for name in ("data/readings.csv", "analysis/one.py", "studies/tables/chain.csv", "requirements.txt"):
        (project / name).write_text("changed")
        assert not stamp.is_checked(project), name
        (project / name).write_text("as it was")
    assert stamp.is_checked(project)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"state": 1}'])
def test_a_stamp_that_cannot_be_read_is_no_stamp(project: Path, content: str):
    (project / "_build" / "report.json").write_text(content)
    assert not stamp.report_is_current(project)


def test_an_unchanged_report_is_told_without_numerical_libraries(project: Path):
    code = (
        "import sys; sys.argv[1:] = ['build', '--root', '.']\n"
        "from analysis.cli import cli\ncli(standalone_mode=False)\n"
        "print(sorted({'numpy', 'pandas', 'matplotlib', 'sphinx', 'nbformat'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        env={**environment(ROOT), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines() == ["the report is up to date", "[]"]
