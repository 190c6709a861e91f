"""Run the chapters: several at a time, each in a kernel of its own, with failures told in a sentence.

Kernels are forked from one warm process where that is possible; elsewhere, and where it cannot be started, each is a
process of its own. The outputs are the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from analysis.building.processes import Echo, run_interruptible
from analysis.errors import InputError

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from analysis.building.kernels import WarmProcess

# Seconds that one cell may take. The longest chapter needs a tenth of it on two cores.
CELL_TIMEOUT = 600
# Where the package lies, so that a chapter can import it without an installation.
PACKAGE_HOME = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    """A chapter that ran: its path, the notebook with fresh outputs, when it began and the seconds it took.

    `reads` names the tables and files below the root that it read, None where its kernel could not record them.
    """

    path: Path
    notebook: NotebookNode
    began: float
    seconds: float
    reads: frozenset[str] | None


def environment(root: Path) -> dict[str, str]:
    """Build the environment of a child process: the package can be imported, and hashes are stable."""
    places = [str(root), str(PACKAGE_HOME), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(place for place in places if place)),
        "PYTHONHASHSEED": "0",
        # The work is spread over kernels: more threads for small matrices only get in their way.
        "OMP_NUM_THREADS": "1",
        # Debuggers warn about frozen modules on stderr, and a chapter's stderr stops the build.
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def read_chapter(path: Path) -> NotebookNode:
    """Read a notebook, or say in a sentence why it cannot be read."""
    import nbformat

    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except FileNotFoundError as error:
        raise InputError(f"{path.name}: there is no such chapter.") from error
    except Exception as error:  # nbformat raises its own and json's errors for the same fault
        raise InputError(f"{path.name} is not a readable notebook: {error}") from error
    return notebook


def without_outputs(notebook: NotebookNode) -> NotebookNode:
    """Clear what an earlier run left behind, in place."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    return notebook


def execute(
    paths: Sequence[Path],
    root: Path,
    *,
    jobs: int | None = None,
    warm: WarmProcess | bool = True,
    meanwhile: Callable[[], None] | None = None,
    taken: Callable[[Run], None] | None = None,
    echo: Echo = print,
) -> list[Run]:
    """Run notebooks, `jobs` at a time, and return them in the order given.

    All of them run, also after one failed; then one InputError names every failing chapter and cell. A
    KeyboardInterrupt is passed on at once, with every kernel ended. Without `warm` each kernel starts cold; it may be
    a process that is warm already, or grows so. What is done `meanwhile`, in this thread, ends the chapters if it
    fails; then each run is `taken` there, as soon as it is done.
    """
    if not paths:
        return []
    # Two kernels that build matplotlib's font cache at once would warn about it in their output.
    import matplotlib.font_manager  # noqa: F401

    # What the thread below imports: half done, it would break what is drawn meanwhile.
    for name in ("IPython", "nbclient.exceptions", "analysis.building.kernels"):
        importlib.import_module(name)

    # One more than there are cores: a kernel that starts or ends waits more than it works.
    most = jobs or (os.cpu_count() or 1) + 1
    ended: SimpleQueue[Run | None] = SimpleQueue()

    def also() -> None:
        if meanwhile:
            meanwhile()
        for run in iter(ended.get, None):
            if taken:
                taken(run)

    with tempfile.TemporaryDirectory() as notes, _warm(root, warm) as process:
        work = _execute_all(paths, root, most, echo, process, Path(notes), ended.put)
        outcomes = run_interruptible(work, also)
    failures = [outcome for outcome in outcomes if isinstance(outcome, str)]
    if failures:
        raise InputError("\n".join(failures))
    return [outcome for outcome in outcomes if isinstance(outcome, Run)]


@contextlib.contextmanager
def warm_process(root: Path) -> Iterator[WarmProcess | None]:
    """Hold a process that grows warm by itself, which takes seconds, and is ended at the end; None where none can be.

    Ask it `is_up` before its first use: that waits.
    """
    from analysis.building.kernels import WarmProcess, can_fork

    if not can_fork() or not root.is_dir():
        yield None
        return
    with contextlib.closing(WarmProcess(root, environment(root))) as process:
        yield process


@contextlib.contextmanager
def _warm(root: Path, wanted: WarmProcess | bool) -> Iterator[WarmProcess | None]:
    """Hold the warm process while chapters run; None where none is wanted."""
    if not isinstance(wanted, bool):
        yield wanted
        return
    with warm_process(root) if wanted else contextlib.nullcontext() as process:
        yield process


async def _execute_all(
    paths: Sequence[Path], root: Path, jobs: int, echo: Echo, warm: WarmProcess | None, notes: Path,
    ended: Callable[[Run | None], None],
) -> list[Run | str]:  # fmt: skip
    """Keep `jobs` kernels busy; a failure is returned as its sentence. What each reads is noted below `notes`.

    Each run is told as it has `ended`, and None when all have.
    """
    free = asyncio.Semaphore(jobs)
    try:
        lives = warm if warm and await warm.grown() else None

        async def one(number: int, path: Path) -> Run | str:
            async with free:
                echo(f"running {path.relative_to(root)}")
                outcome = await _execute_one(path, root, lives, notes / str(number))
                if isinstance(outcome, Run):
                    echo(f"ran {path.relative_to(root)} in {outcome.seconds:.1f} s")
                    ended(outcome)
                return outcome

        return list(await asyncio.gather(*(one(number, path) for number, path in enumerate(paths))))
    finally:
        ended(None)


async def _execute_one(path: Path, root: Path, warm: WarmProcess | None, reads: Path) -> Run | str:
    """Run one notebook in a new kernel, in its own folder."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    from analysis.building.kernels import use_warm

    notebook = without_outputs(read_chapter(path))
    place = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(
        notebook, timeout=CELL_TIMEOUT, kernel_name="python3", record_timing=False, resources=place
    )
    if warm:
        use_warm(client.create_kernel_manager(), warm, reads)
    began, clock = time.time(), time.monotonic()
    try:
        # A kernel's own stderr (not a cell's) holds a note on its transport and nothing about the chapter.
        await client.async_execute(env=environment(root), stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        return f"{_place(path, root, notebook)}: {error.ename}: {_first_line(error.evalue)}"
    except CellTimeoutError:
        return f"{_place(path, root, notebook)}: it did not end within {CELL_TIMEOUT} seconds"
    except DeadKernelError:
        return f"{_place(path, root, notebook)}: the kernel died (out of memory?)"
    except (RuntimeError, ConnectionError) as error:  # what is raised when a kernel does not start
        return f"{path.relative_to(root)}: the kernel did not start: {_first_line(str(error))}"
    read = frozenset(reads.read_text(encoding="utf-8").splitlines()) if reads.exists() else None
    return Run(path, notebook, began, time.monotonic() - clock, read)


def _place(path: Path, root: Path, notebook: NotebookNode) -> str:
    """Name the chapter and the cell that was reached last, counted over all cells from 1."""
    reached = [index for index, cell in enumerate(notebook.cells, start=1) if cell.get("execution_count")]
    failed = [
        index for index, cell in enumerate(notebook.cells, start=1)
        if any(output.output_type == "error" for output in cell.get("outputs", []))
    ]  # fmt: skip
    return f"{path.relative_to(root)}, cell {(failed or reached or [1])[-1]}"


def _first_line(message: str) -> str:
    """Shorten an error's text to one line."""
    return next((line.strip() for line in message.splitlines() if line.strip()), "no message")
