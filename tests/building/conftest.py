"""What the tests of building share: a small book with the real settings."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).parents[2]


def write_chapter(book: Path, name: str, *cells: str) -> None:
    made = [new_markdown_cell(text[3:]) if text.startswith("md:") else new_code_cell(text) for text in cells]
    nbformat.write(new_notebook(cells=made), book / f"{name}.ipynb")


@pytest.fixture
def tiny(small_book: Callable[[Path], Path], tmp_path: Path) -> Path:
    """A book of one page and one chapter."""
    return small_book(tmp_path)


@pytest.fixture(scope="session")
def small_book() -> Callable[[Path], Path]:
    """How a small book is written into a folder."""
    return write_book


def write_book(root: Path) -> Path:
    """Write a book of one page and one chapter, with the real settings and extensions."""
    book = root / "book"
    book.mkdir()
    for folder in ("_ext", "_static"):
        shutil.copytree(ROOT / "book" / folder, book / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "_config.yml", root)
    shutil.copy(ROOT / "book" / "references.bib", book)
    (root / "requirements.txt").write_text("numpy==1\n")
    data = root / "data"
    data.mkdir()
    (data / "datapackage.json").write_text(json.dumps({"version": "3.2.1", "created": "2024-03-01"}))
    (data / "readings.csv").write_text("reading_id,value\nr1,11000\n")
    (root / "_toc.yml").write_text(
        "format: jb-book\nroot: book/index\nchapters:\n- file: book/police-campaigns\n"
    )
    (book / "index.md").write_text(
        "# Preface\n\n[The tables](download:readings.csv), $x^2$ and {numref}`fig-cases`.\n"
    )
    write_chapter(
        book,
        "police-campaigns",
        "md:# Police\n\nThere were {glue:text}`cases` cases.",
        "from myst_nb import glue\nglue('cases', '11,000', display=False)",
        "import matplotlib.pyplot as plt\n"
        "from analysis.publish.show import show\n"
        "fig, ax = plt.subplots()\n"
        "show(fig, alt='Empty axes < none', title='Nothing is seen', caption='None.', name='fig-cases')",
    )
    return root
