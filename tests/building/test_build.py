"""The whole report on a small book with the real data: built together, or left as it was."""

import shutil
from contextlib import nullcontext
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.building import build
from analysis.building.build import build_report
from analysis.building.execution import environment
from analysis.building.identical import OTHER_FOLDER, build_otherwise, build_plainly, differences
from analysis.building.kernels import WarmProcess
from analysis.errors import InputError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The real data, settings and extensions around a book of one chapter."""
    book = tmp_path / "book"
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for folder in ("_ext", "_static"):
        shutil.copytree(ROOT / "book" / folder, book / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "_config.yml", tmp_path)
    shutil.copy(ROOT / "book" / "references.bib", book)
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/index\nchapters:\n- file: book/one\n")
    (book / "index.md").write_text("# Preface\n\n[Briefing](download:briefing.pdf)\n")
    chapter(tmp_path, "1 + 1")
    return tmp_path


def chapter(project: Path, *cells: str) -> None:
    made = [nbformat.v4.new_markdown_cell("# One"), *(new_code_cell(text) for text in cells)]
    nbformat.write(new_notebook(cells=made), project / "book" / "one.ipynb")


def kept(project: Path) -> dict[str, bytes]:
    """The built files that a reader opens."""
    built = project / "_build"
    names = (
        "briefing.pdf",
        "briefing-zh.pdf",
        "html/book/index.html",
        "html/book/one.html",
        "html/data/briefing.pdf",
    )
    return {name: (built / name).read_bytes() for name in names}


@pytest.mark.faults
@pytest.mark.slow
def test_site_and_briefing_are_built_together_or_not_at_all(project: Path, monkeypatch: pytest.MonkeyPatch):
    told: list[str] = []
    build_report(project, echo=told.append)
    first = kept(project)
    assert first["briefing.pdf"].startswith(b"%PDF")
    assert first["html/data/briefing.pdf"] == first["briefing.pdf"]
    assert told[-1].startswith("built ")

    chapter(project, "1 + 1", "1 / 0")
    with pytest.raises(InputError, match=r"book/one\.ipynb, cell 3: ZeroDivisionError"):
        build_report(project, echo=told.append)
    assert kept(project) == first

    chapter(project, "1 + 1")
    monkeypatch.setattr(build, "briefing_findings", lambda _: [])
    with pytest.raises(InputError):
        build_report(project, echo=told.append)
    assert kept(project) == first


DRAWN = """
import analysis
from IPython.display import display
from analysis.publish.pages import guide
from analysis.publish.pages.guide import systems_table
data = analysis.load()
guide.hedge_chart(data).show()
guide.window_chart(data).show()
display(systems_table(data))
"""


@pytest.mark.faults
@pytest.mark.slow
def test_builds_in_other_circumstances_are_the_same_bytes(
    project: Path, tmp_path_factory: pytest.TempPathFactory
):
    """One chapter and the briefing here; `make identical` compares the whole report."""
    chapter(project, DRAWN)
    other = tmp_path_factory.mktemp("other") / OTHER_FOLDER
    shutil.copytree(project, other)
    one, two = build_plainly(project, environment(ROOT)), build_otherwise(other, environment(ROOT))
    assert differences(one, two) == []
    assert len([path for path in (one / "html").rglob("*") if path.is_file()]) > 20
    for path in [two, *(two / "html").rglob("*"), two / "briefing.pdf"]:  # built with a umask of 077
        assert path.stat().st_mode & 0o044 == 0o044, path
    (two / "html" / "index.html").write_text("changed")
    (two / "briefing.pdf").unlink()
    assert differences(one, two) == ["briefing.pdf", "html/index.html"]


def test_data_that_break_a_rule_stop_the_report_before_anything_is_written(
    project: Path, warm: WarmProcess | None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(build, "warm_process", lambda _: nullcontext(warm))
    path = project / "data" / "readings.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(",65300,", ',"65,300",', 1).replace(",61900,", ",-61900,", 1), encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"readings, row adm-0001, column value.* \(and \d+ more\); run"):
        build_report(project)
    assert not (project / "_build").exists()
