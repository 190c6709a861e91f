"""What a process reads of the project: tables of a dataset as they are asked for, and other files as they are opened.

A chapter's run is kept together with what it read, so that it runs again when that changed and not otherwise.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from analysis.dataset.load import Dataset, load
from analysis.dataset.tables import TABLES

DATA = "data"
# What a Dataset's other fields rest on: a description of the tables, or every one of them.
FIELDS = {
    "version": f"{DATA}/datapackage.json",
    "released": f"{DATA}/datapackage.json",
    "fingerprint": DATA,
    "path": DATA,
}
# Not read for numbers: code is known from the imports, the rest is made by the project's own runs.
PASSED_OVER = (".git", ".venv", "_build", "__pycache__")

_note: Callable[[str], None] | None = None
_told: set[str] = set()


def record(file: Path, root: Path) -> None:
    """From now on append to `file` the name of each thing that this process reads below `root`, once each.

    A table counts as read when it is asked for, not when `load` reads them all; a dataset's fingerprint and path
    stand for all of data/. It cannot be undone: it is for a process that runs one chapter.
    """
    global _note
    out = file.open("a", encoding="utf-8")

    def note(name: str) -> None:
        if name not in _told:
            _told.add(name)
            out.write(f"{name}\n")
            out.flush()

    _note = note
    for field in (*TABLES, *FIELDS):
        setattr(Dataset, field, _Recorded(field))
    top = f"{root.absolute()}{os.sep}"

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | os.PathLike):
            name = _below(top, os.fspath(arguments[0]))
            if name and not (name.startswith(f"{DATA}/") and _is_loading(sys._getframe(1))):
                note(name)

    sys.addaudithook(hook)


@contextmanager
def unrecorded() -> Iterator[None]:
    """Read without a note: for words about the data's version that are renewed whenever a page is written."""
    global _note
    kept, _note = _note, None
    try:
        yield
    finally:
        _note = kept


class _Recorded:
    """A field of Dataset that notes that it was asked for."""

    def __init__(self, field: str) -> None:
        self.field = field
        self.name = FIELDS.get(field, f"{DATA}/{field}.csv")

    def __get__(self, dataset: object, _: type | None = None) -> object:
        if dataset is None:
            return self
        if _note and self.name not in _told:
            # A dataset without a place was reduced from one whose tables were noted when its rows were taken.
            placed = dataset.__dict__.get("path") != Path()
            if placed and not _is_within(sys._getframe(1), _reduce()):
                _note(self.name)
        return dataset.__dict__[self.field]

    def __set__(self, dataset: object, value: object) -> None:
        dataset.__dict__[self.field] = value


def _below(top: str, path: str | bytes) -> str | None:
    """Return a file's place below the project, None for what is elsewhere or passed over."""
    full = os.path.normpath(Path(os.fsdecode(path)).absolute())
    if not full.startswith(top):
        return None
    name = full[len(top) :].replace(os.sep, "/")
    passed = name.endswith((".py", ".pyc", ".ipynb")) or any(part in PASSED_OVER for part in name.split("/"))
    return None if passed else name


def _is_loading(frame: FrameType | None) -> bool:
    """Tell whether `load` itself is opening a file."""
    return _is_within(frame, load.__code__)


def _reduce() -> CodeType | None:
    """Return the code that takes a dataset's headers only."""
    code: CodeType | None = getattr(getattr(Dataset, "reduced", None), "__code__", None)
    return code


def _is_within(frame: FrameType | None, code: CodeType | None) -> bool:
    """Tell whether a function is being carried out, in a frame or around it."""
    while code and frame is not None:
        if frame.f_code is code:
            return True
        frame = frame.f_back
    return False
