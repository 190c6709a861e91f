"""A fingerprint of code: a source file with every file of the project that it imports.

What is kept on disk (series, the ledger, the studies' tables) names the code that made it, so that it is made anew
when that code changes and not otherwise. Only what runs counts: the syntax tree, without comments and docstrings.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

ROOT = Path(__file__).resolve().parents[2]
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
FILES = 2048  # more than the project has: each is read and parsed once


def code_fingerprint(files: Iterable[Path], root: Path = ROOT) -> str:
    """Return the SHA-256 over the names and syntax trees of source files, as 64 hexadecimal digits.

    Comments, docstrings and line breaks do not enter, nor does the order of `files`; every Python from 3.11 on
    gives the same digits. A file that is no Python (by its name) enters byte for byte.
    """
    total = hashlib.sha256()
    for path in sorted(files):
        content = _content(path)
        digits = _told(content).digits if path.suffix == ".py" else hashlib.sha256(content).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()} {digits}\n".encode())
    return total.hexdigest()


def _content(path: Path) -> bytes:
    """Return what a file holds; a module of this package is read once, since what runs is what was imported."""
    return _own_content(path) if path.suffix == ".py" and ROOT in path.parents else path.read_bytes()


@lru_cache(maxsize=FILES)
def _own_content(path: Path) -> bytes:
    return path.read_bytes()


@dataclass(frozen=True)
class Told:
    """What is asked of a source: the SHA-256 of its syntax tree, and the modules that it imports.

    `head` holds what may be a module among the names imported at its head, `whole` in the whole of it.
    """

    digits: str
    head: tuple[str, ...]
    whole: tuple[str, ...]


@lru_cache(maxsize=FILES)
def _told(source: bytes) -> Told:
    """Parse a source, once."""
    tree = ast.parse(source)
    digits = hashlib.sha256(_written(tree).encode()).hexdigest()
    return Told(digits, _names(tree.body), _names(ast.walk(tree)))


def _written(node: object) -> str:
    """Write a syntax tree without docstrings, blank fields and positions.

    `ast.dump` will not do: newer Pythons write more fields, and leave out empty ones. Python 3.12.1 also ends some
    f-strings in a blank text.
    """
    kind = type(node)
    if kind is list:
        return f"[{','.join([_written(one) for one in cast(list[object], node)])}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    if isinstance(node, ast.Constant):
        return repr(node.value)
    parts = []
    for name in kind._fields:  # type: ignore[attr-defined]
        value = getattr(node, name, None)
        if name == "body" and isinstance(node, DOCUMENTED):
            value = node.body[_has_docstring(node) :]
        elif name == "values" and isinstance(node, ast.JoinedStr):
            value = [one for one in node.values if getattr(one, "value", None) != ""]
        if value is not None and value != []:
            parts.append(f"{name}={_written(value)}")
    return f"{kind.__name__}({','.join(parts)})"


def _has_docstring(node: Documented) -> bool:
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
    publish room does not count either, since it makes no numbers. A file of that room rests on `page_files`.
    """
    if root / "analysis" / "publish" in file.parents:
        return page_files(".".join(file.relative_to(root).with_suffix("").parts), root)

    def imports(path: Path) -> list[Path]:
        names = _told(_content(path)).head
        return _files((name for name in names if not name.startswith("analysis.publish")), root)

    return _reached([file], imports)


def imported_by(cells: Iterable[str], root: Path = ROOT) -> list[Path]:
    """Return every file of the project that a chapter's code cells may run through, sorted.

    Here imports inside functions count, and the publish room, and the packages around a module. Cells that are no
    Python by themselves (a magic, say) may run through anything: then it is every file of the package.
    """

    def imports(path: Path) -> list[Path]:
        return _files(_told(_content(path)).whole, root)

    try:
        first = _told("\n".join(cells).encode()).whole
    except SyntaxError:
        return sorted((root / "analysis").rglob("*.py"))
    found = _reached(_files(first, root), imports)
    packages = {folder / "__init__.py" for path in found for folder in path.parents if root in folder.parents}
    return _reached([*found, *(path for path in packages if path.is_file())], imports)


def parse_all() -> None:
    """Read and parse every module of the package, for processes that are forked from this one."""
    for path in sorted((ROOT / "analysis").rglob("*.py")):
        _told(_content(path))


def page_files(module: str, root: Path = ROOT) -> list[Path]:
    """Return every file that a module of pages may run through, and the publish room's tables of words."""
    tables = (root / "analysis" / "publish" / "remarks").glob("*.csv")
    return [*imported_by([f"import {module}"], root), *tables]


@lru_cache(maxsize=16)
def page_code(module: str, root: Path = ROOT) -> str:
    """Return the fingerprint of the code that writes files of the site: `module` and all that it may run through.

    What such files say comes from the publish room, which `depends_on` leaves out, and from its tables of words.
    """
    return code_fingerprint(page_files(module, root), root)


def _reached(start: Iterable[Path], imports: Callable[[Path], list[Path]]) -> list[Path]:
    """Return files with those that they import, also through others, sorted."""
    found: set[Path] = set()
    waiting = list(start)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += imports(path)
    return sorted(found)


def _names(nodes: Iterable[ast.AST]) -> tuple[str, ...]:
    """Return what may be a module among the names that the statements among nodes import."""
    names: list[str] = []
    for node in nodes:
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(name for name in names if name.partition(".")[0] in ("analysis", "studies"))


def _files(names: Iterable[str], root: Path) -> list[Path]:
    """Return the files of the names that are modules of the project."""
    return [path for name in names for path in (_own_module(name) if root == ROOT else _module(name, root))]


@lru_cache(maxsize=4 * FILES)
def _own_module(name: str) -> list[Path]:
    return _module(name, ROOT)


def _module(name: str, root: Path) -> list[Path]:
    """Return the file of a name that is a module, and none of another's."""
    base = root.joinpath(*name.split("."))
    return [path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()]
