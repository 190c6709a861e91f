"""How downloads are packed: cells that no spreadsheet runs, and zips without a clock."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

# What a spreadsheet runs: = + - @, in ASCII or full width, also behind what it skips (space, line end, byte order
# mark, zero width); and a tab or carriage return, which some take for the start of another cell.
_SKIPPED = r"[\s\ufeff\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069]*"
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]"
RUNNABLE = re.compile(rf"[\t\r]|{_SKIPPED}{_SIGNS}")
PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?%?")
BLANK_MARK = "-"  # alone it is text to a spreadsheet; in series.csv it stands for a blank dimension
# The first moment a zip can hold: entries without a clock give the same bytes at every build.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def spreadsheet_safe(cell: str) -> str:
    """Escape a cell that a spreadsheet would run: `=1+1` becomes `'=1+1`; numbers such as -3.5 stay."""
    if RUNNABLE.match(cell) and cell != BLANK_MARK and not PLAIN_NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def write_zip(files: Mapping[str, bytes], target: Path) -> Path:
    """Write files (name -> content) into a zip, the same bytes for the same files."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # as written on Unix, wherever it is written
            archive.writestr(entry, content)
    return target
