"""The stored outputs of every chapter are those of the run that the site shows.

A run is kept while nothing changed that it rests on (tests/building/test_chapter_runs.py), and the site that is built
first has run every other chapter. `make test TESTS="--nbval book"` runs all of them again.
"""

from pathlib import Path

import nbformat
import pytest

from analysis.building.chapter_runs import Runs, code_cells
from analysis.building.execution import execute, read_chapter
from analysis.building.kernels import WarmProcess
from analysis.building.notebooks import chapters, normal_form
from analysis.building.site import toc_pages
from analysis.publish.chart import renew_version

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def runs(site: Path) -> Runs:
    return Runs(ROOT)


def outputs(notebook: nbformat.NotebookNode) -> list[object]:
    """Return what the code cells of a notebook gave, as it is stored."""
    cells = normal_form(notebook, "any").cells
    return [cell.outputs for cell in cells if cell.cell_type == "code"]


@pytest.mark.parametrize("chapter", chapters(ROOT), ids=lambda path: path.stem)
def test_a_stored_chapter_holds_what_its_run_gave(chapter: Path, runs: Runs, warm: WarmProcess | None):
    stored = read_chapter(chapter)
    if kept := runs.find(chapter):
        run = nbformat.reads(renew_version(kept.text, ROOT / "data"), as_version=4)
    else:  # a file was written while it ran
        run = execute([chapter], ROOT, warm=warm or True)[0].notebook
    assert code_cells(run) == code_cells(stored)
    assert outputs(run) == outputs(stored), f"run: python -m analysis.building.notebooks book/{chapter.name}"


def test_every_chapter_is_a_page_of_the_book():
    assert {f"book/{path.stem}" for path in chapters(ROOT)} <= set(toc_pages(ROOT))
