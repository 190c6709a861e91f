"""Validate a folder of tables: every failure at once, each with table, row, column, value and rule."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from analysis.dataset import rules
from analysis.dataset.failure import Failure, of_file
from analysis.dataset.files import PACKAGE, data_folder, read_cells, read_package
from analysis.dataset.package import describe
from analysis.dataset.tables import TABLES
from analysis.dataset.tables.beside import BESIDE
from analysis.dataset.versions import guard, recorded
from analysis.errors import InputError

__all__ = ["Failure", "validate"]

RESTORE = f"restore {PACKAGE} from the release"
Check = Callable[[rules.Frames], list[Failure]]


def validate(
    path: str | Path | None = None, *, today: str | None = None, more: Iterable[Check] = ()
) -> list[Failure]:
    """Check every rule on the tables in `path` (default: this project's data) and return what fails.

    The list is empty for a valid folder. Nothing is written. A table whose file is at fault (it cannot be read, its
    header is another, a row has too many cells) is named with that fault and not asked further.

    Parameters
    ----------
    path
        The folder of the tables.
    today
        The day up to which something may have been told, as YYYY-MM-DD; by default the later one of this day and the
        day of the release, so that a clock that is wrong refuses nothing that was released.
    more
        Checks of later rooms: each takes the tables that could be read (name -> cells as text) and returns what
        fails. `analysis.readings.agreement.unexplained` is one.

    Raises
    ------
    InputError
        If the folder does not exist.
    """
    folder = data_folder(path)
    package, failures = _package(folder)
    horizon = today or max(datetime.date.today().isoformat(), _released(package))
    frames: rules.Frames = {}
    for name, table in {**TABLES, **BESIDE}.items():
        frame, wrong = read_cells(folder, table)
        failures += wrong
        if frame is not None:
            frames[name] = frame
    for name, frame in frames.items():
        failures += rules.broken({**TABLES, **BESIDE}[name], frame, frames, horizon)
    for check in more:
        failures += check(frames)
    return failures or _check_version(folder, package)


def _package(folder: Path) -> tuple[dict[str, Any], list[Failure]]:
    """Return the descriptor, empty where it cannot be read, and what is wrong about it."""
    try:
        return read_package(folder), []
    except InputError as error:
        return {}, [of_file(PACKAGE.removesuffix(".json"), str(error))]


def _released(package: dict[str, Any]) -> str:
    """Return the day of the release as YYYY-MM-DD, blank where the descriptor holds none."""
    day = str(package.get("created", ""))[:10]
    try:
        return datetime.date.fromisoformat(day).isoformat()
    except ValueError:
        return ""


def _check_version(folder: Path, package: dict[str, Any]) -> list[Failure]:
    """Check that the tables are the ones that the descriptor's version stands for, and that it says so."""
    name, version = PACKAGE.removesuffix(".json"), package["version"]
    if why := guard(folder, version):
        return [Failure(name, "-", "version", version, why)]
    wanted = describe(folder, version, recorded(folder)[version]["date"])
    return [
        Failure(
            name, "-", field, str(package.get(field, ""))[:80], f"is not that of version {version}; {RESTORE}"
        )
        for field in {**wanted, **package}
        if field not in package or field not in wanted or package[field] != wanted[field]
    ]
