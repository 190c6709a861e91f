"""Find and read the dataset's files, with a sentence for everything that can be wrong about a file."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.dataset.schema import Table
from analysis.dataset.tables import TABLES
from analysis.errors import InputError

PACKAGE = "datapackage.json"


def data_folder(path: str | Path | None = None) -> Path:
    """Return the folder of the dataset: `path`, or `data/` beside the package.

    Raises InputError where the folder does not exist.
    """
    if path is not None and (str(path) == "" or "\0" in str(path)):
        raise InputError("The name of the data folder is blank or no name; name the folder, or leave it out.")
    folder = Path(path) if path is not None else Path(__file__).resolve().parents[2] / "data"
    if len(folder.name) > 255 or not folder.is_dir():
        raise InputError(
            f"There is no data folder at {str(folder)[:200]}; give the folder that holds {PACKAGE} and the CSV tables."
        )
    return folder


def decode(path: Path) -> str:
    """Return the text of a table file. Raises InputError if it is missing, empty or not UTF-8."""
    if not path.is_file():
        raise InputError(f"{path.name}: the file is missing from {path.parent}; restore it from a release.")
    raw = path.read_bytes()
    if not raw.strip():
        raise InputError(f"{path.name}: the file is empty; it must hold at least the header row.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(
            f"{path.name}, line {line}: byte {raw[error.start]:#04x} is not UTF-8; save the file as UTF-8."
        ) from None


def check_header(table: Table, header: list[str]) -> list[str]:
    """Return one sentence for each column that is missing, unknown, or out of order."""
    wrong = [f"column {name} is missing" for name in table.columns if name not in header]
    wrong += [f"column {name} is not declared for this table" for name in header if name not in table.columns]
    if not wrong and header != table.columns:
        wrong = [f"columns are out of order; the order is {', '.join(table.columns)}"]
    return wrong


def read_header(path: Path) -> list[str]:
    """Return the column names of a CSV file."""
    return next(csv.reader(decode(path).splitlines()))


def read_strings(folder: Path, table: Table) -> pd.DataFrame:
    """Return a table with every cell as the string that stands in the file (blank is "").

    Raises InputError if the file cannot be read as CSV.
    """
    path = folder / f"{table.name}.csv"
    decode(path)
    try:
        return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8", index_col=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        reason = str(error).strip().replace("Error tokenizing data. C error: ", "")
        raise InputError(
            f"{path.name}: not a CSV table ({reason}); every row needs {len(table.columns)} cells."
        ) from None


def read_package(folder: Path) -> dict[str, Any]:
    """Return datapackage.json. Raises InputError if it is missing, broken or has no version."""
    text = decode(folder / PACKAGE)
    try:
        package = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{PACKAGE}, line {error.lineno}: not JSON ({error.msg}).") from None
    if not isinstance(package, dict) or not isinstance(package.get("version"), str):
        raise InputError(f"{PACKAGE}: holds no version; it must be an object with a text field `version`.")
    return package


def table_files(folder: Path) -> list[Path]:
    """Return the paths of the declared tables, in the order in which they are declared."""
    return [folder / f"{name}.csv" for name in TABLES]
