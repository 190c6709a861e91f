"""What readers take away beside the tables: every series as numbers, the findings, a workbook, citations.

    data/series_yearly.csv, data/series_monthly.csv     every series, yearly the units of families too
    series/ID.csv, series/ID.metadata.json              one series or family, and what must be known of it
    data/findings.json                                  the findings of the front page, with interval and trail
    data/counting-counterfeits.xlsx                     the main tables in one workbook
    data/citation.txt, data/citation.bib                how to cite
    data/croissant.json, data/dataset.jsonld            the dataset told to machines

All of it is kept on disk for the data and the code that it follows from, and written anew into each build.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd

from analysis.building.packing import spreadsheet_safe
from analysis.building.workbook import write_workbook
from analysis.dataset import Dataset
from analysis.dataset.code import page_code
from analysis.dataset.files import read_package
from analysis.publish.citation import TITLE, bibtex, citation
from analysis.publish.dataset_metadata import croissant, schema_org
from analysis.publish.findings import Finding, key_findings
from analysis.publish.pages.record.years import unit_rows
from analysis.publish.series_metadata import series_metadata
from analysis.publish.series_tables import monthly_table, yearly_table
from analysis.rounding import settled
from analysis.series.families import families, single_series
from analysis.series.store import Recipe, kept

WORKBOOK = "counting-counterfeits.xlsx"
DATA, SERIES = "data", "series"
ESTIMATES = ("estimate", "lower", "upper")
DIGITS = 6  # of an estimate, whose last digits differ between machines
# The tables of the workbook, each with its columns, all where none is named.
SHEETS: dict[str, tuple[str, ...]] = {
    "readings": (
        "reading_id", "reporter", "jurisdiction", "indicator", "subject", "stage", "product", "origin", "breadth",
        "as_printed", "hedge", "value", "value_high", "unit", "window_start", "window_end", "source_id",
    ),
    "sources": (), "series": (), "measures": (), "cases": (), "hypotheses": (),
}  # fmt: skip
# What may be downloaded as a whole, for the descriptions of the dataset.
DESCRIBED = (".csv", ".json", ".zip", ".xlsx")
OF_ITSELF = ("croissant.json", "dataset.jsonld")


def write_series_downloads(dataset: Dataset, site: Path) -> list[Path]:
    """Write all of it into the folder of a site whose `data/` holds the tables already; list what was written."""
    of_series, of_findings = recipes(dataset)
    files = dict(cast("dict[str, bytes]", kept(of_series)))
    files[f"{DATA}/findings.json"] = cast(bytes, kept(of_findings))
    written = [_write(site / name, content) for name, content in files.items()]
    return [*written, *_write_descriptions(dataset, site / DATA)]


def recipes(dataset: Dataset) -> tuple[Recipe, Recipe]:
    """Return how the files that follow from the tables alone are made, and the file of findings."""
    given = (dataset, dataset.version, dataset.released, dataset.fingerprint, page_code(__name__))
    return Recipe("files-of-series", made_files, given), Recipe("findings-file", made_findings, given)


def made_files(dataset: Dataset, *_: str) -> dict[str, bytes]:
    """Return everything that follows from the tables alone, by its name below the site."""
    of_families = {name: unit_rows(dataset, name) for name in families(dataset)}
    yearly = pd.concat([yearly_table(dataset), *of_families.values()])
    files = series_files(dataset, single_series(dataset), yearly, monthly_table(dataset))
    for name, rows in of_families.items():
        files |= _two_files(dataset, name, rows)
    return files | {
        f"{DATA}/{WORKBOOK}": workbook(dataset, yearly_table(dataset)),
        f"{DATA}/citation.txt": f"{citation(dataset)}\n".encode(),
        f"{DATA}/citation.bib": bibtex(dataset).encode(),
    }


def made_findings(dataset: Dataset, *_: str) -> bytes:
    """Return the findings of the front page as a file."""
    return findings_file(dataset, key_findings(dataset))


def series_files(
    dataset: Dataset, names: Iterable[str], yearly: pd.DataFrame, monthly: pd.DataFrame
) -> dict[str, bytes]:
    """Return the tables of all series and, for each of `names`, its own table with its metadata.

    A series' own table has its years, then its months. Raises InputError for an unknown series.
    """
    files = {
        f"{DATA}/series_yearly.csv": table_file(yearly),
        f"{DATA}/series_monthly.csv": table_file(monthly),
    }
    for name in names:
        own = [frame[frame["series"] == name] for frame in (yearly, monthly)]
        files |= _two_files(dataset, name, pd.concat(own))
    return files


def _two_files(dataset: Dataset, name: str, rows: pd.DataFrame) -> dict[str, bytes]:
    """Return the numbers of a series or family, and what must be known of them."""
    return {
        f"{SERIES}/{name}.csv": table_file(rows),
        f"{SERIES}/{name}.metadata.json": json_file(series_metadata(dataset, name)),
    }


def table_file(frame: pd.DataFrame) -> bytes:
    """Return a table of series as CSV for a spreadsheet: UTF-8 with its mark, no cell that runs, no exponent."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    columns = [[_written(value, str(name)) for value in frame[name]] for name in frame.columns]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue().encode("utf-8-sig")


def _written(value: object, column: str) -> str:
    """Write one cell: estimates in `DIGITS` digits, what is printed in full, blanks as nothing."""
    if not isinstance(value, float):
        return spreadsheet_safe("" if value is None else str(value))
    if not math.isfinite(value):
        return ""
    rounded = (
        settled(value, DIGITS)
        if column in ESTIMATES
        else round(settled(value), 3 if column == "informed" else 9)
    )
    return np.format_float_positional(rounded, trim="-")


def json_file(told: Mapping[str, Any]) -> bytes:
    """Return JSON for readers: indented, Chinese as it is."""
    return (json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def findings_file(dataset: Dataset, findings: Iterable[Finding]) -> bytes:
    """Return findings as JSON: each with its words, its interval (null where it is open) and its trail."""

    def finite(value: object) -> object:
        if isinstance(value, (int, float, np.number)):
            return settled(float(value)) if math.isfinite(value) else None
        return list(value) if isinstance(value, tuple) else value

    rows = [
        {name: finite(value) for name, value in asdict(one).items()} | {"badge": one.badge}
        for one in findings
    ]
    return json_file({"version": dataset.version, "fingerprint": dataset.fingerprint, "findings": rows})


def workbook(dataset: Dataset, yearly: pd.DataFrame) -> bytes:
    """Return the main tables as one workbook, the series first and how to cite last."""
    sheets = {"series_yearly": yearly.assign(**{name: settled(yearly[name], DIGITS) for name in ESTIMATES})}
    for name, columns in SHEETS.items():
        table = dataset.table(name)
        sheets[name] = table[list(columns)] if columns else table
    sheets["cite"] = pd.DataFrame({"how to cite": [citation(dataset)]})
    with tempfile.TemporaryDirectory() as folder:
        return write_workbook(sheets, Path(folder) / WORKBOOK, title=TITLE).read_bytes()


def _write_descriptions(dataset: Dataset, data: Path) -> list[Path]:
    """Write what describes the files of a folder to machines, with their sizes and hashes."""
    package = read_package(dataset.path)
    found = {
        path.name: (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(data.iterdir())
        if path.suffix in DESCRIBED and path.name not in OF_ITSELF
    }
    told = (croissant(package, citation(dataset), found), schema_org(package, citation(dataset), found))
    return [_write(data / name, json_file(one)) for name, one in zip(OF_ITSELF, told, strict=True)]


def _write(path: Path, content: bytes) -> Path:
    """Write a file with the folder that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
