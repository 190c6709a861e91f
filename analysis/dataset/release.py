"""Release a version: check the tables, record the fingerprint, write the descriptor and the codebook."""

from __future__ import annotations

from pathlib import Path

from analysis.dataset import package, versions
from analysis.dataset.codebook import codebook
from analysis.dataset.files import data_folder
from analysis.dataset.fingerprint import fingerprint
from analysis.dataset.tables import TABLES
from analysis.dataset.validate import validate
from analysis.errors import InputError


def release(version: str, date: str, note: str, path: str | Path | None = None) -> str:
    """Record the tables in `path` as `version` and return their fingerprint.

    Raises
    ------
    InputError
        If a table breaks a rule, the version is malformed, older than the newest one, or already stands
        for other rows. Nothing is written then.
    """
    folder = data_folder(path)
    failures = [failure for failure in validate(folder) if failure.table in TABLES]
    if failures:
        raise InputError(f"{len(failures)} rows break a rule, the first: {failures[0]}; nothing was written.")
    versions.next_allowed(folder, version, fingerprint(folder))
    versions.record(folder, version, date, note)
    package.write(folder, version, date)
    (folder / "README.md").write_text(codebook(folder, version, date), encoding="utf-8")
    return fingerprint(folder)
