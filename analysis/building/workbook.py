"""The main tables as one workbook for spreadsheets: the same bytes for the same tables, and no cell that runs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd

from analysis.building.packing import ZIP_EPOCH, spreadsheet_safe, write_zip
from analysis.errors import InputError

# Control characters that XML forbids; a text keeps its tabs and line ends.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MOST_LETTERS = 32_767  # of a cell, by Excel
SHEET_NAME = 31  # letters of a sheet's name at most
WIDEST = 60  # letters of a column as it opens
LOOKED_AT = 200  # rows from which a column's width is taken


def write_workbook(sheets: Mapping[str, pd.DataFrame], target: Path, *, title: str) -> Path:
    """Write frames as the sheets of one workbook: headings stay in view, numbers are numbers, the rest is text.

    Raises
    ------
    InputError
        If there is no sheet, or a name is longer than a spreadsheet allows.
    """
    if not sheets or max(map(len, sheets)) > SHEET_NAME:
        raise InputError(
            f"A workbook needs sheets, with names of at most {SHEET_NAME} letters; it got {list(sheets)}."
        )
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, "Counting Counterfeits"
    for name, frame in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for place, column in enumerate(frame.columns, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = _width(frame, str(column))
        sheet.append([_cell(sheet, str(column)) for column in frame.columns])
        for row in frame.itertuples(index=False):
            sheet.append([_cell(sheet, value) for value in row])
        if len(frame):
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(frame.columns))}{len(frame) + 1}"
    written = io.BytesIO()
    book.save(written)
    return _without_clock(written, target)


def _cell(sheet: object, value: object) -> object:
    """Return a cell: a number, nothing, or a text that no spreadsheet takes for a formula."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and not pd.isna(value):
        return value
    if value is None or value is pd.NaT or value is pd.NA or value != value:  # a blank of any kind
        return None
    text = FORBIDDEN.sub("", f"{value:%Y-%m-%d}" if isinstance(value, datetime) else str(value))
    if not text:
        return None
    made = WriteOnlyCell(sheet, spreadsheet_safe(text)[:MOST_LETTERS])
    made.data_type = "s"  # whatever it begins with
    return made


def _width(frame: pd.DataFrame, column: str) -> int:
    """Return how wide a column opens, in letters, from its heading and its first rows."""
    texts = [column, *map(str, frame[column].head(LOOKED_AT))]
    return min(WIDEST, max(map(len, texts)) + 2)


def _without_clock(written: io.BytesIO, target: Path) -> Path:
    """Write the workbook again with the first moment that a zip can hold in the place of today."""
    day = b"%d-%02d-%02dT00:00:00Z" % ZIP_EPOCH[:3]
    with zipfile.ZipFile(written) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    core = "docProps/core.xml"
    files[core] = re.sub(rb"(?<=W3CDTF\">)[^<]*", day, files[core])
    return write_zip(files, target)
