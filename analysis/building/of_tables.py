"""What follows from the tables alone, not from chapters: files of series, those of the Explorer, pages of the record.

Sphinx works on one core. While it writes the book, a process of its own makes these and keeps them (see
`series.store`); afterwards they are read and written beside the book's pages.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from joblib import parallel_config

from analysis.building import explorer, record_pages, series_downloads
from analysis.building.processes import running_child
from analysis.dataset import load
from analysis.series.store import is_kept, kept

if TYPE_CHECKING:
    from analysis.building.kernels import WarmProcess

SERIES, EXPLORER = "book/every-series.html", "book/explore.html"
MAKE = "from analysis.building.of_tables import make; make()"


@contextmanager
def made_beside(root: Path, env: Mapping[str, str], warm: WarmProcess | None) -> Iterator[None]:
    """Make what follows from the tables in another process while the block runs, and wait for it at its end.

    Where that process fails, or the block does, nothing is kept, and who asks makes it.
    """
    with running_child(MAKE, [str(root / "data")], folder=root, env=env, warm=warm) as process:
        yield
        process.stdout.read()  # to its end; its input stays open, since closing that would end it


def make() -> None:
    """Make and keep all of it for the folder of tables that the command line names, on one core."""
    dataset = load(Path(sys.argv[1]))
    wanted = (*series_downloads.recipes(dataset), explorer.recipe(dataset), *record_pages.recipes(dataset))
    with parallel_config(backend="sequential"):
        for one in wanted:
            if not is_kept(one.name, one.key):
                kept(one)


def write(data: Path, site: Path) -> None:
    """Write all of it for the tables in `data` into a site, less what belongs to pages that the book does not have."""
    if (site / SERIES).is_file():
        series_downloads.write_series_downloads(load(data), site)
    if (site / EXPLORER).is_file():
        explorer.write_explorer(load(data), site)
    record_pages.write_record_pages(data, site)
