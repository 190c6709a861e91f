"""One build at a time: whoever writes `_build` holds its lock, and whoever comes second waits and says for whom."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.building.execution import Echo

LOCK, HOLDER = ".lock", ".lock.json"


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
