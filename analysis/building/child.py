"""A child process that ends when its parent does, also when the parent is killed.

The child's standard input is a pipe that nobody writes to. The system closes it when the parent ends, however
it ends; a thread of the child waits for that. This works wherever Python does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PRELUDE = "from analysis.building.child import end_with_parent; end_with_parent(); "
ORPHANED = 3


@contextmanager
def running_child(
    code: str, arguments: Sequence[str], *, folder: Path, env: Mapping[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """Run Python code in a child that is gone when the block is left; its output is one stream of text."""
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
