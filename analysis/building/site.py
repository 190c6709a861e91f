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
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.building import of_tables, stamp
from analysis.building.chapter_runs import KeptRun, Runs
from analysis.building.downloads import package_date
from analysis.building.execution import environment, execute
from analysis.building.not_found import write_not_found
from analysis.building.pictures import write_pictures
from analysis.building.processes import Echo, only_build, running_child
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
JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
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
        runs = _run_chapters(root, warm, first, meanwhile, echo)
        _fill_cache(work / "_build" / ".jupyter_cache", runs, root)
        swap_in(_write_pages(root, work, dated or _data_date(root), warm, echo), html)
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
    root: Path, warm: WarmProcess | None, first: Callable[[], None], meanwhile: Callable[[], None], echo: Echo
) -> dict[Path, KeptRun]:
    """Return the run of every chapter, running those of which no kept run is true any more."""
    runs = Runs(root)
    chapters = [path for page in toc_pages(root) if (path := root / f"{page}.ipynb").exists()]
    found = {path: runs.find(path) for path in chapters}
    stale = runs.longest_first(path for path, run in found.items() if run is None)

    def also() -> None:
        meanwhile()
        runs.know(stale)

    if len(stale) > FEW:
        first()
    if not stale:
        meanwhile()
    made = execute(stale, root, warm=warm or True, meanwhile=also, echo=echo)
    fresh = {run.path: runs.keep(run) for run in made}
    return {path: run or fresh[path] for path, run in found.items()}


def _fill_cache(folder: Path, runs: dict[Path, KeptRun], root: Path) -> None:
    """Put the runs where Jupyter Book looks for them; their words on the data's version are today's."""
    import nbformat
    from jupyter_cache import get_cache  # type: ignore[import-untyped]
    from jupyter_cache.base import CacheBundleIn  # type: ignore[import-untyped]

    cache = get_cache(folder)
    for path, run in runs.items():
        text = renew_version(run.text, root / "data")
        notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
        bundle = CacheBundleIn(notebook, str(path), data={"execution_seconds": run.seconds})
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def _write_pages(root: Path, work: Path, dated: dt.date, warm: WarmProcess | None, echo: Echo) -> Path:
    """Let Jupyter Book write the pages below the folder `work`; returns the folder of the pages."""
    staged = work / "_build" / "html"
    pages = {f"{page}.html" for page in toc_pages(root)}
    midnight = dt.datetime.combine(dated, dt.time(), dt.UTC)
    arguments = ["build", str(root), "--path-output", str(work), "-W", "--keep-going"]
    env = {**environment(root), "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())), "NO_COLOR": "1"}
    said = []
    beside = of_tables.made_beside(root, env, warm) if of_tables.SERIES in pages else nullcontext()
    with beside, running_child(JUPYTER_BOOK, arguments, folder=root, env=env, warm=warm) as process:
        for line in process.stdout:
            said.append(COLOUR.sub("", line).rstrip())
            if progress := PROGRESS.match(said[-1]):
                echo(f"{'reading' if progress['step'].startswith('read') else 'writing'} {progress['page']}")
        if process.wait() != 0:
            raise InputError(_problems(said, root))
    with ThreadPoolExecutor(1) as beside_it:  # Typst works without Python's lock
        pictures = beside_it.submit(write_pictures, staged / FIGURES)
        finish(staged)
        write_not_found(staged)
        of_tables.write(root / "data", staged)
        write_search(staged)
        slim_styles(staged, data=(FIND_INDEX, SEARCH_INDEX))
        pictures.result()
    readable(staged)
    return staged


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
