"""What readers can download: each table for a spreadsheet, and the data package as one zip.

A cell that a spreadsheet would run as a formula gets a leading apostrophe, in the loose tables and in the zip alike: of
the record a handful of cells, such as a growth printed as "+79.2%" with a word behind it. The loose tables are for a
double click and begin with a byte order mark (without it Excel shows Chinese as gibberish). The zip is for programs:
its descriptor holds the hashes of the tables as they are in it, and the fingerprint of the rows they were made from.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from analysis.building.packing import spreadsheet_safe, write_zip
from analysis.dataset.files import PACKAGE, read_json, read_rows

ZIP_NAME = "counting-counterfeits-data.zip"
# What describes the tables: the codebook and the descriptor, as they are.
PLAIN_COPIES = {"README.md": "codebook.md", PACKAGE: PACKAGE}


def safe_table(source: Path) -> str:
    """Return a table as CSV in which a spreadsheet runs no cell. Raises InputError if it cannot be read."""
    return _safe(cells for _, cells in read_rows(source))


def safe_text(table: str) -> str:
    """Return CSV in which a spreadsheet runs no cell."""
    return _safe(csv.reader(io.StringIO(table)))


def _safe(rows: Iterable[list[str]]) -> str:
    """Write rows as CSV in which a spreadsheet runs no cell."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [spreadsheet_safe(cell) for cell in cells] for cells in rows
    )
    return text.getvalue()


def package_version(data_dir: Path) -> str | None:
    """Read the data's version from its datapackage.json; None where there is no such file."""
    version = _descriptor(data_dir).get("version")
    return version if isinstance(version, str) else None


def package_date(data_dir: Path) -> str | None:
    """Read the day of the data's version (`created` in datapackage.json, ISO); None where it is not given."""
    created = _descriptor(data_dir).get("created")
    return created[:10] if isinstance(created, str) and created else None


def _descriptor(data_dir: Path) -> dict[str, Any]:
    """Read datapackage.json, the description of the data package; empty where there is no such file."""
    path = data_dir / PACKAGE
    return read_json(path) if path.exists() else {}


def _as_packed(descriptor: dict[str, Any], files: dict[str, bytes]) -> bytes:
    """Return a descriptor in which sizes and hashes are those of the tables in the zip."""

    def described(table: bytes) -> dict[str, Any]:
        return {"bytes": len(table), "hash": f"sha256:{hashlib.sha256(table).hexdigest()}"}

    resources = [one | described(files[one["path"]]) for one in descriptor.get("resources", [])]
    packed = descriptor | ({"resources": resources} if resources else {})
    return (json.dumps(packed, ensure_ascii=False, indent=2) + "\n").encode()


def package_zip(data_dir: Path, target: Path) -> Path:
    """Write every file of the data folder into one zip, the same bytes for the same data."""
    descriptor = _descriptor(data_dir)
    folder = f"counting-counterfeits-data-{package_version(data_dir) or 'unversioned'}"
    files = {
        path.name: safe_table(path).encode() if path.suffix == ".csv" else path.read_bytes()
        for path in sorted(data_dir.iterdir())
        if path.is_file() and not path.name.startswith(".")
    }
    if descriptor:
        files[PACKAGE] = _as_packed(descriptor, files)
    return write_zip({f"{folder}/{name}": content for name, content in files.items()}, target)


def write_downloads(data_dir: Path, target_dir: Path) -> list[Path]:
    """Fill `target_dir` with all downloads and list them."""
    target_dir.mkdir(parents=True, exist_ok=True)
    written = [package_zip(data_dir, target_dir / ZIP_NAME)]
    for table in sorted(data_dir.glob("*.csv")):
        (target_dir / table.name).write_text(safe_table(table), encoding="utf-8-sig", newline="")
        written.append(target_dir / table.name)
    for name, copy in PLAIN_COPIES.items():
        if (data_dir / name).is_file():
            shutil.copyfile(data_dir / name, target_dir / copy)
            written.append(target_dir / copy)
    return written
