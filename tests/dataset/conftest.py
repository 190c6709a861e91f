"""Copies of the real data that a test may break: whole, or a few rows of each table."""

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.dataset import Dataset
from analysis.dataset.release import release
from analysis.dataset.tables import TABLES

DATA = Path(__file__).resolve().parents[2] / "data"
FIRST_ROWS = 12

Row = dict[str, str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A whole copy of data/."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def few(tmp_path: Path, few_rows: Path) -> Path:
    """A copy of data/ with a few rows of each table: it obeys every rule and is checked in a moment."""
    return Path(shutil.copytree(few_rows, tmp_path / "few"))


@pytest.fixture(scope="session")
def few_rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first rows of each table, a percentage change, and every row that these refer to."""
    folder = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("few") / "data"))
    tables = {name: read(folder, name) for name in TABLES}
    kept = {name: set(range(FIRST_ROWS)) & set(range(len(rows))) for name, rows in tables.items()}
    changes = (
        i for i, row in enumerate(tables["readings"]) if (row["kind"], row["unit"]) == ("change", "percent")
    )
    kept["readings"].add(next(changes))
    follow_references(tables, kept)
    for name, rows in tables.items():
        write(folder, name, [rows[i] for i in sorted(kept[name])])
    release(
        "99.0.0", "2099-01-01", "a few rows", folder, forecasts=two_forecasts
    )  # refuses what breaks a rule
    return folder


def two_forecasts(dataset: Dataset) -> pd.DataFrame:
    """Forecasts of the first series by two methods, in the form in which a release puts them on record."""
    series_id, version = dataset.series["series_id"].iloc[0], dataset.version
    methods = ["drift", "naive"]
    return pd.DataFrame(
        {
            "forecast_id": [f"{version}-{series_id}-2099-{method}" for method in methods],
            "version": version,
            "series_id": series_id,
            "period": 2099,
            "method": methods,
            "chosen": ["no", "yes"],
            "estimate": [20817.0, 2.5e9],
            "lower": [16400.5, 1e9],
            "upper": [26400.0, 1e10],
            "level": 0.8,
            "made_on": dataset.released,
        }
    )


def follow_references(tables: dict[str, list[Row]], kept: dict[str, set[int]]) -> None:
    """Keep the rows that kept rows refer to, and so on until nothing is missing."""
    places = {name: {row[TABLES[name].id]: i for i, row in enumerate(rows)} for name, rows in tables.items()}
    waiting = [(name, i) for name, rows in kept.items() for i in rows]
    while waiting:
        name, i = waiting.pop()
        for field in TABLES[name].fields:
            if not field.refers_to:
                continue
            for word in filter(None, tables[name][i][field.name].split(field.joint)):
                target = places[field.refers_to][word]
                if target not in kept[field.refers_to]:
                    kept[field.refers_to].add(target)
                    waiting.append((field.refers_to, target))


def read(folder: Path, table: str) -> list[Row]:
    """Return the rows of a table as text."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, table: str, rows: list[Row]) -> None:
    """Write the rows of a table."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TABLES[table].columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
