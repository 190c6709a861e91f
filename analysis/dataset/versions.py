"""Versions: data may not change without one.

`versions.csv` holds every released version with its fingerprint. A version is recorded once; the rows
it stands for can then no longer change under it.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from analysis.dataset.failure import shown as printed
from analysis.dataset.files import read_strings
from analysis.dataset.fingerprint import fingerprint
from analysis.dataset.tables.beside import BESIDE, VERSION
from analysis.errors import InputError, shown

VERSIONS = "versions.csv"


def recorded(folder: Path) -> dict[str, dict[str, str]]:
    """Return the recorded versions: version -> its row; none where there is no file yet.

    Raises InputError where versions.csv cannot be read.
    """
    if not (folder / VERSIONS).exists():
        return {}
    rows = read_strings(folder, BESIDE["versions"])
    columns = (rows[name].tolist() for name in rows)
    return {cells[0]: dict(zip(rows.columns, cells, strict=True)) for cells in zip(*columns, strict=True)}


def guard(folder: Path, version: str) -> str | None:
    """Return why the tables may not go out under `version`, or None if they may."""
    row = recorded(folder).get(version)
    if row is None:
        return f"version {printed(version)} is not recorded in {VERSIONS}; run `python -m analysis release`"
    if row["fingerprint"] != fingerprint(folder):
        return (
            f"the tables changed since version {version} was recorded; "
            "run `python -m analysis release` with the next version"
        )
    return None


def next_allowed(folder: Path, version: str, print_: str) -> None:
    """Check that `version` may be recorded for the fingerprint `print_`.

    Raises InputError if it is not of the form 1.2.3, is older than a recorded one, or is recorded already.
    """
    if not re.fullmatch(VERSION, version):
        raise InputError(f"{shown(version)} is not a version; write major.minor.patch, for example 0.2.0.")
    known = recorded(folder)
    if version in known:
        stands = "these" if known[version]["fingerprint"] == print_ else "other"
        raise InputError(f"Version {version} already stands for {stands} rows; choose the next version.")
    newest = max(map(_key, known), default=(0, 0, 0))
    if _key(version) <= newest:
        raise InputError(f"Version {version} is not after {'.'.join(map(str, newest))}; choose a later one.")


def is_patch(folder: Path, version: str) -> bool:
    """Tell whether a version mends the newest recorded one: their first two numbers are the same."""
    newest = max(map(_key, recorded(folder)), default=())
    return newest[:2] == _key(version)[:2]


def record(folder: Path, version: str, date: str, note: str) -> None:
    """Add `version` with the tables' fingerprint to versions.csv."""
    rows = recorded(folder)
    rows[version] = {"version": version, "date": date, "fingerprint": fingerprint(folder), "note": note}
    with (folder / VERSIONS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, BESIDE["versions"].columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows.values(), key=lambda row: _key(row["version"])))


def _key(version: str) -> tuple[int, ...]:
    """Return a recorded version as numbers. Raises InputError where it is none."""
    if not re.fullmatch(VERSION, version):
        raise InputError(f"{VERSIONS}: {shown(version)} is not a version; mend the row, or restore the file.")
    return tuple(map(int, version.split(".")))
