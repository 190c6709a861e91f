"""Release a version: check the tables, count scopes, put forecasts on record, write fingerprint and codebook.

The forecasts of a version are rows of the dataset and enter its fingerprint. They depend on the other tables, the
version and the day alone, so they are made first and the fingerprint is taken after them. A patch (0.3.1 after 0.3.0)
mends rows: it puts no forecasts on record, or every slip would be scored as a forecast. Everything is written in
a copy of the folder and moved into it at the end: where something fails, the folder is as it was.
"""

from __future__ import annotations

import datetime
import logging
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.arguments import checked
from analysis.dataset import package, versions
from analysis.dataset.cells import rules_of_cells
from analysis.dataset.codebook import codebook
from analysis.dataset.files import PACKAGE, data_folder, read_strings
from analysis.dataset.fingerprint import fingerprint
from analysis.dataset.load import Dataset, load
from analysis.dataset.moving import move_together
from analysis.dataset.schema import Table
from analysis.dataset.scopes import recounted
from analysis.dataset.tables import TABLES
from analysis.dataset.tables.beside import BESIDE
from analysis.dataset.validate import validate
from analysis.errors import InputError, shown

CODEBOOK = "README.md"
MADE = "readings_series"  # made anew at each release, whatever it holds
# The versions go last: a version is recorded only when all it stands for is in place.
WRITTEN = ("scopes.csv", f"{MADE}.csv", "forecasts.csv", PACKAGE, CODEBOOK, versions.VERSIONS)

LOG = logging.getLogger(__name__)

Forecaster = Callable[[Dataset], pd.DataFrame]  # of rows of a table


@checked
def release(
    version: str,
    date: str,
    note: str,
    path: str | Path | None = None,
    *,
    forecasts: Forecaster | None = None,
    memberships: Forecaster | None = None,
) -> str:
    """Record the tables in `path` as `version` of the day `date` and return their fingerprint.

    `forecasts` returns the rows that a new major or minor version adds to forecasts.csv (all columns of the table),
    given the dataset as that version; rows of earlier versions stay as they are. `memberships` returns
    readings_series.csv, made anew for every version. scopes.csv is counted anew; a way
    that it did not hold is added and logged, for a slip in a dimension looks the same.

    Raises
    ------
    InputError
        If a table breaks a rule, the date is none or before the last release, the note is blank, the version is
        malformed, recorded already or older than the newest one, or the folder cannot be written. Nothing is
        written then.
    """
    folder = data_folder(path)
    _check_date(folder, date)
    _check_note(note)
    versions.next_allowed(folder, version, fingerprint(folder))
    _check_rules(folder)
    try:
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".release-") as place:
            staged = Path(shutil.copytree(folder, Path(place) / folder.name))
            _count_scopes(staged)
            if memberships:
                _write(staged, TABLES[MADE], memberships(load(staged)))
            if forecasts and not versions.is_patch(folder, version):
                _put_on_record(staged, version, date, forecasts)
            versions.record(staged, version, date, note)
            package.write(staged, version, date)
            (staged / CODEBOOK).write_text(codebook(staged, version, date), encoding="utf-8")
            move_together([(staged / name, folder / name) for name in WRITTEN])
    except OSError as error:
        raise InputError(
            f"The release cannot be written to {folder}: {error.strerror or error}; nothing was changed. "
            "Make room, or make the folder and the one around it writable."
        ) from None
    return fingerprint(folder)


def _check_date(folder: Path, date: str) -> None:
    """Raise InputError unless `date` is a day, and not before the last recorded release."""
    try:
        fits = datetime.date.fromisoformat(date).isoformat() == date
    except ValueError:
        fits = False
    if not fits:
        raise InputError(f"{shown(date)} is no date of a release; write YYYY-MM-DD.")
    last = max((row["date"] for row in versions.recorded(folder).values()), default="")
    if date < last:
        raise InputError(f"{date} is before the last release, of {last}; give that day or a later one.")


def _check_note(note: str) -> None:
    """Raise InputError where a note could not stand in versions.csv."""
    if not any(character.isalnum() for character in note):
        raise InputError("The note of a release is blank; say in a few words what changed.")
    field = next(field for field in BESIDE["versions"].fields if field.name == "note")
    for rule in rules_of_cells(field, ""):
        if not rule.fits(note):
            raise InputError(f"The note of a release, {shown(note)}, {rule.sentence}.")


def _check_rules(folder: Path) -> None:
    """Raise InputError where a row of the tables breaks a rule."""
    failures = [failure for failure in validate(folder) if failure.table in TABLES and failure.table != MADE]
    if failures:
        raise InputError(f"{len(failures)} rows break a rule, the first: {failures[0]}; nothing was written.")


def _count_scopes(staged: Path) -> None:
    """Write the readings that go each way into scopes.csv, and log the ways that are new."""
    table = TABLES["scopes"]
    earlier = read_strings(staged, table)
    counted = recounted(earlier, read_strings(staged, TABLES["readings"]))
    _write(staged, table, counted)
    for row in counted[~counted[table.id].isin(earlier[table.id])].to_dict("records"):
        ways = {name: cell for name, cell in row.items() if cell and name not in (table.id, "readings")}
        LOG.warning(
            "New in scopes.csv, see that it is meant: %s (readings: %s), %s",
            row[table.id],
            row["readings"],
            ", ".join(f"{name} {shown(cell)}" for name, cell in ways.items()),
        )


def _write(staged: Path, table: Table, rows: pd.DataFrame) -> None:
    """Write a table as the files are: UTF-8, commas, line feeds."""
    rows.to_csv(staged / f"{table.name}.csv", index=False, lineterminator="\n", encoding="utf-8")


def _cell(value: object) -> str:
    """Write a value as the tables do: a whole number has no decimal point."""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _put_on_record(staged: Path, version: str, date: str, forecasts: Forecaster) -> None:
    """Add this version's forecasts to forecasts.csv. Raises InputError where one breaks a rule.

    Rows of this version that are there already are made again: it was never recorded, so they were never released.
    """
    table = TABLES["forecasts"]
    earlier = read_strings(staged, table)
    made = forecasts(replace(load(staged), version=version, released=date))
    added = made[table.columns].map(_cell)
    rows = pd.concat([earlier[earlier["version"] != version], added], ignore_index=True)
    rows = rows.sort_values(table.id, ignore_index=True)
    _write(staged, table, rows)
    if len(added):
        _check_rules(staged)
