"""Load the dataset: typed frames, the version, the fingerprint."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.arguments import checked
from analysis.dataset.cells import GREATEST, type_rules
from analysis.dataset.failure import shown
from analysis.dataset.files import data_folder, read_package, read_strings
from analysis.dataset.fingerprint import fingerprint
from analysis.dataset.schema import Field, Table
from analysis.dataset.tables import TABLES
from analysis.errors import InputError
from analysis.errors import shown as quoted
from analysis.results import Result


@dataclass(frozen=True, eq=False, repr=False)  # compared and hashed by identity, so that results can be kept
class Dataset(Result):
    """One version of the dataset: its tables as typed frames.

    Dates are datetime64, coded columns are categoricals, counts of cases are nullable integers (Int64),
    values are floats, and everything else is text with blank for "not given". Each frame keeps its id as
    a column, sorted. `fingerprint` is computed from the files at loading, not read from them.
    """

    path: Path
    version: str
    released: str
    fingerprint: str
    sources: pd.DataFrame
    readings: pd.DataFrame
    readings_sources: pd.DataFrame
    aliases: pd.DataFrame
    left_out: pd.DataFrame
    conflicts: pd.DataFrame
    vintages: pd.DataFrame
    scopes: pd.DataFrame
    cases: pd.DataFrame
    measures: pd.DataFrame
    context: pd.DataFrame
    hypotheses: pd.DataFrame
    series: pd.DataFrame
    readings_series: pd.DataFrame
    breaks: pd.DataFrame
    border_lines: pd.DataFrame
    concordance: pd.DataFrame
    glossary: pd.DataFrame
    forecasts: pd.DataFrame

    @checked
    def table(self, name: str) -> pd.DataFrame:
        """Return a frame by its table's name. Raises InputError for an unknown name."""
        if name not in TABLES:
            raise InputError(f"There is no table {quoted(name)}; the tables are {', '.join(TABLES)}.")
        frame: pd.DataFrame = getattr(self, name)
        return frame

    def reduced(self, **rows: pd.DataFrame) -> Dataset:
        """Return a dataset of these rows alone: other tables are empty, and it has no path, version or fingerprint."""
        empty = {name: self.table(name).iloc[:0] for name in TABLES}
        return replace(self, path=Path(), version="", released="", fingerprint="", **empty | rows)

    def only(self, names: Iterable[str]) -> Dataset:
        """Return a dataset that knows these tables alone: what a result may follow from whose key names them.

        Of others there is not even a column (KeyError), so that no result rests on rows that its key does not hold.
        """
        wanted = tuple(names)
        for name in wanted:
            self.table(name)  # noted as read, be it for the first time or not
        return self._only(wanted)

    @lru_cache(maxsize=64)  # noqa: B019 - datasets are few, and live as long as what was made of them
    def _only(self, names: tuple[str, ...]) -> Dataset:
        """Return the one dataset of these tables, so that what is made of it is found again in this process."""
        if all(vars(self)[name].columns.empty for name in TABLES if name not in names):
            return self  # it knows no others already (looked at without being noted as read)
        nothing = {name: pd.DataFrame() for name in TABLES}
        tables = {name: self.table(name) for name in names}
        return replace(self, path=Path(), version="", released="", fingerprint="", **nothing | tables)

    @checked
    def current_id(self, reading_id: str) -> str:
        """Return the id that stands for a reading now: its own, or the one that an alias points to."""
        return self._kept.get(reading_id, reading_id)

    @cached_property
    def _kept(self) -> dict[str, str]:
        """Retired id of a reading -> the id that stands for it."""
        rows = self.aliases[self.aliases["table"] == "readings"]
        return dict(zip(rows["alias_id"], rows["kept_id"], strict=True))

    def summary(self) -> pd.Series:
        """Return the version, its fingerprint and the rows of each table."""
        told = {"version": self.version, "released": self.released, "fingerprint": self.fingerprint[:12]}
        rows = {name: f"{len(self.table(name)):,} rows" for name in TABLES}
        return pd.Series(told | rows, name="Dataset", dtype=object)


@checked
def load(path: str | Path | None = None) -> Dataset:
    """Load the dataset in `path` (default: the `data/` folder of this project).

    Only what typing needs is checked here; `python -m analysis validate` checks every rule.

    Raises
    ------
    InputError
        If the folder, a file or a column is missing, or a cell cannot be read as its type.

    Examples
    --------
    >>> data = load()
    >>> data.readings.loc[data.readings["reading_id"] == "adm-0001", ["value", "as_printed"]].values.tolist()
    [[65300.0, '6.53万次']]
    """
    folder = data_folder(path)
    package = read_package(folder)
    state: dict[str, Any] = {
        "path": folder,
        "version": package["version"],
        "released": str(package.get("created", ""))[:10],
        "fingerprint": fingerprint(folder),
    }
    for known in _ahead:
        if all(known.__dict__[name] == value for name, value in state.items()):
            return known
    frames = {name: typed(table, read_strings(folder, table)) for name, table in TABLES.items()}
    return Dataset(**(state | frames))


_ahead: list[Dataset] = []


def load_ahead(path: Path) -> Dataset:
    """Load the dataset in `path` for forks of this process, each of which loads it once and changes none of it."""
    _ahead.append(load(path))
    return _ahead[-1]


def typed(table: Table, raw: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with each column in its declared type."""
    return pd.DataFrame({field.name: _column(table, field, raw) for field in table.fields})


def _column(table: Table, field: Field, raw: pd.DataFrame) -> pd.Series[Any]:
    text = raw[field.name]
    try:
        if field.type == "date":
            return pd.to_datetime(text.where(text != ""), format="%Y-%m-%d", errors="raise")
        if field.type == "number":
            return pd.to_numeric(text.where(text != ""), errors="raise").astype("float64")
        if field.type == "integer":
            return _whole(pd.to_numeric(text.where(text != ""), errors="raise"))
    except (ValueError, TypeError, OverflowError):
        raise InputError(_unreadable(table, field, raw)) from None
    if field.type == "category":
        return text.astype(pd.CategoricalDtype(sorted(set(text) | set(field.vocabulary))))
    return text


def _whole(numbers: pd.Series[Any]) -> pd.Series[Any]:
    """Return whole numbers as nullable integers. Raises ValueError where one is none, or no longer exact."""
    if (numbers.abs() > GREATEST).any():
        raise ValueError
    return numbers.astype("Int64")


def _unreadable(table: Table, field: Field, raw: pd.DataFrame) -> str:
    """Name the first cell that cannot be read as its type: the first that breaks a rule of its column."""
    wanted = {"date": "a date YYYY-MM-DD", "number": "a number", "integer": "a whole number"}[field.type]
    rules = type_rules(field, "9998-12-31")
    cells = zip(raw[table.id], raw[field.name], strict=True)
    row, cell = next(
        ((row, cell) for row, cell in cells if cell and not all(rule.fits(cell) for rule in rules)), ("-", "")
    )
    return (
        f"{table.name}.csv, row {shown(row)}, column {field.name}: '{shown(cell)}' is not {wanted}; "
        "run `python -m analysis validate` for every fault at once."
    )
