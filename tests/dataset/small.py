"""A small dataset that obeys every rule: a few rows of each real table, and every row that these stand on."""

import csv
import shutil
from collections import defaultdict
from pathlib import Path

import pandas as pd

from analysis.dataset import Dataset, package
from analysis.dataset.release import release
from analysis.dataset.tables import TABLES
from analysis.dataset.tables.beside import BESIDE
from analysis.dataset.vocabularies import SERIES_KEYS
from analysis.series.memberships import memberships

DATA = Path(__file__).resolve().parents[2] / "data"
FIRST_ROWS = 6
ADDED_TO = "gacc-batches"  # the series of tests that add a reading
VERSION, RELEASED = "99.0.0", "2099-01-01"

Row = dict[str, str]
Place = tuple[str, int]  # a table and the number of a row


def make_small(folder: Path) -> Path:
    """Write the small dataset into a new folder, released as a version of its own with two forecasts."""
    shutil.copytree(DATA, folder)
    tables = {name: read(folder, name) for name in TABLES}
    for name, numbers in closed(tables, starting_rows(tables)).items():
        write(folder, name, [tables[name][number] for number in sorted(numbers)])
    ids = {row["reading_id"] for row in read(folder, "readings")}
    write(folder, "disagreements", [row for row in read(folder, "disagreements") if row["reading_id"] in ids])
    measures = {row["measure_id"] for row in read(folder, "measures")}
    pairs = [row for row in read(folder, "distinct") if {row["measure_id"], row["distinct_from"]} <= measures]
    write(folder, "distinct", pairs)
    write(folder, "readings_series", [])  # made by the release
    package.write(folder, VERSION, RELEASED)  # the day up to which its rows may tell
    release(
        VERSION, RELEASED, "a few rows", folder, forecasts=two_forecasts, memberships=memberships
    )  # refuses what breaks a rule
    return folder


def starting_rows(tables: dict[str, list[Row]]) -> list[Place]:
    """Return the first rows of each table, a series to add to, a change, and a row that disagrees with its print."""
    kept = [
        (name, number)
        for name, rows in tables.items()
        if name != "readings_series"  # made anew from the rows that are kept
        for number in range(min(FIRST_ROWS, len(rows)))
    ]
    kept.append(("series", next(n for n, row in enumerate(tables["series"]) if row["series_id"] == ADDED_TO)))
    disagreeing = {row["reading_id"] for row in read(DATA, "disagreements")}
    wanted = (
        lambda row: (row["kind"], row["unit"]) == ("change", "percent"),
        lambda row: row["reading_id"] in disagreeing,
        lambda row: row["relation"].startswith("part_of:"),
    )
    for fits in wanted:
        kept.append(("readings", next(n for n, row in enumerate(tables["readings"]) if fits(row))))
    return kept


def closed(tables: dict[str, list[Row]], waiting: list[Place]) -> dict[str, set[int]]:
    """Return the numbers of the rows to keep: those that wait, all that they stand on, and so on."""
    places = {
        name: {row[TABLES[name].id]: (name, n) for n, row in enumerate(rows)} for name, rows in tables.items()
    }
    holders: dict[tuple[str, str], Place] = {}
    for number, row in reversed(list(enumerate(tables["readings"]))):
        holders.update({(key, row[key]): ("readings", number) for key in SERIES_KEYS})
    kept: dict[str, set[int]] = defaultdict(set)
    while waiting:
        name, number = waiting.pop()
        if number in kept[name]:
            continue
        kept[name].add(number)
        row = tables[name][number]
        waiting += referred(name, row, places, tables)
        if name in ("series", "scopes"):
            joint = "|" if name == "series" else None
            keys = [key for key in SERIES_KEYS if key in row]
            words = ((key, word) for key in keys for word in row[key].split(joint))
            waiting += [holders[pair] for pair in words if pair in holders]
            waiting += [holders[key, row[key]] for key in keys if (key, row[key]) in holders]
    return kept


def referred(
    name: str, row: Row, places: dict[str, dict[str, Place]], tables: dict[str, list[Row]]
) -> list[Place]:
    """Return the rows that one row refers to by an id, or by the name of a series of context.csv."""
    found = [
        places[field.refers_to][word]
        for field in TABLES[name].fields
        if field.refers_to
        for word in filter(None, row[field.name].split(field.joint))
    ]
    if name == "aliases":
        found.append(places[row["table"]][row["kept_id"]])
    if row.get("denominator"):
        found.append(
            next(
                ("context", n)
                for n, one in enumerate(tables["context"])
                if one["series"] == row["denominator"]
            )
        )
    kind, _, what = row.get("relation", "").partition(":")
    if name != "series" and kind in ("part_of", "conversion_of"):
        found.append(places["readings"][what])
    return found


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


def read(folder: Path, table: str) -> list[Row]:
    """Return the rows of a table as text."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, table: str, rows: list[Row]) -> None:
    """Write the rows of a table."""
    columns = {**TABLES, **BESIDE}[table].columns
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def edit(folder: Path, table: str, column: str, cell: str, row: int | None = None) -> str:
    """Put `cell` into a column of a row (a plain dated one where none is named) and return the row's id."""
    rows = read(folder, table)
    number = (1 if table == "readings" else 4) if row is None else row
    rows[number][column] = cell
    write(folder, table, rows)
    return next(iter(rows[number].values()))
