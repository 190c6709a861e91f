"""Find and read the dataset's files, with a sentence for everything that can be wrong about a file.

Every file of the package is read here and nowhere else: tables, versions, disagreements, descriptor. A fault is a
sentence with the file, the line and what would be right; what is wrong inside a cell is left to the rules.
"""

from __future__ import annotations

import csv
import io
import json
import stat
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.dataset.failure import Failure, of_file, shown
from analysis.dataset.schema import Table
from analysis.dataset.tables import TABLES
from analysis.errors import InputError

PACKAGE = "datapackage.json"
DISTRIBUTION = "counting-counterfeits"
MOST_BYTES = 1_000_000_000  # a hundred times the tables of today are half of it
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}

Row = tuple[int, list[str]]  # the line a row ends on, and its cells


def data_folder(path: str | Path | None = None) -> Path:
    """Return the folder of the dataset: `path`, or `data/` beside the package, or where an installation put it.

    Raises InputError where the folder does not exist.
    """
    if path is not None and (str(path) == "" or "\0" in str(path)):
        raise InputError("The name of the data folder is blank or no name; name the folder, or leave it out.")
    folder = Path(path) if path is not None else _own_folder()
    try:
        there = folder.is_dir()
    except (OSError, ValueError):  # a name too long, a NUL in it, a folder that may not be entered
        there = False
    if not there:
        raise InputError(
            f"There is no data folder at {shown(str(folder), 300)}; "
            f"give the folder that holds {PACKAGE} and the CSV tables."
        )
    return folder


def _own_folder() -> Path:
    """Return the project's data: of a checkout, or else of the installed package's own record."""
    beside = Path(__file__).resolve().parents[2] / "data"
    if (beside / PACKAGE).is_file():
        return beside
    try:
        installed = files(DISTRIBUTION) or []
    except PackageNotFoundError:
        return beside
    found = (Path(str(one.locate())).resolve() for one in installed if one.name == PACKAGE)
    return next((path.parent for path in found if path.is_file()), beside)


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes. Raises InputError if it is missing, no file but a folder or a pipe, or may not be read."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):  # it might never end
            raise InputError(
                f"{path.name}: is a pipe or a device in {path.parent}; restore the file from a release."
            )
        if about.st_size > MOST_BYTES:
            raise InputError(
                f"{path.name}: holds {about.st_size:,} bytes in {path.parent}; a table holds at most {MOST_BYTES:,}."
            )
        return path.read_bytes()
    except FileNotFoundError:
        sentence = f"the file is missing from {path.parent}; restore it from a release."
    except IsADirectoryError:
        sentence = f"is a folder in {path.parent}, not a file; restore the file from a release."
    except OSError as error:
        sentence = f"cannot be read in {path.parent} ({error.strerror}); mend its permissions or the disk."
    raise InputError(f"{path.name}: {sentence}")


