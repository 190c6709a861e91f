"""A fingerprint of code: a source file with every file of the project that it imports.

What is kept on disk (series, the ledger, the studies' tables) names the code that made it, so that it is made anew
when that code changes and not otherwise. Only what runs counts: the syntax tree, without comments and docstrings.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def code_fingerprint(files: Iterable[Path], root: Path = ROOT) -> str:
    """Return the SHA-256 over the names and syntax trees of source files, as 64 hexadecimal digits.

    Comments, docstrings and line breaks do not enter, nor does the order of `files`; every Python from 3.11 on
    gives the same digits. A file that is no Python (by its name) enters byte for byte.
    """
    total = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        digits = _tree_hash(content) if path.suffix == ".py" else hashlib.sha256(content).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()} {digits}\n".encode())
    return total.hexdigest()


@lru_cache(maxsize=256)
def _parsed(source: bytes) -> ast.Module:
    """Return a source file's syntax tree."""
    return ast.parse(source)


@lru_cache(maxsize=1024)
def _tree_hash(source: bytes) -> str:
    """Return the SHA-256 of a source file's syntax tree."""
    return hashlib.sha256(_written(_parsed(source)).encode()).hexdigest()


def _written(node: object) -> str:
    """Write a syntax tree without docstrings, blank fields and positions.

    `ast.dump` will not do: newer Pythons write more fields, and leave out empty ones.
    """
    if isinstance(node, list):
        return f"[{','.join(map(_written, node))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    if isinstance(node, ast.Constant):
        return repr(node.value)
    fields = dict(ast.iter_fields(node))
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        fields["body"] = node.body[_has_docstring(node) :]
    inner = (
        f"{name}={_written(value)}" for name, value in fields.items() if value is not None and value != []
    )
    return f"{type(node).__name__}({','.join(inner)})"


def _has_docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a body begins with a text that is no code."""
    first = node.body[0] if node.body else None
    return (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )


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
    for node in _parsed(path.read_bytes()).body:
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
