"""Stored chapters: what is kept of their outputs, and that a rerun gives the same bytes."""

import re
import runpy
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.building import execution
from analysis.building.execution import environment, execute
from analysis.building.kernels import WarmProcess
from analysis.building.notebooks import chapters, normalise, rerun
from analysis.errors import InputError

FIGURE = """import matplotlib.pyplot as plt
from analysis.publish.show import show
fig, ax = plt.subplots()
ax.plot([1, 2])
show(fig, alt=f"A line from {1} to {2}.", title="It rises")"""


@pytest.fixture(autouse=True)
def _warm_already(warm: WarmProcess | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who runs chapters here takes the process that all tests share."""
    monkeypatch.setattr(execution, "warm_process", lambda _: nullcontext(warm))


def silent(_: str) -> None:
    """Swallow progress."""


def stored(path: Path, *sources: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=[new_code_cell(source) for source in sources]), path)
    return path


def test_normal_form_drops_images_and_what_editors_leave(tmp_path: Path):
    drawn = new_output(
        "display_data",
        {"image/svg+xml": "<svg/>", "text/plain": "A line."},
        metadata={"image/svg+xml": {"alt": "A line."}},
    )
    glued = new_output(
        "display_data",
        {"application/papermill.record/text/plain": "11,000"},
        metadata={"scrapbook": {"name": "cases"}},
    )
    code = new_code_cell("x", outputs=[drawn, glued, new_output("execute_result", {"text/plain": "1"})])
    code.metadata = nbformat.from_dict(
        {"tags": ["remove-input"], "collapsed": True, "execution": {"at": "now"}}
    )
    notebook = new_notebook(cells=[new_markdown_cell("# A"), code, new_code_cell("  ")])
    notebook.metadata["language_info"] = {"name": "python", "version": "3.99"}
    path = tmp_path / "police.ipynb"
    nbformat.write(notebook, path)

    assert normalise(path)
    assert not normalise(path)  # normal already
    after = nbformat.read(path, as_version=4)
    nbformat.validate(after)
    assert [cell.id for cell in after.cells] == ["police-1", "police-2", "police-3"]
    assert after.cells[1].metadata == {"tags": ["remove-input"]}
    assert after.cells[1].execution_count == 1
    assert after.cells[2].execution_count is None
    first, second, third = after.cells[1].outputs
    assert (first.data, first.metadata) == ({"text/plain": "A line."}, {})
    assert second == glued
    assert third.execution_count == 1
    assert "3.99" not in path.read_text()


@pytest.mark.slow
def test_a_rerun_is_stable_and_passes_nbval(tmp_path: Path):
    paths = [
        stored(
            tmp_path / "book" / "a.ipynb", "from myst_nb import glue\nglue('n', '7', display=False)", FIGURE
        ),
        stored(tmp_path / "book" / "b.ipynb", "print(1)\nprint(2)", "3"),
    ]
    assert chapters(tmp_path) == paths
    assert rerun(paths, tmp_path, echo=silent) == paths
    first = [path.read_bytes() for path in paths]
    assert rerun(paths, tmp_path, echo=silent) == []
    assert first == [path.read_bytes() for path in paths]
    assert b"svg" not in first[0]
    assert b"A line from 1 to 2." in first[0]

    conftest = Path(__file__).parents[2] / "book" / "conftest.py"
    (tmp_path / "book" / "conftest.py").write_text(conftest.read_text())
    paths[0].write_text(paths[0].read_text().replace("from 1 to 2", "from 1 to 3"))
    run = nbval(tmp_path)
    cells = re.findall(r"^book/(\w)\S*ipynb::Cell (\d) (\w+)", run.stdout, re.MULTILINE)
    assert [" ".join(cell) for cell in cells] == ["a 0 PASSED", "a 1 FAILED", "b 0 PASSED", "b 1 PASSED"]
    assert run.returncode == 1


def nbval(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "--nbval", "book", "-v", "-p", "no:cacheprovider"]
    return subprocess.run(
        command, cwd=root, env=environment(root), capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_every_failing_chapter_is_named_and_nothing_is_stored(tmp_path: Path):
    good = stored(tmp_path / "book" / "good.ipynb", "1")
    bad = stored(tmp_path / "book" / "bad.ipynb", "1", "raise ValueError('first line\\nsecond line')")
    dead = stored(tmp_path / "book" / "dead.ipynb", "import os\nos._exit(1)")
    before = good.read_bytes()
    with pytest.raises(InputError) as caught:
        rerun([good, bad, dead], tmp_path, echo=silent)
    assert str(caught.value).splitlines() == [
        "book/bad.ipynb, cell 2: ValueError: first line",
        "book/dead.ipynb, cell 1: the kernel died (out of memory?)",
    ]
    assert good.read_bytes() == before


def test_a_notebook_that_is_not_there_is_a_sentence(tmp_path: Path):
    with pytest.raises(InputError, match=r"gone\.ipynb: there is no such chapter"):
        execute([tmp_path / "gone.ipynb"], tmp_path, echo=silent)


def test_the_command_prints_a_sentence_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    (tmp_path / "bad.ipynb").write_text("no json")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["notebooks", "bad.ipynb"])
    monkeypatch.delitem(sys.modules, "analysis.building.notebooks")
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("analysis.building.notebooks", run_name="__main__")
    assert ended.value.code == 1
    said = capfd.readouterr().err
    assert said.startswith("Error: bad.ipynb is not a readable notebook")
    assert "Traceback" not in said
