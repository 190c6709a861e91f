"""The stamp of a build: a hash of everything that it rests on, and of what it wrote.

It is asked before anything else, so this file imports no library: an unchanged report takes a fraction of a second.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

LOCK = "requirements.txt"
RULED = ("data", "analysis", "studies", LOCK)  # what the data's rules hang on
INPUTS = (*RULED, "book", "_config.yml", "_toc.yml")
CHECKED = Path("_build", "checked.json")
# The briefing in each language, by the language.
BRIEFINGS = {"en": "briefing.pdf", "zh": "briefing-zh.pdf"}
IGNORED_FOLDERS = {"__pycache__", ".ipynb_checkpoints"}


def digest(root: Path, names: Iterable[str]) -> str:
    """Hash the files at or below some of the root's entries, by path and content."""
    total = hashlib.sha256()
    for path in sorted({path for name in names for path in _files(root / name)}):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return total.hexdigest()


def state(root: Path, inputs: Iterable[str] = INPUTS) -> str:
    """Hash what the report rests on: data, code, pages, settings, and the releases of Python and its libraries."""
    return hashlib.sha256(f"{digest(root, inputs)} {_releases(root)}".encode()).hexdigest()


def is_current(stamp: Path, state: str, outputs: Iterable[Path]) -> bool:
    """Tell whether the last build was of this state and its outputs still lie there, file by file."""
    try:
        last = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(last == {"state": state, "pages": _listing(outputs)})


def write(stamp: Path, state: str, outputs: Iterable[Path]) -> None:
    """Write the stamp of a build that has succeeded."""
    stamp.write_text(json.dumps({"state": state, "pages": _listing(outputs)}) + "\n", encoding="utf-8")


def report_is_current(root: Path) -> bool:
    """Tell whether the report at `root` is built, and built of what lies there now."""
    stamp, *outputs = _report(root)
    return stamp.is_file() and is_current(stamp, state(root), outputs)


def write_report(root: Path, state: str) -> None:
    """Write the stamp of a report that was built of `state`."""
    stamp, *outputs = _report(root)
    write(stamp, state, outputs)


def is_checked(root: Path) -> bool:
    """Tell whether the data at `root` obeyed every rule when a build last asked, and neither has changed since."""
    return is_current(root / CHECKED, state(root, RULED), ())


def write_checked(root: Path) -> None:
    """Write down that the data at `root` obey every rule."""
    write(root / CHECKED, state(root, RULED), ())


def _report(root: Path) -> list[Path]:
    """Name the stamp of a report and what it consists of."""
    return [root / "_build" / name for name in ("report.json", "html", *BRIEFINGS.values())]


def _releases(root: Path) -> str:
    """Name the release of Python and of every library that the report's lock names, by their folders' names.

    What else is installed, for tests say, has no part in a report.
    """
    try:
        lock = (root / LOCK).read_text(encoding="utf-8")
    except OSError:
        lock = ""
    locked = {_plain(name) for name in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==", lock, re.MULTILINE)}
    folders = [Path(place) for place in sys.path if place and Path(place).is_dir()]
    names = {entry.name for folder in folders for entry in folder.glob("*.dist-info")}
    return f"{sys.version} {sorted(name for name in names if _plain(name.partition('-')[0]) in locked)}"


def _plain(name: str) -> str:
    """Return a library's name as all its spellings have it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _listing(outputs: Iterable[Path]) -> str:
    """Hash the names and sizes of a build's files."""
    total = hashlib.sha256()
    for place in outputs:
        for path in sorted(_files(place)):
            total.update(f"{path.relative_to(place.parent).as_posix()} {path.stat().st_size}\n".encode())
    return total.hexdigest()


def _files(place: Path) -> list[Path]:
    """List the files at or below a place, without what Python and editors leave there."""
    if place.is_file():
        return [place]
    return [
        path for path in place.rglob("*") if path.is_file() and not IGNORED_FOLDERS.intersection(path.parts)
    ]
