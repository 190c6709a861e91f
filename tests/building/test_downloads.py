"""Downloads: safe to open in a spreadsheet, complete as a package, the same bytes at every build."""

import csv
import hashlib
import json
import os
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from analysis.building.downloads import (
    ZIP_NAME,
    package_date,
    package_version,
    package_zip,
    write_downloads,
)
from analysis.building.packing import spreadsheet_safe
from analysis.dataset.files import read_rows
from analysis.errors import InputError

DATA = Path(__file__).resolve().parents[2] / "data"
TABLE = 'reading_id,as_printed,value\nr1,"1.1万余, more",11000\nr2,+79.2%増加,-3.5\nr3,=1+1,2\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "readings.csv").write_text(TABLE, encoding="utf-8")
    (folder / "README.md").write_text("# Codebook\n")
    (folder / "datapackage.json").write_text('{"version": "0.1.0", "created": "2025-11-22T00:00:00Z"}')
    (folder / ".hidden").write_text("not for readers")
    return folder


SKIPPED = [
    "",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "\ufeff",
    "\u200b",
    "\u200f",
    "\u202e",
    "\u2060",
    "\xa0",
    "\u3000",
    "\x0b",
]


@pytest.mark.parametrize("before", SKIPPED, ids=ascii)
@pytest.mark.parametrize("sign", "=+-@\uff1d\uff0b\uff0d\uff20\u2212")
def test_every_form_that_a_spreadsheet_runs_is_escaped(before: str, sign: str):
    cell = f"{before}{sign}cmd|' /C calc'!A0"
    assert spreadsheet_safe(cell) == "'" + cell


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+79.2%増加", "-minus", "@SUM(A1)", "\tx", "\rx", "+", "--1", "-|x", "-1+2", "－５", "-５"],
)
def test_a_cell_that_a_spreadsheet_would_run_is_escaped(cell: str):
    assert spreadsheet_safe(cell) == "'" + cell


@pytest.mark.parametrize(
    "cell",
    ["", "11000", "-3.5", "+2", "-.5", "-28.4%", "1e-5", "-1.5E+3", "a=b", "'x", "余", "-", " x", "\n"],
)
def test_numbers_and_words_stay(cell: str):
    assert spreadsheet_safe(cell) == cell


def test_loose_tables_and_those_in_the_zip_are_escaped(data: Path, tmp_path: Path):
    written = write_downloads(data, tmp_path / "site" / "data")
    assert [path.name for path in written] == [
        ZIP_NAME,
        "readings.csv",
        "codebook.md",
        "datapackage.json",
    ]
    loose = written[1]
    assert loose.read_bytes().startswith(b"\xef\xbb\xbf")
    with loose.open(encoding="utf-8-sig", newline="") as rows:
        assert [row["as_printed"] for row in csv.DictReader(rows)] == [
            "1.1万余, more",
            "'+79.2%増加",
            "'=1+1",
        ]
    assert list(pd.read_csv(loose)["value"]) == [11000, -3.5, 2]
    with zipfile.ZipFile(written[0]) as archive:
        folder = "counting-counterfeits-data-0.1.0"
        assert archive.namelist() == [
            f"{folder}/{name}" for name in ("README.md", "datapackage.json", "readings.csv")
        ]
        packed = archive.read(f"{folder}/readings.csv").decode()
    assert packed == TABLE.replace("r2,+", "r2,'+").replace("r3,=", "r3,'=")
    assert loose.read_text(encoding="utf-8-sig") == packed


def test_the_zip_of_the_real_data_is_a_valid_package_in_which_few_cells_differ(tmp_path: Path):
    with zipfile.ZipFile(package_zip(DATA, tmp_path / "data.zip")) as archive:
        archive.extractall(tmp_path)
    folder = next(path for path in tmp_path.iterdir() if path.is_dir())
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in described["resources"]:
        table = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(table)
        assert resource["hash"] == f"sha256:{hashlib.sha256(table).hexdigest()}"
    recorded = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert described["fingerprint"] == recorded["fingerprint"]
    changed = cells = 0
    for path in sorted(DATA.glob("*.csv")):
        before, after = (list(read_rows(one / path.name)) for one in (DATA, folder))
        pairs = [
            pair for old, new in zip(before, after, strict=True) for pair in zip(old[1], new[1], strict=True)
        ]
        assert all(new in (old, "'" + old) for old, new in pairs)
        cells += len(pairs)
        changed += sum(new != old for old, new in pairs)
    assert 0 < changed < 0.001 * cells


def test_a_broken_table_is_a_sentence(data: Path, tmp_path: Path):
    (data / "readings.csv").write_bytes(b"a,b\n1,\xff\n")
    with pytest.raises(InputError, match=r"readings\.csv, line 2: byte 0xff is not UTF-8"):
        write_downloads(data, tmp_path / "site")


def test_the_zip_does_not_depend_on_clocks(data: Path, tmp_path: Path):
    first = package_zip(data, tmp_path / "first.zip").read_bytes()
    for path in data.iterdir():
        os.utime(path, (0, 0))
    assert package_zip(data, tmp_path / "second.zip").read_bytes() == first


def test_version_and_date_come_from_the_package(data: Path, tmp_path: Path):
    assert package_version(data) == "0.1.0"
    assert package_date(data) == "2025-11-22"
    assert package_version(tmp_path) is None
    assert package_date(tmp_path) is None
    (data / "datapackage.json").write_text("{")
    with pytest.raises(InputError, match=r"datapackage\.json, line 1: cannot be read as JSON"):
        package_version(data)
