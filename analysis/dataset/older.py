"""Tables of another version: as text whatever their columns are, and as a dataset in the columns of today."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.dataset.files import PACKAGE, read_package, read_rows
from analysis.dataset.fingerprint import fingerprint
from analysis.dataset.load import Dataset, typed
from analysis.dataset.schema import Table
from analysis.dataset.tables import TABLES
from analysis.dataset.vocabularies import SERIES_KEYS
from analysis.errors import InputError

ANY = "*"  # what a series asked of a column that its version did not have


def package_folder(place: Path) -> Path | None:
    """Return the folder of the data package that `place` is or holds as data/, None where there is none."""
    return next((one for one in (place, place / "data") if (one / PACKAGE).is_file()), None)


def tables_as_text(folder: Path) -> dict[str, pd.DataFrame]:
    """Return every CSV file of a data package by name, each cell as the text that stands in the file.

    Raises
    ------
    InputError
        If a file is broken: no CSV, a column given twice, a row with more or fewer cells than the header.
    """
    return {path.stem: _as_text(path) for path in sorted(folder.glob("*.csv"))}


def _as_text(path: Path) -> pd.DataFrame:
    """Return one file as text."""
    (_, header), *body = read_rows(path)
    if len(set(header)) < len(header):
        raise InputError(f"{path.name}: a column is given twice; restore the file from a release.")
    for line, cells in body:
        if len(cells) != len(header):
            raise InputError(
                f"{path.name}, line {line}: {len(cells)} cells where the header has {len(header)}."
            )
    return pd.DataFrame([cells for _, cells in body], columns=header, dtype="str")


def load_older(folder: Path) -> Dataset:
    """Return the dataset of another version: columns that it did not have are blank, tables empty.

    Enough for its series, which rest on readings, sources, series and aliases.

    Raises
    ------
    InputError
        If one of these four tables is missing, or a cell cannot be read as its type.
    """
    text = tables_as_text(folder)
    for name in ("readings", "sources", "series", "aliases"):
        if name not in text:
            raise InputError(f"{name}.csv is missing from {folder}, so its series cannot be made.")
    package = read_package(folder)
    frames = {name: typed(table, _fitted(table, text.get(name))) for name, table in TABLES.items()}
    return Dataset(
        path=folder,
        version=package["version"],
        released=str(package.get("created", ""))[:10],
        fingerprint=fingerprint(folder) if set(TABLES) <= set(text) else "",
        **frames,
    )


def _fitted(table: Table, frame: pd.DataFrame | None) -> pd.DataFrame:
    """Return a table in the columns of today."""
    if frame is None:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in table.columns})
    blank = {
        name: ANY if table.name == "series" and name in SERIES_KEYS else ""
        for name in table.columns
        if name not in frame
    }
    return frame.assign(**blank)[table.columns]
