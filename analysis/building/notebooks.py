"""The chapters as they are stored: outputs kept as text, images dropped, the same bytes at every rerun.

`python -m analysis.building.notebooks [CHAPTER ...]` reruns chapters (all of book/ where none is named) and
stores them so. The stored outputs are what nbval compares; the site never shows them, it runs the chapters.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.building.execution import execute, read_chapter
from analysis.building.processes import Echo, only_build
from analysis.errors import end

if TYPE_CHECKING:
    from nbformat import NotebookNode

# Drawings change with every release of a plotting library and bloat the history; their alt text is kept.
# Tables are kept as plain text, their HTML is not: it says the same with more characters.
DROPPED_TYPES = frozenset({"image/svg+xml", "image/png", "image/jpeg", "application/pdf", "text/html"})
KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
# What writers set on a cell and the site reads; anything else is left by an editor.
KEPT_METADATA = ("tags", "mystnb")


def normalise(path: Path) -> bool:
    """Bring a stored notebook into its normal form; True where that changed the file."""
    notebook = normal_form(read_chapter(path), path.stem)
    return _write(notebook, path)


def normal_form(notebook: NotebookNode, stem: str) -> NotebookNode:
    """Normalise metadata, ids, counts and outputs, in place."""
    notebook.metadata = _nodes({"kernelspec": KERNELSPEC, "language_info": {"name": "python"}})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    count = 0
    for position, cell in enumerate(notebook.cells, start=1):
        cell.id = f"{stem}-{position}"[:64]
        cell.metadata = _nodes({key: cell.metadata[key] for key in KEPT_METADATA if key in cell.metadata})
        cell.pop("attachments", None)
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count if cell.source.strip() else None
            for output in cell.outputs:
                _normalise_output(output, count)
    return notebook


def _normalise_output(output: NotebookNode, count: int) -> None:
    """Drop image bytes and what describes them; keep text and glued values."""
    if output.output_type == "execute_result":
        output.execution_count = count
    for kind in DROPPED_TYPES & set(output.get("data", {})):
        del output.data[kind]
        output.metadata.pop(kind, None)


def _nodes(plain: dict[str, Any]) -> NotebookNode:
    """Turn dictionaries into what nbformat writes."""
    import nbformat

    node: NotebookNode = nbformat.from_dict(plain)  # type: ignore[no-untyped-call]
    return node


def _write(notebook: NotebookNode, path: Path) -> bool:
    """Write a notebook where its bytes differ from the file's."""
    import nbformat

    written: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    text = written.rstrip("\n") + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8")
    return True


def chapters(root: Path) -> list[Path]:
    """List the book's notebooks."""
    return sorted((root / "book").glob("*.ipynb"))


def rerun(paths: Sequence[Path], root: Path, *, echo: Echo = print) -> list[Path]:
    """Run chapters and store them in normal form; list those whose file changed. A failure writes none."""
    runs = execute(paths, root, echo=echo)
    changed = [run.path for run in runs if _write(normal_form(run.notebook, run.path.stem), run.path)]
    for path in changed:
        echo(f"stored {path.relative_to(root)}")
    return changed


def main(arguments: Sequence[str]) -> None:
    """Rerun the chapters named, or all."""
    root = Path.cwd()
    paths = [Path(argument).resolve() for argument in arguments] or chapters(root)
    with only_build(root, "the stored notebooks"):  # chapters keep series in _build and are read by builds
        rerun(paths, root)


if __name__ == "__main__":
    end(lambda: main(sys.argv[1:]))
