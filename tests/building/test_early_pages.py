"""Jupyter Book beside the chapters: it reads each page when that can be read, and not before."""

import datetime as dt
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from analysis.building import of_tables, pages
from analysis.building.early_pages import RUN, WAITING, keep_waiting, let_go
from analysis.building.execution import environment
from analysis.building.pages import COLOUR, PROGRESS, JupyterBook

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_pages_are_read_in_the_order_in_which_they_can_be(tmp_path: Path):
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: a\nchapters:\n- file: in/b\n- file: c\n- file: d\n"
    )
    (tmp_path / "_config.yml").write_text("title: Four pages\nexecute:\n  execute_notebooks: 'off'\n")
    (tmp_path / "in").mkdir()
    for page in ("a", "in/b", "c", "d"):
        (tmp_path / f"{page}.md").write_text(f"# Page {page}\n")
    waiting = tmp_path / "waiting"
    keep_waiting(waiting, ["a", "in/b", "c"])
    book = subprocess.Popen(
        [sys.executable, "-c", RUN, "build", str(tmp_path), "--path-output", str(tmp_path / "out")],
        env={**environment(ROOT), "NO_COLOR": "1", WAITING: str(waiting)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert book.stdout is not None
    order: list[tuple[str, str]] = []
    for line in book.stdout:
        if found := PROGRESS.match(COLOUR.sub("", line)):
            order.append((found["step"], found["page"]))
            # Each is let go when the one before it has been begun, and not in the order of names.
            following = {"d": "c", "c": "in/b", "in/b": "a"}.get(found["page"])
            if found["step"] == "reading sources" and following:
                time.sleep(0.2)
                let_go(waiting, following)
    assert book.wait() == 0
    assert [page for step, page in order if step == "reading sources"] == ["d", "c", "in/b", "a"]
    assert [page for step, page in order if step == "writing output"] == ["a", "c", "d", "in/b"]


SLOW = "import time; time.sleep(60)"


def test_after_a_failure_neither_pages_nor_what_is_made_beside_them_are_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pages, "RUN", SLOW)
    monkeypatch.setattr(of_tables, "MAKE", SLOW)
    began = time.monotonic()
    book = JupyterBook(tmp_path, tmp_path, dt.date(2024, 3, 1), None)
    with suppress(KeyboardInterrupt), book:
        book.start([of_tables.SERIES.removesuffix(".html")], [])
        raise KeyboardInterrupt
    assert time.monotonic() - began < 30


def test_pages_are_handed_over_when_what_is_made_beside_them_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    made = tmp_path / "made"
    monkeypatch.setattr(pages, "RUN", "print('done')")
    monkeypatch.setattr(of_tables, "MAKE", f"import time; time.sleep(1); open({str(made)!r}, 'w')")
    with JupyterBook(tmp_path, tmp_path, dt.date(2024, 3, 1), None) as book:
        book.start([of_tables.SERIES.removesuffix(".html")], [])
        book.written(lambda _: None, lambda _: None)
        assert made.exists()


@pytest.mark.slow
def test_a_book_whose_owner_was_killed_does_not_wait_for_ever(tmp_path: Path):
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: a\n")
    (tmp_path / "_config.yml").write_text("title: One page\nexecute:\n  execute_notebooks: 'off'\n")
    (tmp_path / "a.md").write_text("# A page\n")
    keep_waiting(tmp_path / "waiting", ["a"])
    owner = (
        "import os, subprocess, sys; "
        f"subprocess.Popen([sys.executable, '-c', {RUN!r}, 'build', '.', '--path-output', 'out']); "
        "os.read(0, 1)"
    )
    book = subprocess.Popen(
        [sys.executable, "-c", owner],
        cwd=tmp_path,
        env={**environment(ROOT), WAITING: str(tmp_path / "waiting")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert book.stdout is not None
    for line in book.stdout:
        if "0 removed" in line:  # the next that Sphinx does is to wait
            book.kill()
            break
    assert "reading" not in book.stdout.read()  # which ends when the last that writes to it has ended
    book.wait()
