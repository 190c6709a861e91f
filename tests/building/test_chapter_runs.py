"""Kept runs of chapters: what makes a chapter run again, what does not, and in which order chapters run."""

import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.building import chapter_runs
from analysis.building.chapter_runs import KEPT, Runs
from analysis.building.execution import Run
from analysis.dataset.fingerprint import fingerprint
from analysis.publish.chart import renew_version

ROOT = Path(__file__).parents[2]
FILES = {
    "analysis/__init__.py": '"""A package."""\n',
    "analysis/series.py": '"""Numbers."""\n\ndef number():\n    """Return it."""\n    return 7\n',
    "analysis/unused.py": "x = 1\n",
    "analysis/publish/__init__.py": "",
    "analysis/publish/colours.json": '{"print": "#123456"}\n',
    "analysis/publish/pages/__init__.py": "",
    "analysis/publish/pages/one.py": (
        'LABEL = "cases"\n\ndef words():\n    from analysis.series import number\n    return LABEL, number()\n'
    ),
    "analysis/publish/pages/two.py": 'LABEL = "fines"\n\ndef words():\n    return LABEL\n',
    "data/readings.csv": "reading_id,value\nr1,11000\n",
    "data/glossary.csv": "term,meaning\nfine,a sum\n",
    "studies/tables/chain.csv": "n\n1\n",
    "requirements.txt": "numpy==1\n",
}
READS = {"one": {"data/readings.csv", "studies/tables/chain.csv"}, "two": {"data/glossary.csv"}}


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


