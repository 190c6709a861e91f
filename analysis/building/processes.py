"""How the processes of a build behave: one build at a time, and nothing that it starts outlives it.

Whoever writes `_build` holds its lock, and whoever comes second waits and says for whom. A child ends when its parent
does, also when the parent is killed: its standard input is a pipe that nobody writes to, which the system closes when
the parent ends, however it ends; a thread of the child waits for that. Work in a thread ends at the first Ctrl-C.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from analysis.building.kernels import WarmProcess

T = TypeVar("T")
Echo = Callable[[str], None]
LOCK, HOLDER = ".lock", ".lock.json"
PRELUDE = "from analysis.building.processes import end_with_parent; end_with_parent(); "
ORPHANED = 3


@contextmanager
def only_build(root: Path, what: str, *, echo: Echo = print) -> Iterator[None]:
    """Hold the lock of the project's `_build` while `what` ("the report", say) is made.

    Whoever holds it may take it again. The system lets go of it when a process ends, however it ends, so a
    killed build blocks nobody.
    """
    folder = root.resolve() / "_build"
    folder.mkdir(parents=True, exist_ok=True)
    # A singleton: the site's lock inside the report's is the same, which may be taken twice.
    lock = FileLock(folder / LOCK, is_singleton=True)
    first = not lock.is_locked
    try:
        lock.acquire(timeout=0)
    except Timeout:
        echo(f"waiting for {_holder(folder)}, which writes {folder}")
        lock.acquire()
    try:
        if first:
            _sign(folder, what)
        yield
    finally:
        lock.release()


def _sign(folder: Path, what: str) -> None:
    """Leave a note for whoever waits."""
    since = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    note = {"process": os.getpid(), "since": since, "what": what}
    (folder / HOLDER).write_text(json.dumps(note) + "\n", encoding="utf-8")


def _holder(folder: Path) -> str:
    """Tell who holds the lock."""
    try:
        note = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        return f"process {note['process']}, making {note['what']} since {note['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"  # it has taken the lock this moment and not yet signed


class Child(Protocol):
    """A process as its owner handles it."""

    @property
    def stdout(self) -> Any:
        """What it says, as a stream of text."""

    def wait(self) -> int:
        """Wait for its end and return the exit code."""


@contextmanager
def running_child(
    code: str,
    arguments: Sequence[str],
    *,
    folder: Path,
    env: Mapping[str, str],
    warm: WarmProcess | None = None,
) -> Iterator[Child]:
    """Run Python code in a child that is gone when the block is left; its output is one stream of text.

    It is a fork of the `warm` process where that lives.
    """
    if warm and warm.is_up():
        with warm.child(code, arguments, folder=folder, env=env) as forked:
            yield forked
        return
    process = subprocess.Popen(
        [sys.executable, "-c", PRELUDE + code, *arguments],
        cwd=folder,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    try:
        yield process
    finally:
        process.kill()  # nothing where it has ended
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()


def end_with_parent() -> None:
    """Watch standard input from a thread and end this process when the other end of it is closed."""
    # A copy, since what runs here may look at or close standard input itself.
    watched = os.dup(sys.stdin.fileno())

    def wait() -> None:
        while os.read(watched, 1024):
            pass
        os._exit(ORPHANED)

    threading.Thread(target=wait, daemon=True).start()


def run_interruptible(work: Coroutine[Any, Any, T], meanwhile: Callable[[], None] | None = None) -> T:
    """Run a coroutine in a thread, since the caller (a notebook, a browser test) may have an event loop already.

    The calling thread does what is to be done `meanwhile`, and waits. An interrupt reaches that thread only: there it,
    or an error, cancels the work, waits until that has cleaned up (ended its kernels), and goes on.
    """
    runner = asyncio.Runner()
    loop = runner.get_loop()
    task = loop.create_task(work)
    done: Future[T] = Future()

    async def finish() -> T:
        return await task

    def run() -> None:
        with runner:  # which also ends what the work left pending
            try:
                done.set_result(runner.run(finish()))
            except BaseException as error:  # handed to whoever waits, whatever it is
                done.set_exception(error)

    thread = threading.Thread(target=run)
    try:
        thread.start()  # which waits until it runs, and may be interrupted there
        if meanwhile:
            meanwhile()
        return done.result()
    except (KeyboardInterrupt, Exception):
        with suppress(RuntimeError):  # the work was done at this moment
            loop.call_soon_threadsafe(task.cancel)
        raise
    finally:
        with suppress(RuntimeError):  # interrupted before it ran
            thread.join()
