"""Jupyter Book in the time in which chapters run: it starts early, and reads each page as soon as its chapter has run.

Which pages cannot be read yet stands in a folder that the environment names (`WAITING`): a file for each, below the
page's own folders, which whoever runs the chapters takes away. Pages are read in the order in which they can be; they
are written when all are read, and in their own order, so that the site is the same.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.building.processes import ORPHANED

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

WAITING = "PAGES_WAITING"
RUN = "from analysis.building.early_pages import run; run()"
POLL = 0.05  # seconds between two looks at the folder


def keep_waiting(folder: Path, pages: Iterable[str]) -> None:
    """Let the reading of pages wait."""
    for page in pages:
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        (folder / page).touch()


def let_go(folder: Path, page: str) -> None:
    """Let a page be read."""
    (folder / page).unlink(missing_ok=True)


def run() -> None:
    """Be Jupyter Book with the arguments of the command line."""
    from jupyter_book.cli.main import main
    from sphinx import application

    # Whatever extensions a book names: this one belongs to how it is built.
    application.builtin_extensions = (*application.builtin_extensions, __name__)
    main()


def setup(app: Sphinx) -> dict[str, bool]:
    """Hook the waiting into the reading of pages."""
    folder, parent = Path(os.environ[WAITING]), os.getppid()
    left: list[str] = []

    def waits(page: str) -> bool:
        return (folder / page).exists()

    def pause() -> None:
        if os.getppid() != parent:  # it was killed: nobody would ever let a page go
            os._exit(ORPHANED)
        time.sleep(POLL)

    def choose(place: int) -> None:
        """Put the pages that can be read before those that must wait, from a place on; wait until there is one."""
        rest = left[place:]
        while rest and all(waits(page) for page in rest):
            pause()
        left[place:] = sorted(rest, key=waits)

    def begin(_app: Sphinx, _env: BuildEnvironment, pages: list[str]) -> None:
        nonlocal left
        left = pages  # the very list that Sphinx goes through
        choose(0)

    def wait(_app: Sphinx, _env: BuildEnvironment, page: str) -> None:
        while waits(page):
            pause()

    app.connect("env-before-read-docs", begin)
    app.connect("env-purge-doc", wait)
    app.connect("doctree-read", lambda *_: choose(left.index(app.env.docname) + 1))
    return {"parallel_read_safe": False, "parallel_write_safe": True}