def chapter(root: Path, name: str, *cells: str) -> Path:
    path = root / "book" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    code = [new_code_cell(cell) for cell in cells]
    nbformat.write(new_notebook(cells=[new_markdown_cell(f"# {name}"), *code]), path)
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two chapters, each with a page module of its own, and a run kept of each."""
    for name, text in FILES.items():
        write(tmp_path, name, text)
    for name in READS:
        chapter(tmp_path, name, f"from analysis.publish.pages import {name}\n{name}.words()")
        keep(tmp_path, name)
    assert stale(tmp_path) == []
    return tmp_path


def keep(root: Path, name: str, seconds: float = 1, began: float | None = None) -> None:
    path = root / "book" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    began = time.time() + 1 if began is None else began
    Runs(root).keep(Run(path, notebook, began, seconds, frozenset(READS[name])))


def stale(root: Path) -> list[str]:
    runs = Runs(root)
    return [name for name in READS if runs.find(root / "book" / f"{name}.ipynb") is None]


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / name).read_text()
        assert old in text
        (root / name).write_text(text.replace(old, new))

    return change


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (edit("analysis/series.py", "Return it.", "Return the number."), []),
        (edit("analysis/series.py", "    return 7", "    # lucky\n    return 7"), []),
        (edit("analysis/unused.py", "1", "2"), []),
        (edit("book/one.ipynb", "# one", "# Other words"), []),
        (edit("analysis/publish/pages/one.py", "cases", "counts of cases"), ["one"]),
        (edit("analysis/publish/pages/two.py", "fines", "sums"), ["two"]),
        (edit("analysis/series.py", "7", "8"), ["one"]),  # reached from inside a function only
        (edit("analysis/publish/pages/__init__.py", "", "import os"), ["one", "two"]),
        (edit("book/two.ipynb", "two.words()", "two.words(), 1"), ["two"]),
        (edit("data/readings.csv", "11000", "11001"), ["one"]),
        (edit("data/glossary.csv", "sum", "penalty"), ["two"]),
        (edit("studies/tables/chain.csv", "1", "2"), ["one"]),
        (edit("requirements.txt", "1", "2"), ["one", "two"]),
        (edit("analysis/publish/colours.json", "123456", "654321"), ["one", "two"]),  # read at import
    ],
)
def test_a_chapter_runs_again_for_what_it_rests_on_and_for_nothing_else(
    project: Path, change: Callable[[Path], None], again: list[str]
):
    change(project)
    assert stale(project) == again


def test_another_release_of_a_library_runs_every_chapter_again(project, monkeypatch):
    monkeypatch.setattr(chapter_runs, "version", lambda name: "99" if name == "scipy" else "1")
    assert stale(project) == ["one", "two"]


def test_going_back_to_an_earlier_state_finds_its_run_and_old_ones_are_dropped(project: Path):
    table, text = project / "data" / "readings.csv", FILES["data/readings.csv"]
    for value in range(KEPT):
        table.write_text(text.replace("11000", str(value)))
        assert "one" in stale(project)
        keep(project, "one")
    assert len(list((project / "_build" / "chapters" / "one").glob("*.ipynb"))) == KEPT
    table.write_text(text.replace("11000", "0"))
    assert stale(project) == []
    table.write_text(text)  # the first of four states
    assert stale(project) == ["one"]


OF_ANOTHER_KIND = b'{"code": "", "reads": [1], "seconds": "1", "notebook": ""}'


@pytest.mark.parametrize("content", [b"", b"{", b'{"cells": []}', OF_ANOTHER_KIND])
@pytest.mark.parametrize("suffix", ["ipynb", "json"])
def test_a_damaged_run_is_made_again(project: Path, suffix: str, content: bytes):
    for path in (project / "_build" / "chapters" / "two").glob(f"*.{suffix}"):
        path.write_bytes(content)
    assert stale(project) == ["two"]


def test_a_run_with_one_flipped_byte_is_made_again(project: Path):
    for path in (project / "_build" / "chapters" / "two").glob("*.ipynb"):
        raw = path.read_bytes()
        path.write_bytes(raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:])
    assert stale(project) == ["two"]


def test_a_run_during_which_its_table_was_changed_is_not_used_again(project: Path):
    shutil.rmtree(project / "_build")
    keep(project, "one", began=time.time() - 60)  # everything was written after that
    assert stale(project) == ["one", "two"]


def test_a_kernel_that_records_nothing_may_have_read_every_table(project: Path):
    path = project / "book" / "one.ipynb"
    run = Run(path, nbformat.read(path, as_version=4), time.time() + 1, 1, None)
    shutil.rmtree(project / "_build")
    Runs(project).keep(run)
    edit("data/glossary.csv", "sum", "penalty")(project)
    assert "one" in stale(project)


def test_the_longest_chapter_comes_first_and_one_that_never_ran_before_it(project: Path):
    keep(project, "one", seconds=3)
    keep(project, "two", seconds=79)
    paths = [project / "book" / f"{name}.ipynb" for name in ("one", "two")]
    new = [chapter(project, "small", "1"), chapter(project, "large", "1" * 5000)]
    ordered = Runs(project).longest_first([*paths, *new])
    assert [path.stem for path in ordered] == ["large", "small", "two", "one"]
    keep(project, "one", seconds=200)
    assert Runs(project).longest_first(paths) == paths


def test_cells_that_are_no_python_rest_on_the_whole_package(project: Path):
    chapter(project, "two", "%matplotlib inline", "1")
    keep(project, "two")
    edit("analysis/unused.py", "1", "2")(project)
    assert stale(project) == ["two"]


def test_the_version_that_a_kept_figure_names_is_renewed():
    data = ROOT / "data"
    said = "Source: 3 readings. Data 0.1.2, fingerprint 0123abcd."
    renewed = renew_version(said, data)
    assert re.fullmatch(r"Source: 3 readings\. Data [\d.]+, fingerprint [0-9a-f]{8}\.", renewed)
    assert fingerprint(data)[:8] in renewed
    chinese = renew_version("来源：3条公布的数字。数据0.1.2，指纹0123abcd。", data)
    assert re.fullmatch(r"来源：3条公布的数字。数据[\d.]+，指纹[0-9a-f]{8}。", chinese)
    assert fingerprint(data)[:8] in chinese
    assert renew_version("No figure, no version.", Path(os.devnull)) == "No figure, no version."
