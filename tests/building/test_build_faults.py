"""A report that is killed, interrupted, built twice at once or out of room leaves the earlier one whole."""

import errno
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.building import build
from analysis.building.execution import environment
from analysis.building.stamp import BRIEFINGS
from analysis.errors import InputError

ROOT = Path(__file__).parents[2]
# The real build of the report around a small book, its briefing a line on the state of the preface: the series that
# the findings rest on would take minutes, and their own tests kill those.
DRIVER = """
from pathlib import Path
from types import SimpleNamespace
from analysis.errors import end
from analysis.building import build
from analysis.building.briefing import put

def set_briefing(_data, _findings, _charts, target, answers, language):
    put(b"%PDF " + Path("book/index.md").read_bytes(), target)

build.check = lambda _: None
build.load = lambda _: SimpleNamespace(version="3.2.1", fingerprint="0123456789")
build.briefing_charts = lambda *_: ()
build.make_numbers = lambda _: None
build.briefing_findings = build.four_answers = lambda _: {}
build.build_briefing = set_briefing
end(lambda: build.build_report(Path.cwd(), echo=lambda line: print(line, flush=True)))
"""
pytestmark = [pytest.mark.slow, pytest.mark.faults]


def start(root: Path) -> subprocess.Popen[str]:
    """Start a build in a process of its own, as from a terminal."""
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER],
        cwd=root,
        env=environment(ROOT),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> list[str]:
    said, _ = process.communicate(timeout=300)
    return said.splitlines()


