"""Files of kept results: written whole or not at all, read whole or not at all, the oldest thrown away.

A file begins with three lines: the format, the key of its result, the SHA-256 of what follows. What follows is
unpickled only where all three are right, so that nothing is read that was cut short, changed or meant for another
key. (Whoever can write here can write code, so the checksum guards against accidents alone.)
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import shutil
import threading
import time
from collections.abc import Iterable
from pathlib import Path

FORMAT = b"kept result 1"
PROTOCOL = 5  # of pickle: the same bytes whatever Python writes them
SUFFIX = ".kept"
STATES = 3  # kept of each result: what the latest state of data and code uses, and two earlier ones
MOST_BYTES = 1_000_000_000
ABANDONED = 3600.0  # seconds after which a partial file is nobody's


class Damaged(Exception):  # noqa: N818 - told to nobody but the store
    """A file is there, and cannot be read as the result of its key; the message says why, as a clause."""


def read(path: Path, key: str) -> bytes:
    """Return the packed result in a file, and mark it as used now.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    Damaged
        If it holds anything but one whole result of this key.
    """
    try:
        content = path.read_bytes()
        os.utime(path)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Damaged(f"it cannot be read ({error.strerror})") from error
    if not content:
        raise Damaged("it is empty")
    lines = content.split(b"\n", 3)
    if lines[0] != FORMAT:
        raise Damaged("it is no kept result")
    if len(lines) < 4 or hashlib.sha256(lines[3]).hexdigest().encode() != lines[2]:
        raise Damaged("it is cut short or was changed")
    if lines[1] != key.encode():
        raise Damaged("it holds another result")
    return lines[3]


def packed(value: object) -> bytes:
    """Return a result as it is written."""
    return pickle.dumps(value, PROTOCOL)


def unpacked(payload: bytes) -> object:
    """Return a result as it is read. Raises Damaged where its classes are no longer what they were."""
    collects = gc.isenabled()
    gc.disable()  # it would look through all that was read before, again and again: half of the time
    try:
        return pickle.loads(payload)
    except Exception as error:  # whatever a class that is no longer there may raise
        raise Damaged(f"it cannot be read ({type(error).__name__})") from error
    finally:
        if collects:
            gc.enable()


def write(payload: bytes, path: Path, key: str) -> None:
    """Write a packed result beside its place, to the disk, and move it there.

    Raises OSError where that fails; what was written until then is removed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
    checksum = hashlib.sha256(payload).hexdigest()
    try:
        with partial.open("wb") as file:
            file.write(b"\n".join((FORMAT, key.encode(), checksum.encode(), payload)))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def prune(folder: Path, *, states: int = STATES, most: int = MOST_BYTES) -> None:
    """Throw away what no recent state of data and code has used.

    Of each result (the part of a file's name before its key) the `states` files used last stay, and of all
    together as many as `most` bytes hold, the last used first. Partial files that nobody has touched for an
    hour go, and whatever an earlier layout left here.
    """
    now = time.time()
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(".") and SUFFIX in path.name and now - _used(path) > ABANDONED:
            path.unlink(missing_ok=True)
    seen: dict[str, int] = {}
    total = 0
    for path in _last_used_first(folder.glob(f"[!.]*{SUFFIX}")):
        name = path.stem.rpartition("-")[0]
        seen[name] = seen.get(name, 0) + 1
        total += path.stat().st_size
        if seen[name] > states or total > most:
            path.unlink(missing_ok=True)


def _last_used_first(files: Iterable[Path]) -> list[Path]:
    """Return files, the last used first."""
    return sorted(files, key=lambda path: (-_used(path), path.name))


def _used(path: Path) -> float:
    """Return when a file was last used, 0 where it has gone."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
