"""A fingerprint of code: a source file with every file of the project that it imports.

What is kept on disk (series, the ledger, the studies' tables) names the code that made it, so that it is made anew
when that code changes and not otherwise.
"""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


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
