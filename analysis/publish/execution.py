"""Run the chapters: several at a time, each in a kernel of its own, with failures told in a sentence.

Kernels are forked from one warm process where that is possible; elsewhere, and where it cannot be started, each is a
process of its own. The outputs are the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError

if TYPE_CHECKING:
    from nbclient import NotebookClient
    from nbformat import NotebookNode

    from analysis.publish.kernels import WarmProcess

Echo = Callable[[str], None]

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
    paths: Sequence[Path], root: Path, *, jobs: int | None = None, warm: bool = True, echo: Echo = print
) -> list[Run]:
    """Run notebooks, `jobs` at a time, and return them in the order given.

    All of them run, also after one failed; then one InputError names every failing chapter and cell. A
    KeyboardInterrupt is passed on at once, with every kernel ended. Without `warm` each kernel starts cold.
    """
    if not paths:
        return []
    # Two kernels that build matplotlib's font cache at once would warn about it in their output.
    import matplotlib.font_manager  # noqa: F401

    work = _Work(root, jobs or os.cpu_count() or 1, echo)
    # In a thread, since whoever calls (a notebook, a browser test) may be running an event loop already.
    with (
        tempfile.TemporaryDirectory() as notes,
        _warm_process(root, warm) as process,
        ThreadPoolExecutor(max_workers=1) as thread,
    ):
        running = thread.submit(asyncio.run, work.all_of(paths, process, Path(notes)))
        try:
            outcomes = running.result()
        except KeyboardInterrupt:
            work.stop()
            raise
    failures = [outcome for outcome in outcomes if isinstance(outcome, str)]
    if failures:
        raise InputError("\n".join(failures))
    return [outcome for outcome in outcomes if isinstance(outcome, Run)]


@contextlib.contextmanager
def _warm_process(root: Path, wanted: bool) -> Iterator[WarmProcess | None]:
    """Hold the warm process while chapters run; None where there can be none."""
    from analysis.publish.kernels import WarmProcess, can_fork

    if not wanted or not can_fork():
        yield None
        return
    process = WarmProcess(root, environment(root))
    try:
        yield process if process.is_up() else None
    finally:
        process.close()


class _Work:
    """Chapters that run: so many at a time, and ended when asked."""

    def __init__(self, root: Path, jobs: int, echo: Echo) -> None:
        self.root, self.echo = root, echo
        self._free = asyncio.Semaphore(jobs)
        self._clients: set[NotebookClient] = set()
        self._cancel: Callable[[], object] = lambda: None

    async def all_of(self, paths: Sequence[Path], warm: WarmProcess | None, notes: Path) -> list[Run | str]:
        """Keep the kernels busy; a failure is returned as its sentence."""
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        self._cancel = lambda: loop.call_soon_threadsafe(task.cancel)

        async def one(number: int, path: Path) -> Run | str:
            async with self._free:
                self.echo(f"running {path.relative_to(self.root)}")
                outcome = await self._one(path, warm, notes / str(number))
                if isinstance(outcome, Run):
                    self.echo(f"ran {path.relative_to(self.root)} in {outcome.seconds:.1f} s")
                return outcome

        return list(await asyncio.gather(*(one(number, path) for number, path in enumerate(paths))))

    def stop(self) -> None:
        """End every kernel, with what it started, and let the work return; called from another thread."""
        self._cancel()
        for client in list(self._clients):
            group = getattr(getattr(client.km, "provisioner", None), "pgid", None)
            if group:
                with contextlib.suppress(OSError):
                    os.killpg(group, signal.SIGKILL)

    async def _one(self, path: Path, warm: WarmProcess | None, reads: Path) -> Run | str:
        """Run one notebook in a new kernel, in its own folder."""
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

        from analysis.publish.kernels import use_warm

        notebook = without_outputs(read_chapter(path))
        client = NotebookClient(
            notebook,
            timeout=CELL_TIMEOUT,
            kernel_name="python3",
            record_timing=False,
            resources={"metadata": {"path": str(path.parent)}},
        )
        if warm:
            use_warm(client.create_kernel_manager(), warm, reads)
        began, clock = time.time(), time.monotonic()
        self._clients.add(client)
        try:
            # A kernel's own stderr (not a cell's) holds a note on its transport and nothing about the chapter.
            await client.async_execute(env=environment(self.root), stderr=subprocess.DEVNULL)
        except CellExecutionError as error:
            return f"{_place(path, self.root, notebook)}: {error.ename}: {_first_line(error.evalue)}"
        except CellTimeoutError:
            return f"{_place(path, self.root, notebook)}: it did not end within {CELL_TIMEOUT} seconds"
        except DeadKernelError:
            return f"{_place(path, self.root, notebook)}: the kernel died (out of memory?)"
        except (RuntimeError, OSError) as error:  # what jupyter_client raises when a kernel does not start
            return f"{path.relative_to(self.root)}: the kernel did not start: {_first_line(str(error))}"
        finally:
            self._clients.discard(client)
        read = frozenset(reads.read_text(encoding="utf-8").splitlines()) if reads.exists() else None
        return Run(path, notebook, began, time.monotonic() - clock, read)


def _place(path: Path, root: Path, notebook: NotebookNode) -> str:
    """Name the chapter and the cell that was reached last, counted over all cells from 1."""
    reached = [index for index, cell in enumerate(notebook.cells, start=1) if cell.get("execution_count")]
    failed = [
        index
        for index, cell in enumerate(notebook.cells, start=1)
        if any(output.output_type == "error" for output in cell.get("outputs", []))
    ]
    cell = (failed or reached or [1])[-1]
    return f"{path.relative_to(root)}, cell {cell}"


def _first_line(message: str) -> str:
    """Shorten an error's text to one line."""
    return next((line.strip() for line in message.splitlines() if line.strip()), "no message")
