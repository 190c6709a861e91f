"""Validate a folder of tables: every failure at once, each with table, row, column, value and rule."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pandera.errors

from analysis.dataset import rules
from analysis.dataset.files import (
    PACKAGE,
    check_header,
    data_folder,
    decode,
    read_header,
    read_package,
    read_strings,
)
from analysis.dataset.schema import Table
from analysis.dataset.tables import TABLES
from analysis.dataset.versions import guard
from analysis.errors import InputError


@dataclass(frozen=True)
class Failure:
    """One cell (or file) that breaks a rule. `row` is the row's id; `-` stands for the whole file."""

    table: str
    row: str
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        return f"{self.table}, row {self.row}, column {self.column}, value {self.value!r}: {self.rule}"


def validate(path: str | Path | None = None) -> list[Failure]:
    """Check every rule on the tables in `path` (default: this project's data) and return what fails.

    The list is empty for a valid folder. Nothing is written.

    Raises
    ------
    InputError
        If the folder does not exist.
    """
    folder = data_folder(path)
    failures: list[Failure] = []
    frames: rules.Frames = {}
    for name, table in TABLES.items():
        frame, wrong = _read(folder, table)
        failures += wrong
        if frame is not None:
            frames[name] = frame
    for name, frame in frames.items():
        failures += _check_table(TABLES[name], frame, frames)
    return failures + _check_version(folder, complete=not failures)


def _read(folder: Path, table: Table) -> tuple[pd.DataFrame | None, list[Failure]]:
    """Read one table as text, and return it with what is wrong about the file itself."""
    wrong: list[Failure] = []
    try:
        header = read_header(folder / f"{table.name}.csv")
        wrong += [Failure(table.name, "-", "-", "", sentence) for sentence in check_header(table, header)]
        wrong += _ragged(folder, table, header)
        return read_strings(folder, table), wrong
    except InputError as error:
        return None, [*wrong, Failure(table.name, "-", "-", "", str(error))]


def _ragged(folder: Path, table: Table, header: list[str]) -> list[Failure]:
    """Name the rows with too few or too many cells: the reader would shift or drop cells silently."""
    rows = csv.reader(decode(folder / f"{table.name}.csv").splitlines(keepends=True))
    next(rows)
    return [
        Failure(table.name, row[0], "-", "", f"has {len(row)} cells where the header has {len(header)}")
        for row in rows
        if row and len(row) != len(header)
    ]


def _check_table(table: Table, frame: pd.DataFrame, frames: rules.Frames) -> list[Failure]:
    """Run the table's pandera schema lazily and turn its failure cases into failures, in row order."""
    if table.id not in frame.columns:
        return []
    try:
        rules.schema_of(table, frame, frames).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        found = errors.failure_cases
    else:
        return []
    found = found.sort_values(["index", "column", "check_number"], kind="stable")
    ids = frame[table.id]
    return [
        Failure(table.name, str(ids.iloc[int(index)]), str(column), str(value), str(check))
        for index, column, value, check in zip(
            found["index"], found["column"], found["failure_case"], found["check"], strict=True
        )
    ]


def _check_version(folder: Path, *, complete: bool) -> list[Failure]:
    """Check the package file, and that the tables are the ones its version stands for."""
    name = PACKAGE.removesuffix(".json")
    try:
        version = read_package(folder)["version"]
    except InputError as error:
        return [Failure(name, "-", "-", "", str(error))]
    why = guard(folder, version) if complete else None
    return [Failure(name, "-", "version", version, why)] if why else []
