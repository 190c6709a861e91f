"""Build the site: run the chapters, let Jupyter Book write the pages, and swap them in when all went well.

A chapter runs again when anything changed that its numbers rest on (analysis.building.chapter_runs). Pages are
always written from scratch (analysis.building.pages), which takes seconds and leaves nothing stale; where no input
changed at all, nothing is done. An earlier build stays whole until a new one has succeeded.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.building import of_tables, stamp
from analysis.building.chapter_runs import Runs
from analysis.building.downloads import package_date
from analysis.building.execution import execute
from analysis.building.not_found import write_not_found
from analysis.building.pages import JupyterBook
from analysis.building.pictures import write_pictures
from analysis.building.processes import Echo, only_build
from analysis.building.published import SEARCH_INDEX, finish, readable, restore, swap_in
from analysis.building.record_pages import FIND_INDEX
from analysis.building.site_search import write_search
from analysis.building.slim_styles import slim_styles
from analysis.errors import InputError, end

if TYPE_CHECKING:
    from analysis.building.kernels import WarmProcess

FEW = 3  # chapters that make by themselves what they need: most of it is kept
FIGURES = "figures"  # the folder of the forms that readers take
FALLBACK_DATE = "2025-01-01"


def _nothing() -> None:
    """Do nothing."""


def build_site(
    root: Path,
    *,
    dated: dt.date | None = None,
    warm: WarmProcess | None = None,
    first: Callable[[], None] = _nothing,
    meanwhile: Callable[[], None] = _nothing,
    echo: Echo = print,
) -> Path:
    """Build the book at `root` into `_build/html` and return that folder.

    `dated` is the only clock of the build (default: the day the data's version is dated), so two builds of
    the same state are the same bytes. Chapters and Sphinx are forks of the `warm` process where there is one. What is
    to be done `first` is done before more than `FEW` chapters run, and what is to be done `meanwhile` while they run.
    Raises InputError, one sentence a problem, and then leaves `_build/html` as it was.
    """
    with only_build(root, "the site", echo=echo):
        return _build_site(root.resolve(), dated, warm, first, meanwhile, echo)


def _build_site(
    root: Path, dated: dt.date | None, warm: WarmProcess | None, first: Callable[[], None],
    meanwhile: Callable[[], None], echo: Echo,
) -> Path:  # fmt: skip
    """Build the site while nobody else does."""
    build = root / "_build"
    html, work, mark = build / "html", build / "pages", build / "site.json"
    restore(html)
    state = f"{stamp.state(root)} {dated}"
    if stamp.is_current(mark, state, [html]):
        meanwhile()
        echo("the site is up to date")
        return html
    shutil.rmtree(work, ignore_errors=True)  # what a stopped build left behind would hide a problem
    try:
        with (
            ThreadPoolExecutor(1) as beside,
            JupyterBook(root, work, dated or _data_date(root), warm) as book,
        ):
            _run_chapters(root, book, warm, first, meanwhile, echo)
            pictures: list[Future[None]] = []
            staged = book.written(
                # Typst, which sets them, works without Python's lock.
                lambda site: pictures.append(beside.submit(write_pictures, site / FIGURES)),
                echo,
            )
            _finish(root, staged)
            for made in pictures:
                made.result()
        readable(staged)
        swap_in(staged, html)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    stamp.write(mark, state, [html])
    return html


def _data_date(root: Path) -> dt.date:
    """Read the day of the data's version."""
    created = package_date(root / "data") or FALLBACK_DATE
    try:
        return dt.date.fromisoformat(created)
    except ValueError as error:
        raise InputError(
            f"datapackage.json: created is {created!r}, not a date such as 2025-01-31."
        ) from error


def toc_pages(root: Path) -> list[str]:
    """List the pages that _toc.yml names, in reading order, without extension."""
    import yaml  # type: ignore[import-untyped]

    try:
        toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError("_toc.yml is missing: it names the book's pages.") from error
    pages: list[str] = []

    def walk(entry: object) -> None:
        if isinstance(entry, dict):
            pages.extend(str(entry[key]) for key in ("root", "file") if key in entry)
        children = entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else []
        for child in children:
            walk(child)

    walk(toc)
    return pages


def _run_chapters(
    root: Path, book: JupyterBook, warm: WarmProcess | None, first: Callable[[], None],
    meanwhile: Callable[[], None], echo: Echo,
) -> None:  # fmt: skip
    """Hand the run of every chapter to the book, running those of which no kept run is true any more."""
    runs = Runs(root)
    chapters = [path for page in toc_pages(root) if (path := root / f"{page}.ipynb").exists()]
    found = {path: run for path in chapters if (run := runs.find(path))}
    stale = runs.longest_first(path for path in chapters if path not in found)

    def also() -> None:
        meanwhile()
        book.start(toc_pages(root), chapters)
        for run in found.items():
            book.take(*run)
        runs.know(stale)

    if len(stale) > FEW:
        first()
    if not stale:
        also()
    execute(
        stale,
        root,
        warm=warm or True,
        meanwhile=also,
        taken=lambda run: book.take(run.path, runs.keep(run)),
        echo=echo,
    )


def _finish(root: Path, staged: Path) -> None:
    """Make the pages that Jupyter Book wrote below `staged` what is published, with all that stands beside them."""
    finish(staged)
    write_not_found(staged)
    of_tables.write(root / "data", staged)
    write_search(staged)
    slim_styles(staged, data=(FIND_INDEX, SEARCH_INDEX))


if __name__ == "__main__":
    end(lambda: build_site(Path.cwd()))
