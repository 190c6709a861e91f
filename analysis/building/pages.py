"""Jupyter Book at work: from the runs of the chapters to the pages, and what it says in sentences.

It knows the code cells of a chapter only, so its cache is filled for each build with the runs that are true, and
thrown away with the rest of the work. It starts while chapters run (see `early_pages`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.building import of_tables
from analysis.building.chapter_runs import KeptRun
from analysis.building.early_pages import RUN, WAITING, keep_waiting, let_go
from analysis.building.execution import environment
from analysis.building.processes import Child, Echo, running_child
from analysis.errors import InputError
from analysis.publish.chart import renew_version

if TYPE_CHECKING:
    from analysis.building.kernels import WarmProcess

# MyST-NB numbers the lines of a notebook as 10,000 times the cell plus the line in it plus 1.
CELL_STRIDE = 10_000
PROBLEM = re.compile(r"^(?P<place>.*?)(?P<line>:\d+)?: (?:WARNING|ERROR|CRITICAL|SEVERE): (?P<text>.*)$")
PROGRESS = re.compile(r"^(?P<step>reading sources|writing output)\.\.\. \[ *\d+%\] (?P<page>\S+)")
# The end of a traceback: "OSError: [Errno 28] No space left on device".
EXCEPTION = re.compile(r"^[\w.]*(?:Error|Exception|Interrupt|Exit)\b\S*: \S|.*\[Errno \d+\]")
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class JupyterBook:
    """Jupyter Book at work below a folder, from its start to the pages that it wrote, gone when the block is left."""

    def __init__(self, root: Path, work: Path, dated: dt.date, warm: WarmProcess | None) -> None:
        self._root, self._work, self._warm = root, work, warm
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

    def __enter__(self) -> JupyterBook:
        """Begin nothing yet: the briefings must be set before."""
        return self

    def __exit__(self, *failure: Any) -> None:
        """End what still runs: after a failure nothing is waited for."""
        self._open.__exit__(*failure)

    def start(self, pages: Iterable[str], chapters: Iterable[Path]) -> None:
        """Start it, and beside it what follows from the tables alone; pages of chapters wait for their runs."""
        keep_waiting(self._waiting, map(self._page, chapters))
        arguments = ["build", str(self._root), "--path-output", str(self._work), "-W", "--keep-going"]
        if of_tables.SERIES in {f"{page}.html" for page in pages}:
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

    def written(self, once_read: Callable[[Path], None], echo: Echo) -> Path:
        """Wait for the pages, and for what is made beside them, and return their folder.

        What is to be done `once_read` is given that folder when all pages are read and their drawings lie there.
        Raises InputError, one sentence a problem.
        """
        assert self._process is not None
        staged, said, writes = self._work / "_build" / "html", [], False
        for line in self._process.stdout:
            said.append(COLOUR.sub("", line).rstrip())
            if progress := PROGRESS.match(said[-1]):
                begins, writes = not writes, not progress["step"].startswith("read")
                echo(f"{'writing' if writes else 'reading'} {progress['page']}")
                if writes and begins:
                    once_read(staged)
        if self._process.wait() != 0:
            raise InputError(_problems(said, self._root))
        self._open.close()
        return staged

    def _page(self, chapter: Path) -> str:
        return chapter.relative_to(self._root).with_suffix("").as_posix()


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