def decode(path: Path) -> str:
    """Return the text of a file, without the byte order mark that spreadsheets put before it.

    Raises InputError if the file cannot be read, is empty, is not UTF-8, or holds a NUL.
    """
    raw = read_bytes(path)
    if not raw.strip():
        raise InputError(f"{path.name}: the file is empty; it must hold at least the header row.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before, byte = error.object[: error.start], error.object[error.start]
        line = before.count(b"\n") + 1
        raise InputError(
            f"{path.name}, line {line}: byte {byte:#04x} is not UTF-8; save the file as UTF-8."
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InputError(f"{path.name}, line {line}: holds a NUL character; restore the file from a release.")
    return text


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a CSV file, header first, each with the line on which it ends; blank lines are skipped.

    Raises InputError at the first line that is not CSV.
    """
    # StringIO with newline="" breaks lines where CSV does, at \n and \r: str.splitlines also does at U+2028.
    reader = csv.reader(io.StringIO(decode(path), newline=""), strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(f"{path.name}, line {reader.line_num}: {_csv_sentence(error)}") from None
        if cells:
            yield reader.line_num, cells


def _csv_sentence(error: csv.Error) -> str:
    """Say what the csv module found, and what would be right."""
    if "field larger" in str(error):
        return f"a cell holds more than {csv.field_size_limit():,} characters; close its quote or shorten it."
    return f'not CSV ({error}); a cell with a comma or a quote stands in double quotes, closed, with "" for a quote.'


def check_header(table: Table, header: list[str]) -> list[str]:
    """Return one sentence for each column that is missing, unknown, given twice, misspelt, or out of order."""
    if len(header) == 1:
        for mark, name in SEPARATORS.items():
            if mark in header[0]:
                return [f"the table is separated by {name}; save it as CSV UTF-8 with commas"]
    wrong, meant = [], []
    for name in header:
        plain = name.strip().lower()
        meant.append(plain if plain in table.columns else name)
        if plain in table.columns and name != plain:
            wrong.append(f"column '{shown(name)}' must be written {plain}, in lower case and without spaces")
        elif name not in table.columns:
            wrong.append(f"column {shown(name) or 'without a name'} is not declared for this table")
        elif header.count(name) > 1 and f"column {name} is given twice" not in wrong:
            wrong.append(f"column {name} is given twice")
    wrong = [f"column {name} is missing" for name in table.columns if name not in meant] + wrong
    if not wrong and header != table.columns:
        wrong = [f"columns are out of order; the order is {', '.join(table.columns)}"]
    return wrong


def read_cells(folder: Path, table: Table) -> tuple[pd.DataFrame | None, list[Failure]]:
    """Return a table with every cell as the text that stands in the file, and what is wrong about the file.

    Where anything is wrong (the file, its header, the number of cells of a row) there is no frame: cells would
    stand in columns that are not theirs.
    """
    path = folder / f"{table.name}.csv"
    try:
        rows = read_rows(path)
        _, header = next(rows, (0, [""]))
        if wrong := check_header(table, header):
            return None, [of_file(table.name, sentence) for sentence in wrong]
        body = list(rows)
    except InputError as error:
        return None, [of_file(table.name, str(error))]
    ragged = [
        Failure(table.name, cells[0], "-", "", f"line {line} {_ragged(cells, header)}")
        for line, cells in body
        if len(cells) != len(header)
    ]
    if ragged:
        return None, ragged
    columns = zip(*(cells for _, cells in body), strict=True) if body else [()] * len(header)
    text = {name: pd.Series(cells, dtype="str") for name, cells in zip(header, columns, strict=True)}
    return pd.DataFrame(text), []


def _ragged(cells: list[str], header: list[str]) -> str:
    """Say how many cells a row has and should have."""
    return f"has {len(cells)} cells where the header has {len(header)}; quote a cell that holds a comma"


def read_strings(folder: Path, table: Table) -> pd.DataFrame:
    """Return a table with every cell as the string that stands in the file (blank is "").

    Raises InputError with the first fault of the file if there is one.
    """
    frame, wrong = read_cells(folder, table)
    if frame is None:
        first = wrong[0]
        name = f"{table.name}.csv"
        where = name if first.row == "-" else f"{name}, row {shown(first.row)}"
        raise InputError(first.rule if first.rule.startswith(name) else f"{where}: {first.rule}.")
    return frame


def read_json(path: Path) -> dict[str, Any]:
    """Return the object of a JSON file. Raises InputError if it is broken, no object, or names a field twice."""
    text = decode(path)
    try:
        found = json.loads(text, object_pairs_hook=_once)
        json.dumps(found, ensure_ascii=False).encode("utf-8")  # a half of a surrogate pair is no text
    except json.JSONDecodeError as error:
        raise InputError(f"{path.name}, line {error.lineno}: cannot be read as JSON ({error.msg}).") from None
    except RecursionError:
        raise InputError(f"{path.name}: cannot be read as JSON (nested too deeply).") from None
    except ValueError as error:  # a field twice, a number of thousands of digits, half a surrogate pair
        raise InputError(f"{path.name}: cannot be read as JSON ({shown(str(error), 120)}).") from None
    if not isinstance(found, dict):
        raise InputError(f"{path.name}: must be a JSON object with fields in braces.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the fields of a JSON object. Raises ValueError where one is given twice: the last would win unseen."""
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"the field {name!r} is given twice")
    return dict(pairs)


def read_package(folder: Path) -> dict[str, Any]:
    """Return datapackage.json. Raises InputError if it is missing, broken or has no version."""
    package = read_json(folder / PACKAGE)
    if not isinstance(package.get("version"), str) or not package["version"]:
        raise InputError(f"{PACKAGE}: holds no version; it must be an object with a text field `version`.")
    return package


def table_files(folder: Path) -> list[Path]:
    """Return the paths of the declared tables, in the order in which they are declared."""
    return [folder / f"{name}.csv" for name in TABLES]
