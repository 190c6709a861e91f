"""The warm process itself: it imports what chapters need, reads ahead what each begins with, and is forked.

Its owner (see `kernels`) gives it orders by lines of JSON.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.collector import look_no_more, look_seldom

# What chapters import: libraries, the rooms that make numbers, and every page.
MODULES = (
    *("numpy", "pandas", "scipy.stats", "scipy.optimize", "statsmodels.api", "matplotlib.pyplot", "joblib"),
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "myst_nb"),
    # What a kernel imports when it starts, and at its first cell.
    *("ipykernel.debugger", "sqlite3", "tornado.platform.asyncio", "tornado.queues"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect"),
    *("IPython.extensions.storemagic", "IPython.utils.wildcard"),
    *("analysis.dataset.reads", "analysis.scrutiny.ledger", "analysis.publish.chart"),
)
PAGES = "analysis.publish.pages"
INLINE = "module://matplotlib_inline.backend_inline"


def serve() -> None:
    """Be the warm process: import, then obey orders until the owner is gone."""
    atexit.register(_leave)  # first of all, so that it comes last
    gc.disable()  # what is imported, and read ahead, stays: to look through it would take a third of the time
    if sys.path[0] == "":
        del sys.path[0]  # as a cold kernel does; IPython puts it back
    root = Path.cwd()
    # As ipykernel does; matplotlib reads it once, when it is imported.
    os.environ["MPLBACKEND"] = os.environ.get("MPLBACKEND") or INLINE
    for name in (*MODULES, *_pages()):
        # What is wrong with a module is told by the chapter that imports it.
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    with contextlib.suppress(Exception):  # what is wrong with the data is told by the chapter that loads them
        _read_ahead(root / "data")
    look_seldom()  # no kernel need look through it either
    gc.enable()
    running: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "poll" in order:
            print(json.dumps(_code(order["poll"], running)), flush=True)
            continue
        # Opened before the fork: whoever reads is there already, and it ends when the fork does.
        end = os.open(order["output"], os.O_WRONLY) if "output" in order else -1
        pid = os.fork()
        if pid == 0:
            with _code_noted():
                return _be_child(order, end) if "output" in order else _be_kernel(order, root)
        _lead_group(pid)  # here as well: who is told of it may end it before it has come so far
        if "output" in order:
            os.close(end)
        running.add(pid)
        print(pid, flush=True)
    for pid in running:
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
    return None


_exit_code = 0


@contextlib.contextmanager
def _code_noted() -> Iterator[None]:
    """Note the exit code of what runs in a fork."""
    global _exit_code
    try:
        yield
    except SystemExit as ended:
        _exit_code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        raise
    except BaseException:
        _exit_code = 1
        raise


def _leave() -> None:
    """End this process, its threads and exit functions done: to take down what it imported copies it in every fork."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(_exit_code)


def _lead_group(pid: int) -> None:
    """Give a fork (0: this one) a group of its own, so that it is ended with what it started."""
    with contextlib.suppress(OSError):  # it has one already, or has ended
        os.setpgid(pid, 0)


def _read_ahead(data: Path) -> None:
    """Do once what every chapter begins with: parse the code, load the tables, tell them, read every figure."""
    from analysis.dataset.code import parse_all
    from analysis.dataset.load import load_ahead
    from analysis.readings import intervals
    from analysis.series.definition import with_sources
    from analysis.series.store import digest

    parse_all()  # whoever looks for a kept result asks for the code that it runs through
    dataset = load_ahead(data)
    digest(dataset)
    intervals(with_sources(dataset, dataset.readings))


def _pages() -> list[str]:
    """Return the modules of the pages."""
    try:
        folder = importlib.import_module(PAGES)
    except Exception:  # told by the chapter that imports it
        return []
    return [one.name for one in pkgutil.walk_packages(folder.__path__, f"{PAGES}.", onerror=lambda _: None)]


def _code(pid: int, running: set[int]) -> int | None:
    """Return the exit code of a kernel that has ended."""
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return 0
    if not ended:
        return None
    running.discard(pid)
    return os.waitstatus_to_exitcode(status)


def _be_child(order: dict[str, Any], end: int) -> None:
    """Run what was ordered, in the state in which a cold process would be after its imports."""
    _lead_group(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for stream, target in ((0, nothing), (1, end), (2, end)):
        os.dup2(target, stream)
    os.close(end)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["env"])
    sys.argv = ["-c", *order["arguments"]]
    exec(compile(order["code"], "<ordered>", "exec"), {"__name__": "__main__"})


def _be_kernel(order: dict[str, Any], root: Path) -> None:
    """Become the kernel of one chapter, in the state in which a cold one would be."""
    _lead_group(0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.chdir(order["folder"])
    os.environ.update({name: value for name, value in order["env"].items() if value})
    from analysis.dataset import reads

    reads.record(Path(order["reads"]), root)
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(order["arguments"])  # type: ignore[no-untyped-call]
    app.start()  # type: ignore[no-untyped-call]
    look_no_more()  # IPython would look through all that the chapter made
