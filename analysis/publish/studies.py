"""Tables of the studies (folder studies/): read for a chapter, and checked against the code that made them.

A study takes minutes, so its tables are committed: `<name>.csv` the results, `<name>.json` what made them. The
description holds the seed, the sizes, the source files that the study depends on, and a SHA-256 over them, and
over the dataset where it was used. A study is current while both hashes still hold.
"""

from __future__ import annotations

import ast
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.dataset.fingerprint import fingerprint
from analysis.errors import InputError

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "studies" / "tables"


@dataclass(frozen=True)
class Study:
    """A study's results and its description: seed, n, modules, code (SHA-256), data (fingerprint or None)."""

    name: str
    table: pd.DataFrame
    meta: dict[str, Any]


def study(name: str, folder: Path = TABLES) -> Study:
    """Read a study's table and description.

    Raises
    ------
    InputError
        If the study was not run, or one of its two files cannot be read.
    """
    table, about = folder / f"{name}.csv", folder / f"{name}.json"
    for path in (table, about):
        if not path.is_file():
            raise InputError(f"{path.name}: study {name!r} has no such table; run `make studies`.")
    try:
        meta = json.loads(about.read_text(encoding="utf-8"))
        return Study(name, pd.read_csv(table), dict(meta))
    except (ValueError, TypeError) as error:
        raise InputError(f"study {name!r} cannot be read ({error}); run `make studies`.") from error


def is_current(name: str, folder: Path = TABLES, root: Path = ROOT) -> bool:
    """Tell whether the code (and the data, if used) that made a study's table are still the same.

    Raises
    ------
    InputError
        As `study` does.
    """
    meta = study(name, folder).meta
    files = [root / module for module in meta["modules"]]
    if not all(path.is_file() for path in files):
        return False
    same_code = code_fingerprint(files, root) == meta["code"]
    return same_code and (meta["data"] is None or meta["data"] == fingerprint(root / "data"))


def code_fingerprint(files: list[Path], root: Path = ROOT) -> str:
    """Return the SHA-256 over the names and contents of source files, as 64 hexadecimal digits."""
    total = hashlib.sha256()
    for path in sorted(files):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return total.hexdigest()


def depends_on(file: Path, root: Path = ROOT) -> list[Path]:
    """Return a source file and every file of the project that it imports, also through others, sorted.

    Only imports at the head of a file count: one inside a function is for what the study does not call. The
    publish room does not count either, since it makes no numbers.
    """
    found: set[Path] = set()
    waiting = [file]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        waiting += _imports(path, root)
    return sorted(found)


def _imports(path: Path, root: Path) -> list[Path]:
    """Return the project's files that a source file names at its head."""
    names: list[str] = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [name for name in inner if _file(name, root)]
            names += modules if len(modules) == len(inner) else [node.module, *modules]
    return [file for name in names if (file := _file(name, root))]


def _file(name: str, root: Path) -> Path | None:
    """Return the file of one of the project's modules, None for any other name."""
    if name.partition(".")[0] not in ("analysis", "studies") or name.startswith("analysis.publish"):
        return None
    base = root.joinpath(*name.split("."))
    places = (base.with_suffix(".py"), base / "__init__.py")
    return next((path for path in places if path.is_file()), None)
