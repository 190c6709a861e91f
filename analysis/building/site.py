"""Build the site: run the chapters, let Jupyter Book write the pages, and swap them in when all went well.

A chapter runs again when anything changed that its numbers rest on (analysis.building.chapter_runs). Jupyter Book's
own cache knows the code cells only, so it is filled for each build with the runs that are true, and thrown away with
the rest of the work. Pages are always written from scratch, which takes seconds and leaves nothing stale; where no
input changed at all, nothing is done. An earlier build stays whole until a new one has succeeded.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.building import of_tables, stamp
from analysis.building.chapter_runs import KeptRun, Runs
from analysis.building.downloads import package_date
from analysis.building.early_pages import RUN, WAITING, keep_waiting, let_go
from analysis.building.execution import environment, execute
from analysis.building.not_found import write_not_found
from analysis.building.pictures import write_pictures
from analysis.building.processes import Child, Echo, only_build, running_child
from analysis.building.published import SEARCH_INDEX, finish, readable, restore, swap_in
from analysis.building.record_pages import FIND_INDEX
from analysis.building.site_search import write_search
from analysis.building.slim_styles import slim_styles
from analysis.errors import InputError, end
from analysis.publish.chart import renew_version

if TYPE_CHECKING:
    from analysis.building.kernels import WarmProcess

FEW = 3  # chapters that make by themselves what they need: most of it is kept
FIGURES = "figures"  # the folder of the forms that readers take
FALLBACK_DATE = "2025-01-01"
# MyST-NB numbers the lines of a notebook as 10,000 times the cell plus the line in it plus 1.
CELL_STRIDE = 10_000
PROBLEM = re.compile(r"^(?P<place>.*?)(?P<line>:\d+)?: (?:WARNING|ERROR|CRITICAL|SEVERE): (?P<text>.*)$")
PROGRESS = re.compile(r"^(?P<step>reading sources|writing output)\.\.\. \[ *\d+%\] (?P<page>\S+)")
# The end of a traceback: "OSError: [Errno 28] No space left on device".
EXCEPTION = re.compile(r"^[\w.]*(?:Error|Exception|Interrupt|Exit)\b\S*: \S|.*\[Errno \d+\]")
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


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
        with _Pages(root, work, dated or _data_date(root), warm, echo) as pages:
            _run_chapters(root, pages, warm, first, meanwhile, echo)
            staged = pages.written()
        finish_pages(root, staged)
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
    root: Path, pages: _Pages, warm: WarmProcess | None, first: Callable[[], None],
    meanwhile: Callable[[], None], echo: Echo,
) -> None:  # fmt: skip
    """Hand the run of every chapter to the pages, running those of which no kept run is true any more."""
    runs = Runs(root)
    chapters = [path for page in toc_pages(root) if (path := root / f"{page}.ipynb").exists()]
    found = {path: run for path in chapters if (run := runs.find(path))}
    stale = runs.longest_first(path for path in chapters if path not in found)

    def also() -> None:
        meanwhile()
        pages.start(chapters)
        for run in found.items():
            pages.take(*run)
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
        taken=lambda run: pages.take(run.path, runs.keep(run)),
        echo=echo,
    )


class _Pages:
    """Jupyter Book at work below a folder, from its start to the pages that it wrote, gone when the block is left."""

    def __init__(self, root: Path, work: Path, dated: dt.date, warm: WarmProcess | None, echo: Echo) -> None:
        self._root, self._work, self._warm, self._echo = root, work, warm, echo
        midnight = dt.datetime.combine(dated, dt.time(), dt.UTC)
        self._waiting = work / "waiting"
        self._env = {
            **environment(root),
            "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())),
            "NO_COLOR": "1",
            WAITING: str(self._waiting),
        }
        self._open = ExitStack()
        self._process: Child | None = None

    def __enter__(self) -> _Pages:
        """Begin nothing yet: the briefings must be set before."""
        return self

    def __exit__(self, *_: object) -> None:
        """End what still runs."""
        self._open.close()

    def start(self, chapters: Iterable[Path]) -> None:
        """Start it, and beside it what follows from the tables alone; pages of chapters wait for their runs."""
        keep_waiting(self._waiting, map(self._page, chapters))
        arguments = ["build", str(self._root), "--path-output", str(self._work), "-W", "--keep-going"]
        if of_tables.SERIES in {f"{page}.html" for page in toc_pages(self._root)}:
            self._open.enter_context(of_tables.made_beside(self._root, self._env, self._warm))
        child = running_child(RUN, arguments, folder=self._root, env=self._env, warm=self._warm)
        self._process = self._open.enter_context(child)

    def take(self, chapter: Path, run: KeptRun) -> None:
        """Put a run where Jupyter Book looks for it, its words on the data's version today's."""
        import nbformat
        from jupyter_cache import get_cache  # type: ignore[import-untyped]
        from jupyter_cache.base import CacheBundleIn  # type: ignore[import-untyped]

        text = renew_version(run.text, self._root / "data")
        notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
        bundle = CacheBundleIn(notebook, str(chapter), data={"execution_seconds": run.seconds})
        cache = get_cache(self._work / "_build" / ".jupyter_cache")
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
        let_go(self._waiting, self._page(chapter))

    def written(self) -> Path:
        """Wait for the pages and return their folder. Raises InputError, one sentence a problem."""
        assert self._process is not None
        said = []
        for line in self._process.stdout:
            said.append(COLOUR.sub("", line).rstrip())
            if progress := PROGRESS.match(said[-1]):
                step = "reading" if progress["step"].startswith("read") else "writing"
                self._echo(f"{step} {progress['page']}")
        if self._process.wait() != 0:
            raise InputError(_problems(said, self._root))
        return self._work / "_build" / "html"

    def _page(self, chapter: Path) -> str:
        return chapter.relative_to(self._root).with_suffix("").as_posix()


def finish_pages(root: Path, staged: Path) -> None:
    """Make the pages that Jupyter Book wrote below `staged` what is published, with all that stands beside them."""
    with ThreadPoolExecutor(1) as beside_it:  # Typst works without Python's lock
        pictures = beside_it.submit(write_pictures, staged / FIGURES)
        finish(staged)
        write_not_found(staged)
        of_tables.write(root / "data", staged)
        write_search(staged)
        slim_styles(staged, data=(FIND_INDEX, SEARCH_INDEX))
        pictures.result()
    readable(staged)


def _problems(said: list[str], root: Path) -> str:
    """Turn what Jupyter Book said into one sentence a problem, each with its page, cell and line."""
    found = dict.fromkeys(_sentence(match, root) for line in said if (match := PROBLEM.match(line)))
    return "\n".join(found) or f"The book could not be built in {root / '_build'}: {_last_word(said)}"


def _last_word(said: list[str]) -> str:
    """Return the last error that was told, or else the last line with words in it."""
    worded = [line.strip() for line in reversed(said) if re.search(r"\w", line)]
    return next((line for line in worded if EXCEPTION.match(line)), next(iter(worded), "it said nothing"))


def _sentence(problem: re.Match[str], root: Path) -> str:
    """Tell one problem: page, cell and line, and what is wrong."""
    place = problem["place"].removeprefix(f"{root}/")
    line = int((problem["line"] or ":0")[1:])
    if line >= CELL_STRIDE:
        place += f", cell {line // CELL_STRIDE}, line {max(line % CELL_STRIDE - 1, 1)}"
    elif line:
        place += f", line {line}"
    return f"{place or 'The book'}: {problem['text']}"


if __name__ == "__main__":
    end(lambda: build_site(Path.cwd()))
