"""Downloads: safe to open in a spreadsheet, complete as a package, the same bytes at every build."""

import csv
import os
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.publish.downloads import (
    ZIP_NAME,
    package_date,
    package_version,
    package_zip,
    spreadsheet_safe,
    write_downloads,
)

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


@pytest.mark.parametrize("cell", ["=1+1", "+79.2%増加", "-minus", "@SUM(A1)", "\tx", "\rx", "+", "-", "--1"])
def test_a_cell_that_a_spreadsheet_would_run_is_escaped(cell: str):
    assert spreadsheet_safe(cell) == "'" + cell


@pytest.mark.parametrize(
    "cell", ["", "11000", "-3.5", "+2", "-.5", "-28.4%", "1e-5", "-1.5E+3", "a=b", "'x", "余"]
)
def test_numbers_and_words_stay(cell: str):
    assert spreadsheet_safe(cell) == cell


def test_loose_tables_are_escaped_and_the_zip_is_exact(data: Path, tmp_path: Path):
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
        assert archive.read(f"{folder}/readings.csv").decode() == TABLE


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
    with pytest.raises(InputError, match=r"datapackage\.json cannot be read as JSON"):
        package_version(data)
