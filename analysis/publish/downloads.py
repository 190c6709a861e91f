"""What readers can download: each table for a spreadsheet, and the data package as one zip.

The loose tables are for a double click: they begin with a byte order mark (without it Excel shows Chinese
as gibberish), and a cell that a spreadsheet would run as a formula gets a leading apostrophe. The zip holds
the data package as it is, byte for byte, so that its hashes hold.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import zipfile
from pathlib import Path

from analysis.errors import InputError

ZIP_NAME = "counting-counterfeits-data.zip"
# What describes the tables: the codebook and the descriptor, as they are.
PLAIN_COPIES = {"README.md": "codebook.md", "datapackage.json": "datapackage.json"}
RUNNABLE = ("=", "+", "-", "@", "\t", "\r")
PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?%?")
# The first moment a zip can hold: entries without a clock give the same bytes at every build.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def spreadsheet_safe(cell: str) -> str:
    """Escape a cell that a spreadsheet would run: `=1+1` becomes `'=1+1`; numbers such as -3.5 stay."""
    if cell.startswith(RUNNABLE) and not PLAIN_NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def export_table(source: Path, target: Path) -> None:
    """Copy a table for use in a spreadsheet, cell by cell."""
    with (
        source.open(encoding="utf-8", newline="") as rows,
        target.open("w", encoding="utf-8-sig", newline="") as copy,
    ):
        writer = csv.writer(copy, lineterminator="\n")
        writer.writerows([spreadsheet_safe(cell) for cell in row] for row in csv.reader(rows))


def package_version(data_dir: Path) -> str | None:
    """Read the data's version from its datapackage.json; None where there is no such file."""
    return _descriptor(data_dir).get("version")


def package_date(data_dir: Path) -> str | None:
    """Read the day of the data's version (`created` in datapackage.json, ISO); None where it is not given."""
    created = _descriptor(data_dir).get("created")
    return created[:10] if created else None


def _descriptor(data_dir: Path) -> dict[str, str]:
    """Read datapackage.json, the description of the data package."""
    path = data_dir / "datapackage.json"
    if not path.exists():
        return {}
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"{path.name} cannot be read as JSON: {error}.") from error
    return {key: value for key, value in descriptor.items() if isinstance(value, str)}


def package_zip(data_dir: Path, target: Path) -> Path:
    """Write every file of the data folder into one zip, the same bytes for the same data."""
    folder = f"counting-counterfeits-data-{package_version(data_dir) or 'unversioned'}"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(data_dir.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                entry = zipfile.ZipInfo(f"{folder}/{path.name}", ZIP_EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                entry.create_system = 3  # as written on Unix, wherever it is written
                archive.writestr(entry, path.read_bytes())
    return target


def write_downloads(data_dir: Path, target_dir: Path) -> list[Path]:
    """Fill `target_dir` with all downloads and list them."""
    target_dir.mkdir(parents=True, exist_ok=True)
    written = [package_zip(data_dir, target_dir / ZIP_NAME)]
    for table in sorted(data_dir.glob("*.csv")):
        export_table(table, target_dir / table.name)
        written.append(target_dir / table.name)
    for name, copy in PLAIN_COPIES.items():
        if (data_dir / name).is_file():
            shutil.copyfile(data_dir / name, target_dir / copy)
            written.append(target_dir / copy)
    return written
