"""The chapters' runs as they are kept: `_build/chapters/<chapter>/<key>.ipynb`, each with what it rests on.

A run rests on the chapter's code cells, on the code that they import (also inside functions, and of the publish
room), on the releases of the libraries, and on the tables and files that it read while it ran. It is used again while
all of these are as they were, so a word in one table runs the chapters that read that table, and a docstring none.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.building.execution import Run, read_chapter
from analysis.building.stamp import digest
from analysis.dataset.code import ROOT, code_fingerprint, imported_by
from analysis.errors import InputError

if TYPE_CHECKING:
    from nbformat import NotebookNode

FOLDER = Path("_build", "chapters")
KEPT = 3  # states of a chapter, so that going back to an earlier one is quick
LIBRARIES = ("numpy", "scipy", "pandas", "statsmodels", "matplotlib")
# What a run may have read where nothing was recorded, as in a cold kernel.
EVERYTHING = ("data", "studies", "analysis")


@dataclass(frozen=True)
class KeptRun:
    """A run on disk: the notebook with its outputs as text, what it rests on, and the seconds it took."""

    path: Path
    about: dict[str, Any]

    @property
    def seconds(self) -> float:
        """The time it took."""
        return float(self.about["seconds"])

    @property
    def text(self) -> str:
        """The notebook. Raises InputError where the file is not the one that was written."""
        raw = self.path.read_bytes()
        if hashlib.sha256(raw).hexdigest() != self.about["notebook"]:
            raise InputError(f"{self.path} is damaged; delete it, and the chapter runs again.")
        return raw.decode("utf-8")

    def is_whole(self) -> bool:
        """Tell whether the notebook lies there as it was written."""
        try:
            return bool(self.text)
        except (OSError, InputError):
            return False


class Runs:
    """The kept runs of a project's chapters, in one build: each file is hashed once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        # Where a chapter's imports lead to: the project's own package, else the one that runs this.
        self.home = root if (root / "analysis").is_dir() else ROOT
        self._digest = cache(lambda name: digest(root, [name]))
        self._code = cache(self._code_of)
        self._sources = cache(self._sources_of)

    def find(self, chapter: Path) -> KeptRun | None:
        """Return the run of a chapter that is still true, None where it must run."""
        for run in self._kept(chapter):
            same = run.about["code"] == self._code(chapter) and all(
                self._digest(name) == content for name, content in run.about["reads"].items()
            )
            if same and run.is_whole():
                return run
        return None

    def longest_first(self, chapters: Iterable[Path]) -> list[Path]:
        """Order chapters by the seconds that they took last; those that never ran come first, the largest leading.

        What a chapter never run will take is guessed from the size of its stored outputs.
        """

        def expected(chapter: Path) -> tuple[float, int]:
            seconds = [*(run.seconds for run in self._kept(chapter)[:1]), float("inf")]
            return seconds[0], chapter.stat().st_size

        return sorted(chapters, key=expected, reverse=True)

    def know(self, chapters: Iterable[Path]) -> None:
        """Tell the code of chapters, which takes seconds, while they run."""
        for chapter in chapters:
            with suppress(InputError, OSError):  # told by the run
                self._code(chapter)

    def keep(self, run: Run) -> KeptRun:
        """Write a run beside the earlier ones of its chapter, and drop the oldest.

        A run during which a file that it rests on was changed is kept for this build only: nobody can tell which
        state it read.
        """
        import nbformat

        text: str = nbformat.writes(run.notebook)  # type: ignore[no-untyped-call]
        raw = text.encode("utf-8")
        names = sorted(EVERYTHING if run.reads is None else run.reads)
        about = {
            "code": self._code(run.path) if self._untouched(run, names) else "changed while it ran",
            "reads": {name: self._digest(name) for name in names},
            "seconds": round(run.seconds, 2),
            "notebook": hashlib.sha256(raw).hexdigest(),
        }
        key = hashlib.sha256(json.dumps([about["code"], about["reads"]]).encode()).hexdigest()[:16]
        path = self._folder(run.path) / f"{key}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, raw)
        _replace(path.with_suffix(".json"), json.dumps(about, indent=1).encode("utf-8"))
        for old in self._kept(run.path)[KEPT:]:
            old.path.unlink(missing_ok=True)
            old.path.with_suffix(".json").unlink()
        return KeptRun(path, about)

    def _folder(self, chapter: Path) -> Path:
        return self.root / FOLDER / chapter.stem

    def _kept(self, chapter: Path) -> list[KeptRun]:
        """List the runs of a chapter, the newest first; a description that cannot be read is none."""
        found = []
        for path in sorted(self._folder(chapter).glob("*.json"), key=lambda path: -path.stat().st_mtime_ns):
            try:
                about = json.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue
            kinds = {"code": str, "reads": dict, "seconds": int | float, "notebook": str}
            if isinstance(about, dict) and all(isinstance(about.get(k), v) for k, v in kinds.items()):
                found.append(KeptRun(path.with_suffix(".ipynb"), about))
        return found

    def _code_of(self, chapter: Path) -> str:
        """Hash a chapter's cells, the code that they import, and the releases of what that runs on."""
        cells, files = code_cells(read_chapter(chapter)), self._sources(chapter)
        locked = digest(self.root, ["requirements.txt"])
        # What modules read while they are imported (colours, style sheet) lies beside them.
        folders = {file.parent for file in files}
        tables = digest(
            self.home,
            [str(one) for at in folders for one in at.iterdir() if one.is_file() and one.suffix != ".py"],
        )
        about = [cells, code_fingerprint(files, self.home), tables, locked, releases()]
        return hashlib.sha256(json.dumps(about).encode()).hexdigest()

    def _sources_of(self, chapter: Path) -> list[Path]:
        return imported_by(code_cells(read_chapter(chapter)), self.home)

    def _untouched(self, run: Run, names: Sequence[str]) -> bool:
        """Tell whether no file that a run rests on was written since it began."""
        places = [self.root / name for name in names]
        inner = [path for place in places if place.is_dir() for path in place.rglob("*") if path.is_file()]
        files = [*(place for place in places if place.is_file()), *inner, *self._sources(run.path), run.path]
        return all(path.stat().st_mtime <= run.began for path in files)


def code_cells(notebook: NotebookNode) -> list[str]:
    """Return the code of a notebook, cell by cell."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def releases() -> dict[str, str]:
    """Return the releases of Python and of the libraries that numbers and drawings come from."""

    def release(name: str) -> str:
        try:
            return version(name)
        except PackageNotFoundError:
            return "absent"

    return {"python": platform.python_version(), **{name: release(name) for name in LIBRARIES}}


def _replace(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there."""
    partial = path.with_suffix(f"{path.suffix}.partial")
    partial.write_bytes(content)
    partial.replace(path)