def report(root: Path) -> dict[str, str]:
    """Hash every published file."""
    built = root / "_build"
    files = [built / "briefing.pdf", *(path for path in (built / "html").rglob("*") if path.is_file())]
    return {p.relative_to(built).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def edit(root: Path, words: str) -> None:
    """Change the page, the briefing, and the chapter's code."""
    index = root / "book" / "index.md"
    index.write_text(index.read_text() + f"\n{words}\n")
    chapter(root, f"'{words}'")


def chapter(root: Path, *cells: str) -> None:
    made = [new_markdown_cell("# Police"), *(new_code_cell(text) for text in cells)]
    nbformat.write(new_notebook(cells=made), root / "book" / "police-campaigns.ipynb")


@pytest.fixture(scope="module")
def built(small_book: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small book, built once."""
    root = small_book(tmp_path_factory.mktemp("built"))
    (root / "book" / "index.md").write_text("# Preface\n")
    chapter(root, "1 + 1")
    said = finish(first := start(root))
    assert first.returncode == 0, said
    return root


@pytest.fixture
def book(built: Path, tmp_path: Path) -> Path:
    """A copy of the small book and of its report."""
    return Path(shutil.copytree(built, tmp_path, dirs_exist_ok=True))


def test_killed_at_random_moments_the_earlier_report_stays_and_the_rebuild_is_identical(
    book: Path, tmp_path_factory: pytest.TempPathFactory
):
    earlier = report(book)
    edit(book, "Edited.")
    moments = random.Random()
    # A line that the build says in each stage, and a wait after it as long as the stage may be.
    for line, stage, whole in (("set the briefing", 3, True), ("reading", 4, False), ("writing", 2, True)):
        wait = moments.uniform(0, stage)
        process = start(book)
        assert process.stdout is not None
        while line not in (said := process.stdout.readline()) and said:
            pass
        time.sleep(wait)
        children: list[psutil.Process] = []
        with suppress(psutil.NoSuchProcess):  # it may have ended by itself
            parent = psutil.Process(process.pid)
            children = parent.children(recursive=True)
            for one in [*(children if whole else []), parent]:
                one.kill()
        process.wait()
        psutil.wait_procs(children, timeout=20)
        assert not [one for one in children if one.is_running()], (
            f"children live on, {wait:.2f} s after {line}"
        )
        now = report(book)
        if now != earlier:  # the kill came after the swap
            assert b"Edited." in (book / "_build" / "html" / "book" / "index.html").read_bytes(), (line, wait)
            break
    again = start(book)
    # up to date, where the last kill came after everything was done
    assert finish(again)[-1].startswith(("built ", "the report is up to date"))
    fresh = tmp_path_factory.mktemp("fresh") / "copy"
    shutil.copytree(book, fresh, ignore=shutil.ignore_patterns("_build"))
    finish(start(fresh))
    assert report(book) == report(fresh) != earlier


def test_two_builds_at_once_leave_one_whole_report(book: Path):
    edit(book, "Edited.")
    both = [start(book), start(book)]
    said = [finish(process) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    waits = [lines[0] for lines in said if lines[0].startswith("waiting for")]
    assert len(waits) == 1
    assert any(f"waiting for process {process.pid}, making the report since" in waits[0] for process in both)
    assert sum(any("is up to date" in line for line in lines) for lines in said) == 1
    whole = report(book)
    assert "html/book/index.html" in whole
    assert finish(start(book))[-1] == "the report is up to date"
    assert report(book) == whole


def test_the_first_ctrl_c_ends_the_chapters_their_kernels_and_the_build(book: Path):
    earlier = report(book)
    chapter(
        book,
        "from pathlib import Path\nPath('runs').touch()\nimport time\nfor _ in range(999): time.sleep(0.1)",
    )
    process = start(book)
    until = time.monotonic() + 120
    while not (book / "book" / "runs").exists() and time.monotonic() < until:
        time.sleep(0.1)
    children = psutil.Process(process.pid).children(recursive=True)
    assert children  # the kernel
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)  # what a terminal sends
    said = finish(process)
    assert time.monotonic() - began < 30
    assert process.returncode == 130
    assert said[-1] == "Stopped, as asked; what was finished before is as it was."
    assert not any("Traceback" in line or "Task was destroyed" in line for line in said)
    psutil.wait_procs(children, timeout=20)
    assert not [one for one in children if one.is_running()]
    assert report(book) == earlier


@pytest.fixture
def small_disk(tmp_path: Path):
    """A `_build` with room for one site of the small book and little more."""
    place = tmp_path / "_build"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16M", "tmpfs", str(place)], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("only root may mount a small disk; the next test raises the error instead")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_a_sentence_and_the_earlier_report_stays(small_disk: Path, book: Path):
    earlier = report(book)
    edit(book, "Edited.")
    fill = small_disk / "fill"
    free = shutil.disk_usage(small_disk).free
    for left in (600_000, 3_000_000):  # in the doctrees or the pages; in what is done to them
        fill.write_bytes(bytes(max(free - left, 0)))
        said = finish(process := start(book))
        assert process.returncode == 1
        assert said[-1].startswith("Error: The "), said[-1]
        assert "No space left on device" in said[-1] or "full" in said[-1], said[-1]
        assert str(small_disk) in said[-1]
        assert not any("Traceback" in line for line in said)
        assert report(book) == earlier
        fill.unlink()
    assert finish(start(book))[-1].startswith("built ")
    assert report(book) != earlier


@pytest.mark.parametrize("stage", ["build_briefing", "build_site", "put"])
def test_any_refusal_of_the_system_names_cause_and_folder(
    tmp_path: Path, stage: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(build, "check", lambda _: None)
    for name in ("briefing_charts", "load"):
        monkeypatch.setattr(build, name, lambda *_: build)
    for name in ("make_numbers", "briefing_findings", "four_answers"):
        monkeypatch.setattr(build, name, lambda _: {})
    monkeypatch.setattr(build, "version", "1", raising=False)
    monkeypatch.setattr(build, "fingerprint", "01234567", raising=False)
    staged = tmp_path / "_build" / "staged"
    staged.mkdir(parents=True)
    for name in BRIEFINGS.values():
        (staged / name).write_bytes(b"%PDF")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def build_pages(*_: object, meanwhile: Callable[[], None], **__: object) -> None:
        meanwhile()

    monkeypatch.setattr(build, "build_site", build_pages)
    for name in ("build_briefing", "put"):
        monkeypatch.setattr(build, name, lambda *_, **__: None)
    monkeypatch.setattr(build, stage, refuse)
    with pytest.raises(InputError) as caught:
        build.build_report(tmp_path)
    assert str(caught.value) == (
        f"The report could not be built in {tmp_path / '_build'}: No space left on device; "
        "the earlier one is as it was."
    )
