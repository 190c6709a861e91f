"""The site builder on tiny books: what it writes, what it refuses, and what it leaves alone."""

import datetime as dt
import re
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.building import site
from analysis.building.kernels import WarmProcess
from analysis.building.site import build_site, toc_pages
from analysis.building.stamp import digest
from analysis.errors import InputError

ROOT = Path(__file__).parents[2]
DATED = dt.date(2024, 3, 1)


def write_chapter(book: Path, name: str, *cells: str) -> None:
    made = [new_markdown_cell(text[3:]) if text.startswith("md:") else new_code_cell(text) for text in cells]
    nbformat.write(new_notebook(cells=made), book / f"{name}.ipynb")


def silent(_: str) -> None:
    """Swallow progress."""


@pytest.mark.slow
def test_a_good_book_is_built_once_and_the_same_elsewhere_with_no_warm_process_at_hand(
    tiny: Path,
    warm: WarmProcess | None,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
):
    told: list[str] = []
    with monkeypatch.context() as many:
        many.setattr(site, "FEW", 0)
        html = build_site(tiny, warm=warm, first=lambda: told.append("numbers"), echo=told.append)
    assert told[0] == "numbers"  # before any chapter runs
    page = (html / "book" / "police-campaigns.html").read_text()
    assert "11,000" in page
    assert ">Empty axes &lt; none</desc>" in page
    assert "Nothing is seen" in page
    assert {path.name for path in (html / "figures").iterdir()} == {
        "fig-cases.svg", "fig-cases.png", "fig-cases.csv"
    }  # fmt: skip
    drawing = (html / "figures" / "fig-cases.svg").read_text()
    found = re.search(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"', drawing)
    assert found
    width, height = map(float, found.groups())
    picture = plt.imread(html / "figures" / "fig-cases.png")  # 144 of its pixels an inch, of 72 points
    assert picture.shape[:2] == (
        pytest.approx(2 * float(height), abs=1),
        pytest.approx(2 * float(width), abs=1),
    )
    assert (picture[0, 0] == 1).all()  # paper, not glass
    assert "Data version 3.2.1" in page
    preface = (html / "book" / "index.html").read_text()
    assert "<math" in preface
    assert 'href="../data/readings.csv"' in preface
    assert 'href="police-campaigns.html#fig-cases"' in preface
    assert (html / "data" / "counting-counterfeits-data.zip").exists()
    assert any("police-campaigns" in line for line in told)

    told.clear()
    build_site(tiny, echo=told.append)
    assert told == ["the site is up to date"]

    elsewhere = tmp_path_factory.mktemp("elsewhere") / "copy"
    shutil.copytree(tiny, elsewhere, ignore=shutil.ignore_patterns("_build"))
    again = build_site(elsewhere, first=lambda: pytest.fail("a few chapters need none"), echo=silent)
    assert {p.relative_to(html): p.read_bytes() for p in html.rglob("*") if p.is_file()} == {
        p.relative_to(again): p.read_bytes() for p in again.rglob("*") if p.is_file()
    }


@pytest.mark.faults
@pytest.mark.slow
def test_a_chapter_that_raises_is_named_and_the_earlier_build_stays(tiny: Path):
    html = build_site(tiny, dated=DATED, echo=silent)
    before = {path: path.read_bytes() for path in html.rglob("*") if path.is_file()}
    write_chapter(tiny / "book", "police-campaigns", "md:# Police", "x = 1", "1 / 0", "md:The end.")
    with pytest.raises(InputError) as caught:
        build_site(tiny, dated=DATED, echo=silent)
    assert str(caught.value) == "book/police-campaigns.ipynb, cell 3: ZeroDivisionError: division by zero"
    assert before == {path: path.read_bytes() for path in html.rglob("*") if path.is_file()}

    command = [sys.executable, "-m", "analysis.building.site"]
    for _ in range(2):  # a failure does not pass the second time
        run = subprocess.run(
            command, cwd=tiny, env=environment(), capture_output=True, text=True, check=False
        )
        assert run.returncode == 1
        assert run.stderr.strip() == f"Error: {caught.value}"


def environment() -> dict[str, str]:
    """The environment in which the package is found."""
    from analysis.building.execution import environment

    return environment(ROOT)


@pytest.mark.slow
def test_what_jupyter_book_warns_of_stops_the_build_with_a_sentence_each(
    tiny: Path, warm: WarmProcess | None
):
    (tiny / "book" / "index.md").write_text("# Preface\n\nIn all {numref}`nothing`.\n")
    drawing = "from IPython.display import SVG\nSVG('<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>')"
    write_chapter(
        tiny / "book",
        "police-campaigns",
        "md:# Police\n\nThere were {glue:text}`missing` cases.",
        "md:See [this](nowhere.md).",
        "md:A formula $\\nonsense x$.",
        "import warnings\nwarnings.warn('old')",
        drawing,
    )
    with pytest.raises(InputError) as caught:
        build_site(tiny, dated=DATED, warm=warm, echo=silent)
    said = str(caught.value)
    chapter = "book/police-campaigns.ipynb"
    assert f"{chapter}, cell 1, line 3: No key 'missing' found" in said
    assert f"{chapter}, cell 2, line 1: 'myst' cross-reference target not found: 'nowhere.md'" in said
    assert f"{chapter}, cell 3, line 1: the formula '\\\\nonsense x' cannot be drawn" in said
    assert f"{chapter}, cell 4, line 1: stderr was found" in said
    assert f"{chapter}, cell 5, line 1: an image has no alt text" in said
    assert "book/index.md, line 3: undefined label" in said
    assert len(said.splitlines()) == 6
    assert "Traceback" not in said
    assert str(tiny) not in said
    assert not (tiny / "_build" / "html").exists()


@pytest.mark.faults
@pytest.mark.slow
def test_a_change_in_the_data_runs_the_chapters_again(tiny: Path):
    (tiny / "book" / "index.md").write_text("# Preface\n")
    write_chapter(
        tiny / "book",
        "police-campaigns",
        "md:# Police\n\nThe table has {glue:text}`size` bytes.",
        "from pathlib import Path\nfrom myst_nb import glue\n"
        "glue('size', str(len(Path('../data/readings.csv').read_bytes())), display=False)",
    )
    page = build_site(tiny, dated=DATED, echo=silent) / "book" / "police-campaigns.html"
    table = tiny / "data" / "readings.csv"
    assert f">{table.stat().st_size}</span> bytes" in page.read_text()
    table.write_text(table.read_text() + "r2,123456789\n")
    told: list[str] = []
    build_site(tiny, dated=DATED, echo=told.append)
    assert f">{table.stat().st_size}</span> bytes" in page.read_text()
    assert "running book/police-campaigns.ipynb" in told

    (tiny / "data" / "glossary.csv").write_text("term\n")  # which the chapter does not read
    told.clear()
    build_site(tiny, dated=DATED, echo=told.append)
    assert not [line for line in told if line.startswith("running")]
    assert f">{table.stat().st_size}</span> bytes" in page.read_text()


def test_a_missing_chapter_or_toc_is_a_sentence(tiny: Path, warm: WarmProcess | None):
    (tiny / "book" / "police-campaigns.ipynb").write_text("{")
    with pytest.raises(InputError, match=r"police-campaigns.ipynb is not a readable notebook"):
        build_site(tiny, warm=warm, echo=silent)
    (tiny / "_toc.yml").unlink()
    with pytest.raises(InputError, match=r"_toc\.yml is missing"):
        build_site(tiny, echo=silent)


def test_a_wrong_date_is_a_sentence(tiny: Path):
    (tiny / "book" / "police-campaigns.ipynb").unlink()
    (tiny / "_toc.yml").write_text("format: jb-book\nroot: book/index\n")
    (tiny / "data" / "datapackage.json").write_text('{"created": "last week"}')
    with pytest.raises(InputError, match="created is 'last week', not a date"):
        build_site(tiny, echo=silent)


def test_the_digest_sees_names_and_bytes_but_not_leftovers(tmp_path: Path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("1\n")
    first = digest(tmp_path, ["data", "absent"])
    (tmp_path / "data" / "__pycache__").mkdir()
    (tmp_path / "data" / "__pycache__" / "x.pyc").write_text("x")
    assert digest(tmp_path, ["data", "absent"]) == first
    (tmp_path / "data" / "a.csv").rename(tmp_path / "data" / "b.csv")
    assert digest(tmp_path, ["data", "absent"]) != first


def test_toc_pages_come_in_reading_order_from_parts_and_sections(tmp_path: Path):
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: book/index\nparts:\n- caption: One\n  chapters:\n  - file: book/a\n"
        "    sections:\n    - file: book/b\n- chapters:\n  - file: book/c\n"
    )
    assert toc_pages(tmp_path) == ["book/index", "book/a", "book/b", "book/c"]
